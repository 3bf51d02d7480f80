// Signing in: from a chosen Beeper to a sign-in that is kept. Pure; the engine does what the effects ask.
import type { SetupState } from '#contract/beeper/setup'
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

export interface RegistrationForm {
  readonly requestID: string
  readonly leadToken: string
  readonly title: string
  readonly usernamePlaceholder: string
  readonly submitLabel: string
  readonly terms: string
  readonly suggestions: readonly string[]
}

export type KeptIn = 'keychain' | 'this-run'

interface At {
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

type Restoring = AccountState & { phase: 'restoring' }
type Next = readonly [AccountState, readonly AccountEffect[]]

/** Time between two mails, as the vendor's clients keep it. */
export const resendAfterMs = 30_000
const retryAfterMs = 2_000

const stay = (state: AccountState): Next => [state, []]

const at = ({ server, email }: At): At => ({ server, email })

function restore(place: At, token: string | undefined, hasMarker: boolean, requestID?: string): Next {
  return [
    { ...place, phase: 'restoring', waitsFor: 'beeper', hasMarker, token, requestID, isSlow: false },
    [
      { type: 'readSetup', server: place.server, token },
      { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
    ],
  ]
}

const readKeychain = (place: At, hasMarker: boolean): Next => [
  {
    ...place,
    phase: 'restoring',
    waitsFor: 'keychain',
    hasMarker,
    token: undefined,
    requestID: undefined,
    isSlow: false,
  },
  [
    { type: 'readToken', server: place.server },
    { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
  ],
]

const askAddress = (place: At, problem?: Problem): Next => stay({ ...place, phase: 'email', isBusy: false, problem })

const askPermission = (place: At, problem?: Problem): Next =>
  stay({ ...place, phase: 'authorise', step: 'ask', problem })

/** Spaces and dashes come along when a code is pasted from a mail. */
export const tidyCode = (typed: string): string => typed.replace(/[\s\u00a0\u2010-\u2015-]/gu, '')

function restoring(state: AccountState & { phase: 'restoring' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'grewSlow':
      return stay({ ...state, isSlow: true })
    case 'tokenRead':
      if (state.waitsFor !== 'keychain') return stay(state)
      if (event.token === undefined && state.hasMarker)
        return stay({
          ...at(state),
          phase: 'keychain-shut',
          isBusy: false,
          problem: { code: 'keychain.empty', retry: 'now' },
        })
      return restore(at(state), event.token, state.hasMarker, event.requestID)
    case 'keychainFailed':
      // Without a marker nothing was saved, so there is nothing to be let in to.
      if (!state.hasMarker) return restore(at(state), undefined, false)
      return stay({ ...at(state), phase: 'keychain-shut', isBusy: false, problem: event.problem })
    case 'setupRead': {
      if (state.waitsFor !== 'beeper') return stay(state)
      if (event.setup.state === 'needs-login')
        return state.requestID === undefined ? askAddress(at(state)) : codeSent(at(state), state.requestID, 1)
      if (state.token === undefined) return askPermission(at(state))
      const credentials: Credentials = { token: state.token, userID: event.setup.userID, source: 'account' }
      return stay({ ...at(state), phase: 'signed-in', credentials, keptIn: 'keychain' })
    }
    case 'setupRefused':
      // A refused token is no longer used but stays in the keychain until the person signs out or a new one is saved.
      return state.token === undefined ? askPermission(at(state)) : restore(at(state), undefined, state.hasMarker)
    case 'setupFailed':
      return unreachable(at(state), state, event.problem)
    default:
      return stay(state)
  }
}

const unreachable = (
  place: At,
  { token, requestID }: Pick<Restoring, 'token' | 'requestID'>,
  problem: Problem,
): Next => [
  { ...place, phase: 'unreachable', token, requestID, problem },
  [{ type: 'wait', ms: retryAfterMs, then: { type: 'retryDue' } }],
]

function unreachableNext(state: AccountState & { phase: 'unreachable' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'retryDue':
      return [state, [{ type: 'readSetup', server: state.server, token: state.token }]]
    case 'setupFailed':
      return unreachable(at(state), state, event.problem)
    case 'setupRead':
    case 'setupRefused':
      return restoring(
        {
          ...at(state),
          phase: 'restoring',
          waitsFor: 'beeper',
          hasMarker: state.token !== undefined,
          token: state.token,
          requestID: state.requestID,
          isSlow: false,
        },
        event,
      )
    default:
      return stay(state)
  }
}

function email(state: AccountState & { phase: 'email' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'codeRequested':
      if (state.isBusy) return stay(state)
      return [
        { ...state, email: event.email, isBusy: true, problem: undefined },
        [{ type: 'sendCode', server: state.server, email: event.email, requestID: undefined }],
      ]
    case 'codeSent':
      return codeSent(at(state), event.requestID, 1)
    case 'codeNotSent':
    case 'refused':
      return stay({ ...state, isBusy: false, problem: event.problem })
    // The person went back for another address while a code was being checked, and it was right after all.
    case 'signedInUnheard':
      return askPermission(at(state))
    default:
      return arrived(state, event)
  }
}

const codeSent = (place: At, requestID: string, sentCount: number): Next => [
  { ...place, phase: 'code', requestID, busy: 'no', sentCount, canResend: false, problem: undefined },
  [{ type: 'wait', ms: resendAfterMs, then: { type: 'resendDue', sentCount } }],
]

function code(state: AccountState & { phase: 'code' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'resendDue':
      return stay(event.sentCount === state.sentCount ? { ...state, canResend: true } : state)
    case 'codeRequested':
      if (state.busy !== 'no' || !state.canResend) return stay(state)
      return [
        { ...state, busy: 'sending', problem: undefined },
        [{ type: 'sendCode', server: state.server, email: state.email, requestID: state.requestID }],
      ]
    case 'codeSent':
      return codeSent(at(state), event.requestID, state.sentCount + 1)
    case 'codeNotSent':
    case 'refused':
      return stay({ ...state, busy: 'no', problem: event.problem })
    case 'codeSubmitted': {
      const typed = tidyCode(event.code)
      if (state.busy !== 'no' || typed === '') return stay(state)
      return [
        { ...state, busy: 'checking', problem: undefined },
        [{ type: 'respond', server: state.server, requestID: state.requestID, code: typed }],
      ]
    }
    case 'registrationRequired':
      return stay({ ...at(state), phase: 'register', form: event.form, isBusy: false, problem: undefined })
    default:
      return answered(state, event)
  }
}

function register(state: AccountState & { phase: 'register' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'usernameSubmitted':
      if (state.isBusy) return stay(state)
      return [
        { ...state, isBusy: true, problem: undefined },
        [{ type: 'register', server: state.server, form: state.form, username: event.username }],
      ]
    case 'refused':
      return stay({ ...state, isBusy: false, problem: event.problem })
    default:
      return answered(state, event)
  }
}

/** What `response` and `register` have in common. */
function answered(state: AccountState & At, event: AccountEvent): Next {
  switch (event.type) {
    case 'addressChanged':
      return askAddress(at(state))
    case 'requestExpired':
      return askAddress(at(state), event.problem)
    case 'signedInUnheard':
      return askPermission(at(state))
    default:
      return arrived(state, event)
  }
}

function arrived(state: AccountState & At, event: AccountEvent): Next {
  switch (event.type) {
    case 'signedIn':
      return stay({ ...at(state), phase: 'signed-in', credentials: event.credentials, keptIn: event.keptIn })
    case 'signedInUnsaved':
      return stay({
        ...at(state),
        phase: 'unsaved',
        credentials: event.credentials,
        problem: event.problem,
        isBusy: false,
      })
    case 'keychainGrewSlow':
      return stay({
        ...at(state),
        phase: 'unsaved',
        credentials: event.credentials,
        problem: { code: 'keychain.locked', retry: 'now' },
        isBusy: true,
      })
    default:
      return stay(state)
  }
}

function authorise(state: AccountState & { phase: 'authorise' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'consentRequested':
      if (state.step === 'finishing') return stay(state)
      return [{ ...state, step: 'waiting', problem: undefined }, [{ type: 'askConsent', server: state.server }]]
    case 'consentGiven':
      return stay({ ...state, step: 'finishing' })
    case 'refused':
    case 'consentFailed':
      return [{ ...state, step: 'ask', problem: event.problem }, [{ type: 'stopConsent' }]]
    default:
      return arrived(state, event)
  }
}

function unsaved(state: AccountState & { phase: 'unsaved' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'keychainRetried':
      if (state.isBusy) return stay(state)
      return [{ ...state, isBusy: true }, [{ type: 'save', server: state.server, credentials: state.credentials }]]
    case 'keychainFailed':
      return stay({ ...state, isBusy: false, problem: event.problem })
    case 'saved':
    case 'keptForThisRun': {
      const keptIn = event.type === 'saved' ? 'keychain' : 'this-run'
      return stay({ ...at(state), phase: 'signed-in', credentials: state.credentials, keptIn })
    }
    default:
      return arrived(state, event)
  }
}

function signedIn(state: AccountState & { phase: 'signed-in' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'tokenRefused':
      return restore(at(state), undefined, true)
    // A keychain that was slow has kept the sign-in after all.
    case 'saved':
      return stay({ ...state, keptIn: 'keychain' })
    case 'signedIn':
      return stay({ ...state, keptIn: event.keptIn })
    default:
      return stay(state)
  }
}

function keychainShut(state: AccountState & { phase: 'keychain-shut' }, event: AccountEvent): Next {
  switch (event.type) {
    case 'keychainRetried':
      return readKeychain(at(state), true)
    case 'signInAgainChosen':
      return restore(at(state), undefined, true)
    default:
      return stay(state)
  }
}

function inPhase(state: AccountState, event: AccountEvent): Next {
  switch (state.phase) {
    case 'away':
      return stay(state)
    case 'restoring':
      return restoring(state, event)
    case 'unreachable':
      return unreachableNext(state, event)
    case 'keychain-shut':
      return keychainShut(state, event)
    case 'email':
      return email(state, event)
    case 'code':
      return code(state, event)
    case 'register':
      return register(state, event)
    case 'authorise':
      return authorise(state, event)
    case 'unsaved':
      return unsaved(state, event)
    case 'signed-in':
      return signedIn(state, event)
  }
}

/**
 * The account machine.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done; the same state when the event says nothing there
 */
export function next(state: AccountState, event: AccountEvent): Next {
  switch (event.type) {
    case 'launched':
      return readKeychain({ server: event.server, email: event.email }, event.hasMarker)
    case 'serverChosen':
      return restore({ server: event.server, email: event.email }, undefined, false)
    case 'left':
      return [{ phase: 'away' }, [{ type: 'stopConsent' }]]
    default:
      return inPhase(state, event)
  }
}
