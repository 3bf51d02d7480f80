// The connections under way, each an actor of its own. What lives on the server is mirrored into the journal, so that a
// later run can go on with it, or offer it afresh.
import type { ChatAccount } from '#contract/beeper/networks'
import type { Target } from '../beeper-port.ts'
import type { Server } from '../domain/account-state.ts'
import { next } from '../domain/connect.ts'
import { initial, isLive } from '../domain/connect-state.ts'
import type { ConnectEffect, ConnectEvent, ConnectState, Subject } from '../domain/connect-state.ts'
import type { OpenSession } from '../ports.ts'
import { Actor } from './actor.ts'
import type { Journal } from './journal.ts'
import { connectRunner, timersOf } from './runners/connect.ts'
import type { ConnectTools } from './runners/connect.ts'
import type { Timers } from './timers.ts'
import { wallMs } from './timers.ts'
import type { World } from './world.ts'

type ConnectActor = Actor<ConnectState, ConnectEvent, ConnectEffect>

interface Entry {
  readonly actor: ConnectActor
  /** When its session began, ISO 8601; of the first run, if an earlier one began it. */
  openedAt: string
  /** As an earlier run noted it. */
  readonly earlierID: string | undefined
  /** Gives up what is under way for its session. */
  readonly abandon: AbortController
  /** Set when it is left for good: what is still to be done at the server has to be done by then. */
  limit: AbortSignal | undefined
}

/** A bridge keeps a session for about 30 minutes; an older one is not worth going back to (semantics 5). */
const resumableForMs = 25 * 60_000
/** What was begun longer ago than this is no longer on anybody's mind. */
const offeredForMs = 24 * 60 * 60_000
const quitLimitMs = 2_000

export interface ConnectionsParts extends Pick<
  ConnectTools,
  'world' | 'journal' | 'connected' | 'scopeMissing' | 'tokenRefused'
> {
  readonly world: World
  readonly journal: Journal
  readonly timers: Timers
  readonly changed: () => void
  /** Server and token of the sign-in, while there is one. */
  readonly target: () => Target | undefined
  /** The accounts as they were read last. */
  readonly accounts: () => readonly ChatAccount[]
}

export class Connections {
  readonly #parts: ConnectionsParts
  readonly #entries = new Map<string, Entry>()
  /** What has to come to its end before a quit. */
  readonly #settling = new Set<Promise<void>>()
  /** Sessions that are being cancelled; nobody goes on with one of them meanwhile. */
  readonly #ending = new Set<string>()
  #isResumed = false

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  get states(): readonly ConnectState[] {
    return [...this.#entries.values()].map(({ actor }) => actor.state)
  }

  /** How many want the list of accounts to be read often. */
  get liveCount(): number {
    return this.states.filter(
      ({ loginSessionID, stage }) => loginSessionID !== undefined || (stage.phase === 'done' && !stage.isWatchOver),
    ).length
  }

  send(connectionID: string, event: ConnectEvent): boolean {
    const entry = this.#entries.get(connectionID)
    entry?.actor.send(event)
    return entry !== undefined
  }

  /** After sleep: what is shown may have run out, and what was waited for may be long over (RUN-4). */
  woken(): void {
    for (const { actor } of this.#entries.values()) actor.send({ type: 'woken' })
  }

  accountsRead(accounts: readonly ChatAccount[]): void {
    for (const { actor } of this.#entries.values()) actor.send({ type: 'accountsRead', accounts })
  }

  /** Starts connecting a network. @returns the ID of the connection; of the one under way if there is one */
  open(network: Omit<Subject, 'connectionID'>, server: Server, target: Target): string {
    const here = this.states.filter(({ bridgeID }) => bridgeID === network.bridgeID)
    const live = here.find(isLive)
    if (live !== undefined) return live.connectionID
    for (const { connectionID } of here) this.drop(connectionID)
    return this.#begin(network, server, target, { type: 'opened' })
  }

  /**
   * Goes on with the sessions that an earlier run left, once for each sign-in. Those that are too old for it are cancelled (RUN-9), and offered afresh
   * like those that are over.
   */
  resume(server: Server, target: Target): void {
    const { journal, world } = this.#parts
    if (this.#isResumed) return
    this.#isResumed = true
    const isLeft = ({ origin, loginSessionID }: OpenSession): boolean =>
      origin === server.origin && !this.#ending.has(loginSessionID)
    for (const session of journal.progress.sessions.filter(isLeft)) {
      const ageMs = this.#ageMs(session)
      const { flowID, loginSessionID } = session
      if (this.#isFresh(session))
        this.#begin(session, server, target, { type: 'resumed', loginSessionID, flowID, ageMs }, session)
      else {
        if (session.isOver !== true) void world.beeper.cancelSession(target, session)
        if (ageMs >= 0 && ageMs < offeredForMs)
          this.#begin(session, server, target, { type: 'foundOver', flowID }, session)
      }
    }
    this.#note(server)
  }

  #ageMs({ openedAt }: OpenSession): number {
    return wallMs(this.#parts.world.clock) - Date.parse(openedAt)
  }

  #isFresh(session: OpenSession): boolean {
    const ageMs = this.#ageMs(session)
    return session.isOver !== true && ageMs >= 0 && ageMs < resumableForMs
  }

  #begin(
    network: Omit<Subject, 'connectionID'>,
    server: Server,
    target: Target,
    event: ConnectEvent,
    earlier?: OpenSession,
  ): string {
    const { world, changed } = this.#parts
    const connectionID = world.newID()
    const { bridgeID, networkName, networkType } = network
    // A permission may be renewed while a connection lasts; one that is left behind is cancelled where it began.
    const current = (): Target => {
      const now = this.#parts.target()
      const at = now?.origin === target.origin ? now : target
      return { ...at, signal: entry.limit }
    }
    const settling = (work: Promise<void>): void => {
      // How it ended is the runner's business.
      const over = (): void => void this.#settling.delete(done)
      const done = work.then(over, over)
      this.#settling.add(done)
    }
    const abandon = new AbortController()
    const { signal: abandoned } = abandon
    const run = connectRunner({ ...this.#parts, connectionID, server, settling, target: current, abandoned })
    const actor: ConnectActor = new Actor(initial({ connectionID, bridgeID, networkName, networkType }), next, run)
    const openedAt = earlier?.openedAt ?? world.clock.wallTime()
    const entry: Entry = { actor, openedAt, earlierID: earlier?.loginSessionID, abandon, limit: undefined }
    this.#entries.set(connectionID, entry)
    actor.store.subscribe((state, before) => {
      const { loginSessionID } = state
      const isNew = loginSessionID !== before.loginSessionID
      // A bridge counts the half hour of a session from its own beginning, not from the click that opened the network.
      const isBegun = isNew && loginSessionID !== undefined && loginSessionID !== entry.earlierID
      if (isBegun) entry.openedAt = world.clock.wallTime()
      if (isNew || state.stage.phase !== before.stage.phase) this.#note(server)
      changed()
    })
    actor.send({ type: 'accountsRead', accounts: this.#parts.accounts() })
    actor.send(event)
    return connectionID
  }

  #noted(server: Server): readonly OpenSession[] {
    return [...this.#entries.values()].flatMap(({ actor, openedAt, earlierID }): OpenSession[] => {
      const { bridgeID, loginSessionID, networkName, networkType, flowID, stage } = actor.state
      const network = { origin: server.origin, bridgeID, networkName, networkType, flowID, openedAt }
      if (loginSessionID !== undefined) return [{ ...network, loginSessionID }]
      return stage.phase === 'interrupted' ? [{ ...network, loginSessionID: earlierID ?? '', isOver: true }] : []
    })
  }

  #note(server: Server): void {
    if (server.isDemo) return
    const { journal } = this.#parts
    // Sessions at other servers wait for their own turn, for as long as there is something to offer of them.
    const others = journal.progress.sessions.filter(
      (one) => one.origin !== server.origin && this.#ageMs(one) < offeredForMs,
    )
    void journal.noteSessions([...others, ...this.#noted(server)])
  }

  /** Forgets a connection that is over; what still comes back of it is not heard. */
  drop(connectionID: string): void {
    const actor = this.#entries.get(connectionID)?.actor
    // One that was left while its session is being made has to hear of it, to cancel it.
    if (actor?.state.stage.phase !== 'left') actor?.dispose()
    for (const timer of timersOf(connectionID)) this.#parts.timers.stop(timer)
    this.#entries.delete(connectionID)
    this.#parts.changed()
  }

  /** Nobody is signed in any more; what lives on the server waits for the next sign-in. */
  signedOut(): void {
    this.#dropAll()
    this.#isResumed = false
  }

  #dropAll(): void {
    for (const connectionID of [...this.#entries.keys()]) this.drop(connectionID)
  }

  /**
   * Cancels what lives on the server, for at most 2 s (RUN-9): also what is only being made there.
   * @param why after a quit, what was under way is offered afresh by the next run
   */
  async cancelAll(target: Target, why: 'quit' | 'left'): Promise<void> {
    const { world, journal } = this.#parts
    const live = this.states.flatMap(({ bridgeID, loginSessionID }) =>
      loginSessionID === undefined ? [] : [{ bridgeID, loginSessionID }],
    )
    const signal = AbortSignal.timeout(quitLimitMs)
    for (const entry of this.#entries.values()) {
      entry.limit = signal
      entry.abandon.abort()
      if (entry.actor.state.stage.phase === 'starting') entry.actor.send({ type: 'left' })
    }
    this.#dropAll()
    for (const { loginSessionID } of live) this.#ending.add(loginSessionID)
    const ended = new Set<string>()
    await Promise.all(
      live.map(async (path) => {
        const result = await world.beeper.cancelSession({ ...target, signal }, path)
        if (result.ok) ended.add(path.loginSessionID)
      }),
    )
    await this.#settled(signal)
    for (const { loginSessionID } of live) this.#ending.delete(loginSessionID)
    // One that could not be cancelled stays noted as it is: the next launch goes on with it or ends it.
    await journal.noteSessions(
      journal.progress.sessions.flatMap((one) => {
        if (one.origin !== target.origin) return [one]
        if (why === 'left') return one.isOver === true || ended.has(one.loginSessionID) ? [] : [one]
        return ended.has(one.loginSessionID) ? [{ ...one, isOver: true }] : [one]
      }),
    )
  }

  async #settled(signal: AbortSignal): Promise<void> {
    const limit = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve()
      })
    })
    while (this.#settling.size > 0 && !signal.aborted) await Promise.race([Promise.all(this.#settling), limit])
  }
}
