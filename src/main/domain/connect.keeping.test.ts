// What a person has typed: what is no secret outlives every step, refusal and session; a secret outlives nothing (A4, A7).
import { describe, expect, test } from 'vitest'
import {
  after,
  answered,
  begunAt,
  effectsOf,
  ends,
  looked,
  lost,
  play,
  stageSeen,
  stepIn,
  typed,
  viewConnecting,
} from '../testing/connect-play.ts'
import {
  connectEvents,
  flow,
  flows,
  formStep,
  inputField,
  qrStep,
  secretStep,
  siteStep,
  subject,
} from '../testing/connect-states.ts'
import { problem } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import { initial } from './connect-state.ts'
import type { ConnectEvent, ConnectState } from './connect-state.ts'

const planted = 'PLANTED'
const values = {
  phone: '+1 555',
  username: 'sam',
  password: `${planted}-password`,
  captcha: `${planted}-captcha`,
  code: `${planted}-code`,
  token: `${planted}-token`,
  sid: `${planted}-sid`,
}
const kept = (fields: Readonly<Record<string, string>>): ConnectEvent => ({ type: 'fieldsKept', fields })
const gone = { code: 'connect.gone', retry: 'now' } as const

/** What stands in the fields of a form when it is drawn. */
function drawn(state: ConnectState): Readonly<Record<string, string>> {
  const stage = stageSeen(state)
  if (stage.phase !== 'step' || stage.step.type !== 'user_input') throw new Error('no form')
  return Object.fromEntries(stage.step.fields.map(({ id, initialValue }) => [id, initialValue]))
}

const begin = after(
  initial(subject),
  { type: 'opened' },
  { type: 'flowsRead', flows },
  { type: 'flowChosen', flowID: 'qr' },
)
const atForm = after(begin, answered(secretStep))
const sent = after(atForm, typed(values))

describe('what is no secret', () => {
  const roads: Readonly<Record<string, readonly ConnectEvent[]>> = {
    'the same step, refused (R2)': [answered(secretStep)],
    'a step of another ID that asks again': [answered({ ...secretStep, stepID: 'credentials.incorrect' })],
    'further steps in between': [answered(qrStep), answered(formStep), answered(secretStep)],
    'an answer that was lost (R24)': [lost('answer'), looked(secretStep)],
    'RUN-5: a session that has gone': [{ type: 'ended', problem: gone }, { type: 'startedOver' }, answered(secretStep)],
    'a sign-in that failed': [ends({ kind: 'cancelled' }), { type: 'startedOver' }, answered(secretStep)],
    'a fresh session of the same way': [{ type: 'startedOver' }, answered(secretStep)],
    'a session of another way': [{ type: 'flowChosen', flowID: 'code' }, answered(secretStep)],
    'another way after a failure': [
      { type: 'ended', problem: gone },
      { type: 'flowChosen', flowID: 'code' },
      answered(secretStep),
    ],
  }
  test.each(Object.entries(roads))('A7: survives %s', (_what, events) => {
    const there = { username: 'sam', password: '', captcha: '' }
    expect(drawn(after(sent, ...events))).toEqual(there)
    const halfTyped = after(atForm, kept(values))
    expect(drawn(after(halfTyped, ...events))).toEqual(there)
  })

  test('A7: is in its fields when they are drawn anew, though nothing was sent', () => {
    expect(drawn(after(atForm, kept({ username: 'sa' })))).toMatchObject({ username: 'sa' })
    expect(drawn(after(atForm, kept({ username: 'sa' }), kept({ username: '' })))).toMatchObject({ username: '' })
    expect(drawn(sent)).toMatchObject({ username: 'sam' })
    const objected = after(atForm, typed({ username: 'sam', password: '' }))
    expect(stepIn(objected).unfit).toEqual(['password'])
    expect(drawn(objected)).toMatchObject({ username: 'sam' })
  })

  test('A7: wins over what the network would put there, also when it was emptied', () => {
    const suggested = { ...formStep, fields: [inputField({ id: 'phone', type: 'phone', initialValue: '+49' })] }
    const first = begunAt(suggested)
    expect(drawn(first)).toEqual({ phone: '+49' })
    expect(drawn(after(first, kept({ phone: '+1' }), { type: 'startedOver' }, answered(suggested)))).toEqual({
      phone: '+1',
    })
    expect(drawn(after(first, kept({ phone: '' }), { type: 'startedOver' }, answered(suggested)))).toEqual({
      phone: '',
    })
  })

  test('is taken for fields of the step on the screen only, and not elsewhere', () => {
    expect(after(atForm, kept({ phone: '+1', other: 'x' })).kept).toEqual({})
    for (const state of [
      initial(subject),
      begunAt(qrStep),
      begunAt(siteStep),
      after(begin, { type: 'ended', problem }),
    ])
      expect(play(state, kept(values))).toEqual([{ ...state, kept: {} }, []])
  })

  test('A7: in the moment in which its form goes, what was typed last is kept as well', () => {
    const late = kept({ username: 'sam', password: values.password })
    for (const events of [
      [{ type: 'ended', problem: gone }, late, { type: 'startedOver' }],
      [{ type: 'startedOver' }, late],
      [ends({ kind: 'cancelled' }), late, { type: 'flowChosen', flowID: 'code' }],
    ] as const)
      expect(drawn(after(atForm, ...events, answered(secretStep)))).toEqual({
        username: 'sam',
        password: '',
        captcha: '',
      })
    expect(play(after(atForm, { type: 'left' }), late)[1]).toEqual([])
  })

  test('keeping sends nothing, and draws nothing anew', () => {
    expect(effectsOf(atForm, kept(values))).toEqual([])
    const [before, now] = [atForm, after(atForm, kept(values))].map(stepIn)
    expect(now).toEqual({ ...before, step: now?.step })
  })

  test('one connection knows nothing of what was typed for another', () => {
    expect(drawn(begunAt(secretStep))).toEqual({ username: '', password: '', captcha: '' })
  })
})

describe('A4: a secret', () => {
  const field = (id: string, more = {}): ReturnType<typeof inputField> => inputField({ id, isRequired: false, ...more })
  const everything = {
    ...secretStep,
    fields: [
      field('username', { type: 'username' }),
      field('password', { type: 'password', isSecret: true }),
      field('token', { type: 'token', isSecret: true }),
      field('code', { type: 'code', isSecret: true }),
      field('captcha', { type: 'captcha' }),
    ],
  }
  /** Forms and a website, filled in, in every way that leads to a submit or to none. */
  const planting: readonly (readonly ConnectEvent[])[] = [
    [answered(everything), typed(values)],
    [answered(everything), kept(values)],
    [answered(everything), kept(values), typed(values, true)],
    [answered({ ...everything, fields: everything.fields.map((one) => ({ ...one, pattern: '^no$' })) }), typed(values)],
    [answered(siteStep), typed(values)],
    [answered(siteStep), kept(values)],
    [answered({ ...siteStep, fields: siteStep.fields.map((one) => ({ ...one, pattern: '^no$' })) }), typed(values)],
  ]

  test('is in what is sent', () => {
    const effects = effectsOf(begin, ...(planting[0] ?? []))
    for (const name of ['password', 'token', 'code', 'captcha'] as const)
      expect(JSON.stringify(effects.at(-1))).toContain(values[name])
  })

  test('is in no state and in no View, whatever happens next and after that', () => {
    const next = allOf<ConnectEvent>(connectEvents)
    const clean = (state: ConnectState): void => {
      expect(JSON.stringify([state, viewConnecting([state])])).not.toContain(planted)
    }
    for (const events of planting) {
      const full = after(begin, ...events)
      clean(full)
      for (const one of next) {
        clean(after(full, one))
        clean(after(full, one, { type: 'startedOver' }, answered(everything)))
        clean(after(full, one, lost('answer'), looked(everything)))
      }
    }
  })

  test('is not shown by a later field of the same ID, nor kept from one that is masked later', () => {
    const plain = { ...formStep, fields: [inputField({ id: 'password' })] }
    const masked = { ...formStep, stepID: 'masked', fields: [inputField({ id: 'password', isSecret: true })] }
    const open = after(begin, answered(plain), typed({ password: 'plain' }))
    expect(drawn(after(open, answered(plain)))).toEqual({ password: 'plain' })
    expect(drawn(after(open, answered(masked)))).toEqual({ password: '' })
    const shut = after(begin, answered(masked), typed({ password: `${planted}-late` }), answered(plain))
    expect(drawn(shut)).toEqual({ password: '' })
  })
})

test('R13: what is typed into fields with odd IDs is kept like any other', () => {
  const ids = ['fi.mau.telegram.login.code', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '']
  const odd = { ...formStep, fields: ids.map((id) => inputField({ id })) }
  expect(Object.values(drawn(begunAt(odd)))).toEqual(ids.map(() => ''))
  const filled = Object.fromEntries(ids.map((id, nth) => [id, `typed ${String(nth)}`]))
  const [then, effects] = play(
    after(initial(subject), { type: 'flowsRead', flows: [flow] }, answered(odd)),
    typed(filled),
    answered(odd),
  )
  const [submit] = effects
  expect(submit?.type === 'submit' && Object.entries(submit.fields)).toEqual(Object.entries(filled))
  expect(Object.entries(drawn(then))).toEqual(Object.entries(filled))
  expect(Object.getPrototypeOf(then.kept)).toBe(Object.prototype)
})
