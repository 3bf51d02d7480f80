// Everything that the engine touches, as ports.
import type { InputOf } from '#contract/commands'
import type { Result } from '#contract/problem'
import type { Peer } from '#contract/view-security'
import type { Beeper } from '../beeper-port.ts'
import type { Clock, Log, Opener, SettingsStore, Vault } from '../ports.ts'

export interface Demo {
  /** Starts the embedded simulator. @returns where it listens and where its phone is. Problem `demo.failed`. */
  start(): Promise<Result<{ readonly origin: string; readonly phoneURL: string }>>
  stop(): Promise<void>
  /** Shows the demo's phone. */
  openPhone(phoneURL: string): void
}

/** The app window, for what is not a picture on it. */
export interface AppWindow {
  /** In front of the person's eyes: visible and focused. */
  isWatched(): boolean
  /** Brings it up. */
  show(): void
}

export interface Notifier {
  /**
   * Says that another device asks to be verified.
   * @param peer who; names of a device and a user, shown as they are
   * @param onClick the person wants to see it
   * @returns takes the notification away
   */
  verificationAsked(peer: Peer, onClick: () => void): () => void
}

/** Where a recovery key goes when the person asks for a copy. */
export interface KeyCopies {
  copy(recoveryKey: string): Promise<Result<undefined>>
  /** @returns whether it was saved; false when the person closed the dialog. Problem `security.save-failed`. */
  save(recoveryKey: string): Promise<Result<{ readonly isSaved: boolean }>>
  /** Prints the page of the app window, which shows the key to the printer alone. Problem `security.print-failed`. */
  print(): Promise<Result<{ readonly isPrinted: boolean }>>
}

export interface World {
  readonly beeper: Beeper
  /** The keychain of the system. */
  readonly vault: Vault
  readonly settings: SettingsStore
  readonly opener: Opener
  /** Opens a page of the fixed list in the browser. */
  readonly openPage: (page: InputOf<'app.openPage'>) => Promise<Result<undefined>>
  readonly demo: Demo
  /** Quits the app, as a person does. */
  readonly quit: () => void
  readonly keyCopies: KeyCopies
  readonly appWindow: AppWindow
  readonly notifier: Notifier
  readonly clock: Clock
  readonly log: Log
  /** A new ID, different from all others. */
  readonly newID: () => string
  /** What a browser page says when consent comes back. */
  readonly words: { readonly consentReturned: string; readonly demoName: string }
}
