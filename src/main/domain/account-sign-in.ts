// The stretch from an address to a sign-in that is kept: mail, code, new account, permission, keychain.
import type { Problem } from '#contract/problem'
import { arrived } from './account-signed-in.ts'
import { at, stay } from './account-state.ts'
import type { AccountEvent, AccountState, At, Next, PermissionReason, Phase } from './account-state.ts'

/** Time between two mails, as the vendor's clients keep it. */
export const resendAfterMs = 30_000

export const askAddress = (place: At, problem?: Problem): Next =>
  stay({ ...place, phase: 'email', isBusy: false, problem })

export const askPermission = (place: At, reason: PermissionReason = 'first'): Next =>
  stay({ ...place, phase: 'authorise', reason, step: 'ask', problem: undefined })

/** Where a call goes, and where its token will be kept. */
const route = ({ server, keeps }: At): Pick<At, 'server' | 'keeps'> => ({ server, keeps })

/** Spaces and dashes come along when a code is pasted from a mail. */
export const tidyCode = (typed: string): string => typed.replace(/[\s\u00a0\u2010-\u2015-]/gu, '')

export function email(state: Phase<'email'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'codeRequested':
      if (state.isBusy) return stay(state)
      return [
        { ...state, email: event.email, isBusy: true, problem: undefined },
        [{ type: 'sendCode', ...route(state), email: event.email, requestID: undefined }],
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
      return arrived(at(state), event) ?? stay(state)
  }
}

export const codeSent = (place: At, requestID: string, sentCount: number): Next => [
  { ...place, phase: 'code', requestID, busy: 'no', sentCount, canResend: false, problem: undefined },
  [{ type: 'wait', ms: resendAfterMs, then: { type: 'resendDue', sentCount } }],
]

export function code(state: Phase<'code'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'resendDue':
      return stay(event.sentCount === state.sentCount ? { ...state, canResend: true } : state)
    case 'codeRequested':
      if (state.busy !== 'no' || !state.canResend) return stay(state)
      return [
        { ...state, busy: 'sending', problem: undefined },
        [{ type: 'sendCode', ...route(state), email: state.email, requestID: state.requestID }],
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
        [{ type: 'respond', ...route(state), requestID: state.requestID, code: typed }],
      ]
    }
    case 'registrationRequired':
      return stay({ ...at(state), phase: 'register', form: event.form, isBusy: false, problem: undefined })
    default:
      return answered(state, event)
  }
}

export function register(state: Phase<'register'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'usernameSubmitted':
      if (state.isBusy) return stay(state)
      return [
        { ...state, isBusy: true, problem: undefined },
        [{ type: 'register', ...route(state), form: state.form, username: event.username }],
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
      return arrived(at(state), event) ?? stay(state)
  }
}

export function authorise(state: Phase<'authorise'>, event: AccountEvent): Next {
  const { server, keeps, step } = state
  const isSettling = step === 'finishing' || step === 'checking'
  switch (event.type) {
    case 'consentRequested':
      if (isSettling) return stay(state)
      return [{ ...state, step: 'waiting', problem: undefined }, [{ type: 'askConsent', server, keeps }]]
    case 'tokenSubmitted':
      if (isSettling) return stay(state)
      // A page that is still open in the browser could otherwise bring a second sign-in.
      return [
        { ...state, step: 'checking', problem: undefined },
        [{ type: 'stopConsent' }, { type: 'checkToken', server, keeps, token: event.token }],
      ]
    case 'consentGiven':
      return stay({ ...state, step: 'finishing' })
    case 'refused':
    case 'consentFailed':
      return [{ ...state, step: 'ask', problem: event.problem }, [{ type: 'stopConsent' }]]
    default:
      return arrived(at(state), event) ?? stay(state)
  }
}
