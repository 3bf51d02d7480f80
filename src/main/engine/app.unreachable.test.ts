import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { signedIn } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { otherServer, secrets, server, setupOf } from '../testing/samples.ts'

const away = problemOf('beeper.unreachable')

/** A launch with a saved sign-in, at a server that does not answer. */
async function atUnreachable(): Promise<Bench> {
  const one = await signedIn({ glanceAtSetup: () => bad(away) })
  expect(one.view().screen).toEqual({ name: 'unreachable', origin: server.origin, problem: away })
  return one
}

async function pass(one: Bench, ms: number): Promise<void> {
  one.clock.pass(ms)
  await settle()
}

describe('RUN-3: a server that does not answer', () => {
  test('is asked every 2 s for as long as it takes, with the sign-in that was read once', async () => {
    const one = await atUnreachable()
    for (let round = 2; round <= 5; round += 1) {
      await pass(one, 1_999)
      expect(one.count('glanceAtSetup')).toBe(round - 1)
      await pass(one, 1)
      expect(one.count('glanceAtSetup')).toBe(round)
    }
    one.beeper.glanceAtSetup = ({ token }) =>
      token === secrets.token ? good(setupOf('ready')) : bad(problemOf('beeper.token-refused'))
    await pass(one, 2_000)
    expect(one.screen()).toBe('connect')
    expect(one.vault.asked).toEqual([`read ${server.origin}`])
  })

  test('is not asked again before it has answered', async () => {
    const one = await atUnreachable()
    const answer = deferred<Result<ReturnType<typeof setupOf>>>()
    one.beeper.glanceAtSetup = () => answer.promise
    await pass(one, 60_000)
    expect(one.count('glanceAtSetup')).toBe(2)
    answer.resolve({ ok: false, problem: away })
    await settle()
    await pass(one, 2_000)
    expect(one.count('glanceAtSetup')).toBe(3)
  })

  test('is not asked while nobody can see it, and at once when somebody can', async () => {
    const one = await atUnreachable()
    one.engine.setVisible(false)
    await pass(one, 3_600_000)
    expect(one.count('glanceAtSetup')).toBe(1)
    one.engine.setVisible(true)
    await settle()
    expect(one.count('glanceAtSetup')).toBe(2)
    await pass(one, 2_000)
    expect(one.count('glanceAtSetup')).toBe(3)
    // Shown while the wait still runs, it is not asked twice.
    one.engine.setVisible(false)
    one.engine.setVisible(true)
    await pass(one, 1_999)
    expect(one.count('glanceAtSetup')).toBe(3)
  })

  test('is asked at once when the person wants so', async () => {
    const one = await atUnreachable()
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    void one.handlers['account.checkAgain'](undefined)
    await settle()
    expect(one.screen()).toBe('connect')
  })

  test('says why, as it is now', async () => {
    const one = await atUnreachable()
    one.beeper.glanceAtSetup = () => bad(problemOf('beeper.cert-expired'))
    await pass(one, 2_000)
    expect(one.view().screen).toMatchObject({ name: 'unreachable', problem: { code: 'beeper.cert-expired' } })
  })

  test('that was left is not asked again, whatever was due', async () => {
    const one = await atUnreachable()
    one.engine.setVisible(false)
    await pass(one, 10_000)
    await one.handlers['find.leave'](undefined)
    one.engine.setVisible(true)
    await pass(one, 60_000)
    expect(one.count('glanceAtSetup')).toBe(1)
    // What was due at the first server is nothing to the second.
    const asked: string[] = []
    one.beeper.glanceAtSetup = ({ origin }) => {
      asked.push(origin)
      return new Promise(() => undefined)
    }
    one.engine.choose(otherServer)
    await pass(one, 60_000)
    expect(asked).toEqual([otherServer.origin])
  })
})

describe('a server that takes long', () => {
  test('is said to take long after 3 s, while the keychain is quick', async () => {
    const one = await signedIn({ glanceAtSetup: () => new Promise(() => undefined) })
    expect(one.view().screen).toEqual({ name: 'starting', waitsFor: 'beeper', isSlow: false })
    await pass(one, 2_999)
    expect(one.view().screen).toMatchObject({ isSlow: false })
    await pass(one, 1)
    expect(one.view().screen).toEqual({ name: 'starting', waitsFor: 'beeper', isSlow: true })
  })
})
