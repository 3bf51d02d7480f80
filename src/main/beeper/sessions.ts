// Login sessions. A bridge treats its errors as final: after one the session is gone, and the first error is the one to
// show, not the 404 that follows it (bridge rules, R1).
import { sessionFrom } from '#contract/beeper/login'
import type { LoginSession } from '#contract/beeper/login'
import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import type { SessionPath, Submitted } from '../beeper-port.ts'
import { call } from './request.ts'
import type { CallResult, Refusal, Target } from './request.ts'
import { callSafely } from './retry.ts'
import { checkToken } from './tokens.ts'

const suffixes: readonly (readonly [suffix: string, code: ProblemCode])[] = [
  ['LOGIN_TIMED_OUT', 'connect.timed-out'],
  ['LOGIN_CANCELLED', 'connect.cancelled'],
  ['TOO_MANY_LOGINS', 'connect.limit'],
]

function fromRefusal(problem: Problem, { status, code }: Refusal): Problem {
  const known = suffixes.find(([suffix]) => code.endsWith(suffix))
  const detail = `${problem.detail ?? ''} ${code}`.trim()
  if (known !== undefined) return { ...problem, code: known[1], retry: 'now', detail }
  // A network's own 401, 403 or 429 is not ours (R26); a plain 5xx from the server says nothing about the network.
  if (status === 502 || status === 503 || status === 504) return { ...problem, detail }
  return { ...problem, code: 'connect.refused', retry: 'now', detail }
}

const problemOf = (result: CallResult<unknown> & { ok: false }): Problem =>
  result.refusal === undefined ? result.problem : fromRefusal(result.problem, result.refusal)

/** Whether a 403 is about our own token, which may only read, and not the network's word (R26). The server is asked. */
async function isOurs(target: Target, { status }: Refusal): Promise<boolean> {
  const { token } = target
  if (status !== 403 || token === undefined) return false
  const checked = await checkToken({ ...target, token })
  return !checked.ok && checked.problem.code === 'account.token-read-only'
}

/**
 * Begins a session, once: it has effects on the network (R6). Problem `beeper.missing-scope` when the token may only read.
 * @returns the session with its first step
 */
export async function createSession(
  target: Target,
  bridgeID: string,
  flowID: string | undefined,
): Promise<Result<LoginSession>> {
  const body = flowID === undefined ? {} : { flowID }
  const result = await call('createLoginSession', target, { path: { bridgeID }, body })
  if (result.ok) return ok(sessionFrom(result.value))
  if (result.refusal !== undefined && (await isOurs(target, result.refusal))) return failed(result.problem)
  return failed(problemOf(result))
}

/** Reads a session. Problem `connect.gone` when it no longer exists. */
export async function readSession(target: Target, path: SessionPath): Promise<Result<LoginSession>> {
  const result = await call('getLoginSession', target, { path: { ...path } })
  if (result.ok) return ok(sessionFrom(result.value))
  return failed(
    result.problem.code === 'beeper.not-found'
      ? { ...result.problem, code: 'connect.gone', retry: 'now' }
      : result.problem,
  )
}

/**
 * Submits a step, once, and after a refusal reads whether the session outlived it.
 * @param fields values by field ID; none for a waiting step, which then blocks until something changes
 */
export async function submitStep(
  target: Target,
  path: SessionPath,
  stepID: string,
  fields: Readonly<Record<string, string>> | undefined,
): Promise<Submitted> {
  const body =
    fields === undefined
      ? ({ type: 'display_and_wait' } as const)
      : ({ type: 'user_input', fields: { ...fields } } as const)
  const result = await call(
    'submitLoginStep',
    target,
    { path: { ...path, stepID }, body },
    { isLongPoll: fields === undefined },
  )
  if (result.ok) return { kind: 'answered', session: sessionFrom(result.value) }
  if (result.refusal === undefined) return { kind: 'unheard', problem: result.problem }
  const after = await readSession({ origin: target.origin, token: target.token }, path)
  if (after.ok) return { kind: 'answered', session: after.value }
  return after.problem.code === 'connect.gone'
    ? { kind: 'ended', problem: problemOf(result) }
    : { kind: 'unheard', problem: after.problem }
}

/** Cancels a session; one that is gone already counts as cancelled. */
export async function cancelSession(target: Target, path: SessionPath): Promise<Result<undefined>> {
  const result = await callSafely('cancelLoginSession', target, { path: { ...path } })
  return result.ok || result.problem.code === 'beeper.not-found' ? ok(undefined) : failed(result.problem)
}
