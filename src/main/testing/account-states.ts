// Every phase of the account and every event it may meet, for tables that leave nothing out.
import type { AccountEvent, AccountState } from '../domain/account-state.ts'
import { credentials, email, form, otherServer, problem, secrets, server, setups } from './samples.ts'
import type { ByPhase, ByType } from './tables.ts'

const at = { server, email }
const restoring = { ...at, phase: 'restoring', isSlow: false } as const

export const accountStates: ByPhase<AccountState> = {
  away: [{ phase: 'away' }],
  restoring: [
    { ...restoring, waitsFor: 'keychain', hasMarker: true, token: undefined, requestID: undefined },
    { ...restoring, waitsFor: 'keychain', hasMarker: false, token: undefined, requestID: undefined },
    { ...restoring, waitsFor: 'beeper', hasMarker: true, token: secrets.token, requestID: undefined },
    { ...restoring, waitsFor: 'beeper', hasMarker: false, token: undefined, requestID: secrets.requestID },
    { ...restoring, waitsFor: 'beeper', hasMarker: false, token: undefined, requestID: undefined },
  ],
  unreachable: [
    { ...at, phase: 'unreachable', token: secrets.token, requestID: undefined, problem },
    { ...at, phase: 'unreachable', token: undefined, requestID: secrets.requestID, problem },
  ],
  'keychain-shut': [{ ...at, phase: 'keychain-shut', isBusy: false, problem }],
  email: [
    { ...at, phase: 'email', isBusy: false, problem: undefined },
    { ...at, phase: 'email', isBusy: true, problem: undefined },
    { ...at, phase: 'email', isBusy: false, problem },
  ],
  code: (['no', 'checking', 'sending'] as const).flatMap((busy) =>
    [true, false].map((canResend) => ({
      ...at,
      phase: 'code' as const,
      requestID: secrets.requestID,
      busy,
      sentCount: 2,
      canResend,
      problem: undefined,
    })),
  ),
  register: [
    { ...at, phase: 'register', form, isBusy: false, problem: undefined },
    { ...at, phase: 'register', form, isBusy: true, problem: undefined },
  ],
  authorise: (['ask', 'waiting', 'finishing'] as const).map((step) => ({
    ...at,
    phase: 'authorise' as const,
    step,
    problem: undefined,
  })),
  unsaved: [
    { ...at, phase: 'unsaved', credentials, problem, isBusy: false },
    { ...at, phase: 'unsaved', credentials, problem, isBusy: true },
  ],
  'signed-in': [{ ...at, phase: 'signed-in', credentials, keptIn: 'this-run' }],
}

export const accountEvents: ByType<AccountEvent> = {
  launched: [
    { type: 'launched', server, email, hasMarker: true },
    { type: 'launched', server, email, hasMarker: false },
  ],
  serverChosen: [{ type: 'serverChosen', server: otherServer, email: '' }],
  left: [{ type: 'left' }],
  grewSlow: [{ type: 'grewSlow' }],
  tokenRead: [
    { type: 'tokenRead', token: secrets.token },
    { type: 'tokenRead', token: undefined },
  ],
  keychainFailed: [{ type: 'keychainFailed', problem: { code: 'keychain.denied', retry: 'now' } }],
  setupRead: setups.map((setup) => ({ type: 'setupRead' as const, setup })),
  setupRefused: [{ type: 'setupRefused' }],
  setupFailed: [{ type: 'setupFailed', problem }],
  retryDue: [{ type: 'retryDue' }],
  codeRequested: [{ type: 'codeRequested', email: 'other@example.com' }],
  codeSent: [{ type: 'codeSent', requestID: secrets.requestID }],
  codeNotSent: [{ type: 'codeNotSent', problem }],
  resendDue: [
    { type: 'resendDue', sentCount: 1 },
    { type: 'resendDue', sentCount: 2 },
  ],
  addressChanged: [{ type: 'addressChanged' }],
  codeSubmitted: [
    { type: 'codeSubmitted', code: secrets.code },
    { type: 'codeSubmitted', code: ' - ' },
  ],
  registrationRequired: [{ type: 'registrationRequired', form }],
  usernameSubmitted: [{ type: 'usernameSubmitted', username: 'sam' }],
  refused: [{ type: 'refused', problem }],
  requestExpired: [{ type: 'requestExpired', problem }],
  signedInUnheard: [{ type: 'signedInUnheard' }],
  signedIn: [{ type: 'signedIn', credentials, keptIn: 'keychain' }],
  signedInUnsaved: [{ type: 'signedInUnsaved', credentials, problem: { code: 'keychain.denied', retry: 'now' } }],
  keychainGrewSlow: [{ type: 'keychainGrewSlow', credentials }],
  consentRequested: [{ type: 'consentRequested' }],
  consentGiven: [{ type: 'consentGiven' }],
  consentFailed: [
    { type: 'consentFailed', problem: { code: 'account.consent-refused', retry: 'now' } },
    { type: 'consentFailed', problem: undefined },
  ],
  keychainRetried: [{ type: 'keychainRetried' }],
  saved: [{ type: 'saved' }],
  keptForThisRun: [{ type: 'keptForThisRun' }],
  signInAgainChosen: [{ type: 'signInAgainChosen' }],
  tokenRefused: [{ type: 'tokenRefused' }],
}

export type Phase = AccountState['phase']
type In<P extends Phase> = Extract<AccountState, { phase: P }>

export const phases = Object.keys(accountStates) as Phase[]
/** These begin anew from anywhere. */
export const everywhere: readonly AccountEvent['type'][] = ['launched', 'serverChosen', 'left']

/** The first listed state of a phase, with changes. */
export const stateIn = <P extends Phase>(phase: P, more: Partial<In<P>> = {}): In<P> => {
  const [state] = accountStates[phase]
  return { ...(state as In<P>), ...more }
}
