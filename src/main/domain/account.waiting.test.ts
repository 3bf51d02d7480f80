import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates, everywhere, phases } from '../testing/account-states.ts'
import type { Phase } from '../testing/account-states.ts'
import { credentials, email, form, otherServer, problem, server, setupOf } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import type { AccountEffect, AccountEvent, AccountState, ConsentStep } from './account-state.ts'
import { next } from './account.ts'

describe('nobody waits for nothing', () => {
  /** What may still come of an effect, as the engine answers it; the last member says whether more follows. */
  function answersTo(
    effect: AccountEffect,
    isSaving: boolean,
  ): readonly (readonly [event: AccountEvent, isLast: boolean])[] {
    const signedIn = [
      [{ type: 'signedIn', credentials, keptIn: 'keychain' }, true],
      [{ type: 'signedInUnsaved', credentials, problem }, true],
      [{ type: 'keychainGrewSlow', credentials }, false],
    ] as const
    const lost = [[{ type: 'refused', problem }, true], [{ type: 'requestExpired', problem }, true], [{ type: 'signedInUnheard' }, true]] as const // prettier-ignore
    if (isSaving) return [signedIn[0], signedIn[1], lost[0]]
    switch (effect.type) {
      case 'readToken':
        return [...accountEvents.tokenRead, ...accountEvents.keychainFailed, ...accountEvents.expired].map((event) => [
          event,
          true,
        ])
      case 'probeKeychain':
        return [
          [{ type: 'grewSlow' }, false],
          [{ type: 'keychainProved' }, true],
          [{ type: 'keychainFailed', problem }, true],
        ]
      case 'readSetup':
        return [
          [{ type: 'setupRead', setup: setupOf('needs-login') }, true],
          [{ type: 'setupRead', setup: setupOf('ready') }, true],
          [{ type: 'setupRefused' }, true],
          [{ type: 'setupFailed', problem }, true],
        ]
      case 'sendCode':
        return [...accountEvents.codeSent, ...accountEvents.codeNotSent].map((event) => [event, true])
      case 'respond':
        return [...signedIn, ...lost, [{ type: 'registrationRequired', form }, true]]
      case 'register':
        return [...signedIn, ...lost]
      case 'askConsent':
        return [...signedIn, [{ type: 'consentGiven' }, false], [{ type: 'consentFailed', problem }, true]]
      case 'checkToken':
        return [...signedIn, [{ type: 'refused', problem }, true]]
      case 'signOut':
        return [[{ type: 'signedOut' }, true], [{ type: 'signOutFailed', problem }, true]] // prettier-ignore
      case 'watchExpiry':
        return [
          [{ type: 'expiryNear' }, false],
          [{ type: 'expired' }, true],
        ]
      case 'save':
        return [
          [{ type: 'saved' }, true],
          [{ type: 'keychainFailed', problem }, true],
        ]
      case 'wait':
        return [[effect.then, true]]
      case 'rememberForThisRun':
      case 'stopConsent':
        return []
    }
  }

  const permitting = (step: ConsentStep): readonly AccountEffect['type'][] => {
    if (step === 'ask') return []
    return step === 'checking' ? ['checkToken'] : ['askConsent']
  }

  /** What must be under way for a state to be left by itself; nothing where the person can act. */
  function awaited(state: AccountState): readonly AccountEffect['type'][] {
    switch (state.phase) {
      case 'restoring':
        return state.waitsFor === 'keychain' ? ['readToken'] : ['readSetup']
      case 'unreachable':
        return ['readSetup', 'wait']
      case 'probing':
        return state.isBusy ? ['probeKeychain'] : []
      case 'email':
        return state.isBusy ? ['sendCode'] : []
      case 'code':
        return state.busy === 'no' ? [] : state.busy === 'sending' ? ['sendCode'] : ['respond']
      case 'register':
        return state.isBusy ? ['register'] : []
      case 'authorise':
        return permitting(state.step)
      case 'unsaved':
        return state.isBusy ? ['save', 'respond', 'register', 'askConsent', 'checkToken'] : []
      case 'signed-in':
        if (state.signingOut.isBusy) return ['signOut']
        if (state.keeping.isBusy) return ['save', 'respond', 'register', 'askConsent', 'checkToken']
        return permitting(state.renewal?.step ?? 'ask')
      case 'away':
      case 'keychain-shut':
        return []
    }
  }

  const beginnings = [...accountEvents.launched, ...accountEvents.serverChosen, ...accountEvents.left]
  const byPerson: readonly AccountEvent[] = [
    ...accountEvents.codeRequested, ...accountEvents.addressChanged, ...accountEvents.codeSubmitted,
    ...accountEvents.usernameSubmitted, ...accountEvents.consentRequested, { type: 'consentFailed', problem: undefined },
    ...accountEvents.keychainRetried, ...accountEvents.keptForThisRun, ...accountEvents.signInAgainChosen,
    ...accountEvents.tokenRefused, ...accountEvents.checkedAgain, ...accountEvents.tokenSubmitted, ...accountEvents.keepRequested,
    ...accountEvents.scopeMissing, ...accountEvents.signOutRequested,
  ] // prettier-ignore

  test('whatever people click and servers answer, a busy state has somebody who ends it', { timeout: 30_000 }, () => {
    const move = fc.record({ kind: fc.nat(15), pick: fc.nat(), which: fc.nat() })
    const reached = new Set<Phase>()
    fc.assert(
      fc.property(fc.boolean(), fc.array(move, { maxLength: 80, size: 'max' }), (isAtCode, moves) => {
        let state: AccountState = { phase: 'away' }
        let pending: readonly AccountEffect[] = []
        // Whose token the keychain is about to keep: nothing else comes of these.
        const saving = new Set<AccountEffect>()
        const take = (event: AccountEvent): void => {
          const [after, effects] = next(state, event)
          // The engine does not listen to a server that was left, and a timer is replaced by its like.
          const isAbandoned = (effect: AccountEffect): boolean =>
            'server' in effect &&
            (after.phase === 'away' || effect.server !== after.server || everywhere.includes(event.type))
          const isReplaced = (effect: AccountEffect): boolean =>
            effects.some((one) => one.type === 'wait' && effect.type === 'wait' && one.then.type === effect.then.type)
          const isStopped = (effect: AccountEffect): boolean =>
            effect.type === 'askConsent' &&
            // A token that is on its way into the keychain is no longer called off.
            !saving.has(effect) &&
            effects.some(({ type }) => type === 'stopConsent')
          // A second click on consent opens the same page once more.
          const isSecond = (effect: AccountEffect): boolean => effect.type === 'askConsent' && pending.includes(effect)
          pending = [
            ...pending.filter((one) => !isAbandoned(one) && !isReplaced(one) && !isStopped(one)),
            ...effects.filter((one) => one.type !== 'stopConsent' && !isSecond(one)),
          ]
          state = after
        }
        const answer = (type: AccountEffect['type'], event: AccountEvent): void => {
          pending = pending.filter((one) => one.type !== type)
          take(event)
        }
        take({ type: 'serverChosen', server, email })
        // Aimless steps seldom get as far as a new account.
        if (isAtCode) {
          answer('readSetup', { type: 'setupRead', setup: setupOf('needs-login') })
          answer('probeKeychain', { type: 'keychainProved' })
          take({ type: 'codeRequested', email })
          answer('sendCode', { type: 'codeSent', requestID: 'r1' })
          expect(state.phase).toBe('code')
        }
        for (const { kind, pick, which } of moves) {
          const effect = pending[pick % Math.max(pending.length, 1)]
          if (kind > 5 && effect !== undefined) {
            const answers = answersTo(effect, saving.has(effect))
            const [event, isLast] = answers[which % answers.length] ?? [undefined, true]
            if (isLast) pending = pending.filter((one) => one !== effect)
            if (event?.type === 'keychainGrewSlow') saving.add(effect)
            if (event !== undefined) take(event)
          } else {
            const events = kind === 0 ? beginnings : byPerson
            const event = events[which % events.length]
            if (event !== undefined) take(event)
          }
          reached.add(state.phase)
          const due = awaited(state)
          if (due.length > 0)
            expect(
              pending.map(({ type }) => type),
              JSON.stringify(state),
            ).toEqual(expect.arrayContaining([expect.toSatisfy((type: AccountEffect['type']) => due.includes(type))]))
        }
      }),
      { numRuns: 4000 },
    )
    expect([...reached].sort()).toEqual([...phases].sort())
  })

  test('another server begins with a clean sheet', () => {
    for (const state of allOf<AccountState>(accountStates)) {
      const [after] = next(state, { type: 'serverChosen', server: otherServer, email: '' })
      expect(after).toEqual({
        phase: 'restoring',
        server: otherServer,
        email: '',
        keeps: 'keychain',
        waitsFor: 'beeper',
        kept: undefined,
        token: undefined,
        keptIn: 'keychain',
        requestID: undefined,
        hasExpired: false,
        isSlow: false,
      })
    }
  })
})
