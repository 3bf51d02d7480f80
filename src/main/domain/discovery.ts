// Looking for Beeper on this computer. Looks again only while somebody can see the answer, and never more often than
// every 2 seconds.
import type { FoundBeeper } from '#contract/view'

export interface DiscoveryState {
  readonly isWanted: boolean
  readonly isVisible: boolean
  /** One look is out and has not ended. */
  readonly isLooking: boolean
  readonly hasLooked: boolean
  readonly origins: readonly string[]
  readonly found: readonly FoundBeeper[]
}

export type DiscoveryEvent =
  | { readonly type: 'wanted'; readonly origins: readonly string[] }
  | { readonly type: 'unwanted' }
  | { readonly type: 'shown' }
  | { readonly type: 'hidden' }
  | { readonly type: 'probed'; readonly origin: string; readonly found: FoundBeeper | undefined }
  | { readonly type: 'lookEnded' }
  | { readonly type: 'lookDue' }

export type DiscoveryEffect =
  { readonly type: 'look'; readonly origins: readonly string[] } | { readonly type: 'lookIn'; readonly ms: number }

type Next = readonly [DiscoveryState, readonly DiscoveryEffect[]]

export const initial: DiscoveryState = {
  isWanted: false,
  isVisible: true,
  isLooking: false,
  hasLooked: false,
  origins: [],
  found: [],
}

const lookAfterMs = 2_000

function look(state: DiscoveryState): Next {
  if (!state.isWanted || !state.isVisible || state.isLooking) return [state, []]
  return [{ ...state, isLooking: true }, [{ type: 'look', origins: state.origins }]]
}

function probed(state: DiscoveryState, origin: string, found: FoundBeeper | undefined): DiscoveryState {
  const others = state.found.filter((one) => one.origin !== origin)
  if (found === undefined) return { ...state, found: others }
  const order = (one: FoundBeeper): number => state.origins.indexOf(one.origin)
  return { ...state, found: [...others, found].sort((one, other) => order(one) - order(other)) }
}

/**
 * The machine of the search.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done
 */
export function next(state: DiscoveryState, event: DiscoveryEvent): Next {
  switch (event.type) {
    case 'wanted':
      return look({ ...state, isWanted: true, origins: event.origins })
    case 'unwanted':
      return [{ ...initial, isVisible: state.isVisible, isLooking: state.isLooking }, []]
    case 'shown':
      return look({ ...state, isVisible: true })
    case 'hidden':
      return [{ ...state, isVisible: false }, []]
    case 'probed':
      return [state.isWanted ? probed(state, event.origin, event.found) : state, []]
    case 'lookEnded':
      return [{ ...state, isLooking: false, hasLooked: state.isWanted }, [{ type: 'lookIn', ms: lookAfterMs }]]
    case 'lookDue':
      return look(state)
  }
}
