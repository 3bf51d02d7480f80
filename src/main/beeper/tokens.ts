// Whether a token counts: one that a person pasted, and one that was taken back. The server is asked both times, as neither a
// form nor a good answer to "revoke" says so.
import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import type { Grant } from '../beeper-port.ts'
import { momentFrom } from './moment.ts'
import type { Answer, CallResult, Target } from './request.ts'
import { callSafely } from './retry.ts'

type TokenTarget = Target & { readonly token: string }
type Refused = CallResult<unknown> & { readonly ok: false }

/** What a header can carry. The vault holds 2,000 bytes (KEY-4). */
const tokenShape = /^[\x21-\x7e]{1,2000}$/u

const withCode = (code: ProblemCode, problem: Partial<Problem> = {}): Problem => ({ ...problem, code, retry: 'now' })

/**
 * Reads what only a token that counts may read. The setup state is public while nobody is signed in (semantics 2), so then
 * the accounts are asked for.
 */
async function readWith(target: TokenTarget): Promise<CallResult<unknown>> {
  const setup = await callSafely('appSetupRetrieve', target, {})
  return setup.ok && setup.value.state === 'needs-login' ? callSafely('getAccounts', target, {}) : setup
}

const isRefusal = ({ problem }: Refused): boolean =>
  problem.code === 'beeper.token-refused' || problem.code === 'beeper.missing-scope'

async function checkByReading(target: TokenTarget, expiresAtMs?: number): Promise<Result<Grant>> {
  const read = await readWith(target)
  if (read.ok) return ok({ token: target.token, expiresAtMs })
  return failed(isRefusal(read) ? withCode('account.token-unusable', read.problem) : read.problem)
}

/** Whether the server answered, and has no introspection to speak of: older ones than v4.2.557 do not. */
const isMissing = ({ problem, refusal }: Refused): boolean =>
  refusal === undefined
    ? problem.code === 'beeper.unreadable'
    : refusal.status === 501 || (refusal.status < 500 && refusal.status !== 429 && refusal.status !== 408)

function grantFrom(
  target: TokenTarget,
  introspected: Answer<'oauth_introspect_token'>,
): Promise<Result<Grant>> | Result<Grant> {
  if (!introspected.active) return failed(withCode('account.token-unusable'))
  const expiresAtMs = introspected.exp === undefined ? undefined : momentFrom(introspected.exp * 1000)
  // RFC 7662 leaves the scope out at will; whether the token reads can be tried, whether it writes cannot.
  if (introspected.scope === undefined) return checkByReading(target, expiresAtMs)
  const scopes = introspected.scope.split(/\s+/u)
  if (!scopes.includes('read')) return failed(withCode('account.token-unusable'))
  if (!scopes.includes('write')) return failed(withCode('account.token-read-only'))
  return ok({ token: target.token, expiresAtMs })
}

/**
 * Checks a token that was pasted, by introspection (RFC 7662) or, where the server has none, by a read.
 * @param target server and token, without space around it
 * @returns the token and when it runs out; problems `account.token-unusable`, also for text that is no token and is sent to
 *   nobody, `account.token-read-only`, or those of the way to the server
 */
export async function checkToken(target: TokenTarget): Promise<Result<Grant>> {
  if (!tokenShape.test(target.token)) return failed(withCode('account.token-unusable'))
  const introspected = await callSafely('oauth_introspect_token', target, { body: { token: target.token } })
  if (introspected.ok) return grantFrom(target, introspected.value)
  return isMissing(introspected) ? checkByReading(target) : failed(introspected.problem)
}

/**
 * Takes a token back, and reads whether it is really gone: to revoke answers 200 for tokens that it does not know (RFC 7009),
 * and a server without the call may still have forgotten the token.
 * @returns problem `account.not-revoked` when it still counts, or when that cannot be told
 */
export async function revoke(target: TokenTarget): Promise<Result<undefined>> {
  await callSafely('oauth_revoke_token', target, { body: { token: target.token } })
  const read = await readWith(target)
  if (read.ok) return failed(withCode('account.not-revoked', { detail: 'still counts' }))
  return isRefusal(read) ? ok(undefined) : failed(withCode('account.not-revoked', read.problem))
}
