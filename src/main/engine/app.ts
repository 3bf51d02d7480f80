// Holds the actors and the few rules that lie between them. Adds nothing of its own to what the machines decide.
import type { SetupState } from '#contract/beeper/setup'
import type { Problem } from '#contract/problem'
import type { Place } from '#contract/view'
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Target } from '../beeper-port.ts'
import * as account from '../domain/account.ts'
import type { AccountEffect, AccountEvent, AccountState, Server } from '../domain/account-state.ts'
import type { AppState } from '../domain/app-state.ts'
import * as discovery from '../domain/discovery.ts'
import * as networks from '../domain/networks.ts'
import * as security from '../domain/security.ts'
import { Actor } from './actor.ts'
import { Connections } from './connections.ts'
import { Journal } from './journal.ts'
import { accountRunner } from './runners/account.ts'
import { discoveryRunner } from './runners/discovery.ts'
import { networksRunner } from './runners/networks.ts'
import { securityRunner } from './runners/security.ts'
import { isPending } from './pending-request.ts'
import { Timers } from './timers.ts'
import type { World } from './world.ts'

interface Own {
  readonly wish: Place
  readonly isFirstRunDone: boolean
  readonly finding: AppState['finding']
}

/** The server's state may lag behind a sign-in; one that says so this often in a row, every 2 s, is signed out. */
const signedOutAfterReads = 3
const notFinding: AppState['finding'] = { isDemoStarting: false, opening: undefined, problem: undefined }

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
  phoneURL: string | undefined
  #own: Own
  #setupHeard: SetupState | undefined
  readonly #timers: Timers

  constructor(world: World) {
    this.world = world
    const timers = new Timers(world.clock)
    this.#timers = timers
    this.journal = new Journal(world.settings, world.clock, world.log)
    const { journal } = this
    const target = (): (Target & { readonly token: string }) | undefined => this.target()
    const heard = (setup: SetupState | undefined): void => {
      this.#setupHeard = setup
    }
    const tokenRefused = (): void => {
      this.account.send({ type: 'tokenRefused' })
    }
    this.account = new Actor<AccountState, AccountEvent, AccountEffect>(
      { phase: 'away' },
      account.next,
      accountRunner({
        world,
        journal,
        timers,
        heard,
        isInUse: (server) => this.#isInUse(server),
      }),
    )
    this.security = new Actor(security.initial, security.next, securityRunner({ world, timers, target, tokenRefused }))
    this.networks = new Actor(networks.initial, networks.next, networksRunner({ world, timers, target, tokenRefused }))
    this.discovery = new Actor(discovery.initial, discovery.next, discoveryRunner({ world, timers }))
    const changed = (): void => {
      this.#connectionsChanged()
    }
    this.connections = new Connections({
      world,
      journal,
      timers,
      changed,
      connected: () => {
        this.#connected()
      },
    })
    this.#own = { wish: { at: 'go-on' }, isFirstRunDone: journal.progress.isFirstRunDone, finding: notFinding }
    this.state = createStore<AppState>(() => this.#gather())
    this.account.store.subscribe((state, before) => {
      this.#accountChanged(state, before)
    })
    this.security.store.subscribe(() => {
      this.#securityChanged()
    })
    this.networks.store.subscribe(() => {
      this.#refresh()
    })
    this.discovery.store.subscribe(() => {
      this.#refresh()
    })
  }

  /** Begins: with what an earlier run left, or by looking for Beeper. */
  launch(): void {
    const { server, marker, email, intents } = this.journal.progress
    const origin = marker?.origin ?? server?.origin
    if (origin === undefined) {
      this.look()
      return
    }
    const known = { origin, name: server?.name ?? 'Beeper', version: '', isDemo: false }
    // With an open intent and no marker the run may have ended between the keychain's write and the note of it.
    const asksKeychain =
      marker !== undefined || intents.length > 0 || isPending(this.journal, origin, this.world.clock.wallTime())
    if (asksKeychain)
      this.account.send({ type: 'launched', server: known, email: email ?? '', hasMarker: marker !== undefined })
    else if (email !== undefined) this.account.send({ type: 'serverChosen', server: known, email })
    else this.look()
  }

  look(): void {
    const origins = this.journal.ports.map((port) => `http://127.0.0.1:${String(port)}`)
    this.discovery.send({ type: 'wanted', origins })
  }

  /** Server and token of the sign-in, while there is one. */
  target(): (Target & { readonly token: string }) | undefined {
    const { state } = this.account
    return state.phase === 'signed-in' ? { origin: state.server.origin, token: state.credentials.token } : undefined
  }

  go(wish: Place): void {
    // A wish may come before anybody is signed in; the first run is not over by that.
    if (wish.at === 'home' && this.target() !== undefined) this.#finishFirstRun()
    this.connections.dropDone(wish.at === 'connection' ? wish.connectionID : undefined)
    this.#set({ wish })
  }

  /** Goes on with a server; with the keychain's help if a sign-in for it was saved. */
  choose(server: Server): void {
    const { marker, email = '' } = this.journal.progress
    this.#set({ wish: { at: 'go-on' }, finding: notFinding })
    if (!server.isDemo && marker?.origin === server.origin)
      this.account.send({ type: 'launched', server, email, hasMarker: true })
    else this.account.send({ type: 'serverChosen', server, email: server.isDemo ? '' : email })
  }

  setFinding(change: Partial<AppState['finding']>): void {
    this.#set({ finding: { ...notFinding, ...change } })
  }

  /** Back to the list of servers; the demo ends with it. */
  async leave(): Promise<void> {
    const { state } = this.account
    const wasDemo = state.phase !== 'away' && state.server.isDemo
    this.account.send({ type: 'left' })
    this.#set({ wish: { at: 'go-on' }, finding: notFinding, isFirstRunDone: this.journal.progress.isFirstRunDone })
    if (!wasDemo) return
    this.phoneURL = undefined
    await this.world.demo.stop()
  }

  fail(problem: Problem): void {
    this.setFinding({ problem })
  }

  /** Ends what must not outlive the run. Takes 2 s at most. */
  async quit(): Promise<void> {
    const target = this.target()
    if (target !== undefined) await this.connections.cancelAll(target)
    this.#timers.stopAll()
    await this.world.demo.stop()
  }

  #isInUse(server: Server): boolean {
    const { state } = this.account
    return state.phase !== 'away' && state.server === server
  }

  get #isDemo(): boolean {
    const { state } = this.account
    return state.phase !== 'away' && state.server.isDemo
  }

  #finishFirstRun(): void {
    this.#own = { ...this.#own, isFirstRunDone: true }
    if (!this.#isDemo && !this.journal.progress.isFirstRunDone) void this.journal.note({ isFirstRunDone: true })
  }

  #connected(): void {
    // From here on a relaunch belongs on Home, even if the window is closed on the "connected" screen.
    if (!this.#isDemo) void this.journal.note({ isFirstRunDone: true })
    this.networks.send({ type: 'refreshed' })
  }

  #accountChanged(state: AccountState, before: AccountState): void {
    if (state.phase === 'signed-in' && before.phase !== 'signed-in') {
      this.security.send({ type: 'signedIn', setup: this.#setupHeard, atMs: Date.now() })
    } else if (state.phase !== 'signed-in' && before.phase === 'signed-in') {
      this.connections.dropAll()
      this.networks.send({ type: 'unwanted' })
      this.security.send({ type: 'signedOut' })
      this.#setupHeard = undefined
    }
    if (state.phase === 'away') this.look()
    else if (before.phase === 'away') this.discovery.send({ type: 'unwanted' })
    this.#refresh()
  }

  #securityChanged(): void {
    const { setup, signedOutReads } = this.security.state
    if (signedOutReads >= signedOutAfterReads) this.account.send({ type: 'tokenRefused' })
    const isUsable = setup?.state === 'ready' || setup?.state === 'needs-first-sync'
    if (isUsable && !this.networks.state.isOn) {
      this.networks.send({ type: 'wanted' })
      const target = this.target()
      const { state } = this.account
      if (target !== undefined && state.phase === 'signed-in') this.connections.resume(state.server, target)
    }
    this.#refresh()
  }

  #connectionsChanged(): void {
    const liveCount = this.connections.states.filter(({ loginSessionID }) => loginSessionID !== undefined).length
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
      account: this.account.state,
      security: this.security.state,
      networks: this.networks.state,
      discovery: this.discovery.state,
      connections: this.connections.states,
    }
  }

  #refresh(): void {
    this.state.setState(this.#gather(), true)
  }
}
