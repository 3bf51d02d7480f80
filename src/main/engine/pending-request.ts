// The handle of a sign-in that waits for its code. It is kept in the vault for a quarter of an hour, so that a relaunch goes
// on at the code (A3). Only a comfort: when the keychain does not take part, the person asks for another mail.
import type { Server } from '../domain/account-state.ts'
import { word } from '../ports.ts'
import type { Journal } from './journal.ts'
import type { World } from './world.ts'

const keptForMs = 15 * 60_000

export class PendingRequest {
  readonly #world: World
  readonly #journal: Journal

  constructor(world: World, journal: Journal) {
    this.#world = world
    this.#journal = journal
  }

  /** Keeps the handle of the newest mail. */
  async keep(server: Server, requestID: string): Promise<void> {
    if (server.isDemo) return
    // Noted first: a note without a handle asks for another mail, a handle without a note is never taken away again.
    await this.#journal.note({ request: { origin: server.origin, sentAt: this.#world.clock.wallTime() } })
    const saved = await this.#world.vault.save(accountOf(server), requestID)
    if (saved.ok) return
    this.#world.log.info('request-not-kept', { code: word(saved.problem.code) })
    await this.#journal.note({ request: undefined })
  }

  /** Whether a handle is kept for a server, without asking the keychain. */
  isKept(server: Server): boolean {
    return isPending(this.#journal, server.origin, this.#world.clock.wallTime())
  }

  /** The handle that is kept for a server and may still be good. */
  async read(server: Server): Promise<string | undefined> {
    if (!this.isKept(server)) return undefined
    const found = await this.#world.vault.read(accountOf(server))
    return found.ok ? (found.value ?? undefined) : undefined
  }

  /** The code was taken, so the handle leads nowhere any more. Said before anything is built on it. */
  async spend(server: Server): Promise<void> {
    const { request } = this.#journal.progress
    if (request?.origin === server.origin) await this.#journal.note({ request: { ...request, isSpent: true } })
  }

  /** Forgets the handle: the code was taken, or the server no longer knows it. */
  async forget(server: Server): Promise<void> {
    if (this.#journal.progress.request?.origin !== server.origin) return
    const removed = await this.#world.vault.remove(accountOf(server))
    if (!removed.ok) this.#world.log.info('request-not-removed', { code: word(removed.problem.code) })
    await this.#journal.note({ request: undefined })
  }
}

/**
 * Whether a handle is kept for a server, without asking the keychain.
 * @param wallTime now, as ISO 8601
 */
export function isPending(journal: Journal, origin: string, wallTime: string): boolean {
  const { request } = journal.progress
  if (request?.origin !== origin || request.isSpent === true) return false
  const ageMs = Date.parse(wallTime) - Date.parse(request.sentAt)
  return ageMs >= 0 && ageMs < keptForMs
}

/** Beside the token of the same server, which stands under the bare origin. */
const accountOf = ({ origin }: Server): string => `${origin}#request`
