// Every phase of every machine and every event it may meet, for tables that leave nothing out. The secrets are told apart
// from everything else by their first letters.
import type { RegistrationForm, SetupState } from '#contract/beeper/setup'
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type { ChatAccount, Network } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import type { FoundBeeper, Place } from '#contract/view'
import type * as account from '../domain/account-state.ts'
import type { AppState } from '../domain/app-state.ts'
import type * as connect from '../domain/connect.ts'
import type * as discovery from '../domain/discovery.ts'
import type * as networks from '../domain/networks.ts'
import * as security from '../domain/security.ts'

export const server: account.Server = {
  origin: 'http://127.0.0.1:23373',
  name: 'Beeper',
  version: '4.3.0',
  isDemo: false,
}
export const otherServer: account.Server = {
  origin: 'http://127.0.0.1:23374',
  name: 'Other',
  version: '4.3.0',
  isDemo: false,
}
export const email = 'sam@example.com'

/** Texts that may never reach the window. */
export const secrets = {
  token: 'SECRET-token',
  leadToken: 'SECRET-lead',
  requestID: 'SECRET-request',
  code: 'SECRETcode',
  recoveryKey: 'SECRET-recovery',
  field: 'SECRET-field',
  loginSessionID: 'SECRET-session',
} as const

export const problem: Problem = { code: 'beeper.unreachable', retry: 'now' }
export const credentials: account.Credentials = { token: secrets.token, userID: '@sam:beeper.com', source: 'account' }
export const form: RegistrationForm = {
  requestID: secrets.requestID,
  leadToken: secrets.leadToken,
  title: 'Choose your username',
  usernamePlaceholder: 'Username',
  submitLabel: 'Continue',
  terms: 'You agree.',
  suggestions: ['sam'],
}

export function setupOf(state: SetupState['state']): SetupState {
  return {
    state,
    wireState: state === 'unsupported' ? 'needs-account-migration' : state,
    userID: state === 'needs-login' ? undefined : '@sam:beeper.com',
    isKeyBackedUp: false,
    flags: {
      initialized: true,
      secretStorage: false,
      crossSigning: false,
      verified: false,
      secrets: {
        masterKey: false,
        selfSigningKey: false,
        userSigningKey: false,
        megolmBackupKey: false,
        recoveryKey: false,
      },
      keyBackup: false,
      firstSyncDone: false,
      hasBackedUpRecoveryKey: false,
    },
  }
}

const setupNames: Readonly<Record<SetupState['state'], true>> = {
  'needs-login': true,
  initializing: true,
  'needs-cross-signing-setup': true,
  'needs-verification': true,
  'needs-secrets': true,
  'needs-first-sync': true,
  ready: true,
  unsupported: true,
}
export const setups: readonly SetupState[] = (Object.keys(setupNames) as SetupState['state'][]).map(setupOf)

type ByPhase<State extends { readonly phase: string }> = {
  readonly [Phase in State['phase']]: readonly Extract<State, { readonly phase: Phase }>[]
}
type ByType<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: readonly Extract<Event, { readonly type: Type }>[]
}

const at = { server, email }
const restoring = { ...at, phase: 'restoring', isSlow: false } as const

export const accountStates: ByPhase<account.AccountState> = {
  away: [{ phase: 'away' }],
  restoring: [
    { ...restoring, waitsFor: 'keychain', hasMarker: true, token: undefined, requestID: undefined },
    { ...restoring, waitsFor: 'keychain', hasMarker: false, token: undefined, requestID: undefined },
    { ...restoring, waitsFor: 'beeper', hasMarker: true, token: secrets.token, requestID: undefined },
    { ...restoring, waitsFor: 'beeper', hasMarker: false, token: undefined, requestID: secrets.requestID },
    { ...restoring, waitsFor: 'beeper', hasMarker: false, token: undefined, requestID: undefined },
  ],
  unreachable: [
    { ...at, phase: 'unreachable', token: secrets.token, requestID: undefined, problem },
    { ...at, phase: 'unreachable', token: undefined, requestID: secrets.requestID, problem },
  ],
  'keychain-shut': [{ ...at, phase: 'keychain-shut', isBusy: false, problem }],
  email: [
    { ...at, phase: 'email', isBusy: false, problem: undefined },
    { ...at, phase: 'email', isBusy: true, problem: undefined },
    { ...at, phase: 'email', isBusy: false, problem },
  ],
  code: (['no', 'checking', 'sending'] as const).flatMap((busy) =>
    [true, false].map((canResend) => ({
      ...at,
      phase: 'code' as const,
      requestID: secrets.requestID,
      busy,
      sentCount: 2,
      canResend,
      problem: undefined,
    })),
  ),
  register: [
    { ...at, phase: 'register', form, isBusy: false, problem: undefined },
    { ...at, phase: 'register', form, isBusy: true, problem: undefined },
  ],
  authorise: (['ask', 'waiting', 'finishing'] as const).map((step) => ({
    ...at,
    phase: 'authorise' as const,
    step,
    problem: undefined,
  })),
  unsaved: [
    { ...at, phase: 'unsaved', credentials, problem, isBusy: false },
    { ...at, phase: 'unsaved', credentials, problem, isBusy: true },
  ],
  'signed-in': [{ ...at, phase: 'signed-in', credentials, keptIn: 'this-run' }],
}

export const accountEvents: ByType<account.AccountEvent> = {
  launched: [
    { type: 'launched', server, email, hasMarker: true },
    { type: 'launched', server, email, hasMarker: false },
  ],
  serverChosen: [{ type: 'serverChosen', server: otherServer, email: '' }],
  left: [{ type: 'left' }],
  grewSlow: [{ type: 'grewSlow' }],
  tokenRead: [
    { type: 'tokenRead', token: secrets.token },
    { type: 'tokenRead', token: undefined },
  ],
  keychainFailed: [{ type: 'keychainFailed', problem: { code: 'keychain.denied', retry: 'now' } }],
  setupRead: setups.map((setup) => ({ type: 'setupRead' as const, setup })),
  setupRefused: [{ type: 'setupRefused' }],
  setupFailed: [{ type: 'setupFailed', problem }],
  retryDue: [{ type: 'retryDue' }],
  codeRequested: [{ type: 'codeRequested', email: 'other@example.com' }],
  codeSent: [{ type: 'codeSent', requestID: secrets.requestID }],
  codeNotSent: [{ type: 'codeNotSent', problem }],
  resendDue: [
    { type: 'resendDue', sentCount: 1 },
    { type: 'resendDue', sentCount: 2 },
  ],
  addressChanged: [{ type: 'addressChanged' }],
  codeSubmitted: [
    { type: 'codeSubmitted', code: secrets.code },
    { type: 'codeSubmitted', code: ' - ' },
  ],
  registrationRequired: [{ type: 'registrationRequired', form }],
  usernameSubmitted: [{ type: 'usernameSubmitted', username: 'sam' }],
  refused: [{ type: 'refused', problem }],
  requestExpired: [{ type: 'requestExpired', problem }],
  signedInUnheard: [{ type: 'signedInUnheard' }],
  signedIn: [{ type: 'signedIn', credentials, keptIn: 'keychain' }],
  signedInUnsaved: [{ type: 'signedInUnsaved', credentials, problem: { code: 'keychain.denied', retry: 'now' } }],
  keychainGrewSlow: [{ type: 'keychainGrewSlow', credentials }],
  consentRequested: [{ type: 'consentRequested' }],
  consentGiven: [{ type: 'consentGiven' }],
  consentFailed: [
    { type: 'consentFailed', problem: { code: 'account.consent-refused', retry: 'now' } },
    { type: 'consentFailed', problem: undefined },
  ],
  keychainRetried: [{ type: 'keychainRetried' }],
  saved: [{ type: 'saved' }],
  keptForThisRun: [{ type: 'keptForThisRun' }],
  signInAgainChosen: [{ type: 'signInAgainChosen' }],
  tokenRefused: [{ type: 'tokenRefused' }],
}

export const securityEvents: ByType<security.SecurityEvent> = {
  signedIn: [
    { type: 'signedIn', setup: undefined, atMs: 10 },
    { type: 'signedIn', setup: setupOf('ready'), atMs: 10 },
  ],
  signedOut: [{ type: 'signedOut' }],
  setupRead: setups.map((setup) => ({ type: 'setupRead' as const, setup, atMs: 20 })),
  setupFailed: [{ type: 'setupFailed', problem }],
  readDue: [{ type: 'readDue' }],
  listeningStarted: [{ type: 'listeningStarted' }],
  listeningEnded: [{ type: 'listeningEnded' }],
  keyRequested: [{ type: 'keyRequested' }],
  keyCreated: [{ type: 'keyCreated' }],
  keyFailed: [{ type: 'keyFailed', problem }],
  keyProved: [{ type: 'keyProved', recoveryKey: secrets.recoveryKey }],
  keyNotProved: [{ type: 'keyNotProved' }],
  unlockRequested: [{ type: 'unlockRequested', recoveryKey: secrets.recoveryKey }],
  unlockFailed: [{ type: 'unlockFailed', problem }],
  unlocked: setups.map((setup) => ({ type: 'unlocked' as const, setup, atMs: 30 })),
}

export function securityIn(setup: SetupState | undefined): security.SecurityState {
  return security.next(security.initial, { type: 'signedIn', setup, atMs: 10 })[0]
}

export const chatAccount: ChatAccount = {
  accountID: 'whatsapp_sam',
  bridgeID: 'local-whatsapp',
  bridgeType: 'whatsapp',
  networkName: 'WhatsApp',
  name: 'Sam',
  loginID: 'login-1',
  status: 'connected',
  statusText: '',
}
export const network: Network = {
  bridgeID: 'local-whatsapp',
  type: 'whatsapp',
  name: 'WhatsApp',
  provider: 'local',
  status: 'available',
  statusText: '',
  allowsSeveral: true,
  accounts: [chatAccount],
}

export const networksEvents: ByType<networks.NetworksEvent> = {
  wanted: [{ type: 'wanted' }],
  unwanted: [{ type: 'unwanted' }],
  refreshed: [{ type: 'refreshed' }],
  read: [1, 2, 3].map((round) => ({ type: 'read' as const, round, networks: [network], accounts: [chatAccount] })),
  readFailed: [1, 2, 3].map((round) => ({ type: 'readFailed' as const, round, problem })),
  readDue: [1, 2, 3].map((round) => ({ type: 'readDue' as const, round })),
  liveCountChanged: [0, 1, 2].map((liveCount) => ({ type: 'liveCountChanged' as const, liveCount })),
}

export const found: FoundBeeper = {
  origin: server.origin,
  name: 'Beeper',
  version: '4.3.0',
  kind: 'desktop',
  state: 'signed-out',
}

export const discoveryEvents: ByType<discovery.DiscoveryEvent> = {
  wanted: [{ type: 'wanted', origins: [server.origin, otherServer.origin] }],
  unwanted: [{ type: 'unwanted' }],
  shown: [{ type: 'shown' }],
  hidden: [{ type: 'hidden' }],
  probed: [
    { type: 'probed', origin: server.origin, found },
    { type: 'probed', origin: server.origin, found: undefined },
    { type: 'probed', origin: otherServer.origin, found: { ...found, origin: otherServer.origin } },
  ],
  lookEnded: [{ type: 'lookEnded' }],
  lookDue: [{ type: 'lookDue' }],
}

export const subject: connect.Subject = {
  connectionID: 'c1',
  bridgeID: 'local-whatsapp',
  networkName: 'WhatsApp',
  networkType: 'whatsapp',
}

export const steps: readonly LoginStep[] = [
  {
    type: 'user_input',
    stepID: 'form',
    instructions: 'Enter your number.',
    fields: [{ id: 'phone', type: 'phone', label: 'Phone', placeholder: '', initialValue: '', isRequired: true }],
  },
  { type: 'display_and_wait', stepID: 'qr', instructions: '', display: { type: 'qr', data: '2@abc' } },
  { type: 'display_and_wait', stepID: 'odd', instructions: '', display: { type: 'unsupported', wireType: 'hologram' } },
  { type: 'cookies', stepID: 'site', instructions: '', url: 'https://chat.test/login' },
  { type: 'complete', instructions: 'Welcome' },
  { type: 'unsupported', wireType: 'webauthn', instructions: 'Touch your key' },
  { type: 'unreadable', wireType: 'user_input' },
]
export const [formStep, qrStep] = steps as readonly [LoginStep, LoginStep]

export const sessionWith = (outcome: LoginSession['outcome']): LoginSession => ({
  bridgeID: subject.bridgeID,
  loginSessionID: secrets.loginSessionID,
  outcome,
})
export const sessionAt = (step: LoginStep): LoginSession => sessionWith({ kind: 'going-on', step })

const flow = { id: 'qr', name: 'QR code', description: '' }
const begun = { ...subject, flowID: 'qr', loginSessionID: secrets.loginSessionID }
const idle = { ...subject, flowID: undefined, loginSessionID: undefined }

/** The stages of a connection, each as the machine can really hold it. */
export const connectStates: Readonly<Record<connect.Stage['phase'], readonly connect.ConnectState[]>> = {
  loading: [{ ...idle, stage: { phase: 'loading' } }],
  choosing: [{ ...idle, stage: { phase: 'choosing', flows: [flow, { ...flow, id: 'code' }] } }],
  starting: [{ ...idle, flowID: 'qr', stage: { phase: 'starting' } }],
  resuming: [{ ...begun, stage: { phase: 'resuming' } }],
  step: steps.flatMap((step) =>
    [true, false].map((isBusy) => ({
      ...begun,
      stage: { phase: 'step' as const, serial: 3, step, isBusy, isRejected: false, problem: undefined },
    })),
  ),
  done: [{ ...idle, flowID: 'qr', stage: { phase: 'done', accountName: 'Sam', instructions: '' } }],
  failed: [
    { ...idle, flowID: 'qr', stage: { phase: 'failed', problem } },
    { ...idle, stage: { phase: 'failed', problem } },
  ],
  left: [{ ...idle, flowID: 'qr', stage: { phase: 'left' } }],
}

export const connectEvents: ByType<connect.ConnectEvent> = {
  opened: [{ type: 'opened' }],
  resumed: [{ type: 'resumed', loginSessionID: secrets.loginSessionID, flowID: 'qr' }],
  flowsRead: [[], [flow], [flow, { ...flow, id: 'code' }]].map((flows) => ({ type: 'flowsRead' as const, flows })),
  flowChosen: [{ type: 'flowChosen', flowID: 'code' }],
  sessionRead: [
    ...steps.map((step) => ({ type: 'sessionRead' as const, session: sessionAt(step) })),
    {
      type: 'sessionRead',
      session: sessionWith({ kind: 'complete', accountName: 'Sam', loginID: 'l', instructions: '' }),
    },
    { type: 'sessionRead', session: sessionWith({ kind: 'failed', error: { code: 'x', message: 'No.' } }) },
    { type: 'sessionRead', session: sessionWith({ kind: 'failed', error: undefined }) },
    { type: 'sessionRead', session: sessionWith({ kind: 'cancelled' }) },
  ],
  connectionLost: [{ type: 'connectionLost', problem }],
  lookDue: [{ type: 'lookDue' }],
  failed: [{ type: 'failed', problem }],
  fieldsSubmitted: [{ type: 'fieldsSubmitted', fields: { phone: secrets.field } }],
  startedOver: [{ type: 'startedOver' }],
  left: [{ type: 'left' }],
}

export const wishes: readonly Place[] = [
  { at: 'go-on' },
  { at: 'find' },
  { at: 'connect' },
  { at: 'connection', connectionID: subject.connectionID },
  { at: 'connection', connectionID: 'gone' },
  { at: 'home' },
]

/** Everything at rest: nobody is signed in, nothing was found. */
export const restingState: AppState = {
  wish: { at: 'go-on' },
  discovery: {
    isWanted: true,
    isVisible: true,
    isLooking: false,
    hasLooked: true,
    origins: [server.origin],
    found: [],
  },
  account: { phase: 'away' },
  security: security.initial,
  networks: { isOn: false, status: 'loading', networks: [], accounts: [], problem: undefined, liveCount: 0, round: 0 },
  connections: [],
  isFirstRunDone: false,
  finding: { isDemoStarting: false, opening: undefined, problem: undefined },
}

/** Signed in, with the server in the given state. */
export const signedInState = (setup: SetupState | undefined): AppState => ({
  ...restingState,
  account: { ...at, phase: 'signed-in', credentials, keptIn: 'keychain' },
  security: securityIn(setup),
})

/** All members of a table by phase or type, in one list. */
export const allOf = <T>(table: Readonly<Record<string, readonly T[]>>): readonly T[] => Object.values(table).flat()
