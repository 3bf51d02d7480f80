import type { LoginStep } from '#contract/beeper/login'
import type { StepStage } from '#contract/view-connect'

/** What every step gets, and what a person can do about it. */
export interface StepProps<Type extends LoginStep['type'] = LoginStep['type']> {
  step: Extract<LoginStep, { readonly type: Type }>
  networkName: string
  networkType: string
  /** How the step stands. A step that comes back, refused form or renewed picture, keeps its component and gets another stage. */
  stage: StepStage
  /** Sends what was filled in, by field ID. `isSure`: also what does not look as the network wants it. */
  onSubmit: (fields: Readonly<Record<string, string>>, isSure: boolean) => void
  /** Hands over what was typed so far, without secrets, so that it outlives the step. */
  onKeep: (fields: Readonly<Record<string, string>>) => void
  /** Takes another way to sign in. */
  onChoose: (flowID: string) => void
  /** Opens a link of the step; the person has seen where it leads. */
  onLink: (url: string) => void
  onLeave: () => void
  onAgain: () => void
}
