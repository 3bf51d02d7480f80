// What the engine asks of a Beeper server. `beeper/` implements it over HTTP; tests of the engine give fakes.
import type { LoginSession } from '#contract/beeper/login'
import type { ChatAccount, LoginFlow, Network } from '#contract/beeper/networks'
import type { RegistrationForm, SetupState } from '#contract/beeper/setup'
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

/** How a submit ended: with the next state, with the end of the session, or unheard. */
export type Submitted =
  | { readonly kind: 'answered'; readonly session: LoginSession }
  | { readonly kind: 'ended'; readonly problem: Problem }
  | { readonly kind: 'unheard'; readonly problem: Problem }

export interface Consent {
  /** The consent page to open in the browser. */
  readonly url: string
  /** Resolves with the token, or says why there is none. */
  readonly token: Promise<Result<string>>
  /** Gives up: closes the listener, settles `token` as refused. */
  cancel(): void
}

export interface EventListener {
  started(): void
  setupUpdated(setup: SetupState): void
  ended(): void
}

export interface Beeper {
  /** Reads an address that a person typed. Problem `beeper.bad-address`. */
  originFrom(typed: string): Result<string>
  probe(origin: string, signal?: AbortSignal): Promise<FoundBeeper | undefined>
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
  createKey(target: Target): Promise<Result<string>>
  confirmKey(target: Target, recoveryKey: string): Promise<Result<SetupState>>
  unlock(target: Target, recoveryKey: string): Promise<Result<SetupState>>
  listen(target: Target & { readonly token: string }, listener: EventListener): () => void
  readNetworks(
    target: Target,
  ): Promise<Result<{ readonly networks: readonly Network[]; readonly accounts: readonly ChatAccount[] }>>
  readFlows(target: Target, bridgeID: string): Promise<Result<readonly LoginFlow[]>>
  createSession(target: Target, bridgeID: string, flowID: string | undefined): Promise<Result<LoginSession>>
  readSession(target: Target, path: SessionPath): Promise<Result<LoginSession>>
  /** No `fields` for a waiting step, which blocks until something changes. */
  submitStep(
    target: Target,
    path: SessionPath,
    stepID: string,
    fields: Readonly<Record<string, string>> | undefined,
  ): Promise<Submitted>
  cancelSession(target: Target, path: SessionPath): Promise<Result<undefined>>
}
