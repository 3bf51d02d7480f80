import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Result } from '#contract/problem'
import { bench } from '../../testing/engine-bench.ts'
import type { Bench } from '../../testing/engine-bench.ts'
import { signedIn } from '../../testing/account-bench.ts'
import { bad, deferred, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { found, otherServer, secrets, server, setupOf } from '../../testing/samples.ts'

const denied = problemOf('keychain.denied')
const missing = problemOf('keychain.missing')
const permission = good({
  url: 'u',
  grant: good({ token: secrets.token, expiresAtMs: undefined }),
  cancel: () => undefined,
})

/** What a fresh server asks for: an address, or a permission because somebody is signed in. */
const servers = {
  email: () => good(setupOf('needs-login')),
  authorise: () => bad(problemOf('beeper.token-refused')),
} as const
const names = Object.keys(servers) as (keyof typeof servers)[]

/** A fresh run, with all that a sign-in needs. */
function fresh(name: keyof typeof servers, keychain?: (one: Bench) => void): Bench {
  const one = bench({
    beeper: {
      probe: (origin) => good({ ...found, origin }),
      glanceAtSetup: (target) => (target.token === undefined ? servers[name]() : good(setupOf('ready'))),
      readNetworks: () => good({ networks: [], accounts: [] }),
      start: () => good(secrets.requestID),
      sendEmail: () => good(undefined),
      respond: () => good(signedIn),
      askConsent: () => permission,
      checkToken: ({ token }) => good({ token, expiresAtMs: undefined }),
    },
  })
  keychain?.(one)
  one.engine.choose(server)
  return one
}
const probeCount = (one: Bench): number => one.vault.asked.filter((what) => what === 'probe').length

/** Walks from the first question to the end of the sign-in. */
async function signIn(one: Bench, name: keyof typeof servers): Promise<void> {
  expect(one.screen()).toBe(name)
  if (name === 'authorise') void one.handlers['account.authorise'](undefined)
  else {
    void one.handlers['account.sendCode']({ email: 'sam@example.com' })
    await settle()
    void one.handlers['account.submitCode']({ code: '123456' })
  }
  await settle()
  expect(one.engine.account.state.phase).toBe('signed-in')
}

describe('KEY-5: the keychain is tried before anything is asked', () => {
  test.each(names)('%s: a keychain that works is not noticed', async (name) => {
    const one = fresh(name)
    await settle()
    expect(one.screen()).toBe(name)
    expect(one.vault.asked).toEqual(['probe'])
    expect(one.did.slice(0, 2)).toEqual(['beeper.glanceAtSetup', 'vault.probe'])
  })

  test('once a run: not before the next question, not at the next server', async () => {
    const one = fresh('email')
    await settle()
    void one.handlers['account.checkAgain'](undefined)
    await settle()
    one.engine.choose(otherServer)
    await settle()
    expect(one.screen()).toBe('email')
    expect(probeCount(one)).toBe(1)
  })

  test.each(names)('%s: one that fails is tried again for every new question', async (name) => {
    const one = fresh(name, ({ vault }) => (vault.probeProblem = missing))
    await settle()
    await one.handlers['find.leave'](undefined)
    one.engine.choose(server)
    await settle()
    expect(one.view().screen).toMatchObject({ name: 'keychain', during: 'probe' })
    expect(probeCount(one)).toBe(2)
  })

  test.each(names)('%s: one that fails leaves the choice to the person; trying again goes on', async (name) => {
    for (const problem of [denied, missing]) {
      const one = fresh(name, ({ vault }) => (vault.probeProblem = problem))
      await settle()
      expect(one.view().screen).toEqual({ name: 'keychain', during: 'probe', isBusy: false, problem })
      expect(one.did.filter((what) => what.startsWith('beeper.'))).toEqual(['beeper.glanceAtSetup'])
      void one.handlers['account.retryKeychain'](undefined)
      await settle()
      expect(one.view().screen).toMatchObject({ name: 'keychain', isBusy: false, problem })
      one.vault.probeProblem = undefined
      void one.handlers['account.retryKeychain'](undefined)
      await settle()
      await signIn(one, name)
      expect(one.engine.account.state).toMatchObject({ keptIn: 'keychain' })
      expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    }
  })

  test.each(names)('KEY-1: %s: one that is slow is said to wait for the person', async (name) => {
    let release: (() => void) | undefined
    const one = fresh(name, ({ vault }) => (release = vault.hold()))
    await settle()
    expect(one.view().screen).toEqual({
      name: 'keychain',
      during: 'probe',
      isBusy: true,
      problem: { code: 'keychain.locked', retry: 'now' },
    })
    release?.()
    await settle()
    expect(one.screen()).toBe(name)
  })

  test('KEY-1: is said to be slow 3 s after it was asked, however slow the server was before', async () => {
    const setup = deferred<Result<ReturnType<typeof setupOf>>>()
    const one = fresh('email')
    one.beeper.glanceAtSetup = () => setup.promise
    const gate = deferred<undefined>()
    one.world.vault.probe = async () => {
      await gate.promise
      return ok(undefined)
    }
    one.engine.choose(otherServer)
    one.clock.pass(2_900)
    setup.resolve(ok(setupOf('needs-login')))
    await settle()
    one.clock.pass(2_900)
    expect(one.view().screen).toMatchObject({ name: 'find', opening: otherServer.origin })
    one.clock.pass(100)
    expect(one.view().screen).toMatchObject({ name: 'keychain', during: 'probe', isBusy: true })
    gate.resolve(undefined)
    await settle()
    expect(one.screen()).toBe('email')
  })

  test('a bug in it shows as unexpected, with the choices', async () => {
    const one = fresh('email')
    one.world.vault.probe = () => Promise.reject(new Error('a bug'))
    await settle()
    expect(one.view().screen).toMatchObject({ name: 'keychain', during: 'probe', problem: { code: 'unexpected' } })
  })
})

describe('KEY-5, KEY-7: a sign-in that is kept for this run', () => {
  const tried = ['probe']

  async function withoutKeychain(name: keyof typeof servers): Promise<Bench> {
    const one = fresh(name, ({ vault }) => {
      vault.probeProblem = denied
    })
    await settle()
    void one.handlers['account.keepForThisRun'](undefined)
    await settle()
    return one
  }

  test.each(names)('%s: the keychain is not asked for anything any more, not even for the handle', async (name) => {
    const one = await withoutKeychain(name)
    await signIn(one, name)
    expect(one.engine.account.state).toMatchObject({ keptIn: 'this-run', keeps: 'this-run' })
    expect(one.vault.asked).toEqual(tried)
    expect(one.engine.servers.markerOf(server.origin)).toBeUndefined()
    expect(JSON.stringify(one.settings.read())).not.toContain('SECRET')
  })

  test('by a pasted token, too', async () => {
    const one = await withoutKeychain('authorise')
    void one.handlers['account.useToken']({ token: secrets.pastedToken })
    await settle()
    expect(one.engine.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    expect(one.vault.asked).toEqual(tried)
  })

  test.each(names)('%s: is still there when the server was left and is chosen again, as often as one likes', async (name) => {
    const one = await withoutKeychain(name)
    await signIn(one, name)
    for (let round = 0; round < 3; round += 1) {
      await one.handlers['find.leave'](undefined)
      await settle()
      one.beeper.probe = (origin) => good({ ...found, origin, state: 'signed-in' })
      one.clock.pass(2_000)
      await settle()
      expect(one.view().screen).toMatchObject({ name: 'find', beepers: expect.arrayContaining([
        expect.objectContaining({ origin: server.origin, state: 'ready' }),
      ]) as unknown })
      void one.handlers['find.use']({ origin: server.origin })
      await settle()
      expect(one.engine.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run', keeps: 'this-run' })
    }
    expect(one.vault.asked).toEqual(tried)
  }) // prettier-ignore

  test('a permission that is renewed after coming back stays with this run', async () => {
    const one = await withoutKeychain('authorise')
    await signIn(one, 'authorise')
    await one.handlers['find.leave'](undefined)
    await settle()
    void one.handlers['find.use']({ origin: server.origin })
    await settle()
    one.beeper.askConsent = () =>
      good({ url: 'u', grant: good({ token: 'SECRET-new', expiresAtMs: undefined }), cancel: () => undefined })
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.engine.target()).toMatchObject({ token: 'SECRET-new' })
    expect(one.engine.servers.held(server.origin)).toMatchObject({ token: 'SECRET-new' })
    expect(one.vault.asked).toEqual(tried)
  })

  test('one that the server refuses asks for permission without trying the keychain again', async () => {
    const one = await withoutKeychain('authorise')
    await signIn(one, 'authorise')
    one.engine.account.send({ type: 'tokenRefused' })
    await settle()
    expect(one.screen()).toBe('authorise')
    expect(one.vault.asked).toEqual(tried)
  })

  test('is gone with the run: the next one asks again', async () => {
    const one = await withoutKeychain('authorise')
    await signIn(one, 'authorise')
    const next = bench({ progress: one.progress(), beeper: one.beeper })
    next.engine.choose(server)
    await settle()
    expect(next.screen()).toBe('authorise')
  })

  test('is moved into the keychain later, when the person wants so; until then it stays where it is', async () => {
    const one = await withoutKeychain('authorise')
    await signIn(one, 'authorise')
    one.engine.go({ at: 'settings' })
    one.vault.saveProblem = denied
    void one.handlers['account.keepInKeychain'](undefined)
    expect(one.view().screen).toMatchObject({ keeping: { isBusy: true, problem: undefined } })
    await settle()
    expect(one.view().screen).toMatchObject({ keptIn: 'this-run', keeping: { isBusy: false, problem: denied } })
    expect(one.engine.servers.markerOf(server.origin)).toBeUndefined()
    expect(one.engine.servers.heldOrigins).toEqual([server.origin])
    one.vault.saveProblem = undefined
    void one.handlers['account.keepInKeychain'](undefined)
    await settle()
    expect(one.view().screen).toMatchObject({ keptIn: 'keychain', keeping: { isBusy: false, problem: undefined } })
    expect(one.engine.servers.markerOf(server.origin)).toMatchObject({ source: 'oauth' })
    expect(one.engine.servers.heldOrigins).toEqual([])
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
  })

  test('KEY-1: a keychain that is slow to take it is said to wait for the person', async () => {
    const one = await withoutKeychain('authorise')
    await signIn(one, 'authorise')
    one.engine.go({ at: 'settings' })
    const release = one.vault.hold()
    void one.handlers['account.keepInKeychain'](undefined)
    await settle()
    expect(one.view().screen).toMatchObject({ keeping: { isBusy: true, problem: { code: 'keychain.locked' } } })
    release()
    await settle()
    expect(one.view().screen).toMatchObject({ keptIn: 'keychain', keeping: { isBusy: false, problem: undefined } })
  })
})
