import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken, wireSession } from '../../main/testing/wire-samples.ts'
import { zLoginSession } from './gen/zod.gen.ts'
import { personOf, sessionFrom, zSession } from './login.ts'

const session = (more: object): ReturnType<typeof sessionFrom> =>
  sessionFrom(zSession.parse({ bridgeID: 'b', loginSessionID: 's', status: 'waiting_for_input', ...more }))
const user = { id: '@ada' }
const account = {
  accountID: 'a',
  bridge: { id: 'b', type: 't', provider: 'local' },
  status: 'connected',
  user,
  loginID: 'l2',
}
const login = { bridgeID: 'b', loginID: 'l1', status: 'connected', removeScopes: [] }
const ada = { name: '@ada', detail: '', imageURL: undefined }

describe('sessionFrom', () => {
  test('is over when the status says so, whatever step is still there', () => {
    const currentStep = { type: 'user_input', stepID: 's', fields: [] }
    expect(session({ status: 'cancelled', currentStep }).outcome).toEqual({ kind: 'cancelled' })
    const error = { code: 'x', message: 'no' }
    expect(session({ status: 'failed', currentStep, error }).outcome).toEqual({ kind: 'failed', error })
    expect(session({ status: 'failed' }).outcome).toEqual({ kind: 'failed', error: undefined })
  })

  test('R25: is over with a complete step, whatever the status is, and may tell nothing but a text', () => {
    const currentStep = { type: 'complete', instructions: 'Welcome' }
    const outcome = {
      kind: 'complete',
      person: undefined,
      loginID: undefined,
      accountIDs: [],
      instructions: 'Welcome',
    }
    expect(session({ currentStep }).outcome).toEqual(outcome)
    expect(session({ status: 'resting', currentStep }).outcome).toEqual(outcome)
    expect(session({ status: 'complete', currentStep }).outcome).toEqual(outcome)
    expect(session({ status: 'complete' }).outcome).toEqual({ ...outcome, instructions: '' })
  })

  test('an unknown status goes on by its step', () => {
    const currentStep = { type: 'display_and_wait', stepID: 'qr', display: { type: 'qr', data: 'x' } }
    expect(session({ status: 'resting', currentStep }).outcome).toMatchObject({
      kind: 'going-on',
      step: { type: 'display_and_wait' },
    })
  })

  test.each<[object]>([[{}], [{ currentStep: null }]])(
    'without a step and without an end it is unreadable: %j',
    (more) => {
      expect(session(more).outcome).toEqual({ kind: 'going-on', step: { type: 'unreadable', wireType: '' } })
    },
  )

  test.each([
    ['the account', { account }, ada, 'l2', ['a']],
    ['its own', { loginID: 'l3' }, undefined, 'l3', []],
    ['the login', { account, login }, ada, 'l1', ['a']],
    ['a login alone', { login }, undefined, 'l1', []],
    ['a login with its owner', { login: { ...login, user } }, ada, 'l1', []],
    ['a login of several accounts', { login: { ...login, accountIDs: ['a', 'b'] }, account }, ada, 'l1', ['a', 'b']],
    ['a login that does not say which', { login: { ...login, accountIDs: [] }, account }, ada, 'l1', ['a']],
  ])('a finished one names the login by %s', (_, more, person, loginID, accountIDs) => {
    expect(session({ status: 'complete', ...more }).outcome).toEqual({
      kind: 'complete',
      person,
      loginID,
      accountIDs,
      instructions: '',
    })
  })

  test('a broken session never throws: it is refused by its decoder or read as some outcome', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireSession), (wire) => {
        const decoded = zSession.safeParse(wire)
        if (!decoded.success) return
        readCount += 1
        const { outcome } = sessionFrom(decoded.data)
        expect(['going-on', 'complete', 'failed', 'cancelled']).toContain(outcome.kind)
        expect(structuredClone(outcome)).toEqual(outcome)
      }),
      { numRuns: 400 },
    )
    // Otherwise the property would say nothing.
    expect(readCount).toBeGreaterThan(100)
  })

  test('whatever the contract takes is read', () => {
    fc.assert(
      fc.property(wireSession, (wire) => {
        expect(sessionFrom(zSession.parse(wire))).toEqual(sessionFrom(zLoginSession.parse(wire)))
      }),
      { numRuns: 100 },
    )
  })

  test('a step that is known and broken reaches the app as unreadable through the open decoder', () => {
    expect(session({ currentStep: { type: 'user_input', stepID: 's', fields: 'none' } }).outcome).toEqual({
      kind: 'going-on',
      step: { type: 'unreadable', wireType: 'user_input' },
    })
    for (const currentStep of [7, 'user_input', [], {}, { type: null }])
      expect(session({ currentStep }).outcome, JSON.stringify(currentStep)).toEqual({
        kind: 'going-on',
        step: { type: 'unreadable', wireType: '' },
      })
  })

  test.each<[string, object]>([
    ['account', { account: { ...account, user: undefined } }],
    ['account', { account: 'a' }],
    ['account and login', { account: null, login: { loginID: 7 } }],
    ['account ID', { accountID: 7, loginID: null }],
  ])('somebody who is connected is not told otherwise because of a broken %s', (_, more) => {
    expect(session({ status: 'complete', ...more }).outcome).toMatchObject({ kind: 'complete', person: undefined })
  })

  test.each<[unknown, object | undefined]>([
    [
      { code: 'X', message: 'No.' },
      { code: 'X', message: 'No.' },
    ],
    [{ code: 'X' }, { code: 'X', message: '' }],
    [{ message: 'No.' }, { code: '', message: 'No.' }],
    [
      { code: 7, message: 'No.', details: 'x' },
      { code: '', message: 'No.' },
    ],
    [{}, { code: '', message: '' }],
    ['No.', undefined],
    [null, undefined],
    [[], undefined],
  ])('of an error %j is kept what can be read', (error, expected) => {
    expect(session({ status: 'failed', error }).outcome).toEqual({ kind: 'failed', error: expected })
  })

  test('WIN-6: the words of an error are cut', () => {
    const { outcome } = session({
      status: 'failed',
      error: { code: 'x'.repeat(9_000), message: `\0${'y'.repeat(100_000)}` },
    })
    if (outcome.kind !== 'failed') throw new Error('no failure')
    expect([outcome.error?.code.length, outcome.error?.message.length]).toEqual([200, 2_000])
    expect(outcome.error?.message).not.toContain('\0')
  })
})

describe('personOf', () => {
  const everything = { id: 'i', username: 'u', phoneNumber: 'p', email: 'e', fullName: 'f' }

  test.each([
    [everything, 'f', 'p'],
    [{ ...everything, fullName: '' }, 'u', 'p'],
    [{ ...everything, fullName: '  ' }, 'u', 'p'],
    [{ id: 'i', username: 'u' }, 'u', ''],
    [{ id: 'i', phoneNumber: 'p', email: 'e' }, 'p', 'e'],
    [{ id: 'i', fullName: 'f', username: 'u' }, 'f', 'u'],
    [{ id: 'i', fullName: '+1', phoneNumber: '+1', email: 'e' }, '+1', 'e'],
    [{ id: 'i', email: 'e' }, 'e', ''],
    [{ id: 'i', fullName: 'f', phoneNumber: ' ', email: '' }, 'f', ''],
    [{ id: 'i' }, 'i', ''],
  ])('of %j is %s, and beside it "%s"', (wire, name, detail) => {
    expect(personOf(wire)).toEqual({ name, detail, imageURL: undefined })
  })

  test('has the picture that the server names', () => {
    const pictureOf = (imgURL: string) => personOf({ id: 'i', imgURL }).imageURL
    expect(pictureOf('https://a.test/a.png')).toBe('https://a.test/a.png')
    expect(pictureOf('')).toBeUndefined()
    expect(pictureOf(`data:image/png;base64,${'A'.repeat(4_000)}`)).toBeUndefined()
  })

  test('WIN-6: has names that are cut', () => {
    const { name, detail } = personOf({ id: 'i', fullName: 'x'.repeat(100_000), phoneNumber: `1\0${'2'.repeat(900)}` })
    expect([name.length, detail.length]).toEqual([200, 200])
    expect(detail).not.toContain('\0')
  })
})
