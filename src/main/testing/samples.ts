// One of each thing that the machines hold. The secrets are told apart from everything else by their first letters.
import type { ChatAccount, Network } from '#contract/beeper/networks'
import type { RegistrationForm, SetupState } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import type { Problem } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'
import type { Credentials, Kept, Server } from '../domain/account-state.ts'
import type { Marker, RememberedServer } from '../domain/servers.ts'
import type { About } from '../domain/view.ts'
import type { Progress } from '../ports.ts'

export const server: Server = {
  origin: 'http://127.0.0.1:23373',
  name: 'Beeper',
  version: '4.3.0',
  isDemo: false,
}
export const otherServer: Server = {
  origin: 'http://127.0.0.1:23374',
  name: 'Other',
  version: '4.3.0',
  isDemo: false,
}
/** The built-in demo at play. */
export const demoServer: Server = { ...server, origin: 'http://127.0.0.1:40000', isDemo: true }
export const email = 'sam@example.com'

/** What the View says of the program. */
export const about: About = { appVersion: '0.1.0', system: 'linux', language: 'en' }

/** Texts that may never reach the window. */
export const secrets = {
  token: 'SECRET-token',
  pastedToken: 'SECRET-pasted',
  leadToken: 'SECRET-lead',
  requestID: 'SECRET-request',
  code: 'SECRETcode',
  recoveryKey: 'SECRET-recovery',
  field: 'SECRET-field',
  loginSessionID: 'SECRET-session',
} as const

export const problem: Problem = { code: 'beeper.unreachable', retry: 'now' }
export const credentials: Credentials = { token: secrets.token, userID: '@sam:beeper.com', source: 'account' }
export const kept: Kept = { source: 'account' }
export const marker: Marker = { ...kept, userID: '@sam:beeper.com', savedAt: '2023-11-01T00:00:00.000Z' }

/** A server as an earlier run remembers it; with a marker if a sign-in was saved. */
export const remembered = (more: Partial<RememberedServer> = {}): RememberedServer => ({
  origin: server.origin,
  name: server.name,
  version: server.version,
  kind: 'desktop',
  lastState: 'signed-out',
  ...more,
})
/** What a run leaves that was signed in to a server. */
export const signedInAt = (origin: string): Pick<Progress, 'origin' | 'servers'> => ({
  origin,
  servers: [remembered({ origin, lastState: 'signed-in', marker })],
})
export const signedInBefore = signedInAt(server.origin)

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
    keyMadeAtMs: undefined,
    verification: undefined,
  }
}

/** One that this side opened towards the person's phone, in any state, with what semantics 4 lists as available there. */
export const verificationOf = (state: Verification['state'], more: Partial<Verification> = {}): Verification => ({
  verificationID: 'verification-1',
  isIncoming: false,
  state,
  wireState: state === 'unsupported' ? 'on_hold' : state,
  methods: ['qr', 'sas'],
  actions: actionsIn[state](more.isIncoming === true),
  otherUserID: '@sam:beeper.com',
  device: { id: 'PHONE', name: 'Sam’s phone' },
  qr: state === 'ready' ? 'MATRIX\u0002\u00ff' : undefined,
  emojis: state === 'sas_ready' ? ['🐶', '🐱', '🦁', '🐎', '🦄', '🐷', '🐘'] : [],
  decimals: state === 'sas_ready' ? ['1234', '5678', '9012'] : [],
  error: state === 'cancelled' || state === 'error' ? { code: 'm.user', reason: 'Cancelled there' } : undefined,
  ...more,
})

const actionsIn: Readonly<Record<Verification['state'], (isIncoming: boolean) => Verification['actions']>> = {
  requested: (isIncoming) => (isIncoming ? ['accept', 'cancel'] : ['cancel']),
  ready: () => ['sas.start', 'cancel'],
  sas_ready: () => ['sas.confirm', 'cancel'],
  qr_scanned: () => ['qr.confirmScanned', 'cancel'],
  done: () => [],
  cancelled: () => [],
  error: () => [],
  unsupported: () => ['cancel'],
}
export const verificationStates = Object.keys(actionsIn) as Verification['state'][]

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

export const chatAccount: ChatAccount = {
  accountID: 'whatsapp_sam',
  bridgeID: 'local-whatsapp',
  bridgeType: 'whatsapp',
  networkName: 'WhatsApp',
  name: 'Sam',
  person: { name: 'Sam', detail: '', imageURL: undefined },
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

export const found: FoundBeeper = {
  origin: server.origin,
  name: 'Beeper',
  version: '4.3.0',
  kind: 'desktop',
  state: 'signed-out',
}
