// Projects what the app knows to what the window may know. Tokens, codes and handles end here.
import type { ChatAccount } from '#contract/beeper/networks'
import type { AccountView, Chapter, ChapterName, Screen, View } from '#contract/view'
import type { Phase } from './account-state.ts'
import type { AppState } from './app-state.ts'
import { screenFor } from './place.ts'
import { calledBy, isRemote } from './servers.ts'
import { accountScreen, renewalScreen, settingsScreen } from './view-account.ts'
import { accountsOf, accountStatusOf, connectionView, networksOf, runningOf } from './view-connect.ts'
import { encryptionOf, requestsOf, secureScreen } from './view-security.ts'

type SignedIn = Phase<'signed-in'>

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
  verify: 'secure',
  verification: 'secure',
  'recovery-key': 'secure',
  unlock: 'secure',
  secrets: 'secure',
  'first-sync': 'secure',
  connect: 'connect',
  connection: 'connect',
  home: 'connect',
  settings: 'sign-in',
}
const chapterNames: readonly ChapterName[] = ['find', 'sign-in', 'secure', 'connect']

const isSyncing = (state: AppState): boolean => state.security.setup?.state === 'needs-first-sync'

function chapters(state: AppState, screen: Screen): readonly Chapter[] {
  if (screen.name === 'home') return []
  // The settings are no chapter: the road stands where it stood.
  const name = screen.name === 'settings' ? screenFor({ ...state, wish: { at: 'go-on' } }).name : screen.name
  const current = chapterNames.indexOf(chapterOf[name])
  return chapterNames.map((name, index) => {
    if (index === current) return { name, status: 'current' }
    if (index > current) return { name, status: 'ahead' }
    return { name, status: name === 'secure' && isSyncing(state) ? 'background' : 'done' }
  })
}

const accountView = (account: ChatAccount): AccountView => ({
  accountID: account.accountID,
  networkName: account.networkName,
  networkType: account.bridgeType,
  name: account.name,
  status: accountStatusOf(account),
  statusText: account.statusText,
})

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

/** Messages are open here, and no key is kept for the day when this computer is lost. */
const isKeyReminderDue = ({ keyRemindersDismissed, security: { setup } }: AppState, { server }: SignedIn): boolean =>
  setup?.state === 'ready' && !setup.isKeyBackedUp && !keyRemindersDismissed.includes(server.origin)

function signedInScreen(state: AppState, account: SignedIn): Screen {
  const where = screenFor(state)
  const { setup } = state.security
  const { status, problem } = state.networks
  switch (where.name) {
    case 'preparing':
    case 'verify':
    case 'verification':
    case 'recovery-key':
    case 'unlock':
    case 'secrets':
    case 'first-sync':
      return secureScreen(state, where.name)
    case 'connect':
      return {
        name: 'connect',
        status,
        problem,
        networks: networksOf(state),
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
        isKeyReminderShown: isKeyReminderDue(state, account),
        keptIn: account.keptIn,
        expiresAtMs: account.isExpiring ? account.credentials.expiresAtMs : undefined,
      }
    case 'settings':
      return settingsScreen(account, setup?.userID, state.isContentProtected)
    case 'authorise':
      return renewalScreen(state, account)
    default:
      return { name: 'starting', waitsFor: 'beeper', isSlow: state.security.isOffline }
  }
}

const shownConnection = (screen: Screen): string | undefined =>
  screen.name === 'connection' ? screen.connection.connectionID : undefined

/** What the View says of the program itself. */
export interface About {
  /** As in package.json. */
  readonly appVersion: string
  readonly system: View['system']
  readonly language: string
}

/** What the Beeper in use is called: as the person calls it, else as it calls itself. */
function beeperOf(state: AppState): View['beeper'] {
  const { account, servers } = state
  if (account.phase === 'away') return undefined
  const { origin, version } = account.server
  return { origin, name: calledBy(servers, account.server), version, isRemote: isRemote(origin) }
}

/**
 * Makes the View of everything the app knows.
 * @param state what the machines hold
 * @param about version, system and language
 */
export function viewOf(state: AppState, { appVersion, system, language }: About): View {
  const { account, security: safety } = state
  const isSignedIn = account.phase === 'signed-in'
  const screen = account.phase === 'signed-in' ? signedInScreen(state, account) : accountScreen(state, account)
  return {
    chapters: state.isFirstRunDone && account.phase === 'signed-in' ? [] : chapters(state, screen),
    screen,
    beeper: beeperOf(state),
    isDemo: account.phase !== 'away' && account.server.isDemo,
    isOffline: isSignedIn && safety.isOffline,
    requests: isSignedIn ? requestsOf(safety) : [],
    running: isSignedIn ? runningOf(state, shownConnection(screen)) : [],
    encryption: isSignedIn ? encryptionOf(safety.setup) : undefined,
    appVersion,
    system,
    language,
  }
}
