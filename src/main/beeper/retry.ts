// Repeats what may be repeated freely: operations of the class `safe` (semantics 6). Everything else goes out once.
import { operations } from '#contract/beeper/gen/operations.gen'
import type { Problem } from '#contract/problem'
import { setTimeout as sleep } from 'node:timers/promises'
import { call } from './request.ts'
import type { Answer, Arguments, CallOptions, CallResult, OperationID, Target } from './request.ts'

const attempts = 3
const firstPauseMs = 500
const longestPauseMs = 8_000

const canHelp = ({ code }: Problem): boolean =>
  code === 'beeper.unreachable' ||
  code === 'beeper.host-unknown' ||
  code === 'beeper.timeout' ||
  code === 'beeper.rate-limited' ||
  code === 'beeper.upstream' ||
  code === 'beeper.fault'

/** Full jitter over a doubling pause, so that many clients of one server do not return in step. */
const pauseMs = (attempt: number, problem: Problem): number =>
  problem.waitMs ?? Math.random() * Math.min(firstPauseMs * 2 ** attempt, longestPauseMs)

/**
 * Calls an operation of the class `safe`, up to three times while it fails for reasons that pass.
 * @returns as {@link call}: the last answer or problem
 */
export async function callSafely<ID extends OperationID, T = Answer<ID>>(
  id: ID,
  target: Target,
  args: Arguments<ID>,
  options: CallOptions<T> = {},
): Promise<CallResult<NoInfer<T>>> {
  if (operations[id].retry !== 'safe') throw new Error(`${id} must not be repeated`)
  let result = await call(id, target, args, options)
  for (let attempt = 1; attempt < attempts && !result.ok && canHelp(result.problem); attempt++) {
    if (target.signal?.aborted === true) break
    await sleep(pauseMs(attempt - 1, result.problem), undefined, { signal: target.signal }).catch(() => undefined)
    result = await call(id, target, args, options)
  }
  return result
}
