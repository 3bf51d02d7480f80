// One step of a sign-in: how it is shown, what is sent for it, and what the server then says.
import type { Display, LoginStep } from '#contract/beeper/login'
import type { Problem } from '#contract/problem'
import type { ConnectEffect, ConnectEvent, ConnectState, Next, StepState } from './connect-state.ts'
import { stay } from './connect-state.ts'
import { keepable, refilled, submissionFrom } from './submission.ts'

type Read = Extract<ConnectEvent, { readonly type: 'sessionRead' }>

/** The server is asked again after 1 s, and less and less often up to 4 s, so that its return is noticed within 5 (RUN-3). */
const lookAfterMs = [1_000, 2_000, 4_000] as const

/** A bridge keeps a session for about half an hour (R5); that is said for the last five minutes. */
export const lifeMs = 30 * 60_000
const nearMs = 5 * 60_000
const minuteMs = 60_000

/** Whether a step shows something until the phone has acted. */
export const isWait = (step: LoginStep): step is Extract<LoginStep, { readonly type: 'display_and_wait' }> =>
  step.type === 'display_and_wait' && step.display.type !== 'unsupported'

const textOf = (display: Display): string => {
  switch (display.type) {
    case 'qr':
    case 'code':
      return display.data
    case 'emoji':
      return display.imageURL
    case 'nothing':
      return ''
    case 'unsupported':
      return display.wireType
  }
}

const stepIDOf = (step: LoginStep): string | undefined => ('stepID' in step ? step.stepID : undefined)

/** What tells a step from another of its type and ID. */
function markOf(step: LoginStep): string {
  if (step.type === 'display_and_wait') return `${step.display.type} ${textOf(step.display)}`
  return 'wireType' in step ? step.wireType : ''
}

/** Whether nothing new came: a step's ID says little, since a renewed picture and a refused form keep theirs (R2, R4). */
const isSame = (before: LoginStep, now: LoginStep): boolean =>
  before.type === now.type && stepIDOf(before) === stepIDOf(now) && markOf(before) === markOf(now)

const unheard: Problem = { code: 'connect.unheard', retry: 'now' }

/** A look that finds what is shown already: a form that is on its way stays so, a wait that is under way goes on. */
function confirmed(state: ConnectState, stage: StepState): Next {
  // That the way was lost is over; what the server said of the form is not.
  const problem = state.lostCount > 0 ? undefined : stage.problem
  return stay({ ...state, lostCount: 0, stage: { ...stage, isStale: false, problem } })
}

function waitFor(state: ConnectState, loginSessionID: string, step: LoginStep): readonly ConnectEffect[] {
  if (!isWait(step)) return []
  return [{ type: 'wait', bridgeID: state.bridgeID, loginSessionID, stepID: step.stepID }]
}

/**
 * Shows what a session stands at, and waits at once where there is nothing else to do.
 * @param state where the connection stands
 * @param read what the server said
 * @param step the step that it named
 */
export function shown(state: ConnectState, read: Read, step: LoginStep): Next {
  const { loginSessionID } = read.session
  const before = state.stage.phase === 'step' ? state.stage : undefined
  const isSameStep = before !== undefined && isSame(before.step, step)
  const isLost = before?.isBusy === true && state.inFlight === undefined
  const goesOn = state.inFlight !== undefined || (!isWait(step) && !isLost)
  // An answer to what was given up for a look tells no more than one.
  const isLook = read.by === 'look' || state.inFlight === undefined
  if (isSameStep && isLook && goesOn) return confirmed(state, before)
  const isSameForm = isSameStep && before.isBusy
  // The same form after a submit is a value that the network did not take (R2), unless the submit was lost on the way or
  // refused by the server itself: then that is what there is to say.
  const refusal = isLost ? unheard : read.problem
  const problem = isSameForm ? refusal : undefined
  const isRedraw =
    before !== undefined && isWait(step) && before.step.type === step.type && stepIDOf(before.step) === step.stepID
  const stage: StepState = {
    phase: 'step',
    serial: before === undefined ? 1 : isRedraw ? before.serial : before.serial + 1,
    step: refilled(step, state.kept),
    isBusy: false,
    isRejected: isSameForm && problem === undefined,
    unfit: [],
    isStale: false,
    problem,
  }
  const isNew = state.loginSessionID === undefined
  const asked = step.type === 'user_input' ? step : state.asked
  return [
    { ...state, asked, loginSessionID, inFlight: isWait(step) ? 'wait' : undefined, lostCount: 0, stage },
    [...waitFor(state, loginSessionID, step), ...(isNew ? [{ type: 'remindIn', ms: lifeMs - nearMs } as const] : [])],
  ]
}

/** What was typed and is no secret stays in its fields, also when they are drawn anew (A7). */
export function keeping(
  state: ConnectState,
  stage: StepState,
  typed: Readonly<Record<string, string>>,
): ConnectState & { readonly stage: StepState } {
  const kept = { ...state.kept, ...keepable(stage.step, typed) }
  return { ...state, kept, stage: { ...stage, step: refilled(stage.step, kept) } }
}

/** The same when the form has just gone: a failure must not cost what was typed in the moment before it. */
export const keepingLate = (state: ConnectState, typed: Readonly<Record<string, string>>): ConnectState =>
  state.asked === undefined ? state : { ...state, kept: { ...state.kept, ...keepable(state.asked, typed) } }

/** What was typed goes out, once, and only if it looks as the network wants it or the person is sure. */
export function submitted(
  state: ConnectState,
  stage: StepState,
  { fields: typed, isSure }: Extract<ConnectEvent, { readonly type: 'fieldsSubmitted' }>,
): Next {
  const { bridgeID, loginSessionID } = state
  const { step } = stage
  const isAsking = step.type === 'user_input' || step.type === 'cookies'
  // One that was lost on the way is busy too: it is not sent again before the server was asked (R24).
  const isFree = state.inFlight === undefined && !stage.isBusy
  if (!isAsking || !isFree || loginSessionID === undefined) return stay(state)
  const { kind, fields, missing, unfit } = submissionFrom(step, typed)
  const kept = keeping(state, stage, typed)
  // Without a form's required fields nothing is ever sent; of a website's values a server cannot always say which it needs.
  const lacking = kind === 'user_input' || !isSure ? missing : []
  const objections = [...lacking, ...(isSure ? [] : unfit)]
  const asked = { ...kept.stage, isRejected: false, unfit: objections }
  // Counted, so that the very same objection once more is one.
  if (objections.length > 0) return stay({ ...kept, stage: { ...asked, serial: stage.serial + 1 } })
  return [
    { ...kept, inFlight: 'submit', stage: { ...asked, isBusy: true, problem: undefined } },
    [{ type: 'submit', kind, bridgeID, loginSessionID, stepID: step.stepID, fields }],
  ]
}

/** The way to the server broke: what it holds has to be read before anything else is done (R24). */
export function lost(state: ConnectState, of: 'answer' | 'look', problem: Problem): Next {
  const { stage, lostCount } = state
  // What was given up for what a look found is nobody's loss.
  if (of === 'answer' && state.inFlight === undefined) return stay(state)
  const ms = lookAfterMs[Math.min(lostCount, lookAfterMs.length - 1)] ?? 4_000
  const inFlight = of === 'answer' ? undefined : state.inFlight
  const shownStage = stage.phase === 'step' ? { ...stage, problem, isStale: isWait(stage.step) } : stage
  return [{ ...state, inFlight, lostCount: lostCount + 1, stage: shownStage }, [{ type: 'lookIn', ms }]]
}

/** One of the last minutes passed; after the last the server is asked whether it has given up. */
export function minutePassed(state: ConnectState): Next {
  const { bridgeID, loginSessionID, minutesLeft } = state
  if (loginSessionID === undefined) return stay(state)
  const left = (minutesLeft ?? nearMs / minuteMs + 1) - 1
  const counted = { ...state, minutesLeft: Math.max(0, left) }
  return left > 0
    ? [counted, [{ type: 'remindIn', ms: minuteMs }]]
    : [counted, [{ type: 'look', bridgeID, loginSessionID }]]
}

/** How long until the last minutes begin, for a session of that age. */
export const remindAfterMs = (ageMs: number): number => Math.max(0, lifeMs - nearMs - ageMs)
