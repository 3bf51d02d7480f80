// What outlives a run without being secret: where the person was, which once-only calls are open, which login sessions
// live on the server. Nothing of the demo is ever written.
import type { Server } from '../domain/account-state.ts'
import type { NewKeyNote } from '../domain/security-state.ts'
import type { Clock, Intent, Log, OpenSession, Progress, SettingsStore } from '../ports.ts'
import { word } from '../ports.ts'

/** As many as the settings take. */
const mostNotes = 200

type More = Pick<Intent, 'bridgeID' | 'source'>

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

  /**
   * Opens an intent, durably, before a once-only step (ONE-1).
   * @returns closes it; to be called when the outcome is kept
   */
  async open(operation: Intent['operation'], server: Server, more: More = {}): Promise<() => Promise<void>> {
    if (server.isDemo) return () => Promise.resolve()
    const intent: Intent = { operation, origin: server.origin, openedAt: this.#clock.wallTime(), ...more }
    await this.note({ intents: [...this.progress.intents, intent] })
    return () => this.note({ intents: this.progress.intents.filter((one) => one !== intent) })
  }

  /** Closes whatever an earlier run left open at this server, once it has been settled. */
  async settleAll(server: Server): Promise<void> {
    const intents = this.progress.intents.filter(({ origin }) => origin !== server.origin)
    if (!server.isDemo && intents.length < this.progress.intents.length) await this.note({ intents })
  }

  /** Notes, or no longer notes, that a new recovery key was made at this server (ONE-3). */
  async noteNewKey({ isDemo, origin }: Pick<Server, 'isDemo' | 'origin'>, note: NewKeyNote | undefined): Promise<void> {
    const { newKeys = [] } = this.progress
    if (isDemo || (note === undefined && !newKeys.some((one) => one.origin === origin))) return
    const others = newKeys.filter((one) => one.origin !== origin)
    await this.note({ newKeys: note === undefined ? others : [...others, { origin, ...note }].slice(-mostNotes) })
  }

  /** A recovery key that was asked for when a run ended may have been made; whoever saw it has to hear that it does not count. */
  async noteLostKeys(): Promise<void> {
    const { intents, newKeys = [] } = this.progress
    const asked = intents.filter(({ operation }) => operation === 'appSetupVerificationRecoveryKeyReset')
    const origins = [...new Set(asked.map(({ origin }) => origin))]
    const unnoted = origins.filter((origin) => !newKeys.some((one) => one.origin === origin))
    for (const origin of unnoted)
      await this.noteNewKey({ isDemo: false, origin }, { before: { isKept: false }, isSent: false })
  }

  async noteSessions(sessions: readonly OpenSession[]): Promise<void> {
    if (JSON.stringify(sessions) !== JSON.stringify(this.progress.sessions)) await this.note({ sessions })
  }
}
