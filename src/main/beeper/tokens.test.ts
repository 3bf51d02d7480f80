import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type http from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { checkToken, revoke } from './tokens.ts'

type Reply = (answer: http.ServerResponse) => void
const json =
  (status: number, body: unknown = {}): Reply =>
  (answer) => {
    sendJSON(answer, status, body, { 'retry-after': '0' })
  }
const html: Reply = (answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
const reset: Reply = (answer) => void answer.socket?.resetAndDestroy()

const closers: (() => unknown)[] = []
let server: TestServer
/** A server that answers each path as told, and 404 to every other. */
async function answering(replies: Readonly<Record<string, Reply>>): Promise<{ origin: string; token: string }> {
  server = await serve((answer, { url }) => {
    ;(replies[url] ?? json(404, { code: 'not_found', message: 'No such path' }))(answer)
  })
  closers.push(() => server.close())
  return { origin: server.origin, token: 'SECRET' }
}
beforeEach(() => {
  // The shortest of the jittered pauses, which begin at none.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const close of closers.splice(0)) await close()
})

const introspect = '/oauth/introspect'
const revocation = '/oauth/revoke'
const setup = '/v1/app/setup'
const accounts = '/v1/accounts'
const asked = (): string[] => server.heard.map(({ method, url }) => `${method} ${url}`)
const good = (expiresAtMs?: number): object => ({ ok: true, value: { token: 'SECRET', expiresAtMs } })
const bad = (code: string): object => ({ ok: false, problem: { code } })

describe('checkToken by introspection', () => {
  test.each([
    ['good without end', { active: true, scope: 'read write' }, good()],
    ['good until then', { active: true, scope: 'read write', exp: 1_900_000_000 }, good(1_900_000_000_000)],
    ['good with more than it needs', { active: true, scope: ' admin  write read' }, good()],
    ['good with an end that is none', { active: true, scope: 'read write', exp: 0 }, good()],
    ['good with an end beyond every calendar', { active: true, scope: 'read write', exp: 1e300 }, good()],
    ['not active', { active: false }, bad('account.token-unusable')],
    ['not active, whatever else', { active: false, scope: 'read write' }, bad('account.token-unusable')],
    ['reading only', { active: true, scope: 'read' }, bad('account.token-read-only')],
    ['writing only', { active: true, scope: 'write' }, bad('account.token-unusable')],
    ['for nothing', { active: true, scope: '' }, bad('account.token-unusable')],
    ['for something like it', { active: true, scope: 'readwrite' }, bad('account.token-unusable')],
  ])('%s', async (_, answer, meant) => {
    const target = await answering({ [introspect]: json(200, answer) })
    expect(await checkToken(target)).toMatchObject(meant)
    expect(asked()).toEqual([`POST ${introspect}`])
  })

  test('goes out as a form, with the token in the body alone', async () => {
    const target = { ...(await answering({ [introspect]: json(200, { active: false }) })), token: 'a&b=c+d' }
    await checkToken(target)
    const [heard] = server.heard
    expect(heard?.body).toBe('token=a%26b%3Dc%2Bd')
    expect(heard?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(heard?.headers).not.toHaveProperty('authorization')
  })

  test('a scope that is not told is tried by reading', async () => {
    const told = json(200, { active: true, exp: 1_900_000_000 })
    const target = await answering({ [introspect]: told, [setup]: json(200, setupBody('ready')) })
    expect(await checkToken(target)).toEqual(good(1_900_000_000_000))
    expect(await checkToken(await answering({ [introspect]: told, [setup]: json(403) }))).toMatchObject(
      bad('account.token-unusable'),
    )
  })

  test.each([
    [429, 'beeper.rate-limited'],
    [500, 'beeper.fault'],
    [502, 'beeper.upstream'],
    [503, 'beeper.upstream'],
  ])('a server that cannot say just now (%d) says nothing about the token', async (status, code) => {
    const target = await answering({ [introspect]: json(status), [setup]: json(200, setupBody('ready')) })
    expect(await checkToken(target)).toMatchObject(bad(code))
    expect(asked()).toEqual(Array.from({ length: 3 }, () => `POST ${introspect}`))
  })

  test('nor does one that is not there', async () => {
    const target = await answering({ [introspect]: reset })
    expect(await checkToken(target)).toMatchObject(bad('beeper.unreachable'))
  })
})

describe('checkToken where there is no introspection', () => {
  const missing: Readonly<Record<string, Reply>> = {
    '404': json(404),
    '405': json(405),
    '501': json(501),
    '400': json(400, { error: 'invalid_request' }),
    '401': json(401),
    'a redirect': (answer) => void answer.writeHead(307, { location: '/elsewhere' }).end(),
    'a web page': html,
    'other JSON': json(200, { status: 'ok' }),
    'an answer that is neither': json(200, { active: 'yes' }),
    'a scope that is no text': json(200, { active: true, scope: ['read', 'write'] }),
  }

  test.each(Object.entries(missing))('%s: a read decides', async (_, reply) => {
    const reads = [
      [json(200, setupBody('ready')), good()],
      [json(200, setupBody('something-new')), good()],
      [json(401), bad('account.token-unusable')],
      [json(403), bad('account.token-unusable')],
      [json(404), bad('beeper.not-found')],
      [json(500), bad('beeper.fault')],
      [html, bad('beeper.unreadable')],
    ] as const
    for (const [read, meant] of reads) {
      expect(await checkToken(await answering({ [introspect]: reply, [setup]: read }))).toMatchObject(meant)
      expect(server.heard.at(-1)).toMatchObject({ url: setup, headers: { authorization: 'Bearer SECRET' } })
    }
  })

  test.each([
    [json(200, []), good()],
    [json(401), bad('account.token-unusable')],
    [json(403), bad('account.token-unusable')],
  ])('while nobody is signed in the setup state is public, so something else is read', async (read, meant) => {
    const target = await answering({ [setup]: json(200, setupBody('needs-login')), [accounts]: read })
    expect(await checkToken(target)).toMatchObject(meant)
    expect(asked().slice(1)).toEqual([`GET ${setup}`, `GET ${accounts}`])
  })
})

describe('checkToken of what is no token', () => {
  test.each([
    ['nothing', ''],
    ['a space', 'a b'],
    ['a line break', 'a\r\nX-Evil: 1'],
    ['a NUL', 'a\0'],
    ['a letter beyond ASCII', 'tok\u00e9n'],
    ['an emoji', '\u{1f511}'],
    ['a soft hyphen', 'to\u00adken'],
    ['2,001 characters', 'x'.repeat(2_001)],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('%s is refused without asking anybody', async (_, token) => {
    const target = await answering({ [introspect]: json(200, { active: true, scope: 'read write' }) })
    expect(await checkToken({ ...target, token })).toMatchObject(bad('account.token-unusable'))
    expect(server.connectionCount).toBe(0)
  })

  test.each([
    ['one character', '~'],
    ['2,000 characters', '!'.repeat(2_000)],
  ])('but %s is asked for', async (_, token) => {
    const target = await answering({ [introspect]: json(200, { active: true, scope: 'read write' }) })
    expect(await checkToken({ ...target, token })).toMatchObject({ ok: true, value: { token } })
  })
})

describe('revoke', () => {
  const done: Reply = (answer) => void answer.writeHead(200).end()

  test.each([
    ['gone: 401', done, json(401)],
    ['gone: 403', done, json(403)],
    ['gone although there is no such call', json(404), json(401)],
    ['gone although the call failed', json(500), json(401)],
    ['gone although the answer was lost', reset, json(401)],
  ])('%s', async (_, revoked, read) => {
    const target = await answering({ [revocation]: revoked, [setup]: read })
    expect(await revoke(target)).toEqual({ ok: true, value: undefined })
    expect(server.heard[0]).toMatchObject({ method: 'POST', url: revocation, body: 'token=SECRET' })
    expect(server.heard.at(-1)).toMatchObject({ url: setup, headers: { authorization: 'Bearer SECRET' } })
  })

  test.each([
    ['still counts', done, json(200, setupBody('ready')), 'still counts'],
    ['still counts where there is no such call', json(404), json(200, setupBody('ready')), 'still counts'],
    ['cannot be asked: 500', done, json(500), 'appSetupRetrieve 500'],
    ['cannot be asked: 429', done, json(429), 'appSetupRetrieve 429'],
    ['cannot be asked: 404', done, json(404), 'appSetupRetrieve 404'],
    ['cannot be asked: a web page', done, html, 'appSetupRetrieve '],
    ['cannot be asked: no connection', done, reset, 'appSetupRetrieve ECONNRESET'],
  ])('not revoked: %s', async (_, revoked, read, detail) => {
    const target = await answering({ [revocation]: revoked, [setup]: read })
    expect(await revoke(target)).toMatchObject({
      ok: false,
      problem: { code: 'account.not-revoked', retry: 'now', detail },
    })
  })

  test('a server that is gone leaves it open', async () => {
    const target = await answering({})
    await server.close()
    expect(await revoke(target)).toMatchObject({
      problem: { code: 'account.not-revoked', detail: 'appSetupRetrieve ECONNREFUSED' },
    })
  })

  test.each([
    ['gone', json(401), { ok: true }],
    ['not', json(200, []), bad('account.not-revoked')],
  ])('where nobody is signed in any more the accounts say whether it is %s', async (_, read, meant) => {
    const replies = { [revocation]: done, [setup]: json(200, setupBody('needs-login')), [accounts]: read }
    expect(await revoke(await answering(replies))).toMatchObject(meant)
  })

  test.each([404, 200])('RUN-1: it is asked for once when answered (%d)', async (status) => {
    await revoke(await answering({ [revocation]: json(status), [setup]: json(401) }))
    expect(asked()).toEqual([`POST ${revocation}`, `GET ${setup}`])
  })
})

describe('with a simulator', () => {
  async function signedIn(): Promise<{ control: Control; origin: string }> {
    const simulator = await startSimulator({ scenario: 'signed-in-elsewhere' })
    closers.push(() => simulator.close())
    return { control: new Control(simulator.controlURL), origin: simulator.origin }
  }

  test('a token is good, then taken back, then unusable', async () => {
    const { control, origin } = await signedIn()
    const token = await control.token({ source: 'manual' })
    expect(await checkToken({ origin, token })).toMatchObject({ ok: true, value: { token } })
    expect(await revoke({ origin, token })).toEqual({ ok: true, value: undefined })
    expect(await checkToken({ origin, token })).toMatchObject(bad('account.token-unusable'))
  })

  test('a scope that is too small and an end are told', async () => {
    const { control, origin } = await signedIn()
    const reading = await control.token({ source: 'manual', scopes: ['read'] })
    expect(await checkToken({ origin, token: reading })).toMatchObject(bad('account.token-read-only'))
    const ending = await control.token({ source: 'manual', expiresInMs: 3_600_000 })
    const result = await checkToken({ origin, token: ending })
    expect(result.ok && result.value.expiresAtMs).toBeGreaterThan(1_000_000_000_000)
    expect(await checkToken({ origin, token: 'made-up' })).toMatchObject(bad('account.token-unusable'))
  })
})
