import type { Result } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'
import { createAuthority } from '#simulator/certificates'
import type http from 'node:http'
import type { TlsOptions } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { infoBody, sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { probe } from './discovery.ts'
import { trustedAuthority } from './testing/system-authority.ts'

let certificate: TlsOptions
let strange: TlsOptions
beforeAll(async () => {
  const request = { names: ['127.0.0.1'] }
  certificate = await (await trustedAuthority()).issue(request)
  strange = await (await createAuthority()).issue(request)
})

const servers: TestServer[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

type Reply = (answer: http.ServerResponse) => void
const json =
  (status: number, body: unknown): Reply =>
  (answer) => {
    sendJSON(answer, status, body, { 'retry-after': '7' })
  }
const raw =
  (status: number, text = '', headers: http.OutgoingHttpHeaders = {}): Reply =>
  (answer) =>
    void answer.writeHead(status, headers).end(text)
const silent: Reply = () => undefined

async function started(replies: { info?: Reply; setup?: Reply; bundleID?: string }, tls?: TlsOptions): Promise<string> {
  const { bundleID } = replies
  const server = await serve((answer, { url, headers }) => {
    const own = json(200, infoBody(`http://${headers.host ?? ''}`, bundleID === undefined ? {} : { bundleID }))
    const reply = url === '/v1/info' ? (replies.info ?? own) : (replies.setup ?? json(200, setupBody('ready')))
    reply(answer)
  }, tls)
  servers.push(server)
  return server.origin
}

const wordFor = (result: Result<FoundBeeper>): string => (result.ok ? result.value.state : result.problem.code)

const heard = (): readonly unknown[] => servers.flatMap((server) => server.heard)

describe('a Beeper', () => {
  test.each([
    ['with nobody signed in', json(200, setupBody('needs-login')), 'signed-out'],
    ['with somebody signed in who says so', json(200, setupBody('ready')), 'signed-in'],
    ['in a state it has never heard of', json(200, setupBody('needs-account-migration')), 'signed-in'],
    ['signed in elsewhere: 401', json(401, {}), 'signed-in'],
    ['signed in elsewhere: 403', json(403, {}), 'signed-in'],
    ['too old: no setup paths', json(404, {}), 'too-old'],
    ['too old: 404 with an empty body', raw(404), 'too-old'],
  ] as const)('%s is found', async (_, setup, state) => {
    const origin = await started({ setup })
    const found = { origin, name: 'Beeper', version: '4.3.0', kind: 'desktop', state }
    expect(await probe(origin)).toEqual({ ok: true, value: found })
  })

  test.each([
    ['com.automattic.beeper.desktop', 'desktop'],
    ['com.automattic.beeper.server', 'server'],
    ['org.example', 'other'],
  ])('tells what kind it is: %s', async (bundleID, kind) => {
    expect(await probe(await started({ bundleID }))).toMatchObject({ ok: true, value: { kind } })
  })

  test.each([
    ['broken: 500 on setup', { setup: json(500, {}) }, 'beeper.fault', 'later'],
    ['broken: 500 on info', { info: json(500, {}) }, 'beeper.fault', 'later'],
    ['behind a gateway that cannot reach it: 502', { info: raw(502, '<p>') }, 'beeper.upstream', 'later'],
    ['starting: 503', { info: raw(503) }, 'beeper.upstream', 'later'],
    ['overrun: 429 on setup', { setup: json(429, {}) }, 'beeper.rate-limited', 'later'],
    ['overrun: 429 on info', { info: json(429, {}) }, 'beeper.rate-limited', 'later'],
    ['slow: 408', { info: raw(408) }, 'beeper.timeout', 'now'],
    ['nonsense on setup', { setup: json(200, { state: 7 }) }, 'beeper.unreadable', 'never'],
    ['a redirect on setup', { setup: raw(302, '', { location: '/login' }) }, 'beeper.not-beeper', 'never'],
  ] as const)('that cannot be asked just now: %s', async (_, replies, code, retry) => {
    const result = await probe(await started(replies))
    expect(result).toMatchObject({ ok: false, problem: { code, retry } })
    if (code === 'beeper.rate-limited') expect(result).toMatchObject({ problem: { waitMs: 7_000 } })
  })
})

describe('something else that listens', () => {
  test.each([
    ['HTML', raw(200, '<!doctype html>', { 'content-type': 'text/html' })],
    ['other JSON', raw(200, '{"name":"printer"}')],
    ['JSON that is nearly ours', json(200, { app: { name: 'Beeper', version: '4.3.0' } })],
    ['nothing at all', raw(204)],
    ['404 with an empty body', raw(404)],
    ['404 with a page', raw(404, '<p>no')],
    ['410', raw(410)],
    ['400', raw(400)],
    ['401', json(401, { code: 'unauthorized', message: 'x' })],
    ['405', raw(405)],
    ['an endless answer', raw(200, ' '.repeat(9 * 1024 * 1024))],
    ...[301, 302, 303, 307, 308].map(
      (status) => [`a redirect (${String(status)})`, raw(status, '', { location: 'http://127.0.0.1:1/' })] as const,
    ),
  ] as const)('%s is not a Beeper, and is asked nothing more', async (_, info) => {
    const origin = await started({ info })
    const found = { origin, name: '', version: '', kind: 'other', state: 'not-beeper' }
    expect(await probe(origin)).toEqual({ ok: true, value: found })
    expect(heard()).toHaveLength(1)
  })
})

describe('nobody', () => {
  test('there: the connection is refused', async () => {
    const origin = await started({})
    await servers.splice(0)[0]?.close()
    expect(await probe(origin)).toMatchObject({
      ok: false,
      problem: { code: 'beeper.unreachable', retry: 'now', detail: 'getInfo ECONNREFUSED' },
    })
  })

  test('there who speaks: the connection is reset', async () => {
    const origin = await started({ info: (answer) => void answer.socket?.resetAndDestroy() })
    expect(wordFor(await probe(origin))).toBe('beeper.unreachable')
  })

  test.each([
    ['at all', { info: silent }, 1],
    ['on setup only', { setup: silent }, 2],
    ['to the end', { info: (answer: http.ServerResponse) => void answer.writeHead(200).write('{') }, 1],
  ])('who answers %s: the limit ends it', async (_, replies, count) => {
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((limitMs) => timeout(limitMs / 10))
    const origin = await started(replies)
    expect(await probe(origin)).toMatchObject({ ok: false, problem: { code: 'beeper.timeout', retry: 'now' } })
    expect(heard()).toHaveLength(count)
  })

  test('is waited for when the caller gives up', async () => {
    const origin = await started({ info: silent })
    const aborter = new AbortController()
    const probing = probe(origin, aborter.signal)
    aborter.abort()
    expect(wordFor(await probing)).toBe('beeper.unreachable')
  })
})

describe('limits', () => {
  test.each([
    ['http://127.0.0.1:1', 1_500],
    ['https://127.0.0.1:1', 5_000],
  ])('%s has %d ms for everything', async (origin, limitMs) => {
    const timeout = vi.spyOn(AbortSignal, 'timeout')
    await probe(origin)
    expect(timeout.mock.calls).toEqual([[limitMs], [limitMs]])
  })
})

describe('over https', () => {
  test('a Beeper is found like any other', async () => {
    const origin = await started({ setup: json(401, {}) }, certificate)
    expect(await probe(origin)).toMatchObject({ ok: true, value: { origin, state: 'signed-in' } })
  })

  test('one whose certificate nobody vouches for is asked nothing, and that is said', async () => {
    expect(wordFor(await probe(await started({}, strange)))).toBe('beeper.cert-untrusted')
    expect(heard()).toEqual([])
  })
})

test('no probe carries a token', async () => {
  await probe(await started({}))
  const requests = servers.flatMap((server) => server.heard)
  expect(requests.map(({ url }) => url)).toEqual(['/v1/info', '/v1/app/setup'])
  for (const { headers } of requests) expect(headers.authorization).toBeUndefined()
})
