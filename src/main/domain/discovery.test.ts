import { describe, expect, test } from 'vitest'
import { found, otherServer, server } from '../testing/samples.ts'
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
    expect(off).toEqual({ ...initial, isLooking: true })
    expect(next(off, { type: 'probed', origin: server.origin, found })).toEqual([off, []])
    expect(next(off, { type: 'lookEnded' })[0]).toEqual(initial)
  })
})

describe('what was found', () => {
  const probed = (state: DiscoveryState, origin: string, what: typeof found | undefined): DiscoveryState =>
    next(state, { type: 'probed', origin, found: what })[0]

  test('is listed in the order of the ports, whoever answered first', () => {
    expect(probed(probed(looking, other.origin, other), found.origin, found).found).toEqual([found, other])
  })

  test('is replaced by the newest answer and goes with the server', () => {
    const both = probed(probed(looking, found.origin, found), other.origin, other)
    const changed = { ...found, state: 'signed-in' } as const
    expect(probed(both, found.origin, changed).found).toEqual([changed, other])
    expect(probed(both, found.origin, undefined).found).toEqual([other])
  })
})
