// The list of networks and the connections beside the screen, as fixed Views.
import type { ScreenOf, View } from '#contract/view'
import type { RunningView } from '#contract/view-connect'
import { hostileTexts } from './hostile-texts.ts'
import { fewNetworks, hundreds, longName, manyNetworks, named, network, shopName } from './samples.ts'
import { problemOf, viewWith } from './view-with.ts'

const connect: ScreenOf<'connect'> = {
  name: 'connect',
  status: 'loaded',
  networks: fewNetworks,
  problem: undefined,
  connectedCount: 1,
  isSyncing: false,
}
/** A View of the list of networks. @param more what differs from a few of them @param view what is round it */
export const catalogueView = (more: Partial<ScreenOf<'connect'>> = {}, view: Partial<View> = {}): View =>
  viewWith({ ...connect, ...more }, view)

/** A connection that goes on beside the screen. @param networkName what it connects @param state where it stands */
export const runningOne = (
  networkName: string,
  state: RunningView['state'],
  more: Partial<RunningView> = {},
): RunningView => ({
  connectionID: `running-${networkName}`,
  networkName,
  networkType: networkName.toLowerCase(),
  state,
  isShown: false,
  ...more,
})

export const severalRunning: readonly RunningView[] = [
  runningOne('Telegram', 'needs-you'),
  runningOne('Signal', 'phone'),
  runningOne('Discord', 'done'),
]
const states = ['phone', 'needs-you', 'working', 'done', 'fell-off', 'failed', 'interrupted'] as const
const runningOf = (names: readonly string[], types: readonly string[] = []): readonly RunningView[] =>
  names.map((name, index) =>
    runningOne(name, states[index % states.length] ?? 'working', {
      connectionID: `running-${String(index)}`,
      networkType: types[index] ?? '',
    }),
  )
/** Ten at once, in each state there is. */
export const tenRunning = runningOf(
  fewNetworks.slice(0, 10).map(({ name }) => name),
  fewNetworks.map(({ type }) => type),
)
export const hostileRunning = runningOf(hostileTexts.map(({ name }) => name))

/** The same with other connections beside it. @param view where connection `c1` is on the screen */
export const besides = (view: View, running: readonly RunningView[]): View => ({
  ...view,
  running: [runningOne('WhatsApp', 'phone', { connectionID: 'c1', isShown: true }), ...running],
})

const hostile = hostileTexts.map(({ name, sentence }, index) =>
  network(name, 'this-device', {
    bridgeID: `hostile-${String(index)}`,
    type: name,
    statusText: sentence,
    accounts: [named(name, 'needs-you'), named(`${name} 2`), named(`${name} 3`)],
    ...(index % 2 === 0 ? { status: 'temporarily_unavailable', canConnect: false } : {}),
  }),
)
const strange = [
  network(longName, 'self-hosted', { statusText: `${longName} is away. `.repeat(20) }),
  network(longName.replaceAll(' ', ''), 'cloud', {
    status: 'limit_reached',
    canConnect: false,
    accounts: [named(longName.replaceAll(' ', '')), named(longName, 'needs-you')],
  }),
  network(shopName, 'this-device', { status: 'connected', accounts: [named(shopName), named('آدا', 'needs-you')] }),
  network('Dampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeam', 'other', { connectionID: 'c9' }),
]

export const catalogueViews = {
  connect: catalogueView({ isSyncing: true }),
  'connect-none': catalogueView({
    networks: fewNetworks.filter(({ accounts }) => accounts.length === 0),
    connectedCount: 0,
  }),
  'connect-many': catalogueView({ networks: manyNetworks }),
  hundreds: catalogueView({ networks: hundreds, connectedCount: 1000 }),
  'connect-loading': catalogueView({ status: 'loading', networks: [], connectedCount: 0 }),
  'connect-empty': catalogueView({ networks: [], connectedCount: 0 }),
  'connect-failed': catalogueView({
    status: 'failed',
    networks: [],
    connectedCount: 0,
    problem: problemOf('beeper.timeout'),
  }),
  'connect-strange': catalogueView({ networks: strange }),
  'connect-hostile': catalogueView({ networks: hostile }),
  'running-connect': catalogueView({}, { running: severalRunning }),
  'running-ten-connect': catalogueView({}, { running: tenRunning }),
  'running-hostile': catalogueView({}, { running: hostileRunning.slice(-3) }),
  'running-hostile-all': catalogueView({}, { running: hostileRunning }),
} satisfies Record<string, View>
