// One connection to one network, from the choice of a way to sign in to a connected account. The server leads: the steps
// and their order are its own, and what cannot be shown ends in words and a way out.
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type { LoginFlow } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import type { ConnectionStage } from '#contract/view'

export interface Subject {
  readonly connectionID: string
  readonly bridgeID: string
  readonly networkName: string
  readonly networkType: string
}

export type ConnectState = Subject & {
  readonly flowID: string | undefined
  readonly loginSessionID: string | undefined
  readonly stage: Stage
}

export type Stage =
  | ConnectionStage
  /** Looks whether a session that an earlier run left is still alive. */
  | { readonly phase: 'resuming' }
  | { readonly phase: 'left' }

export type ConnectEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'resumed'; readonly loginSessionID: string; readonly flowID: string | undefined }
  | { readonly type: 'flowsRead'; readonly flows: readonly LoginFlow[] }
  | { readonly type: 'flowChosen'; readonly flowID: string }
  | { readonly type: 'sessionRead'; readonly session: LoginSession }
  /** A request for the session failed on the way; what the server holds is unknown. */
  | { readonly type: 'connectionLost'; readonly problem: Problem }
  | { readonly type: 'lookDue' }
  /** The session ended with these words, or cannot be begun. */
  | { readonly type: 'failed'; readonly problem: Problem }
  | { readonly type: 'fieldsSubmitted'; readonly fields: Readonly<Record<string, string>> }
  | { readonly type: 'startedOver' }
  | { readonly type: 'left' }

export type ConnectEffect =
  | { readonly type: 'readFlows'; readonly bridgeID: string }
  | { readonly type: 'create'; readonly subject: Subject; readonly flowID: string | undefined }
  | {
      readonly type: 'submit'
      readonly bridgeID: string
      readonly loginSessionID: string
      readonly stepID: string
      readonly fields: Readonly<Record<string, string>>
    }
  /** Submits a waiting step: answers when the phone acted or the picture changed. */
  | { readonly type: 'await'; readonly bridgeID: string; readonly loginSessionID: string; readonly stepID: string }
  | { readonly type: 'look'; readonly bridgeID: string; readonly loginSessionID: string }
  | { readonly type: 'lookIn'; readonly ms: number }
  /** Drops the request in flight, then cancels the session on the server. */
  | { readonly type: 'cancel'; readonly bridgeID: string; readonly loginSessionID: string }
  | { readonly type: 'connected' }

type Next = readonly [ConnectState, readonly ConnectEffect[]]

const stay = (state: ConnectState): Next => [state, []]
const lookAfterMs = 1_000

/** A connection that has not begun. */
export const initial = (subject: Subject): ConnectState => ({
  ...subject,
  flowID: undefined,
  loginSessionID: undefined,
  stage: { phase: 'loading' },
})

const start = (state: ConnectState, flowID: string | undefined): Next => [
  { ...state, flowID, loginSessionID: undefined, stage: { phase: 'starting' } },
  [{ type: 'create', subject: state, flowID }],
]

const fail = (state: ConnectState, problem: Problem): Next =>
  stay({ ...state, loginSessionID: undefined, stage: { phase: 'failed', problem } })

function flowsRead(state: ConnectState, flows: readonly LoginFlow[]): Next {
  const [only] = flows
  if (only === undefined) return fail(state, { code: 'connect.no-flows', retry: 'later' })
  if (flows.length === 1) return start(state, only.id)
  return stay({ ...state, stage: { phase: 'choosing', flows } })
}

/** Shows a step, and submits it at once where there is nothing to do but wait. */
function show(state: ConnectState, loginSessionID: string, step: LoginStep): Next {
  const before = state.stage.phase === 'step' ? state.stage : undefined
  const isSameForm =
    before?.isBusy === true &&
    step.type === 'user_input' &&
    before.step.type === 'user_input' &&
    before.step.stepID === step.stepID
  // The same form after a submit is a value that the network did not take (bridge rules, R2), unless the submit was lost
  // on the way: then that is what there is to say.
  const problem = isSameForm ? before.problem : undefined
  const isRejected = isSameForm && problem === undefined
  const isWait = step.type === 'display_and_wait' && step.display.type !== 'unsupported'
  const isRedraw =
    before?.step.type === 'display_and_wait' && step.type === 'display_and_wait' && before.step.stepID === step.stepID
  const serial = before === undefined ? 1 : isRedraw ? before.serial : before.serial + 1
  return [
    { ...state, loginSessionID, stage: { phase: 'step', serial, step, isBusy: false, isRejected, problem } },
    isWait ? [{ type: 'await', bridgeID: state.bridgeID, loginSessionID, stepID: step.stepID }] : [],
  ]
}

function sessionRead(state: ConnectState, session: LoginSession): Next {
  const { outcome } = session
  switch (outcome.kind) {
    case 'going-on':
      return show(state, session.loginSessionID, outcome.step)
    case 'complete':
      return [
        {
          ...state,
          loginSessionID: undefined,
          stage: { phase: 'done', accountName: outcome.accountName, instructions: outcome.instructions },
        },
        [{ type: 'connected' }],
      ]
    case 'cancelled':
      return fail(state, { code: 'connect.cancelled', retry: 'now' })
    case 'failed':
      return fail(state, {
        code: 'connect.refused',
        retry: 'now',
        ...(outcome.error && { says: outcome.error.message, detail: outcome.error.code }),
      })
  }
}

function submitted(state: ConnectState, fields: Readonly<Record<string, string>>): Next {
  const { stage, loginSessionID, bridgeID } = state
  if (stage.phase !== 'step' || stage.isBusy || stage.step.type !== 'user_input' || loginSessionID === undefined)
    return stay(state)
  return [
    { ...state, stage: { ...stage, isBusy: true, isRejected: false, problem: undefined } },
    [{ type: 'submit', bridgeID, loginSessionID, stepID: stage.step.stepID, fields }],
  ]
}

const isOver = (stage: Stage): boolean => stage.phase === 'left' || stage.phase === 'done' || stage.phase === 'failed'

function leave(state: ConnectState): Next {
  const { bridgeID, loginSessionID } = state
  const gone: ConnectState = { ...state, loginSessionID: undefined, stage: { phase: 'left' } }
  return [gone, loginSessionID === undefined ? [] : [{ type: 'cancel', bridgeID, loginSessionID }]]
}

function lost(state: ConnectState, problem: Problem): Next {
  const { stage } = state
  const shown: Stage = stage.phase === 'step' ? { ...stage, problem } : stage
  if (state.loginSessionID === undefined) return fail(state, problem)
  return [{ ...state, stage: shown }, [{ type: 'lookIn', ms: lookAfterMs }]]
}

function late(state: ConnectState, event: ConnectEvent): Next {
  const { bridgeID } = state
  // The person left while the session was being made: it has to be cancelled all the same.
  if (state.stage.phase === 'left' && event.type === 'sessionRead' && event.session.outcome.kind === 'going-on')
    return [state, [{ type: 'cancel', bridgeID, loginSessionID: event.session.loginSessionID }]]
  if (event.type === 'startedOver' && state.stage.phase === 'failed') return restart(state)
  if (event.type === 'left') return leave(state)
  return stay(state)
}

const restart = (state: ConnectState): Next =>
  state.flowID === undefined
    ? [{ ...state, stage: { phase: 'loading' } }, [{ type: 'readFlows', bridgeID: state.bridgeID }]]
    : start(state, state.flowID)

/** A step that leads nowhere is given up for a fresh session. */
function startOver(state: ConnectState): Next {
  const [, dropped] = leave(state)
  const [begun, effects] = restart({ ...state, loginSessionID: undefined })
  return [begun, [...dropped, ...effects]]
}

/**
 * The machine of one connection.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done
 */
export function next(state: ConnectState, event: ConnectEvent): Next {
  if (isOver(state.stage)) return late(state, event)
  const { bridgeID, loginSessionID, stage } = state
  switch (event.type) {
    case 'opened':
      return [state, [{ type: 'readFlows', bridgeID }]]
    case 'resumed':
      return [
        { ...state, loginSessionID: event.loginSessionID, flowID: event.flowID, stage: { phase: 'resuming' } },
        [{ type: 'look', bridgeID, loginSessionID: event.loginSessionID }],
      ]
    case 'flowsRead':
      return stage.phase === 'loading' ? flowsRead(state, event.flows) : stay(state)
    case 'flowChosen':
      return stage.phase === 'choosing' ? start(state, event.flowID) : stay(state)
    case 'sessionRead':
      return sessionRead(state, event.session)
    case 'connectionLost':
      return lost(state, event.problem)
    case 'lookDue':
      return loginSessionID === undefined ? stay(state) : [state, [{ type: 'look', bridgeID, loginSessionID }]]
    case 'failed':
      return fail(state, event.problem)
    case 'fieldsSubmitted':
      return submitted(state, event.fields)
    case 'startedOver':
      return stage.phase === 'step' ? startOver(state) : stay(state)
    case 'left':
      return leave(state)
  }
}
