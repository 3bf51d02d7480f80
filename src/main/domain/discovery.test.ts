import { describe, expect, test } from 'vitest'
import { failed, ok } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'
import { found, otherServer, problem, server } from '../testing/samples.ts'
import { discoveryEvents } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import { initial, next } from './discovery.ts'
import type { DiscoveryEvent, DiscoveryState } from './discovery.ts'

const origins = [server.origin, otherServer.origin]
const wanted: DiscoveryState = { ...initial, isWanted: true, origins }
const looking: DiscoveryState = { ...wanted, isLooking: true }
const states: readonly DiscoveryState[] = [
  initial,
  wanted,
  looking,
  { ...wanted, isVisible: false },
  { ...looking, isVisible: false },
  { ...initial, isLooking: true },
]
const other = { ...found, origin: otherServer.origin }

test('looks only while it is wanted, somebody can see it, and no look is out', () => {
  for (const state of states)
    for (const event of allOf<DiscoveryEvent>(discoveryEvents)) {
      const [after, effects] = next(state, event)
      expect(Object.keys(after).sort()).toEqual(Object.keys(initial).sort())
      for (const effect of effects.filter(({ type }) => type === 'look')) {
        expect(effect).toEqual({ type: 'look', origins: after.origins })
        expect(state.isLooking).toBe(false)
        expect(after).toMatchObject({ isWanted: true, isVisible: true, isLooking: true })
      }
    }
})

describe('a look', () => {
  test('begins when it is wanted and when the window comes back, and follows the last one after 2 s', () => {
    expect(next(initial, { type: 'wanted', origins })).toEqual([looking, [{ type: 'look', origins }]])
    expect(next({ ...wanted, isVisible: false }, { type: 'shown' })).toEqual([looking, [{ type: 'look', origins }]])
    expect(next(looking, { type: 'lookEnded' })).toEqual([
      { ...wanted, hasLooked: true },
      [{ type: 'lookIn', ms: 2_000 }],
    ])
    expect(next(wanted, { type: 'lookDue' })[1]).toEqual([{ type: 'look', origins }])
  })

  test('is never doubled', () => {
    for (const type of ['lookDue', 'shown'] as const) expect(next(looking, { type })).toEqual([looking, []])
  })

  test('a hidden window does not look', () => {
    const hidden = next(wanted, { type: 'hidden' })[0]
    expect(next(hidden, { type: 'lookDue' })).toEqual([hidden, []])
  })

  test('what comes back when nobody asks any more is dropped', () => {
    const [off] = next(looking, { type: 'unwanted' })
    expect(off).toEqual({ ...looking, isWanted: false })
    for (const result of [ok(found), failed(problem)])
      expect(next(off, { type: 'probed', origin: server.origin, result })).toEqual([off, []])
    const [ended] = next(off, { type: 'lookEnded' })
    expect(ended).toMatchObject({ isLooking: false, hasLooked: false })
    expect(next(ended, { type: 'lookDue' })).toEqual([ended, []])
  })

  test('one that is out when nobody asks any more is not joined by a second when somebody asks again', () => {
    const [again, effects] = next(next(looking, { type: 'unwanted' })[0], { type: 'wanted', origins })
    expect(again).toEqual(looking)
    expect(effects).toEqual([])
  })
})

describe('what was found', () => {
  const probed = (state: DiscoveryState, origin: string, what: FoundBeeper | undefined): DiscoveryState =>
    next(state, { type: 'probed', origin, result: what === undefined ? failed(problem) : ok(what) })[0]

  test('is listed in the order of the ports, whoever answered first', () => {
    expect(probed(probed(looking, other.origin, other), found.origin, found).found).toEqual([found, other])
  })

  test('is replaced by the newest answer and goes with the server', () => {
    const both = probed(probed(looking, found.origin, found), other.origin, other)
    const changed = { ...found, state: 'signed-in' } as const
    expect(probed(both, found.origin, changed).found).toEqual([changed, other])
    const gone = probed(both, found.origin, undefined)
    expect(gone.found).toEqual([other])
    expect(gone.silent).toEqual({ [found.origin]: problem })
    expect(probed(gone, found.origin, found).silent).toEqual({})
  })

  test('keeps its place once it is on the screen: what comes later goes behind', () => {
    const [looked] = next(probed(looking, other.origin, other), { type: 'lookEnded' })
    const late = probed(looked, found.origin, found)
    expect(late.found).toEqual([other, found])
    const changed = { ...other, state: 'signed-in' } as const
    expect(probed(late, other.origin, changed).found).toEqual([changed, found])
  })

  test('the same silence again is no news', () => {
    const silent = probed(looking, found.origin, undefined)
    expect(probed(silent, found.origin, undefined)).toBe(silent)
    const [other] = next(silent, {
      type: 'probed',
      origin: found.origin,
      result: failed({ code: 'beeper.timeout', retry: 'now' }),
    })
    expect(other.silent[found.origin]?.code).toBe('beeper.timeout')
  })

  test('of an earlier search stays while its screen goes, and is gone when the next one begins', () => {
    const [off] = next(probed(looking, found.origin, found), { type: 'unwanted' })
    expect(off.found).toEqual([found])
    expect(next(off, { type: 'wanted', origins })[0]).toMatchObject({ found: [], silent: {}, hasLooked: false })
  })

  test('ORI-1: where nobody looks any more, nothing is found: not before, not by a late answer', () => {
    const both = probed(probed(looking, found.origin, found), other.origin, other)
    const [fewer] = next(both, { type: 'wanted', origins: [other.origin] })
    expect(fewer.found).toEqual([other])
    expect(probed(fewer, found.origin, found)).toEqual(fewer)
  })
})
