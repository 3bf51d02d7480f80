import { expect, test } from 'vitest'
import { fakeClock } from '../testing/fakes.ts'
import { createContentProtection, lingerMs } from './content-protection.ts'

function rig() {
  const clock = fakeClock()
  const calls: string[] = []
  const windows = (name: string) => {
    let isDestroyed = false
    return {
      isDestroyed: () => isDestroyed,
      setContentProtection: (isOn: boolean) => void calls.push(`${name} ${isOn ? 'on' : 'off'}`),
      destroy: () => (isDestroyed = true),
    }
  }
  const first = windows('first')
  let current: ReturnType<typeof windows> | undefined = first
  let isWanted = true
  const protection = createContentProtection({ appWindow: () => current, isWanted: () => isWanted, clock })
  return {
    clock,
    calls,
    protection,
    first,
    close: () => {
      current?.destroy()
      current = undefined
    },
    open: (name: string) => (current = windows(name)),
    turn: (isOn: boolean) => (isWanted = isOn),
  }
}

test('ONE-4: on at once with a secret, off when its last frame is gone, and told once each', () => {
  const { protection, calls, clock } = rig()
  protection.follow(false)
  clock.pass(lingerMs)
  expect(calls).toEqual([])
  protection.follow(true)
  protection.follow(true)
  expect(calls).toEqual(['first on'])
  protection.follow(false)
  protection.follow(false)
  clock.pass(lingerMs - 1)
  expect(calls).toEqual(['first on'])
  clock.pass(1)
  expect(calls).toEqual(['first on', 'first off'])
  expect(clock.waiting).toBe(0)
})

test('ONE-4: from one secret to the next it stays on', () => {
  const { protection, calls, clock } = rig()
  protection.follow(true)
  protection.follow(false)
  clock.pass(lingerMs - 1)
  protection.follow(true)
  clock.pass(lingerMs)
  expect(calls).toEqual(['first on'])
})

test('ONE-4: with the switch off it is never touched', () => {
  const { protection, calls, clock, turn } = rig()
  turn(false)
  for (const isSecret of [true, false, true, true, false]) protection.follow(isSecret)
  clock.pass(lingerMs)
  expect(calls).toEqual([])
})

test('ONE-4: the switch counts at once, in both directions', () => {
  const { protection, calls, clock, turn } = rig()
  protection.follow(true)
  turn(false)
  protection.follow(true)
  expect(calls).toEqual(['first on', 'first off'])
  turn(true)
  protection.follow(true)
  expect(calls).toEqual(['first on', 'first off', 'first on'])
  protection.follow(false)
  turn(false)
  protection.follow(false)
  expect(calls.at(-1)).toBe('first off')
  clock.pass(lingerMs)
  expect(calls).toHaveLength(4)
})

test('ONE-4: a window that is opened anew over a secret gets it too, one that is gone is left alone', () => {
  const { protection, calls, clock, close, open } = rig()
  protection.follow(true)
  close()
  protection.follow(true)
  open('second')
  protection.follow(true)
  expect(calls).toEqual(['first on', 'second on'])
  close()
  protection.follow(false)
  clock.pass(lingerMs)
  expect(calls).toEqual(['first on', 'second on'])
})
