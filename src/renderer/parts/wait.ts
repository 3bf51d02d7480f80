import type { Problem } from '#contract/problem'
import { nowMs } from '../state/clock.ts'

/** When a problem was first looked at; the mirror keeps its identity for as long as it says the same. */
const since = new WeakMap<Problem, number>()

/**
 * How long a problem still asks to wait, in whole seconds as milliseconds. Where it is read in a component, it counts down.
 * @param problem the problem at hand
 * @returns nothing left for a problem that names no time
 */
export function leftMs(problem: Problem | undefined): number {
  if (problem?.waitMs === undefined) return 0
  const began = since.get(problem) ?? Date.now()
  since.set(problem, began)
  return Math.max(0, Math.ceil((began + problem.waitMs - nowMs()) / 1000) * 1000)
}
