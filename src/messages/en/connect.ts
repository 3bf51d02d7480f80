// Words of connecting chat networks.
import type { AccountStatus, NetworkView } from '#contract/view-connect'
import { isolate, plural } from '../format.ts'

const groups: Readonly<Record<NetworkView['group'], string>> = {
  'this-device': 'On this computer',
  cloud: 'In Beeper’s cloud',
  'self-hosted': 'Self-hosted',
  other: 'Other',
}
const groupHints: Readonly<Record<NetworkView['group'], string>> = {
  'this-device': 'Your sign-in stays on this computer',
  cloud: 'Beeper keeps you connected while this computer is off',
  'self-hosted': 'Runs on a server of your own',
  other: '',
}
/** Empty where being able to press it says all. */
const networkStatus: Readonly<Record<NetworkView['status'], string>> = {
  available: '',
  connected: 'Connected',
  limit_reached: 'No more accounts possible',
  temporarily_unavailable: 'Not available right now',
  disabled: 'Switched off',
  unsupported: 'In a state that is new to Drawbridge',
}
/** What it means for somebody who wants to connect it. */
const meaning: Readonly<Record<NetworkView['status'], string>> = {
  available: '',
  connected: 'Beeper takes one account of this network.',
  limit_reached: 'To add another, first remove one in Beeper.',
  temporarily_unavailable: 'It comes back by itself. Look again later.',
  disabled: 'Beeper does not offer it here.',
  unsupported: 'Connect this one in Beeper itself.',
}
const accountStatus: Readonly<Record<AccountStatus, string>> = {
  connected: 'Connected',
  working: 'Connecting…',
  'needs-you': 'Needs you',
  off: 'Switched off',
  unknown: 'Open Beeper to see its state',
}

export const connect = {
  connect: {
    title: 'Bring your chats together',
    lead: 'Choose a network you chat on. You can add as many as you like, now or later.',
    search: 'Search networks and accounts',
    groups,
    groupHints,
    status: networkStatus,
    meaning,
    accountStatus,
    more: (count: number) => plural('en', count, { one: '# more', other: '# more' }),
    needsYou: (name: string) => `${isolate(name)} needs you`,
    needYou: (count: number) => plural('en', count, { one: '# account needs you', other: '# accounts need you' }),
    addNamed: (name: string) => `Connect ${isolate(name)}`,
    addAnother: 'Add another',
    addAnotherNamed: (name: string) => `Add another ${isolate(name)} account`,
    goOn: 'Go on',
    goOnNamed: (name: string) => `Go on with ${isolate(name)}`,
    underWay: 'Started, not finished',
    loading: 'Asking Beeper which networks there are…',
    loadingSlow: 'This takes longer than usual. Beeper may still be starting up.',
    nothing: (query: string) => `No network and no account is called “${isolate(query)}”.`,
    clear: 'Show all networks',
    none: 'Beeper has no networks to offer at the moment.',
    results: (count: number) => plural('en', count, { one: '# network', other: '# networks' }),
    refresh: 'Look again',
    done: 'Done',
    skip: 'Skip for now',
    connectedCount: (count: number) =>
      plural('en', count, { one: '# account connected', other: '# accounts connected' }),
    syncing: 'Your messages are still coming in. That goes on by itself.',
  },
}
