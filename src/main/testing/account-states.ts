// Every phase of the account and every event it may meet, for tables that leave nothing out.
import type { AccountEvent, AccountState } from '../domain/account-state.ts'
import { credentials, email, form, kept, otherServer, problem, secrets, server, setups } from './samples.ts'
import type { ByPhase, ByType } from './tables.ts'

const at = { server, email, keeps: 'keychain' } as const
const hand = { keptIn: 'keychain', token: undefined, requestID: undefined, kept: undefined, hasExpired: false } as const
const restoring = { ...at, ...hand, phase: 'restoring', isSlow: false } as const
const idle = { isBusy: false, problem: undefined } as const
const signedIn = {
  ...at,
  phase: 'signed-in',
  credentials,
  keptIn: 'this-run',
  isExpiring: false,
  renewal: undefined,
  hasPutOff: false,
  keeping: idle,
  signingOut: idle,
} as const

export const accountStates: ByPhase<AccountState> = {
  away: [{ phase: 'away' }],
  restoring: [
    { ...restoring, waitsFor: 'keychain', kept },
    { ...restoring, waitsFor: 'keychain' },
    { ...restoring, waitsFor: 'beeper', kept, token: secrets.token },
    { ...restoring, waitsFor: 'beeper', requestID: secrets.requestID },
    { ...restoring, waitsFor: 'beeper' },
    { ...restoring, waitsFor: 'beeper', kept, hasExpired: true },
  ],
  unreachable: [
    { ...at, ...hand, phase: 'unreachable', kept, token: secrets.token, problem },
    { ...at, ...hand, phase: 'unreachable', requestID: secrets.requestID, problem },
  ],
  'keychain-shut': [{ ...at, phase: 'keychain-shut', kept, isBusy: false, problem }],
  probing: (['email', 'first', 'expired'] as const).flatMap((then) => [
    { ...at, phase: 'probing' as const, then, isBusy: true, problem: undefined },
    { ...at, phase: 'probing' as const, then, isBusy: true, problem },
    { ...at, phase: 'probing' as const, then, isBusy: false, problem },
  ]),
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
  authorise: (['ask', 'waiting', 'finishing', 'checking'] as const).flatMap((step) =>
    (['first', 'expired'] as const).map((reason) => ({
      ...at,
      phase: 'authorise' as const,
      reason,
      step,
      problem: undefined,
    })),
  ),
  unsaved: [
    { ...at, phase: 'unsaved', credentials, problem, isBusy: false },
    { ...at, phase: 'unsaved', credentials, problem, isBusy: true },
  ],
  'signed-in': [
    signedIn,
    { ...signedIn, keptIn: 'keychain', isExpiring: true, hasPutOff: true },
    { ...signedIn, keeping: { isBusy: true, problem: undefined } },
    { ...signedIn, signingOut: { isBusy: true, problem: undefined } },
    ...(['ask', 'waiting', 'finishing', 'checking'] as const).flatMap((step) =>
      (['scope', 'expiring'] as const).map((reason) => ({
        ...signedIn,
        keptIn: 'keychain' as const,
        renewal: { reason, step, problem: undefined },
      })),
    ),
  ],
}

export const accountEvents: ByType<AccountEvent> = {
  launched: [
    { type: 'launched', server, email, kept },
    { type: 'launched', server, email, kept: undefined },
  ],
  serverChosen: [{ type: 'serverChosen', server: otherServer, email: '' }],
  left: [{ type: 'left' }],
  grewSlow: [{ type: 'grewSlow' }],
  tokenRead: [
    { type: 'tokenRead', token: secrets.token, keptIn: 'keychain' },
    { type: 'tokenRead', token: secrets.token, keptIn: 'this-run' },
    { type: 'tokenRead', token: undefined, keptIn: 'keychain' },
    { type: 'tokenRead', token: undefined, keptIn: 'keychain', requestID: secrets.requestID },
  ],
  keychainFailed: [{ type: 'keychainFailed', problem: { code: 'keychain.denied', retry: 'now' } }],
  keychainProved: [{ type: 'keychainProved' }],
  setupRead: setups.map((setup) => ({ type: 'setupRead' as const, setup })),
  setupRefused: [{ type: 'setupRefused' }],
  setupFailed: [{ type: 'setupFailed', problem }],
  retryDue: [{ type: 'retryDue' }],
  checkedAgain: [{ type: 'checkedAgain' }],
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
  tokenSubmitted: [{ type: 'tokenSubmitted', token: secrets.pastedToken }],
  keychainRetried: [{ type: 'keychainRetried' }],
  saved: [{ type: 'saved' }],
  keptForThisRun: [{ type: 'keptForThisRun' }],
  signInAgainChosen: [{ type: 'signInAgainChosen' }],
  tokenRefused: [{ type: 'tokenRefused' }],
  keepRequested: [{ type: 'keepRequested' }],
  scopeMissing: [
    { type: 'scopeMissing', isClicked: true },
    { type: 'scopeMissing', isClicked: false },
  ],
  expiryNear: [{ type: 'expiryNear' }],
  expired: [{ type: 'expired' }],
  signOutRequested: [
    { type: 'signOutRequested', isRevoked: true },
    { type: 'signOutRequested', isRevoked: false },
  ],
  signOutFailed: [{ type: 'signOutFailed', problem: { code: 'account.not-forgotten', retry: 'now' } }],
  signedOut: [{ type: 'signedOut' }],
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
