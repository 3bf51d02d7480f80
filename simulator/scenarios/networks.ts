import type { BridgeEntry } from '../bridge-flows.ts'
import { laboratoryEntries } from '../laboratory/register.ts'
import { connect, signInReady } from './cast.ts'
import type { Scenario } from './register.ts'

/** In a large list most are well. */
const accountStatuses = [
  'connected',
  'connected',
  'connected',
  'connected',
  'reconnect_required',
  'connecting',
] as const

export const ready: Scenario = {
  summary: 'Ada is signed in and ready, with WhatsApp and Telegram connected; the control API issues a token',
  begin: (world) => {
    signInReady(world)
    connect(world, 'local-whatsapp', 'ada')
    connect(world, 'local-telegram', 'ada')
  },
}

export const reconnect: Scenario = {
  summary: 'Ada is ready, but WhatsApp has signed this device out, Slack wants attention and Signal is merely slow',
  begin: (world) => {
    signInReady(world)
    connect(world, 'local-whatsapp', 'ada', 'reconnect_required', 'Another device signed this one out')
    connect(world, 'slackgo', 'ada', 'attention_required', 'Slack connection failed')
    connect(world, 'local-signal', 'ada', 'connecting', 'Connection lost')
    connect(world, 'local-telegram', 'ada')
  },
}

export const laboratory: Scenario = {
  summary: 'Ada is ready, and beside the seven there are networks with all that has never been seen',
  begin: (world) => {
    signInReady(world)
    for (const entry of laboratoryEntries) world.networks.add(entry)
  },
}

/** `quiet`: so many of the copies have no account. The accounts are those of all networks together. */
const size = { networks: 200, accounts: 1_000, quiet: 60 }

export const hundreds: Scenario = {
  summary: 'Ada is ready; there are 200 networks with 1,000 accounts, some of them full, down or switched off',
  begin: (world) => {
    signInReady(world)
    connect(world, 'local-whatsapp', 'ada')
    connect(world, 'local-signal', 'bob')
    const known = [...world.networks.bridges.values()].map(({ entry }) => entry)
    for (let n = known.length; n < size.networks; n += 1) {
      const isQuiet = n < known.length + size.quiet
      const missing = size.accounts - world.networks.accounts().length
      const copy = clone(known[n % known.length] as BridgeEntry, n, Math.ceil(missing / (size.networks - n)))
      world.networks.add(copy)
      const state = world.networks.find(copy.bridge.id)
      if (n % 50 === 0) state.status = 'temporarily_unavailable'
      if (n % 50 === 1) state.status = 'disabled'
      if (n % 50 === 2) state.status = 'limit_reached'
      if (!isQuiet) connect(world, copy.bridge.id, 'ada', accountStatuses[n % accountStatuses.length])
    }
  },
}

/** One login may own many accounts; Ada's own as many as she is given. */
function clone(entry: BridgeEntry, n: number, accountCount: number): BridgeEntry {
  const number = String(n).padStart(3, '0')
  const people = Object.entries(entry.people).map(([key, person]) => {
    const count = key === 'ada' ? accountCount : 1
    const accountIDs = Array.from({ length: count }, (_, i) => `${person.accountIDs[0] ?? key}_${number}_${String(i)}`)
    return [key, { ...person, accountIDs }] as const
  })
  return {
    ...entry,
    people: Object.fromEntries(people),
    bridge: {
      ...entry.bridge,
      id: `${entry.bridge.id}-${number}`,
      displayName: `${entry.bridge.displayName} ${number}`,
      network: `${entry.bridge.network}-${number}`,
      provider: n % 3 === 0 ? 'cloud' : entry.bridge.provider,
      supportsMultipleAccounts: n % 2 === 0,
    },
  }
}
