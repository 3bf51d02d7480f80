// The rules of contract/bridge-flows.yaml that the machine of a connection keeps, each by its number.
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
  begun,
  complete,
  connectEvents,
  displayStep,
  flow,
  flows,
  formStep,
  inputField,
  qrStep,
  rotatedStep,
  secretStep,
  siteStep,
  standingAt,
  steps,
  subject,
} from '../testing/connect-states.ts'
import { problem } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import { initial } from './connect-state.ts'
import type { ConnectEvent, ConnectState } from './connect-state.ts'

const { bridgeID } = subject
const sent = after(standingAt(formStep), typed({ phone: '+1' }))
const refused = { kind: 'failed', error: { code: 'X', message: 'Wrong password' } } as const

test('R1: the first error stays, and what follows it is not heard', () => {
  const failed = after(sent, ends(refused))
  expect(failed.stage).toMatchObject({ problem: { code: 'connect.refused', says: 'Wrong password' } })
  const gone = { code: 'connect.gone', retry: 'now' } as const
  for (const event of [
    { type: 'ended', problem: gone },
    ends({ kind: 'failed', error: { code: 'M_NOT_FOUND', message: 'No such sign-in' } }, 'look'),
    ends({ kind: 'cancelled' }),
    ends(complete),
    answered(formStep),
    looked(qrStep),
    lost('answer'),
    lost('look'),
    { type: 'flowsNotRead', problem },
    { type: 'lookDue' },
    { type: 'woken' },
    { type: 'minutePassed' },
  ] as const satisfies readonly ConnectEvent[])
    expect(play(failed, event), event.type).toEqual([failed, []])
})

describe('R2: a mistake that can be corrected', () => {
  const form = { ...secretStep, instructions: 'That is wrong. Try again' }
  const busy = after(standingAt(secretStep), typed({ username: 'sam', password: 'x' }))

  test('R2: is the same step again: its words are the step’s, what may be kept is kept, nothing goes out by itself', () => {
    const [then, effects] = play(busy, answered(form))
    expect(effects).toEqual([])
    expect(then.inFlight).toBeUndefined()
    const stage = stepIn(then)
    expect(stage).toMatchObject({ serial: 4, isRejected: true, isBusy: false, problem: undefined })
    expect(stage.step).toMatchObject({
      instructions: form.instructions,
      fields: [
        { id: 'username', initialValue: 'sam' },
        { id: 'password', initialValue: '' },
        { id: 'captcha', initialValue: '' },
      ],
    })
  })

  test('R2: so is a website that is asked for again', () => {
    const site = after(standingAt(siteStep), typed({ sid: 'x' }), answered({ ...siteStep, instructions: 'Again' }))
    expect(stepIn(site)).toMatchObject({ isRejected: true, step: { instructions: 'Again' } })
  })

  test('R2: or another step, and then nothing was refused', () => {
    const again = { ...form, stepID: 'credentials.incorrect' }
    expect(stepIn(after(busy, answered(again)))).toMatchObject({
      serial: 4,
      isRejected: false,
      step: { stepID: again.stepID },
    })
  })

  test('R2: the refusal is over with the next try', () => {
    const again = after(busy, answered(form), typed({ username: 'sam', password: 'y' }))
    expect(stepIn(again)).toMatchObject({ isBusy: true, isRejected: false })
  })
})

describe('R3, R4: a picture that is renewed', () => {
  const wait = { type: 'wait', ...path, stepID: 'qr' }

  test('R3: waiting is a request that is made at once, and again after every answer', () => {
    const first = begunAt(qrStep)
    expect(first.inFlight).toBe('wait')
    const [then, effects] = play(first, answered(rotatedStep), answered(qrStep), answered(qrStep))
    expect(effects).toEqual([wait, wait, wait])
    expect(then.inFlight).toBe('wait')
  })

  test('R3: one that was dropped is repeated when the server has said that it still counts', () => {
    const [then, effects] = play(begunAt(qrStep), lost('answer'), { type: 'lookDue' }, looked(qrStep))
    expect(effects).toEqual([{ type: 'lookIn', ms: 1_000 }, { type: 'look', ...path }, wait])
    expect(then.inFlight).toBe('wait')
  })

  test('R4: keeps its step ID and its place, and the data decide whether it is drawn anew', () => {
    const before = begunAt(qrStep)
    const then = after(before, answered(rotatedStep))
    expect(stepIn(then)).toMatchObject({ serial: stepIn(before).serial, step: rotatedStep, isRejected: false })
    const found = after(before, looked(rotatedStep))
    expect(stepIn(found)).toMatchObject({ serial: stepIn(before).serial, step: rotatedStep })
  })

  test.each([
    [
      { type: 'code', data: 'AAAA' },
      { type: 'code', data: 'BBBB' },
    ],
    [
      { type: 'emoji', imageURL: 'https://one.test', emoji: undefined },
      { type: 'emoji', imageURL: 'https://two.test', emoji: undefined },
    ],
    [{ type: 'nothing' }, { type: 'qr', data: 'x' }],
  ] as const)('R4: whatever it shows: %j, then %j', (one, two) => {
    const before = begunAt(displayStep(one, 's'))
    const [then, effects] = play(before, looked(displayStep(two, 's')))
    expect(stepIn(then)).toMatchObject({ serial: 1, step: { display: two } })
    expect(effects).toEqual([{ ...wait, stepID: 's' }])
    expect(play(before, looked(displayStep(one, 's')))).toEqual([before, []])
  })
})

test('R5: the last five minutes are told one by one, then the server is asked; before, nothing is said', () => {
  let state: ConnectState = begunAt(formStep)
  expect(stageSeen(state)).toMatchObject({ minutesLeft: undefined })
  for (const left of [5, 4, 3, 2, 1]) {
    const [then, effects] = play(state, { type: 'minutePassed' })
    expect(stageSeen(then)).toMatchObject({ minutesLeft: left })
    expect(effects).toEqual([{ type: 'remindIn', ms: 60_000 }])
    state = then
  }
  const [last, effects] = play(state, { type: 'minutePassed' })
  expect(stageSeen(last)).toMatchObject({ minutesLeft: 0 })
  expect(effects).toEqual([{ type: 'look', ...path }])
  expect(stageSeen(after(last, { type: 'minutePassed' }))).toMatchObject({ minutesLeft: 0 })
  // A fresh session has its whole life before it.
  expect(stageSeen(after(last, { type: 'startedOver' }, answered(formStep)))).toMatchObject({ minutesLeft: undefined })
})

test.each([
  [0, 25],
  [10, 15],
  [25, 0],
  [40, 0],
])('R5: one of an earlier run, %d minutes old, is near its end in %d', (age, rest) => {
  const resumed = { type: 'resumed', loginSessionID: 's', flowID: 'qr', ageMs: age * 60_000 } as const
  expect(effectsOf(initial(subject), resumed)).toContainEqual({ type: 'remindIn', ms: rest * 60_000 })
})

test('R6: nothing is begun before the person chose, and never a second time', () => {
  const choosing = after(initial(subject), { type: 'opened' }, { type: 'flowsRead', flows })
  for (const event of allOf<ConnectEvent>(connectEvents).filter(({ type }) => type !== 'flowChosen'))
    expect(effectsOf(choosing, event).filter(({ type }) => type === 'create')).toEqual([])
  expect(effectsOf(choosing, { type: 'flowChosen', flowID: 'never-offered' })).toEqual([])
  const twice = [
    { type: 'flowChosen', flowID: 'qr' },
    { type: 'flowChosen', flowID: 'code' },
    { type: 'startedOver' },
  ] as const
  expect(effectsOf(choosing, ...twice)).toEqual([{ type: 'create', bridgeID, flowID: 'qr' }])
})

test('R8: what a cancelled session still answers is not heard', () => {
  const left = after(begunAt(qrStep), { type: 'left' })
  for (const event of [
    { type: 'ended', problem: { code: 'connect.cancelled', retry: 'now' } },
    lost('answer'),
  ] as const)
    expect(play(left, event)).toEqual([left, []])
})

describe('R24: a form whose answer was lost', () => {
  const cut = after(sent, lost('answer'))

  test('R24: is looked at first, and is not sent again by anybody meanwhile', () => {
    expect(cut).toMatchObject({ inFlight: undefined, stage: { isBusy: true, problem } })
    expect(play(cut, typed({ phone: '+1' }))).toEqual([cut, []])
    expect(effectsOf(sent, lost('answer'), { type: 'lookDue' })).toEqual([
      { type: 'lookIn', ms: 1_000 },
      { type: 'look', ...path },
    ])
  })

  test('R24: stands there again in words of its own, and not as refused', () => {
    const stage = stepIn(after(cut, looked(formStep)))
    expect(stage).toMatchObject({
      isBusy: false,
      isRejected: false,
      problem: { code: 'connect.unheard', retry: 'now' },
    })
    expect(stage.step).toMatchObject({ fields: [{ id: 'phone', initialValue: '+1' }] })
  })

  test('R24: may have been taken all the same', () => {
    expect(stepIn(after(cut, looked(qrStep)))).toMatchObject({ problem: undefined, step: qrStep })
    expect(after(cut, ends(complete, 'look')).stage.phase).toBe('done')
  })

  test('R24: one that the server refused, and outlived, is told as the server told it', () => {
    const said = { code: 'connect.not-taken', retry: 'now', says: 'Busy' } as const
    expect(stepIn(after(sent, answered(formStep, said)))).toMatchObject({ isRejected: false, problem: said })
    // What the session has moved on from needs no words.
    expect(stepIn(after(sent, answered(qrStep, said))).problem).toBeUndefined()
  })
})

test('R26: a network’s own 401, 403 or 429 is its refusal, and not about the sign-in of this app', () => {
  for (const code of ['M_UNKNOWN_TOKEN', 'M_FORBIDDEN', 'M_LIMIT_EXCEEDED', 'unauthorized', 'FI.MAU.X.RATE_LIMITED']) {
    const { stage } = after(sent, ends({ kind: 'failed', error: { code, message: 'No.' } }))
    expect(stage).toMatchObject({ phase: 'failed', problem: { code: 'connect.refused', says: 'No.', detail: code } })
  }
})

test('R27: what is unknown is shown, not waited at and not guessed; it can be given up and left', () => {
  const unknown = steps.filter(
    (step) =>
      step.type === 'unsupported' ||
      step.type === 'unreadable' ||
      (step.type === 'display_and_wait' && step.display.type === 'unsupported'),
  )
  expect(unknown).toHaveLength(3)
  for (const step of unknown) {
    const [then, effects] = play({ ...begun, stage: { phase: 'starting' } }, answered(step))
    expect(then).toMatchObject({ inFlight: undefined, stage: { step, isBusy: false } })
    expect(effects.filter(({ type }) => type !== 'remindIn')).toEqual([])
    for (const isSure of [true, false]) expect(play(then, typed({ phone: '1' }, isSure))).toEqual([then, []])
    expect(effectsOf(then, { type: 'left' })).toEqual([{ type: 'cancel', ...path }])
    expect(effectsOf(then, { type: 'startedOver' }).map(({ type }) => type)).toEqual(['cancel', 'create'])
    // A look may find that it was finished elsewhere.
    expect(after(then, { type: 'woken' }, ends(complete, 'look')).stage.phase).toBe('done')
  }
})

test('R13, R29: IDs are told apart letter by letter, and handed on as they are', () => {
  for (const id of ['a/b?c#d', '..', 'fi.mau.x', '%2e%2E', '__proto__', 'constructor', ' ', '🦊']) {
    const step = { ...formStep, stepID: id, fields: [inputField({ id })] }
    const opening = [{ type: 'opened' }, { type: 'flowsRead', flows: [{ ...flow, id }] }] as const
    const session = { bridgeID, loginSessionID: id, outcome: { kind: 'going-on', step } } as const
    const [then, effects] = play(
      initial(subject),
      ...opening,
      { type: 'sessionRead', session, by: 'answer' },
      typed(Object.fromEntries([[id, 'plain']])),
    )
    expect(effects).toContainEqual({ type: 'create', bridgeID, flowID: id })
    expect(effects.at(-1)).toMatchObject({ type: 'submit', loginSessionID: id, stepID: id })
    expect(then.loginSessionID).toBe(id)
    const other = { ...session, loginSessionID: id.toUpperCase() + id }
    expect(play(then, { type: 'sessionRead', session: other, by: 'look' })).toEqual([then, []])
  }
})

test.each([
  ['LOGIN_TIMED_OUT', { code: 'connect.timed-out', retry: 'now', advice: 'phone-at-hand' }],
  ['LOGIN_CANCELLED', { code: 'connect.cancelled', retry: 'now' }],
  ['LOGIN_ALREADY_FINISHED', { code: 'connect.gone', retry: 'now' }],
  ['TOO_MANY_LOGINS', { code: 'connect.limit', retry: 'never' }],
  ['WEBAUTHN_UNSUPPORTED', { code: 'connect.refused', retry: 'now', advice: 'other-factor' }],
  ['SOMETHING_NEW', { code: 'connect.refused', retry: 'now' }],
] as const)('the framework’s code %s is known by its end, whatever stands before it', (suffix, expected) => {
  for (const code of [suffix, `FI.MAU.BRIDGE.${suffix}`, `COM.BEEPER.${suffix}`, `fi.mau.${suffix.toLowerCase()}`]) {
    const { stage } = after(sent, ends({ kind: 'failed', error: { code, message: 'No.' } }))
    expect(stage).toEqual({ phase: 'failed', problem: { ...expected, says: 'No.', detail: code } })
  }
})
