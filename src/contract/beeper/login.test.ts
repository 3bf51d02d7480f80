import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken, wireDisplay, wireSession, wireStep } from '../../main/testing/wire-samples.ts'
import { zLoginSession } from './gen/zod.gen.ts'
import { displayFrom, nameOfUser, sessionFrom, stepFrom } from './login.ts'
import { line } from './text.ts'

const knownSteps = ['user_input', 'display_and_wait', 'cookies', 'complete']
const knownDisplays = ['qr', 'code', 'emoji', 'nothing']
const fieldTypes = ['text', 'password', 'email', 'phone', 'username', 'code', 'token', 'url', 'domain']

/** A step as the app may hold it: plain data of the promised types that can travel to the window. */
function expectStep(step: ReturnType<typeof stepFrom>): void {
  expect([...knownSteps, 'unsupported', 'unreadable']).toContain(step.type)
  expect(structuredClone(step)).toEqual(step)
  if (step.type === 'display_and_wait') expect([...knownDisplays, 'unsupported']).toContain(step.display.type)
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
    expect(step).toEqual({
      type: 'user_input',
      stepID: 's',
      instructions: '',
      fields: [
        { id: 'phone', type: 'phone', label: 'Phone number', placeholder: '+1', initialValue: '', isRequired: true },
        { id: 'note', type: 'text', label: 'note', placeholder: '', initialValue: '', isRequired: false },
      ],
    })
  })

  test.each([
    ['2fa_code', 'code'],
    ['captcha_code', 'text'],
    ['password', 'password'],
    ['phone', 'phone'],
    ['domain', 'domain'],
    ['select', 'text'],
    ['', 'text'],
    // Names that every object answers to; as a member of the View they would not survive IPC.
    ['constructor', 'text'],
    ['__proto__', 'text'],
    ['toString', 'text'],
  ])('shows a field of type "%s" as %s', (wire, shown) => {
    const step = stepFrom({ type: 'user_input', stepID: 's', fields: [{ id: 'f', type: wire }] })
    expect(step).toMatchObject({ fields: [{ type: shown }] })
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
  test.each([
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
      { type: 'emoji', imageURL: 'https://a/b.png' },
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

const session = (more: object): ReturnType<typeof sessionFrom> =>
  sessionFrom(zLoginSession.parse({ bridgeID: 'b', loginSessionID: 's', status: 'waiting_for_input', ...more }))
const user = { id: '@ada' }
const account = {
  accountID: 'a',
  bridge: { id: 'b', type: 't', provider: 'local' },
  status: 'connected',
  user,
  loginID: 'l2',
}

describe('sessionFrom', () => {
  test('is over when the status says so, whatever step is still there', () => {
    const currentStep = { type: 'user_input', stepID: 's', fields: [] }
    expect(session({ status: 'cancelled', currentStep }).outcome).toEqual({ kind: 'cancelled' })
    const error = { code: 'x', message: 'no' }
    expect(session({ status: 'failed', currentStep, error }).outcome).toEqual({ kind: 'failed', error })
    expect(session({ status: 'failed' }).outcome).toEqual({ kind: 'failed', error: undefined })
  })

  test('is over with a complete step, whatever the status is', () => {
    const currentStep = { type: 'complete', instructions: 'Welcome' }
    const outcome = { kind: 'complete', accountName: undefined, loginID: undefined, instructions: 'Welcome' }
    expect(session({ currentStep }).outcome).toEqual(outcome)
    expect(session({ status: 'resting', currentStep }).outcome).toEqual(outcome)
  })

  test('an unknown status goes on by its step', () => {
    const currentStep = { type: 'display_and_wait', stepID: 'qr', display: { type: 'qr', data: 'x' } }
    expect(session({ status: 'resting', currentStep }).outcome).toMatchObject({
      kind: 'going-on',
      step: { type: 'display_and_wait' },
    })
  })

  test('without a step and without an end it is unreadable, not lost', () => {
    expect(session({}).outcome).toEqual({ kind: 'going-on', step: { type: 'unreadable', wireType: '' } })
  })

  test.each([
    ['the account', { account }, '@ada', 'l2'],
    ['its own', { loginID: 'l3' }, undefined, 'l3'],
    [
      'the login',
      { account, login: { bridgeID: 'b', loginID: 'l1', status: 'connected', removeScopes: [] } },
      '@ada',
      'l1',
    ],
  ])('a finished one names the login by %s', (_, more, accountName, loginID) => {
    expect(session({ status: 'complete', ...more }).outcome).toEqual({
      kind: 'complete',
      accountName,
      loginID,
      instructions: '',
    })
  })

  test('a broken session never throws: it is refused by its decoder or read as some outcome', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireSession), (wire) => {
        const decoded = zLoginSession.safeParse(wire)
        if (!decoded.success) return
        readCount += 1
        const { outcome } = sessionFrom(decoded.data)
        expect(['going-on', 'complete', 'failed', 'cancelled']).toContain(outcome.kind)
        expect(structuredClone(outcome)).toEqual(outcome)
        if (outcome.kind === 'going-on') expectStep(outcome.step)
      }),
      { numRuns: 800 },
    )
    // Otherwise the property would say nothing.
    expect(readCount).toBeGreaterThan(100)
  })

  test('a step that is known and broken reaches the app as unreadable through the open decoder', () => {
    expect(session({ currentStep: { type: 'user_input', stepID: 's', fields: 'none' } }).outcome).toEqual({
      kind: 'going-on',
      step: { type: 'unreadable', wireType: 'user_input' },
    })
  })
})

describe('nameOfUser', () => {
  test.each([
    [{ id: 'i', username: 'u', phoneNumber: 'p', email: 'e', fullName: 'f' }, 'f'],
    [{ id: 'i', username: 'u', phoneNumber: 'p', email: 'e', fullName: '' }, 'u'],
    [{ id: 'i', phoneNumber: 'p', email: 'e' }, 'p'],
    [{ id: 'i', email: 'e' }, 'e'],
    [{ id: 'i' }, 'i'],
  ])('of %j is %s', (wire, name) => {
    expect(nameOfUser(wire)).toBe(name)
  })
})
