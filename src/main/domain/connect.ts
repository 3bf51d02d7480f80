// One connection to one network, from the choice of a way to sign in to a connected account. The server leads: the steps
// and their order are its own, and what cannot be shown ends in words and a way out.
import { signInFailure } from '#contract/beeper/login-errors'
import type { LoginFlow } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import { accountsRead, completed, watchEnded } from './connect-done.ts'
import type { ConnectEvent, ConnectState, Next } from './connect-state.ts'
import { isLive, stay } from './connect-state.ts'
import { isWait, keeping, keepingLate, lost, minutePassed, remindAfterMs, shown, submitted } from './connect-step.ts'

const fresh = { loginSessionID: undefined, inFlight: undefined, lostCount: 0, minutesLeft: undefined } as const

const start = (state: ConnectState, flowID: string | undefined): Next => [
  { ...state, ...fresh, flowID, stage: { phase: 'starting' } },
  [{ type: 'create', bridgeID: state.bridgeID, flowID }],
]

const fail = (state: ConnectState, problem: Problem): Next =>
  stay({ ...state, ...fresh, stage: { phase: 'failed', problem } })

function ended(state: ConnectState, problem: Problem): Next {
  // A session of an earlier run that has gone meanwhile is offered afresh.
  if (state.stage.phase === 'resuming') return stay({ ...state, ...fresh, stage: { phase: 'interrupted' } })
  return fail(state, problem)
}

function flowsRead(state: ConnectState, flows: readonly LoginFlow[]): Next {
  // What the person is choosing from does not change under their hand.
  if (state.stage.phase === 'choosing') return stay(state)
  const known = { ...state, flows }
  if (state.stage.phase !== 'loading') return stay(known)
  const [only] = flows
  if (only === undefined) return fail(known, { code: 'connect.no-flows', retry: 'later' })
  // Where there is one way only, choosing the network was choosing it.
  return flows.length === 1 ? start(known, only.id) : stay({ ...known, stage: { phase: 'choosing', flows } })
}

function sessionRead(state: ConnectState, read: Extract<ConnectEvent, { readonly type: 'sessionRead' }>): Next {
  const { loginSessionID, outcome } = read.session
  const { phase } = state.stage
  // Where none is under way or being made, it is one that was given up.
  if (phase === 'loading' || phase === 'choosing') return stay(state)
  if (state.loginSessionID !== undefined && state.loginSessionID !== loginSessionID) return stay(state)
  switch (outcome.kind) {
    case 'going-on':
      return shown(state, read, outcome.step)
    case 'complete':
      return completed(state, outcome)
    case 'cancelled':
      return ended(state, { code: 'connect.cancelled', retry: 'now' })
    case 'failed':
      return ended(state, signInFailure(outcome.error?.code ?? '', outcome.error?.message ?? ''))
  }
}

/** Gives up what lives on the server, if anything does. */
function dropped(state: ConnectState): Next[1] {
  const { bridgeID, loginSessionID } = state
  return loginSessionID === undefined ? [] : [{ type: 'cancel', bridgeID, loginSessionID }]
}

const leave = (state: ConnectState): Next => [{ ...state, ...fresh, stage: { phase: 'left' } }, dropped(state)]

const restart = (state: ConnectState): Next =>
  state.flowID === undefined
    ? [{ ...state, ...fresh, stage: { phase: 'loading' } }, [{ type: 'readFlows', bridgeID: state.bridgeID }]]
    : start(state, state.flowID)

/** What is under way is given up for a fresh session, the same way or another. */
function startOver(state: ConnectState, flowID?: string): Next {
  const [begun, effects] = flowID === undefined ? restart(state) : start(state, flowID)
  return [begun, [...dropped(state), ...effects]]
}

function chosen(state: ConnectState, flowID: string): Next {
  const { phase } = state.stage
  // Creating has effects at the network: nothing but a choice from the list begins it (R6).
  if (!state.flows.some(({ id }) => id === flowID)) return stay(state)
  return phase === 'choosing' || phase === 'step' || phase === 'failed' ? startOver(state, flowID) : stay(state)
}

/** What may still happen to a connection that is over. */
function late(state: ConnectState, event: ConnectEvent): Next {
  const { bridgeID, stage } = state
  // The person left while the session was being made: it has to be cancelled all the same.
  if (stage.phase === 'left' && event.type === 'sessionRead' && event.session.outcome.kind === 'going-on')
    return [state, [{ type: 'cancel', bridgeID, loginSessionID: event.session.loginSessionID }]]
  if (event.type === 'accountsRead' && stage.phase !== 'left') return accountsRead(state, event.accounts)
  if (event.type === 'watchEnded' && stage.phase === 'done') return watchEnded(state, stage)
  if (stage.phase === 'failed' || stage.phase === 'interrupted') {
    if (event.type === 'flowsRead') return flowsRead(state, event.flows)
    if (event.type === 'flowChosen') return chosen(state, event.flowID)
    if (event.type === 'startedOver') return restart(state)
    if (event.type === 'fieldsKept') return stay(keepingLate(state, event.fields))
  }
  // One that fell off again is begun anew from its end, and is known by now (R10).
  if (event.type === 'startedOver' && stage.phase === 'done' && stage.watch === 'fell-off')
    return restart({
      ...state,
      knownLoginIDs: [...(state.knownLoginIDs ?? []), ...(stage.loginID === undefined ? [] : [stage.loginID])],
    })
  return event.type === 'left' ? leave(state) : stay(state)
}

function look(state: ConnectState): Next {
  const { bridgeID, loginSessionID } = state
  return loginSessionID === undefined ? stay(state) : [state, [{ type: 'look', bridgeID, loginSessionID }]]
}

function woken(state: ConnectState): Next {
  const { stage } = state
  return look(stage.phase === 'step' && isWait(stage.step) ? { ...state, stage: { ...stage, isStale: true } } : state)
}

/**
 * The machine of one connection.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done
 */
export function next(state: ConnectState, event: ConnectEvent): Next {
  if (!isLive(state)) return late(state, event)
  const { bridgeID, stage } = state
  switch (event.type) {
    case 'opened':
      return [state, [{ type: 'readFlows', bridgeID }]]
    case 'resumed': {
      const { loginSessionID, flowID, ageMs } = event
      return [
        { ...state, loginSessionID, flowID, knownLoginIDs: undefined, stage: { phase: 'resuming' } },
        [
          { type: 'look', bridgeID, loginSessionID },
          { type: 'readFlows', bridgeID },
          { type: 'remindIn', ms: remindAfterMs(ageMs) },
        ],
      ]
    }
    case 'foundOver':
      return [{ ...state, flowID: event.flowID, stage: { phase: 'interrupted' } }, [{ type: 'readFlows', bridgeID }]]
    case 'flowsRead':
      return flowsRead(state, event.flows)
    case 'flowsNotRead':
      return stage.phase === 'loading' ? fail(state, event.problem) : stay(state)
    case 'flowChosen':
      return chosen(state, event.flowID)
    case 'sessionRead':
      return sessionRead(state, event)
    case 'connectionLost':
      // Of a session that was given up.
      return state.loginSessionID === undefined ? stay(state) : lost(state, event.of, event.problem)
    case 'lookDue':
      return look(state)
    case 'ended':
      return ended(state, event.problem)
    case 'fieldsSubmitted':
      return stage.phase === 'step' ? submitted(state, stage, event) : stay(state)
    case 'fieldsKept':
      return stay(stage.phase === 'step' ? keeping(state, stage, event.fields) : keepingLate(state, event.fields))
    case 'startedOver':
      return stage.phase === 'step' ? startOver(state) : stay(state)
    case 'left':
      return leave(state)
    case 'woken':
      return woken(state)
    case 'minutePassed':
      return minutePassed(state)
    case 'accountsRead':
      return accountsRead(state, event.accounts)
    case 'watchEnded':
      return stay(state)
  }
}
