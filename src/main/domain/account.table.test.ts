import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates, phases } from '../testing/account-states.ts'
import type { Phase } from '../testing/account-states.ts'
import type { AccountEvent, AccountState } from './account-state.ts'
import { next } from './account.ts'

type Type = AccountEvent['type']

/** The phase that follows and the effects, in order; `=` for a state that stays as it is. */
type Outcome = string
/** One outcome for all, or one for each state of the phase in the order of the fixtures; in its place, one for each of the events. */
type Cell = Outcome | readonly (Outcome | readonly Outcome[])[]
type Row = Readonly<Record<Type, Cell>>

/** Events that say nothing in a phase. They are named all the same: a new one does not compile before every phase has its word. */
const nothing = <T extends Type>(...types: readonly T[]): Readonly<Record<T, Outcome>> =>
  Object.fromEntries(types.map((type) => [type, '='])) as Record<T, Outcome>

const keychain = 'restoring readToken wait'
const beeper = 'restoring readSetup wait'
const probe = 'probing probeKeychain wait'

const anew = { launched: keychain, serverChosen: beeper, left: 'away stopConsent' } as const
const arrivals = { signedIn: 'signed-in', signedInUnsaved: 'unsaved', keychainGrewSlow: 'unsaved' } as const

// prettier-ignore
const table: Readonly<Record<Phase, Row>> = {
  away: {
    ...anew,
    left: '= stopConsent',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain',
      'codeRequested', 'codeSent', 'codeNotSent', 'resendDue', 'addressChanged', 'codeSubmitted', 'registrationRequired',
      'usernameSubmitted', 'refused', 'requestExpired', 'signedInUnheard', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow',
      'consentRequested', 'consentGiven', 'consentFailed', 'tokenSubmitted', 'keychainRetried', 'saved', 'keptForThisRun',
      'signInAgainChosen', 'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested',
      'signOutFailed', 'signedOut',
    ),
  },
  // The keychain is asked, with a note of a sign-in and without; Beeper is asked with a token, with a handle, with neither, after the end.
  restoring: {
    ...anew,
    ...arrivals,
    grewSlow: 'restoring',
    tokenRead: [[beeper, beeper, 'keychain-shut', 'keychain-shut'], beeper, '=', '=', '=', '='],
    keychainFailed: ['keychain-shut', beeper, '=', '=', '=', '='],
    setupRead: [
      '=', '=',
      [probe, 'signed-in', 'signed-in', 'signed-in', 'signed-in', 'signed-in', 'signed-in', 'signed-in'],
      ['code wait', probe, probe, probe, probe, probe, probe, probe],
      probe, probe,
    ],
    setupRefused: ['=', '=', beeper, probe, probe, probe],
    setupFailed: ['=', '=', 'unreachable wait', 'unreachable wait', 'unreachable wait', 'unreachable wait'],
    expired: beeper,
    keychainRetried: ['= readToken', '= readToken', '=', '=', '=', '='],
    ...nothing(
      'keychainProved', 'retryDue', 'checkedAgain', 'codeRequested', 'codeSent', 'codeNotSent', 'resendDue', 'addressChanged',
      'codeSubmitted', 'registrationRequired', 'usernameSubmitted', 'refused', 'requestExpired', 'signedInUnheard', 'consentRequested',
      'consentGiven', 'consentFailed', 'tokenSubmitted', 'saved', 'keptForThisRun', 'signInAgainChosen',
      'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // With a token, with a handle.
  unreachable: {
    ...anew,
    ...arrivals,
    retryDue: '= readSetup',
    checkedAgain: '= readSetup',
    setupRead: [
      [probe, 'signed-in', 'signed-in', 'signed-in', 'signed-in', 'signed-in', 'signed-in', 'signed-in'],
      ['code wait', probe, probe, probe, probe, probe, probe, probe],
    ],
    setupRefused: [beeper, probe],
    setupFailed: 'unreachable wait',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'codeRequested', 'codeSent', 'codeNotSent', 'resendDue',
      'addressChanged', 'codeSubmitted', 'registrationRequired', 'usernameSubmitted', 'refused', 'requestExpired', 'signedInUnheard',
      'consentRequested', 'consentGiven', 'consentFailed', 'tokenSubmitted', 'keychainRetried', 'saved', 'keptForThisRun',
      'signInAgainChosen', 'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested',
      'signOutFailed', 'signedOut',
    ),
  },
  'keychain-shut': {
    ...anew,
    keychainRetried: keychain,
    signInAgainChosen: beeper,
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain',
      'codeRequested', 'codeSent', 'codeNotSent', 'resendDue', 'addressChanged', 'codeSubmitted', 'registrationRequired',
      'usernameSubmitted', 'refused', 'requestExpired', 'signedInUnheard', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow',
      'consentRequested', 'consentGiven', 'consentFailed', 'tokenSubmitted', 'saved', 'keptForThisRun', 'tokenRefused',
      'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // On the way to the address, to a first permission, to one that has run out; each busy, slow, failed.
  probing: {
    ...anew,
    ...arrivals,
    grewSlow: ['probing', 'probing', '=', 'probing', 'probing', '=', 'probing', 'probing', '='],
    keychainProved: ['email', 'email', 'email', 'authorise', 'authorise', 'authorise', 'authorise', 'authorise', 'authorise'],
    keptForThisRun: ['email', 'email', 'email', 'authorise', 'authorise', 'authorise', 'authorise', 'authorise', 'authorise'],
    keychainFailed: 'probing',
    keychainRetried: [
      '= probeKeychain', '= probeKeychain', 'probing probeKeychain',
      '= probeKeychain', '= probeKeychain', 'probing probeKeychain',
      '= probeKeychain', '= probeKeychain', 'probing probeKeychain',
    ],
    ...nothing(
      'tokenRead', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain', 'codeRequested', 'codeSent', 'codeNotSent',
      'resendDue', 'addressChanged', 'codeSubmitted', 'registrationRequired', 'usernameSubmitted', 'refused', 'requestExpired',
      'signedInUnheard', 'consentRequested', 'consentGiven', 'consentFailed', 'tokenSubmitted', 'saved', 'signInAgainChosen',
      'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // Idle, busy, with a problem.
  email: {
    ...anew,
    ...arrivals,
    checkedAgain: [beeper, '=', beeper],
    codeRequested: ['email sendCode', '=', 'email sendCode'],
    codeSent: 'code wait',
    codeNotSent: ['email', 'email', '='],
    refused: ['email', 'email', '='],
    signedInUnheard: 'authorise',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'resendDue',
      'addressChanged', 'codeSubmitted', 'registrationRequired', 'usernameSubmitted', 'requestExpired', 'consentRequested',
      'consentGiven', 'consentFailed', 'tokenSubmitted', 'keychainRetried', 'saved', 'keptForThisRun', 'signInAgainChosen',
      'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // Idle, checking, sending; each with another mail allowed and not.
  code: {
    ...anew,
    ...arrivals,
    codeRequested: ['code sendCode', '=', '=', '=', '=', '='],
    codeSent: 'code wait',
    codeNotSent: 'code',
    resendDue: ['=', ['=', 'code'], '=', ['=', 'code'], '=', ['=', 'code']],
    addressChanged: 'email',
    codeSubmitted: [['code respond', '='], ['code respond', '='], '=', '=', '=', '='],
    registrationRequired: 'register',
    refused: 'code',
    requestExpired: 'email',
    signedInUnheard: 'authorise',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain',
      'usernameSubmitted', 'consentRequested', 'consentGiven', 'consentFailed', 'tokenSubmitted', 'keychainRetried', 'saved',
      'keptForThisRun', 'signInAgainChosen', 'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired',
      'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // Idle, busy.
  register: {
    ...anew,
    ...arrivals,
    addressChanged: 'email',
    usernameSubmitted: ['register register', '='],
    refused: 'register',
    requestExpired: 'email',
    signedInUnheard: 'authorise',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain',
      'codeRequested', 'codeSent', 'codeNotSent', 'resendDue', 'codeSubmitted', 'registrationRequired', 'consentRequested',
      'consentGiven', 'consentFailed', 'tokenSubmitted', 'keychainRetried', 'saved', 'keptForThisRun', 'signInAgainChosen',
      'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // Asking, waiting, finishing, checking; each for the first time and after the end.
  authorise: {
    ...anew,
    ...arrivals,
    checkedAgain: [beeper, beeper, '=', '=', '=', '=', '=', '='],
    consentRequested: [
      'authorise askConsent', 'authorise askConsent', '= askConsent', '= askConsent', '=', '=', '=', '=',
    ],
    consentGiven: ['authorise', 'authorise', 'authorise', 'authorise', '=', '=', 'authorise', 'authorise'],
    consentFailed: [
      ['authorise stopConsent', '= stopConsent'], ['authorise stopConsent', '= stopConsent'],
      'authorise stopConsent', 'authorise stopConsent', 'authorise stopConsent', 'authorise stopConsent', 'authorise stopConsent',
      'authorise stopConsent',
    ],
    tokenSubmitted: [
      'authorise stopConsent checkToken', 'authorise stopConsent checkToken', 'authorise stopConsent checkToken',
      'authorise stopConsent checkToken', '=', '=', '=', '=',
    ],
    refused: 'authorise stopConsent',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainFailed', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'codeRequested',
      'codeSent', 'codeNotSent', 'resendDue', 'addressChanged', 'codeSubmitted', 'registrationRequired', 'usernameSubmitted',
      'requestExpired', 'signedInUnheard', 'keychainRetried', 'saved', 'keptForThisRun', 'signInAgainChosen', 'tokenRefused',
      'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // Idle, busy.
  unsaved: {
    ...anew,
    ...arrivals,
    keychainRetried: ['unsaved save', '= save'],
    keychainFailed: 'unsaved',
    refused: ['=', 'unsaved'],
    saved: 'signed-in',
    keptForThisRun: 'signed-in rememberForThisRun',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain', 'codeRequested',
      'codeSent', 'codeNotSent', 'resendDue', 'addressChanged', 'codeSubmitted', 'registrationRequired', 'usernameSubmitted',
      'requestExpired', 'signedInUnheard', 'consentRequested', 'consentGiven', 'consentFailed', 'tokenSubmitted', 'signInAgainChosen',
      'tokenRefused', 'keepRequested', 'scopeMissing', 'expiryNear', 'expired', 'signOutRequested', 'signOutFailed', 'signedOut',
    ),
  },
  // For this run; in the keychain, near its end and put off; keeping; signing out; then renewals that ask, wait, finish, check, two of each.
  'signed-in': {
    ...anew,
    signedIn: 'signed-in',
    signedInUnsaved: 'signed-in rememberForThisRun',
    keychainGrewSlow: 'signed-in',
    keychainFailed: 'signed-in',
    refused: [
      '=', '=', 'signed-in', '=', ...Array<Outcome>(8).fill('signed-in stopConsent'),
    ],
    consentRequested: [
      'signed-in askConsent', 'signed-in askConsent', 'signed-in askConsent', '=', 'signed-in askConsent', 'signed-in askConsent',
      '= askConsent', '= askConsent', '=', '=', '=', '=',
    ],
    consentGiven: [
      '=', '=', '=', '=', 'signed-in', 'signed-in', 'signed-in', 'signed-in', '=', '=', 'signed-in', 'signed-in',
    ],
    consentFailed: ['=', '=', '=', '=', ...Array<Outcome>(8).fill('signed-in stopConsent')],
    tokenSubmitted: [
      '=', '=', '=', '=', ...Array<Outcome>(4).fill('signed-in stopConsent checkToken'), '=', '=', '=', '=',
    ],
    saved: ['signed-in', '=', 'signed-in', 'signed-in', ...Array<Outcome>(8).fill('=')],
    keepRequested: ['signed-in save', '=', '=', 'signed-in save', ...Array<Outcome>(8).fill('=')],
    scopeMissing: ['signed-in', ['signed-in', '='], 'signed-in', 'signed-in', ...Array<Outcome>(8).fill('=')],
    expiryNear: ['signed-in', '=', ...Array<Outcome>(10).fill('signed-in')],
    expired: beeper,
    tokenRefused: beeper,
    signOutRequested: [
      'signed-in stopConsent signOut', 'signed-in stopConsent signOut', 'signed-in stopConsent signOut', '=',
      ...Array<Outcome>(8).fill('signed-in stopConsent signOut'),
    ],
    signOutFailed: 'signed-in',
    signedOut: 'away stopConsent',
    ...nothing(
      'grewSlow', 'tokenRead', 'keychainProved', 'setupRead', 'setupRefused', 'setupFailed', 'retryDue', 'checkedAgain', 'codeRequested',
      'codeSent', 'codeNotSent', 'resendDue', 'addressChanged', 'codeSubmitted', 'registrationRequired', 'usernameSubmitted',
      'requestExpired', 'signedInUnheard', 'keychainRetried', 'keptForThisRun', 'signInAgainChosen',
    ),
  },
}

const types = Object.keys(accountEvents) as Type[]

function outcomeOf(state: AccountState, event: AccountEvent): Outcome {
  const [after, effects] = next(state, event)
  const isSame = JSON.stringify(after) === JSON.stringify(state)
  return [isSame ? '=' : after.phase, ...effects.map(({ type }) => type)].join(' ')
}

describe('every phase meets every event', () => {
  test.each(phases)('%s', (phase) => {
    const states: readonly AccountState[] = accountStates[phase]
    for (const type of types) {
      const cell = table[phase][type]
      const rows = typeof cell === 'string' ? states.map(() => cell) : cell
      const wanted = rows.map((row) => (typeof row === 'string' ? accountEvents[type].map(() => row) : row))
      const seen = states.map((state) => accountEvents[type].map((event) => outcomeOf(state, event)))
      expect(seen, `${phase}, ${type}`).toEqual(wanted)
    }
  })
})
