import { describe, expect, test } from 'vitest'
import { sendJSON } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { call } from './request.ts'

describe('statuses', () => {
  test.each([
    [400, 'beeper.rejected', 'never'],
    [401, 'beeper.token-refused', 'never'],
    [403, 'beeper.missing-scope', 'never'],
    [404, 'beeper.not-found', 'never'],
    [408, 'beeper.timeout', 'now'],
    [409, 'beeper.conflict', 'never'],
    [410, 'beeper.not-found', 'never'],
    [418, 'beeper.rejected', 'never'],
    [422, 'beeper.rejected', 'never'],
    [429, 'beeper.rate-limited', 'later'],
    [500, 'beeper.fault', 'later'],
    [501, 'beeper.fault', 'later'],
    [502, 'beeper.upstream', 'later'],
    [503, 'beeper.upstream', 'later'],
    [504, 'beeper.upstream', 'later'],
    [599, 'beeper.fault', 'later'],
    [304, 'beeper.not-beeper', 'never'],
    [300, 'beeper.not-beeper', 'never'],
  ] as const)('%d is %s, to be tried again %s', async (status, code, retry) => {
    const server = await started((answer) => {
      sendJSON(answer, status, { code: 'some_code', message: 'Some words.' })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    const hasBody = status !== 304
    expect(result).toEqual({
      ok: false,
      problem: { code, retry, detail: `appSetupRetrieve ${String(status)}`, ...(hasBody && { says: 'Some words.' }) },
      refusal: { status, code: hasBody ? 'some_code' : '', message: hasBody ? 'Some words.' : '' },
    })
  })

  test.each([
    ['HTML', '<html><body>502</body></html>', ''],
    ['nothing', '', ''],
    ['cut JSON', '{"code":"x","mess', ''],
    ['another shape', '{"error":"old","code":"x"}', ''],
    ['a huge text', JSON.stringify({ code: 'x', message: 'm'.repeat(100_000) }), 'm'.repeat(600)],
    ['null', 'null', ''],
    ['details of any kind', '{"code":"x","message":"m","details":{"issues":7}}', 'm'],
  ])('never fails while reading an error: %s', async (_, text, says) => {
    const server = await started((answer) => answer.writeHead(422).end(text))
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    expect(result.ok).toBe(false)
    if (!result.ok) expect([result.problem.code, result.problem.says ?? '']).toEqual(['beeper.rejected', says])
  })

  test.each([
    ['0', 0],
    ['7', 7_000],
    ['60', 60_000],
    ['86400', 60_000],
    ['99999999999999999999', 60_000],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 60_000],
  ])('Retry-After "%s" is %s ms', async (header, waitMs) => {
    const server = await started((answer) => {
      sendJSON(answer, 429, {}, { 'retry-after': header })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    expect(result.ok ? 'ok' : result.problem.waitMs).toBe(waitMs)
  })

  test('Retry-After as a date counts from now', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 503, {}, { 'retry-after': new Date(Date.now() + 20_000).toUTCString() })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    const waitMs = result.ok ? 0 : (result.problem.waitMs ?? 0)
    expect(waitMs).toBeGreaterThan(15_000)
    expect(waitMs).toBeLessThanOrEqual(20_000)
  })
})
