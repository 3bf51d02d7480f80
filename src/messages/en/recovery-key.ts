// Words of making a new recovery key, and of the sheet that it is printed on.
import type { AffectedNetwork } from '#contract/view-security'
import { day, isolate, list, plural } from '../format.ts'

type Group = AffectedNetwork['group']

/** What becomes of networks when the old key is lost, by where they run. */
const resetGroups: Readonly<Record<Group, string>> = {
  'this-device': 'May have to be connected again. Your chats stay in their own apps.',
  cloud: 'Stay connected. Older chats may become unreadable in Beeper, and stay in their own apps.',
  'self-hosted': 'Should stay connected. Older chats may become unreadable in Beeper, and stay in their own apps.',
  other: 'May have to be connected again: Drawbridge does not know where these run.',
}
/** And where the messages are open. */
const backupGroups: Readonly<Record<Group, string>> = {
  'this-device': 'Stay connected. Should one ask, connect it again; your chats stay in its own app.',
  cloud: 'Stay connected.',
  'self-hosted': 'Stay connected.',
  other: 'Should stay connected. Should one ask, connect it again.',
}

const reset = {
  title: 'Make a new recovery key',
  lead: 'For when the old key is lost and no other device is left. Read first what it costs.',
  messages: {
    title: 'Older messages may become unreadable in Beeper',
    text: 'They are locked with the old key. In the apps of the networks themselves they stay as they are.',
  },
  /** Where some have to be connected again, and where none has. */
  networks: 'Some networks may have to be connected again',
  networksCalm: 'Your networks stay connected',
  networksUnread: 'Those that run on this computer may have to be connected again. The others stay connected.',
  groups: resetGroups,
  oldKey: {
    title: 'Your old recovery key stops working',
    text: 'Every copy of it becomes worthless. Other devices may ask to be confirmed again.',
  },
  leave: 'Other ways',
  leaveText: 'Nothing has changed. Your old recovery key still works. Throw away any copy of the new one.',
}

const backup: typeof reset = {
  title: 'Make a recovery key',
  lead: 'Your messages are open here, but no key is kept that could open them again.',
  messages: {
    title: 'If it goes wrong, older messages may be lost in Beeper',
    text: 'They are open on this computer and should stay so: Beeper locks them anew with the new key. In the apps of the networks they stay as they are.',
  },
  networks: 'Your networks stay connected',
  networksCalm: 'Your networks stay connected',
  networksUnread: 'All of them stay connected. Should one ask, connect it again.',
  groups: backupGroups,
  oldKey: {
    title: 'A new key replaces any older one',
    text: 'If there is an older one, throw its copies away as soon as the new one is confirmed.',
  },
  leave: 'Not now',
  leaveText:
    'Nothing has changed. Your old recovery key, if there is one, still works. Throw away any copy of the new one.',
}

export const recoveryKey = {
  recoveryKey: {
    askTitle: 'Your recovery key',
    askLead:
      'Your messages are locked so that only you can read them. The recovery key opens them again if you lose this computer.',
    askPoints: [
      'Nobody else has it, not even Beeper.',
      'It is shown once, and you keep it somewhere safe.',
      'A password manager or a sheet of paper at home are both good.',
    ],
    firstStays:
      'Beeper needs this step before it can bring your messages. If you stop here, nothing has changed, and next time you begin here again.',
    create: 'Create my recovery key',
    creating: 'Creating your key…',
    creatingSlow:
      'Beeper is still working on it. Nothing has changed until you have a key and confirm that you kept it.',
    costs: { reset, backup },
    accounts: (names: readonly string[]) => list('en', names.map(isolate)),
    networksLoading: 'Reading which networks are connected…',
    networksLoadingSlow: 'Beeper takes its time to say. You can go on without waiting for it.',
    networksFailed: 'Drawbridge could not read which networks are connected.',
    costsTitle: { reset: 'Tick each thing that you accept', backup: 'Tick what you accept' },
    tickMissing: 'Tick this too, if it is all right with you.',
    oldKey: {
      fold: 'I still have the old key',
      instead: 'Then you may not need a new one: the old key opens your messages as it is.',
      useInstead: 'Use the old key instead',
      label: 'Old recovery key',
      hint: 'Leave it empty if you don’t have it. With it, Beeper may keep older messages readable.',
    },
    unfinished: {
      'nothing-changed': {
        title: 'You made a new key and did not confirm it.',
        text: 'Nothing has changed. Throw away any copy of that key.',
      },
      unsure: {
        title: 'A new key was sent to Beeper, and no answer came.',
        text: 'It may count already, or not yet. Keep that key and the one before it until you have made another one.',
      },
    },
    showTitle: 'Keep this key safe',
    showLead: 'Save it now, somewhere that is not this computer. It is shown only this once.',
    keyLabel: 'Your recovery key',
    hidden: (groups: number) =>
      plural('en', groups, { one: 'Hidden: # group', other: 'Hidden: # groups of characters' }),
    show: 'Show',
    hide: 'Hide',
    copy: 'Copy',
    copied: 'Copied. It leaves the clipboard by itself after a minute.',
    save: 'Save to file',
    saved: 'Saved. Move the file somewhere safe.',
    print: 'Print',
    printed: 'Sent to the printer. Keep the sheet where only you find it.',
    notYet: 'It does not count yet: first comes a quick check.',
    haveSaved: 'I have saved it',
    proveTitle: 'A quick check',
    proveLead: (position: number, total: number) =>
      `Look at your copy and type group ${position} of ${total}. This proves that you have it.`,
    proveLabel: (position: number) => `Group ${position} of your key`,
    proveHint: 'Four characters. Capital or small letters make no difference.',
    confirm: 'Confirm',
    confirming: 'Turning the key…',
    confirmingSlow: 'Beeper is still locking your messages with the new key. Please leave this window open.',
    confirmUnanswered: 'It may count already. Keep your copy, and confirm once more.',
    backToKey: 'Look at the key again',
    confirmingLead: 'Beeper is locking your messages with the new key. Keep your copy of it.',
    confirmedTitle: 'Beeper has your new key',
    confirmedLead: 'Keep your copy safe. As soon as Beeper uses the key, it goes on by itself.',
    confirmedWait: 'Waiting for Beeper to use it',
    confirmedSlow: 'Beeper took the key and does not show it yet. You can go on: Drawbridge keeps looking.',
    goOn: 'Go on',
    lostTitle: 'The key is no longer on screen',
    lostLead:
      'This window was reloaded before you confirmed. Nothing has changed yet: create a new key, and throw away any copy of the one that was here.',
    createNew: 'Create a new key',
    leaveTitle: 'Leave without the new key?',
    leaveUnsure:
      'The new key was sent to Beeper, and no answer came: it may count already. Keep it and the old one until you have made another one.',
    leaveNo: 'Stay',
    leaveYes: 'Leave',
  },
  keySheet: {
    title: 'Beeper recovery key',
    purpose:
      'It opens your messages if you lose your devices. Whoever has it can read them, so keep this sheet where only you find it.',
    use: 'To use it, type the groups one after the other. Capital and small letters count.',
    account: 'Account',
    printedOn: 'Printed on',
    date: (atMs: number) => day('en', atMs),
    newest: 'Only the newest key counts. Once you make another one, throw this sheet away.',
  },
}
