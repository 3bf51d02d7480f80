// Walks beside the machine of a connection, knows what lives on the server and what is on the wire, and says what is wrong.
import type { LoginStep } from '#contract/beeper/login'
import type { ConnectEffect, ConnectEvent, ConnectState } from '../domain/connect-state.ts'
import { isLive } from '../domain/connect-state.ts'
import { next } from '../domain/connect.ts'
import { buttonsOn } from './connect-exits.ts'
import { stageSeen, viewConnecting } from './connect-play.ts'
import { isAsking, isWaiting, qrStep, subject } from './connect-states.ts'
import { flowsTold, sessionID } from './connect-walk.ts'
import type { Told } from './connect-walk.ts'
import { problem, secrets } from './samples.ts'

type Line = 'flows' | 'create' | 'request' | 'look' | 'lookIn' | 'remindIn' | 'watchFor'

const lineOf: Readonly<Record<Exclude<ConnectEffect['type'], 'cancel' | 'connected'>, Line>> = {
  readFlows: 'flows',
  create: 'create',
  submit: 'request',
  wait: 'request',
  look: 'look',
  lookIn: 'lookIn',
  remindIn: 'remindIn',
  watchFor: 'watchFor',
}

const { bridgeID } = subject

/** The server and the wire. */
export class Witness {
  /** What was asked for and has not been answered, and timers that run; each line holds one at a time. */
  readonly underway = new Map<Line, ConnectEffect>()
  /** Sessions that live on the server. */
  readonly alive = new Set<string>()
  readonly #over = new Set<string>()
  /** Something was heard that nobody had asked for: from then on the two know different things. */
  isStrayed = false
  #begunCount = 0

  /** The machine asked for this. */
  take(effect: ConnectEffect): void {
    if (effect.type === 'connected') return
    // What is still on its way for a session that is given up is never heard (R8).
    if (effect.type === 'cancel') {
      this.alive.delete(effect.loginSessionID)
      for (const line of ['request', 'look', 'lookIn', 'remindIn', 'watchFor'] as const) this.underway.delete(line)
      return
    }
    // Nor is it once another session is begun.
    if (effect.type === 'create') for (const line of ['request', 'look'] as const) this.underway.delete(line)
    this.underway.set(lineOf[effect.type], effect)
  }

  /**
   * The answer to one thing that is on its way.
   * @param at the step that the session is known to stand at
   */
  answer(nth: number, told: Told, at: LoginStep | undefined): ConnectEvent | undefined {
    // The minutes pass slowly.
    const lines = [...this.underway.keys()].flatMap((line) => (line === 'remindIn' ? [line] : [line, line, line]))
    const line = lines[nth % Math.max(1, lines.length)]
    const effect = line && this.underway.get(line)
    if (line === undefined || effect === undefined) return undefined
    this.underway.delete(line)
    return this.#answerTo(effect, told, at, nth)
  }

  #answerTo(effect: ConnectEffect, told: Told, at: LoginStep | undefined, nth: number): ConnectEvent | undefined {
    switch (effect.type) {
      case 'readFlows':
        return flowsTold(nth)
      case 'create':
        if (told.as === 'ended' || told.as === 'lost') return { type: 'ended', problem: told.problem }
        this.#begunCount += 1
        return this.#read(sessionID(this.#begunCount), 'answer', told, undefined)
      case 'submit':
      case 'wait': {
        // A look that was overtaken is not heard.
        if (told.as !== 'lost') this.underway.delete('look')
        return this.#heard(effect.loginSessionID, 'answer', told, at)
      }
      case 'look':
        return this.#heard(effect.loginSessionID, 'look', told, at)
      case 'lookIn':
        return { type: 'lookDue' }
      case 'remindIn':
        return { type: 'minutePassed' }
      case 'watchFor':
        return { type: 'watchEnded' }
      case 'cancel':
      case 'connected':
        return undefined
    }
  }

  #heard(loginSessionID: string, by: 'answer' | 'look', told: Told, at: LoginStep | undefined): ConnectEvent {
    if (told.as === 'lost') return { type: 'connectionLost', of: by, problem }
    // An end is final, and all that follows it is that there is no such session (R1).
    if (told.as === 'ended' || this.#over.has(loginSessionID)) {
      this.#end(loginSessionID)
      return { type: 'ended', problem: told.as === 'ended' ? told.problem : { code: 'connect.gone', retry: 'now' } }
    }
    return this.#read(loginSessionID, by, told, at)
  }

  #end(loginSessionID: string): void {
    this.alive.delete(loginSessionID)
    this.#over.add(loginSessionID)
  }

  #read(
    loginSessionID: string,
    by: 'answer' | 'look',
    told: Exclude<Told, { readonly as: 'ended' }>,
    at: LoginStep | undefined,
  ): ConnectEvent {
    const outcome =
      told.as === 'other' ? told.outcome : ({ kind: 'going-on', step: stepTold(told.as, at ?? qrStep) } as const)
    if (outcome.kind === 'going-on') this.alive.add(loginSessionID)
    else this.#end(loginSessionID)
    const session = { bridgeID, loginSessionID, outcome }
    return { type: 'sessionRead', session, by, ...(by === 'answer' && told.refusal && { problem: told.refusal }) }
  }
}

/** The step that a session stands at, or what came of it under the same step ID. */
function stepTold(as: 'same' | 'renewed' | 'lost', at: LoginStep): LoginStep {
  if (as !== 'renewed' || at.type === 'unreadable') return at
  if (at.type !== 'display_and_wait' || !('data' in at.display)) return { ...at, instructions: 'Try again' }
  return { ...at, display: { ...at.display, data: `${at.display.data}+` } }
}

const clicks: readonly ConnectEvent['type'][] = ['flowChosen', 'fieldsSubmitted', 'startedOver', 'left']
const isOver = (event: ConnectEvent): boolean =>
  event.type === 'ended' || (event.type === 'sessionRead' && event.session.outcome.kind !== 'going-on')

/** A wait that goes on is not begun a second time: its own answer came, or the session was found elsewhere. */
function isDue(before: ConnectState, event: ConnectEvent): boolean {
  if (before.inFlight === undefined) return true
  if (event.type !== 'sessionRead' || event.session.outcome.kind !== 'going-on') return false
  const isElsewhere =
    before.stage.phase !== 'step' || JSON.stringify(before.stage.step) !== JSON.stringify(event.session.outcome.step)
  return event.by === 'answer' || isElsewhere
}

function wrongInEffect(before: ConnectState, event: ConnectEvent, then: ConnectState, effect: ConnectEffect): string[] {
  const { stage } = before
  const by = `${effect.type} by ${event.type} in ${stage.phase}`
  switch (effect.type) {
    case 'create': {
      const isOnly = event.type === 'flowsRead' && event.flows.length === 1 && stage.phase === 'loading'
      return isOnly || event.type === 'startedOver' || event.type === 'flowChosen' ? [] : [by]
    }
    case 'submit': {
      const isFree = stage.phase === 'step' && isAsking(stage.step) && !stage.isBusy && before.inFlight === undefined
      const isOwn = effect.loginSessionID === before.loginSessionID
      return event.type === 'fieldsSubmitted' && isFree && isOwn ? [] : [by]
    }
    case 'wait':
      return isDue(before, event) && effect.loginSessionID === then.loginSessionID ? [] : [by]
    case 'look':
      return effect.loginSessionID === then.loginSessionID ? [] : [by]
    case 'cancel': {
      const isBornLate = stage.phase === 'left' && event.type === 'sessionRead' && !isOver(event)
      return isBornLate || effect.loginSessionID === before.loginSessionID ? [] : [by]
    }
    case 'readFlows':
    case 'lookIn':
    case 'remindIn':
    case 'watchFor':
    case 'connected':
      return []
  }
}

function wrongInEffects(
  before: ConnectState,
  event: ConnectEvent,
  then: ConnectState,
  effects: readonly ConnectEffect[],
): readonly string[] {
  const count = (...types: readonly ConnectEffect['type'][]): number =>
    effects.filter(({ type }) => types.includes(type)).length
  const wrong = effects.flatMap((effect) => wrongInEffect(before, event, then, effect))
  if (count('create') > 1 || count('submit', 'wait') > 1) wrong.push('two at once')
  const isGivenUp = before.loginSessionID !== undefined && then.loginSessionID === undefined && !isOver(event)
  if (isGivenUp !== count('cancel') > 0 && before.stage.phase !== 'left') wrong.push('not cancelled, or for nothing')
  if (before.stage.phase === 'left' && count('cancel') < effects.length) wrong.push('something after it was left')
  if (!isLive(before) && before.stage.phase !== 'left' && !clicks.includes(event.type) && effects.length > 0)
    wrong.push('a stage that is over asks by itself')
  return wrong
}

function wrongInState(before: ConnectState, { stage, inFlight, loginSessionID }: ConnectState): readonly string[] {
  const wrong: string[] = []
  const isGoingOn = stage.phase === 'step' || stage.phase === 'resuming'
  if ((loginSessionID !== undefined) !== isGoingOn) wrong.push(`a session in ${stage.phase}`)
  if (stage.phase !== 'step') return inFlight === undefined ? wrong : [...wrong, `a request in ${stage.phase}`]
  if (stage.isBusy && !isAsking(stage.step)) wrong.push('busy without a form')
  if (inFlight === 'submit' && !stage.isBusy) wrong.push('a submit that is not seen')
  if (inFlight === 'wait' && !isWaiting(stage.step)) wrong.push('a wait without a display')
  if (isWaiting(stage.step) && inFlight === undefined && !stage.isStale) wrong.push('a display that may have run out')
  if (before.stage.phase === 'step' && stage.serial < before.stage.serial) wrong.push('a place that was there before')
  return wrong
}

function wrongInView(state: ConnectState): readonly string[] {
  const { connectionID } = state
  const view = viewConnecting([state], { wish: { at: 'connection', connectionID } })
  const text = JSON.stringify(view)
  const isHidden = state.stage.phase === 'left' || state.stage.phase === 'resuming'
  return [
    ...(text.includes('SECRET') ? ['a secret in the View'] : []),
    ...(JSON.stringify(state).includes(secrets.field) ? ['a secret in the state'] : []),
    ...(JSON.stringify(structuredClone(view)) === text ? [] : ['it cannot travel']),
    ...((view.screen.name === 'connection') === isHidden ? [`on the screen: ${view.screen.name}`] : []),
    ...((view.running.length === 1) === isHidden ? ['not in the list, or too often'] : []),
  ]
}

/** Every button works, and it can always be left. */
function wrongInExit(state: ConnectState): readonly string[] {
  if (state.stage.phase === 'left') return []
  const left = next(state, { type: 'left' })[0].stage.phase === 'left'
  const dead = buttonsOn(stageSeen(state)).flatMap(({ event, effects }) => {
    const types = next(state, event)[1].map(({ type }) => type)
    return effects.every((any) => any.some((type) => types.includes(type))) ? [] : [`a dead button: ${event.type}`]
  })
  return [...(left ? [] : ['no way out']), ...dead]
}

/** What has to be on its way or running, so that it goes on by itself. */
function linesFor({ stage }: ConnectState): readonly Line[] | undefined {
  switch (stage.phase) {
    case 'loading':
      return ['flows']
    case 'starting':
      return ['create']
    case 'resuming':
      return ['look', 'lookIn']
    case 'step':
      return stage.isBusy || isWaiting(stage.step) ? ['request', 'look', 'lookIn'] : undefined
    case 'done':
      return stage.isWatchOver ? undefined : ['watchFor']
    case 'choosing':
    case 'failed':
    case 'interrupted':
    case 'left':
      return undefined
  }
}

function wrongOutside({ alive, isStrayed, underway }: Witness, state: ConnectState): readonly string[] {
  if (isStrayed) return []
  const lines = linesFor(state)
  const isCounted = state.stage.phase !== 'step' || state.minutesLeft === 0 || underway.has('remindIn')
  const forgotten = [...alive].filter((one) => one !== state.loginSessionID)
  return [
    ...(lines === undefined || lines.some((line) => underway.has(line)) ? [] : [`${state.stage.phase} for ever`]),
    ...(isCounted ? [] : ['nobody counts the minutes']),
    ...(forgotten.length > 0 ? ['a session is forgotten alive'] : []),
  ]
}

/** Takes one step, and answers what must never be: nothing, if all is well. */
export function step(
  witness: Witness,
  before: ConnectState,
  event: ConnectEvent,
): readonly [state: ConnectState, effects: readonly ConnectEffect[], wrong: readonly string[]] {
  const [state, effects] = next(before, event)
  const isTwice = witness.underway.has('create') && effects.some(({ type }) => type === 'create')
  for (const effect of effects) witness.take(effect)
  const wrong = [
    ...wrongInEffects(before, event, state, effects),
    ...wrongInState(before, state),
    ...wrongInView(state),
    ...wrongInExit(state),
    ...wrongOutside(witness, state),
    ...(isTwice && !witness.isStrayed ? ['begun twice'] : []),
  ]
  return [state, effects, wrong]
}
