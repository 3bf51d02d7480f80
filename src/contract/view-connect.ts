// The part of the View that is about chat networks: the catalogue, and the connections under way. The one live code that it
// carries is the one to scan or type, because the person must see it; what a person typed is in it only where it is no secret.
import type { LoginStep, Person } from './beeper/login.ts'
import type { LoginFlow } from './beeper/networks.ts'
import type { Problem } from './problem.ts'

export type AccountStatus = 'connected' | 'working' | 'needs-you' | 'off' | 'unknown'

export interface NetworkView {
  readonly bridgeID: string
  readonly type: string
  readonly name: string
  readonly group: 'this-device' | 'cloud' | 'self-hosted' | 'other'
  readonly status: 'available' | 'connected' | 'limit_reached' | 'temporarily_unavailable' | 'disabled' | 'unsupported'
  /** The server's own sentence, mostly the reason of its status; empty when it has none. */
  readonly statusText: string
  readonly accounts: readonly { readonly accountID: string; readonly name: string; readonly status: AccountStatus }[]
  readonly canConnect: boolean
  /** A connection to this network that is under way. */
  readonly connectionID: string | undefined
}

export interface StepStage {
  readonly phase: 'step'
  /** Grows with every step shown, because a step's ID does not (semantics 5), and with every objection. A renewed picture is the same step. */
  readonly serial: number
  /** `initialValue` of a field is what the person typed before, where it is no secret. */
  readonly step: LoginStep
  readonly isBusy: boolean
  /** The same step came back: the network did not take what was sent. Its words are the step's instructions. */
  readonly isRejected: boolean
  /** IDs of fields whose value does not look as the network wants it; nothing was sent. */
  readonly unfit: readonly string[]
  /** What is shown may have run out meanwhile, and the server has not yet said what counts. */
  readonly isStale: boolean
  /** Whole minutes until the bridge gives the sign-in up; only when that is near. */
  readonly minutesLeft: number | undefined
  /** Other ways to sign in to the same network; taking one gives up this one. */
  readonly otherFlows: readonly LoginFlow[]
  readonly problem: Problem | undefined
}

/**
 * What became of the account since: `watching` it is young; `settling` it still fetches its chats; `well` it stayed
 * connected; `unseen` the server does not list it yet; `fell-off` it needs the person again.
 */
export type WatchStatus = 'watching' | 'settling' | 'well' | 'unseen' | 'fell-off'

export type ConnectionStage =
  | { readonly phase: 'loading' }
  | { readonly phase: 'choosing'; readonly flows: readonly LoginFlow[] }
  | { readonly phase: 'starting' }
  | StepStage
  | {
      readonly phase: 'done'
      /** Who was connected, as far as the server says. */
      readonly person: Person | undefined
      /** This account was connected before; it was renewed, and is no further one. */
      readonly wasKnown: boolean
      readonly watch: WatchStatus
      /** The server's own sentence about the account; empty when it has none. */
      readonly statusText: string
      readonly instructions: string
    }
  | { readonly phase: 'failed'; readonly problem: Problem; readonly otherFlows: readonly LoginFlow[] }
  /** An earlier run ended in the middle of it, and the server no longer knows it; it can be begun afresh. */
  | { readonly phase: 'interrupted' }

export interface ConnectionView {
  readonly connectionID: string
  readonly networkName: string
  readonly networkType: string
  readonly stage: ConnectionStage
}

export interface RunningView {
  readonly connectionID: string
  readonly networkName: string
  readonly networkType: string
  /**
   * `needs-you`: something is to be chosen or typed. `phone`: it waits for what the person does on the phone. `working`: it
   * waits for the network.
   */
  readonly state: 'needs-you' | 'phone' | 'working' | 'done' | 'fell-off' | 'failed' | 'interrupted'
  /** It is what the screen shows. */
  readonly isShown: boolean
}
