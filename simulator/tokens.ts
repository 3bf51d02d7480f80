// Bearer tokens: what opens the API, with which scope, and where it came from.
import type { Random } from './random.ts'
import type { Secrets } from './secrets.ts'

export type Scope = 'read' | 'write'
export type TokenSource = 'account' | 'oauth' | 'manual'

export interface Token {
  readonly id: string
  readonly value: string
  readonly scopes: readonly Scope[]
  readonly source: TokenSource
  readonly issuedAtMs: number
  readonly expiresAtMs?: number
  readonly client?: { readonly id: string; readonly name: string }
}

export type NewToken = Pick<Token, 'scopes' | 'source' | 'issuedAtMs'> & Partial<Pick<Token, 'expiresAtMs' | 'client'>>

export class Tokens {
  #tokens: Token[] = []
  readonly #random: Random
  readonly #seen: Secrets
  readonly #onRevoked: (token: Token) => void

  constructor(random: Random, seen: Secrets, onRevoked: (token: Token) => void) {
    this.#random = random
    this.#seen = seen
    this.#onRevoked = onRevoked
  }

  issue(details: NewToken): Token {
    const prefix = details.source === 'account' ? 'syt_' : 'bpr_'
    const token = { id: this.#random.text(16), value: prefix + this.#random.text(40), ...details }
    this.#tokens.push(token)
    this.#seen.note(`${token.source}-token`, token.value)
    return token
  }

  /** The live token with this value; an expired or revoked one is as unknown as one that never was. */
  find(value: string, nowMs: number): Token | undefined {
    this.#seen.note('unknown-token', value)
    const token = this.#tokens.find((candidate) => candidate.value === value)
    return token?.expiresAtMs !== undefined && token.expiresAtMs <= nowMs ? undefined : token
  }

  all(): readonly Token[] {
    return this.#tokens
  }

  revoke(matches: (token: Token) => boolean): number {
    const gone = this.#tokens.filter(matches)
    this.#tokens = this.#tokens.filter((token) => !gone.includes(token))
    for (const token of gone) this.#onRevoked(token)
    return gone.length
  }
}

/** `read write` as OAuth spells a set of scopes; words that are no scope are dropped. */
export function parseScopes(text: string): Scope[] {
  const words = new Set(text.split(/\s+/))
  return (['read', 'write'] as const).filter((scope) => words.has(scope))
}
