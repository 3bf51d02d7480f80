// A sign-in for a Beeper where somebody is signed in already: OAuth with PKCE, consent in the system browser, the answer
// on a loopback listener (RFC 8252; ORI-7). oauth4webapi does the protocol; this file does the listener and the origin rules.
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import * as oauth from 'oauth4webapi'
import type { Consent, Grant } from '../beeper-port.ts'
import { codeOfFailure } from './failures.ts'
import { momentFrom } from './moment.ts'
import { exchange } from './transport.ts'

const limitMs = 5 * 60_000
const requestLimitMs = 15_000
const scope = 'read write'

const problem = (code: Problem['code'], detail: string): Problem => ({ code, retry: 'now', detail })

/** oauth4webapi asks through this: same transport as every other call, so no redirect, proxy or cookie. */
async function throughTransport(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: unknown },
): Promise<Response> {
  const body =
    init.body instanceof URLSearchParams ? init.body.toString() : typeof init.body === 'string' ? init.body : undefined
  const answer = await exchange({
    method: init.method ?? 'GET',
    url: new URL(url),
    headers: init.headers ?? {},
    body,
    signal: AbortSignal.timeout(requestLimitMs),
  })
  return new Response(answer.bytes.toString('utf8'), {
    status: answer.status,
    headers: { 'content-type': answer.headers['content-type'] ?? '' },
  })
}

const requestOptions = {
  [oauth.customFetch]: throughTransport,
  // Loopback is plain HTTP; `endpointOf` below keeps every endpoint on the origin that the person chose.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so in order to stand out, not to go away
  [oauth.allowInsecureRequests]: true,
} as const

/** Endpoints must share the origin that the token is for (ORI-2). */
function endpointOf(
  server: oauth.AuthorizationServer,
  name: 'authorization_endpoint' | 'token_endpoint' | 'registration_endpoint',
  origin: string,
): URL {
  const announced = server[name]
  if (announced === undefined || !URL.canParse(announced) || new URL(announced).origin !== origin)
    throw new Error(`${name} is foreign`)
  return new URL(announced)
}

async function discover(origin: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(origin)
  const answer = await oauth.discoveryRequest(issuer, { ...requestOptions, algorithm: 'oauth2' })
  return oauth.processDiscoveryResponse(issuer, answer)
}

interface Listener {
  readonly redirectURI: string
  /** The query of the one request that came back from the browser. */
  readonly returned: Promise<URL>
  close(): void
}

const page = (sentence: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Drawbridge</title><body style="font:18px system-ui;margin:20vh auto;max-width:28em;padding:0 1em;text-align:center"><p>${sentence}</p>`

/** One path, one use, this host only, five minutes. */
async function openListener(sentence: string): Promise<Listener> {
  const path = `/${randomBytes(16).toString('base64url')}`
  const server = http.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  const returned = new Promise<URL>((resolve, reject) => {
    server.setTimeout(10_000)
    server.on('close', () => {
      reject(new Error('closed'))
    })
    server.on('request', (request, answer) => {
      // Not resolved against a base: `//` is no URL then, and `//other.host/path` would have our path.
      const sent = `http://${host}${request.url ?? '/'}`
      const url = URL.canParse(sent) ? new URL(sent) : undefined
      if (request.method !== 'GET' || request.headers.host !== host || url?.pathname !== path) {
        answer.writeHead(404).end()
        return
      }
      answer.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        connection: 'close',
      })
      answer.end(page(sentence), () => {
        resolve(url)
        close()
      })
    })
  })
  // Whoever waits for `returned` hears of its failure; before anybody does, a closed listener is no fault of its own.
  returned.catch(() => undefined)
  return { redirectURI: `http://${host}${path}`, returned, close }
}

/** What stands in the way to the server itself has its own words and remedies; everything else is the consent's. */
function obstacle(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = codeOfFailure(code)
  if (known !== 'beeper.unreachable') return { code: known, retry: 'now', detail: code }
  return problem('account.consent-failed', error instanceof Error ? error.name : 'unknown')
}

const isRefusal = (error: unknown): boolean =>
  error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied'

/**
 * Prepares a consent: registers this app with the server and opens the listener.
 * @param origin the server's origin
 * @param words what the browser page says when it comes back
 * @param beforeToken runs before the code is exchanged, which works once only
 * @returns the page to open and the grant to come; problem `account.consent-failed` when the server cannot do it, or what
 *   stands in the way to it (`beeper.cert-*` …)
 */
export async function askConsent(
  origin: string,
  words: { readonly returned: string },
  beforeToken: () => Promise<unknown>,
): Promise<Result<Consent>> {
  let listener: Listener | undefined
  try {
    const server = await discover(origin)
    const authorize = endpointOf(server, 'authorization_endpoint', origin)
    endpointOf(server, 'token_endpoint', origin)
    endpointOf(server, 'registration_endpoint', origin)
    const mine = await openListener(words.returned)
    listener = mine
    const { redirectURI } = mine
    const metadata = {
      client_name: 'Drawbridge',
      redirect_uris: [redirectURI],
      token_endpoint_auth_method: 'none',
      scope,
    }
    const registration = await oauth.dynamicClientRegistrationRequest(server, metadata, requestOptions)
    const client = await oauth.processDynamicClientRegistrationResponse(registration)
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const query = {
      client_id: client.client_id,
      redirect_uri: redirectURI,
      response_type: 'code',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      scope,
      state,
    }
    authorize.search = new URLSearchParams(query).toString()
    const finish = async (url: URL): Promise<Grant> => {
      const parameters = oauth.validateAuthResponse(server, client, url, state)
      if (parameters.getAll('code').length !== 1) throw new Error('no code')
      await beforeToken()
      // Counted from before the request: the server's own count began no earlier.
      const askedAtMs = Date.now()
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        parameters,
        redirectURI,
        verifier,
        requestOptions,
      )
      const { access_token: token, expires_in: lifeS } = await oauth.processAuthorizationCodeResponse(
        server,
        client,
        answer,
      )
      return { token, expiresAtMs: lifeS === undefined ? undefined : momentFrom(askedAtMs + lifeS * 1000) }
    }
    return ok({ url: authorize.href, grant: settle(mine, finish), cancel: () => mine.close() })
  } catch (error) {
    listener?.close()
    return failed(obstacle(error))
  }
}

async function settle(listener: Listener, finish: (url: URL) => Promise<Grant>): Promise<Result<Grant>> {
  const limit = AbortSignal.timeout(limitMs)
  const stop = (): void => listener.close()
  limit.addEventListener('abort', stop)
  try {
    return ok(await finish(await listener.returned))
  } catch (error) {
    if (limit.aborted) return failed(problem('account.consent-timeout', 'no answer'))
    return failed(
      problem(
        isRefusal(error) ? 'account.consent-refused' : 'account.consent-failed',
        error instanceof Error ? error.name : 'unknown',
      ),
    )
  } finally {
    limit.removeEventListener('abort', stop)
  }
}
