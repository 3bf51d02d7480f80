// How several accounts of one network stand, said at once.
import type { AccountStatus, NetworkView } from '#contract/view-connect'

export interface Standing {
  readonly status: AccountStatus
  readonly tone: 'good' | 'busy' | 'attention' | 'plain'
  /** The names of those that need the person. */
  readonly needy: readonly string[]
}

const tones: Readonly<Record<AccountStatus, Standing['tone']>> = {
  'needs-you': 'attention',
  working: 'busy',
  connected: 'good',
  off: 'plain',
  unknown: 'plain',
}
/** What a person would want to hear first. */
const order = ['needs-you', 'working', 'connected', 'unknown', 'off'] as const satisfies readonly AccountStatus[]

/** The standing of a network. @param accounts those on it */
export function standingOf(accounts: NetworkView['accounts']): Standing {
  const status = order.find((one) => accounts.some((account) => account.status === one)) ?? 'unknown'
  return {
    status,
    tone: tones[status],
    needy: accounts.filter((account) => account.status === 'needs-you').map(({ name }) => name),
  }
}
