// Words of connecting chat networks.
import type { NetworkView } from '#contract/view-connect'
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
const networkStatus: Readonly<Record<NetworkView['status'], string>> = {
  available: '',
  connected: 'Connected',
  limit_reached: 'No more accounts possible',
  temporarily_unavailable: 'Not available right now',
  disabled: 'Switched off',
  unsupported: 'Finish this one in Beeper',
}
export const connect = {
  connect: {
    title: 'Bring your chats together',
    lead: 'Choose a network you chat on. You can add as many as you like, now or later.',
    search: 'Search networks',
    groups,
    groupHints,
    status: networkStatus,
    addNamed: (name: string) => `Connect ${isolate(name)}`,
    addAnotherNamed: (name: string) => `Add another ${isolate(name)} account`,
    goOnNamed: (name: string) => `Go on with ${isolate(name)}`,
    underWay: 'Started, not finished',
    loading: 'Asking Beeper which networks there are…',
    loadingSlow: 'This takes longer than usual. Beeper may still be starting up.',
    nothing: (query: string) => `No network is called “${isolate(query)}”.`,
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
