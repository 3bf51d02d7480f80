import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper, Target } from '../beeper-port.ts'
import { opened } from '../testing/connect-bench.ts'
import { signedIn } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import {
  credentials,
  demoServer,
  found,
  marker,
  otherServer,
  problem,
  remembered,
  secrets,
  server,
  setupOf,
} from '../testing/samples.ts'

const denied = problemOf('keychain.denied')
const probe: Beeper['probe'] = (origin) =>
  origin === server.origin ? good({ ...found, state: 'signed-in' }) : bad(problem)
const settings = { at: 'settings' } as const

/** Signed in, on the settings; `revoked` are the tokens that were taken back. */
async function atSettings(beeper: Partial<Beeper> = {}): Promise<Bench & { readonly revoked: string[] }> {
  const revoked: string[] = []
  const one = await signedIn(
    {
      probe,
      revoke: ({ origin, token }) => {
        revoked.push(`${token} at ${origin}`)
        return good(undefined)
      },
      ...beeper,
    },
    { email: 'sam@example.com', isFirstRunDone: true },
  )
  one.engine.go(settings)
  expect(one.screen()).toBe('settings')
  one.did.length = 0
  one.vault.asked.length = 0
  return { ...one, revoked }
}

async function signOut(one: Bench, revoke: boolean): Promise<void> {
  expect(await one.handlers['account.signOut']({ revoke })).toEqual(ok(undefined))
  await settle()
}

describe('signing out', () => {
  test('here only: the token leaves the keychain, the server keeps its own', async () => {
    const one = await atSettings()
    await signOut(one, false)
    expect(one.screen()).toBe('find')
    expect(one.engine.target()).toBeUndefined()
    expect(one.vault.asked).toEqual([`remove ${server.origin}`])
    expect(one.vault.tokens.size).toBe(0)
    expect(one.revoked).toEqual([])
  })

  test('also at the server: the token is taken back there', async () => {
    const one = await atSettings()
    await signOut(one, true)
    expect(one.screen()).toBe('find')
    expect(one.revoked).toEqual([`${secrets.token} at ${server.origin}`])
    expect(one.vault.tokens.size).toBe(0)
  })

  test('goes: first the keychain, then what lives there, then the token', async () => {
    const one = await opened({ probe, revoke: () => good(undefined) })
    one.did.length = 0
    one.engine.account.send({ type: 'signOutRequested', isRevoked: true })
    await settle()
    expect(one.did.filter((what) => /^vault|cancel|revoke|note/.test(what))).toEqual([
      'vault.remove',
      'beeper.cancelSession',
      'note sessions ',
      'note marker',
      'beeper.revoke',
    ])
    expect(one.cancelled).toMatchObject([{ loginSessionID: secrets.loginSessionID }])
    expect(one.engine.connections.states).toEqual([])
  })

  test('leaves the server on the list, and nothing that says that somebody was signed in', async () => {
    const one = await atSettings()
    await signOut(one, false)
    await settle()
    expect(one.progress()).toEqual({
      origin: server.origin,
      servers: [{ ...remembered({ lastState: 'signed-in' }), marker: undefined }],
      email: 'sam@example.com',
      isFirstRunDone: true,
      intents: [],
      sessions: [],
    })
    expect(one.view().screen).toMatchObject({
      beepers: [{ origin: server.origin, state: 'signed-in', isRemembered: true }],
    })
    // The next run does not ask the keychain for what is not there.
    const next = await signedIn({ glanceAtSetup: () => bad(problemOf('beeper.token-refused')) }, one.progress())
    expect(next.vault.asked).toEqual(['probe'])
    expect(next.screen()).toBe('authorise')
  })

  test('ends everything that was asked of the server', async () => {
    const one = await atSettings()
    await signOut(one, true)
    one.did.length = 0
    for (let n = 0; n < 10; n += 1) {
      one.clock.pass(60_000)
      await settle()
    }
    expect(new Set(one.did)).toEqual(new Set(['beeper.probe']))
  })

  test('says that it is under way, and happens once', async () => {
    const one = await atSettings()
    const release = one.vault.hold()
    await signOut(one, true)
    expect(one.view().screen).toMatchObject({ name: 'settings', signingOut: { isBusy: true, problem: undefined } })
    await signOut(one, false)
    release()
    await settle()
    expect(one.vault.asked).toHaveLength(1)
    expect(one.revoked).toHaveLength(1)
    expect(one.screen()).toBe('find')
  })
})

describe('what may stand in the way', () => {
  test('a keychain that does not let go: nothing has changed, nothing was ended, and it is said', async () => {
    const one = await opened({ probe, revoke: () => good(undefined) })
    one.vault.removeProblem = denied
    const before = one.progress()
    one.did.length = 0
    one.engine.account.send({ type: 'signOutRequested', isRevoked: true })
    await settle()
    expect(one.engine.account.state).toMatchObject({
      phase: 'signed-in',
      signingOut: { isBusy: false, problem: { code: 'account.not-forgotten', detail: 'keychain.denied' } },
    })
    expect(one.did).toEqual([])
    expect(one.cancelled).toEqual([])
    expect(one.only().stage).toMatchObject({ phase: 'step' })
    expect(one.progress()).toEqual(before)
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    one.vault.removeProblem = undefined
    one.engine.account.send({ type: 'signOutRequested', isRevoked: true })
    await settle()
    expect(one.engine.account.state.phase).toBe('away')
  })

  test.each(['beeper.unreachable', 'account.not-revoked'] as const)(
    'a server that does not take it back (%s): signed out here, and it is said on the list',
    async (code) => {
      const one = await atSettings({ revoke: () => bad(problemOf(code)) })
      await signOut(one, true)
      expect(one.view().screen).toMatchObject({ name: 'find', problem: { code } })
      expect(one.vault.tokens.size).toBe(0)
      expect(one.engine.servers.markerOf(server.origin)).toBeUndefined()
    },
  )

  test('a bug shows as unexpected, and the person is still signed in', async () => {
    const one = await atSettings()
    one.vault.remove = () => Promise.reject(new Error('a bug'))
    await signOut(one, false)
    expect(one.view().screen).toMatchObject({ name: 'settings', signingOut: { problem: { code: 'unexpected' } } })
  })

  test('a server that does not answer does not hold the person up for ever', async () => {
    let signal: AbortSignal | undefined
    const one = await atSettings({
      revoke: (target) => {
        ;({ signal } = target)
        return new Promise(() => undefined)
      },
    })
    void one.handlers['account.signOut']({ revoke: true })
    await settle()
    expect(signal).toBeInstanceOf(AbortSignal)
    // It can be left meanwhile, and what is gone here is gone.
    await one.handlers['find.leave'](undefined)
    expect(one.screen()).toBe('find')
    expect(one.vault.tokens.size).toBe(0)
  })
})

describe('KEY-5: a sign-in that is kept for this run', () => {
  async function held(progress = {}): Promise<Bench> {
    const one = await atSettings()
    const { origin } = server
    one.vault.tokens.clear()
    await one.engine.journal.note({ servers: [remembered(progress)] })
    one.engine.account.send({ type: 'left' })
    one.engine.servers.hold(server, credentials)
    await settle()
    expect(one.handlers['find.use']({ origin })).toEqual(ok(undefined))
    await settle()
    expect(one.engine.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    one.vault.asked.length = 0
    return one
  }

  test('is let go without asking the keychain', async () => {
    const one = await held()
    await signOut(one, false)
    expect(one.screen()).toBe('find')
    expect(one.vault.asked).toEqual([])
    expect(one.engine.servers.heldOrigins).toEqual([])
    expect(one.view().screen).toMatchObject({ beepers: [{ state: 'signed-in' }] })
  })

  test('takes an older token with it that the keychain still has', async () => {
    const one = await held({ marker })
    one.vault.tokens.set(server.origin, 'SECRET-old')
    await signOut(one, false)
    expect(one.vault.asked).toEqual([`remove ${server.origin}`])
    expect(one.vault.tokens.size).toBe(0)
    expect(one.engine.servers.markerOf(server.origin)).toBeUndefined()
  })
})

describe('after signing out', () => {
  test('one can sign in again, by a new permission', async () => {
    const one = await atSettings()
    await signOut(one, true)
    one.beeper.glanceAtSetup = ({ token }) =>
      token === 'SECRET-new' ? good(setupOf('ready')) : bad(problemOf('beeper.token-refused'))
    one.beeper.askConsent = () =>
      good({ url: 'u', grant: good({ token: 'SECRET-new', expiresAtMs: undefined }), cancel: () => undefined })
    void one.handlers['find.use']({ origin: server.origin })
    await settle()
    expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'first' })
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.screen()).toBe('home')
    expect(one.vault.tokens.get(server.origin)).toBe('SECRET-new')
    expect(one.engine.servers.markerOf(server.origin)).toMatchObject({ source: 'oauth' })
  })

  test('a keychain that lets go only after the person went elsewhere ends nothing there', async () => {
    const cancelled: Target[] = []
    const one = await opened({
      probe: (origin) => good({ ...found, origin, state: 'signed-in' }),
      cancelSession: (target) => {
        cancelled.push(target)
        return good(undefined)
      },
    })
    const gate = deferred<undefined>()
    one.world.vault.remove = async () => {
      await gate.promise
      return ok(undefined)
    }
    one.engine.account.send({ type: 'signOutRequested', isRevoked: false })
    await one.engine.leave()
    await settle()
    expect(cancelled).toHaveLength(1)
    one.engine.servers.hold(otherServer, { ...credentials, token: 'SECRET-other' })
    one.engine.choose(otherServer)
    await settle()
    void one.handlers['connect.open']({ bridgeID: 'local-whatsapp' })
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'step' })
    gate.resolve(undefined)
    await settle()
    expect(cancelled).toHaveLength(1)
    expect(one.only().stage).toMatchObject({ phase: 'step' })
    expect(one.engine.target()).toMatchObject({ origin: otherServer.origin })
    expect(one.engine.servers.markerOf(server.origin)).toBeUndefined()
  })

  test('of the demo, nothing of it is left: neither on the disk, nor in the keychain, nor at work', async () => {
    const one = await atSettings()
    one.engine.account.send({ type: 'left' })
    const before = one.progress()
    one.engine.choose(demoServer)
    one.engine.account.send({ type: 'signedIn', credentials, keptIn: 'this-run' })
    await settle()
    one.did.length = 0
    await signOut(one, true)
    expect(one.screen()).toBe('find')
    expect(one.progress()).toEqual(before)
    expect(one.vault.asked).toEqual([])
    expect(one.did).toContain('demo.stop')
    expect(one.view().isDemo).toBe(false)
  })
})
