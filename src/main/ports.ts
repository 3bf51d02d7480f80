// What the engine needs from the world, as small interfaces. Adapters implement them; tests give fakes.
import type { Result } from '#contract/problem'
import type { NewKeyNote } from './domain/security-state.ts'
import type { Marker, RememberedServer } from './domain/servers.ts'

/** Where a sign-in is kept between launches. One token for an origin. */
export interface Vault {
  /**
   * Answers the token, or null when the keychain shows none. Null is no proof that there is none: a locked keychain whose
   * prompt was dismissed answers the same (KEY-3).
   * @param origin whose token
   * @param onSlow called once if the keychain has not answered after 3 s; it probably waits for the person
   */
  read(origin: string, onSlow?: () => void): Promise<Result<string | null>>
  /** Resolves as good only after the token was read back and found equal (KEY-4). */
  save(origin: string, token: string, onSlow?: () => void): Promise<Result<undefined>>
  /** Removes the token; it is no problem if there was none. */
  remove(origin: string, onSlow?: () => void): Promise<Result<undefined>>
  /** Writes something of no worth, reads it back and removes it: whether the keychain would keep a token. */
  probe(onSlow?: () => void): Promise<Result<undefined>>
}

declare const safe: unique symbol
/** Text that may stand in the log because of how it was made: {@link word} and {@link originOf} make it, nothing else. */
export type SafeText = string & { readonly [safe]: true }
export type Facts = Readonly<Record<string, number | boolean | SafeText | undefined>>

/** Takes names, codes, sizes and times; free text is refused by type (SEC-2). */
export interface Log {
  info(event: string, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  error(event: string, error: unknown, facts?: Facts): void
}

const wordShape = /^[a-z][a-z0-9]*(?:[-_.:][a-z0-9]+)*$/i

/**
 * Makes a name or code of ours or of the API fit for the log. Anything that could be a token, a code or a sentence comes
 * out as `unloggable`.
 * @param text a code such as `beeper.timeout`, a state, an operation's name
 */
export function word(text: string): SafeText {
  const isWord = text.length <= 48 && wordShape.test(text) && !/\d{4}/.test(text)
  return (isWord ? text : 'unloggable') as SafeText
}

/**
 * The part of a URL that the log may show.
 * @param url any text
 */
export function originOf(url: string): SafeText {
  // `URL.origin` is the text "null" for everything without an authority, so nothing of such a URL comes through.
  return (URL.canParse(url) ? new URL(url).origin : 'no-origin') as SafeText
}

/** Opens pages in the person's browser. Refuses whatever is not on the list (WIN-5). */
export interface Opener {
  openPage(url: string): Promise<Result<undefined>>
  /**
   * Opens a link out of a text, which the person has seen the host of. Only `https:` without credentials, or the Beeper in use
   * on this computer.
   */
  openLink(url: string): Promise<Result<undefined>>
}

export interface Clock {
  /** Milliseconds that only grow; for limits and deadlines (RUN-4). */
  nowMs(): number
  /** The wall clock as ISO 8601; for notes that outlive a run. */
  wallTime(): string
  /** Calls back once after a while; the answer cancels. */
  after(delayMs: number, callback: () => void): () => void
}

/** The calls that are never repeated by the app (ONE-1, ONE-2). */
export const onceOnlyOperations = [
  'appSetupResponse',
  'appSetupRegister',
  'appSetupVerificationRecoveryKeyReset',
  'createLoginSession',
  'oauth_token',
] as const
export type OnceOnlyOperation = (typeof onceOnlyOperations)[number]

/** What an intent can be for: a call that is never repeated, or a token on its way into the keychain. */
export const intendedOperations = [...onceOnlyOperations, 'keepToken'] as const

/** Written before a once-only step and taken away after its outcome is kept. Never holds a secret. */
export interface Intent {
  readonly operation: (typeof intendedOperations)[number]
  readonly origin: string
  readonly openedAt: string
  readonly bridgeID?: string | undefined
  /** Which kind of token is being kept. */
  readonly source?: Marker['source'] | undefined
}

/** A login session that is alive on the server, so that a later launch can cancel it (RUN-9). */
export interface OpenSession {
  readonly origin: string
  readonly bridgeID: string
  readonly loginSessionID: string
  readonly networkName: string
  readonly networkType: string
  readonly flowID?: string | undefined
  readonly openedAt: string
  /** It was cancelled when the run ended, or is too old: only its being begun afresh is left to offer. */
  readonly isOver?: boolean | undefined
}

export interface Progress {
  /** The server in use, one of `servers`. */
  readonly origin?: string | undefined
  readonly servers: readonly RememberedServer[]
  readonly email?: string | undefined
  /** Says that a sign-in waits for its code; the request's handle is in the vault (A3). */
  readonly request?:
    { readonly origin: string; readonly sentAt: string; readonly isSpent?: boolean | undefined } | undefined
  readonly isFirstRunDone: boolean
  readonly intents: readonly Intent[]
  readonly sessions: readonly OpenSession[]
  /** By origin: new recovery keys whose confirmation is not known to have counted (ONE-3). Never the keys themselves. */
  readonly newKeys?: readonly (NewKeyNote & { readonly origin: string })[] | undefined
  /** Origins whose reminder to keep a recovery key was put away. */
  readonly keyRemindersDismissed?: readonly string[] | undefined
}

export interface WindowPlace {
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly width: number
  readonly height: number
  readonly isMaximized: boolean
}

export interface Settings {
  readonly version: 1
  readonly window?: WindowPlace | undefined
  /** Ports of this computer on which Beeper is looked for. */
  readonly ports: readonly number[]
  /** False: the window may be in screenshots and on shared screens even while a key or code shows (ONE-4). */
  readonly isContentProtected?: boolean | undefined
  readonly progress: Progress
}

export interface SettingsStore {
  /** The settings as they are now in memory; never touches the disk. */
  read(): Settings
  /**
   * Changes some of the settings. The change holds for this run at once; the answer is good when it is on the disk,
   * synced and renamed (ONE-1 relies on it).
   */
  update(change: Partial<Omit<Settings, 'version'>>): Promise<Result<undefined>>
}
