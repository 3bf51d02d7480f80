// Clients, consent and codes of the OAuth side (semantics.md, section 7; RFC 6749, 7591, 7636).
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { zOAuthRegisterRequest } from '#contract/beeper/gen/zod.gen'
import type { OAuthRegisterResponse } from '#contract/beeper/gen/types.gen'
import type { Clock } from './clock.ts'
import { OAuthFailure } from './failure.ts'
import type { Random } from './random.ts'
import type { Secrets } from './secrets.ts'
import { parseScopes, type Scope, type Token, type Tokens } from './tokens.ts'

const codeLifeMs = 10 * 60_000
const usualTokenLifeMs = 180 * 24 * 3_600_000

export interface OAuthClient {
  readonly id: string
  readonly name: string
  readonly redirectURIs: readonly string[]
  readonly scope: string
  readonly issuedAtMs: number
}

/** How this server gives tokens, where servers differ. What is absent is as usual. */
export interface OAuthRules {
  /** How long tokens given from now on live, in simulated milliseconds; with `null` they live on and no end is told. */
  readonly tokenLifeMs?: number | null | undefined
  /** What the person grants at most. */
  readonly scopes?: readonly Scope[] | undefined
  /** Whether the server has these endpoints at all. */
  readonly hasIntrospection?: boolean | undefined
  readonly hasRevocation?: boolean | undefined
}

/** A consent page that is open in some browser. */
export interface ConsentRequest {
  readonly id: string
  readonly client: OAuthClient
  readonly redirectURI: string
  readonly challenge: string
  readonly scopes: readonly Scope[]
  readonly state: string | undefined
}

interface Code {
  readonly value: string
  readonly request: ConsentRequest
  readonly scopes: readonly Scope[]
  readonly expiresAtMs: number
  /** Set once used: a code that turns up twice was stolen, so its token dies too (RFC 6749, 4.1.2). */
  token?: Token
  isSpent: boolean
}

export class OAuth {
  rules: OAuthRules = {}
  readonly #clients = new Map<string, OAuthClient>()
  readonly #requests = new Map<string, ConsentRequest>()
  readonly #codes = new Map<string, Code>()

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly tokens: Tokens,
    private readonly seen: Secrets,
    private readonly hasExpiry: () => boolean,
  ) {}

  register(request: z.output<typeof zOAuthRegisterRequest>, origin: string): OAuthRegisterResponse {
    const { client_name, client_uri, redirect_uris, scope = 'read write' } = request
    if (redirect_uris.length === 0 || !redirect_uris.every(isAcceptableRedirect)) {
      throw new OAuthFailure('invalid_client_metadata', 'Redirects go to a loopback address or a private-use scheme')
    }
    const issuedAtMs = this.clock.now()
    const id = this.random.text(24)
    this.#clients.set(id, { id, name: client_name, redirectURIs: redirect_uris, scope, issuedAtMs })
    return {
      client_id: id,
      client_name,
      ...(client_uri !== undefined && { client_uri }),
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris,
      scope,
      token_endpoint_auth_method: 'none',
      client_id_issued_at: Math.floor(issuedAtMs / 1000),
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
    }
  }

  /** Opens a consent request. Faults of the query are shown on a page and never sent to an unproven redirect. */
  ask(query: {
    readonly client_id: string
    readonly redirect_uri: string
    readonly code_challenge: string
    readonly state?: string | undefined
    readonly scope?: string | undefined
  }): ConsentRequest {
    const client = this.#clients.get(query.client_id)
    if (client === undefined) throw new OAuthFailure('invalid_client', 'This app is not registered')
    if (!client.redirectURIs.includes(query.redirect_uri)) {
      throw new OAuthFailure('invalid_request', 'The redirect was not registered by this app')
    }
    if (!/^[A-Za-z0-9_-]{43}$/.test(query.code_challenge)) {
      throw new OAuthFailure('invalid_request', 'The code challenge is no SHA-256 in base64url')
    }
    const scopes = parseScopes(query.scope ?? client.scope)
    if (scopes.length === 0) throw new OAuthFailure('invalid_scope', 'Ask for read, write or both')
    const { code_challenge: challenge, redirect_uri: redirectURI, state } = query
    const request = { id: this.random.text(22), client, redirectURI, challenge, scopes, state }
    this.#requests.set(request.id, request)
    return request
  }

  /** The person decides. Returns where the browser goes next; `undefined` when the page was used before. */
  decide(requestID: string, decision: 'allow' | 'deny'): string | undefined {
    const request = this.#requests.get(requestID)
    if (request === undefined) return undefined
    this.#requests.delete(requestID)
    const target = new URL(request.redirectURI)
    const scopes = request.scopes.filter((scope) => this.rules.scopes?.includes(scope) ?? true)
    if (decision === 'allow' && scopes.length > 0) {
      const value = this.random.text(32)
      this.seen.note('authorization-code', value)
      this.#codes.set(value, { value, request, scopes, expiresAtMs: this.clock.now() + codeLifeMs, isSpent: false })
      target.searchParams.set('code', value)
    } else {
      target.searchParams.set('error', 'access_denied')
      target.searchParams.set('error_description', 'The person said no')
    }
    if (request.state !== undefined) target.searchParams.set('state', request.state)
    return target.href
  }

  exchange(form: {
    readonly code: string
    readonly code_verifier: string
    readonly client_id?: string | undefined
    readonly redirect_uri?: string | undefined
  }): Token {
    const code = this.#codes.get(form.code)
    if (code === undefined) throw new OAuthFailure('invalid_grant', 'This code is unknown')
    const { request, token } = code
    if (code.isSpent) {
      if (token !== undefined) this.tokens.revoke((candidate) => candidate.id === token.id)
      throw new OAuthFailure('invalid_grant', 'This code was used before')
    }
    code.isSpent = true
    const digest = createHash('sha256').update(form.code_verifier).digest('base64url')
    const isRightClient = form.client_id === undefined || form.client_id === request.client.id
    const isRightRedirect = form.redirect_uri === undefined || form.redirect_uri === request.redirectURI
    if (code.expiresAtMs <= this.clock.now()) throw new OAuthFailure('invalid_grant', 'This code has expired')
    if (!isRightClient || !isRightRedirect)
      throw new OAuthFailure('invalid_grant', 'This code belongs to another request')
    if (digest !== request.challenge) throw new OAuthFailure('invalid_grant', 'The code verifier does not fit')
    const now = this.clock.now()
    const lifeMs = this.#tokenLifeMs()
    code.token = this.tokens.issue({
      scopes: code.scopes,
      source: 'oauth',
      issuedAtMs: now,
      client: { id: request.client.id, name: request.client.name },
      ...(lifeMs !== null && { expiresAtMs: now + lifeMs }),
    })
    return code.token
  }

  #tokenLifeMs(): number | null {
    const { tokenLifeMs } = this.rules
    if (tokenLifeMs !== undefined) return tokenLifeMs
    return this.hasExpiry() ? usualTokenLifeMs : null
  }
}

function isAcceptableRedirect(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  }
  return !['javascript:', 'data:', 'file:', 'blob:', 'about:', 'vbscript:'].includes(url.protocol)
}
