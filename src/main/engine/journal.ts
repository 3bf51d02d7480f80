// What outlives a run without being secret: where the person was, which once-only calls are open, which login sessions
// live on the server. Nothing of the demo is ever written.
import type { Server } from '../domain/account-state.ts'
import type { Clock, Intent, Log, OnceOnlyOperation, OpenSession, Progress, SettingsStore } from '../ports.ts'
import { word } from '../ports.ts'

export class Journal {
  readonly #settings: SettingsStore
  readonly #clock: Clock
  readonly #log: Log

  constructor(settings: SettingsStore, clock: Clock, log: Log) {
    this.#settings = settings
    this.#clock = clock
    this.#log = log
  }

  get progress(): Progress {
    return this.#settings.read().progress
  }

  get ports(): readonly number[] {
    return this.#settings.read().ports
  }

  /** Writes a change. A full or read-only disk does not stop anybody: it is logged, and the change holds for this run. */
  async note(change: Partial<Progress>): Promise<void> {
    const result = await this.#settings.update({ progress: { ...this.progress, ...change } })
    if (!result.ok) this.#log.warn('journal-not-written', { code: word(result.problem.code) })
  }

  /** Remembers a port of this computer where Beeper was found. */
  async notePort(port: number): Promise<void> {
    if (this.ports.includes(port)) return
    const result = await this.#settings.update({ ports: [...this.ports, port] })
    if (!result.ok) this.#log.warn('port-not-written', { code: word(result.problem.code) })
  }

  /** Notes that a sign-in was saved for this server. */
  noteSaved(server: Server, userID: string | undefined): Promise<void> {
    return this.note({ marker: { origin: server.origin, userID, savedAt: this.#clock.wallTime() } })
  }

  /**
   * Opens an intent, durably, before a once-only call goes out (ONE-1).
   * @returns closes it; to be called when the outcome is kept
   */
  async open(operation: OnceOnlyOperation, server: Server, bridgeID?: string): Promise<() => Promise<void>> {
    if (server.isDemo) return () => Promise.resolve()
    const intent: Intent = { operation, origin: server.origin, openedAt: this.#clock.wallTime(), bridgeID }
    await this.note({ intents: [...this.progress.intents, intent] })
    return () => this.note({ intents: this.progress.intents.filter((one) => one !== intent) })
  }

  /** Closes whatever an earlier run left open at this server, once it has been settled. */
  async settleAll(server: Server): Promise<void> {
    const intents = this.progress.intents.filter(({ origin }) => origin !== server.origin)
    if (!server.isDemo && intents.length < this.progress.intents.length) await this.note({ intents })
  }

  async noteSessions(sessions: readonly OpenSession[]): Promise<void> {
    if (JSON.stringify(sessions) !== JSON.stringify(this.progress.sessions)) await this.note({ sessions })
  }
}
