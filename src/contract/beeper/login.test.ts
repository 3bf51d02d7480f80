import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken, wireDisplay, wireStep } from '../../main/testing/wire-samples.ts'
import { displayFrom, stepFrom } from './login.ts'
import { line } from './text.ts'

const knownSteps = ['user_input', 'display_and_wait', 'cookies', 'complete']
const knownDisplays = ['qr', 'code', 'emoji', 'nothing']
const fieldTypes = [
  'text', 'password', 'email', 'phone', 'username', 'code', 'captcha', 'token', 'url', 'domain', 'select',
] // prettier-ignore
const cookieKinds = ['cookie', 'header', 'local_storage', 'other']

/** A step as the app may hold it: plain data of the promised types that can travel to the window. */
function expectStep(step: ReturnType<typeof stepFrom>): void {
  expect([...knownSteps, 'unsupported', 'unreadable']).toContain(step.type)
  expect(structuredClone(step)).toEqual(step)
  if (step.type === 'display_and_wait') expect([...knownDisplays, 'unsupported']).toContain(step.display.type)
  if (step.type === 'cookies') for (const { kind } of step.fields) expect(cookieKinds).toContain(kind)
  if (step.type !== 'user_input') return
  for (const { type, label, placeholder, initialValue, isRequired } of step.fields) {
    expect(fieldTypes).toContain(type)
    expect([typeof label, typeof placeholder, typeof initialValue, typeof isRequired]).toEqual([
      'string',
      'string',
      'string',
      'boolean',
    ])
  }
}

describe('stepFrom', () => {
  test('reads a form, with defaults where the wire is silent', () => {
    const step = stepFrom({
      type: 'user_input',
      stepID: 's',
      fields: [
        { id: 'phone', type: 'phone_number', label: 'Phone number', placeholder: '+1' },
        { id: 'note', optional: true },
      ],
    })
    expect(step).toMatchObject({
      type: 'user_input',
      stepID: 's',
      instructions: '',
      fields: [
        { id: 'phone', type: 'phone', label: 'Phone number', placeholder: '+1', initialValue: '', isRequired: true },
        { id: 'note', type: 'text', label: 'note', placeholder: '', initialValue: '', isRequired: false },
      ],
      attachments: [],
    })
  })

  test('reads pictures beside a form, and no others', () => {
    const attachments = [{ filename: 'a.png', content: 'iVBORw0KGgo=' }, { filename: 'b.svg', content: 'PHN2Zy8+' }, 7]
    expect(stepFrom({ type: 'user_input', stepID: 's', fields: [], attachments })).toMatchObject({
      attachments: [{ kind: 'picture', name: 'a.png' }],
    })
    for (const odd of ['x', {}, null, 7])
      expect(stepFrom({ type: 'user_input', stepID: 's', fields: [], attachments: odd })).toEqual({
        type: 'unreadable',
        wireType: 'user_input',
      })
  })

  test('reads what a website has to leave behind', () => {
    const read = (field: object) => {
      const step = stepFrom({ type: 'cookies', stepID: 's', url: 'https://a.test/', fields: [{ id: 'f', ...field }] })
      return step.type === 'cookies' ? step.fields[0] : undefined
    }
    const plain = { id: 'f', name: 'f', kind: 'other', isRequired: true, pattern: undefined }
    const from = (type: string, name = 'n') => ({
      sources: [
        { type, name },
        { type: 'cookie', name: 'second' },
      ],
    })
    expect(read({})).toEqual(plain)
    expect(read({ name: 'sid', type: 'cookie' })).toEqual({ ...plain, name: 'sid', kind: 'cookie' })
    expect(read({ name: 'sid', ...from('cookie') })).toEqual({ ...plain, name: 'sid', kind: 'cookie' })
    expect(read(from('request_header'))).toEqual({ ...plain, name: 'n', kind: 'header' })
    expect(read({ type: 'header' })).toEqual({ ...plain, kind: 'header' })
    expect(read(from('local_storage'))).toEqual({ ...plain, name: 'n', kind: 'local_storage' })
    expect(read(from('request_body'))).toEqual({ ...plain, name: 'n' })
    // The name of a special source is an address within a bridge.
    expect(read(from('special', 'fi.mau.slack.auth_token'))).toEqual(plain)
    expect(read(from('cloud_clipboard'))).toEqual({ ...plain, name: 'n' })
    expect(read({ type: 'constructor' })).toEqual(plain)
    expect(read({ sources: [] })).toEqual(plain)
    expect(read({ required: false, pattern: '^x$' })).toEqual({ ...plain, isRequired: false, pattern: '^x$' })
    expect(read({ required: true, pattern: 'x'.repeat(1_025) })).toEqual(plain)
  })

  test('a step whose fields cannot be handed in is unreadable', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(n) }))
    for (const step of [{ type: 'user_input' }, { type: 'cookies', url: 'https://a.test/' }]) {
      const read = (fields: unknown) => stepFrom({ ...step, stepID: 's', fields }).type
      expect(read(ids(200))).toBe(step.type)
      expect(read(ids(201))).toBe('unreadable')
      expect(read([{ id: '__proto__' }])).toBe('unreadable')
      expect(read([{ id: 'x'.repeat(257) }])).toBe('unreadable')
    }
  })

  test('a field is there once', () => {
    const step = stepFrom({
      type: 'user_input',
      stepID: 's',
      fields: [
        { id: 'a', label: '1' },
        { id: 'a', label: '2' },
      ],
    })
    expect(step).toMatchObject({ fields: [{ id: 'a', label: '1' }] })
    expect('fields' in step && step.fields.length).toBe(1)
  })

  test('an address longer than any is none', () => {
    const url = `https://a.test/${'x'.repeat(3_985)}`
    const read = (at: string) => stepFrom({ type: 'cookies', stepID: 's', url: at, fields: [] })
    expect(read(url)).toMatchObject({ url })
    expect(read(`${url}x`)).toMatchObject({ url: '' })
  })

  test('keeps the words of a step that it does not know', () => {
    expect(stepFrom({ type: 'webauthn', stepID: 's', instructions: 'Touch your key' })).toEqual({
      type: 'unsupported',
      wireType: 'webauthn',
      instructions: 'Touch your key',
    })
    expect(stepFrom({ type: 'webauthn', instructions: 7 })).toMatchObject({ type: 'unsupported', instructions: '' })
  })

  test.each([
    ['user_input', { type: 'user_input', stepID: 's' }],
    ['user_input', { type: 'user_input', stepID: 's', fields: [{ label: 'no id' }] }],
    ['user_input', { type: 'user_input', fields: [] }],
    ['display_and_wait', { type: 'display_and_wait', stepID: 's' }],
    ['display_and_wait', { type: 'display_and_wait', stepID: 's', display: null }],
    ['display_and_wait', { type: 'display_and_wait', stepID: 's', display: { data: 'no type' } }],
    ['cookies', { type: 'cookies', stepID: 's', fields: [] }],
    ['complete', { type: 'complete', instructions: 7 }],
    ['', { stepID: 's' }],
    ['', { type: 7 }],
    ['', { type: '' }],
    ['', null],
    ['', undefined],
    ['', 'user_input'],
    ['', []],
  ])('a known step of a broken shape (%s) is unreadable: %j', (wireType, wire) => {
    expect(stepFrom(wire)).toEqual({ type: 'unreadable', wireType })
  })

  test('any step of today is read as what it is', () => {
    fc.assert(
      fc.property(wireStep, (wire) => {
        const step = stepFrom(wire)
        expectStep(step)
        expect(step.type).toBe((wire as { type: string }).type)
      }),
    )
  })

  test('any other type is unsupported and keeps its name', () => {
    fc.assert(
      fc.property(wireStep, fc.string({ minLength: 1 }), (wire, type) => {
        fc.pre(!knownSteps.includes(type))
        expect(stepFrom({ ...(wire as object), type })).toMatchObject({ type: 'unsupported', wireType: line(type) })
      }),
    )
  })

  test('a broken step never throws and never becomes anything but a step', () => {
    fc.assert(
      fc.property(broken(wireStep), (wire) => {
        const step = stepFrom(wire)
        expectStep(step)
        const type: unknown = typeof wire === 'object' && wire !== null ? Reflect.get(wire, 'type') : undefined
        // What it was called decides: a known name never ends as "unsupported", an unknown one never as a known step.
        if (typeof type !== 'string' || type === '') expect(step.type).toBe('unreadable')
        else if (knownSteps.includes(type)) expect([type, 'unreadable']).toContain(step.type)
        else expect(step).toMatchObject({ type: 'unsupported', wireType: line(type) })
      }),
      { numRuns: 800 },
    )
  })
})

describe('displayFrom', () => {
  test.each<readonly [wire: unknown, display: object]>([
    [
      { type: 'qr', data: '2@abc' },
      { type: 'qr', data: '2@abc' },
    ],
    [
      { type: 'code', data: 'ABCD-1234' },
      { type: 'code', data: 'ABCD-1234' },
    ],
    [
      { type: 'emoji', imageURL: 'https://a/b.png' },
      { type: 'emoji', imageURL: 'https://a/b.png', emoji: undefined },
    ],
    [
      { type: 'emoji', imageURL: 'https://a/1f98a.png' },
      { type: 'emoji', imageURL: 'https://a/1f98a.png', emoji: '🦊' },
    ],
    [
      { type: 'emoji', imageURL: 'https://a/1f98a.png', data: '🐌' },
      { type: 'emoji', imageURL: 'https://a/1f98a.png', emoji: '🐌' },
    ],
    ...[7, null, 'fox', '<b>🐌</b>', '🐌'.repeat(17)].map((data): readonly [unknown, object] => [
      { type: 'emoji', imageURL: 'https://a/1f98a.png', data },
      { type: 'emoji', imageURL: 'https://a/1f98a.png', emoji: '🦊' },
    ]),
    [
      { type: 'emoji', imageURL: `https://a/${'x'.repeat(4_000)}/1f98a.png` },
      { type: 'emoji', imageURL: '', emoji: '🦊' },
    ],
    [{ type: 'emoji' }, { type: 'unsupported', wireType: 'emoji' }],
    [
      { type: 'qr', data: 'x'.repeat(4_096) },
      { type: 'qr', data: 'x'.repeat(4_096) },
    ],
    [
      { type: 'qr', data: 'x'.repeat(4_097) },
      { type: 'unsupported', wireType: 'qr' },
    ],
    [
      { type: 'code', data: 'x'.repeat(4_097) },
      { type: 'unsupported', wireType: 'code' },
    ],
    [
      { type: 'qr', data: 7 },
      { type: 'unsupported', wireType: 'qr' },
    ],
    // A QR code is drawn byte for byte.
    [
      { type: 'qr', data: ' sgnl://x?a=%2B&b\u0000 ' },
      { type: 'qr', data: ' sgnl://x?a=%2B&b\u0000 ' },
    ],
    [{ type: 'nothing' }, { type: 'nothing' }],
    [{ type: 'hologram' }, { type: 'unsupported', wireType: 'hologram' }],
    [{ type: 'qr' }, { type: 'unsupported', wireType: 'qr' }],
    [null, { type: 'unsupported', wireType: '' }],
    [7, { type: 'unsupported', wireType: '' }],
  ])('reads %j as %j', (wire, display) => {
    expect(displayFrom(wire)).toEqual(display)
  })

  test('a broken display never throws', () => {
    fc.assert(
      fc.property(broken(wireDisplay), (wire) => {
        expect([...knownDisplays, 'unsupported']).toContain(displayFrom(wire).type)
      }),
      { numRuns: 500 },
    )
  })
})
