import { afterEach, describe, expect, test, vi } from 'vitest'
import { answerTo, bench, knock, valueOf, words } from './testing/consent-bench.ts'
import type { Bench } from './testing/consent-bench.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

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
    const { token } = valueOf(await one.consent.grant)
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
    expect(await one.consent.grant).toMatchObject({ ok: false, problem: { code: 'account.consent-refused' } })
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
    expect(await one.consent.grant).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    expect(isTold).toBe(false)
    expect(await one.tokensAsked()).toBe(0)
  })

  test('a code that the server does not know ends it', async () => {
    const one = await bench()
    await fetch(answerTo(one, { code: 'made-up', state: one.state }))
    expect(await one.consent.grant).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    expect(await one.tokensAsked()).toBe(1)
  })

  test('8 other paths, 5 methods, 7 hosts and 1,000 requests are not heard', { timeout: 20_000 }, async () => {
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
    expect(await one.consent.grant).toMatchObject({ ok: true })
    // One use: the listener is gone.
    await expect(knock(href)).rejects.toThrow()
  })

  test('a second answer while the first is being used is not heard', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const one = await bench(() => held)
    const target = await one.control.consent(one.consent.url, 'allow', false)
    await fetch(target)
    await expect(knock(target)).rejects.toThrow()
    release()
    expect(await one.consent.grant).toMatchObject({ ok: true })
    expect(await one.tokensAsked()).toBe(1)
  })

  test('a browser that never returns is waited for five minutes', async () => {
    const limits = new Map<number, AbortController>()
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((limitMs) => {
      if (limitMs < 60_000) return timeout(limitMs)
      const aborter = new AbortController()
      limits.set(limitMs, aborter)
      return aborter.signal
    })
    const one = await bench()
    expect([...limits.keys()]).toEqual([5 * 60_000])
    expect(await knock(`http://127.0.0.1:${one.redirect.port}/`)).toBe(404)
    limits.get(5 * 60_000)?.abort(new DOMException('over', 'TimeoutError'))
    expect(await one.consent.grant).toMatchObject({
      ok: false,
      problem: { code: 'account.consent-timeout', retry: 'now' },
    })
    await expect(knock(one.redirect.href)).rejects.toThrow()
    expect(await one.tokensAsked()).toBe(0)
  })

  test('giving up closes the listener and answers', async () => {
    const one = await bench()
    one.consent.cancel()
    expect(await one.consent.grant).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    await expect(knock(one.redirect.href)).rejects.toThrow()
    one.consent.cancel()
  })
})
