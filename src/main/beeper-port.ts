// What the engine asks of a Beeper server. `beeper/` implements it over HTTP; tests of the engine give fakes.
import type { LoginSession } from '#contract/beeper/login'
import type { ChatAccount, LoginFlow, Network } from '#contract/beeper/networks'
import type { RegistrationForm, SetupState } from '#contract/beeper/setup'
import type { Verification, VerificationAction, VerificationAnswer } from '#contract/beeper/verification'
import type { Problem, Result } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'

/** A server, and the token where one is needed. */
export interface Target {
  readonly origin: string
  readonly token?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SignedIn {
  readonly kind: 'signed-in'
  readonly token: string
  readonly userID: string
  readonly setup: SetupState
}

export interface RegistrationAnswer extends RegistrationForm {
  readonly kind: 'registration'
}

export interface SessionPath {
  readonly bridgeID: string
  readonly loginSessionID: string
}

/** What is handed in for a step. A waiting step carries nothing, and blocks until something changes. */
export type Submission =
  | { readonly type: 'user_input' | 'cookies'; readonly fields: Readonly<Record<string, string>> }
  | { readonly type: 'display_and_wait' }

/**
 * How a submit ended: with the next state, with the end of the session, or unheard. `problem` of an answer: it was refused,
 * and the session, read afterwards, outlived it.
 */
export type Submitted =
  | { readonly kind: 'answered'; readonly session: LoginSession; readonly problem?: Problem | undefined }
  | { readonly kind: 'ended'; readonly problem: Problem }
  | { readonly kind: 'unheard'; readonly problem: Problem }

/** A token, and when it runs out in Unix milliseconds where the server said so. */
export interface Grant {
  readonly token: string
  readonly expiresAtMs: number | undefined
}

/** Where a person's words lead: an origin, and whether it is on another computer, which needs their yes (ORI-1). */
export interface Address {
  readonly origin: string
  readonly isRemote: boolean
}

export interface Consent {
  /** The consent page to open in the browser. */
  readonly url: string
  /** Resolves with the token and its end, or says why there is none. */
  readonly grant: Promise<Result<Grant>>
  /** Gives up: closes the listener, settles `grant` as refused. */
  cancel(): void
}

/**
 * What the event channel tells: only ever that it is time to look. Events come at most once, are not replayed and may be late
 * or doubled, so what they carry is not taken for the state (semantics 8).
 */
export interface EventListener {
  /** Events flow from now on; whatever happened before has to be read. */
  started(): void
  /** Setup or a verification has changed. */
  changed(): void
  ended(): void
}

export interface Beeper {
  /** Reads an address that a person typed. Problems `beeper.bad-address`, `beeper.needs-https`. */
  readAddress(typed: string): Result<Address>
  /** Asks an origin who it is. Problems say why nobody answered: `beeper.unreachable`, `beeper.timeout`, `beeper.cert-*` … */
  probe(origin: string, signal?: AbortSignal): Promise<Result<FoundBeeper>>
  /** Repeats while it fails for reasons that pass. */
  readSetup(target: Target): Promise<Result<SetupState>>
  /** Asks once; for a caller that comes back by itself. */
  glanceAtSetup(target: Target): Promise<Result<SetupState>>
  start(target: Target): Promise<Result<string>>
  sendEmail(target: Target, requestID: string, email: string): Promise<Result<undefined>>
  respond(target: Target, requestID: string, code: string): Promise<Result<SignedIn | RegistrationAnswer>>
  register(target: Target, requestID: string, leadToken: string, username: string): Promise<Result<SignedIn>>
  askConsent(
    origin: string,
    words: { readonly returned: string },
    beforeToken: () => Promise<unknown>,
  ): Promise<Result<Consent>>
  /**
   * Checks a token that was pasted, by introspection or, where the server has none, by a read. Problems
   * `account.token-unusable`, `account.token-read-only`, or those of the way to the server.
   */
  checkToken(target: Target & { readonly token: string }): Promise<Result<Grant>>
  /** Takes a token back, and reads whether it is really gone. Problem `account.not-revoked`. */
  revoke(target: Target & { readonly token: string }): Promise<Result<undefined>>
  /** Reads a picture that the server named, as a `data:` URL. Problem `picture.unusable`. */
  readPicture(target: Target, url: string): Promise<Result<string>>
  /**
   * Makes a new recovery key, once: every call makes another. The one in force stays so until {@link Beeper.confirmKey}.
   * @param existing the key in force, where the person has it. Problem `security.old-key-refused` when it is another one.
   */
  createKey(target: Target, existing?: string): Promise<Result<string>>
  /** Adopts the newest key. Problem `security.new-key-refused` when the server knows of none or of another one. */
  confirmKey(target: Target, recoveryKey: string): Promise<Result<SetupState>>
  /** Opens messages. Problem `security.key-refused` when it is not this account's key; every other says that nobody was asked. */
  unlock(target: Target, recoveryKey: string): Promise<Result<SetupState>>
  /** All verifications that the server still tells of, oldest first, also ended ones. Asked once. */
  readVerifications(target: Target): Promise<Result<readonly Verification[]>>
  /** Opens one towards the person's other devices. Problem `security.nothing-to-verify-with`. */
  requestVerification(target: Target): Promise<Result<VerificationAnswer>>
  /** Takes a step. Problems `security.verification-gone` (404, 410), `security.too-late` (409: not possible any more). */
  actOnVerification(
    target: Target,
    verificationID: string,
    action: Exclude<VerificationAction, 'cancel'>,
  ): Promise<Result<VerificationAnswer>>
  /** Ends one on both sides. One that is over already is no problem. */
  cancelVerification(
    target: Target,
    verificationID: string,
    reason: 'user' | 'mismatch',
  ): Promise<Result<VerificationAnswer | undefined>>
  /** Hands in a code read off the other device. Problem `security.code-not-read` when the server knows none like it. */
  scanCode(target: Target, data: string): Promise<Result<VerificationAnswer>>
  listen(target: Target & { readonly token: string }, listener: EventListener): () => void
  readNetworks(
    target: Target,
  ): Promise<Result<{ readonly networks: readonly Network[]; readonly accounts: readonly ChatAccount[] }>>
  readFlows(target: Target, bridgeID: string): Promise<Result<readonly LoginFlow[]>>
  /** Begins a session, once: it has effects on the network. Problem `beeper.token-refused` only when a read says so too. */
  createSession(target: Target, bridgeID: string, flowID: string | undefined): Promise<Result<LoginSession>>
  /** Problem `connect.gone` when it no longer exists. */
  readSession(target: Target, path: SessionPath): Promise<Result<LoginSession>>
  /** Hands in what a step asks for, once. */
  submitStep(target: Target, path: SessionPath, stepID: string, submission: Submission): Promise<Submitted>
  cancelSession(target: Target, path: SessionPath): Promise<Result<undefined>>
}
