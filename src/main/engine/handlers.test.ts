import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper } from '../beeper-port.ts'
import { bench } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { settle } from '../testing/fakes.ts'
import { found } from '../testing/samples.ts'

describe('commands out of season', () => {
  test('change nothing and break nothing', async () => {
    const one = bench({ beeper: { probe: () => Promise.resolve(undefined) } })
    one.engine.launch()
    await settle()
    const before = one.engine.state.getState()
    const inputs = {
      'account.submitCode': { code: '1' },
      'account.register': { username: 'sam', acceptTerms: true },
      'security.unlock': { recoveryKey: 'k' },
      'security.confirmRecoveryKey': { recoveryKey: 'k', group: 0, typedGroup: 'k' },
      'connect.open': { bridgeID: 'b' },
      'connect.choose': { connectionID: 'c', flowID: 'f' },
      'connect.submit': { connectionID: 'c', fields: {} },
      'connect.leave': { connectionID: 'c' },
      'connect.again': { connectionID: 'c' },
      'find.use': { origin: 'http://127.0.0.1:1' },
      'account.sendCode': { email: 'sam@example.com' },
      'account.changeAddress': undefined,
      'account.authorise': undefined,
      'account.cancelAuthorise': undefined,
      'account.retryKeychain': undefined,
      'account.keepForThisRun': undefined,
      'account.signInAgain': undefined,
      'security.createRecoveryKey': undefined,
      'networks.refresh': undefined,
      'app.openPhone': undefined,
    } as const
    for (const [name, input] of Object.entries(inputs))
      await (one.handlers[name as keyof typeof inputs] as (input: unknown) => unknown)(input)
    await settle()
    expect(one.engine.state.getState()).toEqual(before)
    expect(one.log.lines).toEqual([])
  })
})

describe('an address that was typed', () => {
  const at = (probe: Beeper['probe']): Bench =>
    bench({ beeper: { originFrom: () => ok('http://127.0.0.1:4000'), probe } })

  test('is remembered by its port once a Beeper was found there', async () => {
    const one = at(() => Promise.resolve(found))
    expect(await one.handlers['find.useAddress']({ address: '4000' })).toMatchObject({ ok: true })
    expect(one.engine.journal.ports).toContain(4000)
    expect(one.engine.account.state.phase).toBe('restoring')
  })

  test.each([
    [undefined, 'beeper.unreachable'],
    [{ ...found, state: 'not-beeper' }, 'beeper.not-beeper'],
    [{ ...found, state: 'too-old' }, 'beeper.too-old'],
  ] as const)('with %j behind it is refused in words', async (what, code) => {
    const one = at(() => Promise.resolve(what))
    expect(await one.handlers['find.useAddress']({ address: '4000' })).toMatchObject({ ok: false })
    expect(one.engine.state.getState().finding).toMatchObject({ opening: undefined, problem: { code } })
    expect(one.engine.journal.ports).not.toContain(4000)
  })
})
