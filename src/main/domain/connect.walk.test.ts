import type { InputField } from '#contract/beeper/fields'
import type { Display, LoginSession, LoginStep } from '#contract/beeper/login'
import type { RunningView, WatchStatus } from '#contract/view-connect'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clicksOn } from '../testing/connect-exits.ts'
import { appConnecting, stageSeen } from '../testing/connect-play.ts'
import { complete, qrStep, secretStep, subject } from '../testing/connect-states.ts'
import { beginning, displayTypes, fieldTypes, list, stray, told } from '../testing/connect-walk.ts'
import type { Told } from '../testing/connect-walk.ts'
import { step, Witness } from '../testing/connect-witness.ts'
import { problem } from '../testing/samples.ts'
import { initial } from './connect-state.ts'
import type { ConnectEffect, ConnectEvent, ConnectState, Stage } from './connect-state.ts'
import { next } from './connect.ts'
import { runningOf } from './view-connect.ts'

/** What the walks have to have seen together, or they would be worth little. */
const phases: Readonly<Record<Stage['phase'], true>> = {
  loading: true,
  choosing: true,
  starting: true,
  resuming: true,
  step: true,
  done: true,
  failed: true,
  interrupted: true,
  left: true,
}
const effects: Readonly<Record<ConnectEffect['type'], true>> = {
  readFlows: true,
  create: true,
  submit: true,
  wait: true,
  look: true,
  lookIn: true,
  cancel: true,
  connected: true,
  remindIn: true,
  watchFor: true,
}
const steps: Readonly<Record<LoginStep['type'], true>> = {
  user_input: true,
  display_and_wait: true,
  cookies: true,
  complete: true,
  unsupported: true,
  unreadable: true,
}
const watches: Readonly<Record<WatchStatus, true>> = {
  watching: true,
  settling: true,
  well: true,
  unseen: true,
  'fell-off': true,
}
const running: Readonly<Record<RunningView['state'], true>> = {
  'needs-you': true,
  phone: true,
  working: true,
  done: true,
  'fell-off': true,
  failed: true,
  interrupted: true,
}
const marks = ['isBusy', 'isRejected', 'isStale', 'unfit', 'wasKnown', 'connect.unheard', 'connect.not-taken', '0 left']
const named = (prefix: string, table: Readonly<Record<string, true>>): readonly string[] =>
  Object.keys(table).map((name) => `${prefix} ${name}`)

function marksOf(state: ConnectState): readonly string[] {
  const { stage } = state
  const told = runningOf(appConnecting([state]), undefined).map((one) => `running ${one.state}`)
  if (stage.phase === 'done') return [...told, `watch ${stage.watch}`, ...(stage.wasKnown ? ['wasKnown'] : [])]
  if (stage.phase !== 'step') return told
  const { step: shown, problem } = stage
  const flags = (['isBusy', 'isRejected', 'isStale'] as const).filter((flag) => stage[flag])
  const display: Display['type'] | undefined = shown.type === 'display_and_wait' ? shown.display.type : undefined
  const fields: readonly InputField[] = shown.type === 'user_input' ? shown.fields : []
  return [
    ...[...told, ...flags, `step ${shown.type}`, `display ${String(display)}`],
    ...fields.map(({ type }) => `field ${type}`),
    ...[stage.unfit.length > 0 ? 'unfit' : '', problem?.code ?? '', `${String(state.minutesLeft)} left`],
  ]
}

/**
 * What comes next: an answer to what is on its way or a timer that runs out, something that the person does, something that
 * happens in the world, or what nobody asked for: old, late, or twice.
 */
const turn = fc.record({
  kind: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'click', 'click', 'world', 'leave', 'stray', 'twice'),
  nth: fc.nat(60),
  told,
  list,
  stray,
})
type Turn = typeof turn extends fc.Arbitrary<infer One> ? One : never
const turns = fc.array(turn, { maxLength: 40, size: 'max' })

const nothingElse = { list: { type: 'accountsRead', accounts: [] }, stray: { type: 'woken' } } as const
const answer = (how: Told): Turn => ({ kind: 'answer', nth: 1, told: how, ...nothingElse })
const stands = (outcome: LoginSession['outcome']): Turn => answer({ as: 'other', refusal: undefined, outcome })
const at = (one: LoginStep): Turn => stands({ kind: 'going-on', step: one })
const lost = answer({ as: 'lost', refusal: undefined, problem })
/** The first button of a form sends it. */
const send: Turn = { ...lost, kind: 'click', nth: 0 }
/** The one way to sign in is read, a session begun. */
const begin = [answer({ as: 'same', refusal: undefined, problem }), at(secretStep)]
/** Where walks begin: with nothing known, and in the middle of it, where chance alone seldom comes. */
const roads: readonly (readonly Turn[])[] = [
  [],
  [],
  begin,
  [...begin, send],
  [...begin, send, { ...lost, nth: 3 }],
  [...begin, send, { ...at(qrStep), nth: 3 }],
  [begin[0] ?? lost, stands(complete)],
]

const left: ConnectEvent = { type: 'left' }
const wake: ConnectEvent = { type: 'woken' }

/** The event of a turn, as things stand; what was typed is never typed twice, for the window sends only what is drawn. */
function eventOf(
  { kind, nth, told: how, list: lists, stray: odd }: Turn,
  witness: Witness,
  state: ConnectState,
  last: ConnectEvent,
): ConnectEvent | undefined {
  switch (kind) {
    case 'answer':
      return witness.answer(nth, how, state.stage.phase === 'step' ? state.stage.step : undefined)
    case 'click': {
      const clicks = clicksOn(stageSeen(state))
      return clicks[nth % Math.max(1, clicks.length)]
    }
    case 'world':
      return nth % 3 === 0 ? wake : lists
    case 'leave':
      return nth % 8 === 0 ? left : undefined
    case 'stray':
      witness.isStrayed = true
      return odd
    case 'twice':
      if (last.type === 'fieldsSubmitted' || last.type === 'fieldsKept') return undefined
      witness.isStrayed = true
      return last
  }
}

/** Plays a walk; fails where something is wrong. */
function play(lists: ConnectEvent, first: ConnectEvent, walk: readonly Turn[], seen: Set<string>): void {
  const witness = new Witness()
  if (first.type === 'resumed') witness.alive.add(first.loginSessionID)
  // The lists are the first that a connection hears.
  let [state] = next(initial(subject), lists)
  let last = first
  const go = (event: ConnectEvent, nth: number): void => {
    const was = state.stage.phase
    const [then, done, wrong] = step(witness, state, event)
    expect(wrong, `step ${String(nth)}, ${event.type} in ${was}`).toEqual([])
    for (const one of [then.stage.phase, ...done.map(({ type }) => `effect ${type}`), ...marksOf(then)]) seen.add(one)
    state = then
    last = event
  }
  go(first, 0)
  walk.forEach((one, nth) => {
    const event = eventOf(one, witness, state, last)
    if (event !== undefined) go(event, nth + 1)
  })
}

// A failure prints the seed and the path that repeat it.
test.each([
  ['by the book', false],
  ['with answers that are old, late, doubled or made up', true],
])(
  'R6, R13, R24, R27, A4, RUN-9: no session, %s, leads to an end without a way out, to a request that is not due, or to a secret that stays',
  { timeout: 120_000 },
  (_what, isStraying) => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(list, beginning, fc.constantFrom(...roads), turns, (lists, first, road, later) => {
        const walk = [...road, ...later]
        const byTheBook = walk.filter(({ kind }) => kind !== 'stray' && kind !== 'twice')
        play(lists, first, isStraying ? walk : byTheBook, seen)
      }),
      { numRuns: 1_000 },
    )
    const wanted = [
      ...Object.keys(phases),
      ...named('effect', effects),
      ...named('step', steps),
      ...named('display', displayTypes),
      ...named('field', fieldTypes),
      ...named('watch', watches),
      ...named('running', running),
      ...marks,
    ]
    expect(wanted.filter((one) => !seen.has(one))).toEqual([])
  },
)
