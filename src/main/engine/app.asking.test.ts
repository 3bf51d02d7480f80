import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { EventListener } from '../beeper-port.ts'
import { viewOf } from '../domain/view.ts'
import { signedIn } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { about, problem, setupOf } from '../testing/samples.ts'

describe('RUN-3: how often the server is asked', () => {
  test('the setup state: every 2 s while it is not ready, 10 s after that, and at once when the channel says so', async () => {
    let listener: EventListener | undefined
    let setup = setupOf('needs-first-sync')
    const one = await signedIn({
      glanceAtSetup: () => good(setup),
      listen: (_, given) => {
        listener = given
        return () => undefined
      },
    })
    const asked = async (ms: number): Promise<number> => {
      const before = one.count('glanceAtSetup')
      one.clock.pass(ms)
      await settle()
      return one.count('glanceAtSetup') - before
    }
    expect(await asked(1_999)).toBe(0)
    expect(await asked(1)).toBe(1)
    expect(await asked(2_000)).toBe(1)
    setup = setupOf('ready')
    expect(await asked(2_000)).toBe(1)
    expect(await asked(9_999)).toBe(0)
    expect(await asked(1)).toBe(1)
    listener?.started()
    await settle()
    expect(await asked(14_999)).toBe(0)
    expect(await asked(1)).toBe(1)
    listener?.ended()
    await settle()
    expect(await asked(10_000)).toBe(1)
  })

  test('never twice at a time: a slow answer is not joined by a second question', async () => {
    const signals: (AbortSignal | undefined)[] = []
    const one = await signedIn()
    one.beeper.glanceAtSetup = ({ signal }) => {
      signals.push(signal)
      return new Promise(() => undefined)
    }
    one.clock.pass(10_000)
    one.engine.security.send({ type: 'readDue' })
    one.engine.security.send({ type: 'listeningEnded' })
    expect(signals.filter((signal) => signal?.aborted === false)).toHaveLength(1)
  })

  test('an answer to a question that was replaced is not heard', async () => {
    const late = deferred<Result<ReturnType<typeof setupOf>>>()
    const one = await signedIn()
    one.beeper.glanceAtSetup = () => late.promise
    one.clock.pass(10_000)
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    one.engine.security.send({ type: 'readDue' })
    await settle()
    late.resolve(ok(setupOf('needs-secrets')))
    await settle()
    expect(one.engine.security.state.setup?.state).toBe('ready')
  })

  test('offline is said with the first failed answer, tried every 2 s, and over with the first good one', async () => {
    const one = await signedIn()
    const offline = (): boolean => viewOf(one.engine.state.getState(), about).isOffline
    one.beeper.glanceAtSetup = () => bad(problemOf('beeper.unreachable'))
    one.clock.pass(10_000)
    await settle()
    expect(offline()).toBe(true)
    one.clock.pass(2_000)
    await settle()
    expect(offline()).toBe(true)
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    one.clock.pass(2_000)
    await settle()
    expect(offline()).toBe(false)
  })

  test('the networks: every 60 s, and every 5 s while they cannot be read', async () => {
    const one = await signedIn()
    expect(one.count('readNetworks')).toBe(1)
    one.clock.pass(60_000)
    await settle()
    expect(one.count('readNetworks')).toBe(2)
    const other = await signedIn({ readNetworks: () => bad(problemOf('beeper.upstream')) })
    other.clock.pass(5_000)
    await settle()
    expect(other.count('readNetworks')).toBe(2)
    expect(other.engine.networks.state).toMatchObject({ status: 'failed' })
  })

  test('the networks are not asked for before the server is usable', async () => {
    const one = await signedIn({ glanceAtSetup: () => good(setupOf('needs-verification')) })
    expect(one.count('readNetworks')).toBe(0)
    one.beeper.glanceAtSetup = () => good(setupOf('needs-first-sync'))
    one.clock.pass(2_000)
    await settle()
    expect(one.count('readNetworks')).toBe(1)
  })

  test('after leaving, nothing of it is asked any more', async () => {
    const one = await signedIn()
    one.beeper.probe = () => bad(problem)
    await one.engine.leave()
    one.did.length = 0
    for (let n = 0; n < 10; n += 1) {
      one.clock.pass(10_000)
      await settle()
    }
    expect(new Set(one.did)).toEqual(new Set(['beeper.probe']))
  })
})
