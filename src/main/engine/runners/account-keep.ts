// Where a sign-in is kept and how it is let go: keychain, this run, and the note that says which.
import type { Problem, Result } from '#contract/problem'
import type { AccountEffect, AccountEvent, Credentials, KeptIn, Server } from '../../domain/account-state.ts'
import type { Marker } from '../../domain/servers.ts'
import type { Journal } from '../journal.ts'
import type { PendingRequest } from '../pending-request.ts'
import type { Servers } from '../servers.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'

type Send = (event: AccountEvent) => void
type SignOut = AccountEffect & { readonly type: 'signOut' }

/** Taking a permission back is tried for this long; the person waits for it. */
const revokeLimitMs = 8_000
const dayMs = 86_400_000
/** Long enough to be seen by somebody who opens the app once a week. */
const nearMs = 7 * dayMs
/** A timer cannot be set for months, and the wall clock may be moved meanwhile. */
const expiryCheckMs = 3_600_000

export interface KeepTools {
  readonly world: World
  readonly journal: Journal
  readonly servers: Servers
  readonly pending: PendingRequest
  readonly timers: Timers
  /** Cancels what lives on the server, if it is still the one in use. */
  readonly endConnections: (server: Server) => Promise<void>
  /** Says on the list of servers what went wrong. */
  readonly fail: (problem: Problem) => void
}

export class Keeper {
  readonly #tools: KeepTools
  #isProved = false
  /** Servers whose sign-in was given to the keychain in this run, whatever it answered. */
  readonly #tried = new Set<string>()

  constructor(tools: KeepTools) {
    this.#tools = tools
  }

  /** Keeps a fresh sign-in before anything else happens (ONE-1). */
  async keep(server: Server, keeps: KeptIn, credentials: Credentials, send: Send): Promise<void> {
    const { servers } = this.#tools
    if (server.isDemo || keeps === 'this-run') {
      if (!server.isDemo) servers.hold(server, credentials)
      send({ type: 'signedIn', credentials, keptIn: 'this-run' })
      return
    }
    const saved = await this.#put(server, credentials, send)
    if (saved.ok) {
      send({ type: 'signedIn', credentials, keptIn: 'keychain' })
      return
    }
    // It exists once: whoever has gone back to the list meanwhile finds it there.
    servers.hold(server, credentials)
    send({ type: 'signedInUnsaved', credentials, problem: saved.problem })
  }

  /** Tries once more to save a sign-in that is there already. */
  async save(server: Server, credentials: Credentials, send: Send): Promise<void> {
    const saved = await this.#put(server, credentials, send)
    send(saved.ok ? { type: 'saved' } : { type: 'keychainFailed', problem: saved.problem })
  }

  async #put(server: Server, credentials: Credentials, send: Send): Promise<Result<undefined>> {
    const { journal, servers, world } = this.#tools
    this.#tried.add(server.origin)
    // A run that ends between the keychain's write and the note of it leaves this, and the next one looks there.
    const close = await journal.open('keepToken', server, { source: credentials.source })
    const saved = await world.vault.save(server.origin, credentials.token, () => {
      send({ type: 'keychainGrewSlow', credentials })
    })
    if (saved.ok) await servers.noteSaved(server, credentials)
    await close()
    return saved
  }

  /** Tries the keychain with something of no worth; once a run is enough while it works (KEY-7). */
  async probe(send: Send): Promise<void> {
    if (!this.#isProved) {
      const proved = await this.#tools.world.vault.probe(() => {
        send({ type: 'grewSlow' })
      })
      if (!proved.ok) {
        send({ type: 'keychainFailed', problem: proved.problem })
        return
      }
      this.#isProved = true
    }
    send({ type: 'keychainProved' })
  }

  /** Lets a sign-in go: first the keychain, so that nothing has changed when that fails; then the server. */
  async signOut({ server, credentials, keptIn, isRevoked }: SignOut, send: Send): Promise<void> {
    const { servers, world, endConnections, fail, pending } = this.#tools
    const { origin } = server
    const isInKeychain = keptIn === 'keychain' || servers.markerOf(origin) !== undefined
    // A keychain that was given up on may have kept the token all the same.
    if (isInKeychain || this.#tried.has(origin)) {
      const removed = await world.vault.remove(origin)
      if (!removed.ok && isInKeychain) {
        const { code, detail } = removed.problem
        send({
          type: 'signOutFailed',
          problem: { code: 'account.not-forgotten', retry: 'now', detail: detail ?? code },
        })
        return
      }
    }
    await pending.forget(server)
    await endConnections(server)
    await servers.noteSignedOut(origin)
    const revoked = isRevoked ? await this.#revoke(origin, credentials.token) : undefined
    send({ type: 'signedOut' })
    if (revoked !== undefined) fail(revoked)
  }

  /**
   * Forgets a server with everything that is kept for it. A sign-in that the keychain does not let go is no longer
   * forgotten but lost sight of, so then nothing happens.
   * @returns what stood in the way, or what is left to do elsewhere
   */
  async forget(server: Server): Promise<Problem | undefined> {
    const { servers, world, pending } = this.#tools
    const { origin } = server
    let token = servers.held(origin)?.token
    if (servers.markerOf(origin) !== undefined) {
      const kept = await world.vault.read(origin)
      const removed = kept.ok ? await world.vault.remove(origin) : kept
      if (!removed.ok) return { code: 'account.not-forgotten', retry: 'now', detail: removed.problem.code }
      token ??= kept.ok ? (kept.value ?? undefined) : undefined
    }
    await pending.forget(server)
    await servers.forget(origin)
    return token === undefined ? undefined : this.#revoke(origin, token)
  }

  /** Says when the end of a permission is near and when it has come, by the wall clock, which is the one it ends by. */
  watchExpiry(server: Server, expiresAtMs: number, send: Send, knownNear?: number): void {
    const { timers, world, servers } = this.#tools
    const now = Date.parse(world.clock.wallTime())
    const left = expiresAtMs - now
    if (left <= 0) {
      send({ type: 'expired' })
      return
    }
    // What is kept for this run has no note of when it was given: that is when it was first watched.
    const near = knownNear ?? nearOf(expiresAtMs, servers.markerOf(server.origin), now)
    if (left <= near) send({ type: 'expiryNear' })
    timers.set('expiry', Math.min(left <= near ? left : left - near, expiryCheckMs), () => {
      this.watchExpiry(server, expiresAtMs, send, near)
    })
  }

  async #revoke(origin: string, token: string): Promise<Problem | undefined> {
    const signal = AbortSignal.timeout(revokeLimitMs)
    const revoked = await this.#tools.world.beeper.revoke({ origin, token, signal })
    return revoked.ok ? undefined : revoked.problem
  }
}

/** The last week, or the last tenth of a permission that was given for less than ten weeks. */
function nearOf(expiresAtMs: number, marker: Marker | undefined, now: number): number {
  const givenAt = marker === undefined ? now : Date.parse(marker.savedAt)
  return Math.min(nearMs, Math.max(0, (expiresAtMs - givenAt) / 10))
}
