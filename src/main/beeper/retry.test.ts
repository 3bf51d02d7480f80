import { operations } from '#contract/beeper/gen/operations.gen'
import dns from 'node:dns'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { beeper } from './beeper.ts'
import { call } from './request.ts'
import type { OperationID } from './request.ts'
import { callSafely } from './retry.ts'

const rows = Object.entries(operations) as [OperationID, (typeof operations)[OperationID]][]
const safe = rows.filter(([, row]) => row.retry === 'safe').map(([id]) => id)
const others = rows.filter(([, row]) => row.retry !== 'safe').map(([id]) => id)
const args = {
  path: { bridgeID: 'b', loginSessionID: 's', stepID: 'q', loginID: 'l', accountID: 'a', verificationID: 'v' },
  body: {},
} as never

let server: TestServer
type Fault = Parameters<typeof serve>[0]
async function faulty(fault: Fault): Promise<string> {
  server = await serve(fault)
  return server.origin
}
beforeEach(() => {
  // The shortest of the jittered pauses, which begin at none.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await server.close()
})

const status =
  (code: number): Fault =>
  (answer) => {
    sendJSON(answer, code, { code: 'x', message: 'y' }, { 'retry-after': '0' })
  }
const faults: Readonly<Record<string, { readonly fault: Fault; readonly isPassing: boolean }>> = {
  reset: { fault: (answer) => void answer.socket?.resetAndDestroy(), isPassing: true },
  'cut body': {
    fault: (answer) => {
      answer.writeHead(200, { 'content-length': 99 }).write('{', () => answer.socket?.destroy())
    },
    isPassing: true,
  },
  ...Object.fromEntries(
    [408, 429, 500, 502, 503, 504].map((code) => [String(code), { fault: status(code), isPassing: true }]),
  ),
  ...Object.fromEntries(
    [302, 307, 400, 401, 403, 404, 409, 410, 422].map((code) => [
      String(code),
      { fault: status(code), isPassing: false },
    ]),
  ),
}
const names = Object.keys(faults)

describe.each(names)('RUN-1: under the fault "%s"', (name) => {
  const isShapeRefused = name === '400' || name === '422'
  const { fault, isPassing } = faults[name] ?? { fault: status(500), isPassing: true }

  test(`an operation of the class safe goes out ${isPassing ? 'three times' : 'once'}`, async () => {
    const origin = await faulty(fault)
    await Promise.all(safe.map((id) => callSafely(id, { origin }, args)))
    expect(server.heard).toHaveLength(safe.length * (isPassing ? 3 : 1))
  })

  test('every other operation goes out once', async () => {
    const origin = await faulty(fault)
    await Promise.all(others.map((id) => call(id, { origin }, args)))
    expect(server.heard).toHaveLength(others.length)
  })

  // What the app does for one click, by the names of the port: no way through it repeats a call that may not be repeated.
  test('RUN-1: each call of the port sends its own request once', async () => {
    const origin = await faulty(fault)
    const at = { origin, token: 't' }
    const path = { bridgeID: 'b', loginSessionID: 's' }
    const form = { type: 'user_input', fields: { f: 'v' } } as const
    const verifications = '/v1/app/setup/verifications'
    const clicks: readonly (readonly [string, () => Promise<unknown>, isAskedOtherwise?: boolean])[] = [
      ['/v1/app/setup/email', () => beeper.sendEmail(at, 'r', 'e')],
      ['/v1/app/setup/response', () => beeper.respond(at, 'r', 'c')],
      ['/v1/app/setup/register', () => beeper.register(at, 'r', 'l', 'u')],
      ['/v1/app/setup/verification/recovery-key/reset', () => beeper.createKey(at)],
      ['/v1/app/setup/verification/recovery-key/reset/confirm', () => beeper.confirmKey(at, 'k')],
      ['/v1/app/setup/verification/recovery-key', () => beeper.unlock(at, 'k')],
      [verifications, () => beeper.requestVerification(at), true],
      [`${verifications}/v/accept`, () => beeper.actOnVerification(at, 'v', 'accept')],
      [`${verifications}/v/sas/start`, () => beeper.actOnVerification(at, 'v', 'sas.start')],
      [`${verifications}/v/sas/confirm`, () => beeper.actOnVerification(at, 'v', 'sas.confirm')],
      [`${verifications}/v/qr/confirm-scanned`, () => beeper.actOnVerification(at, 'v', 'qr.confirmScanned')],
      [`${verifications}/v/cancel`, () => beeper.cancelVerification(at, 'v', 'mismatch')],
      [`${verifications}/qr/scan`, () => beeper.scanCode(at, 'MATRIX\u0002'), true],
      ['/v1/bridges/b/login-sessions', () => beeper.createSession(at, 'b', 'f')],
      ['/v1/bridges/b/login-sessions/s/steps/q', () => beeper.submitStep(at, path, 'q', form)],
      ['/v1/bridges/b/login-sessions/s/steps/c', () => beeper.submitStep(at, path, 'c', { ...form, type: 'cookies' })],
      ['/v1/bridges/b/login-sessions/s/steps/w', () => beeper.submitStep(at, path, 'w', { type: 'display_and_wait' })],
    ]
    for (const [url, click, isAskedOtherwise = false] of clicks) {
      await click()
      const bodies = server.heard.filter((one) => one.method === 'POST' && one.url === url).map(({ body }) => body)
      // What was refused for its shape had no effect, and goes out once more in another shape.
      expect(bodies, url).toHaveLength(isAskedOtherwise && isShapeRefused ? 2 : 1)
      expect(new Set(bodies).size, url).toBe(bodies.length)
    }
  })
})

describe('callSafely', () => {
  test.each(others)('refuses %s', async (id) => {
    const origin = await faulty(status(500))
    await expect(callSafely(id, { origin }, args)).rejects.toThrow('must not be repeated')
    expect(server.heard).toEqual([])
  })

  test('stops at the first good answer', async () => {
    let count = 0
    const origin = await faulty((answer) => {
      count += 1
      if (count < 2) sendJSON(answer, 503, {}, { 'retry-after': '0' })
      else sendJSON(answer, 200, setupBody('ready'))
    })
    expect(await callSafely('appSetupRetrieve', { origin }, {})).toMatchObject({ ok: true, value: { state: 'ready' } })
    expect(count).toBe(2)
  })

  test('asks again for a name that is not known, as while a network comes back', async () => {
    const origin = await faulty(status(500))
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
      _: string,
      __: unknown,
      answer: (error: Error) => void,
    ) => {
      process.nextTick(answer, Object.assign(new Error('no'), { code: 'EAI_AGAIN' }))
    }) as typeof dns.lookup)
    expect(await callSafely('getInfo', { origin: 'https://beeper.test' }, {})).toMatchObject({
      problem: { code: 'beeper.host-unknown' },
    })
    expect(lookup).toHaveBeenCalledTimes(3)
    expect(server.origin).toBe(origin)
    expect(server.heard).toEqual([])
  })

  test('answers the last problem', async () => {
    let count = 0
    const origin = await faulty((answer) => {
      count += 1
      sendJSON(answer, count < 3 ? 503 : 500, {}, { 'retry-after': '0' })
    })
    expect(await callSafely('appSetupRetrieve', { origin }, {})).toMatchObject({
      ok: false,
      problem: { code: 'beeper.fault' },
    })
  })

  test('RUN-3: an abort ends a pause that the server asked for', async () => {
    const aborter = new AbortController()
    const origin = await faulty((answer) => {
      sendJSON(answer, 429, {}, { 'retry-after': '60' })
      answer.on('close', () => {
        aborter.abort()
      })
    })
    const result = await callSafely('appSetupRetrieve', { origin, signal: aborter.signal }, {})
    expect(result.ok).toBe(false)
    expect(server.heard).toHaveLength(1)
  })
})
