import { describe, expect, test } from 'vitest'
import { Actor } from './actor.ts'

interface Event {
  readonly add: number
}
/** Adds up; asks for one more of the half as an effect. */
const next = (state: number, { add }: Event): readonly [number, readonly string[]] => [
  state + add,
  add > 1 ? [`half of ${String(add)}`] : [],
]

describe('Actor', () => {
  test('runs effects after the state they belong to', () => {
    const seen: [string, number][] = []
    const actor: Actor<number, Event, string> = new Actor(0, next, (effect) => {
      seen.push([effect, actor.state])
    })
    actor.send({ add: 4 })
    actor.send({ add: 1 })
    expect(seen).toEqual([['half of 4', 4]])
    expect(actor.state).toBe(5)
  })

  test('takes an event that comes of an effect after the present one is done', () => {
    const states: number[] = []
    const actor: Actor<number, Event, string> = new Actor(0, next, (effect, send) => {
      const before = actor.state
      send({ add: Number(effect.slice('half of '.length)) / 2 })
      expect(actor.state).toBe(before)
    })
    actor.store.subscribe((state) => states.push(state))
    actor.send({ add: 8 })
    expect(states).toEqual([8, 12, 14, 15])
  })

  test('takes an event that comes of a subscriber in its turn, and in order', () => {
    const taken: number[] = []
    const actor = new Actor<number, Event, string>(
      0,
      (state, event) => {
        taken.push(event.add)
        return next(state, event)
      },
      () => undefined,
    )
    actor.store.subscribe((state) => {
      if (state !== 1) return
      actor.send({ add: 10 })
      actor.send({ add: 20 })
    })
    actor.send({ add: 1 })
    expect(taken).toEqual([1, 10, 20])
    expect(actor.state).toBe(31)
  })

  test('is silent once it is disposed of, also for events that were waiting', () => {
    let sendLate: (event: Event) => void = () => undefined
    const actor: Actor<number, Event, string> = new Actor(0, next, (_, send) => {
      sendLate = send
      send({ add: 100 })
      actor.dispose()
    })
    actor.send({ add: 2 })
    sendLate({ add: 100 })
    actor.send({ add: 100 })
    expect(actor.state).toBe(2)
  })

  test('goes on after an effect that throws', () => {
    const actor: Actor<number, Event, string> = new Actor(0, next, () => {
      throw new Error('a bug')
    })
    expect(() => {
      actor.send({ add: 2 })
    }).toThrow('a bug')
    actor.send({ add: 1 })
    expect(actor.state).toBe(3)
  })

  test('an event that changes nothing tells nobody', () => {
    let count = 0
    const actor = new Actor<number, Event, string>(0, next, () => undefined)
    actor.store.subscribe(() => (count += 1))
    actor.send({ add: 0 })
    expect(count).toBe(0)
  })
})
