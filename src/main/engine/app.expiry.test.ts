import { describe, expect, test } from 'vitest'
import type { Consent } from '../beeper-port.ts'
import { signedIn } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { credentials, marker, otherServer, remembered, secrets, server, setupOf } from '../testing/samples.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** When the clock of the fakes begins. */
const nowMs = 1_700_000_000_000
const fresh = 'SECRET-new'

/** A run with a saved permission that was given just now for so long. */
async function givenFor(lifeMs: number, savedAtMs = nowMs): Promise<Bench> {
  const noted = {
    ...marker,
    source: 'oauth',
    expiresAtMs: savedAtMs + lifeMs,
    savedAt: new Date(savedAtMs).toISOString(),
  } as const
  return signedIn(
    {
      glanceAtSetup: ({ token }) =>
        token === undefined ? bad(problemOf('beeper.token-refused')) : good(setupOf('ready')),
    },
    { servers: [remembered({ marker: noted })], isFirstRunDone: true },
  )
}

/** Lets time pass as it does, hour by hour. */
async function pass(one: Bench, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= hourMs) {
    one.clock.pass(Math.min(left, hourMs))
    await settle()
  }
}
const isNear = (one: Bench): boolean => {
  const { screen } = one.view()
  return screen.name === 'home' && screen.expiresAtMs !== undefined
}

describe('a permission that runs out', () => {
  test.each([
    ['of 100 days: in the last week', 100 * dayMs, 93 * dayMs],
    ['of 10 weeks: in the last week', 70 * dayMs, 63 * dayMs],
    ['of 30 days: in the last tenth', 30 * dayMs, 27 * dayMs],
    ['of a day: in the last tenth', dayMs, 0.9 * dayMs],
    ['of an hour: in the last tenth', hourMs, 0.9 * hourMs],
  ])('%s is said to be near', async (_, lifeMs, nearAfterMs) => {
    const one = await givenFor(lifeMs)
    expect(one.screen()).toBe('home')
    await pass(one, nearAfterMs - minuteMs)
    expect(isNear(one)).toBe(false)
    await pass(one, minuteMs)
    expect(isNear(one)).toBe(true)
    expect(one.view().screen).toMatchObject({ expiresAtMs: nowMs + lifeMs })
    await pass(one, lifeMs - nearAfterMs - 1)
    expect(one.engine.account.state.phase).toBe('signed-in')
    await pass(one, 1)
    expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'expired' })
  })

  test('is measured from when it was given, not from when the app was opened', async () => {
    // Given 25 days ago for 30 days.
    const one = await givenFor(30 * dayMs, nowMs - 25 * dayMs)
    await pass(one, 2 * dayMs - minuteMs)
    expect(isNear(one)).toBe(false)
    await pass(one, minuteMs)
    expect(isNear(one)).toBe(true)
    expect(isNear(await givenFor(30 * dayMs, nowMs - 28 * dayMs))).toBe(true)
  })

  test('KEY-5: is said to be near, too, where the sign-in is kept for this run', async () => {
    const one = await givenFor(10 * dayMs)
    one.engine.account.send({ type: 'left' })
    await one.engine.journal.note({ servers: [remembered()] })
    one.engine.servers.hold(server, { ...credentials, expiresAtMs: nowMs + 10 * hourMs })
    one.engine.choose({ ...server })
    await settle()
    one.engine.go({ at: 'home' })
    expect(isNear(one)).toBe(false)
    await pass(one, 9 * hourMs)
    expect(isNear(one)).toBe(true)
    await pass(one, hourMs)
    expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'expired' })
  })

  test('come while the app runs: the server is asked without it, the keychain keeps it, and it is said', async () => {
    const one = await givenFor(hourMs)
    const asked: (string | undefined)[] = []
    one.beeper.glanceAtSetup = ({ token }) => {
      asked.push(token)
      return bad(problemOf('beeper.token-refused'))
    }
    one.engine.account.send({ type: 'expired' })
    await settle()
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'ask', reason: 'expired', problem: undefined })
    expect(asked).toEqual([undefined])
    expect(one.engine.target()).toBeUndefined()
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
  })

  test('KEY-7: come before the launch: the keychain is not read, and the server is asked without it', async () => {
    const one = await givenFor(hourMs, nowMs - hourMs)
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'ask', reason: 'expired' })
    expect(one.vault.asked).toEqual(['probe'])
    expect(one.did.filter((what) => what === 'beeper.glanceAtSetup')).toHaveLength(1)
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    // Given again, it is as before.
    one.beeper.askConsent = () =>
      good<Consent>({
        url: 'u',
        grant: good({ token: fresh, expiresAtMs: nowMs + dayMs }),
        cancel: () => undefined,
      })
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.screen()).toBe('home')
    expect(one.vault.tokens.get(server.origin)).toBe(fresh)
  })

  test('a millisecond before its end it still counts', async () => {
    expect((await givenFor(hourMs, nowMs - hourMs + 1)).screen()).toBe('home')
  })
})

describe('RUN-4: a wall clock that is moved', () => {
  test('over the end is noticed within the hour', async () => {
    const one = await givenFor(30 * dayMs)
    one.clock.moveWall(31 * dayMs)
    await pass(one, hourMs)
    expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'expired' })
  })

  test('near the end is noticed within the hour', async () => {
    const one = await givenFor(30 * dayMs)
    one.clock.moveWall(28 * dayMs)
    await pass(one, hourMs)
    expect(isNear(one)).toBe(true)
  })

  test('back makes the permission last as long as the clock says', async () => {
    const one = await givenFor(2 * hourMs)
    one.clock.moveWall(-dayMs)
    await pass(one, 3 * hourMs)
    expect(one.screen()).toBe('home')
    await pass(one, dayMs)
    expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'expired' })
  })
})

describe('the end of a permission is no longer watched', () => {
  const renew = async (one: Bench, expiresAtMs: number | undefined): Promise<void> => {
    one.beeper.askConsent = () =>
      good<Consent>({ url: 'u', grant: good({ token: fresh, expiresAtMs }), cancel: () => undefined })
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.engine.target()).toMatchObject({ token: fresh })
  }

  test('once there is a new one that has none', async () => {
    const one = await givenFor(10 * hourMs)
    await renew(one, undefined)
    await pass(one, 30 * dayMs)
    expect(one.screen()).toBe('home')
    expect(isNear(one)).toBe(false)
  })

  test('once there is a new one that lasts longer', async () => {
    const one = await givenFor(10 * hourMs)
    await pass(one, 9 * hourMs)
    expect(isNear(one)).toBe(true)
    await renew(one, nowMs + 30 * hourMs)
    expect(isNear(one)).toBe(false)
    await pass(one, 10 * hourMs)
    expect(one.screen()).toBe('home')
    expect(isNear(one)).toBe(false)
    await pass(one, 11 * hourMs)
    expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'expired' })
  })

  test('once the server was left', async () => {
    const one = await givenFor(hourMs)
    await one.handlers['find.leave'](undefined)
    one.engine.servers.hold(otherServer, credentials)
    one.engine.choose(otherServer)
    await settle()
    await pass(one, dayMs)
    expect(one.engine.target()).toMatchObject({ origin: otherServer.origin })
  })
})
