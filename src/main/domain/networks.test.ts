import { describe, expect, test } from 'vitest'
import { chatAccount, network, problem } from '../testing/samples.ts'
import { networksEvents } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import { groupOf, initial, isNetwork, next } from './networks.ts'
import type { NetworksEvent, NetworksState } from './networks.ts'

const on = (more: Partial<NetworksState> = {}): NetworksState => ({ ...initial, isOn: true, round: 2, ...more })
const loaded = on({ status: 'loaded', networks: [network], accounts: [chatAccount] })
const states = [initial, on(), loaded, on({ status: 'failed', problem }), { ...loaded, liveCount: 1 }]
const answer = { type: 'read', round: 2, networks: [network], accounts: [chatAccount] } as const

describe('every state and every event', () => {
  test('a machine that is off hears nothing but that it is wanted', () => {
    for (const event of allOf<NetworksEvent>(networksEvents))
      if (event.type !== 'wanted') expect(next(initial, event)).toEqual([initial, []])
    expect(next(initial, { type: 'wanted' })).toEqual([
      { ...initial, isOn: true, round: 1 },
      [{ type: 'read', round: 1 }],
    ])
    expect(next(on(), { type: 'wanted' })).toEqual([on(), []])
  })

  test('no event breaks any state, and the round only grows', () => {
    for (const state of states)
      for (const event of allOf<NetworksEvent>(networksEvents)) {
        const [after, effects] = next(state, event)
        expect(Object.keys(after).sort()).toEqual(Object.keys(initial).sort())
        expect(after.round).toBeGreaterThanOrEqual(state.round)
        for (const effect of effects) expect(effect.round).toBe(after.round)
      }
  })

  test.each([1, 3])('an answer, a failure or a timer of round %d says nothing in round 2', (round) => {
    for (const event of [
      { ...answer, round },
      { type: 'readFailed', round, problem } as const,
      { type: 'readDue', round } as const,
    ])
      expect(next(loaded, event)).toEqual([loaded, []])
  })
})

describe('how often the lists are read', () => {
  const pauseAfter = (state: NetworksState, accounts = [chatAccount]): unknown =>
    next(state, { ...answer, accounts })[1]

  test('every 60 s at rest, every 5 s while something is under way', () => {
    expect(pauseAfter(on())).toEqual([{ type: 'readIn', ms: 60_000, round: 2 }])
    expect(pauseAfter(on({ liveCount: 1 }))).toEqual([{ type: 'readIn', ms: 5_000, round: 2 }])
    for (const status of ['connecting', 'backfilling'] as const)
      expect(pauseAfter(on(), [{ ...chatAccount, status }])).toEqual([{ type: 'readIn', ms: 5_000, round: 2 }])
    for (const status of ['connected', 'disconnected', 'disabled', 'unsupported'] as const)
      expect(pauseAfter(on(), [{ ...chatAccount, status }])).toEqual([{ type: 'readIn', ms: 60_000, round: 2 }])
  })

  test('at once when asked for, and when a connection begins, but not when one ends', () => {
    expect(next(loaded, { type: 'refreshed' })).toEqual([{ ...loaded, round: 3 }, [{ type: 'read', round: 3 }]])
    expect(next(loaded, { type: 'liveCountChanged', liveCount: 1 })[1]).toEqual([{ type: 'read', round: 3 }])
    expect(next({ ...loaded, liveCount: 2 }, { type: 'liveCountChanged', liveCount: 1 })[1]).toEqual([])
  })

  test('goes on by itself after an answer and after a failure', () => {
    expect(next(loaded, { type: 'readDue', round: 2 })[1]).toEqual([{ type: 'read', round: 3 }])
    expect(next(on(), { type: 'readFailed', round: 2, problem })).toEqual([
      on({ status: 'failed', problem }),
      [{ type: 'readIn', ms: 5_000, round: 2 }],
    ])
  })
})

describe('what is shown', () => {
  test('a list that was read once stays when a later read fails', () => {
    expect(next(loaded, { type: 'readFailed', round: 2, problem })[0]).toEqual({ ...loaded, problem })
    expect(next({ ...loaded, problem }, answer)[0]).toEqual(loaded)
  })

  test('asking again after a failure waits in words, not with the old reason', () => {
    expect(next(on({ status: 'failed', problem }), { type: 'refreshed' })[0]).toMatchObject({
      status: 'loading',
      problem: undefined,
    })
  })

  test('is forgotten when it is no longer wanted, and late answers stay out', () => {
    const [off] = next(loaded, { type: 'unwanted' })
    expect(off).toEqual({ ...initial, round: 3 })
    const [again] = next(off, { type: 'wanted' })
    expect(next(again, answer)).toEqual([again, []])
  })
})

describe('a network', () => {
  test.each([
    ['local', 'this-device'],
    ['platform-sdk', 'this-device'],
    ['cloud', 'cloud'],
    ['self-hosted', 'self-hosted'],
    ['unsupported', 'other'],
  ] as const)('of the provider %s runs: %s', (provider, group) => {
    expect(groupOf({ ...network, provider })).toBe(group)
  })

  test('is every one but Beeper’s own account', () => {
    expect(isNetwork(network)).toBe(true)
    expect(isNetwork({ ...network, type: 'matrix' })).toBe(false)
  })
})
