// Recovery key calls, in the app's words.
import { setupFrom } from '#contract/beeper/setup'
import type { SetupState } from '#contract/beeper/setup'
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import { call } from './request.ts'
import type { CallResult, Target } from './request.ts'

const refusedKey = (result: CallResult<unknown> & { ok: false }): Problem => {
  const status = result.refusal?.status ?? 0
  const isAboutKey = status === 400 || status === 404 || status === 409 || status === 422
  return isAboutKey ? { ...result.problem, code: 'security.key-refused', retry: 'now' } : result.problem
}

/** Makes a new recovery key, once: every call makes another. @returns the key, which no other call will show again */
export async function createKey(target: Target): Promise<Result<string>> {
  const result = await call('appSetupVerificationRecoveryKeyReset', target, { body: {} })
  return result.ok ? ok(result.value.recoveryKey) : failed(result.problem)
}

/** Adopts the key that {@link createKey} made. @returns the state after it, which may lag */
export async function confirmKey(target: Target, recoveryKey: string): Promise<Result<SetupState>> {
  const result = await call('appSetupVerificationRecoveryKeyResetConfirm', target, { body: { recoveryKey } })
  return result.ok ? ok(setupFrom(result.value.session)) : failed(refusedKey(result))
}

/** Unlocks with the key that the person has. Problem `security.key-refused` when it is not this account's. */
export async function unlock(target: Target, recoveryKey: string): Promise<Result<SetupState>> {
  const result = await call('appSetupVerificationRecoveryKey', target, { body: { recoveryKey } })
  return result.ok ? ok(setupFrom(result.value.session)) : failed(refusedKey(result))
}
