// The chat networks of this server and the logins people have on them, as the account and bridge endpoints show them.
import type { Account, Bridge, BridgeLogin } from '#contract/beeper/gen/types.gen'
import type { BridgeEntry, EndNode } from './bridge-flows.ts'
import type { Clock } from './clock.ts'
import { ApiFailure } from './failure.ts'

/** What the framework allows per bridge (`sharedErrors.too_many`). */
const loginLimit = 3
const settlingMs = { connecting: 800, backfilling: 4_000 }

export interface NetworkLogin {
  readonly entry: BridgeEntry
  readonly personKey: string
  readonly loginID: string
  readonly accountIDs: readonly string[]
  status: string
  statusText: string | undefined
}

export interface BridgeState {
  readonly entry: BridgeEntry
  /** Overrides what the logins would say, for a network that is full, down or switched off. */
  status?: string
  statusText?: string
}

interface AccountState {
  readonly status: string
  readonly text: string | undefined
}

/** What an account comes to, so long after it was connected. */
export interface Fall extends AccountState {
  readonly afterMs: number
}

/** One of the states that accounts of a network may come to; fails with 404 when it knows none of this code. */
export function stateByCode({ accountStates }: BridgeEntry, code: string): AccountState {
  const found = accountStates.find((state) => state.code === code)
  if (found === undefined) throw new ApiFailure(404, 'not_found', 'No such account state')
  return { status: found.status, text: found.text }
}

export class Networks {
  readonly bridges = new Map<string, BridgeState>()
  #logins: NetworkLogin[] = []
  readonly #falls = new Map<string, Fall>()
  readonly #clock: Clock

  constructor(clock: Clock, entries: readonly BridgeEntry[]) {
    this.#clock = clock
    for (const entry of entries) this.bridges.set(entry.bridge.id, { entry })
  }

  add(entry: BridgeEntry): void {
    this.bridges.set(entry.bridge.id, { entry })
  }

  find(bridgeID: string): BridgeState {
    const found = this.bridges.get(bridgeID)
    if (found === undefined) throw new ApiFailure(404, 'not_found', 'Unknown network')
    return found
  }

  logins(bridgeID?: string): readonly NetworkLogin[] {
    return this.#logins.filter(({ entry }) => bridgeID === undefined || entry.bridge.id === bridgeID)
  }

  findLogin(bridgeID: string, loginID: string): NetworkLogin | undefined {
    return this.logins(bridgeID).find((login) => login.loginID === loginID)
  }

  loginOfAccount(accountID: string): NetworkLogin | undefined {
    return this.#logins.find((login) => login.accountIDs.includes(accountID))
  }

  /** Signs somebody in. An identity that is already there is reused, not added twice (R10). */
  connect(entry: BridgeEntry, personKey: string, status = 'connecting'): NetworkLogin {
    const person = entry.people[personKey]
    if (person === undefined) throw new Error(`${entry.bridge.id} knows no person "${personKey}"`)
    const { loginID, accountIDs } = person
    let login = this.findLogin(entry.bridge.id, loginID)
    if (login === undefined) {
      login = { entry, personKey, loginID, accountIDs, status, statusText: undefined }
      this.#logins.push(login)
    }
    this.setStatus(login, status)
    if (status === 'connecting') this.#settle(login)
    return login
  }

  /** The same at the end of a sign-in. With `falls` the account does not stay well; a fall that was planned goes first. */
  signIn(entry: BridgeEntry, personKey: string, falls?: EndNode['falls']): NetworkLogin {
    const login = this.connect(entry, personKey)
    const own = falls && { afterMs: falls.seconds * 1000, ...stateByCode(entry, falls.code) }
    const fall = this.#falls.get(entry.bridge.id) ?? own
    this.#falls.delete(entry.bridge.id)
    if (fall !== undefined) {
      this.#clock.after(fall.afterMs, () => {
        this.setStatus(login, fall.status, fall.text)
      })
    }
    return login
  }

  /** Plans what becomes of the next account that is connected at a network. */
  planFall(bridgeID: string, fall: Fall): void {
    this.#falls.set(bridgeID, fall)
  }

  remove(login: NetworkLogin): void {
    this.#logins = this.#logins.filter((other) => other !== login)
  }

  setStatus(login: NetworkLogin, status: string, text?: string): void {
    login.status = status
    login.statusText = text
  }

  clearLogins(): void {
    this.#logins = []
  }

  accounts(bridgeID?: string): Account[] {
    return this.logins(bridgeID).flatMap((login) => accountsOf(login))
  }

  /** What the bridge says of itself. */
  statusOf({ entry: { bridge }, status }: BridgeState): string {
    if (status !== undefined) return status
    const { length } = this.logins(bridge.id)
    if (!bridge.supportsMultipleAccounts && length > 0) return 'connected'
    return length >= loginLimit ? 'limit_reached' : bridge.status
  }

  bridgeToWire(state: BridgeState): Bridge {
    const { bridge } = state.entry
    const accounts = this.accounts(bridge.id)
    return {
      ...bridge,
      status: this.statusOf(state),
      ...(state.statusText !== undefined && { statusText: state.statusText }),
      activeAccountCount: accounts.filter(({ status }) => status !== 'disabled').length,
      accounts,
    }
  }

  // A new account is not usable in the very moment it is connected: it fetches its chats first.
  #settle(login: NetworkLogin): void {
    const moveOn = (from: string, to: string, afterMs: number): void => {
      this.#clock.after(afterMs, () => {
        if (login.status === from) this.setStatus(login, to)
      })
    }
    moveOn('connecting', 'backfilling', settlingMs.connecting)
    moveOn('backfilling', 'connected', settlingMs.connecting + settlingMs.backfilling)
  }
}

export function accountsOf(login: NetworkLogin): Account[] {
  const { bridge, people } = login.entry
  const user = people[login.personKey]?.user ?? { id: login.loginID }
  return login.accountIDs.map((accountID) => ({
    accountID,
    bridge: { id: bridge.id, type: bridge.type, provider: bridge.provider },
    user,
    status: login.status,
    ...(login.statusText !== undefined && { statusText: login.statusText }),
    network: bridge.displayName,
    loginID: login.loginID,
  }))
}

const loginStatus: Record<string, string> = {
  connected: 'connected',
  connecting: 'connecting',
  backfilling: 'connected',
  disconnected: 'connecting',
  reconnect_required: 'needs_login',
  connection_required: 'logged_out',
}

export function loginToWire(login: NetworkLogin): BridgeLogin {
  const { bridge, people } = login.entry
  const user = people[login.personKey]?.user
  return {
    bridgeID: bridge.id,
    loginID: login.loginID,
    status: loginStatus[login.status] ?? 'unknown',
    // A cloud bridge signs in once for all devices; only a local one can leave the others alone.
    removeScopes: bridge.provider === 'local' ? ['current-device', 'all-devices'] : ['all-devices'],
    accountIDs: [...login.accountIDs],
    ...(login.statusText !== undefined && { statusText: login.statusText }),
    ...(user !== undefined && { user }),
  }
}
