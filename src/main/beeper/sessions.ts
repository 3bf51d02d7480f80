// Login sessions. A bridge treats its errors as final: after one the session is gone, and the first error is the one to
// show, not the 404 that follows it (bridge rules, R1).
import { sessionFrom } from '#contract/beeper/login'
import type { LoginSession } from '#contract/beeper/login'
import { failed, ok } from '#contract/problem'
import { signInFailure } from '#contract/beeper/login-errors'
import type { Problem, Result } from '#contract/problem'
import { prose } from '#contract/beeper/text'
import type { SessionPath, Submission, Submitted } from '../beeper-port.ts'
import { call } from './request.ts'
import type { CallResult, Refusal, Target } from './request.ts'
import { callSafely } from './retry.ts'
import { checkToken } from './tokens.ts'

function fromRefusal(problem: Problem, { status, code, message }: Refusal): Problem {
  const detail = `${problem.detail ?? ''} ${code}`.trim()
  // A network's own 401, 403 or 429 is not ours (R26); a plain 5xx from the server says nothing about the network.
  if (status === 502 || status === 503 || status === 504) return { ...problem, detail }
  const failure = signInFailure(code, prose(message))
  return { ...problem, ...failure, detail }
}

const problemOf = (result: CallResult<unknown> & { ok: false }): Problem =>
  result.refusal === undefined ? result.problem : fromRefusal(result.problem, result.refusal)

/**
 * The problem with our own token, if that is what a 401 or 403 is about, and not the network's word (R26). The server is
 * asked: by introspection or a read, neither of which changes anything.
 */
async function ownProblem(target: Target, { status }: Refusal): Promise<Problem['code'] | undefined> {
  const { token } = target
  if ((status !== 401 && status !== 403) || token === undefined) return undefined
  const checked = await checkToken({ ...target, token })
  if (checked.ok) return undefined
  if (checked.problem.code === 'account.token-read-only') return 'beeper.missing-scope'
  return checked.problem.code === 'account.token-unusable' ? 'beeper.token-refused' : undefined
}

/**
 * Begins a session, once: it has effects on the network (R6). Problems `beeper.missing-scope` when the token may only read, and
 * `beeper.token-refused` when it no longer counts.
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
  const own = result.refusal && (await ownProblem(target, result.refusal))
  return failed(own === undefined ? problemOf(result) : { ...result.problem, code: own, retry: 'never' })
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

/** What is told of a refusal that the session outlived: not its end, so nothing has to be started over. */
function objection(result: CallResult<unknown> & { ok: false }): Problem {
  const problem = problemOf(result)
  if (problem.code !== 'connect.refused') return problem
  const { says, detail } = problem
  return { code: 'connect.not-taken', retry: 'now', ...(says && { says }), ...(detail && { detail }) }
}

/**
 * Hands in what a step asks for, once, and after a refusal reads whether the session outlived it.
 * @param submission values by field ID; nothing for a waiting step, which then blocks until something changes
 */
export async function submitStep(
  target: Target,
  path: SessionPath,
  stepID: string,
  submission: Submission,
): Promise<Submitted> {
  const isLongPoll = submission.type === 'display_and_wait'
  const body = isLongPoll
    ? ({ type: 'display_and_wait' } as const)
    : ({
        type: submission.type,
        fields: { ...submission.fields },
        // Typed or pasted by the person: no window of ours collected it (semantics 5).
        ...(submission.type === 'cookies' && { source: 'api' as const }),
      } as const)
  const result = await call('submitLoginStep', target, { path: { ...path, stepID }, body }, { isLongPoll })
  if (result.ok) return { kind: 'answered', session: sessionFrom(result.value) }
  if (result.refusal === undefined) return { kind: 'unheard', problem: result.problem }
  const after = await readSession(target, path)
  if (after.ok) return { kind: 'answered', session: after.value, problem: objection(result) }
  return after.problem.code === 'connect.gone'
    ? { kind: 'ended', problem: problemOf(result) }
    : { kind: 'unheard', problem: after.problem }
}

/** Cancels a session; one that is gone already counts as cancelled. */
export async function cancelSession(target: Target, path: SessionPath): Promise<Result<undefined>> {
  const result = await callSafely('cancelLoginSession', target, { path: { ...path } })
  return result.ok || result.problem.code === 'beeper.not-found' ? ok(undefined) : failed(result.problem)
}
