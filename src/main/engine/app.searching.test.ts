import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { BeeperView, FoundBeeper } from '#contract/view'
import { describe, expect, test } from 'vitest'
import type { Progress } from '../ports.ts'
import { bench } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good } from '../testing/fake-world.ts'
import type { Deferred } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { found, marker, otherServer, problem, remembered, server, setupOf } from '../testing/samples.ts'

const other: FoundBeeper = { ...found, origin: otherServer.origin }
const remote = remembered({ origin: 'https://beeper.example.com', allowedAt: '' })

interface Searching extends Bench {
  /** The origins that were asked, in order. */
  readonly asked: string[]
  /** What answers; everything else is silent. */
  readonly there: Map<string, FoundBeeper>
  readonly beepers: () => readonly BeeperView[]
}

/** An app that was launched, and looks. */
async function searching(progress: Partial<Progress> = {}): Promise<Searching> {
  const asked: string[] = []
  const there = new Map<string, FoundBeeper>()
  const one = bench({
    progress,
    beeper: {
      probe: (origin) => {
        asked.push(origin)
        const here = there.get(origin)
        return here === undefined ? bad(problem) : good(here)
      },
    },
  })
  one.engine.launch()
  await settle()
  const beepers = (): readonly BeeperView[] => {
    const { screen } = one.view()
    if (screen.name !== 'find') throw new Error(`on ${screen.name}`)
    return screen.beepers
  }
  return { ...one, asked, there, beepers }
}

async function pass(one: Bench, ms: number): Promise<void> {
  one.clock.pass(ms)
  await settle()
}

/** Answers that are given by hand. */
function byHand(): {
  readonly probes: Map<string, Deferred<Result<FoundBeeper>>>
  readonly probe: (origin: string) => Promise<Result<FoundBeeper>>
} {
  const probes = new Map<string, Deferred<Result<FoundBeeper>>>()
  const probe = (origin: string): Promise<Result<FoundBeeper>> => {
    const answer = deferred<Result<FoundBeeper>>()
    probes.set(origin, answer)
    return answer.promise
  }
  return { probes, probe }
}

describe('looking for Beeper', () => {
  test('asks 20 ports of both names and every server that is remembered, all side by side', async () => {
    const { probes, probe } = byHand()
    const one = bench({ progress: { servers: [remote, remembered()] }, beeper: { probe } })
    one.engine.launch()
    expect(probes.size).toBe(41)
    expect([...probes.keys()].slice(0, 2)).toEqual([remote.origin, server.origin])
  })

  test('shows each answer as it comes, in an order that does not move', async () => {
    const { probes, probe } = byHand()
    const one = bench({ beeper: { probe } })
    one.engine.launch()
    const origins = (): readonly string[] => {
      const { screen } = one.view()
      return screen.name === 'find' ? screen.beepers.map(({ origin }) => origin) : []
    }
    expect(one.view().screen).toMatchObject({ name: 'find', isLooking: true, beepers: [] })
    probes.get(other.origin)?.resolve(ok(other))
    await settle()
    expect(origins()).toEqual([other.origin])
    probes.get(found.origin)?.resolve(ok(found))
    await settle()
    expect(origins()).toEqual([found.origin, other.origin])
    expect(one.view().screen).toMatchObject({ isLooking: true })
    for (const answer of probes.values()) answer.resolve({ ok: false, problem })
    await settle()
    expect(one.view().screen).toMatchObject({ isLooking: false })
    // From here on the list is known: what turns up later goes behind.
    await pass(one, 2_000)
    const first = { ...found, origin: 'http://127.0.0.1:23380' }
    probes.get(first.origin)?.resolve(ok(first))
    await settle()
    expect(origins()).toEqual([found.origin, other.origin, first.origin])
  })

  test('goes on every 2 s after the last answer, and never faster', async () => {
    const one = await searching()
    expect(one.asked).toHaveLength(40)
    for (let look = 2; look <= 4; look += 1) {
      await pass(one, 1_999)
      expect(one.asked).toHaveLength(40 * (look - 1))
      await pass(one, 1)
      expect(one.asked).toHaveLength(40 * look)
    }
  })

  test('waits for the slowest answer before it asks anybody again', async () => {
    const { probes, probe } = byHand()
    const one = bench({ beeper: { probe } })
    one.engine.launch()
    for (const answer of [...probes.values()].slice(1)) answer.resolve({ ok: false, problem })
    await pass(one, 60_000)
    expect(one.count('probe')).toBe(40)
    probes.get(server.origin)?.resolve(ok(found))
    await settle()
    await pass(one, 2_000)
    expect(one.count('probe')).toBe(80)
  })

  test('does nothing at all while nobody can see it, and looks at once when somebody can', async () => {
    const one = await searching()
    one.engine.setVisible(false)
    await pass(one, 3_600_000)
    expect(one.asked).toHaveLength(40)
    one.there.set(server.origin, found)
    one.engine.setVisible(true)
    await settle()
    expect(one.asked).toHaveLength(80)
    expect(one.beepers()).toMatchObject([{ origin: server.origin }])
    await pass(one, 2_000)
    expect(one.asked).toHaveLength(120)
  })

  test('asked for by the person looks at once, but never two looks side by side', async () => {
    const one = await searching()
    await pass(one, 500)
    void one.handlers['find.lookAgain'](undefined)
    void one.handlers['find.lookAgain'](undefined)
    one.engine.setVisible(true)
    await settle()
    expect(one.asked).toHaveLength(80)
    // The next one by itself is counted from this one.
    await pass(one, 1_999)
    expect(one.asked).toHaveLength(80)
    await pass(one, 1)
    expect(one.asked).toHaveLength(120)
  })

  test('ends when a server is opened, and begins when it is left', async () => {
    const one = await searching()
    one.there.set(server.origin, found)
    await pass(one, 2_000)
    expect(one.handlers['find.use']({ origin: server.origin })).toEqual(ok(undefined))
    const before = one.asked.length
    await pass(one, 60_000)
    expect(one.asked).toHaveLength(before)
    await one.handlers['find.leave'](undefined)
    expect(one.asked).toHaveLength(before + 40)
  })
})

describe('the list', () => {
  test('a server that stops goes, one that comes back is there again', async () => {
    const one = await searching()
    one.there.set(server.origin, found)
    await pass(one, 2_000)
    expect(one.beepers()).toHaveLength(1)
    one.there.clear()
    await pass(one, 2_000)
    expect(one.beepers()).toEqual([])
    one.there.set(server.origin, found)
    await pass(one, 2_000)
    expect(one.beepers()).toHaveLength(1)
  })

  test('one that is remembered is there before it was asked, and says what became of it', async () => {
    const { probes, probe } = byHand()
    const one = bench({
      progress: { servers: [remembered({ givenName: 'Office', marker }), remote] },
      beeper: { probe },
    })
    one.engine.launch()
    const beepers = (): unknown => one.view().screen
    expect(beepers()).toMatchObject({
      beepers: [
        { origin: server.origin, name: 'Office', state: 'looking', isRemembered: true, isRemote: false },
        { origin: remote.origin, state: 'looking', isRemembered: true, isRemote: true },
      ],
    })
    probes.get(server.origin)?.resolve(ok({ ...found, state: 'signed-in' }))
    probes.get(remote.origin)?.resolve({ ok: false, problem: { code: 'beeper.cert-expired', retry: 'later' } })
    await settle()
    expect(beepers()).toMatchObject({
      beepers: [
        { name: 'Office', state: 'ready' },
        { state: 'refused', problem: { code: 'beeper.cert-expired' } },
      ],
    })
  })

  test('a bug in the probe ends the look, is logged, and does not end the search', async () => {
    const one = await searching()
    one.beeper.probe = () => Promise.reject(new Error('a bug'))
    await pass(one, 2_000)
    expect(one.log.lines.map(({ event }) => event)).toEqual(['look-failed'])
    one.beeper.probe = (origin) => (origin === server.origin ? good(found) : bad(problem))
    await pass(one, 2_000)
    expect(one.beepers()).toHaveLength(1)
  })

  test('a server that is opened stays on the list until there is something to ask', async () => {
    const one = await searching()
    one.there.set(server.origin, found)
    await pass(one, 2_000)
    const setup = deferred<Result<ReturnType<typeof setupOf>>>()
    one.beeper.glanceAtSetup = () => setup.promise
    const release = one.vault.hold()
    void one.handlers['find.use']({ origin: server.origin })
    expect(one.view().screen).toMatchObject({
      name: 'find',
      opening: server.origin,
      beepers: [{ origin: server.origin }],
    })
    setup.resolve(ok(setupOf('needs-login')))
    await settle()
    expect(one.engine.account.state).toMatchObject({ phase: 'probing' })
    release()
    await settle()
    expect(one.screen()).toBe('email')
  })
})
