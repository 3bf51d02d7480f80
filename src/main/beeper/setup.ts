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

const isClientError = (status: number): boolean => status >= 400 && status < 500 && status !== 429 && status !== 408

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
 * Begins a sign-in. Problem `account.sign-in-unavailable` when this Beeper does not offer it over the API (semantics 10).
 * @returns the handle for the next calls
 */
export async function start(target: Target): Promise<Result<string>> {
  const result = await callSafely('appSetupStart', target, {})
  if (result.ok) return ok(result.value.setupRequestID)
  const isUnavailable = [403, 404, 409].includes(statusOf(result))
  return failed(isUnavailable ? withCode(result.problem, 'account.sign-in-unavailable', 'never') : result.problem)
}

/**
 * Sends the code. Every call may send a mail, so it goes out once. Problems: `account.request-gone` when the handle
 * expired, `account.address-refused` when the server does not take the address.
 */
export async function sendEmail(target: Target, requestID: string, email: string): Promise<Result<undefined>> {
  const result = await call('appSetupEmail', target, { body: { setupRequestID: requestID, email } })
  if (result.ok) return ok(undefined)
  const status = statusOf(result)
  if ([404, 409, 410].includes(status)) return failed(withCode(result.problem, 'account.request-gone'))
  return failed(isClientError(status) ? withCode(result.problem, 'account.address-refused') : result.problem)
}

const signedIn = ({ matrix, session }: Answer<'appSetupRegister'>): SignedIn => ({
  kind: 'signed-in',
  token: matrix.accessToken,
  userID: matrix.userID,
  setup: setupFrom(session),
})

/**
 * Answers with the code, once. Problems: `account.request-gone`, `account.code-refused` for any other 4xx but 429.
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
    return failed(isClientError(status) ? withCode(result.problem, 'account.code-refused') : result.problem)
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
 * words say why), `account.request-gone` (401, 403, 404, 410).
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
  return failed(
    [401, 403, 404, 410].includes(status) ? withCode(result.problem, 'account.request-gone') : result.problem,
  )
}
