import { expect, test } from 'vitest'
import { buildBridge } from '#contract/bridge-api'
import type { PublishedView, View } from '#contract/view'
import { mirror } from './mirror.ts'

const view = (appVersion: string): View => ({
  chapters: [],
  screen: { name: 'first-sync', sinceMs: 0 },
  beeper: undefined,
  isDemo: false,
  isOffline: false,
  appVersion,
  requests: [],
  encryption: undefined,
  running: [],
  language: 'en',
  system: 'linux',
})

function main() {
  let publish: (published: PublishedView) => void = () => undefined
  let answer: (value: unknown) => void = () => undefined
  let isHeard = false
  let wasHeardFirst = false
  const bridge = buildBridge({
    call: () => {
      wasHeardFirst = isHeard
      return new Promise((resolve) => (answer = resolve))
    },
    listen: (listener) => {
      isHeard = true
      publish = listener
      return () => (isHeard = false)
    },
  })
  return {
    bridge,
    publish: (rev: number, version: string) => {
      publish({ rev, view: view(version) })
    },
    answer: async (value: unknown) => {
      answer(value)
      await Promise.resolve()
      await Promise.resolve()
    },
    wasHeardFirst: () => wasHeardFirst,
    isHeard: () => isHeard,
  }
}

test('listens before it asks', () => {
  const { bridge, wasHeardFirst } = main()
  expect(mirror(bridge).store.getState()).toBeUndefined()
  expect(wasHeardFirst()).toBe(true)
})

test('a late answer does not undo what was heard since', async () => {
  const { bridge, publish, answer } = main()
  const { store } = mirror(bridge)
  publish(7, 'new')
  await answer({ ok: true, value: { rev: 6, view: view('old') } })
  expect(store.getState()?.appVersion).toBe('new')
})

test('the higher revision wins, whatever the order', () => {
  const { bridge, publish } = main()
  const { store } = mirror(bridge)
  publish(2, 'two')
  publish(1, 'one')
  expect(store.getState()?.appVersion).toBe('two')
  publish(3, 'three')
  expect(store.getState()?.appVersion).toBe('three')
})

test('a View that says the same is the same', () => {
  const { bridge, publish } = main()
  const { store } = mirror(bridge)
  publish(1, 'one')
  const before = store.getState()
  publish(2, 'one')
  expect(store.getState()).toBe(before)
})

test('a refused question leaves the mirror listening, and it can be stopped', async () => {
  const { bridge, publish, answer, isHeard } = main()
  const { store, stop } = mirror(bridge)
  await answer({ ok: false, problem: { code: 'unexpected', retry: 'now' } })
  publish(1, 'one')
  expect(store.getState()?.appVersion).toBe('one')
  stop()
  expect(isHeard()).toBe(false)
})
