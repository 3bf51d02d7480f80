import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'
import { describe, expect, test } from 'vitest'
import type { Beeper } from '../beeper-port.ts'
import type { AppState } from '../domain/app-state.ts'
import type { Progress } from '../ports.ts'
import { bench } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { found, problem, remembered, server, setupOf } from '../testing/samples.ts'

const local = 'http://127.0.0.1:4000'
const remote = 'https://beeper.example.com'

interface Finding extends Bench {
  /** The origins off the usual ports that were asked. */
  readonly asked: string[]
  readonly finding: () => AppState['finding']
}

/** An app on the list of servers; typed addresses are origins here. */
async function atList(probe: Beeper['probe'] = () => bad(problem), progress: Partial<Progress> = {}): Promise<Finding> {
  const asked: string[] = []
  const one = bench({
    progress,
    beeper: {
      readAddress: (typed) =>
        URL.canParse(typed)
          ? ok({ origin: typed, isRemote: typed.startsWith('https:') })
          : failed(problemOf('beeper.bad-address')),
      probe: (origin) => {
        if (!/:233\d\d$/.test(origin)) asked.push(origin)
        return probe(origin)
      },
      glanceAtSetup: () => good(setupOf('needs-login')),
    },
  })
  one.engine.launch()
  await settle()
  return { ...one, asked, finding: () => one.engine.state.getState().finding }
}
const at = (origin: string, more: Partial<FoundBeeper> = {}): Beeper['probe'] =>
  (asked) => (asked === origin ? good({ ...found, origin, ...more }) : bad(problem)) // prettier-ignore

describe('an address that was typed', () => {
  test('is opened once a Beeper was found there, and remembered', async () => {
    const one = await atList(at(local, { name: 'Far', version: '4.4.0', kind: 'server' }))
    expect(await one.handlers['find.useAddress']({ address: local })).toEqual(ok(undefined))
    expect(one.engine.account.state).toMatchObject({ server: { origin: local } })
    expect(one.progress()).toMatchObject({
      origin: local,
      servers: [{ origin: local, name: 'Far', version: '4.4.0', kind: 'server' }],
    })
    expect(one.asked).toEqual([local])
  })

  test.each([
    ['nobody', () => bad(problemOf('beeper.unreachable')), 'beeper.unreachable'],
    ['a certificate that has expired', () => bad(problemOf('beeper.cert-expired')), 'beeper.cert-expired'],
    ['another program', at(local, { state: 'not-beeper' }), 'beeper.not-beeper'],
    ['a Beeper that is too old', at(local, { state: 'too-old' }), 'beeper.too-old'],
  ] as const)('with %s behind it is refused in words, and not remembered', async (_, probe, code) => {
    const one = await atList(probe)
    // The command was taken; its outcome is in the state.
    expect(await one.handlers['find.useAddress']({ address: local })).toEqual(ok(undefined))
    expect(one.finding()).toMatchObject({ opening: undefined, problem: { code } })
    expect(one.progress().servers).toEqual([])
    expect(one.screen()).toBe('find')
  })

  test('that is none is said to be none, and nobody is asked', async () => {
    const one = await atList()
    expect(await one.handlers['find.useAddress']({ address: 'no address' })).toEqual(ok(undefined))
    expect(one.finding()).toMatchObject({ problem: { code: 'beeper.bad-address' } })
    expect(one.asked).toEqual([])
  })

  test('is shown while it is opened; the answer of one that was replaced is not heard', async () => {
    const answers = new Map<string, (result: Result<FoundBeeper>) => void>()
    const one = await atList((origin) => {
      if (/:233\d\d$/.test(origin)) return bad(problem)
      const answer = deferred<Result<FoundBeeper>>()
      answers.set(origin, answer.resolve)
      return answer.promise
    })
    const first = one.handlers['find.useAddress']({ address: local })
    expect(one.finding()).toMatchObject({ opening: local })
    const second = one.handlers['find.useAddress']({ address: 'http://127.0.0.1:5000' })
    expect(one.finding()).toMatchObject({ opening: 'http://127.0.0.1:5000' })
    answers.get(local)?.(ok({ ...found, origin: local }))
    expect(await first).toEqual(ok(undefined))
    expect(one.engine.account.state.phase).toBe('away')
    expect(one.finding()).toMatchObject({ opening: 'http://127.0.0.1:5000', problem: undefined })
    answers.get('http://127.0.0.1:5000')?.(ok({ ...found, origin: 'http://127.0.0.1:5000' }))
    expect(await second).toEqual(ok(undefined))
    expect(one.engine.account.state).toMatchObject({ server: { origin: 'http://127.0.0.1:5000' } })
  })
})

describe('a row of the list', () => {
  test.each([
    ['signed-out', true],
    ['signed-in', true],
    ['too-old', false],
    ['not-beeper', false],
  ] as const)('that is %s can be gone on with: %s', async (state, isTaken) => {
    const one = await atList(at(server.origin, { state }))
    expect(await one.handlers['find.use']({ origin: server.origin })).toMatchObject({ ok: isTaken })
    expect(one.engine.account.state.phase).toBe(isTaken ? 'probing' : 'away')
  })

  test('that does not answer cannot', async () => {
    const one = await atList(undefined, { servers: [remembered()] })
    expect(one.handlers['find.use']({ origin: server.origin })).toMatchObject({ ok: false })
  })

  test('is renamed by the person, and gets its own name back', async () => {
    const one = await atList(at(server.origin, { name: 'Beeper Desktop' }), { servers: [remembered()] })
    const rename = async (name: string): Promise<unknown> => {
      expect(await one.handlers['find.rename']({ origin: server.origin, name })).toEqual(ok(undefined))
      return one.view().screen
    }
    expect(await rename('  Office ')).toMatchObject({ beepers: [{ name: 'Office' }] })
    expect(one.progress().servers).toMatchObject([{ givenName: 'Office' }])
    expect(await rename('   ')).toMatchObject({ beepers: [{ name: 'Beeper Desktop' }] })
    expect(await one.handlers['find.rename']({ origin: local, name: 'x' })).toMatchObject({ ok: false })
    expect(one.progress().servers).toHaveLength(1)
  })
})

describe('ORI-1: a server on another computer', () => {
  test('is not asked anything before the person said yes', async () => {
    const one = await atList(at(remote))
    expect(await one.handlers['find.useAddress']({ address: remote })).toEqual(ok(undefined))
    expect(one.finding()).toMatchObject({ asking: remote, opening: undefined })
    one.clock.pass(60_000)
    one.engine.setVisible(true)
    void one.handlers['find.lookAgain'](undefined)
    await settle()
    expect(one.asked).toEqual([])
    expect(one.opened).toEqual([])
    expect(one.progress().servers).toEqual([])
  })

  test('refused is not asked, and a yes that comes afterwards counts for nothing', async () => {
    const one = await atList(at(remote))
    await one.handlers['find.useAddress']({ address: remote })
    expect(one.handlers['find.refuse'](undefined)).toEqual(ok(undefined))
    expect(one.finding()).toMatchObject({ asking: undefined })
    expect(await one.handlers['find.allow']({ origin: remote })).toMatchObject({ ok: false })
    expect(one.asked).toEqual([])
  })

  test('a yes counts only for the one that was asked about', async () => {
    const one = await atList(at(remote))
    await one.handlers['find.useAddress']({ address: remote })
    for (const origin of ['https://evil.example', `${remote}:444`, '', 'http://127.0.0.1:4000'])
      expect(await one.handlers['find.allow']({ origin })).toMatchObject({ ok: false })
    expect(one.asked).toEqual([])
    expect(one.finding()).toMatchObject({ asking: remote })
  })

  test('allowed is opened, and the yes is remembered with it', async () => {
    const one = await atList(at(remote))
    await one.handlers['find.useAddress']({ address: remote })
    expect(await one.handlers['find.allow']({ origin: remote })).toEqual(ok(undefined))
    expect(one.asked).toEqual([remote])
    expect(one.engine.account.state).toMatchObject({ server: { origin: remote } })
    expect(one.progress().servers).toMatchObject([{ origin: remote, allowedAt: expect.any(String) as unknown }])
    expect(one.view().beeper).toMatchObject({ isRemote: true })
    // Asked once: a later run goes there without a question.
    const later = await atList(at(remote), { servers: one.progress().servers })
    expect(await later.handlers['find.useAddress']({ address: remote })).toEqual(ok(undefined))
    expect(later.finding()).toMatchObject({ asking: undefined })
    expect(later.engine.account.state).toMatchObject({ server: { origin: remote } })
  })

  test('allowed in vain is not remembered: another run asks again, this one does not', async () => {
    const one = await atList(() => bad(problemOf('beeper.cert-untrusted')))
    await one.handlers['find.useAddress']({ address: remote })
    expect(await one.handlers['find.allow']({ origin: remote })).toEqual(ok(undefined))
    expect(one.finding()).toMatchObject({ asking: undefined, problem: { code: 'beeper.cert-untrusted' } })
    expect(one.progress().servers).toEqual([])
    await one.handlers['find.useAddress']({ address: remote })
    expect(one.finding()).toMatchObject({ asking: undefined })
    expect(one.asked).toEqual([remote, remote])
    const later = await atList(at(remote), one.progress())
    await later.handlers['find.useAddress']({ address: remote })
    expect(later.finding()).toMatchObject({ asking: remote })
    expect(later.asked).toEqual([])
  })

  test('one of this computer needs no yes', async () => {
    const one = await atList(at(local))
    await one.handlers['find.useAddress']({ address: local })
    expect(one.finding()).toMatchObject({ asking: undefined })
    expect(one.asked).toEqual([local])
  })
})

describe('the demo', () => {
  test('is started once at a time, says so, and is gone on with', async () => {
    const one = await atList()
    const starting = deferred<Result<{ readonly origin: string; readonly phoneURL: string }>>()
    one.world.demo.start = () => starting.promise
    const first = one.handlers['find.startDemo'](undefined)
    expect(one.view().screen).toMatchObject({ name: 'find', isDemoStarting: true })
    expect(await one.handlers['find.startDemo'](undefined)).toMatchObject({ ok: false })
    starting.resolve(ok({ origin: 'http://127.0.0.1:40000', phoneURL: 'p' }))
    expect(await first).toEqual(ok(undefined))
    await settle()
    expect(one.view()).toMatchObject({ isDemo: true, screen: { name: 'email' } })
    expect(one.vault.asked).toEqual([])
    expect(one.progress().servers).toEqual([])
  })

  test.each(['find.use', 'find.leave'] as const)(
    'that comes up after the person went elsewhere (%s) is not gone on with, and ends',
    async (name) => {
      const one = await atList(at(server.origin))
      const starting = deferred<Result<{ readonly origin: string; readonly phoneURL: string }>>()
      one.world.demo.start = () => starting.promise
      const begun = one.handlers['find.startDemo'](undefined)
      await one.handlers[name]({ origin: server.origin } as never)
      await settle()
      const before = one.screen()
      starting.resolve(ok({ origin: 'http://127.0.0.1:40000', phoneURL: 'p' }))
      expect(await begun).toEqual(ok(undefined))
      await settle()
      expect(one.view()).toMatchObject({ isDemo: false, screen: { name: before } })
      expect(one.did).toContain('demo.stop')
      expect(one.handlers['app.openPhone'](undefined)).toMatchObject({ ok: false })
    },
  )

  test('that cannot be started says so', async () => {
    const one = await atList()
    one.world.demo.start = () => bad(problemOf('demo.failed'))
    expect(await one.handlers['find.startDemo'](undefined)).toEqual(ok(undefined))
    expect(one.finding()).toMatchObject({ isDemoStarting: false, problem: { code: 'demo.failed' } })
  })
})
