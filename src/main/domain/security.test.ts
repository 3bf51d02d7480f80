import { describe, expect, test } from 'vitest'
import { problem, secrets, setupOf, setups } from '../testing/samples.ts'
import { securityEvents, securityIn } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import { initial, next, readAfterMs } from './security.ts'
import type { KeyState, SecurityEvent, SecurityState } from './security.ts'

const keyPhases: readonly KeyState['phase'][] = ['ask', 'creating', 'showing', 'confirming']
const on = (more: Partial<SecurityState> = {}): SecurityState => ({
  ...securityIn(setupOf('needs-cross-signing-setup')),
  ...more,
})
const keyAt = (phase: KeyState['phase']): SecurityState => on({ key: { phase, problem: undefined } })

const states: readonly SecurityState[] = [
  initial,
  securityIn(undefined),
  ...setups.map(securityIn),
  ...keyPhases.map(keyAt),
  on({ unlock: { isBusy: true, problem: undefined } }),
  on({ isOffline: true }),
  on({ isListening: true }),
]

describe('every state and every event', () => {
  test('a machine that is off hears nothing but a sign-in', () => {
    for (const event of allOf<SecurityEvent>(securityEvents))
      if (event.type !== 'signedIn') expect(next(initial, event)).toEqual([initial, []])
  })

  test('no event breaks any state: it stays whole and the keys are never kept', () => {
    for (const state of states)
      for (const event of allOf<SecurityEvent>(securityEvents)) {
        const [after] = next(state, event)
        expect(Object.keys(after).sort()).toEqual(Object.keys(initial).sort())
        expect(keyPhases).toContain(after.key.phase)
        expect(JSON.stringify(after)).not.toContain('SECRET')
      }
  })

  test.each(keyPhases)('a key that is %s: what each event makes of it', (phase) => {
    const table: Readonly<Record<string, KeyState['phase']>> = {
      keyRequested: 'creating',
      keyCreated: 'showing',
      keyNotProved: 'showing',
      keyFailed: phase === 'creating' ? 'ask' : 'showing',
      keyProved: phase === 'showing' ? 'confirming' : phase,
    }
    for (const event of allOf<SecurityEvent>(securityEvents).filter(({ type }) => type in table))
      expect(next(keyAt(phase), event)[0].key.phase, event.type).toBe(table[event.type])
  })
})

describe('reading', () => {
  test('begins with a read and the event channel, and ends both on signing out', () => {
    expect(next(initial, { type: 'signedIn', setup: undefined, atMs: 1 })[1]).toEqual([
      { type: 'read' },
      { type: 'listen' },
    ])
    expect(next(on(), { type: 'signedOut' })).toEqual([initial, [{ type: 'stopListening' }]])
  })

  test.each([
    ['a screen waits', setupOf('needs-first-sync'), {}, 2_000],
    ['nothing is known yet', undefined, {}, 2_000],
    ['an unheard-of state may pass', setupOf('unsupported'), {}, 2_000],
    ['all is ready', setupOf('ready'), {}, 10_000],
    ['events arrive', setupOf('needs-verification'), { isListening: true }, 15_000],
    ['events arrive and all is ready', setupOf('ready'), { isListening: true }, 15_000],
    ['the server is away', setupOf('ready'), { isOffline: true, isListening: true }, 2_000],
  ])('while %s: comes again', (_, setup, more, ms) => {
    expect(readAfterMs({ ...securityIn(setup), ...more })).toBe(ms)
  })

  test('goes on after every answer, good or bad, and after every change of the channel', () => {
    expect(next(on(), { type: 'setupRead', setup: setupOf('ready'), atMs: 20 })[1]).toEqual([
      { type: 'readIn', ms: 10_000 },
    ])
    expect(next(on({ isListening: true }), { type: 'setupFailed', problem })).toEqual([
      on({ isListening: true, isOffline: true }),
      [{ type: 'readIn', ms: 2_000 }],
    ])
    for (const type of ['readDue', 'listeningStarted', 'listeningEnded'] as const)
      expect(next(on(), { type })[1]).toEqual([{ type: 'read' }])
  })

  test('a state keeps its first time until it changes', () => {
    const [first] = next(on(), { type: 'setupRead', setup: setupOf('needs-first-sync'), atMs: 100 })
    const [again] = next(first, { type: 'setupRead', setup: setupOf('needs-first-sync'), atMs: 200 })
    expect(again.sinceMs).toBe(100)
    expect(next(again, { type: 'setupRead', setup: setupOf('ready'), atMs: 300 })[0].sinceMs).toBe(300)
  })

  test('an answer ends being offline', () => {
    expect(next(on({ isOffline: true }), { type: 'setupRead', setup: setupOf('ready'), atMs: 1 })[0].isOffline).toBe(
      false,
    )
  })
})

describe('ONE-3: the recovery key', () => {
  test('is adopted only after a copy was proved', () => {
    const [asked] = next(keyAt('showing'), { type: 'keyNotProved' })
    expect(asked.key).toEqual({ phase: 'showing', problem: { code: 'security.copy-not-proved', retry: 'now' } })
    const [confirming, effects] = next(asked, { type: 'keyProved', recoveryKey: secrets.recoveryKey })
    expect(confirming.key).toEqual({ phase: 'confirming', problem: undefined })
    expect(effects).toEqual([{ type: 'confirmKey', recoveryKey: secrets.recoveryKey }])
  })

  test.each(['ask', 'creating', 'confirming'] as const)('a proof while %s adopts nothing', (phase) => {
    expect(next(keyAt(phase), { type: 'keyProved', recoveryKey: secrets.recoveryKey })).toEqual([keyAt(phase), []])
  })

  test('a refused adoption leaves the key on the screen; a refused making starts over', () => {
    expect(next(keyAt('confirming'), { type: 'keyFailed', problem })[0].key).toEqual({ phase: 'showing', problem })
    expect(next(keyAt('creating'), { type: 'keyFailed', problem })[0].key).toEqual({ phase: 'ask', problem })
  })

  test('stays as it is while the server reports the same state, and is over when that moves on', () => {
    const same = next(keyAt('confirming'), {
      type: 'setupRead',
      setup: setupOf('needs-cross-signing-setup'),
      atMs: 1,
    })[0]
    expect(same.key.phase).toBe('confirming')
    expect(next(same, { type: 'setupRead', setup: setupOf('needs-first-sync'), atMs: 2 })[0].key).toEqual({
      phase: 'ask',
      problem: undefined,
    })
  })
})

describe('a permission that is replaced', () => {
  test('is used at once, and what was asked with the old one is no longer waited for', () => {
    const waiting = on({
      unlock: { isBusy: true, problem: undefined },
      key: { phase: 'confirming', problem: undefined },
    })
    expect(next(waiting, { type: 'tokenReplaced' })).toEqual([
      on({ unlock: { isBusy: false, problem: undefined }, key: { phase: 'showing', problem: undefined } }),
      [{ type: 'listen' }, { type: 'read' }],
    ])
    for (const phase of ['ask', 'creating', 'showing'] as const)
      expect(next(keyAt(phase), { type: 'tokenReplaced' })[0]).toEqual(keyAt(phase))
  })
})

describe('unlocking', () => {
  test('goes out once at a time, and ends with the reason or with what the server says', () => {
    const [busy, effects] = next(on(), { type: 'unlockRequested', recoveryKey: secrets.recoveryKey })
    expect(effects).toEqual([{ type: 'unlock', recoveryKey: secrets.recoveryKey }])
    expect(next(busy, { type: 'unlockRequested', recoveryKey: 'other' })).toEqual([busy, []])
    expect(next(busy, { type: 'unlockFailed', problem })[0].unlock).toEqual({ isBusy: false, problem })
    const [after, then] = next(busy, { type: 'unlocked', setup: setupOf('ready'), atMs: 5 })
    expect(after).toMatchObject({ setup: { state: 'ready' }, unlock: { isBusy: false, problem: undefined } })
    expect(then).toEqual([{ type: 'read' }])
  })

  test('an accepted key proves nothing by itself: the state stays what the server says', () => {
    const [busy] = next(on(), { type: 'unlockRequested', recoveryKey: 'k' })
    expect(next(busy, { type: 'unlocked', setup: setupOf('needs-secrets'), atMs: 5 })[0].setup?.state).toBe(
      'needs-secrets',
    )
  })
})
