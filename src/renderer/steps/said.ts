// A step that comes back says what was wrong in the very place where it said what to do (R2), so the two are kept apart here.
import type { StepStage } from '#contract/view-connect'

export interface Said {
  /** What to do. */
  readonly instructions: string
  /** What was wrong with what was sent last; empty when the network does not say. */
  readonly refusal: string
}

/**
 * Takes what a step says now together with what it said before.
 * @param before the last that was made of the same step
 * @param instructions as they came
 * @param isRejected the step came back, because the network did not take what was sent
 */
export function hear(before: Said | undefined, instructions: string, isRejected: boolean): Said {
  if (before === undefined)
    return isRejected ? { instructions: '', refusal: instructions } : { instructions, refusal: '' }
  if (isRejected) return { ...before, refusal: instructions === before.instructions ? '' : instructions }
  // While it is sent again, the step still carries the words of the refusal.
  return instructions === before.refusal ? before : { ...before, instructions }
}

/** What the person has to be taken to: grows with every answer that did not go on to another step. */
export const refusedAt = ({ isBusy, isRejected, problem, serial }: StepStage): number | undefined =>
  !isBusy && (isRejected || problem !== undefined) ? serial : undefined
