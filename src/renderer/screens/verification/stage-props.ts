import type { VerificationStage, VerificationView } from '#contract/view-security'

/** What every stage gets. */
export interface StageProps<At extends VerificationStage['at'] = VerificationStage['at']> {
  stage: Extract<VerificationStage, { readonly at: At }>
  verification: VerificationView
  /** This computer is not trusted yet, so the recovery key and a new key are other ways on. */
  hasOtherDoors: boolean
}
