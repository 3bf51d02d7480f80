// The other side's hands: faults, records, and what the demo phone reads.
import { describe, expect, test } from 'vitest'
import {
  zAccountStatusKnown,
  zBridge,
  zBridgeList,
  zBridgeProviderKnown,
  zBridgeStatusKnown,
} from '#contract/beeper/gen/zod.gen'
import { ControlError } from './control-client.ts'
import { bench, readyBench, until, Visit } from './testing.ts'

describe('a fault', () => {
  test('with a status refuses so many times, and says when to come back', async () => {
    const it = await readyBench()
    await it.control.fault({ operation: 'getAccounts', status: 429, retryAfterSeconds: 3, times: 2 })
    const get = () => it.call('GET', '/v1/accounts', { token: it.token })
    const first = await get()
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '3'])
    expect((await get()).status).toBe(429)
    expect((await get()).status).toBe(200)
  })

  test('holds until it is released', async () => {
    const it = await readyBench()
    await it.control.fault({ operation: 'getAccounts', hold: true })
    let answered = false
    const held = it.call('GET', '/v1/accounts', { token: it.token }).then((reply) => {
      answered = true
      return reply
    })
    await until(() => it.simulator.world.traffic.heldCount('getAccounts') === 1)
    expect(answered).toBe(false)
    await it.control.release('getAccounts')
    expect((await held).status).toBe(200)
  })

  test('delays by the clock of the world', async () => {
    const it = await readyBench({ timeScale: 0 })
    await it.control.fault({ operation: 'getInfo', delayMs: 5_000, times: 1 })
    const slow = it.call('GET', '/v1/info')
    await until(async () => (await it.control.calls('getInfo')).length === 1)
    await it.control.step(5_000)
    expect((await slow).status).toBe(200)
  })

  test('cuts the line before or after the effect', async () => {
    const it = await bench({ scenario: 'new-account' })
    const start = () => it.call('POST', '/v1/app/setup/start')
    await it.control.fault({ operation: 'appSetupEmail', dropBeforeEffect: true, times: 1 })
    await it.control.fault({ operation: 'appSetupEmail', dropAfterEffect: true, times: 1 })
    const { setupRequestID } = (await start()).body as { setupRequestID: string }
    const mail = () => it.call('POST', '/v1/app/setup/email', { body: { setupRequestID, email: 'x@example.com' } })
    await expect(mail()).rejects.toThrow()
    await expect(it.control.newestCode('x@example.com')).rejects.toBeInstanceOf(ControlError)
    await expect(mail()).rejects.toThrow()
    expect(await it.control.newestCode('x@example.com')).toMatch(/^\d{6}$/)
    expect((await it.control.calls('appSetupEmail')).map(({ status }) => status)).toEqual([0, 0])
  })

  test.each([
    ['cut', /[^}]$/],
    ['empty', /^$/],
    ['html', /^<!doctype html>/],
  ] as const)('spoils the body: %s', async (body, shape) => {
    const { control, simulator } = await bench()
    await control.fault({ operation: 'getInfo', body, times: 1 })
    expect(await (await fetch(`${simulator.origin}/v1/info`)).text()).toMatch(shape)
  })
})

test('a fault may change members of an answer after it was checked, for good or so many times', async () => {
  const it = await readyBench()
  const edits = [
    { path: ['items', 0, 'accounts'], value: 'none' },
    { path: ['items', 1, 'displayName'] },
    { path: ['items', 900, 'displayName'], value: 'Nobody is there' },
  ]
  await it.control.fault({ operation: 'listBridges', edits, times: 1 })
  const list = async (): Promise<unknown[]> => {
    const { body } = await it.call('GET', '/v1/bridges', { token: it.token })
    return (body as { items: unknown[] }).items
  }
  const [first, second, ...others] = await list()
  expect(first).toMatchObject({ id: 'local-whatsapp', accounts: 'none' })
  expect(second).not.toHaveProperty('displayName')
  expect(others).toEqual((await list()).slice(2))
})

test('submits under way are counted from the door to the answer, and those whose client has gone are not', async () => {
  const it = await readyBench({ timeScale: 0 })
  const visit = new Visit(it, 'local-telegram')
  await visit.start({ flowID: 'qr' })
  const { loginSessionID } = visit.session
  const counts = async (): Promise<unknown> => {
    const { inFlight, maxInFlight, node } = await it.control.session('local-telegram')
    return { inFlight, maxInFlight, node }
  }
  expect(await counts()).toEqual({ inFlight: 0, maxInFlight: 0, node: 'qr' })
  const gone = new AbortController()
  const dropped = expect(visit.submit(undefined, gone.signal)).rejects.toThrow()
  await until(async () => (await it.control.session('local-telegram')).inFlight === 1)
  gone.abort()
  await dropped
  await until(async () => (await it.control.session('local-telegram')).inFlight === 0)
  expect(await counts()).toMatchObject({ maxInFlight: 1 })
  await it.control.fault({ operation: 'submitLoginStep', hold: true })
  const held = [visit.submit(), visit.submit()]
  await until(async () => (await it.control.session('local-telegram')).inFlight === 2)
  await it.control.event(loginSessionID, 'scan_with_password')
  await it.control.release('submitLoginStep')
  for (const reply of await Promise.all(held)) expect(reply.status).toBe(200)
  expect(await counts()).toEqual({ inFlight: 0, maxInFlight: 2, node: 'password' })
  await visit.cancel()
  expect((await it.control.snapshot()).submits).toEqual([{ loginSessionID, now: 0, most: 2, total: 3 }])
})

test('the next account of a network can be made to fall off again, once', async () => {
  const it = await readyBench({ scenario: 'signed-in-elsewhere', timeScale: 0 })
  await it.control.fall({ bridgeID: 'local-signal', afterMs: 2_000, status: 'reconnect_required', text: 'Signed out' })
  await expect(it.control.fall({ bridgeID: 'slackgo', afterMs: 0, code: 'no-such' })).rejects.toMatchObject({
    status: 404,
  })
  const connect = async (event: string): Promise<void> => {
    const visit = new Visit(it, 'local-signal')
    await visit.start({})
    await it.control.scan(visit.code, event)
  }
  const accounts = async (): Promise<unknown[]> =>
    (await it.control.accounts()).map(({ status, statusText }) => [status, statusText])
  await connect('scan')
  await it.control.step(1_900)
  expect(await accounts()).toEqual([['backfilling', undefined]])
  await connect('scan_other')
  await it.control.step(10_000)
  expect(await accounts()).toEqual([
    ['reconnect_required', 'Signed out'],
    ['connected', undefined],
  ])
})

test('calls are recorded as the contract writes them, without what was in them', async () => {
  const it = await readyBench()
  const visit = new Visit(it, 'local-whatsapp')
  await visit.start({ flowID: 'phone' })
  await visit.go({ phone_number: '+14155550123' })
  const calls = await it.control.calls('submitLoginStep')
  expect(calls).toEqual([
    expect.objectContaining({
      method: 'POST',
      path: '/v1/bridges/{bridgeID}/login-sessions/{loginSessionID}/steps/{stepID}',
      status: 200,
    }),
  ])
  const text = JSON.stringify((await it.control.snapshot()).calls)
  for (const secret of ['4155550123', visit.session.loginSessionID, it.token]) expect(text).not.toContain(secret)
})

test('log lines hold no secret', async () => {
  const lines: string[] = []
  const it = await bench({ log: (line) => lines.push(line) })
  const { setupRequestID } = (await it.call('POST', '/v1/app/setup/start')).body as { setupRequestID: string }
  await it.call('POST', '/v1/app/setup/email', { body: { setupRequestID, email: 'x@example.com' } })
  const code = await it.control.newestCode('x@example.com')
  await it.call('POST', '/v1/app/setup/response', { body: { setupRequestID, response: code } })
  expect(lines).toEqual([
    'POST /v1/app/setup/start 200',
    'POST /v1/app/setup/email 204',
    'POST /v1/app/setup/response 200',
  ])
})

test('the path of the control API is a secret of its own, and differs each time', async () => {
  const [one, two] = [await bench(), await bench()]
  const key = new URL(one.simulator.controlURL).pathname
  expect(key).toMatch(/^\/_sim\/[0-9a-f]{32}\/api$/)
  expect((await fetch(`${two.simulator.origin}${key}/snapshot`)).status).toBe(404)
})

test('what the world does not allow is said as a refusal', async () => {
  const { control } = await readyBench()
  await expect(control.event('nobody', 'scan')).rejects.toMatchObject({ status: 404 })
  await expect(control.account({ accountID: 'nobody' })).rejects.toMatchObject({ status: 404 })
  await expect(control.reset('no-such' as 'ready')).rejects.toMatchObject({ status: 400 })
  await expect(control.signIn('nobody@example.com')).rejects.toMatchObject({ status: 404 })
  await expect(control.connect('local-whatsapp', 'nobody')).rejects.toMatchObject({ status: 404 })
})

test('a reset ends what was waiting and starts over at the same address', async () => {
  const it = await readyBench()
  const visit = new Visit(it, 'local-signal')
  await visit.start({})
  const wait = visit.submit()
  await until(async () => (await it.control.calls('submitLoginStep')).length === 1)
  await it.control.reset('new-account')
  expect((await wait).status).toBe(410)
  expect((await it.call('GET', '/v1/app/setup')).body).toMatchObject({ state: 'needs-login' })
  expect((await it.call('GET', '/v1/accounts', { token: it.token })).status).toBe(401)
})

test('a token may be given an end', async () => {
  const it = await readyBench()
  const token = await it.control.token({ source: 'account', expiresInMs: 60_000 })
  const get = async (): Promise<number> => (await it.call('GET', '/v1/accounts', { token })).status
  expect(await get()).toBe(200)
  await it.control.step(61_000)
  expect(await get()).toBe(401)
})

test('the phone knows what a person would type into a form', async () => {
  const it = await readyBench()
  const visit = new Visit(it, 'slackgo')
  await visit.start({ flowID: 'email' })
  expect((await it.control.session('slackgo')).hint).toBeUndefined()
  await visit.go({ email: 'ada@example.com' })
  const { hint } = await it.control.session('slackgo')
  expect(hint).toEqual({ label: 'Confirmation code', value: 'ABC123' })
  await visit.go({ code: hint?.value ?? '' })
  expect(visit.step.stepID).toBe('fi.mau.slack.login.select_workspace')
})

test('the catalogue has a bridge in every status, an account in every state, and one of a broken shape at the end', async () => {
  const it = await readyBench({ scenario: 'catalogue' })
  const { body } = await it.call('GET', '/v1/bridges', { token: it.token })
  const { items } = body as { items: unknown[] }
  expect(zBridgeList.safeParse(body).success).toBe(false)
  const good = items.slice(0, -1).map((item) => zBridge.parse(item))
  expect(new Set(good.map(({ status }) => status))).toEqual(new Set([...zBridgeStatusKnown.options, 'hibernating']))
  expect(new Set(good.map(({ provider }) => provider))).toEqual(new Set([...zBridgeProviderKnown.options, 'satellite']))
  const states = good.flatMap(({ accounts }) => accounts.map(({ status }) => status))
  expect(new Set(states)).toEqual(new Set([...zAccountStatusKnown.options, 'daydreaming']))
  expect(good.find(({ id }) => id === 'local-telegram')).toMatchObject({
    status: 'limit_reached',
    statusText: expect.stringMatching(/./) as string,
  })
  // One by one even the last can be read.
  const last = await it.call('GET', '/v1/bridges/lab-broken', { token: it.token })
  expect(zBridge.parse(last.body)).toMatchObject({ displayName: 'Broken' })
})

test('the reconnect scenario and a bridge that is down', async () => {
  const it = await readyBench({ scenario: 'reconnect' })
  const statuses = (await it.control.accounts()).map(({ status }) => status)
  expect(statuses).toEqual(['reconnect_required', 'attention_required', 'connecting', 'connected'])
  await it.control.bridge({ bridgeID: 'local-signal', status: 'temporarily_unavailable', text: 'Back soon' })
  const bridge = await it.call('GET', '/v1/bridges/local-signal', { token: it.token })
  expect(bridge.body).toMatchObject({ status: 'temporarily_unavailable', statusText: 'Back soon' })
})
