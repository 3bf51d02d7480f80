// Signing in, as data: where it stands, what can happen, what is to be done.
import type { RegistrationForm, SetupState } from '#contract/beeper/setup'
import type { Problem } from '#contract/problem'

export interface Server {
  readonly origin: string
  readonly name: string
  readonly version: string
  /** The embedded simulator: nothing of it reaches the keychain or outlives the run. */
  readonly isDemo: boolean
}

export interface Credentials {
  readonly token: string
  readonly userID: string | undefined
  readonly source: 'account' | 'oauth'
}

export type KeptIn = 'keychain' | 'this-run'

export interface At {
  readonly server: Server
  /** The address typed last; survives every detour. */
  readonly email: string
}

export type AccountState =
  | { readonly phase: 'away' }
  /** Reads what an earlier run left: first the keychain, then the server. */
  | (At & {
      readonly phase: 'restoring'
      readonly waitsFor: 'keychain' | 'beeper'
      readonly hasMarker: boolean
      readonly token: string | undefined
      /** A sign-in of an earlier run that waits for its code. */
      readonly requestID: string | undefined
      readonly isSlow: boolean
    })
  | (At & {
      readonly phase: 'unreachable'
      readonly token: string | undefined
      readonly requestID: string | undefined
      readonly problem: Problem
    })
  /** A sign-in was saved, yet the keychain does not give it (locked, removed, no provider): not the same as signed out. */
  | (At & { readonly phase: 'keychain-shut'; readonly problem: Problem; readonly isBusy: boolean })
  | (At & { readonly phase: 'email'; readonly isBusy: boolean; readonly problem: Problem | undefined })
  | (At & {
      readonly phase: 'code'
      readonly requestID: string
      readonly busy: 'no' | 'checking' | 'sending'
      readonly sentCount: number
      readonly canResend: boolean
      readonly problem: Problem | undefined
    })
  | (At & {
      readonly phase: 'register'
      readonly form: RegistrationForm
      readonly isBusy: boolean
      readonly problem: Problem | undefined
    })
  | (At & {
      readonly phase: 'authorise'
      readonly step: 'ask' | 'waiting' | 'finishing'
      readonly problem: Problem | undefined
    })
  | (At & {
      readonly phase: 'unsaved'
      readonly credentials: Credentials
      readonly problem: Problem
      readonly isBusy: boolean
    })
  | (At & { readonly phase: 'signed-in'; readonly credentials: Credentials; readonly keptIn: KeptIn })

export type AccountEvent =
  | { readonly type: 'launched'; readonly server: Server; readonly email: string; readonly hasMarker: boolean }
  | { readonly type: 'serverChosen'; readonly server: Server; readonly email: string }
  | { readonly type: 'left' }
  | { readonly type: 'grewSlow' }
  | { readonly type: 'tokenRead'; readonly token: string | undefined; readonly requestID?: string | undefined }
  | { readonly type: 'keychainFailed'; readonly problem: Problem }
  | { readonly type: 'setupRead'; readonly setup: SetupState }
  /** 401 or 403: with a token it is dead; without one somebody is signed in there. */
  | { readonly type: 'setupRefused' }
  | { readonly type: 'setupFailed'; readonly problem: Problem }
  | { readonly type: 'retryDue' }
  | { readonly type: 'codeRequested'; readonly email: string }
  | { readonly type: 'codeSent'; readonly requestID: string }
  | { readonly type: 'codeNotSent'; readonly problem: Problem }
  | { readonly type: 'resendDue'; readonly sentCount: number }
  | { readonly type: 'addressChanged' }
  | { readonly type: 'codeSubmitted'; readonly code: string }
  | { readonly type: 'registrationRequired'; readonly form: RegistrationForm }
  | { readonly type: 'usernameSubmitted'; readonly username: string }
  | { readonly type: 'refused'; readonly problem: Problem }
  /** The handle of the sign-in is gone: the address stays, a new mail must be asked for. */
  | { readonly type: 'requestExpired'; readonly problem: Problem }
  /** The answer of a once-only call was lost, and the server says that somebody is signed in now. */
  | { readonly type: 'signedInUnheard' }
  | { readonly type: 'signedIn'; readonly credentials: Credentials; readonly keptIn: KeptIn }
  | { readonly type: 'signedInUnsaved'; readonly credentials: Credentials; readonly problem: Problem }
  /** The keychain has not answered for 3 s while it was to keep the sign-in; it probably waits for the person. */
  | { readonly type: 'keychainGrewSlow'; readonly credentials: Credentials }
  | { readonly type: 'consentRequested' }
  | { readonly type: 'consentGiven' }
  | { readonly type: 'consentFailed'; readonly problem: Problem | undefined }
  | { readonly type: 'keychainRetried' }
  | { readonly type: 'saved' }
  | { readonly type: 'keptForThisRun' }
  | { readonly type: 'signInAgainChosen' }
  | { readonly type: 'tokenRefused' }

export type AccountEffect =
  | { readonly type: 'readToken'; readonly server: Server }
  | { readonly type: 'readSetup'; readonly server: Server; readonly token: string | undefined }
  | {
      readonly type: 'sendCode'
      readonly server: Server
      readonly email: string
      readonly requestID: string | undefined
    }
  | { readonly type: 'respond'; readonly server: Server; readonly requestID: string; readonly code: string }
  | { readonly type: 'register'; readonly server: Server; readonly form: RegistrationForm; readonly username: string }
  | { readonly type: 'askConsent'; readonly server: Server }
  | { readonly type: 'stopConsent' }
  | { readonly type: 'save'; readonly server: Server; readonly credentials: Credentials }
  | { readonly type: 'wait'; readonly ms: number; readonly then: AccountEvent }

export type Phase<Name extends AccountState['phase']> = Extract<AccountState, { readonly phase: Name }>
export type Next = readonly [AccountState, readonly AccountEffect[]]

/** Nothing changes, or nothing is to be done about the change. */
export const stay = (state: AccountState): Next => [state, []]

/** What every phase with a server carries over to the next. */
export const at = ({ server, email }: At): At => ({ server, email })
