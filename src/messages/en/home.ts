// Words of home.
import type { AccountView, View } from '#contract/view'
import { day, fromNow, isolate, plural } from '../format.ts'

const accountStatus: Readonly<Record<AccountView['status'], string>> = {
  connected: 'Connected',
  working: 'Connecting…',
  'needs-you': 'Needs you',
  off: 'Switched off',
  unknown: 'Open Beeper to see its state',
}

/** As it stands after “in”. */
const stores: Readonly<Record<View['system'], string>> = {
  mac: 'the keychain of your Mac',
  windows: 'Windows Credential Manager',
  linux: 'your keyring',
}

export const home = {
  home: {
    title: 'You’re all set',
    titleEmpty: 'Ready for your chats',
    titleUnsafe: 'Your messages need you',
    titleNeedsYou: (count: number) => plural('en', count, { one: '# account needs you', other: '# accounts need you' }),
    lead: 'Your chats live in Beeper. Drawbridge stays here for when something needs a hand.',
    accounts: 'Chat accounts',
    noAccounts: 'No chat networks yet. Add the first one and your chats appear in Beeper.',
    loading: 'Asking Beeper about your accounts…',
    loadingSlow: 'This takes longer than usual. Beeper may still be starting up.',
    add: 'Add a chat network',
    status: accountStatus,
    fix: 'Reconnect',
    fixNamed: (network: string, name: string) => `Reconnect ${isolate(network)}, ${isolate(name)}`,
    about: 'Safety',
    security: {
      ready: 'Your messages are locked and only you can read them.',
      syncing: 'Your messages are still coming in.',
      'needs-you': 'Something about your messages has to be confirmed.',
      unknown: 'Beeper has not said yet whether your messages are locked.',
    },
    keyBackedUp: 'You have a recovery key.',
    keyMissing: 'No recovery key is kept.',
    reminderTitle: 'No recovery key is kept',
    reminderText: 'With one, your messages survive the loss of your devices.',
    makeKey: 'Make a recovery key',
    dismiss: 'Not now',
    keptIn: {
      keychain: (system: View['system']) => `Your sign-in is kept in ${stores[system]}.`,
      'this-run': 'Your sign-in is not kept. You will sign in again next time.',
    },
    goSecure: 'Take care of it',
    signedInAs: (userID: string) => `Signed in as ${isolate(userID)}`,
    beeper: (name: string, version: string) => `${isolate(name)} ${version}`,
    app: (version: string) => `Drawbridge ${version}`,
    settings: 'Settings',
    expiryTitle: (atMs: number, nowMs: number) =>
      atMs > nowMs
        ? `Drawbridge’s permission runs out ${fromNow('en', atMs, nowMs)}, on ${day('en', atMs)}.`
        : 'Drawbridge’s permission has run out.',
    expiryText: 'Give it again in the browser, and nothing stops.',
    renew: 'Renew',
  },
}
