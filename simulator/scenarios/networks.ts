import type { BridgeEntry } from '../bridge-flows.ts'
import type { World } from '../world.ts'
import { addAda } from './cast.ts'
import type { Scenario } from './register.ts'

const signInReady = (world: World): void => {
  world.setup.place(addAda(world), 'ready')
}

// Connected first, then put into its state: an account that is only just connecting would settle by itself.
const connect = (world: World, bridgeID: string, person: string, status = 'connected', text?: string): void => {
  const login = world.networks.connect(world.networks.find(bridgeID).entry, person, 'connected')
  world.networks.setStatus(login, status, text)
}

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

export const hundreds: Scenario = {
  summary: 'Ada is ready and there are 500 networks, some of them full, down or switched off',
  begin: (world) => {
    signInReady(world)
    const known = [...world.networks.bridges.values()].map(({ entry }) => entry)
    for (let n = known.length; n < 500; n += 1) {
      const copy = clone(known[n % known.length] as BridgeEntry, n)
      world.networks.add(copy)
      const state = world.networks.find(copy.bridge.id)
      if (n % 50 === 0) state.status = 'temporarily_unavailable'
      if (n % 50 === 1) state.status = 'disabled'
      if (n % 50 === 2) state.status = 'limit_reached'
    }
    connect(world, 'local-whatsapp', 'ada')
    connect(world, 'local-signal', 'bob')
  },
}

function clone(entry: BridgeEntry, n: number): BridgeEntry {
  const number = String(n).padStart(3, '0')
  const people = Object.entries(entry.people).map(
    ([key, person]) => [key, { ...person, accountIDs: person.accountIDs.map((id) => `${id}_${number}`) }] as const,
  )
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
