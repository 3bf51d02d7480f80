// The networks of the Beeper in use and the accounts on them, kept fresh: nothing about them is pushed (semantics 8).
import type { ChatAccount, Network } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import type { NetworkView } from '#contract/view-connect'

export interface NetworksState {
  readonly isOn: boolean
  readonly status: 'loading' | 'loaded' | 'failed'
  readonly networks: readonly Network[]
  readonly accounts: readonly ChatAccount[]
  readonly problem: Problem | undefined
  /** Connections under way: the list is then read more often. */
  readonly liveCount: number
  /** Grows with each read; an answer to an older one is dropped. */
  readonly round: number
}

export type NetworksEvent =
  | { readonly type: 'wanted' }
  | { readonly type: 'unwanted' }
  | { readonly type: 'refreshed' }
  | {
      readonly type: 'read'
      readonly round: number
      readonly networks: readonly Network[]
      readonly accounts: readonly ChatAccount[]
    }
  | { readonly type: 'readFailed'; readonly round: number; readonly problem: Problem }
  | { readonly type: 'readDue'; readonly round: number }
  | { readonly type: 'liveCountChanged'; readonly liveCount: number }

export type NetworksEffect =
  | { readonly type: 'read'; readonly round: number }
  | { readonly type: 'readIn'; readonly ms: number; readonly round: number }

type Next = readonly [NetworksState, readonly NetworksEffect[]]

export const initial: NetworksState = {
  isOn: false,
  status: 'loading',
  networks: [],
  accounts: [],
  problem: undefined,
  liveCount: 0,
  round: 0,
}

const isUnsettled = ({ status }: ChatAccount): boolean => status === 'connecting' || status === 'backfilling'

/** 60 s for accounts at rest; 5 s while one is being connected, has yet to settle, or the list failed (semantics 8). */
function readAfterMs({ liveCount, status, accounts }: NetworksState): number {
  return liveCount > 0 || status === 'failed' || accounts.some(isUnsettled) ? 5_000 : 60_000
}

function read(state: NetworksState): Next {
  const round = state.round + 1
  return [{ ...state, round }, [{ type: 'read', round }]]
}

const later = (state: NetworksState): Next => [state, [{ type: 'readIn', ms: readAfterMs(state), round: state.round }]]

/**
 * The machine of the lists.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done
 */
export function next(state: NetworksState, event: NetworksEvent): Next {
  if (event.type === 'wanted') return state.isOn ? [state, []] : read({ ...state, isOn: true })
  if (!state.isOn) return [state, []]
  switch (event.type) {
    case 'unwanted':
      return [{ ...initial, round: state.round + 1 }, []]
    case 'refreshed':
      return read({ ...state, status: state.status === 'failed' ? 'loading' : state.status, problem: undefined })
    case 'read':
      if (event.round !== state.round) return [state, []]
      return later({
        ...state,
        status: 'loaded',
        networks: event.networks,
        accounts: event.accounts,
        problem: undefined,
      })
    case 'readFailed':
      if (event.round !== state.round) return [state, []]
      // A list that was read once stays on the screen; the window says that it may be old.
      return later({ ...state, status: state.status === 'loaded' ? 'loaded' : 'failed', problem: event.problem })
    case 'readDue':
      return event.round === state.round ? read(state) : [state, []]
    case 'liveCountChanged':
      return event.liveCount > state.liveCount
        ? read({ ...state, liveCount: event.liveCount })
        : [{ ...state, liveCount: event.liveCount }, []]
  }
}

const groups: Readonly<Record<Network['provider'], NetworkView['group']>> = {
  local: 'this-device',
  'platform-sdk': 'this-device',
  cloud: 'cloud',
  'self-hosted': 'self-hosted',
  unsupported: 'other',
}

/** Where a network runs, for the person. */
export const groupOf = (network: Network): NetworkView['group'] => groups[network.provider]

/** The list of bridges also holds Beeper's own account, which is no network (semantics 5). */
export const isNetwork = (network: Network): boolean => network.type !== 'matrix'
