import { describe, expect, test } from 'vitest'
import { stateIn } from '../testing/account-states.ts'
import { credentials, email, form, problem, secrets, server } from '../testing/samples.ts'
import { resendAfterMs, tidyCode } from './account-sign-in.ts'
import { next } from './account.ts'

const keeps = 'keychain'

describe('the code', () => {
  test('may be asked for again after 30 s, counted from the newest mail only', () => {
    const [first, effects] = next(stateIn('email'), { type: 'codeSent', requestID: 'r1' })
    expect(effects).toEqual([{ type: 'wait', ms: resendAfterMs, then: { type: 'resendDue', sentCount: 1 } }])
    expect(resendAfterMs).toBe(30_000)
    expect(next(first, { type: 'codeRequested', email })[1]).toEqual([])
    const [ready] = next(first, { type: 'resendDue', sentCount: 1 })
    expect(ready).toMatchObject({ canResend: true })
    const [sending, send] = next(ready, { type: 'codeRequested', email: 'ignored@example.com' })
    expect(send).toEqual([{ type: 'sendCode', server, keeps, email, requestID: 'r1' }])
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
    expect(effects).toEqual(
      sent === '' ? [] : [{ type: 'respond', server, keeps, requestID: secrets.requestID, code: sent }],
    )
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
      { phase: 'email', server, email, keeps, isBusy: false, problem },
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
        { phase: 'authorise', server, email, keeps, reason: 'first', step: 'ask', problem: undefined },
        [],
      ])
    },
  )
})

describe('registering', () => {
  test('sends the name with the handles of the form, once', () => {
    const [busy, effects] = next(stateIn('register', { isBusy: false }), { type: 'usernameSubmitted', username: 'sam' })
    expect(effects).toEqual([{ type: 'register', server, keeps, form, username: 'sam' }])
    expect(next(busy, { type: 'usernameSubmitted', username: 'sam2' })).toEqual([busy, []])
    expect(next(busy, { type: 'refused', problem })[0]).toMatchObject({
      phase: 'register',
      form,
      isBusy: false,
      problem,
    })
  })
})

const ask = stateIn('authorise', { step: 'ask' })

describe('consent', () => {
  test('opens the page, again on a second click, and stops when it fails or is cancelled', () => {
    const [waiting, effects] = next(ask, { type: 'consentRequested' })
    expect(effects).toEqual([{ type: 'askConsent', server, keeps }])
    expect(next(waiting, { type: 'consentRequested' })[1]).toEqual([{ type: 'askConsent', server, keeps }])
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
  test.each(['ask', 'waiting'] as const)('a pasted token is checked while %s, and the page is closed', (step) => {
    const [checking, effects] = next(stateIn('authorise', { step }), {
      type: 'tokenSubmitted',
      token: secrets.pastedToken,
    })
    expect(checking).toEqual({ ...ask, step: 'checking' })
    expect(effects).toEqual([
      { type: 'stopConsent' },
      { type: 'checkToken', server, keeps, token: secrets.pastedToken },
    ])
    expect(next(checking, { type: 'tokenSubmitted', token: 'other' })).toEqual([checking, []])
    expect(next(checking, { type: 'consentRequested' })).toEqual([checking, []])
    expect(next(checking, { type: 'refused', problem })[0]).toEqual({ ...ask, problem })
  })

  test('KEY-5: goes the way that the person chose for keeping', () => {
    const state = stateIn('authorise', { step: 'ask', keeps: 'this-run' })
    expect(next(state, { type: 'consentRequested' })[1]).toEqual([{ type: 'askConsent', server, keeps: 'this-run' }])
    expect(next(state, { type: 'tokenSubmitted', token: 't' })[1]).toContainEqual({
      type: 'checkToken',
      server,
      keeps: 'this-run',
      token: 't',
    })
  })
})

describe('something done in Beeper itself', () => {
  test.each([stateIn('email', { isBusy: false }), ask])('is read once more from $phase', (state) => {
    expect(next(state, { type: 'checkedAgain' })).toMatchObject([
      { phase: 'restoring', waitsFor: 'beeper', server, email, keeps },
      [{ type: 'readSetup', server, token: undefined }, { type: 'wait' }],
    ])
  })

  test.each([
    stateIn('email', { isBusy: true }),
    ...(['waiting', 'finishing', 'checking'] as const).map((step) => stateIn('authorise', { step })),
  ])('waits until what is under way in $phase has ended', (state) => {
    expect(next(state, { type: 'checkedAgain' })).toEqual([state, []])
  })
})
