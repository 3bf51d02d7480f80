// Login sessions. A bridge treats its errors as final: after one the session is gone, and the first error is the one to
// show, not the 404 that follows it (bridge rules, R1).
import { sessionFrom, zSession } from '#contract/beeper/login'
import type { LoginSession } from '#contract/beeper/login'
import { signInFailure } from '#contract/beeper/login-errors'
import { prose } from '#contract/beeper/text'
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import type { SessionPath, Submission, Submitted } from '../beeper-port.ts'
import { call } from './request.ts'
import type { CallResult, Refusal, Target } from './request.ts'
import { callSafely } from './retry.ts'
import { checkToken } from './tokens.ts'

/** What a status means where the code beside it tells nothing. A network's own 401, 403 or 429 is not ours (R26). */
function meantBy({ status, code }: Refusal, problem: Problem): Partial<Problem> {
  // A plain one of a gateway says nothing about the network.
  if (status === 502 || status === 503 || status === 504) return problem
  if (status === 429) return { retry: 'later', advice: 'wait' }
  return (status === 404 || status === 410) && code === '' ? { code: 'connect.gone' } : {}
}

function fromRefusal(problem: Problem, refusal: Refusal): Problem {
  const failure = signInFailure(refusal.code, prose(refusal.message))
  const isTelling = failure.code !== 'connect.refused' || failure.advice !== undefined
  const detail = [problem.detail, failure.detail].filter(Boolean).join(' ')
  return { ...problem, ...failure, ...(!isTelling && meantBy(refusal, problem)), detail }
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
  const result = await call('createLoginSession', target, { path: { bridgeID }, body }, { schema: zSession })
  if (result.ok) return ok(sessionFrom(result.value))
  const own = result.refusal && (await ownProblem(target, result.refusal))
  if (own !== undefined) return failed({ ...result.problem, code: own, retry: 'never' })
  const problem = problemOf(result)
  // What is gone here is the network or the way to sign in; there was no session yet.
  return failed(problem.code === 'connect.gone' ? { ...problem, code: 'connect.refused' } : problem)
}

/** Reads a session. Problem `connect.gone` when it no longer exists. */
export async function readSession(target: Target, path: SessionPath): Promise<Result<LoginSession>> {
  const result = await call('getLoginSession', target, { path: { ...path } }, { schema: zSession })
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
  if (problem.code === 'beeper.upstream') return problem
  return { ...problem, code: 'connect.not-taken', retry: problem.retry === 'later' ? 'later' : 'now' }
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
  const args = { path: { ...path, stepID }, body }
  const result = await call('submitLoginStep', target, args, { isLongPoll, schema: zSession })
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
