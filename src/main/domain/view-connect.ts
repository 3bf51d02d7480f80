// Projects networks and connections to what the window may know of them.
import { isBeeperItself } from '#contract/beeper/networks'
import type { ChatAccount, Network } from '#contract/beeper/networks'
import type { AccountStatus, ConnectionStage, ConnectionView, NetworkView, RunningView } from '#contract/view-connect'
import type { AppState } from './app-state.ts'
import type { ConnectState } from './connect-state.ts'
import { isLive } from './connect-state.ts'
import { groupOf, isNetwork } from './networks.ts'

const accountStatuses: Readonly<Record<ChatAccount['status'], AccountStatus>> = {
  connected: 'connected',
  connecting: 'working',
  backfilling: 'working',
  connection_required: 'needs-you',
  reconnect_required: 'needs-you',
  attention_required: 'needs-you',
  // May heal by itself (semantics 5), so it does not ask for anybody yet.
  disconnected: 'working',
  disabled: 'off',
  unsupported: 'unknown',
}

/** How an account stands, for the person. */
export const accountStatusOf = ({ status }: ChatAccount): AccountStatus => accountStatuses[status]

/** Whether one more account can be added: the network says so, or it has one and takes several. */
const canConnect = (network: Network): boolean =>
  network.status === 'available' || (network.status === 'connected' && network.allowsSeveral)

/** An account is named after its network as the catalogue calls it; the account itself knows only the type. */
export function accountsOf({ networks: { networks, accounts } }: AppState): readonly ChatAccount[] {
  const names = new Map(networks.map((network) => [network.bridgeID, network.name]))
  return accounts
    .filter((account) => !isBeeperItself(account))
    .map((account) => ({ ...account, networkName: names.get(account.bridgeID) ?? account.networkName }))
}

/** The catalogue. */
export function networksOf({ networks, connections }: AppState): readonly NetworkView[] {
  const live = new Map(connections.filter(isLive).map(({ bridgeID, connectionID }) => [bridgeID, connectionID]))
  return networks.networks.filter(isNetwork).map((network) => ({
    bridgeID: network.bridgeID,
    type: network.type,
    name: network.name,
    group: groupOf(network),
    status: network.status,
    statusText: network.statusText,
    accounts: network.accounts.map((account) => ({
      accountID: account.accountID,
      name: account.name,
      status: accountStatusOf(account),
    })),
    canConnect: canConnect(network),
    connectionID: live.get(network.bridgeID),
  }))
}

function stageView({ stage, flows, flowID, minutesLeft }: ConnectState): ConnectionStage {
  const otherFlows = flows.filter(({ id }) => id !== flowID)
  switch (stage.phase) {
    case 'step':
      return { ...stage, minutesLeft, otherFlows }
    case 'failed':
      return { ...stage, otherFlows }
    case 'done': {
      const { phase, person, wasKnown, watch, statusText, instructions } = stage
      return { phase, person, wasKnown, watch, statusText, instructions }
    }
    case 'resuming':
    case 'left':
      return { phase: 'loading' }
    case 'loading':
    case 'choosing':
    case 'starting':
    case 'interrupted':
      return stage
  }
}

/** One connection, for its screen. */
export const connectionView = (connection: ConnectState): ConnectionView => ({
  connectionID: connection.connectionID,
  networkName: connection.networkName,
  networkType: connection.networkType,
  stage: stageView(connection),
})

function runningState({ stage }: ConnectState): RunningView['state'] | undefined {
  switch (stage.phase) {
    case 'loading':
    case 'starting':
      return 'working'
    case 'choosing':
      return 'needs-you'
    case 'step':
      if (stage.isBusy || stage.step.type === 'complete') return 'working'
      return stage.step.type === 'display_and_wait' && stage.step.display.type !== 'unsupported' ? 'phone' : 'needs-you'
    case 'done':
      return stage.watch === 'fell-off' ? 'fell-off' : 'done'
    case 'failed':
    case 'interrupted':
      return stage.phase
    case 'resuming':
    case 'left':
      return undefined
  }
}

/**
 * The connections that are under way, or ended unseen.
 * @param state everything the app knows
 * @param shownID the connection on the screen
 */
export const runningOf = ({ connections }: AppState, shownID: string | undefined): readonly RunningView[] =>
  connections.flatMap((connection) => {
    const state = runningState(connection)
    const { connectionID, networkName, networkType } = connection
    return state === undefined
      ? []
      : [{ connectionID, networkName, networkType, state, isShown: connectionID === shownID }]
  })
