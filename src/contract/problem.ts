// What can go wrong in the ordinary course of things. A problem is a value, made once at a border, kept in the state
// beside what it concerns and put into words by the catalogue. Nobody reads its texts to decide anything.

import type { Advice } from './beeper/login-errors.ts'

export const problemCodes = [
  // The way to a Beeper server.
  'beeper.unreachable',
  'beeper.timeout',
  'beeper.not-beeper',
  'beeper.too-old',
  'beeper.unreadable',
  'beeper.token-refused',
  'beeper.missing-scope',
  'beeper.not-found',
  'beeper.conflict',
  'beeper.rejected',
  'beeper.rate-limited',
  'beeper.upstream',
  'beeper.fault',
  'beeper.bad-address',
  'beeper.needs-https',
  'beeper.host-unknown',
  'beeper.cert-untrusted',
  'beeper.cert-expired',
  'beeper.cert-other-host',
  'beeper.no-tls',
  // Signing in.
  'account.address-refused',
  'account.code-refused',
  'account.request-gone',
  'account.sign-in-unavailable',
  'account.username-taken',
  'account.username-refused',
  'account.consent-refused',
  'account.consent-timeout',
  'account.consent-failed',
  'account.browser-failed',
  'account.client-outdated',
  'account.permission-expired',
  'account.token-unusable',
  'account.token-read-only',
  'account.not-revoked',
  'account.not-forgotten',
  // The keychain of the system.
  'keychain.missing',
  'keychain.locked',
  'keychain.denied',
  'keychain.mismatch',
  'keychain.empty',
  // Secure messages.
  'security.not-a-key',
  'security.key-refused',
  'security.old-key-refused',
  'security.new-key-refused',
  'security.copy-not-proved',
  'security.save-failed',
  'security.print-failed',
  'security.nothing-to-verify-with',
  'security.code-not-read',
  'security.verification-gone',
  'security.too-late',
  // Connecting a network.
  'connect.gone',
  'connect.unheard',
  'connect.not-taken',
  'connect.refused',
  'connect.cancelled',
  'connect.timed-out',
  'connect.limit',
  'connect.no-flows',
  // Pictures that the server names.
  'picture.unusable',
  // This program.
  'command.refused',
  'command.not-now',
  'demo.failed',
  'unexpected',
] as const

export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  readonly code: ProblemCode
  /** Whether trying the same thing again can help: at once, after a while, or not at all. */
  readonly retry: 'now' | 'later' | 'never'
  /** The server's or network's own words, plain text of at most 600 characters, shown to the person as a quotation. */
  readonly says?: string
  /** What helps against a sign-in that a network refused, where its code tells. */
  readonly advice?: Advice
  /** How long to wait before trying again, in milliseconds, when the other side said so. */
  readonly waitMs?: number
  /** For support only: status, code, operation. Never holds a secret or free text from a person. */
  readonly detail?: string
}

/** What a command answers: its value, or the problem that stood in the way. Nothing is thrown across IPC. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/** Wraps a value as the good half of a {@link Result}. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** Wraps a problem as the bad half of a {@link Result}. */
export const failed = (problem: Problem): { readonly ok: false; readonly problem: Problem } => ({ ok: false, problem })
