// Sign-in by email, in the app's words. Statuses that the vendor has not published are read as semantics 3 says.
import { setupFrom } from '#contract/beeper/setup'
import type { SetupState } from '#contract/beeper/setup'
import { line, prose } from '#contract/beeper/text'
import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import type { RegistrationAnswer, SignedIn } from '../beeper-port.ts'
import { call } from './request.ts'
import type { Answer, CallResult, Target } from './request.ts'
import { callSafely } from './retry.ts'

const withCode = (problem: Problem, code: ProblemCode, retry: Problem['retry'] = 'now'): Problem => ({
  ...problem,
  code,
  retry,
})

const statusOf = (result: CallResult<unknown>): number => (result.ok ? 0 : (result.refusal?.status ?? 0))

const isClientError = (status: number): boolean => status >= 400 && status < 500 && ![408, 426, 429].includes(status)

/** What every call of a sign-in says when it has no meaning of its own for the status. 426: the server wants a newer client. */
const otherwise = (result: CallResult<unknown> & { ok: false }): Result<never> =>
  failed(statusOf(result) === 426 ? withCode(result.problem, 'account.client-outdated', 'never') : result.problem)

/** Reads the setup state. Problems: those of the request; `beeper.token-refused` or `beeper.missing-scope` for 401 and 403. */
export async function readSetup(target: Target): Promise<Result<SetupState>> {
  const result = await callSafely('appSetupRetrieve', target, {})
  return result.ok ? ok(setupFrom(result.value)) : failed(result.problem)
}

/** Reads the setup state once, without repeating; for a caller that asks again by itself. */
export async function glanceAtSetup(target: Target): Promise<Result<SetupState>> {
  const result = await call('appSetupRetrieve', target, {})
  return result.ok ? ok(setupFrom(result.value)) : failed(result.problem)
}

/**
 * Begins a sign-in. Problems: `account.sign-in-unavailable` when this Beeper does not offer it over the API (semantics 10),
 * `account.client-outdated`.
 * @returns the handle for the next calls
 */
export async function start(target: Target): Promise<Result<string>> {
  const result = await callSafely('appSetupStart', target, {})
  if (result.ok) return ok(result.value.setupRequestID)
  const isUnavailable = [403, 404, 409].includes(statusOf(result))
  if (isUnavailable) return failed(withCode(result.problem, 'account.sign-in-unavailable', 'never'))
  return otherwise(result)
}

/**
 * Sends the code. Every call may send a mail, so it goes out once. Problems: `account.request-gone` when the handle
 * expired, `account.address-refused` when the server does not take the address, `account.client-outdated`.
 */
export async function sendEmail(target: Target, requestID: string, email: string): Promise<Result<undefined>> {
  const result = await call('appSetupEmail', target, { body: { setupRequestID: requestID, email } })
  if (result.ok) return ok(undefined)
  const status = statusOf(result)
  if ([404, 409, 410].includes(status)) return failed(withCode(result.problem, 'account.request-gone'))
  if (isClientError(status)) return failed(withCode(result.problem, 'account.address-refused'))
  return otherwise(result)
}

const signedIn = ({ matrix, session }: Answer<'appSetupRegister'>): SignedIn => ({
  kind: 'signed-in',
  token: matrix.accessToken,
  userID: matrix.userID,
  setup: setupFrom(session),
})

/**
 * Answers with the code, once. Problems: `account.request-gone`, `account.client-outdated`, `account.code-refused` for any
 * other 4xx but 429.
 * @returns the sign-in, or what a new account needs
 */
export async function respond(
  target: Target,
  requestID: string,
  code: string,
): Promise<Result<SignedIn | RegistrationAnswer>> {
  const result = await call('appSetupResponse', target, { body: { setupRequestID: requestID, response: code } })
  if (!result.ok) {
    const status = statusOf(result)
    if ([404, 409, 410].includes(status)) return failed(withCode(result.problem, 'account.request-gone'))
    if (isClientError(status)) return failed(withCode(result.problem, 'account.code-refused'))
    return otherwise(result)
  }
  const answer = result.value
  if (!('registrationRequired' in answer)) return ok(signedIn(answer))
  const { copy, setupRequestID, leadToken, usernameSuggestions } = answer
  const { title, usernamePlaceholder, submit, terms } = copy
  return ok({
    kind: 'registration',
    requestID: setupRequestID,
    leadToken,
    title: line(title),
    usernamePlaceholder: line(usernamePlaceholder),
    submitLabel: line(submit),
    terms: prose(terms),
    // A name that does not fit on a chip is no suggestion.
    suggestions: (usernameSuggestions ?? []).filter((name) => name.length <= 64).slice(0, 12),
  })
}

/**
 * Creates the account, once. Problems: `account.username-taken` (409), `account.username-refused` (400, 422; the server's
 * words say why), `account.request-gone` (401, 403, 404, 410), `account.client-outdated`.
 */
export async function register(
  target: Target,
  requestID: string,
  leadToken: string,
  username: string,
): Promise<Result<SignedIn>> {
  const body = { setupRequestID: requestID, leadToken, username, acceptTerms: true } as const
  const result = await call('appSetupRegister', target, { body })
  if (result.ok) return ok(signedIn(result.value))
  const status = statusOf(result)
  if (status === 409) return failed(withCode(result.problem, 'account.username-taken'))
  if (status === 400 || status === 422) return failed(withCode(result.problem, 'account.username-refused'))
  if ([401, 403, 404, 410].includes(status)) return failed(withCode(result.problem, 'account.request-gone'))
  return otherwise(result)
}
