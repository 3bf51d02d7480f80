// Hundreds of rows come onto the page in portions, so that a key press is answered before all that it has brought back is drawn.
import type { FoundGroup } from './search.ts'

export interface Portion {
  readonly groups: readonly FoundGroup[]
  /** Nothing is left for later. */
  readonly isAll: boolean
}

/**
 * What to draw now.
 * @param groups all that is to be drawn in the end
 * @param drawn the networks, by bridge ID, that are on the page already: they stay
 * @param most how many may come anew; the first ones do
 */
export function portionOf(groups: readonly FoundGroup[], drawn: ReadonlySet<string>, most: number): Portion {
  let left = most
  const isDue = (bridgeID: string): boolean => {
    if (drawn.has(bridgeID)) return true
    left -= 1
    return left >= 0
  }
  const due = groups.map(({ group, found }) => ({
    group,
    found: found.filter(({ network }) => isDue(network.bridgeID)),
  }))
  return { groups: due.filter(({ found }) => found.length > 0), isAll: left >= 0 }
}

/** The networks of some groups, by bridge ID. */
export const bridgeIDsOf = (groups: readonly FoundGroup[]): ReadonlySet<string> =>
  new Set(groups.flatMap(({ found }) => found.map(({ network }) => network.bridgeID)))
