// One list with a bridge in every status and an account in every state, and with what a client must not stumble over.
import { decodeEntry, type BridgeEntry } from '../bridge-flows.ts'
import { form, network } from '../laboratory/parts.ts'
import type { World } from '../world.ts'
import { connect, signInReady } from './cast.ts'
import type { Scenario } from './register.ts'

/** The documented ones, and one that is not; with what the server says to it. */
const accountStates: readonly (readonly [status: string, text: string | undefined])[] = [
  ['connected', undefined],
  ['connecting', 'Connection lost'],
  ['backfilling', 'Fetching chats: 40 %'],
  ['connection_required', 'Not signed in'],
  ['reconnect_required', 'Another device signed this one out'],
  ['attention_required', 'A check is waiting on the website'],
  ['disconnected', undefined],
  ['disabled', 'Switched off by you'],
  ['daydreaming', 'Of a state that nobody knows'],
]

type BridgePart = Partial<BridgeEntry['bridge']>

const plain = (id: string, displayName: string, bridge: BridgePart = {}): BridgeEntry => {
  const made = network(id, displayName, {
    flows: [form('name', 'By name', { fields: [{ id: 'name', label: 'Name', type: 'username' }] })],
  })
  return decodeEntry({ ...made, bridge: { ...made.bridge, ...bridge } })
}

/** Somebody for each state; the name says which. */
const everyState = (): BridgeEntry => {
  const entry = plain('every-state', 'Every State')
  const people = accountStates.map(([status], index) => {
    const accountIDs = [`lab-every-state_ba_${String(index)}`]
    const user = { id: `@every_state_${String(index)}:local`, fullName: `Ada ${status}`, isSelf: true }
    return [
      status,
      { loginID: `every-state-${String(index)}`, accountIDs, user, text: `Signed in as Ada ${status}` },
    ] as const
  })
  return { ...entry, people: Object.fromEntries(people) }
}

/** The last of the list is of a shape that no contract allows, every time it is listed, until that fault is released. */
const broken = plain('broken', 'Broken')

function breakLast(world: World): void {
  const place = world.networks.bridges.size - 1
  const edits = [
    { path: ['items', place, 'accounts'], value: 'none' },
    { path: ['items', place, 'displayName'] },
    { path: ['items', place, 'supportsMultipleAccounts'], value: 'perhaps' },
  ]
  world.traffic.addFault({ operation: 'listBridges', edits })
}

const told: readonly (readonly [bridgeID: string, status: string, text: string | undefined])[] = [
  ['local-signal', 'disabled', 'Signal is switched off on this server'],
  ['local-telegram', 'limit_reached', 'Two of two accounts are connected'],
  ['local-gmessages', 'temporarily_unavailable', 'Google has trouble. It should be back within the hour'],
  ['local-instagram', 'hibernating', 'Of a status that nobody knows'],
  ['lab-every-state', 'connected', undefined],
  ['lab-switched-off', 'disabled', undefined],
  ['lab-down', 'temporarily_unavailable', undefined],
]

export const catalogue: Scenario = {
  summary: 'Ada is ready; there are bridges in every status, accounts in every state, and one bridge of a broken shape',
  begin: (world) => {
    signInReady(world)
    const entries = [
      everyState(),
      plain('switched-off', 'Switched Off'),
      plain('down', 'Down'),
      plain('single', 'Single', { supportsMultipleAccounts: false }),
      plain('self-hosted', 'Self-hosted', { provider: 'self-hosted' }),
      plain('platform', 'Platform', { provider: 'platform-sdk' }),
      plain('satellite', 'Satellite', { provider: 'satellite' }),
      broken,
    ]
    for (const entry of entries) world.networks.add(entry)
    connect(world, 'local-whatsapp', 'ada')
    connect(world, 'local-whatsapp', 'bob')
    connect(world, 'local-telegram', 'ada')
    connect(world, 'local-telegram', 'bob')
    connect(world, 'lab-single', 'ada')
    for (const [status, text] of accountStates) connect(world, 'lab-every-state', status, status, text)
    for (const [bridgeID, status, text] of told) {
      const state = world.networks.find(bridgeID)
      state.status = status
      if (text !== undefined) state.statusText = text
    }
    breakLast(world)
  },
}
