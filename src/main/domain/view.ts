// Projects what the app knows to what the window may know. Tokens, codes and handles end here.
import { isBeeperItself } from '#contract/beeper/networks'
import type { ChatAccount, Network } from '#contract/beeper/networks'
import type {
  AccountView,
  Chapter,
  ChapterName,
  ConnectionStage,
  ConnectionView,
  NetworkView,
  Screen,
  View,
} from '#contract/view'
import { resendAfterMs } from './account-sign-in.ts'
import type { AppState } from './app-state.ts'
import type { ConnectState, Stage } from './connect.ts'
import { screenFor } from './place.ts'

const chapterOf: Readonly<Record<Screen['name'], ChapterName>> = {
  starting: 'find',
  find: 'find',
  unreachable: 'find',
  email: 'sign-in',
  code: 'sign-in',
  register: 'sign-in',
  authorise: 'sign-in',
  keychain: 'sign-in',
  preparing: 'secure',
  'recovery-key': 'secure',
  unlock: 'secure',
  'first-sync': 'secure',
  connect: 'connect',
  connection: 'connect',
  home: 'connect',
}
const chapterNames: readonly ChapterName[] = ['find', 'sign-in', 'secure', 'connect']

const isSyncing = (state: AppState): boolean => state.security.setup?.state === 'needs-first-sync'

function chapters(state: AppState, screen: Screen): readonly Chapter[] {
  if (screen.name === 'home') return []
  const current = chapterNames.indexOf(chapterOf[screen.name])
  return chapterNames.map((name, index) => {
    if (index === current) return { name, status: 'current' }
    if (index > current) return { name, status: 'ahead' }
    return { name, status: name === 'secure' && isSyncing(state) ? 'background' : 'done' }
  })
}

const accountStatuses: Readonly<Record<ChatAccount['status'], AccountView['status']>> = {
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

const accountView = (account: ChatAccount): AccountView => ({
  accountID: account.accountID,
  networkName: account.networkName,
  networkType: account.bridgeType,
  name: account.name,
  status: accountStatuses[account.status],
  statusText: account.statusText,
})

const groups: Readonly<Record<Network['provider'], NetworkView['group']>> = {
  local: 'this-device',
  'platform-sdk': 'this-device',
  cloud: 'cloud',
  'self-hosted': 'self-hosted',
  unsupported: 'other',
}

const isLive = (connection: ConnectState): boolean =>
  ['loading', 'choosing', 'starting', 'step'].includes(connection.stage.phase)

/** Whether one more account can be added: the network says so, or it has one and takes several. */
const canConnect = (network: Network): boolean =>
  network.status === 'available' || (network.status === 'connected' && network.allowsSeveral)

function networkView(state: AppState, network: Network): NetworkView {
  return {
    bridgeID: network.bridgeID,
    type: network.type,
    name: network.name,
    group: groups[network.provider],
    status: network.status,
    statusText: network.statusText,
    accountNames: network.accounts.map((account) => account.name),
    canConnect: canConnect(network),
    connectionID: state.connections.find((one) => one.bridgeID === network.bridgeID && isLive(one))?.connectionID,
  }
}

const isNetwork = (network: Network): boolean => network.type !== 'matrix'

function stageView(stage: Stage): ConnectionStage {
  return stage.phase === 'resuming' || stage.phase === 'left' ? { phase: 'loading' } : stage
}

const connectionView = (connection: ConnectState): ConnectionView => ({
  connectionID: connection.connectionID,
  networkName: connection.networkName,
  networkType: connection.networkType,
  stage: stageView(connection.stage),
})

/** An account is named after its network as the catalogue calls it; the account itself knows only the type. */
function accountsOf(state: AppState): readonly ChatAccount[] {
  const names = new Map(state.networks.networks.map((network) => [network.bridgeID, network.name]))
  return state.networks.accounts
    .filter((account) => !isBeeperItself(account))
    .map((account) => ({ ...account, networkName: names.get(account.bridgeID) ?? account.networkName }))
}

function security(state: AppState): Extract<Screen, { name: 'home' }>['security'] {
  switch (state.security.setup?.state) {
    case 'ready':
      return 'ready'
    case 'needs-first-sync':
      return 'syncing'
    case undefined:
    case 'unsupported':
      return 'unknown'
    case 'needs-login':
    case 'initializing':
    case 'needs-cross-signing-setup':
    case 'needs-verification':
    case 'needs-secrets':
      return 'needs-you'
  }
}

function accountScreen(state: AppState): Screen | undefined {
  const { account, discovery, finding } = state
  switch (account.phase) {
    case 'away':
      return { name: 'find', found: discovery.found, isLooking: !discovery.hasLooked, ...finding }
    case 'restoring':
      // Opening a server that was just picked stays on the list, so that nothing flashes by.
      if (!account.hasMarker && account.waitsFor === 'beeper' && !account.isSlow)
        return { name: 'find', found: discovery.found, isLooking: false, ...finding, opening: account.server.origin }
      return { name: 'starting', waitsFor: account.waitsFor, isSlow: account.isSlow }
    case 'unreachable':
      return { name: 'unreachable', origin: account.server.origin, problem: account.problem }
    case 'keychain-shut':
      return { name: 'keychain', during: 'read', isBusy: account.isBusy, problem: account.problem }
    case 'unsaved':
      return { name: 'keychain', during: 'save', isBusy: account.isBusy, problem: account.problem }
    case 'email':
      return { name: 'email', email: account.email, isBusy: account.isBusy, problem: account.problem }
    case 'code': {
      const { email, busy, sentCount, canResend, problem } = account
      return { name: 'code', email, busy, sentCount, canResend, resendAfterMs, problem }
    }
    case 'register': {
      const { title, usernamePlaceholder, submitLabel, terms, suggestions } = account.form
      return {
        name: 'register',
        title,
        usernamePlaceholder,
        submitLabel,
        terms,
        suggestions,
        isBusy: account.isBusy,
        problem: account.problem,
      }
    }
    case 'authorise':
      return { name: 'authorise', phase: account.step, beeperName: account.server.name, problem: account.problem }
    case 'signed-in':
      return undefined
  }
}

function signedInScreen(state: AppState): Screen {
  const where = screenFor(state)
  const { setup, sinceMs, key, unlock } = state.security
  const { status, problem } = state.networks
  switch (where.name) {
    case 'preparing':
      return { name: 'preparing', wireState: setup?.wireState ?? '', sinceMs }
    case 'recovery-key':
      return { name: 'recovery-key', phase: key.phase, problem: key.problem }
    case 'unlock':
      return {
        name: 'unlock',
        reason: setup?.state === 'needs-secrets' ? 'needs-secrets' : 'needs-verification',
        ...unlock,
      }
    case 'first-sync':
      return { name: 'first-sync', sinceMs }
    case 'connect':
      return {
        name: 'connect',
        status,
        problem,
        networks: state.networks.networks.filter(isNetwork).map((network) => networkView(state, network)),
        connectedCount: accountsOf(state).length,
        isSyncing: isSyncing(state),
      }
    case 'connection':
      return { name: 'connection', connection: connectionView(where.connection) }
    case 'home':
      return {
        name: 'home',
        userID: setup?.userID ?? '',
        status,
        problem,
        accounts: accountsOf(state).map(accountView),
        security: security(state),
        isKeyBackedUp: setup?.isKeyBackedUp ?? false,
        keptIn: state.account.phase === 'signed-in' ? state.account.keptIn : 'this-run',
      }
    default:
      return { name: 'starting', waitsFor: 'beeper', isSlow: state.security.isOffline }
  }
}

/**
 * Makes the View of everything the app knows.
 * @param state what the machines hold
 * @param appVersion as in package.json
 */
export function viewOf(state: AppState, appVersion: string): View {
  const { account } = state
  const screen = accountScreen(state) ?? signedInScreen(state)
  const server = account.phase === 'away' ? undefined : account.server
  return {
    chapters: state.isFirstRunDone && account.phase === 'signed-in' ? [] : chapters(state, screen),
    screen,
    beeper: server && { origin: server.origin, name: server.name, version: server.version },
    isDemo: server?.isDemo ?? false,
    isOffline: account.phase === 'signed-in' && state.security.isOffline,
    appVersion,
  }
}
