import { describe, expect, test } from 'vitest'
import { stateIn } from '../testing/account-states.ts'
import { credentials, email, kept, marker, problem, server, setupOf, setups } from '../testing/samples.ts'
import type { AccountEvent, AccountState } from './account-state.ts'
import { next } from './account.ts'

describe('an earlier run', () => {
  const launched = (wasSaved: boolean): AccountState =>
    next({ phase: 'away' }, { type: 'launched', server, email, kept: wasSaved ? kept : undefined })[0]
  const asking = { waitsFor: 'beeper', token: 't' } as const
  const nothing = { type: 'tokenRead', token: undefined, keptIn: 'keychain' } as const

  test('asks the keychain first, then the server with what it gave', () => {
    const [opening, effects] = next({ phase: 'away' }, { type: 'launched', server, email, kept })
    expect(opening).toMatchObject({ phase: 'restoring', waitsFor: 'keychain' })
    expect(effects).toEqual([
      { type: 'readToken', server },
      { type: 'wait', ms: 3000, then: { type: 'grewSlow' } },
    ])
    const [reading, then] = next(opening, { type: 'tokenRead', token: 't', keptIn: 'keychain' })
    expect(reading).toMatchObject({ phase: 'restoring', waitsFor: 'beeper', token: 't', isSlow: false })
    expect(then[0]).toEqual({ type: 'readSetup', server, token: 't' })
  })

  test('KEY-3: a marker and no token is a shut keychain, not a signed-out person', () => {
    expect(next(launched(true), nothing)[0]).toMatchObject({
      phase: 'keychain-shut',
      problem: { code: 'keychain.empty' },
    })
    expect(next(launched(false), nothing)[0]).toMatchObject({
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
    const [after] = next(stateIn('restoring', asking), { type: 'setupRead', setup })
    if (setup.state === 'needs-login') expect(after).toMatchObject({ phase: 'probing', then: 'email', email })
    else expect(after).toMatchObject({ phase: 'signed-in', keptIn: 'keychain', credentials: { token: 't' } })
  })

  test.each(setups)('without one, the server in $state', (setup) => {
    const [after] = next(stateIn('restoring', { ...asking, token: undefined }), { type: 'setupRead', setup })
    expect(after).toMatchObject({ phase: 'probing', then: setup.state === 'needs-login' ? 'email' : 'first' })
  })

  test('a code that was waited for is waited for again', () => {
    const asked = next(launched(false), { ...nothing, requestID: 'r1' })[0]
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
    const [after, effects] = next(stateIn('restoring', asking), { type: 'setupRefused' })
    expect(after).toMatchObject({ phase: 'restoring', waitsFor: 'beeper', token: undefined })
    expect(effects[0]).toEqual({ type: 'readSetup', server, token: undefined })
    const [probing] = next(after, { type: 'setupRefused' })
    expect(probing).toMatchObject({ phase: 'probing', then: 'first' })
    expect(next(probing, { type: 'keychainProved' })[0]).toMatchObject({ phase: 'authorise', step: 'ask' })
  })

  test('a token refused later starts over the same way', () => {
    const [after, effects] = next(stateIn('signed-in'), { type: 'tokenRefused' })
    expect(after).toMatchObject({ phase: 'restoring', token: undefined })
    expect(effects.filter(({ type }) => type === 'readSetup')).toEqual([
      { type: 'readSetup', server, token: undefined },
    ])
  })

  test('an unreachable server is asked again by itself, with the same token, for as long as it takes', () => {
    let [state, effects] = next(stateIn('restoring', asking), {
      type: 'setupFailed',
      problem,
    })
    for (let round = 0; round < 5; round += 1) {
      expect(state).toMatchObject({ phase: 'unreachable', token: 't', problem })
      expect(effects).toEqual([{ type: 'wait', ms: 2000, then: { type: 'retryDue' }, isForEyes: true }])
      ;[state, effects] = next(state, { type: 'retryDue' })
      expect(effects).toEqual([{ type: 'readSetup', server, token: 't' }])
      ;[state, effects] = next(state, { type: 'setupFailed', problem })
    }
    expect(next(state, { type: 'setupRead', setup: setupOf('ready') })[0]).toMatchObject({
      phase: 'signed-in',
      credentials: { token: 't' },
    })
  })
  test('what was noted of a sign-in comes back with its token', () => {
    const noted = { ...marker, source: 'oauth', expiresAtMs: 5_000 } as const
    const [after, effects] = next(stateIn('restoring', { ...asking, kept: noted }), {
      type: 'setupRead',
      setup: setupOf('ready'),
    })
    expect(after).toMatchObject({ credentials: { token: 't', source: 'oauth', expiresAtMs: 5_000 } })
    expect(effects).toEqual([{ type: 'watchExpiry', server, expiresAtMs: 5_000 }])
    // A token that was found without a note came from a sign-in of this app.
    const [found] = next(stateIn('restoring', { ...asking, kept: undefined }), {
      type: 'setupRead',
      setup: setupOf('ready'),
    })
    expect(found).toMatchObject({ credentials: { token: 't', source: 'account' } })
  })

  test('KEY-5: a sign-in that is kept for this run stays so, and so does what is made of it', () => {
    const [asked] = next(launched(true), { type: 'tokenRead', token: 't', keptIn: 'this-run' })
    expect(next(asked, { type: 'setupRead', setup: setupOf('ready') })[0]).toMatchObject({
      phase: 'signed-in',
      keptIn: 'this-run',
      keeps: 'this-run',
    })
    const [without] = next(asked, { type: 'setupRefused' })
    expect(next(without, { type: 'setupRefused' })[0]).toMatchObject({ phase: 'authorise', keeps: 'this-run' })
  })

  test('a permission that has run out is not used: the server is asked without it, and the reason is said', () => {
    const [asked, effects] = next(launched(true), { type: 'expired' })
    expect(asked).toMatchObject({ waitsFor: 'beeper', token: undefined, hasExpired: true })
    expect(effects[0]).toEqual({ type: 'readSetup', server, token: undefined })
    const [late] = next(next(asked, { type: 'setupFailed', problem })[0], { type: 'setupRefused' })
    for (const probing of [next(asked, { type: 'setupRefused' })[0], late]) {
      expect(probing).toMatchObject({ phase: 'probing', then: 'expired' })
      expect(next(probing, { type: 'keychainProved' })[0]).toMatchObject({ phase: 'authorise', reason: 'expired' })
    }
    // Signed out meanwhile: there is nothing to be permitted.
    expect(next(asked, { type: 'setupRead', setup: setupOf('needs-login') })[0]).toMatchObject({ then: 'email' })
  })
})

describe('ONE-1: a sign-in that arrives while the server is asked once more', () => {
  const states = [
    stateIn('restoring', { waitsFor: 'beeper', kept: undefined }),
    stateIn('unreachable'),
    stateIn('probing'),
  ]

  test.each(states)('is taken in $phase', (state) => {
    expect(next(state, { type: 'signedIn', credentials, keptIn: 'keychain' })[0]).toMatchObject({
      phase: 'signed-in',
      credentials,
    })
    expect(next(state, { type: 'signedInUnsaved', credentials, problem })[0]).toMatchObject({
      phase: 'unsaved',
      credentials,
    })
    expect(next(state, { type: 'keychainGrewSlow', credentials })[0]).toMatchObject({ phase: 'unsaved', isBusy: true })
  })
})
