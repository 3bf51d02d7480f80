import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { fakeLog } from '../testing/fakes.ts'
import { printPage } from './print-page.ts'

type Callback = (isDone: boolean, failureReason: string) => void

function rig() {
  const asked: unknown[] = []
  const callbacks: Callback[] = []
  const log = fakeLog()
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    print: (options: unknown, callback: Callback) => {
      asked.push(options)
      callbacks.push(callback)
    },
  })
  const answer = (isDone: boolean, reason: string): void => callbacks.shift()?.(isDone, reason)
  return { contents, log, asked, answer, print: () => printPage(contents, log) }
}

test('the dialog is shown, and only what was handed to a printer counts as printed', async () => {
  const { print, answer, asked, contents } = rig()
  const printing = print()
  answer(true, '')
  expect(await printing).toEqual({ ok: true, value: { isPrinted: true } })
  expect(asked).toEqual([{ silent: false, printBackground: false }])
  expect(contents.eventNames()).toEqual([])
})

test.each(['Print job canceled', 'cancelled', 'canceled'])(
  'a dialog that was closed is no problem: %s',
  async (reason) => {
    const { print, answer, log } = rig()
    const printing = print()
    answer(false, reason)
    expect(await printing).toEqual({ ok: true, value: { isPrinted: false } })
    expect(log.lines).toEqual([])
  },
)

test.each([
  ['Print job failed', 'job'],
  ['Invalid printer settings', 'settings'],
  ['Failed to enumerate printers', 'no-printer'],
  ['No printers available on the network', 'no-printer'],
  ['A reason of tomorrow', 'unknown'],
  ['', 'unknown'],
])('%o is a problem, logged by code', async (reason, detail) => {
  const { print, answer, log } = rig()
  const printing = print()
  answer(false, reason)
  expect(await printing).toEqual({ ok: false, problem: { code: 'security.print-failed', retry: 'now', detail } })
  expect(log.lines).toEqual([{ level: 'warn', event: 'print.failed', facts: { reason: detail } }])
})

test('while the dialog is open there is no second one, afterwards there is', async () => {
  const { print, answer, asked } = rig()
  const both = Promise.all([print(), print()])
  answer(true, '')
  expect(await both).toEqual([
    { ok: true, value: { isPrinted: true } },
    { ok: true, value: { isPrinted: true } },
  ])
  expect(asked).toHaveLength(1)
  const again = print()
  answer(false, 'Print job canceled')
  expect(await again).toEqual({ ok: true, value: { isPrinted: false } })
  expect(asked).toHaveLength(2)
})

test('a window that is closed under its dialog leaves nobody waiting', async () => {
  const { print, contents } = rig()
  const printing = print()
  contents.emit('destroyed')
  expect(await printing).toEqual({ ok: true, value: { isPrinted: false } })
})

test('without a window, and where Electron throws, it is a problem', async () => {
  const { contents, log } = rig()
  const problem = { ok: false, problem: { code: 'security.print-failed' } }
  expect(await printPage(undefined, log)).toMatchObject(problem)
  expect(await printPage(Object.assign(contents, { isDestroyed: () => true }), log)).toMatchObject(problem)
  const thrower = rig()
  thrower.contents.print = () => {
    throw new Error('no printing here')
  }
  expect(await thrower.print()).toMatchObject(problem)
  expect(thrower.contents.eventNames()).toEqual([])
})
