import type { Result } from '#contract/problem'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import http from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import type { Consent } from '../beeper-port.ts'
import { sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { askConsent } from './consent.ts'

const words = { returned: 'Go back to Drawbridge.' }
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Bench {
  readonly control: Control
  readonly origin: string
  readonly consent: Consent
  /** Where the browser is to come back to. */
  readonly redirect: URL
  readonly state: string
  readonly tokensAsked: () => Promise<number>
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

async function bench(beforeToken: () => Promise<unknown> = () => Promise.resolve()): Promise<Bench> {
  const simulator = await startSimulator({ scenario: 'signed-in-elsewhere' })
  const control = new Control(simulator.controlURL)
  const consent = valueOf(await askConsent(simulator.origin, words, beforeToken))
  closers.push(
    () => simulator.close(),
    () => {
      consent.cancel()
    },
  )
  const query = new URL(consent.url).searchParams
  return {
    control,
    origin: simulator.origin,
    consent,
    redirect: new URL(query.get('redirect_uri') ?? ''),
    state: query.get('state') ?? '',
    tokensAsked: async () => (await control.calls('oauth_token')).length,
  }
}

function answerTo({ redirect }: Bench, query: Record<string, string> | string): string {
  return `${redirect.href}?${new URLSearchParams(query).toString()}`
}

/** One request over node:http, which sends any Host. */
function knock(url: string, options: http.RequestOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .request(url, { agent: false, ...options }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      .on('error', reject)
      .end()
  })
}

describe('ORI-7: consent in the browser', () => {
  test('asks with S256 and a state of 128 bits, on a listener of its own', async () => {
    const { consent, origin, redirect, state } = await bench()
    const url = new URL(consent.url)
    expect(url.origin).toBe(origin)
    const query = Object.fromEntries(url.searchParams)
    expect(query).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'read write' })
    expect(query['code_challenge']).toMatch(/^[\w-]{43}$/)
    expect(Buffer.from(state, 'base64url').length).toBeGreaterThanOrEqual(16)
    expect(redirect.hostname).toBe('127.0.0.1')
    expect(redirect.pathname).toMatch(/^\/[\w-]{22}$/)
  })

  test('gives a token that works, after saying that the code is here, and says thank you in the browser', async () => {
    const order: string[] = []
    const one = await bench(() => Promise.resolve(order.push('before')))
    const target = await one.control.consent(one.consent.url, 'allow', false)
    expect(order).toEqual([])
    const page = await fetch(target)
    expect(await page.text()).toContain(words.returned)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const token = valueOf(await one.consent.token)
    expect(order).toEqual(['before'])
    expect((await fetch(`${one.origin}/v1/accounts`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(
      200,
    )
    expect(await one.tokensAsked()).toBe(1)
  })

  test('two attempts share nothing', async () => {
    const [one, other] = [await bench(), await bench()]
    expect(one.state).not.toBe(other.state)
    expect(one.redirect.pathname).not.toBe(other.redirect.pathname)
    const challenge = ({ consent }: Bench): string | null => new URL(consent.url).searchParams.get('code_challenge')
    expect(challenge(one)).not.toBe(challenge(other))
  })

  test('a no is a refusal', async () => {
    const one = await bench()
    await one.control.consent(one.consent.url, 'deny')
    expect(await one.consent.token).toMatchObject({ ok: false, problem: { code: 'account.consent-refused' } })
    expect(await one.tokensAsked()).toBe(0)
  })

  test.each([
    ['another state', (one: Bench) => answerTo(one, { code: 'c', state: 'x'.repeat(one.state.length) })],
    ['no state', (one: Bench) => answerTo(one, { code: 'c' })],
    ['an empty state', (one: Bench) => answerTo(one, { code: 'c', state: '' })],
    ['the state twice', (one: Bench) => answerTo(one, `code=c&state=${one.state}&state=${one.state}`)],
    ['two different states', (one: Bench) => answerTo(one, `code=c&state=x&state=${one.state}`)],
    ['the code twice', (one: Bench) => answerTo(one, `code=c&code=d&state=${one.state}`)],
    ['no code', (one: Bench) => answerTo(one, { state: one.state })],
    ['an error of the server', (one: Bench) => answerTo(one, { error: 'server_error', state: one.state })],
    ['a refusal that is not ours', (one: Bench) => answerTo(one, { error: 'access_denied', state: 'x' })],
    ['a foreign issuer', (one: Bench) => answerTo(one, { code: 'c', state: one.state, iss: 'https://evil.test' })],
  ])('%s ends it without asking for a token', async (_, url) => {
    let isTold = false
    const one = await bench(() => Promise.resolve((isTold = true)))
    await fetch(url(one))
    expect(await one.consent.token).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    expect(isTold).toBe(false)
    expect(await one.tokensAsked()).toBe(0)
  })

  test('a code that the server does not know ends it', async () => {
    const one = await bench()
    await fetch(answerTo(one, { code: 'made-up', state: one.state }))
    expect(await one.consent.token).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    expect(await one.tokensAsked()).toBe(1)
  })

  test('other paths, methods and hosts are not heard, however many', { timeout: 20_000 }, async () => {
    const one = await bench()
    const { href, port, pathname } = one.redirect
    const good = answerTo(one, { code: 'c', state: one.state })
    const root = `http://127.0.0.1:${port}`
    for (const url of [
      `${root}/`,
      `${root}${pathname}x`,
      `${root}${pathname}/`,
      `${root}/favicon.ico`,
      `${root}//evil.test${pathname}`,
      `${root}//`,
      `${root}//[`,
      `${root}${pathname.toUpperCase()}?code=c&state=${one.state}`,
    ])
      expect(await knock(url), url).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])
      expect(await knock(good, { method }), method).toBe(404)
    for (const host of [
      'evil.test',
      `evil.test:${port}`,
      'localhost',
      `localhost:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.nip.io:${port}`,
    ])
      expect(await knock(good, { headers: { host } }), host).toBe(404)
    for (let n = 0; n < 1000; n += 50)
      await Promise.all(Array.from({ length: 50 }, () => knock(`${root}/${String(n)}`)))
    await one.control.consent(one.consent.url)
    expect(await one.consent.token).toMatchObject({ ok: true })
    // One use: the listener is gone.
    await expect(knock(href)).rejects.toThrow()
  })

  test('giving up closes the listener and answers', async () => {
    const one = await bench()
    one.consent.cancel()
    expect(await one.consent.token).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    await expect(knock(one.redirect.href)).rejects.toThrow()
    one.consent.cancel()
  })
})

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
