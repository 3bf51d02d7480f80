// Every event that the machines without phases may meet, and states of the whole, for tables that leave nothing out.
import type { SetupState } from '#contract/beeper/setup'
import { failed, ok } from '#contract/problem'
import type { Place } from '#contract/view'
import { notFinding } from '../domain/app-state.ts'
import type { AppState } from '../domain/app-state.ts'
import type * as discovery from '../domain/discovery.ts'
import type * as networks from '../domain/networks.ts'
import * as security from '../domain/security.ts'
import { stateIn } from './account-states.ts'
import { subject } from './connect-states.ts'
import { chatAccount, found, network, otherServer, problem, secrets, server, setupOf, setups } from './samples.ts'
import type { ByType } from './tables.ts'

export const securityEvents: ByType<security.SecurityEvent> = {
  signedIn: [
    { type: 'signedIn', setup: undefined, atMs: 10 },
    { type: 'signedIn', setup: setupOf('ready'), atMs: 10 },
  ],
  signedOut: [{ type: 'signedOut' }],
  tokenReplaced: [{ type: 'tokenReplaced' }],
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
  security: security.initial,
  networks: { isOn: false, status: 'loading', networks: [], accounts: [], problem: undefined, liveCount: 0, round: 0 },
  connections: [],
  isFirstRunDone: false,
  finding: notFinding,
}

/** Signed in, with the server in the given state. */
export const signedInState = (setup: SetupState | undefined): AppState => ({
  ...restingState,
  account: stateIn('signed-in', { keptIn: 'keychain' }),
  security: securityIn(setup),
})
