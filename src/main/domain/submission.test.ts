import type { InputField } from '#contract/beeper/fields'
import type { CookieField } from '#contract/beeper/login'
import { describe, expect, test } from 'vitest'
import { formStep, inputField, siteStep } from '../testing/connect-states.ts'
import { keepable, refilled, submissionFrom } from './submission.ts'

const form = (...fields: readonly InputField[]) => ({ ...formStep, fields })
const site = (...fields: readonly Partial<CookieField>[]) => ({
  ...siteStep,
  fields: fields.map((more): CookieField => ({
    id: 'sid',
    name: 'sid',
    kind: 'cookie',
    isRequired: true,
    pattern: undefined,
    ...more,
  })),
})
/** What goes out for one field. */
const sentFor = (field: Partial<InputField>, typed: string): string | undefined =>
  submissionFrom(form(inputField({ id: 'f', ...field })), { f: typed }).fields['f']
const cookieFor = (field: Partial<CookieField>, typed: string): string | undefined =>
  submissionFrom(site(field), { sid: typed }).fields['sid']

describe('what is sent', () => {
  test('is what was asked for, and what stayed empty is left out', () => {
    const step = form(inputField({ id: 'a' }), inputField({ id: 'b', isRequired: false }))
    expect(submissionFrom(step, { a: 'x', b: '  ', c: 'never asked for' })).toEqual({
      kind: 'user_input',
      fields: { a: 'x' },
      missing: [],
      unfit: [],
    })
    expect(submissionFrom(step, {})).toMatchObject({ fields: {}, missing: ['a'] })
    expect(submissionFrom(form(), { a: 'x' })).toEqual({ kind: 'user_input', fields: {}, missing: [], unfit: [] })
  })

  test.each(['text', 'email', 'username', 'captcha', 'token', 'url', 'domain'] as const)(
    '%s: without the blanks around it',
    (type) => {
      expect(sentFor({ type }, ' a b\u00a0\n')).toBe('a b')
    },
  )

  test.each([
    ['123 456', '123456'],
    [' 1 2\u00a03\t4 ', '1234'],
    // A code of letters may have its blanks and dashes.
    [' ABC-123 ', 'ABC-123'],
    ['abc 123', 'abc 123'],
    ['1234-5678', '1234-5678'],
  ])('a code typed as %j goes out as %j', (typed, sent) => {
    expect(sentFor({ type: 'code' }, typed)).toBe(sent)
  })

  test('a password as it was typed, to the last blank', () => {
    expect(sentFor({ type: 'password' }, ' a b ')).toBe(' a b ')
    // Nothing but blanks is nobody's password.
    expect(submissionFrom(form(inputField({ id: 'f', type: 'password' })), { f: '   ' }).missing).toEqual(['f'])
  })

  test('R22: a choice is sent word for word, also the only one', () => {
    const only = { type: 'select', options: ['  Continue (1) '] } as const
    expect(sentFor(only, '  Continue (1) ')).toBe('  Continue (1) ')
    expect(submissionFrom(form(inputField({ id: 'f', ...only })), {}).missing).toEqual(['f'])
    expect(sentFor({ type: 'select', options: ['', 'a'] }, 'Initech (initech.slack.com) (2)')).toBe(
      'Initech (initech.slack.com) (2)',
    )
  })

  test.each([
    ['+1 415 555 0123', '+14155550123'],
    ['+1 (415) 555-0123', '+14155550123'],
    ['+1.415.555.0123', '+14155550123'],
    ['+49 30/1234\u2013567', '+49301234567'],
    ['\u200e+1\u00a0415\u2009555\t0123\u200f', '+14155550123'],
    ['\u202a+1 415\u202c', '+1415'],
    ['\u2066+1 415\u2069', '+1415'],
    ['0151 234', '0151234'],
    ['+1\u2212415\u2011555\u20120123', '+14155550123'],
    ['+49 151\u00b7234', '+49151234'],
    // The way out of the own country, and the zero that is dialled only within the other.
    ['00 49 151 234', '+49151234'],
    ['+49 (0)151 234', '+49151234'],
    ['0049 (0) 151 234', '+49151234'],
    ['(0)151 234', '0151234'],
    ['\uff0b\uff11 \uff14\uff11\uff15', '+1415'],
    // What is no number is not for this app to mend.
    [' sam@example.com ', 'sam@example.com'],
    ['+1 415 CALL ME', '+1 415 CALL ME'],
    ['++1 415', '++1 415'],
    ['+1 *** *** **23', '+1 *** *** **23'],
    ['+', '+'],
  ])('R23: a phone number typed as %j goes out as %j', (typed, sent) => {
    expect(sentFor({ type: 'phone' }, typed)).toBe(sent)
  })

  test.each([
    ['xoxd-AbC%2FdEf%2B123%3D%3D', 'xoxd-AbC/dEf+123=='],
    ['17841400000000001%3AaBcDeF', '17841400000000001:aBcDeF'],
    [' plain ', 'plain'],
    ['100%', '100%'],
    ['%', '%'],
    ['%E0%A4%A', '%E0%A4%A'],
    ['%zz%2F', '%zz%2F'],
    ['a+b', 'a+b'],
  ])('R15: a cookie %j goes out as %j', (typed, sent) => {
    expect(cookieFor({}, typed)).toBe(sent)
  })

  test.each(['header', 'local_storage', 'other'] as const)(
    'R15: only cookies are decoded, and not what is %s',
    (kind) => {
      expect(cookieFor({ kind }, ' a%2Fb ')).toBe('a%2Fb')
    },
  )

  test('R12: the fields keep the order of the step, whatever order they were filled in', () => {
    const step = site({ id: 'b' }, { id: 'a' })
    const { fields, kind } = submissionFrom(step, { a: '1', b: '2' })
    expect([kind, Object.entries(fields)]).toEqual(['cookies', [['b', '2'], ['a', '1']]]) // prettier-ignore
  })
})

describe('objections', () => {
  test('PAT-1: a value has to look as the network wants it, as Go has it', () => {
    const code = inputField({ id: 'f', pattern: '^[a-zA-Z0-9]{3}-?[a-zA-Z0-9]{3}$' })
    expect(submissionFrom(form(code), { f: ' ABC-123 ' }).unfit).toEqual([])
    expect(submissionFrom(form(code), { f: 'ABC 123' }).unfit).toEqual(['f'])
    const posix = inputField({ id: 'f', pattern: '\\A[[:alpha:]]+\\z' })
    expect(submissionFrom(form(posix), { f: 'abc' }).unfit).toEqual([])
    expect(submissionFrom(form(posix), { f: 'ab1' }).unfit).toEqual(['f'])
  })

  test('R15: a cookie is decoded first, and then looked at', () => {
    expect(submissionFrom(site({ pattern: '^xoxd-[a-zA-Z0-9/+=]+$' }), { sid: 'xoxd-a%2Fb%3D' }).unfit).toEqual([])
    expect(submissionFrom(site({ pattern: '^xoxd-[a-zA-Z0-9/+=]+$' }), { sid: 'xoxd-a%zz' }).unfit).toEqual(['sid'])
  })

  test('PAT-2: a pattern that cannot be read, and one that is too much, stand in nobody’s way', () => {
    for (const pattern of ['(', '(?=a)', '(a{1000}){1000}', 'a'.repeat(1_025)])
      expect(submissionFrom(form(inputField({ id: 'f', pattern })), { f: 'x' }).unfit).toEqual([])
    const long = submissionFrom(form(inputField({ id: 'f', pattern: '^x$' })), { f: 'y'.repeat(8_193) })
    expect(long.unfit).toEqual([])
  })

  test('what stayed empty is missing or nothing, and never unfit', () => {
    const step = form(
      inputField({ id: 'a', pattern: '^x$' }),
      inputField({ id: 'b', pattern: '^x$', isRequired: false }),
    )
    expect(submissionFrom(step, {})).toMatchObject({ missing: ['a'], unfit: [] })
  })
})

describe('R13: IDs are keys', () => {
  const ids = ['a.b.c', '__proto__', 'constructor', 'toString', '0', '', 'a b', '🦊']

  test.each(ids)('R13: %j is sent, kept and filled in again like any other', (id) => {
    const step = form(inputField({ id }))
    const typed = Object.fromEntries([[id, 'x']])
    expect(submissionFrom(step, {})).toMatchObject({ fields: {}, missing: [id] })
    expect(Object.entries(submissionFrom(step, typed).fields)).toEqual([[id, 'x']])
    const kept = keepable(step, typed)
    expect(Object.entries(kept)).toEqual([[id, 'x']])
    expect(refilled(step, kept)).toMatchObject({ fields: [{ id, initialValue: 'x' }] })
    expect(refilled(step, {})).toEqual(step)
    expect(Object.entries(submissionFrom(site({ id }), typed).fields)).toEqual([[id, 'x']])
  })
})

describe('A4: what is kept', () => {
  const step = form(
    inputField({ id: 'name' }),
    inputField({ id: 'choice', type: 'select', options: ['a'] }),
    inputField({ id: 'secret', type: 'token', isSecret: true }),
    inputField({ id: 'puzzle', type: 'captcha' }),
  )
  const typed = { name: ' as typed ', choice: 'a', secret: 's', puzzle: 'p', other: 'o' }

  test('A4: is as it was typed, and no secret, no solved puzzle, and nothing that was not asked for', () => {
    expect(keepable(step, typed)).toEqual({ name: ' as typed ', choice: 'a' })
    expect(keepable(step, {})).toEqual({})
    expect(keepable(siteStep, { sid: 's' })).toEqual({})
  })

  test('a choice that is no longer offered is not filled in', () => {
    const choice = (options: readonly string[]) => form(inputField({ id: 'choice', type: 'select', options }))
    expect(refilled(choice(['a', 'b']), { choice: 'b' })).toMatchObject({ fields: [{ initialValue: 'b' }] })
    expect(refilled(choice(['a', 'c']), { choice: 'b' })).toMatchObject({ fields: [{ initialValue: '' }] })
  })

  test('A4: is filled into open fields only', () => {
    const again = refilled(step, typed)
    expect('fields' in again && again.fields.map((field) => 'initialValue' in field && field.initialValue)).toEqual([
      ' as typed ',
      'a',
      '',
      '',
    ])
    expect(refilled(siteStep, typed)).toEqual(siteStep)
  })
})
