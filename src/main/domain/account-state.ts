// Signing in, as data: where it stands, what can happen, what is to be done.
import type { RegistrationForm, SetupState } from '#contract/beeper/setup'
import type { Problem } from '#contract/problem'
import type { Task } from '#contract/view'

export interface Server {
  readonly origin: string
  readonly name: string
  readonly version: string
  /** The embedded simulator: nothing of it reaches the keychain or outlives the run. */
  readonly isDemo: boolean
}

/** Which kind of token it is (semantics 2). */
export type Source = 'account' | 'oauth' | 'manual'

export interface Credentials {
  readonly token: string
  readonly userID: string | undefined
  readonly source: Source
  /** Unix milliseconds; absent when the server named no end. */
  readonly expiresAtMs?: number | undefined
}

/** What is known of a saved sign-in without opening the keychain. */
export interface Kept {
  readonly source: Source
  readonly expiresAtMs?: number | undefined
}

/** Why a permission is asked for where there is no sign-in that counts. */
export type PermissionReason = 'first' | 'expired'

export type KeptIn = 'keychain' | 'this-run'

export interface At {
  readonly server: Server
  /** The address typed last; survives every detour. */
  readonly email: string
  /** Where a sign-in will be kept: `this-run` once the person chose to go on without the keychain. */
  readonly keeps: KeptIn
}

/** How far a new permission has got. `checking`: a token that was pasted is being checked. */
export type ConsentStep = 'ask' | 'waiting' | 'finishing' | 'checking'

/** A better permission that is asked for while the present one still counts. */
export interface Renewal {
  readonly reason: 'scope' | 'expiring'
  readonly step: ConsentStep
  readonly problem: Problem | undefined
}

export type AccountState =
  | { readonly phase: 'away' }
  /** Reads what an earlier run left: first the keychain, then the server. */
  | (At & {
      readonly phase: 'restoring'
      readonly waitsFor: 'keychain' | 'beeper'
      /** The saved sign-in, if one was noted. */
      readonly kept: Kept | undefined
      readonly token: string | undefined
      /** Where the token came from. */
      readonly keptIn: KeptIn
      /** A sign-in of an earlier run that waits for its code. */
      readonly requestID: string | undefined
      /** The saved permission has run out, so its token is not used. */
      readonly hasExpired: boolean
      readonly isSlow: boolean
    })
  | (At & {
      readonly phase: 'unreachable'
      readonly kept: Kept | undefined
      readonly token: string | undefined
      readonly keptIn: KeptIn
      readonly requestID: string | undefined
      readonly hasExpired: boolean
      readonly problem: Problem
    })
  /** A sign-in was saved, yet the keychain does not give it (locked, removed, no provider): not the same as signed out. */
  | (At & {
      readonly phase: 'keychain-shut'
      readonly kept: Kept
      readonly problem: Problem
      readonly isBusy: boolean
    })
  /** Tries the keychain before anything is asked, so that a token that exists once never meets a broken one. */
  | (At & {
      readonly phase: 'probing'
      readonly then: 'email' | PermissionReason
      readonly isBusy: boolean
      /** Why it does not work; while it is busy, why it may be slow. */
      readonly problem: Problem | undefined
    })
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
      readonly reason: PermissionReason
      readonly step: ConsentStep
      readonly problem: Problem | undefined
    })
  | (At & {
      readonly phase: 'unsaved'
      readonly credentials: Credentials
      readonly problem: Problem
      readonly isBusy: boolean
    })
  | (At & {
      readonly phase: 'signed-in'
      readonly credentials: Credentials
      readonly keptIn: KeptIn
      /** The end of the permission is near. */
      readonly isExpiring: boolean
      readonly renewal: Renewal | undefined
      /** The person put off a renewal: from then on only what they click may ask again. */
      readonly hasPutOff: boolean
      /** Moving the sign-in into the keychain. */
      readonly keeping: Task
      readonly signingOut: Task
    })

export type AccountEvent =
  | { readonly type: 'launched'; readonly server: Server; readonly email: string; readonly kept: Kept | undefined }
  | { readonly type: 'serverChosen'; readonly server: Server; readonly email: string }
  | { readonly type: 'left' }
  | { readonly type: 'grewSlow' }
  | {
      readonly type: 'tokenRead'
      readonly token: string | undefined
      readonly keptIn: KeptIn
      readonly requestID?: string | undefined
    }
  | { readonly type: 'keychainFailed'; readonly problem: Problem }
  | { readonly type: 'keychainProved' }
  | { readonly type: 'setupRead'; readonly setup: SetupState }
  /** 401 or 403: with a token it is dead; without one somebody is signed in there. */
  | { readonly type: 'setupRefused' }
  | { readonly type: 'setupFailed'; readonly problem: Problem }
  | { readonly type: 'retryDue' }
  /** The person did something in Beeper and wants its state read once more. */
  | { readonly type: 'checkedAgain' }
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
  | { readonly type: 'tokenSubmitted'; readonly token: string }
  | { readonly type: 'keychainRetried' }
  | { readonly type: 'saved' }
  | { readonly type: 'keptForThisRun' }
  | { readonly type: 'keepRequested' }
  | { readonly type: 'signInAgainChosen' }
  | { readonly type: 'tokenRefused' }
  /** 403 for something that was tried: the token may not do it. `isClicked`: it was the person who tried. */
  | { readonly type: 'scopeMissing'; readonly isClicked: boolean }
  | { readonly type: 'expiryNear' }
  | { readonly type: 'expired' }
  | { readonly type: 'signOutRequested'; readonly isRevoked: boolean }
  | { readonly type: 'signOutFailed'; readonly problem: Problem }
  | { readonly type: 'signedOut' }

export type AccountEffect =
  | { readonly type: 'readToken'; readonly server: Server }
  | { readonly type: 'probeKeychain'; readonly server: Server }
  | { readonly type: 'readSetup'; readonly server: Server; readonly token: string | undefined }
  | {
      readonly type: 'sendCode'
      readonly server: Server
      readonly email: string
      readonly keeps: KeptIn
      readonly requestID: string | undefined
    }
  | {
      readonly type: 'respond'
      readonly server: Server
      readonly keeps: KeptIn
      readonly requestID: string
      readonly code: string
    }
  | {
      readonly type: 'register'
      readonly server: Server
      readonly keeps: KeptIn
      readonly form: RegistrationForm
      readonly username: string
    }
  | { readonly type: 'askConsent'; readonly server: Server; readonly keeps: KeptIn }
  | { readonly type: 'stopConsent' }
  | { readonly type: 'checkToken'; readonly server: Server; readonly keeps: KeptIn; readonly token: string }
  | { readonly type: 'save'; readonly server: Server; readonly credentials: Credentials }
  | { readonly type: 'rememberForThisRun'; readonly server: Server; readonly credentials: Credentials }
  /** Says when the end of a permission is near, and when it has come. */
  | { readonly type: 'watchExpiry'; readonly server: Server; readonly expiresAtMs: number }
  | {
      readonly type: 'signOut'
      readonly server: Server
      readonly credentials: Credentials
      readonly keptIn: KeptIn
      readonly isRevoked: boolean
    }
  | {
      readonly type: 'wait'
      readonly ms: number
      readonly then: AccountEvent
      /** While nobody can see the window it waits until somebody can. */
      readonly isForEyes?: boolean
    }

export type Phase<Name extends AccountState['phase']> = Extract<AccountState, { readonly phase: Name }>
export type Next = readonly [AccountState, readonly AccountEffect[]]

/** Nothing changes, or nothing is to be done about the change. */
export const stay = (state: AccountState): Next => [state, []]

/** What every phase with a server carries over to the next. */
export const at = ({ server, email, keeps }: At): At => ({ server, email, keeps })
