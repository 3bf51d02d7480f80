import { describe, expect, test } from 'vitest'
import { accountStates, stateIn } from '../testing/account-states.ts'
import { credentials, demoServer, email, problem, server, setupOf } from '../testing/samples.ts'
import type { AccountState } from './account-state.ts'
import { next } from './account.ts'

const thens = ['email', 'first', 'expired'] as const
const goal = (then: (typeof thens)[number]): object =>
  then === 'email' ? { phase: 'email' } : { phase: 'authorise', reason: then, step: 'ask' }

describe('KEY-5: the keychain is tried before anything is asked', () => {
  const asked = stateIn('restoring', { waitsFor: 'beeper', kept: undefined })
  const needsLogin = { type: 'setupRead', setup: setupOf('needs-login') } as const

  test.each([
    ['the address', needsLogin, 'email'],
    ['a permission', { type: 'setupRefused' }, 'first'],
  ] as const)('before %s', (_, event, then) => {
    expect(next(asked, event)).toEqual([
      { phase: 'probing', server, email, keeps: 'keychain', then, isBusy: true, problem: undefined },
      [
        { type: 'probeKeychain', server },
        { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
      ],
    ])
  })

  test.each([
    ['of the demo', { server: demoServer }],
    ['that will be kept for this run', { keeps: 'this-run' }],
  ] as const)('but not for a sign-in %s', (_, more) => {
    const state: AccountState = { ...asked, ...more }
    expect(next(state, needsLogin)).toMatchObject([{ phase: 'email', ...more }, []])
    expect(next(state, { type: 'setupRefused' })).toMatchObject([{ phase: 'authorise', ...more }, []])
  })

  test.each(thens)('on the way to %s: once it works, the question follows', (then) => {
    for (const state of accountStates.probing.filter((one) => one.then === then))
      expect(next(state, { type: 'keychainProved' })).toMatchObject([{ ...goal(then), keeps: 'keychain' }, []])
  })

  test.each(thens)('on the way to %s: when it does not, the person chooses', (then) => {
    const [shut] = next(stateIn('probing', { then }), { type: 'keychainFailed', problem })
    expect(shut).toMatchObject({ phase: 'probing', isBusy: false, problem })
    const [again, effects] = next(shut, { type: 'keychainRetried' })
    expect(again).toMatchObject({ phase: 'probing', isBusy: true, problem })
    expect(effects).toContainEqual({ type: 'probeKeychain', server })
    expect(next(shut, { type: 'keptForThisRun' })).toMatchObject([{ ...goal(then), keeps: 'this-run' }, []])
    expect(next(shut, { type: 'left' })[0]).toEqual({ phase: 'away' })
  })

  test('KEY-1: one that is slow is said to wait, and the person may go on without it meanwhile', () => {
    const [slow] = next(stateIn('probing'), { type: 'grewSlow' })
    expect(slow).toMatchObject({ isBusy: true, problem: { code: 'keychain.locked' } })
    expect(next(slow, { type: 'keptForThisRun' })[0]).toMatchObject({ phase: 'email', keeps: 'this-run' })
    // Late news of a try that has ended says nothing.
    const ended = stateIn('probing', { isBusy: false, problem })
    expect(next(ended, { type: 'grewSlow' })).toEqual([ended, []])
  })
})

describe('KEY-5: a sign-in that the keychain does not take', () => {
  const unsaved = stateIn('unsaved', { isBusy: false })

  test('is tried again, also while the keychain is silent: it is then asked anew', () => {
    const [busy, effects] = next(unsaved, { type: 'keychainRetried' })
    expect(busy).toEqual({ ...unsaved, isBusy: true })
    expect(effects).toEqual([{ type: 'save', server, credentials }])
    expect(next(busy, { type: 'keychainRetried' })).toEqual([busy, effects])
    expect(next(busy, { type: 'keychainFailed', problem })[0]).toMatchObject({
      phase: 'unsaved',
      isBusy: false,
      credentials,
    })
    expect(next(busy, { type: 'saved' })[0]).toMatchObject({ phase: 'signed-in', keptIn: 'keychain', credentials })
  })

  test('is kept for this run if the person wants so, even while the keychain is asked', () => {
    for (const state of accountStates.unsaved)
      expect(next(state, { type: 'keptForThisRun' })).toMatchObject([
        { phase: 'signed-in', keptIn: 'this-run', keeps: 'this-run', credentials },
        [{ type: 'rememberForThisRun', server, credentials }],
      ])
  })

  test('a keychain that answers late has kept it after all, and keeps what follows; or it says why not', () => {
    const inRun = stateIn('signed-in', { keptIn: 'this-run', keeps: 'this-run' })
    const saved = { keptIn: 'keychain', keeps: 'keychain', keeping: { isBusy: false, problem: undefined } }
    expect(next(inRun, { type: 'saved' })[0]).toMatchObject(saved)
    expect(next(inRun, { type: 'signedIn', credentials, keptIn: 'keychain' })[0]).toMatchObject(saved)
    for (const event of [
      { type: 'signedInUnsaved', credentials, problem },
      { type: 'keychainFailed', problem },
    ] as const)
      expect(next(inRun, event)[0]).toEqual({ ...inRun, keeping: { isBusy: false, problem } })
  })

  test.each(['code', 'register', 'authorise', 'email'] as const)('a slow keychain is said in %s', (phase) => {
    expect(next(stateIn(phase), { type: 'keychainGrewSlow', credentials })[0]).toMatchObject({
      phase: 'unsaved',
      isBusy: true,
      credentials,
    })
  })
})

describe('moving a sign-in into the keychain later', () => {
  const inRun = stateIn('signed-in', { keptIn: 'this-run', keeps: 'this-run' })

  test('saves it, once at a time, and says how it went', () => {
    const [busy, effects] = next(inRun, { type: 'keepRequested' })
    expect(effects).toEqual([{ type: 'save', server, credentials }])
    expect(busy).toMatchObject({ keptIn: 'this-run', keeping: { isBusy: true, problem: undefined } })
    expect(next(busy, { type: 'keepRequested' })).toEqual([busy, []])
    expect(next(busy, { type: 'keychainFailed', problem })[0]).toEqual({
      ...inRun,
      keeping: { isBusy: false, problem },
    })
    expect(next(busy, { type: 'saved' })[0]).toMatchObject({
      keptIn: 'keychain',
      keeps: 'keychain',
      keeping: { isBusy: false, problem: undefined },
    })
  })

  test.each([
    ['that is there already', { keptIn: 'keychain' }],
    ['of the demo', { server: demoServer }],
  ] as const)('is not done for one %s', (_, more) => {
    const state = { ...inRun, ...more }
    expect(next(state, { type: 'keepRequested' })).toEqual([state, []])
  })
})
