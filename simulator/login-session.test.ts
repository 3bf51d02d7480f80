// Signing in to a network: the long poll, its joins and its ends. The rules cited are those of contract/bridge-flows.yaml.
import { describe, expect, test } from 'vitest'
import { readyBench, sessionOf, until, Visit, type Bench } from './testing.ts'

type Ready = Bench & { readonly token: string }

async function whatsapp(options: { readonly timeScale?: number } = {}): Promise<{ it: Ready; visit: Visit }> {
  const it = await readyBench({ timeScale: 20, ...options })
  const visit = new Visit(it, 'local-whatsapp')
  await visit.start({ flowID: 'qr' })
  return { it, visit }
}

describe('a QR code', () => {
  test('rotates with the clock, keeps its step ID and runs out at last (R3, R4)', async () => {
    const { it, visit } = await whatsapp()
    const { stepID } = visit.step
    const codes = [visit.code]
    for (const seconds of [60, 20, 20, 20, 20]) {
      const wait = visit.go()
      await it.control.step(seconds * 1000)
      await wait
      expect(visit.step.stepID).toBe(stepID)
      codes.push(visit.code)
    }
    expect(new Set(codes).size).toBe(6)
    const last = visit.submit()
    await it.control.step(20_000)
    expect(sessionOf(await last)).toMatchObject({ status: 'failed', error: { code: 'FI.MAU.WHATSAPP.LOGIN_TIMEOUT' } })
    expect((await visit.look()).status).toBe(404)
  })

  test('is read by a phone only while it shows (a stale one is refused)', async () => {
    const { it, visit } = await whatsapp()
    const stale = visit.code
    const wait = visit.go()
    await it.control.step(60_000)
    await wait
    await expect(it.control.scan(stale)).rejects.toMatchObject({ status: 410 })
    const end = visit.go()
    await it.control.scan(visit.code)
    expect(await end).toMatchObject({ status: 'complete', account: { loginID: '14155550123' } })
  })

  test('differs from session to session', async () => {
    const it = await readyBench()
    const visits = [new Visit(it, 'local-whatsapp'), new Visit(it, 'local-whatsapp')]
    for (const visit of visits) await visit.start({ flowID: 'qr' })
    expect(visits[0]?.code).not.toBe(visits[1]?.code)
  })
})

describe('a waiting submit', () => {
  test('is joined by a repeated one, and both hear the same', async () => {
    const { it, visit } = await whatsapp()
    const waits = [visit.submit(), visit.submit()]
    await until(async () => (await it.control.calls('submitLoginStep')).length === 2)
    await it.control.step(60_000)
    const [one, two] = (await Promise.all(waits)).map(sessionOf)
    expect(one).toEqual(two)
  })

  test('answers at once when something happened in between', async () => {
    const { it, visit } = await whatsapp()
    const before = visit.code
    await it.control.step(60_000)
    await visit.go()
    expect(visit.code).not.toBe(before)
  })

  test('may be aborted: the sign-in lives on and can be waited for again', async () => {
    const { it, visit } = await whatsapp()
    const controller = new AbortController()
    const dropped = visit.submit(undefined, controller.signal)
    await until(async () => (await it.control.calls('submitLoginStep')).length === 1)
    controller.abort()
    await expect(dropped).rejects.toThrow()
    expect(sessionOf(await visit.look()).status).toBe('waiting_for_display')
    await it.control.scan(visit.code)
    expect((await visit.go()).status).toBe('complete')
  })

  test('whose answer is lost has had its effect: a look tells it', async () => {
    const { it, visit } = await whatsapp()
    await it.control.fault({ operation: 'submitLoginStep', dropAfterEffect: true, times: 1 })
    const lost = visit.submit()
    lost.catch(() => undefined)
    await it.control.scan(visit.code)
    await expect(lost).rejects.toThrow()
    expect(sessionOf(await visit.look()).status).toBe('complete')
  })

  test('is ended by a cancel with 410, and then the session is gone (R8)', async () => {
    const { it, visit } = await whatsapp()
    const wait = visit.submit()
    await until(async () => (await it.control.calls('submitLoginStep')).length === 1)
    const cancelled = await visit.cancel()
    expect(cancelled.body).toMatchObject({ status: 'cancelled' })
    const ended = await wait
    expect([ended.status, ended.body]).toEqual([
      410,
      expect.objectContaining({ code: 'FI.MAU.BRIDGE.LOGIN_CANCELLED' }),
    ])
    expect((await visit.look()).status).toBe(404)
    expect((await visit.submit()).status).toBe(404)
    expect((await visit.cancel()).status).toBe(404)
  })

  test('that came to its end unheard is not cancelled: there is an account to be found', async () => {
    const { it, visit } = await whatsapp()
    await it.control.scan(visit.code)
    await it.control.step(2_000)
    expect((await visit.cancel()).status).toBe(409)
    expect(sessionOf(await visit.look())).toMatchObject({ status: 'complete', account: { loginID: '14155550123' } })
  })

  test('after a website of whose people one is slow (`takes`) answers no earlier', async () => {
    const it = await readyBench({ timeScale: 0 })
    const visit = new Visit(it, 'local-gmessages')
    await visit.start({ flowID: 'google' })
    const jar = {
      SID: 'g.sleepy',
      HSID: 'g.hsid',
      SSID: 'g.ssid',
      APISID: 'g.api',
      SAPISID: 'g.sapi',
      OSID: 'g.osid.messages',
    }
    const wait = visit.go(jar)
    await until(async () => (await it.control.session('local-gmessages')).isBusy)
    await it.control.step(19_000)
    expect((await it.control.session('local-gmessages')).isBusy).toBe(true)
    await it.control.step(1_000)
    expect(await wait).toMatchObject({ status: 'failed', error: { code: 'FI.MAU.GMESSAGES.PAIR_INIT_TIMEOUT' } })
  })

  test('ends after half an hour where nothing else ends it first (R5)', async () => {
    const it = await readyBench()
    const visit = new Visit(it, 'local-facebook')
    await visit.start({ flowID: 'messenger-lite' })
    await it.control.step(31 * 60_000)
    expect(sessionOf(await visit.submit({}))).toMatchObject({ error: { code: 'FI.MAU.BRIDGE.LOGIN_TIMED_OUT' } })
  })
})

describe('a form', () => {
  const field = 'fi.mau.telegram.login.phone_number'
  const telegram = async (): Promise<{ it: Ready; visit: Visit }> => {
    const it = await readyBench()
    const visit = new Visit(it, 'local-telegram')
    await visit.start({ flowID: 'phone' })
    return { it, visit }
  }

  test('comes back under the same or another step ID when the value is wrong (R2)', async () => {
    const { visit } = await telegram()
    await visit.go({ [field]: '+14155550123' })
    await visit.go({ 'fi.mau.telegram.login.code': '54321' })
    expect(visit.step).toMatchObject({
      stepID: 'fi.mau.telegram.login.code.incorrect',
      instructions: 'That code is wrong',
    })
    await visit.go({ 'fi.mau.telegram.login.code': '22222' })
    expect(visit.step.stepID).toBe('fi.mau.telegram.login.password')
    expect(await visit.go({ 'fi.mau.telegram.login.password': 'hunter2' })).toMatchObject({ status: 'complete' })
  })

  test('sent again after it led on is told the present state and does nothing twice', async () => {
    const { it, visit } = await telegram()
    const first = { ...visit.step }
    await visit.go({ [field]: '+14155550123' })
    const path = `${visit.path}/steps/${first.stepID ?? ''}`
    const again = await it.call('POST', path, {
      token: it.token,
      body: { type: 'user_input', fields: { [field]: '+1' } },
    })
    expect(sessionOf(again).currentStep).toEqual(visit.step)
  })

  test('of another step or type is refused and ends nothing', async () => {
    const { it, visit } = await telegram()
    const send = (stepID: string, type: string): Promise<number> =>
      it
        .call('POST', `${visit.path}/steps/${stepID}`, { token: it.token, body: { type, fields: {} } })
        .then(({ status }) => status)
    expect(await send('elsewhere', 'user_input')).toBe(409)
    expect(await send(field, 'display_and_wait')).toBe(409)
    expect(await send(field, 'no such type')).toBe(400)
    await it.control.wire({ profile: 'rich' })
    expect(await send('elsewhere', 'user_input')).toBe(500)
    expect(sessionOf(await visit.look()).status).toBe('waiting_for_input')
  })
})

describe.each([
  ['session', 200],
  ['http', 400],
  ['bare', 500],
] as const)('a refusal of the network on the surface %s', (errorSurface, status) => {
  test('ends the session for good (R1)', async () => {
    const { it, visit } = await whatsapp()
    await it.control.wire({ errorSurface })
    await it.control.scan(visit.code, 'pair_error')
    await it.control.reset()
    const again = new Visit({ ...it, token: await it.control.token() }, 'local-whatsapp')
    await it.control.wire({ errorSurface })
    await again.start({ flowID: 'phone' })
    const reply = await again.submit({ phone_number: '12' })
    expect(reply.status).toBe(status)
    expect((await again.look()).status).toBe(404)
  })
})

describe('a session is not started', () => {
  test.each([
    [{ flowID: 'nope' }, 404],
    [{ loginID: 'nobody' }, 404],
    [{ loginID: '14155550123', accountID: 'local-whatsapp_ba_ada' }, 400],
  ])('for %j', async (body, status) => {
    const it = await readyBench()
    const reply = await it.call('POST', '/v1/bridges/local-whatsapp/login-sessions', { token: it.token, body })
    expect(reply.status).toBe(status)
  })

  test('by the bridge itself, when that is switched off or full; it speaks in the shape of the error surface', async () => {
    const it = await readyBench()
    await it.control.bridge({ bridgeID: 'local-signal', status: 'disabled' })
    for (const person of ['ada', 'bob', 'bot']) await it.control.connect('local-telegram', person)
    const open = async (bridgeID: string, body: object = {}): Promise<unknown[]> => {
      const reply = await new Visit(it, bridgeID).open(body)
      return [reply.status, reply.body]
    }
    const failed = (code: string): object => ({ status: 'failed', error: { code } })
    const tooMany = 'FI.MAU.BRIDGE.TOO_MANY_LOGINS'
    expect(await open('local-signal')).toMatchObject([200, failed('M_FORBIDDEN')])
    expect(await open('local-telegram')).toMatchObject([200, failed(tooMany)])
    await it.control.wire({ errorSurface: 'http' })
    expect(await open('local-signal')).toMatchObject([403, { code: 'M_FORBIDDEN' }])
    expect(await open('local-telegram')).toMatchObject([403, { code: tooMany }])
    await it.control.wire({ errorSurface: 'bare' })
    expect(await open('local-signal')).toMatchObject([500, { code: 'M_UNKNOWN' }])
    // Who is renewed takes no further place.
    expect(await open('local-telegram', { loginID: '777000111' })).toMatchObject([200, { loginID: '777000111' }])
  })

  test('on an unknown bridge or under another one', async () => {
    const { it, visit } = await whatsapp()
    const { loginSessionID } = visit.session
    const get = async (path: string): Promise<number> => (await it.call('GET', path, { token: it.token })).status
    expect(await get('/v1/bridges/nowhere')).toBe(404)
    expect(await get(`/v1/bridges/local-signal/login-sessions/${loginSessionID}`)).toBe(404)
  })
})
