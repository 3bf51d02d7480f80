import { describe, expect, test } from 'vitest'
import {
  after,
  answered,
  begunAt,
  effectsOf,
  ends,
  looked,
  lost,
  path,
  play,
  stageSeen,
  stepIn,
  typed,
} from '../testing/connect-play.ts'
import {
  complete,
  connectEvents,
  connectStates,
  flow,
  flows,
  formStep,
  idle,
  isWaiting,
  qrStep,
  rotatedStep,
  secretStep,
  standingAt,
  steps,
  subject,
} from '../testing/connect-states.ts'
import { problem } from '../testing/samples.ts'
import { initial } from './connect-state.ts'
import type { ConnectState, Stage } from './connect-state.ts'
import { next } from './connect.ts'

const { bridgeID } = subject
const phases = Object.keys(connectStates) as Stage['phase'][]

function stateIn(phase: Stage['phase'], nth = 0): ConnectState {
  const state = connectStates[phase][nth]
  if (state === undefined) throw new Error(`no sample of ${phase}`)
  return state
}

describe('beginning', () => {
  test('reads the ways to sign in and begins at once when there is one', () => {
    const [state, effects] = next(initial(subject), { type: 'opened' })
    expect(effects).toEqual([{ type: 'readFlows', bridgeID }])
    const [starting, create] = next(state, { type: 'flowsRead', flows: [flow] })
    expect(starting).toMatchObject({ flowID: 'qr', stage: { phase: 'starting' } })
    expect(create).toEqual([{ type: 'create', bridgeID, flowID: 'qr' }])
  })

  test('asks when there are several, and says so when there is none', () => {
    const [choosing, effects] = next(initial(subject), { type: 'flowsRead', flows })
    expect([choosing.stage, effects]).toEqual([{ phase: 'choosing', flows }, []])
    expect(next(choosing, { type: 'flowChosen', flowID: 'code' })).toMatchObject([
      { flowID: 'code', stage: { phase: 'starting' } },
      [{ type: 'create', flowID: 'code' }],
    ])
    expect(next(initial(subject), { type: 'flowsRead', flows: [] })[0].stage).toEqual({
      phase: 'failed',
      problem: { code: 'connect.no-flows', retry: 'later' },
    })
  })

  test('ways that cannot be read are a problem, and are asked for again', () => {
    const [failed] = next(initial(subject), { type: 'flowsNotRead', problem })
    expect(failed.stage).toEqual({ phase: 'failed', problem })
    expect(effectsOf(failed, { type: 'startedOver' })).toEqual([{ type: 'readFlows', bridgeID }])
  })

  test('ways that arrive late do not throw a connection back, nor change what the person chooses from', () => {
    for (const phase of phases.filter((one) => one !== 'loading'))
      for (const state of connectStates[phase])
        for (const event of connectEvents.flowsRead) {
          const [then, effects] = next(state, event)
          expect(effects).toEqual([])
          expect(then).toEqual({ ...state, flows: then.flows })
          if (phase === 'choosing' || phase === 'left') expect(then).toEqual(state)
        }
  })

  test('ONE-2: a session that could not be made is not made again by itself', () => {
    expect(next(stateIn('starting'), { type: 'ended', problem })).toEqual([
      { ...stateIn('starting'), stage: { phase: 'failed', problem } },
      [],
    ])
  })

  test('what is told of an earlier session neither stops nor replaces the one that is being made', () => {
    const starting = stateIn('starting')
    // The wait of a session that has gone may break only after the person has started over.
    for (const of of ['answer', 'look'] as const) expect(next(starting, lost(of))).toEqual([starting, []])
    for (const phase of ['loading', 'choosing'] as const)
      for (const event of [...connectEvents.sessionRead, ...connectEvents.connectionLost])
        expect(next(stateIn(phase), event)).toEqual([stateIn(phase), []])
  })

  test('another session than the own is not heard', () => {
    const other = { bridgeID, loginSessionID: 'SECRET-other-session' }
    const outcomes = [complete, { kind: 'going-on', step: formStep }, { kind: 'cancelled' }] as const
    for (const outcome of outcomes)
      for (const by of ['answer', 'look'] as const)
        for (const state of [...connectStates.step, ...connectStates.resuming])
          expect(next(state, { type: 'sessionRead', session: { ...other, outcome }, by })).toEqual([state, []])
  })
})

describe('a session of an earlier run', () => {
  const resumed = after(initial(subject), {
    type: 'resumed',
    loginSessionID: path.loginSessionID,
    flowID: 'qr',
    ageMs: 60_000,
  })

  test('is looked at, and gone on with where it stands', () => {
    expect(resumed).toMatchObject({ ...path, flowID: 'qr', stage: { phase: 'resuming' } })
    expect(next(resumed, looked(formStep))).toMatchObject([{ stage: { phase: 'step', serial: 1 } }, []])
    expect(next(resumed, looked(qrStep))).toMatchObject([{ inFlight: 'wait' }, [{ type: 'wait', stepID: 'qr' }]])
    expect(next(resumed, ends(complete, 'look'))[0].stage).toMatchObject({ phase: 'done' })
  })

  test('that is over meanwhile is nobody’s disappointment, and is offered afresh', () => {
    for (const event of [
      ends({ kind: 'failed', error: { code: 'X', message: 'No.' } }, 'look'),
      ends({ kind: 'cancelled' }, 'look'),
      { type: 'ended', problem } as const,
    ]) {
      const over = after(resumed, event)
      expect(over).toMatchObject({ loginSessionID: undefined, stage: { phase: 'interrupted' } })
      expect(effectsOf(over, { type: 'startedOver' })).toEqual([{ type: 'create', bridgeID, flowID: 'qr' }])
    }
  })

  test('whose way is not known any more begins with the choice', () => {
    const over = after(initial(subject), { type: 'foundOver', flowID: undefined }, { type: 'flowsRead', flows: [flow] })
    // Reading the ways begins nothing before the person wants it (R6).
    expect(over).toMatchObject({ flows: [flow], stage: { phase: 'interrupted' } })
    expect(next(over, { type: 'startedOver' })).toMatchObject([
      { stage: { phase: 'loading' } },
      [{ type: 'readFlows', bridgeID }],
    ])
  })
})

describe('steps', () => {
  test.each(steps)('a step of type $type is shown', (step) => {
    const [then, effects] = play(stateIn('starting'), answered(step))
    expect(then.stage).toEqual({
      phase: 'step',
      serial: 1,
      step,
      isBusy: false,
      isRejected: false,
      unfit: [],
      isStale: false,
      problem: undefined,
    })
    const wait = isWaiting(step) && 'stepID' in step ? [{ type: 'wait', ...path, stepID: step.stepID }] : []
    // Its last minutes are said five minutes before its end (R5).
    expect(effects).toEqual([...wait, { type: 'remindIn', ms: 25 * 60_000 }])
  })

  test('a form goes out as it was typed, once', () => {
    const [busy, effects] = play(standingAt(formStep), typed({ phone: '+1 555', other: 'x' }))
    expect(effects).toEqual([
      { type: 'submit', kind: 'user_input', ...path, stepID: 'form', fields: { phone: '+1555' } },
    ])
    expect(busy).toMatchObject({ inFlight: 'submit', stage: { isBusy: true } })
    expect(next(busy, typed({ phone: '+1 555' }))).toEqual([busy, []])
  })

  test('nothing but a form or a website takes values', () => {
    const values = { phone: '+1', username: 'sam', password: 'x', sid: 'x' }
    for (const state of connectStates.step) {
      const { isBusy, step } = stepIn(state)
      const isOpen = (step.type === 'user_input' || step.type === 'cookies') && !isBusy
      expect(effectsOf(state, typed(values)).map(({ type }) => type)).toEqual(isOpen ? ['submit'] : [])
    }
  })

  test('without its required fields a form is never sent, and what does not fit goes out when the person is sure', () => {
    const [field] = formStep.fields
    if (field === undefined) throw new Error('no field')
    const fitting = { ...formStep, fields: [{ ...field, pattern: '^\\+\\d{4}$' }] }
    for (const isSure of [false, true])
      expect(next(standingAt(fitting), typed({ phone: ' ' }, isSure))).toMatchObject([
        { stage: { unfit: ['phone'] } },
        [],
      ])
    const [objected, none] = next(standingAt(fitting), typed({ phone: '+1' }))
    // The same objection a second time is one as well.
    expect(stepIn(after(objected, typed({ phone: '+1' }))).serial).toBe(stepIn(objected).serial + 1)
    expect([objected, none]).toMatchObject([{ inFlight: undefined, stage: { unfit: ['phone'], isBusy: false } }, []])
    expect(next(objected, typed({ phone: '+1' }, true))).toMatchObject([
      { stage: { unfit: [], isBusy: true } },
      [{ type: 'submit', fields: { phone: '+1' } }],
    ])
  })

  test('of a website, what is missing goes out when the person is sure', () => {
    const site = stateIn(
      'step',
      connectStates.step.findIndex((state) => stepIn(state).step.type === 'cookies'),
    )
    expect(next(site, typed({}))).toMatchObject([{ stage: { unfit: ['sid'] } }, []])
    expect(effectsOf(site, typed({}, true))).toMatchObject([{ type: 'submit', kind: 'cookies', fields: {} }])
  })

  test('a step that leads nowhere is given up for a fresh session, the same way or another', () => {
    for (const step of steps) {
      const [then, effects] = next(standingAt(step), { type: 'startedOver' })
      expect(then).toMatchObject({ flowID: 'qr', loginSessionID: undefined, stage: { phase: 'starting' } })
      expect(effects).toEqual([
        { type: 'cancel', ...path },
        { type: 'create', bridgeID, flowID: 'qr' },
      ])
      expect(effectsOf(standingAt(step), { type: 'flowChosen', flowID: 'code' })).toEqual([
        { type: 'cancel', ...path },
        { type: 'create', bridgeID, flowID: 'code' },
      ])
    }
  })

  test('other ways are offered at a step and after a failure, but not the one that was taken', () => {
    const seen = stageSeen(standingAt(formStep))
    expect('otherFlows' in seen && seen.otherFlows.map(({ id }) => id)).toEqual(['code'])
    const failed = stageSeen(after(standingAt(formStep), { type: 'ended', problem }))
    expect('otherFlows' in failed && failed.otherFlows.map(({ id }) => id)).toEqual(['code'])
  })

  test('every step is a place of its own, whatever its ID', () => {
    const serials = [begunAt(formStep)]
    for (const step of [secretStep, formStep, qrStep, rotatedStep, formStep])
      serials.push(after(serials.at(-1) ?? idle, answered(step)))
    expect(serials.map((state) => stepIn(state).serial)).toEqual([1, 2, 3, 4, 4, 5])
  })
})

describe('ends', () => {
  test('well, and says so', () => {
    const [then, effects] = play(standingAt(qrStep), ends({ ...complete, instructions: 'Hello' }))
    expect(then).toMatchObject({
      loginSessionID: undefined,
      stage: { phase: 'done', person: complete.person, instructions: 'Hello', watch: 'watching' },
    })
    expect(effects).toEqual([{ type: 'connected' }, { type: 'watchFor', ms: 30_000 }])
  })

  test.each([
    [
      { kind: 'failed', error: { code: 'X.Y', message: 'No.' } },
      { code: 'connect.refused', says: 'No.', detail: 'X.Y' },
    ],
    [{ kind: 'failed', error: undefined }, { code: 'connect.refused' }],
    [{ kind: 'cancelled' }, { code: 'connect.cancelled' }],
  ] as const)('badly, with the words of the network: %j', (outcome, expected) => {
    expect(play(standingAt(qrStep), ends(outcome))).toEqual([
      expect.objectContaining({
        loginSessionID: undefined,
        stage: { phase: 'failed', problem: { retry: 'now', ...expected } },
      }),
      [],
    ])
  })

  test('and starts over with the same way, or by asking for one', () => {
    expect(next(stateIn('failed'), { type: 'startedOver' })).toMatchObject([
      { stage: { phase: 'starting' } },
      [{ type: 'create', flowID: 'qr' }],
    ])
    expect(next(stateIn('failed', 1), { type: 'startedOver' })).toMatchObject([
      { stage: { phase: 'loading' } },
      [{ type: 'readFlows', bridgeID }],
    ])
  })

  test('RUN-9: a session that is born after the person left is cancelled', () => {
    const left = after(stateIn('starting'), { type: 'left' })
    expect(play(left, answered(qrStep))).toEqual([left, [{ type: 'cancel', ...path }]])
    expect(play(left, ends(complete))).toEqual([left, []])
  })
})
