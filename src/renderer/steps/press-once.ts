import type { StepStage } from '#contract/view-connect'

/** Longer than a double click, and than the View takes to say that something is under way. */
const forMs = 1_000

/**
 * Lets one press through where several mean the same thing: a double click, or Enter and a click.
 * @returns to be asked at each press; whether this one counts
 */
export function pressOnce(): (stage: StepStage, isSure: boolean) => boolean {
  let last: { readonly stage: StepStage; readonly isSure: boolean; readonly atMs: number } | undefined
  return (stage, isSure) => {
    const atMs = performance.now()
    const isSame = last?.stage === stage && last.isSure === isSure && atMs - last.atMs < forMs
    if (!isSame) last = { stage, isSure, atMs }
    return !stage.isBusy && !isSame
  }
}
