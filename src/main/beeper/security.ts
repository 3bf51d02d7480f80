// Recovery key calls, in the app's words. None is repeated here: a repeat needs a look at the state first (semantics 6).
import { setupFrom } from '#contract/beeper/setup'
import type { SetupState } from '#contract/beeper/setup'
import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import { groupsOf } from '#contract/recovery-key'
import { call } from './request.ts'
import type { CallResult, Target } from './request.ts'

/** The refusals that can be about the key itself; which of them a server uses is not published. */
const aboutKey: readonly number[] = [400, 404, 409, 422]

/** Longer ones could not be confirmed, see the commands of the contract. */
const keyLimit = 200

/** A server may quote what it refuses. Its words are shown, so not those that hold a part of the key (SEC-1). */
function withoutKey(problem: Problem, recoveryKey: string): Problem {
  const { says = '', ...rest } = problem
  return groupsOf(recoveryKey).some((group) => says.includes(group)) ? rest : problem
}

function refused(result: CallResult<unknown> & { ok: false }, recoveryKey: string, code: ProblemCode): Result<never> {
  const problem = withoutKey(result.problem, recoveryKey)
  return failed(aboutKey.includes(result.refusal?.status ?? 0) ? { ...problem, code, retry: 'now' } : problem)
}

/**
 * Makes a new recovery key, once: every call makes another. Problem `security.old-key-refused` when the server refuses one that
 * came with an existing key.
 * @param existing the key in force, where the person has it
 * @returns the key, which no other call will show again
 */
export async function createKey(target: Target, existing?: string): Promise<Result<string>> {
  const body = existing === undefined ? {} : { existingRecoveryKey: existing }
  const result = await call('appSetupVerificationRecoveryKeyReset', target, { body })
  if (!result.ok)
    return existing === undefined ? failed(result.problem) : refused(result, existing, 'security.old-key-refused')
  const { recoveryKey } = result.value
  const isUsable = groupsOf(recoveryKey).length > 0 && recoveryKey.length <= keyLimit
  return isUsable ? ok(recoveryKey) : failed({ code: 'beeper.unreadable', retry: 'never', detail: 'recoveryKey' })
}

/**
 * Adopts the key that {@link createKey} made. Problem `security.new-key-refused` when the server knows of none or of another one.
 * @returns the state after it, which may lag
 */
export async function confirmKey(target: Target, recoveryKey: string): Promise<Result<SetupState>> {
  const result = await call('appSetupVerificationRecoveryKeyResetConfirm', target, { body: { recoveryKey } })
  return result.ok ? ok(setupFrom(result.value.session)) : refused(result, recoveryKey, 'security.new-key-refused')
}

/**
 * Unlocks with the key that the person has. Problem `security.key-refused` when it is not this account's; every other one says
 * that it could not be asked.
 * @returns the state after it, which may lag
 */
export async function unlock(target: Target, recoveryKey: string): Promise<Result<SetupState>> {
  const result = await call('appSetupVerificationRecoveryKey', target, { body: { recoveryKey } })
  return result.ok ? ok(setupFrom(result.value.session)) : refused(result, recoveryKey, 'security.key-refused')
}
