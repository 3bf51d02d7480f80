import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  connectEvents,
  connectStates,
  formStep,
  qrStep,
  sessionAt,
  sessionWith,
  steps,
  subject,
} from '../testing/connect-states.ts'
import { problem, secrets } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import { initial, next } from './connect.ts'
import type { ConnectEvent, ConnectState, Stage } from './connect.ts'

type Phase = Stage['phase']
const phases = Object.keys(connectStates) as Phase[]
const { bridgeID } = subject
const { loginSessionID } = secrets
const path = { bridgeID, loginSessionID }

const stateIn = (phase: Phase): ConnectState => {
  const [state] = connectStates[phase]
  if (state === undefined) throw new Error(`no sample of ${phase}`)
  return state
}
const at = (step: typeof formStep, more: Partial<Extract<Stage, { phase: 'step' }>> = {}): ConnectState => ({
  ...subject,
  flowID: 'qr',
  loginSessionID,
  stage: { phase: 'step', serial: 3, step, isBusy: false, isRejected: false, problem: undefined, ...more },
})
const read = (state: ConnectState, step: typeof formStep): ReturnType<typeof next> =>
  next(state, { type: 'sessionRead', session: sessionAt(step) })

const meaning: Readonly<Record<Phase, readonly ConnectEvent['type'][]>> = {
  loading: ['opened', 'resumed', 'flowsRead', 'sessionRead', 'connectionLost', 'failed', 'left'],
  choosing: ['opened', 'resumed', 'flowChosen', 'sessionRead', 'connectionLost', 'failed', 'left'],
  starting: ['opened', 'resumed', 'sessionRead', 'connectionLost', 'failed', 'left'],
  resuming: ['opened', 'resumed', 'sessionRead', 'connectionLost', 'lookDue', 'failed', 'left'],
  step: [
    'opened',
    'resumed',
    'sessionRead',
    'connectionLost',
    'lookDue',
    'failed',
    'fieldsSubmitted',
    'startedOver',
    'left',
  ],
  done: ['left'],
  failed: ['startedOver', 'left'],
  left: ['sessionRead'],
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

describe('every stage and every event', () => {
  test.each(phases)('%s: exactly the listed events change it or do something', (phase) => {
    const heard = allOf<ConnectEvent>(connectEvents).filter((event) =>
      connectStates[phase].some((state) => {
        const [after, effects] = next(state, event)
        return !isSame(after, state) || effects.length > 0
      }),
    )
    expect([...new Set(heard.map(({ type }) => type))].sort()).toEqual([...meaning[phase]].sort())
  })

  test.each(phases)('%s: stays about its own network, and what was typed is sent, not kept', (phase) => {
    for (const state of connectStates[phase])
      for (const event of allOf<ConnectEvent>(connectEvents)) {
        const [after, effects] = next(state, event)
        expect(after).toMatchObject(subject)
        expect(phases).toContain(after.stage.phase)
        expect(JSON.stringify(after)).not.toContain(secrets.field)
        if (after.stage.phase === 'step') expect(after.loginSessionID).toBe(loginSessionID)
        for (const effect of effects) if ('loginSessionID' in effect) expect(effect).toMatchObject(path)
      }
  })

  test.each(phases)('%s: leaving cancels what lives on the server, and only that', (phase) => {
    for (const state of connectStates[phase].filter(({ stage }) => stage.phase !== 'left')) {
      const [after, effects] = next(state, { type: 'left' })
      expect(after).toMatchObject({ loginSessionID: undefined, stage: { phase: 'left' } })
      expect(effects).toEqual(state.loginSessionID === undefined ? [] : [{ type: 'cancel', ...path }])
    }
  })
})

describe('beginning', () => {
  test('reads the ways to sign in and begins at once when there is one', () => {
    const [state, effects] = next(initial(subject), { type: 'opened' })
    expect(effects).toEqual([{ type: 'readFlows', bridgeID }])
    const [starting, create] = next(state, { type: 'flowsRead', flows: [{ id: 'qr', name: '', description: '' }] })
    expect(starting).toMatchObject({ flowID: 'qr', stage: { phase: 'starting' } })
    expect(create).toMatchObject([{ type: 'create', subject, flowID: 'qr' }])
  })

  test('asks when there are several, and says so when there is none', () => {
    const flows = ['qr', 'code'].map((id) => ({ id, name: id, description: '' }))
    const [choosing] = next(initial(subject), { type: 'flowsRead', flows })
    expect(choosing.stage).toEqual({ phase: 'choosing', flows })
    expect(next(choosing, { type: 'flowChosen', flowID: 'code' })).toMatchObject([
      { flowID: 'code', stage: { phase: 'starting' } },
      [{ type: 'create', flowID: 'code' }],
    ])
    expect(next(initial(subject), { type: 'flowsRead', flows: [] })[0].stage).toMatchObject({
      phase: 'failed',
      problem: { code: 'connect.no-flows' },
    })
  })

  test('flows that arrive late do not throw a connection back', () => {
    for (const phase of phases.filter((one) => one !== 'loading'))
      for (const state of connectStates[phase])
        for (const event of connectEvents.flowsRead) expect(next(state, event)).toEqual([state, []])
  })

  test('ONE-2: a session that could not be made is not made again by itself', () => {
    expect(next(stateIn('starting'), { type: 'connectionLost', problem })).toMatchObject([
      { stage: { phase: 'failed', problem } },
      [],
    ])
    expect(next(stateIn('starting'), { type: 'failed', problem })[1]).toEqual([])
  })
})

describe('steps', () => {
  test.each(steps)('a step of type $type is shown', (step) => {
    const [after, effects] = read(stateIn('starting'), step)
    expect(after.stage).toEqual({
      phase: 'step',
      serial: 1,
      step,
      isBusy: false,
      isRejected: false,
      problem: undefined,
    })
    const isWait = step.type === 'display_and_wait' && step.display.type !== 'unsupported'
    expect(effects).toEqual(isWait ? [{ type: 'await', ...path, stepID: step.stepID }] : [])
  })

  test('a waiting step is submitted at once and again with every new picture, and keeps its place on the screen', () => {
    const [shown] = read(stateIn('starting'), qrStep)
    const rotated = { ...qrStep, display: { type: 'qr', data: '2@next' } } as typeof qrStep
    const [after, effects] = read(shown, rotated)
    expect(after.stage).toMatchObject({ serial: 1, step: rotated })
    expect(effects).toEqual([{ type: 'await', ...path, stepID: 'qr' }])
  })

  test('another step is a new place', () => {
    expect(read(at(qrStep), formStep)[0].stage).toMatchObject({ serial: 4, isRejected: false })
    expect(read(at(formStep), { ...formStep, stepID: 'password' } as typeof formStep)[0].stage).toMatchObject({
      serial: 4,
      isRejected: false,
    })
  })

  test('the same form after a submit is a refusal, and otherwise it is only read again', () => {
    const [busy, effects] = next(at(formStep), { type: 'fieldsSubmitted', fields: { phone: '1' } })
    expect(effects).toEqual([{ type: 'submit', ...path, stepID: 'form', fields: { phone: '1' } }])
    expect(busy.stage).toMatchObject({ isBusy: true })
    expect(read(busy, formStep)[0].stage).toMatchObject({ isBusy: false, isRejected: true, problem: undefined })
    expect(read(at(formStep), formStep)[0].stage).toMatchObject({ isRejected: false })
  })

  test('the same form after a submit that was lost on the way is no refusal: the person reads what happened', () => {
    const [busy] = next(at(formStep), { type: 'fieldsSubmitted', fields: { phone: '1' } })
    const [lost, effects] = next(busy, { type: 'connectionLost', problem })
    expect(lost.stage).toMatchObject({ isBusy: true, problem })
    expect(effects).toEqual([{ type: 'lookIn', ms: 1_000 }])
    expect(next(lost, { type: 'lookDue' })[1]).toEqual([{ type: 'look', ...path }])
    expect(read(lost, formStep)[0].stage).toMatchObject({ isBusy: false, isRejected: false, problem })
  })

  test('a form goes out once, and nothing but a form takes fields', () => {
    for (const state of connectStates.step) {
      const { stage } = state
      const isOpen = stage.phase === 'step' && stage.step.type === 'user_input' && !stage.isBusy
      expect(next(state, { type: 'fieldsSubmitted', fields: {} })[1].length).toBe(isOpen ? 1 : 0)
    }
  })

  test('a waiting step whose request was cut is looked at and goes on', () => {
    const [lost] = next(at(qrStep), { type: 'connectionLost', problem })
    expect(lost.stage).toMatchObject({ problem })
    expect(read(lost, qrStep)).toMatchObject([{ stage: { problem: undefined } }, [{ type: 'await' }]])
  })

  test('a step that leads nowhere is given up for a fresh session of the same flow', () => {
    for (const step of steps) {
      const [after, effects] = next(at(step), { type: 'startedOver' })
      expect(after).toMatchObject({ flowID: 'qr', loginSessionID: undefined, stage: { phase: 'starting' } })
      expect(effects).toMatchObject([
        { type: 'cancel', ...path },
        { type: 'create', flowID: 'qr' },
      ])
    }
  })
})

describe('ends', () => {
  test('well, and says so', () => {
    const session = sessionWith({ kind: 'complete', accountName: 'Sam', loginID: 'l', instructions: 'Hello' })
    const [after, effects] = next(at(qrStep), { type: 'sessionRead', session })
    expect(after).toMatchObject({
      loginSessionID: undefined,
      stage: { phase: 'done', accountName: 'Sam', instructions: 'Hello' },
    })
    expect(effects).toEqual([{ type: 'connected' }])
  })

  test.each([
    [
      sessionWith({ kind: 'failed', error: { code: 'X.Y', message: 'No.' } }),
      { code: 'connect.refused', says: 'No.', detail: 'X.Y' },
    ],
    [sessionWith({ kind: 'failed', error: undefined }), { code: 'connect.refused' }],
    [sessionWith({ kind: 'cancelled' }), { code: 'connect.cancelled' }],
  ])('badly, with the words of the network: %j', (session, expected) => {
    const [after, effects] = next(at(qrStep), { type: 'sessionRead', session })
    expect(after).toMatchObject({ loginSessionID: undefined, stage: { phase: 'failed', problem: expected } })
    expect(effects).toEqual([])
  })

  test('and starts over with the same flow, or by asking for one', () => {
    const [withFlow, without] = connectStates.failed as readonly [ConnectState, ConnectState]
    expect(next(withFlow, { type: 'startedOver' })).toMatchObject([
      { stage: { phase: 'starting' } },
      [{ type: 'create', flowID: 'qr' }],
    ])
    expect(next(without, { type: 'startedOver' })).toMatchObject([
      { stage: { phase: 'loading' } },
      [{ type: 'readFlows', bridgeID }],
    ])
  })

  test('RUN-9: a session that is born after the person left is cancelled', () => {
    const [left] = next(stateIn('starting'), { type: 'left' })
    expect(read(left, qrStep)).toEqual([left, [{ type: 'cancel', ...path }]])
    const over = sessionWith({ kind: 'complete', accountName: 'Sam', loginID: 'l', instructions: '' })
    expect(next(left, { type: 'sessionRead', session: over })).toEqual([left, []])
  })
})

test('whatever happens in whatever order: one live session at most, and none is forgotten alive', () => {
  const events = allOf<ConnectEvent>(connectEvents).filter(({ type }) => type !== 'opened' && type !== 'resumed')
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 40, size: 'max' }), (picks) => {
      let [state] = next(initial(subject), { type: 'opened' })
      for (const pick of picks) {
        const event = events[pick % events.length]
        if (event === undefined) continue
        const before = state
        const [after, effects] = next(state, event)
        state = after
        const isEnded =
          event.type === 'failed' || (event.type === 'sessionRead' && event.session.outcome.kind !== 'going-on')
        // A known session goes away only by ending on the server or by being cancelled there.
        if (before.loginSessionID !== undefined && state.loginSessionID === undefined)
          expect(isEnded || effects.some(({ type }) => type === 'cancel')).toBe(true)
        expect(effects.filter(({ type }) => type === 'create').length).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 500 },
  )
})
