// Reading the server: when it is asked, and which of its answers count. What an event carries is never taken for the state.
import { describe, expect, test } from 'vitest'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { setupOf, verificationOf } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import type { SecureBench } from '../testing/secure-bench.ts'

const asking = verificationOf('requested', { verificationID: 'in-1', isIncoming: true })

/** How often each reading comes while nothing else happens. */
async function readsIn(one: SecureBench, ms: number): Promise<number> {
  const before = one.count('glanceAtSetup')
  await one.pass(ms)
  return one.count('glanceAtSetup') - before
}

describe('an event only says that it is time to look', () => {
  test('late, doubled or about nothing: the screen is that of the reading', async () => {
    const one = await secureBench('needs-verification')
    const { server } = one
    server.listener?.started()
    await settle()
    for (const times of [1, 2, 5]) {
      const before = one.engine.state.getState()
      for (let n = 0; n < times; n += 1) server.listener?.changed()
      await settle()
      expect(one.engine.state.getState().security).toEqual(before.security)
      expect(one.screen()).toBe('verify')
    }
    server.setup = setupOf('needs-first-sync')
    expect(one.screen()).toBe('verify')
    server.listener?.changed()
    await settle()
    expect(one.screen()).toBe('first-sync')
    // One that comes after another has told of the same changes nothing any more.
    server.listener?.changed()
    await settle()
    expect(one.screen()).toBe('first-sync')
  })

  test('one of a channel that was closed is heard by nobody', async () => {
    const one = await secureBench('needs-verification')
    const old = one.server.listener
    void one.handlers['find.leave'](undefined)
    await settle()
    const before = one.count('glanceAtSetup')
    old?.changed()
    old?.started()
    old?.ended()
    await settle()
    expect(one.count('glanceAtSetup')).toBe(before)
    expect(one.engine.security.state.isOn).toBe(false)
  })

  test('a burst: only the last reading counts, whichever answer comes last', async () => {
    const one = await secureBench('needs-verification')
    const { server } = one
    server.areReadsHeld = true
    server.listener?.changed()
    server.setup = setupOf('needs-secrets')
    server.listener?.changed()
    server.setup = setupOf('needs-first-sync')
    server.listener?.changed()
    await settle()
    server.areReadsHeld = false
    for (const read of [...server.reads].reverse()) read.resolve(undefined)
    await settle()
    expect(one.screen()).toBe('first-sync')
  })

  test('events that come faster than the server answers do not stop the screen', async () => {
    const one = await secureBench('needs-verification')
    const { server } = one
    server.setup = setupOf('needs-first-sync')
    server.areReadsHeld = true
    for (let n = 0; n < 20; n += 1) {
      const underWay = [...server.reads]
      server.listener?.changed()
      await settle()
      // Each reading is answered, but only after the next event.
      for (const read of underWay) read.resolve(undefined)
      await settle()
    }
    expect(one.screen()).toBe('first-sync')
  })
})

describe('older truth never overwrites newer', () => {
  test.each(['unlock', 'accept'] as const)('what was being read when %s was answered is not heard', async (asked) => {
    const one = await secureBench('needs-verification', { list: [asking] })
    const { server } = one
    server.areReadsHeld = true
    void one.read()
    await settle()
    if (asked === 'unlock') {
      void one.handlers['security.openDoor']({ door: 'key' })
      void one.handlers['security.unlock']({ recoveryKey: 'SECRET', isSure: true })
    } else void one.handlers['security.acceptVerification']({ verificationID: 'in-1' })
    await settle()
    const [before] = server.reads
    expect(before?.signal?.aborted).toBe(true)
    server.areReadsHeld = false
    server.reads.at(-1)?.resolve(undefined)
    await settle()
    const now = one.engine.state.getState().security
    expect(one.screen()).toBe(asked === 'unlock' ? 'first-sync' : 'verification')
    before?.resolve(undefined)
    await settle()
    expect(one.engine.state.getState().security).toEqual(now)
  })

  test('an answer that nobody waits for any more does not stop the reading', async () => {
    const one = await secureBench('needs-verification')
    const { server } = one
    const answer = server.hold('unlock')
    void one.handlers['security.openDoor']({ door: 'key' })
    void one.handlers['security.unlock']({ recoveryKey: 'SECRET', isSure: true })
    await one.read()
    // The state has told already what came of the key; its answer arrives while the next reading is under way.
    expect(one.screen()).toBe('first-sync')
    server.areReadsHeld = true
    await one.pass(2_000)
    answer()
    await settle()
    server.areReadsHeld = false
    for (const read of server.reads) read.resolve(undefined)
    await settle()
    server.setup = setupOf('ready')
    await one.pass(10_000)
    expect(one.screen()).toBe('connect')
  })

  test('what was asked with the token of an earlier sign-in is not heard', async () => {
    const one = await secureBench('needs-verification')
    const { server } = one
    server.areReadsHeld = true
    void one.read()
    await settle()
    await one.renew()
    const [old, fresh] = server.reads
    server.setup = setupOf('needs-first-sync')
    fresh?.resolve(undefined)
    await settle()
    old?.resolve(undefined)
    await settle()
    expect(old?.signal?.aborted).toBe(true)
    expect(server.tokens).toContain('SECRET-other')
  })
})

describe('the list of verifications', () => {
  test.each(['initializing', 'needs-cross-signing-setup', 'needs-first-sync', 'ready', 'unsupported'] as const)(
    'is not read while the server is %s and tells of none',
    async (state) => {
      const one = await secureBench(state)
      await one.read()
      expect(one.count('readVerifications')).toBe(0)
    },
  )

  test.each(['needs-verification', 'needs-secrets'] as const)('is read while the server is %s', async (state) => {
    const one = await secureBench(state)
    expect(one.count('readVerifications')).toBe(1)
  })

  test('is read in every state that names one, and while one is alive', async () => {
    const one = await secureBench({ ...setupOf('ready'), verification: asking }, { list: [asking] })
    expect(one.count('readVerifications')).toBe(1)
    one.server.setup = setupOf('ready')
    await one.read()
    expect(one.count('readVerifications')).toBe(2)
    one.server.list = []
    await one.read()
    expect(one.view().requests).toEqual([])
    await one.read()
    expect(one.count('readVerifications')).toBe(3)
  })

  test('that fails keeps what is known, is logged, and is tried again', async () => {
    const one = await secureBench('needs-verification', { list: [asking] })
    expect(one.view().requests).toHaveLength(1)
    one.server.listProblem = problemOf('beeper.fault')
    await one.read()
    expect(one.view().requests).toHaveLength(1)
    expect(one.view().isOffline).toBe(false)
    expect(one.log.lines.filter(({ event }) => event === 'verifications-not-read')).toMatchObject([
      { level: 'warn', facts: { code: 'beeper.fault' } },
    ])
    one.server.listProblem = undefined
    one.server.list = []
    await one.pass(2_000)
    expect(one.view().requests).toEqual([])
  })

  test('that was never read leaves the one that the setup names', async () => {
    const one = await secureBench(
      { ...setupOf('ready'), verification: asking },
      {
        beeper: { readVerifications: () => bad(problemOf('beeper.timeout')) },
      },
    )
    expect(one.view().requests).toMatchObject([{ verificationID: 'in-1', kind: 'asks' }])
  })
})

describe('how often', () => {
  test.each([
    ['needs-verification', 2_000],
    ['needs-first-sync', 2_000],
    ['initializing', 2_000],
    ['unsupported', 2_000],
    ['ready', 10_000],
  ] as const)('without a channel, %s: every %i ms; with one every 15 s', async (state, ms) => {
    const one = await secureBench(state)
    expect(await readsIn(one, 30_000)).toBe(30_000 / ms)
    one.server.listener?.started()
    await settle()
    expect(await readsIn(one, 60_000)).toBe(4)
    one.server.listener?.ended()
    await settle()
    expect(await readsIn(one, 30_000)).toBe(30_000 / ms)
  })

  test('a server that does not answer is asked every 2 s, also where a channel was', async () => {
    const one = await secureBench('ready')
    one.server.listener?.started()
    await settle()
    one.server.readProblem = problemOf('beeper.unreachable')
    await one.pass(15_000)
    expect(one.view().isOffline).toBe(true)
    expect(await readsIn(one, 10_000)).toBe(5)
  })

  test('nothing is read any more after signing out, whatever was planned', async () => {
    const one = await secureBench('needs-verification')
    void one.handlers['find.leave'](undefined)
    await settle()
    const before = one.count('glanceAtSetup')
    one.clock.pass(120_000)
    await settle()
    expect(one.count('glanceAtSetup')).toBe(before)
  })

  test('an effect that breaks is logged, and the reading goes on', async () => {
    const one = await secureBench('needs-verification')
    one.beeper.glanceAtSetup = () => {
      throw new Error('a fault of this program')
    }
    await one.pass(2_000)
    expect(one.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { event: 'security-effect-failed', facts: { effect: 'read' } },
    ])
    expect(one.view().isOffline).toBe(true)
    one.beeper.glanceAtSetup = () => good(setupOf('needs-first-sync'))
    await one.pass(2_000)
    expect(one.screen()).toBe('first-sync')
  })
})

describe('a server that says that nobody is signed in', () => {
  test('is believed after three readings in a row', async () => {
    const one = await secureBench('ready')
    one.server.setup = setupOf('needs-login')
    await one.pass(10_000)
    expect(one.engine.target()).toBeDefined()
    await one.pass(2_000)
    expect(one.engine.target()).toBeDefined()
    await one.pass(2_000)
    expect(one.engine.target()).toBeUndefined()
  })

  test('two readings and one that says otherwise begin the count anew', async () => {
    const one = await secureBench('ready')
    one.server.setup = setupOf('needs-login')
    await one.pass(12_000)
    one.server.setup = setupOf('ready')
    await one.pass(2_000)
    one.server.setup = setupOf('needs-login')
    await one.pass(12_000)
    expect(one.engine.target()).toBeDefined()
  })

  test('is not believed sooner because events come thick and fast', async () => {
    const one = await secureBench('ready')
    one.server.setup = setupOf('needs-login')
    for (let n = 0; n < 5; n += 1) {
      one.server.listener?.changed()
      await settle()
    }
    expect(one.engine.target()).toBeDefined()
  })
})
