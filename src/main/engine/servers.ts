// The servers that a person has chosen, as they outlive a run; and the sign-ins that do not.
import type { FoundBeeper } from '#contract/view'
import type { Credentials, Kept, Server } from '../domain/account-state.ts'
import type { Marker, RememberedServer } from '../domain/servers.ts'
import type { Clock, Intent } from '../ports.ts'
import type { Journal } from './journal.ts'

type FoundToken = Pick<Credentials, 'userID' | 'expiresAtMs'>
type Change = Partial<Omit<RememberedServer, 'origin'>>

export class Servers {
  readonly #journal: Journal
  readonly #clock: Clock
  readonly #changed: () => void
  /** Sign-ins that are kept for this run only; they end with the process. */
  readonly #held = new Map<string, Credentials>()
  readonly #allowed = new Map<string, string>()

  constructor(journal: Journal, clock: Clock, changed: () => void) {
    this.#journal = journal
    this.#clock = clock
    this.#changed = changed
  }

  get all(): readonly RememberedServer[] {
    return this.#journal.progress.servers
  }

  get heldOrigins(): readonly string[] {
    return [...this.#held.keys()]
  }

  find(origin: string): RememberedServer | undefined {
    return this.all.find((one) => one.origin === origin)
  }

  /** The server that was in use last. */
  get current(): RememberedServer | undefined {
    const { origin } = this.#journal.progress
    return origin === undefined ? undefined : this.find(origin)
  }

  /** What is noted of a saved sign-in. Of one that may have been replaced since, the end is not known. */
  markerOf(origin: string): Marker | undefined {
    const marker = this.find(origin)?.marker
    return marker !== undefined && this.#keepingOf(origin) !== undefined
      ? { ...marker, expiresAtMs: undefined }
      : marker
  }

  /**
   * Notes a token that was found in the keychain, where the run that put it there ended before its note.
   * @param read what the server says of the token
   */
  async noteFound(server: Server, token: string, read: () => Promise<FoundToken>): Promise<void> {
    const { origin } = server
    const keeping = this.#keepingOf(origin)
    const isNoted = this.keptOf(origin) !== undefined && keeping === undefined
    if (server.isDemo || this.#held.has(origin) || isNoted) return
    const source = keeping?.source ?? this.find(origin)?.marker?.source ?? 'account'
    await this.noteSaved(server, { token, source, ...(await read()) })
  }

  /** A token on its way into the keychain: whether it arrived is not known while this stands. */
  #keepingOf(origin: string): Intent | undefined {
    return this.#journal.progress.intents.find((one) => one.origin === origin && one.operation === 'keepToken')
  }

  /** Remembers a server as the one in use. Nothing of the demo is ever remembered. */
  async choose(server: Server, found?: FoundBeeper): Promise<void> {
    if (server.isDemo) return
    const known = this.find(server.origin)
    const { origin, name, version } = server
    const kind = found?.kind ?? known?.kind ?? 'other'
    const seen = found === undefined ? known?.lastState : found.state
    const lastState = seen === 'signed-in' ? seen : 'signed-out'
    const allowedAt = known?.allowedAt ?? this.#allowed.get(origin)
    await this.#write(origin, { name, version, kind, lastState, allowedAt }, { origin })
  }

  /** Notes that a sign-in was saved in the keychain for this server. */
  async noteSaved(server: Server, { userID, source, expiresAtMs }: Credentials): Promise<void> {
    this.#held.delete(server.origin)
    const marker: Marker = { userID, source, expiresAtMs, savedAt: this.#clock.wallTime() }
    // What it is called was noted when it was chosen; another server may be in use by now.
    await this.#write(server.origin, { marker, lastState: 'signed-in' })
  }

  /** Keeps a sign-in until the app is quit. */
  hold(server: Server, credentials: Credentials): void {
    this.#held.set(server.origin, credentials)
    this.#changed()
  }

  held(origin: string): Credentials | undefined {
    return this.#held.get(origin)
  }

  /** What is known of the sign-in for a server, wherever it is kept; never the token itself. */
  keptOf(origin: string): Kept | undefined {
    const known = this.#held.get(origin) ?? this.markerOf(origin)
    return known && { source: known.source, expiresAtMs: known.expiresAtMs }
  }

  /** Takes away what says that there is a sign-in; the server stays remembered. */
  async noteSignedOut(origin: string): Promise<void> {
    this.#held.delete(origin)
    if (this.find(origin) === undefined) this.#changed()
    else await this.#write(origin, { marker: undefined })
  }

  /** @param name as the person calls it; empty gives back the server's own */
  async rename(origin: string, name: string): Promise<void> {
    await this.#write(origin, { givenName: name === '' ? undefined : name })
  }

  /** Takes the person's yes to another computer (ORI-1). It is noted once there is a Beeper to go on with. */
  allow(origin: string): void {
    this.#allowed.set(origin, this.#clock.wallTime())
  }

  isAllowed(origin: string): boolean {
    return this.#allowed.has(origin) || this.find(origin)?.allowedAt !== undefined
  }

  async forget(origin: string): Promise<void> {
    this.#held.delete(origin)
    this.#allowed.delete(origin)
    const {
      origin: current,
      request,
      intents,
      sessions,
      servers,
      newKeys,
      keyRemindersDismissed,
    } = this.#journal.progress
    await this.#journal.note({
      newKeys: newKeys?.filter((one) => one.origin !== origin),
      keyRemindersDismissed: keyRemindersDismissed?.filter((one) => one !== origin),
      servers: servers.filter((one) => one.origin !== origin),
      intents: intents.filter((one) => one.origin !== origin),
      sessions: sessions.filter((one) => one.origin !== origin),
      request: request?.origin === origin ? undefined : request,
      origin: current === origin ? undefined : current,
    })
    this.#changed()
  }

  /** Only changes what is known already, or remembers the server if it is not. */
  async #write(origin: string, change: Change, more: { readonly origin?: string } = {}): Promise<void> {
    const fresh: RememberedServer = { origin, name: '', version: '', kind: 'other', lastState: 'signed-out' }
    const known = this.find(origin)
    const written = { ...(known ?? fresh), ...change }
    const servers =
      known === undefined ? [...this.all, written] : this.all.map((one) => (one === known ? written : one))
    const noted = this.#journal.note({ servers, ...more })
    this.#changed()
    await noted
  }
}
