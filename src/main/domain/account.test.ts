import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates, everywhere, phases } from '../testing/account-states.ts'
import type { Phase } from '../testing/account-states.ts'
import { allOf } from '../testing/tables.ts'
import type { AccountEvent } from './account-state.ts'
import { next } from './account.ts'

type Type = AccountEvent['type']

/** The events that mean something in a phase; in all of its states taken together. Everything else leaves it as it is. */
const meaning: Readonly<Record<Phase, readonly Type[]>> = {
  away: [],
  restoring: ['grewSlow', 'tokenRead', 'keychainFailed', 'setupRead', 'setupRefused', 'setupFailed'],
  unreachable: ['retryDue', 'setupRead', 'setupRefused', 'setupFailed'],
  'keychain-shut': ['keychainRetried', 'signInAgainChosen'],
  email: ['codeRequested', 'codeSent', 'codeNotSent', 'refused', 'signedInUnheard', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow'],
  code: [
    'codeRequested', 'codeSent', 'codeNotSent', 'resendDue', 'refused', 'codeSubmitted', 'registrationRequired', 'addressChanged',
    'requestExpired', 'signedInUnheard', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow',
  ],
  register: ['usernameSubmitted', 'refused', 'addressChanged', 'requestExpired', 'signedInUnheard', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow'],
  authorise: ['consentRequested', 'consentGiven', 'consentFailed', 'refused', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow'],
  unsaved: ['keychainRetried', 'keychainFailed', 'refused', 'saved', 'keptForThisRun', 'signedIn', 'signedInUnsaved', 'keychainGrewSlow'],
  'signed-in': ['tokenRefused', 'saved', 'signedIn'],
} // prettier-ignore

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

describe('every phase and every event', () => {
  test.each(phases)('%s: exactly the listed events change it or do something', (phase) => {
    const heard = allOf<AccountEvent>(accountEvents).filter((event) =>
      accountStates[phase].some((state) => {
        const [after, effects] = next(state, event)
        return !isSame(after, state) || effects.length > 0
      }),
    )
    expect([...new Set(heard.map(({ type }) => type))].sort()).toEqual([...meaning[phase], ...everywhere].sort())
  })

  test.each(phases)('%s: server and address survive every event but a new server and a new address', (phase) => {
    for (const state of accountStates[phase])
      for (const event of allOf<AccountEvent>(accountEvents)) {
        const [after, effects] = next(state, event)
        expect(phases).toContain(after.phase)
        for (const effect of effects)
          if ('server' in effect && after.phase !== 'away') expect(effect.server).toBe(after.server)
        if (everywhere.includes(event.type) || state.phase === 'away' || after.phase === 'away') continue
        expect(after.server).toBe(state.server)
        expect(after.email).toBe(
          event.type === 'codeRequested' && state.phase === 'email' && !state.isBusy ? event.email : state.email,
        )
      }
  })

  test.each(phases)('%s can be left', (phase) => {
    for (const state of accountStates[phase])
      expect(next(state, { type: 'left' })).toEqual([{ phase: 'away' }, [{ type: 'stopConsent' }]])
  })
})
