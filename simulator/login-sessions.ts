// All sign-ins that are running, and what the outside sees of them: start, look, submit, cancel, and the phone's side.
import type { LoginSession as WireSession } from '#contract/beeper/gen/types.gen'
import { sharedError, type EndNode, type NetworkError } from './bridge-flows.ts'
import type { Clock } from './clock.ts'
import { ApiFailure } from './failure.ts'
import { failureOf, LoginSession, takesMs } from './login-session.ts'
import { sessionToWire } from './login-wire.ts'
import type { NetworkLogin, Networks } from './networks.ts'
import type { Random } from './random.ts'
import type { Wire } from './wire.ts'

/** R25: the account may follow its complete step by some seconds. Seen only where the wire is `rich`. */
const lateAccountMs = 3_000

export interface StartRequest {
  readonly flowID?: string | undefined
  readonly loginID?: string | undefined
  readonly accountID?: string | undefined
}

export class LoginSessions {
  readonly #all = new Map<string, LoginSession>()
  #serial = 0

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly networks: Networks,
    private readonly wire: Wire,
    private readonly origin: () => string,
  ) {}

  all(): readonly LoginSession[] {
    return [...this.#all.values()]
  }

  async start(bridgeID: string, request: StartRequest): Promise<LoginSession> {
    const { entry } = this.networks.find(bridgeID)
    const renews = this.#renewed(bridgeID, request)
    const flow = request.flowID === undefined ? entry.flows[0] : entry.flows.find(({ id }) => id === request.flowID)
    if (flow === undefined) throw failureOf(sharedError('unknown_flow'))
    const refusal = renews === undefined ? this.#refusal(bridgeID) : undefined
    if (refusal === undefined) await this.clock.sleep(takesMs(flow.startTakes))
    this.#serial += 1
    const { clock } = this
    const complete = (session: LoginSession, node: EndNode): void => {
      this.#complete(session, node)
    }
    const parts = { id: this.random.text(20), serial: this.#serial, entry, flow, renews, refusal, clock, complete }
    const session = new LoginSession(parts)
    this.#all.set(session.parts.id, session)
    return session
  }

  /** Fails with 404 for a session that never was, has ended, or belongs to another bridge. */
  find(bridgeID: string, id: string): LoginSession {
    const session = this.#all.get(id)
    const isHere = session?.parts.entry.bridge.id === bridgeID
    if (session === undefined || !isHere) throw failureOf(sharedError('not_found'))
    return session
  }

  cancel(bridgeID: string, id: string): void {
    const session = this.find(bridgeID, id)
    // The phone was quicker. A conflict, so that the client looks and finds the account it has connected.
    if (session.phase === 'complete') {
      throw new ApiFailure(409, sharedError('finished').code, sharedError('finished').text)
    }
    this.#all.delete(id)
    session.cancel()
  }

  /**
   * The state as the client gets it. A failure is told once and then the session is gone (R1); to who starts or submits in
   * the shape of the error surface, to a plain look only where sessions carry their errors.
   */
  report(session: LoginSession, asked: 'look' | 'start' | 'submit', signal: AbortSignal): WireSession {
    if (session.phase === 'failed' && session.failure !== undefined) {
      // Nobody is there to hear it: keep it for the next call.
      if (!signal.aborted) this.#all.delete(session.parts.id)
      const { errorSurface } = this.wire
      if (errorSurface !== 'session') {
        if (asked === 'look') throw failureOf(sharedError('not_found'))
        if (errorSurface === 'bare') throw new ApiFailure(500, 'M_UNKNOWN', 'Internal error logging in')
        throw failureOf(session.failure)
      }
    }
    if (!signal.aborted) session.markSeen()
    return sessionToWire(session, this.wire, this.origin())
  }

  /** A phone reads a code off a screen: finds the session that shows it. A code that has rotated is nobody's. */
  findByCode(data: string): LoginSession | undefined {
    return this.all().find((session) => session.liveCode === data)
  }

  clear(): void {
    const ended = this.all()
    this.#all.clear()
    for (const session of ended) session.cancel()
  }

  #renewed(bridgeID: string, request: StartRequest): NetworkLogin | undefined {
    if (request.loginID === undefined && request.accountID === undefined) return undefined
    const byLogin = request.loginID === undefined ? undefined : this.networks.findLogin(bridgeID, request.loginID)
    const byAccount = request.accountID === undefined ? undefined : this.networks.loginOfAccount(request.accountID)
    const found = byLogin ?? byAccount
    if (found === undefined || found.entry.bridge.id !== bridgeID) throw failureOf(sharedError('unknown_login'))
    return found
  }

  /** Why the bridge lets nobody sign in, whichever way; it speaks for itself, so the error surface counts. */
  #refusal(bridgeID: string): NetworkError | undefined {
    switch (this.networks.statusOf(this.networks.find(bridgeID))) {
      case 'disabled':
        return sharedError('no_permission')
      case 'limit_reached':
        return sharedError('too_many')
      default:
        return undefined
    }
  }

  #complete(session: LoginSession, node: EndNode): void {
    const { entry, renews } = session.parts
    const personKey = node.person ?? 'ada'
    // R9: another identity than the one to renew takes its place, and the old one is signed out.
    if (renews !== undefined && renews.loginID !== entry.people[personKey]?.loginID) this.networks.remove(renews)
    const connect = (): NetworkLogin => this.networks.signIn(entry, personKey, node.falls)
    if (this.wire.profile === 'strict' && node.isBare !== true) {
      session.result = { login: connect(), node }
      return
    }
    session.result = { login: undefined, node }
    this.clock.after(lateAccountMs, connect)
  }
}
