import { afterEach, describe, expect, test } from 'vitest'
import { sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { cancelSession, createSession, readSession, submitStep } from './sessions.ts'

const path = { bridgeID: 'b', loginSessionID: 's' }
const currentStep = { type: 'display_and_wait', stepID: 'qr', display: { type: 'qr', data: 'x' } }
const session = { ...path, status: 'waiting_for_display', currentStep }

let server: TestServer
/** Answers a POST or DELETE and a GET as told. */
async function answering(
  post: readonly [number, unknown],
  get: readonly [number, unknown] = [200, session],
): Promise<{ origin: string; token: string }> {
  server = await serve((answer, { method }) => {
    const [status, body] = method === 'GET' ? get : post
    sendJSON(answer, status, body, { 'retry-after': '0' })
  })
  return { origin: server.origin, token: 't' }
}
afterEach(() => server.close())
const error = (code: string): object => ({ code, message: 'Words.' })
const requests = (): string[] => server.heard.map(({ method, url }) => `${method} ${url}`)

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
    [400, 'FI.MAU.LOGIN_TIMED_OUT', 'connect.timed-out'],
    [400, 'LOGIN_CANCELLED', 'connect.cancelled'],
    [429, 'com.example.TOO_MANY_LOGINS', 'connect.limit'],
    [500, 'anything', 'connect.refused'],
    [403, 'M_FORBIDDEN', 'connect.refused'],
    [502, 'anything', 'beeper.upstream'],
    [503, 'LOGIN_TIMED_OUT', 'connect.timed-out'],
  ])('a %d "%s" is %s, with the words of the network', async (status, code, meant) => {
    const result = await createSession(await answering([status, error(code)]), 'b', 'qr')
    expect(result).toMatchObject({ ok: false, problem: { code: meant, says: 'Words.' } })
  })
})

describe('submitStep', () => {
  test('sends the fields of a form, and nothing but the type for a waiting step', async () => {
    await submitStep(await answering([200, session]), path, 'form', { phone: '1' })
    expect(server.heard[0]?.body).toBe('{"type":"user_input","fields":{"phone":"1"}}')
    await server.close()
    expect(await submitStep(await answering([200, session]), path, 'qr', undefined)).toMatchObject({ kind: 'answered' })
    expect(server.heard[0]?.body).toBe('{"type":"display_and_wait"}')
  })

  test('after a refusal reads what the session holds', async () => {
    expect(await submitStep(await answering([409, error('x')]), path, 'form', {})).toMatchObject({
      kind: 'answered',
      session: { outcome: { kind: 'going-on' } },
    })
    expect(requests()).toEqual(['POST /v1/bridges/b/login-sessions/s/steps/form', 'GET /v1/bridges/b/login-sessions/s'])
  })

  test('a session that did not outlive the refusal ends with the first error, not with the 404 after it', async () => {
    const target = await answering([400, error('M_LIMIT_EXCEEDED')], [404, error('gone')])
    expect(await submitStep(target, path, 'form', {})).toMatchObject({
      kind: 'ended',
      problem: {
        code: 'connect.refused',
        says: 'Words.',
        detail: expect.stringContaining('M_LIMIT_EXCEEDED') as unknown,
      },
    })
  })

  test('a server that cannot say what became of the session leaves it open', async () => {
    expect(await submitStep(await answering([409, error('x')], [503, {}]), path, 'form', {})).toMatchObject({
      kind: 'unheard',
      problem: { code: 'beeper.upstream' },
    })
  })

  test('an answer that was lost is not asked for again here', async () => {
    server = await serve((answer) => void answer.socket?.resetAndDestroy())
    expect(await submitStep({ origin: server.origin, token: 't' }, path, 'form', {})).toMatchObject({ kind: 'unheard' })
    expect(requests()).toHaveLength(1)
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
    expect(requests()).toEqual(Array.from({ length: 3 }, () => 'DELETE /v1/bridges/b/login-sessions/s'))
  })
})
