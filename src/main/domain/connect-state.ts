// What one connection to one network is: its states, what happens to it, and what it asks to be done.
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type { ChatAccount, LoginFlow } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import type { ConnectionStage, StepStage } from '#contract/view-connect'

export interface Subject {
  readonly connectionID: string
  readonly bridgeID: string
  readonly networkName: string
  readonly networkType: string
}

export type ConnectState = Subject & {
  readonly flows: readonly LoginFlow[]
  /** The way that was taken. */
  readonly flowID: string | undefined
  readonly loginSessionID: string | undefined
  /** What was sent and has not been answered: a form, or the wait for the phone. One at a time (semantics 5). */
  readonly inFlight: 'submit' | 'wait' | undefined
  /** How often in a row the server could not be asked. */
  readonly lostCount: number
  /** What the person typed, by field ID, for a step or session that asks again. Never a secret (A4). */
  readonly kept: Readonly<Record<string, string>>
  /** The form that was shown last: what is typed into it may be handed over when it has gone already. */
  readonly asked: LoginStep | undefined
  /** Logins that this network had before the session began; of one of an earlier run, when the lists were first read. */
  readonly knownLoginIDs: readonly string[] | undefined
  readonly minutesLeft: number | undefined
  readonly stage: Stage
}

/** A step as the machine holds it; what is the same for the whole connection is added for the View. */
export type StepState = Omit<StepStage, 'minutesLeft' | 'otherFlows'>

export type DoneState = Extract<ConnectionStage, { readonly phase: 'done' }> & {
  readonly loginID: string | undefined
  readonly accountIDs: readonly string[]
  /** How the list showed the account last. */
  readonly seen: 'unseen' | 'needing' | 'settling' | 'well'
  /** The account was seen without a need of the person since. */
  readonly wasUp: boolean
  readonly isWatchOver: boolean
}

export type Stage =
  | Extract<ConnectionStage, { readonly phase: 'loading' | 'choosing' | 'starting' | 'interrupted' }>
  | StepState
  | DoneState
  | { readonly phase: 'failed'; readonly problem: Problem }
  /** Looks whether a session that an earlier run left is still alive. */
  | { readonly phase: 'resuming' }
  | { readonly phase: 'left' }

export type ConnectEvent =
  | { readonly type: 'opened' }
  /** A session of an earlier run; `ageMs` since it began. */
  | {
      readonly type: 'resumed'
      readonly loginSessionID: string
      readonly flowID: string | undefined
      readonly ageMs: number
    }
  /** A session of an earlier run that is surely over. */
  | { readonly type: 'foundOver'; readonly flowID: string | undefined }
  | { readonly type: 'flowsRead'; readonly flows: readonly LoginFlow[] }
  | { readonly type: 'flowsNotRead'; readonly problem: Problem }
  | { readonly type: 'flowChosen'; readonly flowID: string }
  /**
   * The server told how the session stands: in answer to what was sent, or because it was asked. `problem`: what was sent was
   * refused, and the session outlived it.
   */
  | {
      readonly type: 'sessionRead'
      readonly session: LoginSession
      readonly by: 'answer' | 'look'
      readonly problem?: Problem | undefined
    }
  /** A request for the session failed on the way; what the server holds is unknown. */
  | { readonly type: 'connectionLost'; readonly of: 'answer' | 'look'; readonly problem: Problem }
  | { readonly type: 'lookDue' }
  /** The session ended with these words, or cannot be begun. */
  | { readonly type: 'ended'; readonly problem: Problem }
  | {
      readonly type: 'fieldsSubmitted'
      readonly fields: Readonly<Record<string, string>>
      readonly isSure: boolean
    }
  | { readonly type: 'fieldsKept'; readonly fields: Readonly<Record<string, string>> }
  | { readonly type: 'startedOver' }
  | { readonly type: 'left' }
  /** The computer slept: whatever is shown may have run out. */
  | { readonly type: 'woken' }
  | { readonly type: 'minutePassed' }
  | { readonly type: 'accountsRead'; readonly accounts: readonly ChatAccount[] }
  | { readonly type: 'watchEnded' }

interface OfSession {
  readonly bridgeID: string
  readonly loginSessionID: string
}

export type ConnectEffect =
  | { readonly type: 'readFlows'; readonly bridgeID: string }
  | { readonly type: 'create'; readonly bridgeID: string; readonly flowID: string | undefined }
  | ({
      readonly type: 'submit'
      readonly kind: 'user_input' | 'cookies'
      readonly stepID: string
      readonly fields: Readonly<Record<string, string>>
    } & OfSession)
  /** Submits a waiting step: answers when the phone acted or the picture changed. Takes the place of a wait that is over. */
  | ({ readonly type: 'wait'; readonly stepID: string } & OfSession)
  | ({ readonly type: 'look' } & OfSession)
  | { readonly type: 'lookIn'; readonly ms: number }
  /** Drops the request in flight, then cancels the session on the server. */
  | ({ readonly type: 'cancel' } & OfSession)
  | { readonly type: 'connected' }
  /** Calls `minutePassed`. */
  | { readonly type: 'remindIn'; readonly ms: number }
  /** Calls `watchEnded`. */
  | { readonly type: 'watchFor'; readonly ms: number }

export type Next = readonly [state: ConnectState, effects: readonly ConnectEffect[]]

export const stay = (state: ConnectState): Next => [state, []]

/** A connection that has not begun. */
export const initial = (subject: Subject): ConnectState => ({
  ...subject,
  flows: [],
  flowID: undefined,
  loginSessionID: undefined,
  inFlight: undefined,
  lostCount: 0,
  kept: {},
  asked: undefined,
  knownLoginIDs: [],
  minutesLeft: undefined,
  stage: { phase: 'loading' },
})

/** Whether something is still to come of it. */
export const isLive = ({ stage }: Pick<ConnectState, 'stage'>): boolean =>
  stage.phase === 'resuming' ||
  stage.phase === 'loading' ||
  stage.phase === 'choosing' ||
  stage.phase === 'starting' ||
  stage.phase === 'step'
