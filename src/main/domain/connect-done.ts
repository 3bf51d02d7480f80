// What becomes of an account once its sign-in is complete: it is watched for a while, and the truth is told.
import type { LoginSession } from '#contract/beeper/login'
import type { ChatAccount } from '#contract/beeper/networks'
import type { ConnectState, DoneState, Next } from './connect-state.ts'
import { stay } from './connect-state.ts'

/** Long enough for a network to sign a new login out again at once, which some do. */
const watchMs = 30_000

type Complete = Extract<LoginSession['outcome'], { readonly kind: 'complete' }>

/** The session has become an account. */
export function completed(state: ConnectState, outcome: Complete): Next {
  const { loginID, accountIDs, person, instructions } = outcome
  const wasKnown = loginID !== undefined && state.knownLoginIDs?.includes(loginID) === true
  const stage: DoneState = {
    phase: 'done',
    person,
    wasKnown,
    watch: 'watching',
    statusText: '',
    instructions,
    loginID,
    accountIDs,
    seen: 'unseen',
    wasUp: false,
    isWatchOver: false,
  }
  const over = { loginSessionID: undefined, inFlight: undefined, minutesLeft: undefined, lostCount: 0 }
  return [{ ...state, ...over, stage }, [{ type: 'connected' }, { type: 'watchFor', ms: watchMs }]]
}

/**
 * The accounts that came out of it. A complete step may carry nothing but a text, and the account may be listed only seconds
 * later (R25): then it is one that was not there before.
 */
function ours(
  state: ConnectState,
  { loginID, accountIDs }: DoneState,
  all: readonly ChatAccount[],
): readonly ChatAccount[] {
  const here = all.filter(({ bridgeID }) => bridgeID === state.bridgeID)
  if (loginID !== undefined) return here.filter((account) => account.loginID === loginID)
  if (accountIDs.length > 0) return here.filter(({ accountID }) => accountIDs.includes(accountID))
  const { knownLoginIDs } = state
  // Without knowing what there was before, any of them could be the one.
  if (knownLoginIDs === undefined) return []
  return here.filter((account) => account.loginID !== undefined && !knownLoginIDs.includes(account.loginID))
}

const needing: ReadonlySet<ChatAccount['status']> = new Set([
  'connection_required',
  'reconnect_required',
  'attention_required',
])
const unsettled: ReadonlySet<ChatAccount['status']> = new Set(['connecting', 'backfilling', 'disconnected'])

function seenAs(accounts: readonly ChatAccount[]): DoneState['seen'] {
  if (accounts.length === 0) return 'unseen'
  if (accounts.some(({ status }) => needing.has(status))) return 'needing'
  return accounts.some(({ status }) => unsettled.has(status)) ? 'settling' : 'well'
}

function watched(stage: DoneState): DoneState {
  const { seen, wasUp, wasKnown, isWatchOver } = stage
  // An account that was known may still be listed as it was before; a list that is older than the sign-in is no relapse.
  if (seen === 'needing' && (wasUp || isWatchOver || !wasKnown)) return { ...stage, watch: 'fell-off' }
  return { ...stage, watch: !isWatchOver || seen === 'needing' ? 'watching' : seen }
}

function judged(state: ConnectState, stage: DoneState, all: readonly ChatAccount[]): Next {
  const accounts = ours(state, stage, all)
  const told = accounts.find(({ status }) => needing.has(status)) ?? accounts[0]
  const seen = seenAs(accounts)
  return stay({
    ...state,
    stage: watched({
      ...stage,
      seen,
      wasUp: stage.wasUp || seen === 'settling' || seen === 'well',
      person: stage.person ?? told?.person,
      loginID: stage.loginID ?? told?.loginID,
      statusText: told?.statusText ?? '',
    }),
  })
}

/** The lists were read: what they say of the account that was connected, or what there is before anything begins. */
export function accountsRead(state: ConnectState, all: readonly ChatAccount[]): Next {
  const { stage } = state
  if (stage.phase === 'done') return judged(state, stage, all)
  const isUnderWay = state.loginSessionID !== undefined || stage.phase === 'starting'
  if (isUnderWay && state.knownLoginIDs !== undefined) return stay(state)
  const logins = all.flatMap(({ bridgeID, loginID }) => (bridgeID === state.bridgeID ? (loginID ?? []) : []))
  return stay({ ...state, knownLoginIDs: [...new Set(logins)] })
}

/** The watch is over: from here on it is told as it was seen last. */
export const watchEnded = (state: ConnectState, stage: DoneState): Next =>
  stay({ ...state, stage: watched({ ...stage, isWatchOver: true }) })
