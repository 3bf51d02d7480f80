import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askable, fieldFrom, patternFrom } from './fields.ts'
import type { InputField } from './fields.ts'
import { zLoginInputField } from './gen/zod.gen.ts'

const types = ['text', 'password', 'email', 'phone', 'username', 'code', 'captcha', 'token', 'url', 'domain', 'select']

/** A field as it comes out of its decoder. */
const read = (more: object): InputField => fieldFrom(zLoginInputField.parse({ id: 'f', ...more }))
const shown = (more: object): string => {
  const { type, isSecret } = read(more)
  return isSecret ? `${type}, secret` : type
}

test('has defaults where the wire is silent', () => {
  expect(read({})).toEqual({
    id: 'f',
    type: 'text',
    isSecret: false,
    label: 'f',
    description: '',
    placeholder: '',
    initialValue: '',
    isRequired: true,
    options: [],
    pattern: undefined,
  })
  expect(read({ label: 'L', description: 'D', placeholder: 'P', initialValue: 'I', optional: true, pattern: '^x$' }))
    .toMatchObject({ label: 'L', description: 'D', placeholder: 'P', initialValue: 'I', isRequired: false, pattern: '^x$' }) // prettier-ignore
  expect(read({ optional: false }).isRequired).toBe(true)
  expect(read({ label: '  ' }).label).toBe('f')
})

describe('types', () => {
  test.each([
    ['text', 'text'],
    ['password', 'password, secret'],
    ['email', 'email'],
    ['phone', 'phone'],
    ['phone_number', 'phone'],
    ['username', 'username'],
    ['2fa_code', 'code, secret'],
    ['captcha_code', 'captcha'],
    ['token', 'token, secret'],
    ['url', 'url'],
    ['domain', 'domain'],
    // Not heard of, and yet telling.
    ['pin', 'token, secret'],
    ['one_time_code', 'code, secret'],
    ['otp', 'code, secret'],
    ['apiToken', 'token, secret'],
    ['recovery_key', 'token, secret'],
    ['postcard', 'text'],
    ['number', 'text'],
    ['TEXT', 'text'],
    ['', 'text'],
    // Names that every object answers to; as a member of the View they would not survive IPC.
    ['constructor', 'text'],
    ['__proto__', 'text'],
    ['toString', 'text'],
  ])('a field of type "%s" is %s', (type, expected) => {
    expect(shown({ type })).toBe(expected)
  })

  test('what the server says of a type counts more than any name', () => {
    expect(shown({ id: 'token', label: 'Password', type: 'email' })).toBe('email')
    expect(shown({ id: 'secret_code', type: 'url' })).toBe('url')
    expect(shown({ id: 'username', type: 'password' })).toBe('password, secret')
  })
})

describe('A4: what is called plain text is told by its name', () => {
  test.each([
    ['bot_token', 'Bot token', 'token, secret'],
    ['x', 'Auth token', 'token, secret'],
    ['x', 'API key', 'token, secret'],
    ['apiKey', 'Key', 'token, secret'],
    ['x', 'App-specific password', 'token, secret'],
    ['x', 'Recovery passphrase', 'token, secret'],
    ['x', 'Passcode', 'token, secret'],
    ['client_secret', '', 'token, secret'],
    ['x', 'Session cookie', 'token, secret'],
    ['pin', 'PIN', 'token, secret'],
    ['fi.mau.telegram.login.manual_session', 'Session data JSON', 'token, secret'],
    ['code', 'Code', 'code, secret'],
    ['smsCode', '', 'code, secret'],
    ['x', 'Six-digit code', 'code, secret'],
    ['x', 'One of your backup codes', 'code, secret'],
    ['x', 'One-time password', 'token, secret'],
    ['x', 'Two-factor authentication', 'code, secret'],
    ['x', '2FA', 'code, secret'],
    ['totp', '', 'code, secret'],
    ['x', 'Code sent to your phone', 'code, secret'],
    ['x', 'Code from the email', 'code, secret'],
    ['phone_code', 'Phone', 'code, secret'],
    ['email_code', 'Email code', 'code, secret'],
    ['fi.mau.x.login.code.incorrect', '', 'code, secret'],
    ['captcha_code', 'Captcha code', 'captcha'],
    ['x', 'Type the captcha', 'captcha'],
    ['username', 'Username or email address', 'username'],
    ['user_name', '', 'username'],
    ['x', 'User ID', 'username'],
    // No secrets, whatever else is in their words.
    ['phone_number', 'Phone number', 'text'],
    ['phone', 'Where the code goes', 'text'],
    ['x', 'Phone number with country code', 'text'],
    ['x', 'Mobile phone number for the SMS code', 'text'],
    ['x', 'Email address for the code', 'text'],
    ['email', 'Code goes here', 'text'],
    ['x', 'Your email', 'text'],
    ['x', 'Country code', 'text'],
    ['x', 'Postal code', 'text'],
    ['zip_code', 'ZIP code', 'text'],
    ['fi.mau.telegram.login.session.username', 'User name', 'username'],
    ['username', 'Not your password', 'username'],
    ['workspace', 'Workspace', 'text'],
    ['mfatype', 'Login method', 'text'],
    ['contact_point', 'Phone number or email', 'text'],
    ['server', 'Homeserver', 'text'],
    ['x', 'Shipping address', 'text'],
    ['x', 'Keyboard', 'text'],
    ['x', 'Opinion', 'text'],
    ['', '', 'text'],
  ])('A4: text "%s", labelled "%s", is %s', (id, label, expected) => {
    expect(shown({ id, label, type: 'text' })).toBe(expected)
    expect(shown({ id, label })).toBe(expected)
  })
})

test('A4: no secret that a server knows already comes to the window', () => {
  for (const type of ['password', 'token', '2fa_code'])
    expect(read({ type, initialValue: 'hunter2' })).toMatchObject({ isSecret: true, initialValue: '' })
  expect(read({ id: 'bot_token', type: 'text', initialValue: 'xoxb-1' })).toMatchObject({ initialValue: '' })
  expect(read({ type: 'email', initialValue: 'sam@example.com' }).initialValue).toBe('sam@example.com')
})

test('a value that is longer than any that can be handed in is left out', () => {
  expect(read({ initialValue: 'x'.repeat(4_000) }).initialValue).toHaveLength(4_000)
  expect(read({ initialValue: 'x'.repeat(4_001) }).initialValue).toBe('')
})

describe('a choice', () => {
  test('offers its texts word for word, in their order, each once', () => {
    const options = ['b', ' a ', 'b', 'Initech (initech.slack.com) (2)', '🦊']
    expect(read({ type: 'select', options })).toMatchObject({
      type: 'select',
      options: ['b', ' a ', 'Initech (initech.slack.com) (2)', '🦊'],
    })
    expect(read({ type: 'select', options: ['Continue'] }).options).toEqual(['Continue'])
  })

  test.each<[unknown, readonly string[]]>([
    [[1, null, 'Three', { a: 1 }, ['x'], true], ['Three']],
    [['', '  ', 'a'], ['a']],
    [['x'.repeat(500), 'x'.repeat(501)], ['x'.repeat(500)]],
    [Array.from({ length: 900 }, (_, n) => String(n)), Array.from({ length: 500 }, (_, n) => String(n))],
  ])('of %j offers what can be offered', (options, expected) => {
    expect(read({ type: 'select', options })).toMatchObject({ type: 'select', options: expected })
  })

  test.each<[unknown]>([
    [undefined], [null], [[]], ['a,b'], [7], [{}], [{ a: 'b' }], [[1, 2]], [[['a']]], [[{ id: 'a', name: 'A' }]], [['']], [true],
  ])('with the options %j is typed, and is no secret', (options) => {
    expect(read({ id: 'code', type: 'select', ...(options !== undefined && { options }) })).toMatchObject({
      type: 'text',
      isSecret: false,
      options: [],
    })
  }) // prettier-ignore

  test('begins with one of its options or none', () => {
    const options = ['a', 'b']
    expect(read({ type: 'select', options, initialValue: 'b' }).initialValue).toBe('b')
    expect(read({ type: 'select', options, initialValue: 'c' }).initialValue).toBe('')
  })

  test('is the only one with options', () => {
    for (const type of ['text', 'email', 'phone', 'postcard'])
      expect(read({ type, options: ['a'] }).options).toEqual([])
  })
})

describe('a pattern', () => {
  test.each<[unknown, string | undefined]>([
    ['^a$', '^a$'],
    ['x'.repeat(1_024), 'x'.repeat(1_024)],
    // No good, but that is for the engine to say.
    ['(((', '((('],
    ['x'.repeat(1_025), undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
    [7, undefined],
    [{}, undefined],
    [['^a$'], undefined],
  ])('PAT-2: %j is read as %j', (pattern, expected) => {
    expect(patternFrom(pattern)).toBe(expected)
    expect(read({ pattern }).pattern).toBe(expected)
  })
})

test('WIN-6: texts are cut and cannot carry a NUL', () => {
  const long = `\0${'x'.repeat(100_000)}`
  const { label, description, placeholder } = read({ label: long, description: long, placeholder: long })
  for (const text of [label, description, placeholder]) {
    expect(text.length).toBeLessThanOrEqual(200)
    expect(text).not.toContain('\0')
  }
})

test.each<[unknown]>([[{ text: 'x' }], [7], [null], [['x']]])('a description %j is none', (description) => {
  expect(read({ description }).description).toBe('')
})

describe('the fields of a step', () => {
  const of = (...ids: readonly string[]) => ids.map((id, n) => ({ id, n }))

  test('R13: are known by their IDs, of which the first counts', () => {
    expect(askable(of('a', 'b', 'a', 'constructor', 'b'))).toEqual([
      { id: 'a', n: 0 },
      { id: 'b', n: 1 },
      { id: 'constructor', n: 3 },
    ])
    expect(askable([])).toEqual([])
    expect(askable(of('', 'a.b/../c', ' ', 'x'.repeat(256)))).toHaveLength(4)
  })

  test('IPC-2: are too many, or have names that no command can carry', () => {
    const many = (count: number) => askable(of(...Array.from({ length: count }, (_, n) => String(n))))
    expect(many(200)).toHaveLength(200)
    expect(many(201)).toBeUndefined()
    expect(askable(of('x'.repeat(257)))).toBeUndefined()
    expect(askable(of('a', '__proto__'))).toBeUndefined()
  })
})

test('whatever a field is, it comes out as one that the window can hold', () => {
  const any = fc.constantFrom<unknown>(undefined, null, '', 7, true, '^a$', ['a'], ['a', 7, 'b'], [['a']], {}, { a: 1 })
  const field = fc.record(
    {
      id: fc.string({ unit: 'binary' }),
      type: fc.oneof(fc.constantFrom('select', 'text', ...types), fc.string({ unit: 'binary' })),
      label: fc.string({ unit: 'binary' }),
      placeholder: fc.string(),
      initialValue: fc.string(),
      optional: fc.boolean(),
      description: any,
      pattern: any,
      options: any,
    },
    { requiredKeys: ['id'] },
  )
  fc.assert(
    fc.property(field, (wire) => {
      const one = read(wire)
      const isFit =
        types.includes(one.type) &&
        one.id === wire.id &&
        (one.type === 'select') === one.options.length > 0 &&
        !(one.isSecret && one.initialValue !== '')
      expect([structuredClone(one), isFit]).toEqual([one, true])
    }),
    { numRuns: 300 },
  )
})
