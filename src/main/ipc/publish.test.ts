import { buildBridge } from '#contract/bridge-api'
import { commandNames } from '#contract/command-names'
import type { PublishedView, View } from '#contract/view'
import { expect, test } from 'vitest'
import { createPublisher, sendTo } from './publish.ts'

function view(appVersion: string): View {
  const screen = { name: 'first-sync', sinceMs: 0 } as const
  const about = { appVersion, system: 'linux', language: 'en' } as const
  const nothing = {
    beeper: undefined,
    isDemo: false,
    isOffline: false,
    requests: [],
    running: [],
    encryption: undefined,
  }
  return { chapters: [], screen, ...nothing, ...about }
}

const tick = () => new Promise((resolve) => setImmediate(resolve))

test('publish: changes within a tick are sent once, the newest, with a growing revision', async () => {
  const sent: PublishedView[] = []
  const publisher = createPublisher(view('0'), (published) => sent.push(published))
  expect(publisher.current().rev).toBe(1)
  publisher.publish(view('1'))
  publisher.publish(view('2'))
  expect(sent).toEqual([])
  expect(publisher.current().view.appVersion).toBe('2')
  await tick()
  expect(sent.map(({ rev, view: { appVersion } }) => [rev, appVersion])).toEqual([[3, '2']])
  publisher.publish(view('3'))
  await tick()
  expect(sent.map(({ rev }) => rev)).toEqual([3, 4])
})

test('publish: the same View again is nothing new', async () => {
  const sent: PublishedView[] = []
  const same = view('1')
  const publisher = createPublisher(same, (published) => sent.push(published))
  publisher.publish(same)
  await tick()
  expect(sent).toEqual([])
})

test('publish: a window that is gone is passed over', () => {
  const sent: unknown[] = []
  const published = { rev: 1, view: view('1') }
  const receiver = (isGone: boolean, arePagesGone: boolean) => ({
    isDestroyed: () => isGone,
    webContents: { isDestroyed: () => arePagesGone, send: (...args: unknown[]) => sent.push(args) },
  })
  sendTo(() => undefined)(published)
  sendTo(() => receiver(true, false))(published)
  sendTo(() => receiver(false, true))(published)
  expect(sent).toEqual([])
  sendTo(() => receiver(false, false))(published)
  expect(sent).toEqual([['drawbridge:view', published]])
})

test('IPC-4: the exposed object holds functions only, one for each command', () => {
  const api = buildBridge({ call: async () => undefined, listen: () => () => undefined })
  const found = Object.entries(api).flatMap(([group, member]) =>
    typeof member === 'function'
      ? [group]
      : Object.entries(member).map(([verb, call]) => {
          expect(typeof call).toBe('function')
          return `${group}.${verb}`
        }),
  )
  expect(found.sort()).toEqual([...commandNames, 'onView'].sort())
})
