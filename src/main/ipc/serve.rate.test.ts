import { describe, expect, test } from 'vitest'
import { good, rig } from '../testing/serve-rig.ts'

describe('IPC-3: commands are counted', () => {
  test('IPC-3: of 5,000 at once 40 pass, and 20 a second from then on', async () => {
    const { call, clock, seen, log } = rig()
    const results = await Promise.all(Array.from({ length: 5000 }, () => call(good, 'app.view', undefined)))
    expect(seen).toHaveLength(40)
    expect(results.filter((result) => JSON.stringify(result).includes('command.refused'))).toHaveLength(4960)
    // A flood leaves one line, not 4,960.
    expect(log.lines).toHaveLength(1)
    for (let n = 0; n < 1000; n += 1) {
      clock.pass(10)
      await call(good, 'app.view', undefined)
    }
    expect(seen.length - 40).toBeGreaterThanOrEqual(199)
    expect(seen.length - 40).toBeLessThanOrEqual(201)
  })

  test('IPC-3: with 100 unanswered the next one is refused, until one is answered', async () => {
    const answers: (() => void)[] = []
    const { call, clock } = rig(
      () => new Promise((resolve) => answers.push(() => resolve({ ok: true, value: undefined }))),
    )
    const pending = Array.from({ length: 100 }, () => {
      clock.pass(100)
      return call(good, 'app.view', undefined)
    })
    clock.pass(10_000)
    expect(await call(good, 'app.view', undefined)).toMatchObject({
      ok: false,
      problem: { code: 'command.refused', retry: 'later' },
    })
    answers[0]?.()
    await pending[0]
    const next = call(good, 'app.view', undefined)
    answers.at(-1)?.()
    expect(await next).toMatchObject({ ok: true })
  })

  test("IPC-3: strangers do not use up the page's commands", async () => {
    const { call } = rig()
    await Promise.all(
      Array.from({ length: 500 }, () => call({ sender: { id: 9 }, senderFrame: null }, 'app.view', undefined)),
    )
    expect(await call(good, 'app.view', undefined)).toMatchObject({ ok: true })
  })
})
