import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper } from '../beeper-port.ts'
import { signedIn } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { secrets, setupOf } from '../testing/samples.ts'

describe('ONE-3: the recovery key', () => {
  const atKey = (beeper: Partial<Beeper> = {}): Promise<Bench> =>
    signedIn({ glanceAtSetup: () => good(setupOf('needs-cross-signing-setup')), ...beeper })

  test('ONE-1: is made after its intent is on the disk, answered once, and never part of the state', async () => {
    const one = await atKey({ createKey: () => good(secrets.recoveryKey) })
    one.did.length = 0
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toEqual(
      ok({ recoveryKey: secrets.recoveryKey }),
    )
    expect(one.did).toEqual([
      'intent+ appSetupVerificationRecoveryKeyReset',
      'beeper.createKey',
      'intent- appSetupVerificationRecoveryKeyReset',
    ])
    expect(one.screen()).toBe('recovery-key')
    expect(JSON.stringify(one.engine.state.getState().security)).not.toContain('SECRET')
    expect(JSON.stringify(one.progress())).not.toContain('SECRET')
  })

  test('is not made twice at a time, nor while one is being adopted', async () => {
    const key = deferred<Result<string>>()
    const one = await atKey({ createKey: () => key.promise, confirmKey: () => new Promise(() => undefined) })
    const first = one.handlers['security.createRecoveryKey'](undefined)
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toMatchObject({
      ok: false,
      problem: { code: 'command.not-now' },
    })
    key.resolve(ok('EsTc 1234'))
    await first
    void one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '1234' })
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toMatchObject({ ok: false })
    expect(one.count('createKey')).toBe(1)
  })

  test('is adopted only after one of its groups was typed from the copy', async () => {
    const one = await atKey({ createKey: () => good('EsTc 1234'), confirmKey: () => good(setupOf('ready')) })
    await one.handlers['security.createRecoveryKey'](undefined)
    void one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '9999' })
    await settle()
    expect(one.count('confirmKey')).toBe(0)
    expect(one.engine.security.state.key).toMatchObject({
      phase: 'showing',
      problem: { code: 'security.copy-not-proved' },
    })
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    void one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '1234' })
    await settle()
    expect(one.count('confirmKey')).toBe(1)
    expect(one.screen()).toBe('connect')
  })

  test('that could not be made says why and may be asked for again', async () => {
    const one = await atKey({ createKey: () => bad(problemOf('beeper.timeout')) })
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toMatchObject({
      ok: false,
      problem: { code: 'beeper.timeout' },
    })
    expect(one.engine.security.state.key).toMatchObject({ phase: 'ask', problem: { code: 'beeper.timeout' } })
    expect(one.count('createKey')).toBe(1)
  })

  test('unlocking with a wrong key says so', async () => {
    const one = await signedIn({
      glanceAtSetup: () => good(setupOf('needs-verification')),
      unlock: () => bad(problemOf('security.key-refused')),
    })
    void one.handlers['security.unlock']({ recoveryKey: ' key ' })
    await settle()
    expect(one.engine.security.state.unlock).toMatchObject({ isBusy: false, problem: { code: 'security.key-refused' } })
  })
})
