import { describe, expect, test } from 'vitest'
import type { Progress } from '../ports.ts'
import { fakeWorld } from '../testing/fake-world.ts'
import type { FakeWorld } from '../testing/fake-world.ts'
import { credentials, demoServer, found, marker, otherServer, remembered, secrets, server } from '../testing/samples.ts'
import { Journal } from './journal.ts'
import { Servers } from './servers.ts'

interface Bench extends FakeWorld {
  readonly servers: Servers
  /** How often somebody was told of a change. */
  readonly toldCount: () => number
}

function bench(progress: Partial<Progress> = {}): Bench {
  const fake = fakeWorld({ progress })
  let count = 0
  const journal = new Journal(fake.settings, fake.clock, fake.log)
  const servers = new Servers(journal, fake.clock, () => (count += 1))
  return { ...fake, servers, toldCount: () => count }
}

const both: Partial<Progress> = {
  origin: server.origin,
  servers: [remembered({ marker, lastState: 'signed-in' }), remembered({ origin: otherServer.origin, name: 'Other' })],
}

describe('a server that is chosen', () => {
  test('is remembered as the one in use, as it described itself', async () => {
    const { servers, progress, toldCount } = bench()
    const noting = servers.choose(server, { ...found, kind: 'server', state: 'signed-in' })
    // It counts at once; the disk takes its time.
    expect(servers.current).toMatchObject({ origin: server.origin })
    expect(toldCount()).toBe(1)
    await noting
    expect(progress()).toMatchObject({
      origin: server.origin,
      servers: [{ origin: server.origin, name: 'Beeper', version: '4.3.0', kind: 'server', lastState: 'signed-in' }],
    })
  })

  test('a second time keeps its place, its given name, its sign-in and the yes of the person', async () => {
    const known = { ...remembered({ marker, givenName: 'Office', allowedAt: 'then', kind: 'desktop' }) }
    const { servers, progress } = bench({ servers: [known, remembered({ origin: otherServer.origin })] })
    await servers.choose({ ...server, version: '4.4.0' }, { ...found, version: '4.4.0' })
    expect(progress().servers).toMatchObject([{ ...known, version: '4.4.0' }, { origin: otherServer.origin }])
  })

  test.each([
    ['signed-in', 'signed-in', 'signed-in'],
    ['signed-in', 'signed-out', 'signed-out'],
    ['signed-out', 'signed-in', 'signed-in'],
    ['signed-in', undefined, 'signed-in'],
  ] as const)('was last seen %s, is seen %s now: %s', async (lastState, state, noted) => {
    const { servers } = bench({ servers: [remembered({ lastState })] })
    await servers.choose(server, state && { ...found, state })
    expect(servers.find(server.origin)?.lastState).toBe(noted)
  })

  test('of the demo is never remembered', async () => {
    const { servers, progress, did } = bench()
    await servers.choose(demoServer)
    expect(progress().servers).toEqual([])
    expect(progress().origin).toBeUndefined()
    expect(did).toEqual([])
  })
})

describe('the note of a sign-in', () => {
  test('says whose, since when, how, and until when; and never the token (KEY-2)', async () => {
    const { servers, progress } = bench({ servers: [remembered()] })
    await servers.noteSaved(server, { ...credentials, source: 'oauth', expiresAtMs: 5 })
    expect(servers.markerOf(server.origin)).toEqual({
      userID: '@sam:beeper.com',
      source: 'oauth',
      expiresAtMs: 5,
      savedAt: '2023-11-14T22:13:20.000Z',
    })
    expect(servers.find(server.origin)?.lastState).toBe('signed-in')
    expect(JSON.stringify(progress())).not.toContain('SECRET')
  })

  test('says nothing about what the server calls itself, nor about which one is in use', async () => {
    const { servers, progress } = bench({
      ...both,
      servers: [remembered({ givenName: 'Office' }), ...(both.servers ?? []).slice(1)],
    })
    // As a launch opens it, and a late answer finds it.
    await servers.noteSaved({ ...server, name: 'Office' }, credentials)
    expect(servers.find(server.origin)).toMatchObject({ name: 'Beeper', givenName: 'Office' })
    await servers.noteSaved(otherServer, credentials)
    expect(progress().origin).toBe(server.origin)
  })

  test('goes with signing out; the server stays', async () => {
    const { servers, progress } = bench(both)
    servers.hold(server, credentials)
    await servers.noteSignedOut(server.origin)
    expect(servers.keptOf(server.origin)).toBeUndefined()
    expect(progress()).toMatchObject({
      origin: server.origin,
      servers: [{ origin: server.origin, name: 'Beeper' }, {}],
    })
    expect(progress().servers[0]?.marker).toBeUndefined()
  })

  test('is not made for a server that nobody remembers, such as the demo', async () => {
    const { servers, progress } = bench()
    await servers.noteSignedOut(demoServer.origin)
    expect(progress().servers).toEqual([])
  })
})

describe('KEY-5: a sign-in that is kept for this run', () => {
  test('is told, stands before what the keychain holds, and is nowhere on the disk', () => {
    const { servers, progress, toldCount } = bench(both)
    const fresh = { ...credentials, token: secrets.pastedToken, source: 'manual' } as const
    servers.hold(server, fresh)
    expect(toldCount()).toBe(1)
    expect(servers.heldOrigins).toEqual([server.origin])
    expect(servers.held(server.origin)).toEqual(fresh)
    expect(servers.held(otherServer.origin)).toBeUndefined()
    expect(servers.keptOf(server.origin)).toMatchObject({ source: 'manual' })
    expect(JSON.stringify(progress())).not.toContain('SECRET')
  })

  test('is over once it was saved after all', async () => {
    const { servers } = bench(both)
    servers.hold(server, credentials)
    await servers.noteSaved(server, credentials)
    expect(servers.heldOrigins).toEqual([])
    expect(servers.markerOf(server.origin)).toMatchObject({ savedAt: expect.any(String) as unknown })
  })

  test('is known without its token', () => {
    const { servers } = bench(both)
    servers.hold(server, credentials)
    expect(servers.keptOf(server.origin)).toEqual({ source: credentials.source, expiresAtMs: undefined })
  })
})

describe('a name', () => {
  test('is given, and taken back', async () => {
    const { servers } = bench(both)
    await servers.rename(server.origin, 'Office')
    expect(servers.find(server.origin)).toMatchObject({ name: 'Beeper', givenName: 'Office', marker })
    await servers.rename(server.origin, '')
    expect(servers.find(server.origin)?.givenName).toBeUndefined()
    expect(servers.find(otherServer.origin)?.name).toBe('Other')
  })
})

describe('ORI-1: the yes to another computer', () => {
  const origin = 'https://beeper.example.com'

  test('holds for this run, and outlives it once the server was chosen', async () => {
    const { servers, progress } = bench()
    expect(servers.isAllowed(origin)).toBe(false)
    servers.allow(origin)
    expect(servers.isAllowed(origin)).toBe(true)
    expect(servers.isAllowed('https://beeper.example.com:444')).toBe(false)
    expect(progress().servers).toEqual([])
    await servers.choose({ ...server, origin })
    expect(progress().servers).toMatchObject([{ origin, allowedAt: '2023-11-14T22:13:20.000Z' }])
    expect(bench({ servers: progress().servers }).servers.isAllowed(origin)).toBe(true)
  })

  test('ends with the server being forgotten', async () => {
    const { servers } = bench()
    servers.allow(origin)
    await servers.choose({ ...server, origin })
    await servers.forget(origin)
    expect(servers.isAllowed(origin)).toBe(false)
  })
})

describe('a server that is forgotten', () => {
  const session = { bridgeID: 'b', loginSessionID: 's', networkName: 'N', networkType: 'n', openedAt: '' }
  const left = ({ origin }: { readonly origin: string }): Partial<Progress> => ({
    intents: [{ operation: 'appSetupResponse', origin, openedAt: '' }],
    sessions: [{ ...session, origin }],
    request: { origin, sentAt: '' },
  })

  test('goes with everything that was noted for it', async () => {
    const { servers, progress } = bench({ ...both, ...left(server) })
    servers.hold(server, credentials)
    await servers.forget(server.origin)
    expect(progress()).toMatchObject({ servers: [{ origin: otherServer.origin }], intents: [], sessions: [] })
    expect(progress().origin).toBeUndefined()
    expect(progress().request).toBeUndefined()
    expect(servers.heldOrigins).toEqual([])
  })

  test('takes nothing of another one with it', async () => {
    const { servers, progress } = bench({ ...both, ...left(server) })
    await servers.forget(otherServer.origin)
    expect(progress()).toMatchObject({
      origin: server.origin,
      servers: [{ origin: server.origin, marker }],
      ...left(server),
    })
  })
})
