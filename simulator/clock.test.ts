import { expect, test } from 'vitest'
import { Clock } from './clock.ts'

test('a step fires everything due on the way, in order and at its own instant', () => {
  const clock = new Clock(1_000, 0)
  const seen: [string, number][] = []
  clock.after(300, () => seen.push(['late', clock.now()]))
  clock.after(100, () => {
    seen.push(['early', clock.now()])
    clock.after(100, () => seen.push(['planned on the way', clock.now()]))
  })
  clock.after(900, () => seen.push(['not yet', clock.now()]))
  clock.step(500)
  expect(seen).toEqual([
    ['early', 1_100],
    ['planned on the way', 1_200],
    ['late', 1_300],
  ])
  expect(clock.now()).toBe(1_500)
})

test('a clock at scale 0 stands still until it is stepped', async () => {
  const clock = new Clock(0, 0)
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(clock.now()).toBe(0)
  clock.step(7)
  expect(clock.now()).toBe(7)
})

test('a scaled clock fires early in real time', async () => {
  const clock = new Clock(0, 1_000)
  const began = performance.now()
  await clock.sleep(10_000)
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('a cancelled timer never fires, and clearing wakes up who sleeps', async () => {
  const clock = new Clock(0, 0)
  let fired = 0
  clock.after(10, () => (fired += 1)).cancel()
  clock.after(10, () => (fired += 1))
  const asleep = clock.sleep(1_000)
  clock.clear()
  clock.step(100)
  await asleep
  expect(fired).toBe(0)
})
