// Holds the actors and the few rules that lie between them. Adds nothing of its own to what the machines decide.
import type { SetupState } from '#contract/beeper/setup'
import type { Problem } from '#contract/problem'
import type { FoundBeeper, Place } from '#contract/view'
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Target } from '../beeper-port.ts'
import * as account from '../domain/account.ts'
import type { AccountEffect, AccountEvent, AccountState, Server } from '../domain/account-state.ts'
import { notFinding } from '../domain/app-state.ts'
import type { AppState } from '../domain/app-state.ts'
import * as discovery from '../domain/discovery.ts'
import * as networks from '../domain/networks.ts'
import { connectionOn } from '../domain/place.ts'
import { originsOf } from '../domain/servers.ts'
import { Actor } from './actor.ts'
import { Connections } from './connections.ts'
import { Journal } from './journal.ts'
import { Keeper } from './runners/account-keep.ts'
import { accountRunner } from './runners/account.ts'
import { discoveryRunner } from './runners/discovery.ts'
import { networksRunner } from './runners/networks.ts'
import { whereWeWere } from './launching.ts'
import { PendingRequest } from './pending-request.ts'
import { Safety } from './safety.ts'
import { Servers } from './servers.ts'
import { Timers } from './timers.ts'
import { Visibility } from './visibility.ts'
import type { World } from './world.ts'

/** What is known beside the machines. */
type Own = Pick<AppState, 'wish' | 'isFirstRunDone' | 'finding' | 'keyRemindersDismissed'>

export class Engine {
  readonly world: World
  readonly journal: Journal
  /** Everything the app knows; changes whenever a machine does. */
  readonly state: StoreApi<AppState>
  readonly account
  readonly security
  readonly networks
  readonly discovery
  readonly connections: Connections
  readonly servers: Servers
  readonly keeper: Keeper
  phoneURL: string | undefined
  #own: Own
  #setupHeard: SetupState | undefined
  readonly #timers: Timers
  readonly #safety: Safety
  readonly #visibility = new Visibility()

  constructor(world: World) {
    this.world = world
    const timers = new Timers(world.clock)
    this.#timers = timers
    const journal = new Journal(world.settings, world.clock, world.log)
    this.journal = journal
    const target = (): (Target & { readonly token: string }) | undefined => this.target()
    const servers = new Servers(journal, world.clock, () => this.#refresh())
    this.servers = servers
    const pending = new PendingRequest(world, journal)
    this.keeper = new Keeper({
      world,
      journal,
      servers,
      pending,
      timers,
      endConnections: (server) => (this.#isInUse(server) ? this.#endConnections() : Promise.resolve()),
      fail: (problem) => this.fail(problem),
    })
    const tokenRefused = (): void => {
      this.account.send({ type: 'tokenRefused' })
    }
    const scopeMissing = (isClicked: boolean): void => {
      this.account.send({ type: 'scopeMissing', isClicked })
    }
    this.account = new Actor<AccountState, AccountEvent, AccountEffect>(
      { phase: 'away' },
      account.next,
      accountRunner({
        world,
        journal,
        servers,
        keeper: this.keeper,
        pending,
        timers,
        heard: (setup) => (this.#setupHeard = setup),
        isInUse: (server) => this.#isInUse(server),
        whenVisible: this.#visibility.whenVisible,
      }),
    )
    const changed = this.#refresh.bind(this)
    const tools = { world, timers, target, tokenRefused, scopeMissing }
    this.#safety = new Safety({
      ...tools,
      journal,
      server: () => this.#server,
      networksWanted: this.#networksWanted.bind(this),
      picked: () => {
        if (this.#own.wish.at === 'settings') this.#set({ wish: { at: 'go-on' } })
      },
      changed,
    })
    this.security = this.#safety.actor
    this.networks = new Actor(networks.initial, networks.next, networksRunner(tools))
    this.discovery = new Actor(discovery.initial, discovery.next, discoveryRunner({ world, timers }))
    this.connections = new Connections({
      ...tools,
      journal,
      accounts: () => this.networks.state.accounts,
      changed: () => this.#connectionsChanged(),
      connected: () => this.#connected(),
      scopeMissing: () => scopeMissing(true),
    })
    const { isFirstRunDone, keyRemindersDismissed = [] } = journal.progress
    this.#own = { wish: { at: 'go-on' }, isFirstRunDone, finding: notFinding, keyRemindersDismissed }
    this.state = createStore<AppState>(() => this.#gather())
    this.account.store.subscribe(this.#accountChanged.bind(this))
    this.networks.store.subscribe(({ accounts }, before) => {
      if (accounts !== before.accounts) this.connections.accountsRead(accounts)
      changed()
    })
    this.discovery.store.subscribe(changed)
  }

  /** Begins: with what an earlier run left, or by looking for Beeper. */
  launch(): void {
    void this.journal.noteLostKeys()
    const known = whereWeWere(this.journal, this.servers, this.world.clock.wallTime())
    if (known === undefined) this.look()
    else this.account.send(known)
  }

  /** Looks where Beeper usually listens, on both names of this computer, and where it was before. */
  look(): void {
    this.discovery.send({ type: 'wanted', origins: originsOf(this.servers.all, this.journal.ports) })
  }

  /** Whether anybody can see the window: what is only for eyes rests while nobody can. */
  setVisible(isVisible: boolean): void {
    this.discovery.send({ type: isVisible ? 'shown' : 'hidden' })
    this.#visibility.set(isVisible)
  }

  /** Server and token of the sign-in, while there is one. */
  target(): (Target & { readonly token: string }) | undefined {
    const { state } = this.account
    return state.phase === 'signed-in' ? { origin: state.server.origin, token: state.credentials.token } : undefined
  }

  go(wish: Place): void {
    // A wish may come before anybody is signed in; the first run is not over by that.
    if (wish.at === 'home' && this.target() !== undefined) this.#finishFirstRun()
    const before = connectionOn(this.state.getState())
    this.#set({ wish })
    // What ended well was seen, once its screen is left.
    const isLeft = before?.connectionID !== connectionOn(this.state.getState())?.connectionID
    if (before?.stage.phase === 'done' && isLeft) this.connections.drop(before.connectionID)
  }

  /**
   * Goes on with a server; with the keychain's help if a sign-in for it was saved.
   * @param found what a probe has just said of it
   */
  choose(server: Server, found?: FoundBeeper): void {
    const { email = '' } = this.journal.progress
    const kept = this.servers.keptOf(server.origin)
    this.#set({ wish: { at: 'go-on' }, finding: notFinding })
    void this.servers.choose(server, found)
    if (!server.isDemo && kept !== undefined) this.account.send({ type: 'launched', server, email, kept })
    else this.account.send({ type: 'serverChosen', server, email: server.isDemo ? '' : email })
  }

  setFinding(change: Partial<AppState['finding']>): void {
    this.#set({ finding: { ...notFinding, ...change } })
  }

  /** Back to the list of servers; whatever was half done ends, and the demo with it. */
  async leave(): Promise<void> {
    const wasDemo = this.#server?.isDemo === true
    const ended = this.#endConnections()
    this.account.send({ type: 'left' })
    this.#set({ wish: { at: 'go-on' }, finding: notFinding, isFirstRunDone: this.journal.progress.isFirstRunDone })
    await ended
    if (!wasDemo) return
    this.phoneURL = undefined
    await this.world.demo.stop()
  }

  fail(problem: Problem): void {
    this.setFinding({ problem })
  }

  /** After sleep: what was being read or listened to may be long over (RUN-4). */
  woken(): void {
    this.security.send({ type: 'woken' })
    this.networks.send({ type: 'refreshed' })
    this.connections.woken()
  }

  /** Takes over what was changed in the settings or notes beside the machines. */
  settingsChanged(change: Partial<Pick<Own, 'keyRemindersDismissed'>> = {}): void {
    this.#set(change)
  }

  /** Ends what must not outlive the run. Takes 2 s at most. */
  async quit(): Promise<void> {
    await this.#endConnections('quit')
    this.#timers.stopAll()
    await this.world.demo.stop()
  }

  /** Cancels what lives on the server. Takes 2 s at most. */
  async #endConnections(why: 'quit' | 'left' = 'left'): Promise<void> {
    const target = this.target()
    if (target !== undefined) await this.connections.cancelAll(target, why)
  }

  #isInUse(server: Server): boolean {
    const { state } = this.account
    return state.phase !== 'away' && state.server === server
  }

  get #server(): Server | undefined {
    const { state } = this.account
    return state.phase === 'away' ? undefined : state.server
  }

  #finishFirstRun(): void {
    this.#own = { ...this.#own, isFirstRunDone: true }
    if (this.#server?.isDemo !== true && !this.journal.progress.isFirstRunDone)
      void this.journal.note({ isFirstRunDone: true })
  }

  #connected(): void {
    // From here on a relaunch belongs on Home, even if the window is closed on the "connected" screen.
    if (this.#server?.isDemo !== true) void this.journal.note({ isFirstRunDone: true })
    this.networks.send({ type: 'refreshed' })
  }

  #accountChanged(state: AccountState, before: AccountState): void {
    if (state.phase === 'signed-in' && before.phase !== 'signed-in') {
      this.#safety.signedIn(this.#setupHeard)
    } else if (state.phase !== 'signed-in' && before.phase === 'signed-in') {
      this.connections.signedOut()
      this.networks.send({ type: 'unwanted' })
      this.security.send({ type: 'signedOut' })
      this.#setupHeard = undefined
      this.#timers.stop('expiry')
    } else if (account.isRenewed(state, before)) {
      // The new one may have no end to watch; and what is asked with the old one is no longer heard.
      this.#timers.stop('expiry')
      this.security.send({ type: 'tokenReplaced' })
      this.networks.send({ type: 'refreshed' })
    }
    if (state.phase === 'away') this.look()
    else if (before.phase === 'away') this.discovery.send({ type: 'unwanted' })
    this.#refresh()
  }

  #networksWanted(use: 'show' | 'connect'): void {
    this.networks.send({ type: 'wanted' })
    const target = this.target()
    const server = this.#server
    if (use === 'connect' && target !== undefined && server !== undefined) this.connections.resume(server, target)
  }

  #connectionsChanged(): void {
    const { liveCount } = this.connections
    if (liveCount !== this.networks.state.liveCount) this.networks.send({ type: 'liveCountChanged', liveCount })
    this.#refresh()
  }

  #set(change: Partial<Own>): void {
    this.#own = { ...this.#own, ...change }
    this.#refresh()
  }

  #gather(): AppState {
    return {
      ...this.#own,
      isContentProtected: this.world.settings.read().isContentProtected !== false,
      account: this.account.state,
      security: this.security.state,
      networks: this.networks.state,
      discovery: this.discovery.state,
      connections: this.connections.states,
      servers: this.servers.all,
      heldOrigins: this.servers.heldOrigins,
    }
  }

  #refresh(): void {
    this.state.setState(this.#gather(), true)
  }
}
