// Sign-ins at networks as the simulator plays them, over HTTP: every way in which a server may say how they go on.
import { describe, expect, test } from 'vitest'
import { cancelSession, createSession, submitStep } from './sessions.ts'
import { arrived, ready, stepOf, visit } from './testing/session-visit.ts'
import type { Manner, Visit } from './testing/session-visit.ts'

const facebook = (wire?: Manner): Promise<Visit> => visit('local-facebook', 'messenger-lite', wire)
const credentials = { username: 'totp@example.com', password: 'x' }
const whatsapp = (wire?: Manner): Promise<Visit> => visit('local-whatsapp', 'qr', wire)

describe('a failure', () => {
  const refused = { username: 'passkey@example.com', password: 'x' }
  const own = { code: 'connect.refused', retry: 'now', advice: 'other-factor', says: 'Facebook insists on a passkey' }

  test('on the surface "session" is told by the session', async () => {
    const { submit, look } = await facebook({ errorSurface: 'session' })
    const error = { code: 'FI.MAU.META_PASSKEY_MANDATORY', message: own.says }
    expect(await submit(refused)).toMatchObject({ kind: 'answered', session: { outcome: { kind: 'failed', error } } })
    expect(await look()).toMatchObject({ problem: { code: 'connect.gone' } })
  })

  test('R1: on the surface "http" is the refusal, and not the 404 after it', async () => {
    const { submit } = await facebook({ errorSurface: 'http' })
    expect(await submit(refused)).toMatchObject({ kind: 'ended', problem: own })
  })

  test('R1: on the surface "bare" says nothing, and is an end all the same', async () => {
    const { submit } = await facebook({ errorSurface: 'bare' })
    const result = await submit(refused)
    expect(result).toMatchObject({ kind: 'ended', problem: { code: 'connect.refused', retry: 'now' } })
    expect('problem' in result && result.problem?.advice).toBeUndefined()
  })

  test.each(['http', 'session', 'bare'] as const)(
    'before the first step is told on the surface "%s" too',
    async (errorSurface) => {
      const { target } = await ready('laboratory', { errorSurface })
      const result = await createSession(target, 'lab-endings', 'at-once')
      expect(result).toMatchObject(
        errorSurface === 'session'
          ? { value: { outcome: { kind: 'failed', error: { code: 'COM.EXAMPLE.LAB.REFUSED' } } } }
          : { problem: { code: 'connect.refused', retry: 'now' } },
      )
    },
  )

  test.each([
    ['unauthorized', 'The network does not know this password', 'now'],
    ['busy', 'Too many attempts. Wait an hour', 'later'],
  ])('R26: a %s network is not this server', async (flowID, says, retry) => {
    const { submit } = await visit('lab-endings', flowID, { errorSurface: 'http' })
    expect(await submit({ name: 'ada' })).toMatchObject({
      kind: 'ended',
      problem: { code: 'connect.refused', says, retry },
    })
  })

  test.each([
    ['forbidden', { code: 'connect.refused', retry: 'never', advice: 'in-beeper' }],
    ['too-many', { code: 'connect.limit', retry: 'never' }],
  ])('R26: a 403 at the start because the network is "%s" is not this server’s', async (flowID, problem) => {
    const { target, control } = await ready('laboratory', { errorSurface: 'http' })
    expect(await createSession(target, 'lab-endings', flowID)).toMatchObject({ problem })
    expect(await control.counts()).toMatchObject({ createLoginSession: 1, oauth_introspect_token: 1 })
  })

  test('an error without a word is one', async () => {
    const { submit } = await visit('lab-endings', 'wordless', { errorSurface: 'http' })
    expect(await submit({ name: 'ada' })).toMatchObject({
      kind: 'ended',
      problem: { code: 'connect.refused', retry: 'now' },
    })
  })
})

describe('a token', () => {
  test('R26: that no longer counts is told by the look after the refusal, and at the start by a question', async () => {
    const { submit, control, target } = await facebook()
    await control.revoke()
    expect(await submit(credentials)).toMatchObject({ kind: 'unheard', problem: { code: 'beeper.token-refused' } })
    expect(await createSession(target, 'local-whatsapp', 'qr')).toMatchObject({
      problem: { code: 'beeper.token-refused' },
    })
  })

  test('R26: that may only read begins nothing', async () => {
    const { control, target } = await ready('ready')
    const token = await control.token({ source: 'oauth', scopes: ['read'] })
    expect(await createSession({ ...target, token }, 'local-whatsapp', 'qr')).toMatchObject({
      problem: { code: 'beeper.missing-scope' },
    })
  })
})

describe('a step that is over', () => {
  test.each(['strict', 'rich'] as const)('is refused, and what the session holds is adopted (%s)', async (profile) => {
    const { target, path, submit } = await facebook({ profile })
    await submit({ username: 'totp@example.com', password: 'x' })
    const other = await submitStep(target, path, 'never-heard-of', { type: 'user_input', fields: {} })
    expect(other).toMatchObject({
      kind: 'answered',
      session: { outcome: { step: { stepID: 'fi.mau.meta.messengerlite.totp' } } },
      problem: { code: 'connect.not-taken', retry: 'now', says: 'Step ID does not match' },
    })
    const wrongType = await submitStep(target, path, 'fi.mau.meta.messengerlite.totp', { type: 'display_and_wait' })
    expect(wrongType).toMatchObject({ kind: 'answered', problem: { code: 'connect.not-taken' } })
  })

  test('R24: whose answer was lost is found by a look, and the same submit again does nothing twice', async () => {
    const { submit, look, control } = await facebook()
    await control.fault({ operation: 'submitLoginStep', dropAfterEffect: true, times: 1 })
    expect(await submit(credentials)).toMatchObject({ kind: 'unheard', problem: { code: 'beeper.unreachable' } })
    const found = await look()
    expect(found).toMatchObject({ value: { outcome: { step: { stepID: 'fi.mau.meta.messengerlite.totp' } } } })
    expect(await submit(credentials)).toMatchObject({ kind: 'answered' })
  })

  test.each(['cut', 'html', 'empty'] as const)('whose answer is %s is looked for too', async (body) => {
    const { submit, look, control } = await facebook()
    await control.fault({ operation: 'submitLoginStep', body, times: 1 })
    expect(await submit(credentials)).toMatchObject({ kind: 'unheard', problem: { code: 'beeper.unreadable' } })
    expect(await look()).toMatchObject({ value: { outcome: { step: { stepID: 'fi.mau.meta.messengerlite.totp' } } } })
  })

  test('R2: a value that the network did not take brings the same step with other words', async () => {
    const { submit, step } = await facebook()
    const result = await submit({ username: 'ada@example.com', password: 'wrong' })
    expect(result).toMatchObject({
      kind: 'answered',
      session: { outcome: { step: { stepID: 'stepID' in step && step.stepID } } },
    })
    expect(result).not.toHaveProperty('problem')
    expect(JSON.stringify(result)).toContain('Facebook did not accept that sign-in')
  })
})

describe('a waiting step', () => {
  test('R3: answers when the code changes, under the same ID (R4)', async () => {
    const one = await whatsapp()
    const waiting = one.wait()
    await arrived(one)
    await one.control.step(60_000)
    const result = await waiting
    if (result.kind !== 'answered') throw new Error(result.kind)
    const next = stepOf(result.session)
    expect(next).toMatchObject({ stepID: 'fi.mau.whatsapp.login.qr', display: { type: 'qr' } })
    expect(next).not.toEqual(one.step)
  })

  test('R8: that is cancelled answers with the end, and what is left is none', async () => {
    const one = await whatsapp({ errorSurface: 'http' })
    const waiting = one.wait()
    await arrived(one)
    expect(await cancelSession(one.target, one.path)).toEqual({ ok: true, value: undefined })
    expect(await waiting).toMatchObject({ kind: 'ended', problem: { code: 'connect.cancelled', retry: 'now' } })
    expect(await one.look()).toMatchObject({ problem: { code: 'connect.gone' } })
    expect(await cancelSession(one.target, one.path)).toEqual({ ok: true, value: undefined })
  })

  test('R3: that is dropped lives on, and can be waited for again', async () => {
    const one = await whatsapp()
    const dropping = new AbortController()
    const dropped = one.wait(dropping.signal)
    await arrived(one)
    dropping.abort()
    expect(await dropped).toMatchObject({ kind: 'unheard' })
    expect(await one.look()).toMatchObject({ value: { outcome: { kind: 'going-on' } } })
    const again = one.wait()
    await arrived(one, 2)
    await one.control.event(one.path.loginSessionID, 'scan')
    await one.control.step(2_000)
    expect(await again).toMatchObject({
      kind: 'answered',
      session: { outcome: { kind: 'complete', loginID: '14155550123', person: { name: 'Ada Example' } } },
    })
  })

  test('R5: that nobody ever answered ends with the network’s words, whenever that is heard', async () => {
    const one = await whatsapp({ errorSurface: 'http' })
    await one.control.step(31 * 60_000)
    expect(await one.wait()).toMatchObject({
      kind: 'ended',
      problem: { code: 'connect.timed-out', advice: 'phone-at-hand' },
    })
  })
})
