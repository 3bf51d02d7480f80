import { describe, expect, test } from 'vitest'
import { fakeClock } from '../testing/fakes.ts'
import { Timers } from './timers.ts'

function bench(): {
  clock: ReturnType<typeof fakeClock>
  timers: Timers
  rang: string[]
  ring: (name: string) => () => void
} {
  const clock = fakeClock()
  const rang: string[] = []
  return { clock, timers: new Timers(clock), rang, ring: (name) => () => rang.push(name) }
}

describe('Timers', () => {
  test('setting one again replaces it: two of a kind never run side by side', () => {
    const { clock, timers, rang, ring } = bench()
    timers.set('a', 10, ring('first'))
    timers.set('a', 20, ring('second'))
    expect(clock.waiting).toBe(1)
    clock.pass(100)
    expect(rang).toEqual(['second'])
  })

  test('those of different names are apart', () => {
    const { clock, timers, rang, ring } = bench()
    timers.set('a', 20, ring('a'))
    timers.set('b', 10, ring('b'))
    clock.pass(100)
    expect(rang).toEqual(['b', 'a'])
  })

  test('one may set itself again while it rings', () => {
    const { clock, timers, rang } = bench()
    const again = (): void => {
      rang.push('again')
      timers.set('a', 10, again)
    }
    timers.set('a', 10, again)
    clock.pass(35)
    expect(rang).toHaveLength(3)
    expect(clock.waiting).toBe(1)
  })

  test('stopping one leaves the others, stopping all leaves none', () => {
    const { clock, timers, rang, ring } = bench()
    for (const name of ['a', 'b', 'c']) timers.set(name, 10, ring(name))
    timers.stop('a')
    timers.stop('nobody')
    clock.pass(10)
    expect(rang).toEqual(['b', 'c'])
    timers.set('a', 10, ring('a'))
    timers.set('b', 10, ring('b'))
    timers.stopAll()
    expect(clock.waiting).toBe(0)
  })
})
