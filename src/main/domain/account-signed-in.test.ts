import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates, stateIn } from '../testing/account-states.ts'
import { credentials, email, problem, secrets, server } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import type { AccountEvent, AccountState, Credentials } from './account-state.ts'
import { next } from './account.ts'

const keeps = 'keychain'
const fresh: Credentials = { token: 'fresh', userID: undefined, source: 'oauth', expiresAtMs: 9_000 }
const signedIn = stateIn('signed-in', { keptIn: 'keychain' })
const renewingIn = (step: 'ask' | 'waiting' | 'finishing' | 'checking'): AccountState =>
  stateIn('signed-in', { keptIn: 'keychain', renewal: { reason: 'scope', step, problem: undefined } })
const through = (state: AccountState, ...events: readonly AccountEvent[]): AccountState =>
  events.reduce((before, event) => next(before, event)[0], state)

describe('the end of a permission', () => {
  test('is watched wherever a sign-in arrives, if it has an end', () => {
    for (const expiresAtMs of [undefined, 5_000]) {
      const arrived: AccountEvent = {
        type: 'signedIn',
        credentials: { ...credentials, expiresAtMs },
        keptIn: 'keychain',
      }
      const watched = expiresAtMs === undefined ? [] : [{ type: 'watchExpiry', server, expiresAtMs }]
      for (const phase of ['email', 'code', 'register', 'authorise', 'unsaved', 'signed-in'] as const)
        expect(next(stateIn(phase), arrived)[1]).toEqual(watched)
    }
  })

  test('is said when it is near, and over when the permission is renewed', () => {
    const [near] = next(signedIn, { type: 'expiryNear' })
    expect(near).toEqual({ ...signedIn, isExpiring: true })
    expect(next(near, { type: 'signedIn', credentials: fresh, keptIn: 'keychain' })[0]).toMatchObject({
      phase: 'signed-in',
      isExpiring: false,
      credentials: { token: 'fresh' },
    })
  })

  test('come, asks the server without the token, and says why permission is asked', () => {
    const [asked, effects] = next(signedIn, { type: 'expired' })
    expect(asked).toMatchObject({ phase: 'restoring', waitsFor: 'beeper', token: undefined, hasExpired: true })
    expect(effects[0]).toEqual({ type: 'readSetup', server, token: undefined })
    expect(through(asked, { type: 'setupRefused' }, { type: 'keychainProved' })).toMatchObject({
      phase: 'authorise',
      reason: 'expired',
    })
  })
})

describe('KEY-6: a permission that is asked for anew', () => {
  const asking = next(signedIn, { type: 'consentRequested' })

  test('leaves the sign-in as it is until the new token is there', () => {
    expect(asking).toEqual([
      { ...signedIn, renewal: { reason: 'expiring', step: 'waiting', problem: undefined } },
      [{ type: 'askConsent', server, keeps }],
    ])
    const finishing = through(asking[0], { type: 'consentGiven' })
    expect(finishing).toMatchObject({ credentials, renewal: { step: 'finishing' } })
    expect(next(finishing, { type: 'signedIn', credentials: fresh, keptIn: 'keychain' })).toEqual([
      { ...signedIn, credentials: { ...fresh, userID: credentials.userID } },
      [{ type: 'watchExpiry', server, expiresAtMs: 9_000 }],
    ])
  })

  test('a new token that cannot be saved counts for this run, is remembered for it, and says why', () => {
    const known = { ...fresh, userID: credentials.userID }
    const [after, effects] = next(renewingIn('finishing'), { type: 'signedInUnsaved', credentials: fresh, problem })
    expect(after).toEqual({
      ...signedIn,
      credentials: known,
      keptIn: 'this-run',
      keeping: { isBusy: false, problem },
    })
    expect(effects).toContainEqual({ type: 'rememberForThisRun', server, credentials: known })
    expect(effects).toContainEqual({ type: 'watchExpiry', server, expiresAtMs: 9_000 })
  })

  test('one that fails says why and may be tried again; one that is put off goes', () => {
    for (const step of ['ask', 'waiting', 'finishing', 'checking'] as const) {
      for (const type of ['consentFailed', 'refused'] as const)
        expect(next(renewingIn(step), { type, problem })).toEqual([
          { ...signedIn, renewal: { reason: 'scope', step: 'ask', problem } },
          [{ type: 'stopConsent' }],
        ])
      expect(next(renewingIn(step), { type: 'consentFailed', problem: undefined })).toEqual([
        { ...signedIn, renewal: undefined, hasPutOff: true },
        [{ type: 'stopConsent' }],
      ])
    }
  })

  test('KEY-1: a keychain that is slow to take the new token is said to wait, there and in the settings', () => {
    for (const step of ['finishing', 'checking'] as const) {
      const [slow] = next(renewingIn(step), { type: 'keychainGrewSlow', credentials: fresh })
      expect(slow).toMatchObject({
        credentials,
        renewal: { reason: 'scope', step, problem: { code: 'keychain.locked' } },
        keeping: { isBusy: true, problem: { code: 'keychain.locked' } },
      })
      expect(next(slow, { type: 'signedIn', credentials: fresh, keptIn: 'keychain' })[0]).toMatchObject({
        renewal: undefined,
        keeping: { isBusy: false, problem: undefined },
      })
    }
  })

  test('opens the page, again on a second click, and not while a token is on its way', () => {
    const [waiting, effects] = next(renewingIn('ask'), { type: 'consentRequested' })
    expect(effects).toEqual([{ type: 'askConsent', server, keeps }])
    expect(next(waiting, { type: 'consentRequested' })).toEqual([waiting, effects])
    for (const step of ['finishing', 'checking'] as const)
      expect(next(renewingIn(step), { type: 'consentRequested' })).toEqual([renewingIn(step), []])
  })

  test.each(['ask', 'waiting'] as const)('a pasted token is checked while %s, and the page is closed', (step) => {
    const [checking, effects] = next(renewingIn(step), { type: 'tokenSubmitted', token: secrets.pastedToken })
    expect(checking).toMatchObject({ credentials, renewal: { reason: 'scope', step: 'checking' } })
    expect(effects).toEqual([
      { type: 'stopConsent' },
      { type: 'checkToken', server, keeps, token: secrets.pastedToken },
    ])
    expect(next(checking, { type: 'tokenSubmitted', token: 'other' })).toEqual([checking, []])
  })

  test('a pasted token without a question is not taken', () => {
    expect(next(signedIn, { type: 'tokenSubmitted', token: secrets.pastedToken })).toEqual([signedIn, []])
  })
})

describe('a permission that is too small', () => {
  const missing = (isClicked: boolean): AccountEvent => ({ type: 'scopeMissing', isClicked })

  test.each([true, false])('is asked for at once; clicked %s', (isClicked) => {
    expect(next(signedIn, missing(isClicked))).toEqual([
      { ...signedIn, renewal: { reason: 'scope', step: 'ask', problem: undefined } },
      [],
    ])
  })

  test('put off once, is asked for again only by a click', () => {
    const putOff = through(signedIn, missing(false), { type: 'consentFailed', problem: undefined })
    expect(putOff).toEqual({ ...signedIn, hasPutOff: true })
    expect(next(putOff, missing(false))).toEqual([putOff, []])
    const again = through(putOff, missing(true))
    expect(again).toMatchObject({ renewal: { reason: 'scope', step: 'ask' }, hasPutOff: true })
    // A better permission ends it: what it may not do is worth asking for once more.
    const better = through(again, { type: 'signedIn', credentials: fresh, keptIn: 'keychain' })
    expect(next(better, missing(false))[0]).toMatchObject({ renewal: { reason: 'scope' } })
  })

  test('said again while it is being asked for changes nothing', () => {
    for (const step of ['ask', 'waiting', 'finishing', 'checking'] as const)
      for (const isClicked of [true, false])
        expect(next(renewingIn(step), missing(isClicked))).toEqual([renewingIn(step), []])
  })
})

describe('signing out', () => {
  test.each([true, false])('goes out once at a time, and closes a page that is open; revoked %s', (isRevoked) => {
    const [busy, effects] = next(signedIn, { type: 'signOutRequested', isRevoked })
    expect(effects).toEqual([
      { type: 'stopConsent' },
      { type: 'signOut', server, credentials, keptIn: 'keychain', isRevoked },
    ])
    expect(busy).toEqual({ ...signedIn, signingOut: { isBusy: true, problem: undefined } })
    expect(next(busy, { type: 'signOutRequested', isRevoked: !isRevoked })).toEqual([busy, []])
    expect(next(busy, { type: 'signOutFailed', problem })[0]).toEqual({
      ...signedIn,
      signingOut: { isBusy: false, problem },
    })
    expect(next(busy, { type: 'signedOut' })).toEqual([{ phase: 'away' }, [{ type: 'stopConsent' }]])
  })

  test('ends a renewal: nobody is left waiting for a page that was closed', () => {
    for (const step of ['ask', 'waiting', 'finishing', 'checking'] as const)
      expect(next(renewingIn(step), { type: 'signOutRequested', isRevoked: true })[0]).toMatchObject({
        renewal: undefined,
        signingOut: { isBusy: true },
      })
  })

  test('in words of the machine: only this, leaving, and the end of the token end a sign-in', () => {
    const ends: readonly AccountEvent['type'][] = [
      'left', 'signedOut', 'tokenRefused', 'expired', 'launched', 'serverChosen',
    ] // prettier-ignore
    for (const state of accountStates['signed-in'])
      for (const event of allOf<AccountEvent>(accountEvents)) {
        const [after] = next(state, event)
        expect(after.phase === 'signed-in', event.type).toBe(!ends.includes(event.type))
        if (after.phase === 'signed-in') expect(after).toMatchObject({ server, email })
      }
  })
})
