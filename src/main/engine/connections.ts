// The connections under way, each an actor of its own. What lives on the server is mirrored into the journal, so that a
// later run can go on with it.
import type { ConnectEvent, ConnectState, Subject } from '../domain/connect.ts'
import { initial, next } from '../domain/connect.ts'
import type { ConnectEffect } from '../domain/connect.ts'
import type { Server } from '../domain/account-state.ts'
import type { Target } from '../beeper-port.ts'
import type { OpenSession } from '../ports.ts'
import { Actor } from './actor.ts'
import type { Journal } from './journal.ts'
import { connectRunner } from './runners/connect.ts'
import type { Timers } from './timers.ts'
import type { World } from './world.ts'

type ConnectActor = Actor<ConnectState, ConnectEvent, ConnectEffect>

/** A bridge keeps a session for about 30 minutes; an older one is not worth going back to (semantics 5). */
const resumableForMs = 25 * 60_000
const quitLimitMs = 2_000

export interface ConnectionsParts {
  readonly world: World
  readonly journal: Journal
  readonly timers: Timers
  readonly changed: () => void
  readonly connected: () => void
  /** Server and token of the sign-in, while there is one. */
  readonly target: () => Target | undefined
  /** The token may not do what was tried. */
  readonly scopeMissing: () => void
}

export class Connections {
  readonly #parts: ConnectionsParts
  readonly #actors = new Map<string, ConnectActor>()

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  get states(): readonly ConnectState[] {
    return [...this.#actors.values()].map((actor) => actor.state)
  }

  send(connectionID: string, event: ConnectEvent): boolean {
    const actor = this.#actors.get(connectionID)
    actor?.send(event)
    return actor !== undefined
  }

  /** Starts connecting a network. @returns the ID of the connection; of the one under way if there is one */
  open(network: Omit<Subject, 'connectionID'>, server: Server, target: Target): string {
    const live = this.states.find(
      ({ bridgeID, stage }) => bridgeID === network.bridgeID && !['done', 'failed', 'left'].includes(stage.phase),
    )
    if (live !== undefined) return live.connectionID
    return this.#begin(network, server, target, { type: 'opened' })
  }

  /** Goes on with the sessions that an earlier run left, and cancels those that are too old for it (RUN-9). */
  resume(server: Server, target: Target): void {
    const { journal, world } = this.#parts
    for (const session of journal.progress.sessions.filter(({ origin }) => origin === server.origin)) {
      if (this.#isFresh(session))
        this.#begin(
          session,
          server,
          target,
          { type: 'resumed', loginSessionID: session.loginSessionID, flowID: session.flowID },
          session.openedAt,
        )
      else void world.beeper.cancelSession(target, session)
    }
    this.#note(server)
  }

  #isFresh({ openedAt }: OpenSession): boolean {
    const ageMs = Date.parse(this.#parts.world.clock.wallTime()) - Date.parse(openedAt)
    return ageMs >= 0 && ageMs < resumableForMs
  }

  readonly #openedAt = new Map<string, string>()

  #begin(
    network: Omit<Subject, 'connectionID'>,
    server: Server,
    target: Target,
    event: ConnectEvent,
    openedAt?: string,
  ): string {
    const { world, journal, timers, changed, connected, scopeMissing } = this.#parts
    const connectionID = world.newID()
    const { bridgeID, networkName, networkType } = network
    // A permission may be renewed while a connection lasts; one that is left behind is cancelled where it began.
    const current = (): Target => {
      const now = this.#parts.target()
      return now?.origin === target.origin ? now : target
    }
    const tools = { world, journal, timers, connectionID, server, connected, scopeMissing }
    const run = connectRunner({ ...tools, target: current })
    const actor: ConnectActor = new Actor(initial({ connectionID, bridgeID, networkName, networkType }), next, run)
    this.#openedAt.set(connectionID, openedAt ?? world.clock.wallTime())
    this.#actors.set(connectionID, actor)
    actor.store.subscribe((state, before) => {
      if (state.loginSessionID !== before.loginSessionID) this.#note(server)
      if (this.#isSilentlyOver(state, before)) this.drop(connectionID)
      changed()
    })
    actor.send(event)
    return connectionID
  }

  /** A session of an earlier run that has gone meanwhile is nobody's disappointment. */
  #isSilentlyOver(state: ConnectState, before: ConnectState): boolean {
    return before.stage.phase === 'resuming' && state.stage.phase === 'failed'
  }

  #note(server: Server): void {
    if (server.isDemo) return
    const sessions = this.states.flatMap(
      ({ connectionID, bridgeID, loginSessionID, networkName, networkType, flowID }): OpenSession[] =>
        loginSessionID === undefined
          ? []
          : [
              {
                origin: server.origin,
                bridgeID,
                loginSessionID,
                networkName,
                networkType,
                flowID,
                openedAt: this.#openedAt.get(connectionID) ?? '',
              },
            ],
    )
    const { journal } = this.#parts
    // Sessions at other servers wait for their own turn, for as long as they can be alive.
    const others = journal.progress.sessions.filter((one) => one.origin !== server.origin && this.#isFresh(one))
    void journal.noteSessions([...others, ...sessions])
  }

  /** Forgets a connection that is over; what still comes back of it is not heard. */
  drop(connectionID: string): void {
    const actor = this.#actors.get(connectionID)
    // One that was left while its session is being made has to hear of it, to cancel it.
    if (actor?.state.stage.phase !== 'left') actor?.dispose()
    this.#parts.timers.stop(connectionID)
    this.#actors.delete(connectionID)
    this.#openedAt.delete(connectionID)
    this.#parts.changed()
  }

  /** Forgets connections that ended well, but for one that is being looked at. */
  dropDone(except: string | undefined): void {
    for (const { connectionID, stage } of this.states)
      if (stage.phase === 'done' && connectionID !== except) this.drop(connectionID)
  }

  dropAll(): void {
    for (const connectionID of [...this.#actors.keys()]) this.drop(connectionID)
  }

  /** Cancels what lives on the server, for at most 2 s (RUN-9). */
  async cancelAll(target: Target): Promise<void> {
    const live = this.states.flatMap(({ bridgeID, loginSessionID }) =>
      loginSessionID === undefined ? [] : [{ bridgeID, loginSessionID }],
    )
    if (live.length === 0) return
    const signal = AbortSignal.timeout(quitLimitMs)
    this.dropAll()
    const { world, journal } = this.#parts
    const ended = await Promise.all(
      live.map(async (path) => {
        const result = await world.beeper.cancelSession({ ...target, signal }, path)
        return result.ok ? path.loginSessionID : undefined
      }),
    )
    // One that could not be cancelled stays noted: the next launch goes on with it or ends it.
    const isEnded = ({ origin, loginSessionID }: OpenSession): boolean =>
      origin === target.origin && ended.includes(loginSessionID)
    await journal.noteSessions(journal.progress.sessions.filter((one) => !isEnded(one)))
  }
}
