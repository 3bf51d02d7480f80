// The consent path, with an OAuth client that is not ours where it counts.
import { createHash } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { bench, request, type Bench, type Reply } from './testing.ts'

const redirectURI = 'http://127.0.0.1:9/callback'
const verifier = 'a-verifier-that-is-long-enough-for-the-rules-0123456789'
const challenge = createHash('sha256').update(verifier).digest('base64url')

async function signedIn(): Promise<{ it: Bench; clientID: string }> {
  const it = await bench({ scenario: 'signed-in-elsewhere' })
  const body = { client_name: 'Drawbridge', redirect_uris: [redirectURI] }
  const reply = await it.call('POST', '/oauth/register', { body })
  expect(reply.status).toBe(201)
  return { it, clientID: (reply.body as { client_id: string }).client_id }
}

function authorizeURL(it: Bench, clientID: string, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: clientID,
    redirect_uri: redirectURI,
    response_type: 'code',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'a state',
    scope: 'read write',
    ...changes,
  })
  return `${it.simulator.origin}/oauth/authorize?${query.toString()}`
}

async function allowedCode(it: Bench, clientID: string, scope = 'read write'): Promise<string> {
  const target = await it.control.consent(authorizeURL(it, clientID, { scope }), 'allow', false)
  return new URL(target).searchParams.get('code') ?? ''
}

const exchange = (it: Bench, code: string, changes: Record<string, string> = {}): Promise<Reply> =>
  it.call('POST', '/oauth/token', {
    form: { grant_type: 'authorization_code', code, code_verifier: verifier, ...changes },
  })

test('a stranger’s client finds its way: discovery, registration, PKCE, token, userinfo, revocation', async () => {
  const it = await bench({ scenario: 'signed-in-elsewhere' })
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(it.simulator.origin)
  const options = { algorithm: 'oauth2' as const, ...insecure }
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options))
  const metadata = { client_name: 'Stranger', redirect_uris: [redirectURI], token_endpoint_auth_method: 'none' }
  const registered = await oauth.dynamicClientRegistrationRequest(server, metadata, insecure)
  const client = await oauth.processDynamicClientRegistrationResponse(registered)
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const url = authorizeURL(it, client.client_id, {
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    state,
  })
  const target = await it.control.consent(url, 'allow', false)
  const parameters = oauth.validateAuthResponse(server, client, new URL(target), state)
  const answer = await oauth.authorizationCodeGrantRequest(
    server, client, oauth.None(), parameters, redirectURI, codeVerifier, insecure,
  ) // prettier-ignore
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer)
  const { access_token: token } = tokens
  expect((await it.call('GET', '/v1/app/setup', { token })).body).toMatchObject({ state: 'ready' })
  const info = await it.call('GET', '/oauth/userinfo', { token })
  expect(info.body).toMatchObject({ token_use: 'access', client_id: client.client_id, scope: 'read write' })
  await oauth.revocationRequest(server, client, oauth.None(), token, insecure)
  expect((await it.call('GET', '/v1/app/setup', { token })).status).toBe(401)
  expect((await it.call('POST', '/oauth/introspect', { form: { token } })).body).toEqual({ active: false })
})

describe('consent', () => {
  test('refused comes back as an error with the state', async () => {
    const { clientID, it } = await signedIn()
    const target = new URL(await it.control.consent(authorizeURL(it, clientID), 'deny', false))
    expect(Object.fromEntries(target.searchParams)).toMatchObject({ error: 'access_denied', state: 'a state' })
  })

  test('is asked on a page without scripts, once', async () => {
    const { clientID, it } = await signedIn()
    const page = await request(authorizeURL(it, clientID), 'GET')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.text).toContain('Drawbridge')
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const decide = (): Promise<Reply> => it.call('POST', action, { form: { decision: 'allow' } })
    expect((await decide()).status).toBe(302)
    expect((await decide()).status).toBe(400)
  })

  test('names are shown as text', async () => {
    const { it } = await signedIn()
    const body = { client_name: '<img src=x onerror=alert(1)>', redirect_uris: [redirectURI] }
    const { client_id } = (await it.call('POST', '/oauth/register', { body })).body as { client_id: string }
    expect((await request(authorizeURL(it, client_id), 'GET')).text).not.toContain('<img')
  })

  test.each([
    ['another redirect', { redirect_uri: 'http://127.0.0.1:9/elsewhere' }],
    ['an unknown client', { client_id: 'nobody' }],
    ['a weak challenge', { code_challenge: 'short' }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no known scope', { scope: 'everything' }],
  ])('%s ends on a page, never at the redirect', async (_name, changes) => {
    const { clientID, it } = await signedIn()
    const reply = await request(authorizeURL(it, clientID, changes), 'GET')
    expect(reply.status).toBe(400)
    expect(reply.headers.get('content-type')).toContain('text/html')
  })

  test('is not possible while nobody is signed in', async () => {
    const { clientID, it } = await signedIn()
    await it.control.signOut()
    expect((await request(authorizeURL(it, clientID), 'GET')).status).toBe(400)
  })
})

describe('a code', () => {
  test('with the wrong verifier gives nothing, and is spent by trying', async () => {
    const { clientID, it } = await signedIn()
    const code = await allowedCode(it, clientID)
    const wrong = await exchange(it, code, { code_verifier: 'guess' })
    expect([wrong.status, wrong.body]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })])
    expect((await exchange(it, code)).status).toBe(400)
  })

  test('used twice takes its token with it', async () => {
    const { clientID, it } = await signedIn()
    const code = await allowedCode(it, clientID)
    const { access_token: token } = (await exchange(it, code)).body as { access_token: string }
    expect((await it.call('GET', '/v1/accounts', { token })).status).toBe(200)
    expect((await exchange(it, code)).status).toBe(400)
    expect((await it.call('GET', '/v1/accounts', { token })).status).toBe(401)
  })

  test('runs out, and belongs to its client and redirect', async () => {
    const { clientID, it } = await signedIn()
    expect((await exchange(it, await allowedCode(it, clientID), { client_id: 'other' })).status).toBe(400)
    expect((await exchange(it, await allowedCode(it, clientID), { redirect_uri: 'http://127.0.0.1:9/' })).status).toBe(
      400,
    )
    const late = await allowedCode(it, clientID)
    await it.control.step(11 * 60_000)
    expect((await exchange(it, late)).status).toBe(400)
  })

  test('gives the scopes that were asked for', async () => {
    const { clientID, it } = await signedIn()
    const { access_token: token } = (await exchange(it, await allowedCode(it, clientID, 'read'))).body as {
      access_token: string
    }
    expect((await it.call('GET', '/v1/accounts', { token })).status).toBe(200)
    expect((await it.call('POST', '/v1/app/setup/verifications', { token, body: {} })).status).toBe(403)
  })
})

test.each(['https://example.com/cb', 'javascript:alert(1)', 'http://127.0.0.1.example.com/cb', 'data:text/html,x'])(
  'the redirect %s is not registered',
  async (uri) => {
    const { it } = await signedIn()
    const reply = await it.call('POST', '/oauth/register', { body: { client_name: 'x', redirect_uris: [uri] } })
    expect([reply.status, reply.body]).toEqual([400, expect.objectContaining({ error: 'invalid_client_metadata' })])
  },
)

test('a private-use scheme is', async () => {
  const { it } = await signedIn()
  const body = { client_name: 'x', redirect_uris: ['com.example.drawbridge:/cb'] }
  expect((await it.call('POST', '/oauth/register', { body })).status).toBe(201)
})

describe('the rules of a server', () => {
  const give = async (it: Bench, clientID: string): Promise<Record<string, unknown>> =>
    (await exchange(it, await allowedCode(it, clientID))).body as Record<string, unknown>

  test('a token lives as long as they say, and an end is told only where there is one', async () => {
    const { clientID, it } = await signedIn()
    expect((await give(it, clientID))['expires_in']).toBe(180 * 24 * 3600)
    await it.control.oauth({ tokenLifeMs: 90_000 })
    const { access_token: token, expires_in } = await give(it, clientID)
    expect(expires_in).toBe(90)
    const statusOf = async (): Promise<number> =>
      (await it.call('GET', '/v1/accounts', { token: String(token) })).status
    expect(await statusOf()).toBe(200)
    await it.control.step(91_000)
    expect(await statusOf()).toBe(401)
    await it.control.oauth({ tokenLifeMs: null })
    expect(await give(it, clientID)).not.toHaveProperty('expires_in')
  })

  test('the person may grant less than is asked for, or nothing', async () => {
    const { clientID, it } = await signedIn()
    await it.control.oauth({ scopes: ['read'] })
    const { access_token: token, scope } = await give(it, clientID)
    expect(scope).toBe('read')
    expect((await it.call('POST', '/v1/app/setup/verifications', { token: String(token), body: {} })).status).toBe(403)
    const url = authorizeURL(it, clientID, { scope: 'write' })
    const target = new URL(await it.control.consent(url, 'allow', false))
    expect(Object.fromEntries(target.searchParams)).toMatchObject({ error: 'access_denied', state: 'a state' })
  })

  test('an older server has neither introspection nor revocation, and does not say that it has', async () => {
    const { it } = await signedIn()
    const token = await it.control.token()
    await it.control.oauth({ hasIntrospection: false })
    await it.control.oauth({ hasRevocation: false })
    for (const path of ['/oauth/introspect', '/oauth/revoke']) {
      expect((await it.call('POST', path, { form: { token } })).status).toBe(404)
    }
    expect((await it.call('GET', '/v1/accounts', { token })).status).toBe(200)
    const metadata = (await it.call('GET', '/.well-known/oauth-authorization-server')).body
    expect(metadata).not.toHaveProperty('introspection_endpoint')
    expect(metadata).not.toHaveProperty('revocation_endpoint')
    expect(metadata).toHaveProperty('token_endpoint')
    const { paths } = (await it.call('GET', '/v1/spec')).body as { paths: object }
    expect(Object.keys(paths)).not.toContain('/oauth/introspect')
    await it.control.oauth({ hasRevocation: true })
    expect((await it.call('POST', '/oauth/revoke', { form: { token } })).status).toBe(200)
    await it.control.reset()
    expect((await it.call('POST', '/oauth/introspect', { form: { token } })).status).toBe(200)
  })
})
