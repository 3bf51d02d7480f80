import { afterEach, describe, expect, test, vi } from 'vitest'
import { sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { cancelSession, createSession, readSession, submitStep } from './sessions.ts'

const path = { bridgeID: 'b', loginSessionID: 's' }
const currentStep = { type: 'display_and_wait', stepID: 'qr', display: { type: 'qr', data: 'x' } }
const session = { ...path, status: 'waiting_for_display', currentStep }
const form = { type: 'user_input', fields: {} } as const
const wait = { type: 'display_and_wait' } as const

type Reply = readonly [number, unknown]
/** What the server says of a token: RFC 7662. */
const counts: Reply = [200, { active: true, scope: 'read write' }]

let server: TestServer
/** Answers a POST or DELETE, a GET, and a question for the token as told. */
async function answering(
  post: Reply,
  get: Reply = [200, session],
  introspect: Reply = counts,
): Promise<{ origin: string; token: string }> {
  server = await serve((answer, { method, url }) => {
    const [status, body] = url === '/oauth/introspect' ? introspect : method === 'GET' ? get : post
    sendJSON(answer, status, body, { 'retry-after': '0' })
  })
  return { origin: server.origin, token: 't' }
}
afterEach(async () => {
  vi.restoreAllMocks()
  await server.close()
})
const error = (code: string, message = 'Words.'): object => ({ code, message })
const requests = (): string[] => server.heard.map(({ method, url }) => `${method} ${url}`)
const sessionPath = '/v1/bridges/b/login-sessions/s'

describe('createSession', () => {
  test('begins with the flow, or lets the server choose', async () => {
    expect(await createSession(await answering([200, session]), 'b', 'qr')).toMatchObject({
      ok: true,
      value: { loginSessionID: 's', outcome: { kind: 'going-on' } },
    })
    expect(server.heard[0]?.body).toBe('{"flowID":"qr"}')
    await server.close()
    await createSession(await answering([200, session]), 'b', undefined)
    expect(server.heard[0]?.body).toBe('{}')
  })

  test.each([
    [400, 'FI.MAU.LOGIN_TIMED_OUT', 'connect.timed-out', 'now'],
    [400, 'LOGIN_CANCELLED', 'connect.cancelled', 'now'],
    [429, 'com.example.TOO_MANY_LOGINS', 'connect.limit', 'never'],
    [403, 'FI.MAU.BRIDGE.TOO_MANY_LOGINS', 'connect.limit', 'never'],
    [500, 'anything', 'connect.refused', 'now'],
    [500, 'M_UNKNOWN', 'connect.refused', 'now'],
    [403, 'M_FORBIDDEN', 'connect.refused', 'never'],
    [403, 'COM.EXAMPLE.BANNED', 'connect.refused', 'now'],
    [401, 'COM.EXAMPLE.UNAUTHORIZED', 'connect.refused', 'now'],
    [429, 'anything', 'connect.refused', 'later'],
    [404, 'M_NOT_FOUND', 'connect.refused', 'now'],
    [502, 'anything', 'beeper.upstream', 'later'],
    [503, 'LOGIN_TIMED_OUT', 'connect.timed-out', 'now'],
  ])('a %d "%s" is %s (%s), with the words of the network', async (status, code, meant, retry) => {
    const result = await createSession(await answering([status, error(code)]), 'b', 'qr')
    expect(result).toMatchObject({ ok: false, problem: { code: meant, retry, says: 'Words.' } })
    expect(result).toMatchObject({ problem: { detail: `createLoginSession ${String(status)} ${code}` } })
  })

  test('R26: a 429 without a code says to wait, and for how long', async () => {
    expect(await createSession(await answering([429, 'no JSON']), 'b', 'qr')).toMatchObject({
      problem: { code: 'connect.refused', retry: 'later', advice: 'wait', waitMs: 0 },
    })
  })

  test.each<[string, Reply, string, string]>([
    ['counts', counts, 'connect.refused', 'now'],
    ['may only read', [200, { active: true, scope: 'read' }], 'beeper.missing-scope', 'never'],
    ['no longer counts', [200, { active: false }], 'beeper.token-refused', 'never'],
    ['cannot be asked about', [503, {}], 'connect.refused', 'now'],
  ])('R26: a 401 or 403 is ours only if the token %s', async (_, introspect, code, retry) => {
    for (const status of [401, 403]) {
      const target = await answering([status, error('COM.EXAMPLE.NO')], [503, {}], introspect)
      expect(await createSession(target, 'b', 'qr')).toMatchObject({ problem: { code, retry, says: 'Words.' } })
      expect(requests().filter((one) => one === 'POST /v1/bridges/b/login-sessions')).toHaveLength(1)
      await server.close()
    }
  })

  test('R26: a server without introspection is asked for something to read', async () => {
    for (const [get, code] of [[[401, {}], 'beeper.token-refused'], [[200, { state: 'x' }], 'connect.refused']] as const) {
      const target = await answering([401, error('x')], get, [404, {}])
      expect(await createSession(target, 'b', 'qr')).toMatchObject({ problem: { code } })
      expect(requests()).toContain('GET /v1/app/setup')
      await server.close()
    }
  }) // prettier-ignore

  test('nobody is asked about a token where there is none', async () => {
    const { origin } = await answering([401, error('x')])
    expect(await createSession({ origin }, 'b', 'qr')).toMatchObject({ problem: { code: 'connect.refused' } })
    expect(requests()).toHaveLength(1)
  })
})

describe('submitStep', () => {
  test('sends the fields of a form, and nothing but the type for a waiting step', async () => {
    await submitStep(await answering([200, session]), path, 'form', { type: 'user_input', fields: { phone: '1' } })
    expect(server.heard[0]?.body).toBe('{"type":"user_input","fields":{"phone":"1"}}')
    await server.close()
    expect(await submitStep(await answering([200, session]), path, 'qr', wait)).toMatchObject({ kind: 'answered' })
    expect(server.heard[0]?.body).toBe('{"type":"display_and_wait"}')
  })

  test('says that no window of ours collected the values of a website', async () => {
    const fields = { 'a.b': 'x' }
    await submitStep(await answering([200, session]), path, 'site', { type: 'cookies', fields })
    expect(server.heard[0]?.body).toBe('{"type":"cookies","fields":{"a.b":"x"},"source":"api"}')
  })

  test('after a refusal reads what the session holds', async () => {
    const result = await submitStep(await answering([409, error('x')]), path, 'form', form)
    expect(result).toMatchObject({ kind: 'answered', session: { outcome: { kind: 'going-on' } } })
    expect(requests()).toEqual([`POST ${sessionPath}/steps/form`, `GET ${sessionPath}`])
  })

  test.each([
    [400, 'COM.EXAMPLE.NO', 'connect.not-taken', 'now'],
    [401, 'COM.EXAMPLE.NO', 'connect.not-taken', 'now'],
    [403, 'M_FORBIDDEN', 'connect.not-taken', 'now'],
    [404, 'M_UNRECOGNIZED', 'connect.not-taken', 'now'],
    [404, 'M_NOT_FOUND', 'connect.not-taken', 'now'],
    [409, 'M_BAD_STATE', 'connect.not-taken', 'now'],
    [410, 'FI.MAU.BRIDGE.LOGIN_TIMED_OUT', 'connect.not-taken', 'now'],
    [422, '', 'connect.not-taken', 'now'],
    [429, 'COM.EXAMPLE.BUSY', 'connect.not-taken', 'later'],
    [400, 'FI.MAU.X.RATE_LIMITED', 'connect.not-taken', 'later'],
    [500, 'M_BAD_STATE', 'connect.not-taken', 'now'],
    [408, '', 'connect.not-taken', 'now'],
    [502, 'COM.EXAMPLE.AWAY', 'beeper.upstream', 'later'],
    [504, '', 'beeper.upstream', 'later'],
  ])('a %d "%s" that the session outlived is %s (%s)', async (status, code, meant, retry) => {
    const result = await submitStep(await answering([status, error(code)]), path, 'form', form)
    expect(result).toMatchObject({ kind: 'answered', problem: { code: meant, retry, says: 'Words.' } })
  })

  test('what helps is said also where nothing has to be started over', async () => {
    const result = await submitStep(await answering([400, error('X.RATE_LIMITED')]), path, 'form', form)
    expect(result).toMatchObject({ problem: { code: 'connect.not-taken', retry: 'later', advice: 'wait' } })
  })

  test.each<[number, unknown, object]>([
    [400, error('COM.EXAMPLE.NO'), { code: 'connect.refused', retry: 'now', says: 'Words.' }],
    [400, error('M_LIMIT_EXCEEDED'), { code: 'connect.refused', retry: 'later', advice: 'wait', says: 'Words.' }],
    [400, error('FI.MAU.WHATSAPP.CLIENT_OUTDATED'), { code: 'connect.refused', retry: 'never', advice: 'update' }],
    [500, error('M_UNKNOWN', ''), { code: 'connect.refused', retry: 'now' }],
    [410, error('FI.MAU.BRIDGE.LOGIN_TIMED_OUT'), { code: 'connect.timed-out', retry: 'now', says: 'Words.' }],
    [410, error('FI.MAU.BRIDGE.LOGIN_CANCELLED'), { code: 'connect.cancelled', retry: 'now' }],
    [404, error('M_NOT_FOUND'), { code: 'connect.gone', retry: 'now', says: 'Words.' }],
    [404, error('not_found'), { code: 'connect.gone', retry: 'now' }],
    [404, 'no JSON', { code: 'connect.gone' }],
    [410, {}, { code: 'connect.gone' }],
    // A network's own, which uses the status for something else.
    [404, error('COM.EXAMPLE.NO_SUCH_PERSON'), { code: 'connect.refused', says: 'Words.' }],
    [502, {}, { code: 'beeper.upstream', retry: 'later' }],
  ])('R1: a %d %j ends a session with the first error, not with the 404 after it', async (status, body, problem) => {
    const result = await submitStep(await answering([status, body], [404, error('gone', 'Gone.')]), path, 'form', form)
    expect(result).toMatchObject({ kind: 'ended', problem })
    expect(JSON.stringify(result)).not.toContain('Gone.')
  })

  test('SEC-2: a text in the place of a code does not come into the details', async () => {
    const target = await answering([400, error('hunter2 is wrong')], [404, {}])
    const result = await submitStep(target, path, 'form', form)
    expect(result).toMatchObject({ kind: 'ended', problem: { code: 'connect.refused', detail: 'submitLoginStep 400' } })
  })

  test('R26: a 401 is ours when a plain read repeats it', async () => {
    const target = await answering([401, error('x')], [401, error('unauthorized')])
    expect(await submitStep(target, path, 'form', form)).toMatchObject({
      kind: 'unheard',
      problem: { code: 'beeper.token-refused' },
    })
  })

  test('a server that cannot say what became of the session leaves it open', async () => {
    for (const [get, code] of [
      [[503, {}], 'beeper.upstream'],
      [[200, '<html>'], 'beeper.unreadable'],
    ] as const) {
      const target = await answering([409, error('x')], get)
      expect(await submitStep(target, path, 'form', form)).toMatchObject({ kind: 'unheard', problem: { code } })
      await server.close()
    }
  })

  test('an answer that was lost is not asked for again here', async () => {
    server = await serve((answer) => void answer.socket?.resetAndDestroy())
    const target = { origin: server.origin, token: 't' }
    expect(await submitStep(target, path, 'form', form)).toMatchObject({ kind: 'unheard' })
    expect(await submitStep(target, path, 'qr', wait)).toMatchObject({ kind: 'unheard' })
    expect(requests()).toHaveLength(2)
  })

  test('an answer that nobody can read is one that was lost', async () => {
    expect(await submitStep(await answering([200, '<html>']), path, 'form', form)).toMatchObject({
      kind: 'unheard',
      problem: { code: 'beeper.unreadable' },
    })
    expect(requests()).toHaveLength(1)
  })

  test('RUN-2: a form has two minutes, a waiting step no cut under ten', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout')
    const target = await answering([200, session])
    await submitStep(target, path, 'form', form)
    await submitStep(target, path, 'qr', wait)
    const [ofForm = 0, ofWait = 0] = limit.mock.calls.map(([ms]) => ms)
    expect(ofForm).toBe(120_000)
    expect(ofWait).toBeGreaterThanOrEqual(600_000)
  })
})

describe('a session that is told with something broken beside it', () => {
  const done = { ...path, status: 'complete', account: { accountID: 7 }, login: 'l', error: null, currentStep: null }

  test('is read all the same, however it is asked for', async () => {
    const outcome = { kind: 'complete', person: undefined, accountIDs: [] }
    expect(await createSession(await answering([200, done]), 'b', 'qr')).toMatchObject({ value: { outcome } })
    await server.close()
    const target = await answering([200, done], [200, done])
    expect(await submitStep(target, path, 'form', form)).toMatchObject({ kind: 'answered', session: { outcome } })
    expect(await readSession(target, path)).toMatchObject({ ok: true, value: { outcome } })
  })
})

describe('readSession and cancelSession', () => {
  test.each([404, 410])('a %d means gone: to read it is a problem, to cancel it is done', async (status) => {
    const target = await answering([status, error('x')], [status, error('x')])
    expect(await readSession(target, path)).toMatchObject({
      ok: false,
      problem: { code: 'connect.gone', retry: 'now' },
    })
    expect(await cancelSession(target, path)).toEqual({ ok: true, value: undefined })
  })

  test('cancelling is tried again while it fails for reasons that pass', async () => {
    expect(await cancelSession(await answering([503, {}]), path)).toMatchObject({ ok: false })
    expect(requests()).toEqual(Array.from({ length: 3 }, () => `DELETE ${sessionPath}`))
  })

  test('R29: IDs stay one part of the address', async () => {
    const odd = { bridgeID: 'a/b?c', loginSessionID: 'é %2F#' }
    const target = await answering([200, session])
    await submitStep(target, odd, 'lab.step/1%2F?a=b#c', form)
    expect(server.heard[0]?.url).toBe(
      '/v1/bridges/a%2Fb%3Fc/login-sessions/%C3%A9%20%252F%23/steps/lab.step%2F1%252F%3Fa%3Db%23c',
    )
  })
})
