import { describe, expect, test } from 'vitest'
import { stateIn } from '../testing/account-states.ts'
import { email, problem, server, setupOf, setups } from '../testing/samples.ts'
import type { AccountEvent, AccountState } from './account-state.ts'
import { next } from './account.ts'

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
