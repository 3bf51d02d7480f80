import { describe, expect, test } from 'vitest'
import { atCode, bench } from '../../testing/account-bench.ts'
import { bad, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { server, setupOf } from '../../testing/samples.ts'

describe('the code', () => {
  test('is sent with one start and one mail', async () => {
    const one = await atCode()
    expect(one.account.state).toMatchObject({ requestID: 'r1', sentCount: 1 })
    expect(one.progress()).toMatchObject({ email: 'sam@example.com', server: { origin: server.origin } })
  })

  test('asked for again goes out with the same handle, or with a new one if that has gone: one click, one mail', async () => {
    const sent: string[] = []
    const one = await atCode({
      start: () => good('r2'),
      sendEmail: (_, requestID) => {
        sent.push(requestID)
        return sent.length === 2 ? bad(problemOf('account.request-gone')) : good(undefined)
      },
    })
    one.clock.pass(30_000)
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    expect(sent).toEqual(['r2', 'r2', 'r2'])
    expect(one.did.filter((what) => what === 'beeper.start')).toHaveLength(1)
    expect(one.account.state).toMatchObject({ phase: 'code', sentCount: 2, canResend: false })
  })

  test('RUN-1: a mail that failed is not sent again by itself', async () => {
    const one = await atCode({ sendEmail: () => good(undefined) })
    one.beeper.sendEmail = () => bad(problemOf('beeper.timeout'))
    one.clock.pass(30_000)
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    expect(one.did.filter((what) => what === 'beeper.sendEmail')).toHaveLength(1)
    expect(one.account.state).toMatchObject({ problem: { code: 'beeper.timeout' }, busy: 'no' })
  })

  test('is waited for again after a relaunch, for a quarter of an hour', async () => {
    const one = await atCode()
    for (const [afterMs, phase] of [
      [14 * 60_000, 'code'],
      [16 * 60_000, 'email'],
    ] as const) {
      const next = bench({ progress: one.progress(), beeper: { glanceAtSetup: () => good(setupOf('needs-login')) } })
      next.vault.tokens.set(`${server.origin}#request`, 'r1')
      next.clock.pass(afterMs)
      next.engine.launch()
      await settle()
      expect(next.phase()).toBe(phase)
    }
  })
})
