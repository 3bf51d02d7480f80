import { en } from '#messages/en'
import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { fakeClock, fakeLog } from '../testing/fakes.ts'
import { hungAfterMs, stoppedPage, watchErrors, watchPage } from './crash.ts'

function rig() {
  const events = new EventEmitter()
  const clock = fakeClock()
  const log = fakeLog()
  const done: string[] = []
  let isDestroyed = false
  const contents = Object.assign(events, {
    isDestroyed: () => isDestroyed,
    forcefullyCrashRenderer: () => void done.push('killed'),
  })
  watchPage({ contents, reload: () => done.push('reload'), showStopped: () => done.push('stopped'), clock, log })
  const crash = (reason = 'crashed') => {
    events.emit('render-process-gone', {}, { reason })
    clock.pass(0)
  }
  return { events, clock, log, done, crash, destroy: () => (isDestroyed = true) }
}

describe('WIN-7: a page that dies comes back', () => {
  test('WIN-7: three times a minute it is reloaded, then it is stopped, and a minute later reloaded again', () => {
    const { crash, done, clock } = rig()
    for (let n = 0; n < 3; n += 1) crash(['crashed', 'killed', 'oom'][n])
    expect(done).toEqual(['reload', 'reload', 'reload'])
    crash()
    expect(done.at(-1)).toBe('stopped')
    clock.pass(60_000)
    crash()
    expect(done.at(-1)).toBe('reload')
  })

  test('WIN-7: an ordinary end and a closed window are left alone', () => {
    const { crash, done, destroy } = rig()
    crash('clean-exit')
    destroy()
    crash()
    expect(done).toEqual([])
  })

  test('WIN-7: a page that hangs is ended, one that recovers is not', () => {
    const { events, clock, done } = rig()
    events.emit('unresponsive')
    clock.pass(hungAfterMs - 1)
    events.emit('responsive')
    clock.pass(hungAfterMs)
    expect(done).toEqual([])
    events.emit('unresponsive')
    clock.pass(hungAfterMs)
    expect(done).toEqual(['killed'])
  })

  test('WIN-7: the static page has no script, and its words are text', () => {
    const page = decodeURIComponent(
      stoppedPage({ ...en.native.crash, title: '<script>alert(1)</script>', text: '"\'&' }),
    )
    expect(page).toMatch(/^data:text\/html/)
    expect(page).not.toContain('<script')
    expect(page).toContain('&#34;&#39;&#38;')
    expect(page).toContain("default-src 'none'")
  })
})

test('RUN-8: what nobody caught is logged and shown, and the app goes on', () => {
  const fakeProcess = new EventEmitter()
  const log = fakeLog()
  let shown = 0
  watchErrors(fakeProcess, log, () => (shown += 1))
  fakeProcess.emit('uncaughtException', new Error('boom'))
  fakeProcess.emit('unhandledRejection', 'not even an error')
  expect(log.lines.map(({ event }) => event)).toEqual(['process.uncaughtException', 'process.unhandledRejection'])
  expect(shown).toBe(2)
})
