// Everything the app knows, as the machines hold it. `place.ts` and `view.ts` read it; nobody else puts it together.
import type { Problem } from '#contract/problem'
import type { Place } from '#contract/view'
import type { AccountState } from './account-state.ts'
import type { ConnectState } from './connect-state.ts'
import type { DiscoveryState } from './discovery.ts'
import type { NetworksState } from './networks.ts'
import type { SecurityState } from './security-state.ts'
import type { RememberedServer } from './servers.ts'

export interface AppState {
  readonly wish: Place
  readonly discovery: DiscoveryState
  readonly servers: readonly RememberedServer[]
  /** Servers whose sign-in is kept for this run. */
  readonly heldOrigins: readonly string[]
  readonly account: AccountState
  readonly security: SecurityState
  readonly networks: NetworksState
  /** In the order in which they were opened. */
  readonly connections: readonly ConnectState[]
  readonly isFirstRunDone: boolean
  readonly isContentProtected: boolean
  /** Origins whose reminder to keep a recovery key was put away. */
  readonly keyRemindersDismissed: readonly string[]
  /** What stands on the screen Find Beeper beside the list. */
  readonly finding: {
    readonly isDemoStarting: boolean
    readonly opening: string | undefined
    /** On another computer, and waits for the person's yes. */
    readonly asking: string | undefined
    readonly forgetting: string | undefined
    readonly problem: Problem | undefined
  }
}

export const notFinding: AppState['finding'] = {
  isDemoStarting: false,
  opening: undefined,
  asking: undefined,
  forgetting: undefined,
  problem: undefined,
}
