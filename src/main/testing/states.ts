// Every event that the machines without phases may meet, and states of the whole, for tables that leave nothing out.
import type { SetupState } from '#contract/beeper/setup'
import { failed, ok } from '#contract/problem'
import type { Place } from '#contract/view'
import { notFinding } from '../domain/app-state.ts'
import type { AppState } from '../domain/app-state.ts'
import type * as discovery from '../domain/discovery.ts'
import type * as networks from '../domain/networks.ts'
import { initial as noSecurity } from '../domain/security-state.ts'
import type { SecurityEvent, SecurityState } from '../domain/security-state.ts'
import * as security from '../domain/security.ts'
import { stateIn } from './account-states.ts'
import { subject } from './connect-states.ts'
import {
  chatAccount,
  found,
  network,
  otherServer,
  problem,
  secrets,
  server,
  setupOf,
  setups,
  verificationOf,
  verificationStates,
} from './samples.ts'
import type { ByType } from './tables.ts'

const verificationID = 'verification-1'
const listed = verificationStates.map((state) => verificationOf(state))
const asking = verificationOf('requested', { verificationID: 'verification-2', isIncoming: true })

export const securityEvents: ByType<SecurityEvent> = {
  signedIn: [
    { type: 'signedIn', setup: undefined, atMs: 10 },
    { type: 'signedIn', setup: setupOf('ready'), atMs: 10 },
  ],
  signedOut: [{ type: 'signedOut' }],
  tokenReplaced: [{ type: 'tokenReplaced' }],
  setupRead: [
    ...setups.map((setup) => ({ type: 'setupRead' as const, setup, atMs: 20 })),
    ...setups.map((setup) => ({ type: 'setupRead' as const, setup, verifications: [], atMs: 21 })),
    ...listed.map((one) => ({
      type: 'setupRead' as const,
      setup: setupOf('needs-verification'),
      verifications: [one, asking],
      atMs: 22,
    })),
    ...listed.map((verification) => ({
      type: 'setupRead' as const,
      setup: { ...setupOf('ready'), verification },
      atMs: 23,
    })),
  ],
  setupFailed: [{ type: 'setupFailed', problem }],
  readDue: [{ type: 'readDue' }],
  listeningStarted: [{ type: 'listeningStarted' }],
  changeHeard: [{ type: 'changeHeard' }],
  listeningEnded: [{ type: 'listeningEnded' }],
  woken: [{ type: 'woken' }],
  doorOpened: (['choose', 'key', 'new-key'] as const).map((door) => ({ type: 'doorOpened', door })),
  verificationRequested: [{ type: 'verificationRequested', atMs: 30 }],
  verificationPicked: [verificationID, asking.verificationID, 'unheard-of'].map((id) => ({
    type: 'verificationPicked',
    verificationID: id,
    atMs: 31,
  })),
  verificationAccepted: [verificationID, asking.verificationID].map((id) => ({
    type: 'verificationAccepted',
    verificationID: id,
    atMs: 32,
  })),
  emojiStarted: [{ type: 'emojiStarted', verificationID }],
  emojiConfirmed: [
    { type: 'emojiConfirmed', verificationID, emojis: verificationOf('sas_ready').emojis },
    { type: 'emojiConfirmed', verificationID, emojis: ['🐱'] },
    { type: 'emojiConfirmed', verificationID, emojis: [] },
  ],
  scanConfirmed: [{ type: 'scanConfirmed', verificationID }],
  verificationCancelled: (['cancelled', 'not-me', 'mismatch', 'not-scanned'] as const).map((why) => ({
    type: 'verificationCancelled',
    verificationID,
    why,
  })),
  scannerMoved: [true, false].map((isOpen) => ({ type: 'scannerMoved', isOpen })),
  codeScanned: [{ type: 'codeScanned', data: 'MATRIX' }],
  verificationLeft: [{ type: 'verificationLeft' }],
  verificationAnswered: [
    ...listed.map((verification) => ({
      type: 'verificationAnswered' as const,
      verificationID: '',
      doing: 'request' as const,
      verification,
      atMs: 40,
    })),
    ...listed.map((verification) => ({
      type: 'verificationAnswered' as const,
      verificationID,
      doing: 'sas.confirm' as const,
      verification,
      atMs: 41,
    })),
    { type: 'verificationAnswered', verificationID, doing: 'scan', verification: undefined, atMs: 42 },
    { type: 'verificationAnswered', verificationID: '', doing: 'request', verification: undefined, atMs: 43 },
  ],
  verificationFailed: (
    ['request', 'scan', 'accept', 'sas.start', 'sas.confirm', 'qr.confirmScanned', 'cancel'] as const
  ).map((doing) => ({
    type: 'verificationFailed',
    verificationID: doing === 'request' ? '' : verificationID,
    doing,
    problem,
  })),
  newKeyFound: [true, false].map((isSent) => ({ type: 'newKeyFound', note: { before: { isKept: false }, isSent } })),
  keyRequested: [{ type: 'keyRequested' }],
  keyCreated: [{ type: 'keyCreated', atMs: 50 }],
  keyFailed: [
    { type: 'keyFailed', problem },
    { type: 'keyFailed', problem: { code: 'security.new-key-refused', retry: 'now' } },
  ],
  keyProved: [{ type: 'keyProved', recoveryKey: secrets.recoveryKey }],
  keyNotProved: [{ type: 'keyNotProved' }],
  keyConfirmed: [{ type: 'keyConfirmed', atMs: 51 }],
  keyLeft: [{ type: 'keyLeft' }],
  unlockRequested: [true, false].map((isSure) => ({
    type: 'unlockRequested',
    recoveryKey: secrets.recoveryKey,
    isSure,
  })),
  unlockFailed: [{ type: 'unlockFailed', problem }],
  unlocked: [{ type: 'unlocked', atMs: 60 }],
}

export function securityIn(setup: SetupState | undefined): SecurityState {
  return security.next(noSecurity, { type: 'signedIn', setup, atMs: 10 })[0]
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

export const discoveryEvents: ByType<discovery.DiscoveryEvent> = {
  wanted: [{ type: 'wanted', origins: [server.origin, otherServer.origin] }],
  unwanted: [{ type: 'unwanted' }],
  shown: [{ type: 'shown' }],
  hidden: [{ type: 'hidden' }],
  probed: [
    { type: 'probed', origin: server.origin, result: ok(found) },
    { type: 'probed', origin: server.origin, result: failed(problem) },
    { type: 'probed', origin: otherServer.origin, result: ok({ ...found, origin: otherServer.origin }) },
  ],
  lookEnded: [{ type: 'lookEnded' }],
  lookDue: [{ type: 'lookDue' }],
}

export const wishes: readonly Place[] = [
  { at: 'go-on' },
  { at: 'find' },
  { at: 'connect' },
  { at: 'connection', connectionID: subject.connectionID },
  { at: 'connection', connectionID: 'gone' },
  { at: 'home' },
  { at: 'settings' },
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
    silent: {},
  },
  servers: [],
  heldOrigins: [],
  account: { phase: 'away' },
  security: noSecurity,
  networks: { isOn: false, status: 'loading', networks: [], accounts: [], problem: undefined, liveCount: 0, round: 0 },
  connections: [],
  isFirstRunDone: false,
  isContentProtected: true,
  keyRemindersDismissed: [],
  finding: notFinding,
}

/** Signed in, with the server in the given state. */
export const signedInState = (setup: SetupState | undefined): AppState => ({
  ...restingState,
  account: stateIn('signed-in', { keptIn: 'keychain' }),
  security: securityIn(setup),
})
