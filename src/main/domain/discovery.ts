// Looking for Beeper: on the usual ports of this computer, and where it was before. Looks again only while somebody can see
// the answer, and never more often than every 2 seconds, unless asked to.
import type { Problem, Result } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'

export interface DiscoveryState {
  readonly isWanted: boolean
  readonly isVisible: boolean
  /** One look is out and has not ended. */
  readonly isLooking: boolean
  readonly hasLooked: boolean
  readonly origins: readonly string[]
  /** In the order of `origins` as far as the first look goes; later ones behind, so that nothing moves. */
  readonly found: readonly FoundBeeper[]
  /** Why an origin does not answer. */
  readonly silent: Readonly<Record<string, Problem>>
}

export type DiscoveryEvent =
  | { readonly type: 'wanted'; readonly origins: readonly string[] }
  | { readonly type: 'unwanted' }
  | { readonly type: 'shown' }
  | { readonly type: 'hidden' }
  | { readonly type: 'probed'; readonly origin: string; readonly result: Result<FoundBeeper> }
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
  silent: {},
}

const lookAfterMs = 2_000

function look(state: DiscoveryState): Next {
  if (!state.isWanted || !state.isVisible || state.isLooking) return [state, []]
  return [{ ...state, isLooking: true }, [{ type: 'look', origins: state.origins }]]
}

const fresh = ({ isVisible, isLooking }: DiscoveryState): DiscoveryState => ({ ...initial, isVisible, isLooking })

function placed(state: DiscoveryState, found: FoundBeeper): readonly FoundBeeper[] {
  if (state.found.some(({ origin }) => origin === found.origin))
    return state.found.map((one) => (one.origin === found.origin ? found : one))
  const all = [...state.found, found]
  if (state.hasLooked) return all
  const order = ({ origin }: FoundBeeper): number => state.origins.indexOf(origin)
  return all.sort((one, other) => order(one) - order(other))
}

function probed(state: DiscoveryState, origin: string, result: Result<FoundBeeper>): DiscoveryState {
  if (result.ok) {
    const { [origin]: _, ...silent } = state.silent
    return { ...state, found: placed(state, result.value), silent }
  }
  if (state.silent[origin]?.code === result.problem.code) return state
  const found = state.found.filter((one) => one.origin !== origin)
  return { ...state, found, silent: { ...state.silent, [origin]: result.problem } }
}

/**
 * The machine of the search.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done
 */
export function next(state: DiscoveryState, event: DiscoveryEvent): Next {
  switch (event.type) {
    case 'wanted': {
      // What an earlier search found may be out of date by now.
      const before = state.isWanted ? state : fresh(state)
      const found = before.found.filter(({ origin }) => event.origins.includes(origin))
      return look({ ...before, found, isWanted: true, origins: event.origins })
    }
    case 'unwanted':
      // What was found stays: the screen that shows it may still be there for a moment.
      return [{ ...state, isWanted: false }, []]
    case 'shown':
      return look({ ...state, isVisible: true })
    case 'hidden':
      return [{ ...state, isVisible: false }, []]
    case 'probed':
      if (!state.isWanted || !state.origins.includes(event.origin)) return [state, []]
      return [probed(state, event.origin, event.result), []]
    case 'lookEnded':
      return [
        { ...state, isLooking: false, hasLooked: state.hasLooked || state.isWanted },
        [{ type: 'lookIn', ms: lookAfterMs }],
      ]
    case 'lookDue':
      return look(state)
  }
}
