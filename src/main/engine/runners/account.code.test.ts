import { describe, expect, test } from 'vitest'
import { atCode, bench, signedIn } from '../../testing/account-bench.ts'
import { bad, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { remembered, server, setupOf } from '../../testing/samples.ts'

describe('the code', () => {
  test('is sent with one start and one mail', async () => {
    const one = await atCode()
    expect(one.account.state).toMatchObject({ requestID: 'r1', sentCount: 1 })
    expect(one.progress()).toMatchObject({ email: 'sam@example.com', origin: server.origin })
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

  test('KEY-5, KEY-7: where the keychain is done without, the handle of an earlier run is left alone', async () => {
    const one = bench({
      progress: {
        origin: server.origin,
        servers: [remembered()],
        request: { origin: server.origin, sentAt: '2023-11-14T22:10:00.000Z' },
      },
      beeper: {
        glanceAtSetup: () => good(setupOf('needs-login')),
        start: () => good('r2'),
        sendEmail: () => good(undefined),
        respond: () => good(signedIn),
      },
    })
    one.vault.readProblem = problemOf('keychain.denied')
    one.vault.probeProblem = problemOf('keychain.denied')
    one.engine.launch()
    await settle()
    expect(one.phase()).toBe('probing')
    one.account.send({ type: 'keptForThisRun' })
    one.vault.asked.length = 0
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    expect(one.vault.asked).toEqual([])
  })
})
