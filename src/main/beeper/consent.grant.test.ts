import { afterEach, describe, expect, test, vi } from 'vitest'
import { sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { askConsent } from './consent.ts'
import { closers, valueOf, words } from './testing/consent-bench.ts'
import { trustedAuthority } from './testing/system-authority.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** A server that can do OAuth and answers the code with `token`. */
async function granting(token: unknown, status = 200, tls?: Parameters<typeof serve>[1]): Promise<TestServer> {
  const server = await serve((answer, { url }) => {
    if (url.startsWith('/.well-known/'))
      sendJSON(answer, 200, {
        issuer: server.origin,
        authorization_endpoint: `${server.origin}/oauth/authorize`,
        token_endpoint: `${server.origin}/oauth/token`,
        registration_endpoint: `${server.origin}/oauth/register`,
        code_challenge_methods_supported: ['S256'],
      })
    else if (url === '/oauth/token') sendJSON(answer, status, token)
    else sendJSON(answer, 201, { client_id: 'c', redirect_uris: [], token_endpoint_auth_method: 'none' })
  }, tls)
  closers.push(() => server.close())
  return server
}

/** Asks, and plays the browser that comes back with a code. */
async function grantFrom(server: TestServer): Promise<unknown> {
  const consent = valueOf(await askConsent(server.origin, words, () => Promise.resolve()))
  const query = new URL(consent.url).searchParams
  const answer = new URLSearchParams({ code: 'code', state: query.get('state') ?? '' })
  await fetch(`${query.get('redirect_uri') ?? ''}?${answer.toString()}`)
  return consent.grant
}

describe('the end of a grant', () => {
  const nowMs = 1_800_000_000_000

  test.each([
    ['none', undefined, undefined],
    ['an hour', 3_600, nowMs + 3_600_000],
    ['half a second', 0.5, nowMs + 500],
    ['180 days', 15_552_000, nowMs + 15_552_000_000],
    ['at once', 0, nowMs],
    ['as text', '3600', nowMs + 3_600_000],
    ['beyond every calendar', 1e300, undefined],
  ])('is in Unix milliseconds: %s', async (_, expires_in, expiresAtMs) => {
    const server = await granting({ access_token: 'SECRET', token_type: 'Bearer', scope: 'read write', expires_in })
    vi.spyOn(Date, 'now').mockReturnValue(nowMs)
    expect(await grantFrom(server)).toEqual({ ok: true, value: { token: 'SECRET', expiresAtMs } })
  })
})

test.each([
  ['no token', 200, { token_type: 'Bearer' }],
  ['a token that is no text', 200, { access_token: 7, token_type: 'Bearer' }],
  ['an end before the beginning', 200, { access_token: 'SECRET', token_type: 'Bearer', expires_in: -1 }],
  ['a refusal', 400, { error: 'invalid_grant' }],
  ['a fault', 500, {}],
])('%s is no grant, and is asked for once', async (_, status, token) => {
  const server = await granting(token, status)
  expect(await grantFrom(server)).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
  expect(server.heard.filter(({ url }) => url === '/oauth/token')).toHaveLength(1)
})

test('over https a grant comes from a server that is vouched for', async () => {
  const certificate = await (await trustedAuthority()).issue({ names: ['127.0.0.1'] })
  const server = await granting({ access_token: 'SECRET', token_type: 'Bearer' }, 200, certificate)
  expect(await grantFrom(server)).toEqual({ ok: true, value: { token: 'SECRET', expiresAtMs: undefined } })
})
