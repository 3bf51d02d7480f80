import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates, allOf, credentials, email, form, otherServer, problem, secrets, server, setupOf, setups } from '../testing/states.ts' // prettier-ignore
import { resendAfterMs, tidyCode } from './account-sign-in.ts'
import type { AccountEffect, AccountEvent, AccountState } from './account-state.ts'
import { next } from './account.ts'

type Phase = AccountState['phase']
type Type = AccountEvent['type']
type In<P extends Phase> = Extract<AccountState, { phase: P }>

const stateIn = <P extends Phase>(phase: P, more: Partial<In<P>> = {}): In<P> => {
  const [state] = accountStates[phase]
  return { ...(state as In<P>), ...more }
}
const phases = Object.keys(accountStates) as Phase[]

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
/** These begin anew from anywhere. */
const everywhere: readonly Type[] = ['launched', 'serverChosen', 'left']

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

describe('an earlier run', () => {
  const launched = (hasMarker: boolean): AccountState =>
    next({ phase: 'away' }, { type: 'launched', server, email, hasMarker })[0]

  test('asks the keychain first, then the server with what it gave', () => {
    const [asking, effects] = next({ phase: 'away' }, { type: 'launched', server, email, hasMarker: true })
    expect(asking).toMatchObject({ phase: 'restoring', waitsFor: 'keychain' })
    expect(effects).toEqual([
      { type: 'readToken', server },
      { type: 'wait', ms: 3000, then: { type: 'grewSlow' } },
    ])
    const [reading, then] = next(asking, { type: 'tokenRead', token: 't' })
    expect(reading).toMatchObject({ phase: 'restoring', waitsFor: 'beeper', token: 't', isSlow: false })
    expect(then[0]).toEqual({ type: 'readSetup', server, token: 't' })
  })

  test('KEY-3: a marker and no token is a shut keychain, not a signed-out person', () => {
    expect(next(launched(true), { type: 'tokenRead', token: undefined })[0]).toMatchObject({
      phase: 'keychain-shut',
      problem: { code: 'keychain.empty' },
    })
    expect(next(launched(false), { type: 'tokenRead', token: undefined })[0]).toMatchObject({
      phase: 'restoring',
      waitsFor: 'beeper',
    })
  })

  test('a keychain that fails shuts the door only if something is behind it', () => {
    const failed: AccountEvent = { type: 'keychainFailed', problem }
    expect(next(launched(true), failed)[0]).toMatchObject({ phase: 'keychain-shut', problem })
    expect(next(launched(false), failed)[0]).toMatchObject({ phase: 'restoring', waitsFor: 'beeper', token: undefined })
  })

  test.each(setups)('with a token, the server in $state', (setup) => {
    const [after] = next(stateIn('restoring', { waitsFor: 'beeper', token: 't' }), { type: 'setupRead', setup })
    if (setup.state === 'needs-login') expect(after).toMatchObject({ phase: 'email', email })
    else expect(after).toMatchObject({ phase: 'signed-in', keptIn: 'keychain', credentials: { token: 't' } })
  })

  test.each(setups)('without one, the server in $state', (setup) => {
    const [after] = next(stateIn('restoring', { waitsFor: 'beeper', token: undefined }), { type: 'setupRead', setup })
    expect(after.phase).toBe(setup.state === 'needs-login' ? 'email' : 'authorise')
  })

  test('a code that was waited for is waited for again', () => {
    const asked = next(launched(false), { type: 'tokenRead', token: undefined, requestID: 'r1' })[0]
    const [after, effects] = next(asked, { type: 'setupRead', setup: setupOf('needs-login') })
    expect(after).toMatchObject({ phase: 'code', requestID: 'r1', canResend: false })
    expect(effects).toHaveLength(1)
    const late = next(next(asked, { type: 'setupFailed', problem })[0], {
      type: 'setupRead',
      setup: setupOf('needs-login'),
    })[0]
    expect(late).toMatchObject({ phase: 'code', requestID: 'r1' })
  })

  test('KEY-6: a token that the server refuses is put aside, and the server is asked without it', () => {
    const [after, effects] = next(stateIn('restoring', { waitsFor: 'beeper', token: 't' }), { type: 'setupRefused' })
    expect(after).toMatchObject({ phase: 'restoring', waitsFor: 'beeper', token: undefined })
    expect(effects[0]).toEqual({ type: 'readSetup', server, token: undefined })
    expect(next(after, { type: 'setupRefused' })[0]).toMatchObject({ phase: 'authorise', step: 'ask' })
  })

  test('a token refused later starts over the same way', () => {
    const [after, effects] = next(stateIn('signed-in'), { type: 'tokenRefused' })
    expect(after).toMatchObject({ phase: 'restoring', token: undefined })
    expect(effects.filter(({ type }) => type === 'readSetup')).toEqual([
      { type: 'readSetup', server, token: undefined },
    ])
  })

  test('an unreachable server is asked again by itself, with the same token, for as long as it takes', () => {
    let [state, effects] = next(stateIn('restoring', { waitsFor: 'beeper', token: 't' }), {
      type: 'setupFailed',
      problem,
    })
    for (let round = 0; round < 5; round += 1) {
      expect(state).toMatchObject({ phase: 'unreachable', token: 't', problem })
      expect(effects).toEqual([{ type: 'wait', ms: 2000, then: { type: 'retryDue' } }])
      ;[state, effects] = next(state, { type: 'retryDue' })
      expect(effects).toEqual([{ type: 'readSetup', server, token: 't' }])
      ;[state, effects] = next(state, { type: 'setupFailed', problem })
    }
    expect(next(state, { type: 'setupRead', setup: setupOf('ready') })[0]).toMatchObject({
      phase: 'signed-in',
      credentials: { token: 't' },
    })
  })
})

describe('the code', () => {
  test('may be asked for again after 30 s, counted from the newest mail only', () => {
    const [first, effects] = next(stateIn('email'), { type: 'codeSent', requestID: 'r1' })
    expect(effects).toEqual([{ type: 'wait', ms: resendAfterMs, then: { type: 'resendDue', sentCount: 1 } }])
    expect(resendAfterMs).toBe(30_000)
    expect(next(first, { type: 'codeRequested', email })[1]).toEqual([])
    const [ready] = next(first, { type: 'resendDue', sentCount: 1 })
    expect(ready).toMatchObject({ canResend: true })
    const [sending, send] = next(ready, { type: 'codeRequested', email: 'ignored@example.com' })
    expect(send).toEqual([{ type: 'sendCode', server, email, requestID: 'r1' }])
    const [second] = next(sending, { type: 'codeSent', requestID: 'r2' })
    expect(second).toMatchObject({ requestID: 'r2', sentCount: 2, canResend: false, busy: 'no' })
    // The wait of the first mail ends late: it must not shorten that of the second.
    expect(next(second, { type: 'resendDue', sentCount: 1 })).toEqual([second, []])
    expect(next(second, { type: 'resendDue', sentCount: 2 })[0]).toMatchObject({ canResend: true })
  })

  test.each([
    ['123 456', '123456'],
    [' 123–456\u00a0', '123456'],
    ['12\n34-56', '123456'],
    ['ABC def', 'ABCdef'],
    [' - ', ''],
  ])('is tidied: %j is sent as %j', (typed, sent) => {
    expect(tidyCode(typed)).toBe(sent)
    const effects = next(stateIn('code', { busy: 'no' }), { type: 'codeSubmitted', code: typed })[1]
    expect(effects).toEqual(sent === '' ? [] : [{ type: 'respond', server, requestID: secrets.requestID, code: sent }])
  })

  test.each(['checking', 'sending'] as const)('goes out once: nothing is sent while %s', (busy) => {
    const state = stateIn('code', { busy, canResend: true })
    expect(next(state, { type: 'codeSubmitted', code: '123456' })).toEqual([state, []])
    expect(next(state, { type: 'codeRequested', email })).toEqual([state, []])
  })

  test('a refused code stays on its screen with the reason', () => {
    expect(next(stateIn('code', { busy: 'checking' }), { type: 'refused', problem })[0]).toMatchObject({
      phase: 'code',
      busy: 'no',
      problem,
    })
  })

  test('an expired request asks for the address again and keeps it', () => {
    expect(next(stateIn('code', { busy: 'checking' }), { type: 'requestExpired', problem })).toEqual([
      { phase: 'email', server, email, isBusy: false, problem },
      [],
    ])
  })

  test('a sign-in that succeeds after the person went back for another address is not lost', () => {
    const [back] = next(stateIn('code', { busy: 'checking' }), { type: 'addressChanged' })
    expect(back.phase).toBe('email')
    expect(next(back, { type: 'signedIn', credentials, keptIn: 'keychain' })[0]).toMatchObject({
      phase: 'signed-in',
      credentials,
    })
    expect(next(back, { type: 'signedInUnsaved', credentials, problem })[0]).toMatchObject({
      phase: 'unsaved',
      credentials,
    })
    expect(next(back, { type: 'signedInUnheard' })[0]).toMatchObject({ phase: 'authorise' })
    // A form for a new account would have come for an address that is no longer meant.
    expect(next(back, { type: 'registrationRequired', form })).toEqual([back, []])
  })
})

describe('ONE-2: an answer that was lost', () => {
  test.each(['code', 'register', 'email'] as const)(
    'in %s leads to the consent page when the server is signed in',
    (phase) => {
      expect(next(stateIn(phase), { type: 'signedInUnheard' })).toEqual([
        { phase: 'authorise', server, email, step: 'ask', problem: undefined },
        [],
      ])
    },
  )
})

describe('registering', () => {
  test('sends the name with the handles of the form, once', () => {
    const [busy, effects] = next(stateIn('register', { isBusy: false }), { type: 'usernameSubmitted', username: 'sam' })
    expect(effects).toEqual([{ type: 'register', server, form, username: 'sam' }])
    expect(next(busy, { type: 'usernameSubmitted', username: 'sam2' })).toEqual([busy, []])
    expect(next(busy, { type: 'refused', problem })[0]).toMatchObject({
      phase: 'register',
      form,
      isBusy: false,
      problem,
    })
  })
})

describe('consent', () => {
  const ask = stateIn('authorise', { step: 'ask' })

  test('opens the page, again on a second click, and stops when it fails or is cancelled', () => {
    const [waiting, effects] = next(ask, { type: 'consentRequested' })
    expect(effects).toEqual([{ type: 'askConsent', server }])
    expect(next(waiting, { type: 'consentRequested' })[1]).toEqual([{ type: 'askConsent', server }])
    for (const reason of [problem, undefined])
      expect(next(waiting, { type: 'consentFailed', problem: reason })).toEqual([
        { ...ask, problem: reason },
        [{ type: 'stopConsent' }],
      ])
  })

  test('is not asked again while the code is exchanged', () => {
    const [finishing] = next(next(ask, { type: 'consentRequested' })[0], { type: 'consentGiven' })
    expect(finishing).toMatchObject({ step: 'finishing' })
    expect(next(finishing, { type: 'consentRequested' })).toEqual([finishing, []])
    expect(next(finishing, { type: 'signedIn', credentials, keptIn: 'keychain' })[0]).toMatchObject({
      phase: 'signed-in',
    })
  })
})

describe('KEY-5: a sign-in that the keychain does not take', () => {
  const unsaved = stateIn('unsaved', { isBusy: false })

  test('is tried again, once at a time', () => {
    const [busy, effects] = next(unsaved, { type: 'keychainRetried' })
    expect(effects).toEqual([{ type: 'save', server, credentials }])
    expect(next(busy, { type: 'keychainRetried' })).toEqual([busy, []])
    expect(next(busy, { type: 'keychainFailed', problem })[0]).toMatchObject({
      phase: 'unsaved',
      isBusy: false,
      credentials,
    })
    expect(next(busy, { type: 'saved' })[0]).toMatchObject({ phase: 'signed-in', keptIn: 'keychain', credentials })
  })

  test('is kept for this run if the person wants so, even while the keychain is asked', () => {
    for (const state of accountStates.unsaved)
      expect(next(state, { type: 'keptForThisRun' })[0]).toMatchObject({
        phase: 'signed-in',
        keptIn: 'this-run',
        credentials,
      })
  })

  test('a keychain that answers late has kept it after all, or changes nothing', () => {
    const inRun = stateIn('signed-in', { keptIn: 'this-run' })
    expect(next(inRun, { type: 'saved' })[0]).toMatchObject({ keptIn: 'keychain' })
    expect(next(inRun, { type: 'signedIn', credentials, keptIn: 'keychain' })[0]).toMatchObject({ keptIn: 'keychain' })
    expect(next(inRun, { type: 'signedInUnsaved', credentials, problem })).toEqual([inRun, []])
    expect(next(inRun, { type: 'keychainFailed', problem })).toEqual([inRun, []])
  })

  test.each(['code', 'register', 'authorise', 'email'] as const)('a slow keychain is said in %s', (phase) => {
    expect(next(stateIn(phase), { type: 'keychainGrewSlow', credentials })[0]).toMatchObject({
      phase: 'unsaved',
      isBusy: true,
      credentials,
    })
  })
})

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
        return [...accountEvents.tokenRead, ...accountEvents.keychainFailed].map((event) => [event, true])
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
      case 'save':
        return [
          [{ type: 'saved' }, true],
          [{ type: 'keychainFailed', problem }, true],
        ]
      case 'wait':
        return [[effect.then, true]]
      case 'stopConsent':
        return []
    }
  }

  /** What must be under way for a state to be left by itself; nothing where the person can act. */
  function awaited(state: AccountState): readonly AccountEffect['type'][] {
    switch (state.phase) {
      case 'restoring':
        return state.waitsFor === 'keychain' ? ['readToken'] : ['readSetup']
      case 'unreachable':
        return ['readSetup', 'wait']
      case 'email':
        return state.isBusy ? ['sendCode'] : []
      case 'code':
        return state.busy === 'no' ? [] : state.busy === 'sending' ? ['sendCode'] : ['respond']
      case 'register':
        return state.isBusy ? ['register'] : []
      case 'authorise':
        return state.step === 'ask' ? [] : ['askConsent']
      case 'unsaved':
        return state.isBusy ? ['save', 'respond', 'register', 'askConsent'] : []
      case 'away':
      case 'keychain-shut':
      case 'signed-in':
        return []
    }
  }

  const beginnings = [...accountEvents.launched, ...accountEvents.serverChosen, ...accountEvents.left]
  const byPerson: readonly AccountEvent[] = [
    ...accountEvents.codeRequested, ...accountEvents.addressChanged, ...accountEvents.codeSubmitted,
    ...accountEvents.usernameSubmitted, ...accountEvents.consentRequested, { type: 'consentFailed', problem: undefined },
    ...accountEvents.keychainRetried, ...accountEvents.keptForThisRun, ...accountEvents.signInAgainChosen,
    ...accountEvents.tokenRefused,
  ] // prettier-ignore

  test('whatever people click and servers answer, a busy state has somebody who ends it', () => {
    const move = fc.record({ kind: fc.nat(15), pick: fc.nat(), which: fc.nat() })
    const reached = new Set<Phase>()
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80, size: 'max' }), (moves) => {
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
            effect.type === 'askConsent' && effects.some(({ type }) => type === 'stopConsent')
          // A second click on consent opens the same page once more.
          const isSecond = (effect: AccountEffect): boolean => effect.type === 'askConsent' && pending.includes(effect)
          pending = [
            ...pending.filter((one) => !isAbandoned(one) && !isReplaced(one) && !isStopped(one)),
            ...effects.filter((one) => one.type !== 'stopConsent' && !isSecond(one)),
          ]
          state = after
        }
        take({ type: 'serverChosen', server, email })
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
      { numRuns: 1200 },
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
        waitsFor: 'beeper',
        hasMarker: false,
        token: undefined,
        requestID: undefined,
        isSlow: false,
      })
    }
  })
})
