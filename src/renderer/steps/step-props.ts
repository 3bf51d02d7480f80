import type { LoginStep } from '#contract/beeper/login'
import type { Problem } from '#contract/problem'

/** What every step gets, and the three things that a person can do about it. */
export interface StepProps<Type extends LoginStep['type'] = LoginStep['type']> {
  step: Extract<LoginStep, { readonly type: Type }>
  networkName: string
  networkType: string
  isBusy: boolean
  /** The network did not take what was sent, and asks the same again. */
  isRejected: boolean
  problem: Problem | undefined
  onSubmit: (fields: Record<string, string>) => void
  onLeave: () => void
  onAgain: () => void
}
