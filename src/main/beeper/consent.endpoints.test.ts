import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent } from '../beeper-port.ts'
import { sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { askConsent } from './consent.ts'
import { closers, words } from './testing/consent-bench.ts'

describe('ORI-2: what a server announces', () => {
  /** A server that can do OAuth, with something else in its metadata. */
  async function announcing(
    change: (origin: string) => Record<string, unknown>,
  ): Promise<{ server: TestServer; result: Result<Consent> }> {
    const server = await serve((answer, { url, headers }) => {
      const origin = `http://${headers.host ?? ''}`
      const endpoint = (name: string): string => `${origin}/oauth/${name}`
      if (url.startsWith('/.well-known/'))
        sendJSON(answer, 200, {
          issuer: origin,
          authorization_endpoint: endpoint('authorize'),
          token_endpoint: endpoint('token'),
          registration_endpoint: endpoint('register'),
          code_challenge_methods_supported: ['S256'],
          ...change(origin),
        })
      else sendJSON(answer, 201, { client_id: 'c', redirect_uris: [], token_endpoint_auth_method: 'none' })
    })
    closers.push(() => server.close())
    const result = await askConsent(server.origin, words, () => Promise.resolve())
    if (result.ok)
      closers.push(() => {
        result.value.cancel()
      })
    return { server, result }
  }

  test('its own endpoints are taken', async () => {
    const { result } = await announcing(() => ({}))
    expect(result.ok).toBe(true)
  })

  test.each(['authorization_endpoint', 'token_endpoint', 'registration_endpoint'])(
    'a foreign %s ends it before anybody is asked',
    async (name) => {
      const foreign = await serve((answer) => {
        sendJSON(answer, 200, {})
      })
      closers.push(() => foreign.close())
      for (const url of [
        `${foreign.origin}/x`,
        undefined,
        7,
        '',
        'not a url',
        '/oauth/token',
        'javascript:alert(1)',
        'http://127.0.0.1:1@evil.test/',
      ]) {
        const { server, result } = await announcing(() => ({ [name]: url }))
        expect(result, String(url)).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
        expect(server.heard.map(({ url: asked }) => asked)).toEqual(['/.well-known/oauth-authorization-server'])
      }
      expect(foreign.connectionCount).toBe(0)
    },
  )

  test.each([
    ['another issuer', { issuer: 'https://evil.test' }],
    ['no issuer', { issuer: undefined }],
  ])('%s ends it', async (_, change) => {
    expect((await announcing(() => change)).result.ok).toBe(false)
  })

  test.each([
    ['nobody', undefined],
    ['a 404', [404, '{}']],
    ['a web page', [200, '<p>']],
    ['a redirect', [302, '']],
  ] as const)('%s at the address is a failure in words', async (_, reply) => {
    const server = await serve((answer) => {
      if (reply === undefined) answer.socket?.destroy()
      else answer.writeHead(reply[0], { location: 'http://127.0.0.1:1/' }).end(reply[1])
    })
    closers.push(() => server.close())
    expect(await askConsent(server.origin, words, () => Promise.resolve())).toMatchObject({
      ok: false,
      problem: { code: 'account.consent-failed' },
    })
  })
})
