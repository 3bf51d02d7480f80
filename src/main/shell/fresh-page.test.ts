import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { fakeClock, fakeLog } from '../testing/fakes.ts'
import { appPage } from './assets.ts'
import { watchPage } from './crash.ts'
import { createFreshPage } from './fresh-page.ts'

interface Page {
  isLoading: boolean
  isCrashed: boolean
  isDestroyed: boolean
  url: string
}

function rig(state: Partial<Page> = {}) {
  const page: Page = { isLoading: false, isCrashed: false, isDestroyed: false, url: appPage, ...state }
  const events = new EventEmitter()
  const log = fakeLog()
  const done: string[] = []
  const contents = Object.assign(events, {
    isDestroyed: () => page.isDestroyed,
    isCrashed: () => page.isCrashed,
    isLoadingMainFrame: () => page.isLoading,
    getURL: () => page.url,
    reload: () => void done.push('reload'),
    forcefullyCrashRenderer: () => void done.push('killed'),
  })
  let current: typeof contents | undefined = contents
  let hasSecret = false
  const fresh = createFreshPage({ contents: () => current, holdsSecret: () => hasSecret, log })
  return {
    page,
    events,
    contents,
    log,
    done,
    fresh,
    close: () => (current = undefined),
    take: () => (hasSecret = true),
    load: () => {
      page.isLoading = false
      events.emit('did-stop-loading')
    },
  }
}

test('SEC-6: the page is reloaded, and the log says so without a word of why', () => {
  const { fresh, done, log } = rig()
  fresh.renew()
  expect(done).toEqual(['reload'])
  expect(log.lines).toEqual([{ level: 'info', event: 'page.renewed', facts: undefined }])
})

test('SEC-6: while it is loading it is left to come to rest, then reloaded once', () => {
  const { fresh, done, load } = rig({ isLoading: true })
  fresh.renew()
  fresh.renew()
  expect(done).toEqual([])
  load()
  load()
  expect(done).toEqual(['reload'])
  fresh.renew()
  expect(done).toEqual(['reload', 'reload'])
})

test('SEC-6: a key that it shows by the time it has come to rest is not taken away', () => {
  const { fresh, done, load, take } = rig({ isLoading: true })
  fresh.renew()
  take()
  load()
  expect(done).toEqual([])
})

test('SEC-6: without a window there is nothing to do', () => {
  const { fresh, done, close } = rig()
  close()
  fresh.renew()
  expect(done).toEqual([])
})

test.each([
  ['a page that died, which crash.ts loads', { isCrashed: true }],
  ['a page that is gone', { isDestroyed: true }],
  ['the static page', { url: 'data:text/html,stopped' }],
  ['a window that was led elsewhere', { url: 'https://evil.example/' }],
] as const)('SEC-6: it keeps its hands off %s, at once and after loading', (_name, state) => {
  const { fresh, done } = rig(state)
  fresh.renew()
  expect(done).toEqual([])
  const loading = rig({ isLoading: true })
  loading.fresh.renew()
  Object.assign(loading.page, state)
  loading.load()
  expect(loading.done).toEqual([])
})

test('SEC-6: however often it reloads, a page that dies is still brought back', () => {
  const { fresh, done, contents, events, log } = rig()
  const clock = fakeClock()
  watchPage({ contents, reload: () => done.push('brought back'), showStopped: () => done.push('stopped'), clock, log })
  for (let n = 0; n < 10; n += 1) fresh.renew()
  events.emit('render-process-gone', {}, { reason: 'crashed' })
  clock.pass(0)
  expect(done.at(-1)).toBe('brought back')
})
