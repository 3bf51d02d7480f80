// Sign-ins over real HTTP: several servers, better permissions, tokens that were pasted, and the ways out.
import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { fakeWorld } from '../testing/fake-world.ts'
import type { FakeWorld } from '../testing/fake-world.ts'
import { qrOf, run, simulatorOf } from '../testing/road-bench.ts'
import type { Traveller } from '../testing/road-bench.ts'
import { remembered, signedInAt } from '../testing/samples.ts'
import { createMemoryVault } from '../vault/memory.ts'

type There = Awaited<ReturnType<typeof simulatorOf>>
type Token = Parameters<There['control']['token']>[0]
const timeout = 20_000

interface SignedIn extends Traveller {
  readonly kept: FakeWorld
  readonly vault: ReturnType<typeof createMemoryVault>
  readonly token: string
  readonly there: There
}

/** Launched with a saved sign-in at a server that is ready. */
async function launched(options: Token = {}): Promise<SignedIn> {
  const there = await simulatorOf({ scenario: 'ready' })
  const token = await there.control.token(options)
  const kept = fakeWorld({ progress: signedInAt(there.origin) })
  const vault = createMemoryVault()
  await vault.save(there.origin, token)
  const app = run(kept, vault)
  app.engine.launch()
  await app.at('connect', ({ status }) => status === 'loaded')
  return { ...app, kept, vault, token, there }
}
const tokenCount = async ({ control }: There): Promise<number> => (await control.snapshot()).tokens.length
const tokenIn = async (vault: SignedIn['vault'], origin: string): Promise<string | null | undefined> => {
  const read = await vault.read(origin)
  return read.ok ? read.value : undefined
}

describe('two servers', () => {
  test('ORI-2: each has its own sign-in, and neither ever sees the other one’s', { timeout }, async () => {
    const servers = [
      await simulatorOf({ scenario: 'ready' }),
      await simulatorOf({ scenario: 'ready', seed: 2 }),
    ] as const
    const tokens = [await servers[0].control.token(), await servers[1].control.token()] as const
    const kept = fakeWorld({
      progress: {
        origin: servers[0].origin,
        servers: servers.map(({ origin }) => remembered({ origin, marker: { source: 'oauth', savedAt: '' } })),
      },
    })
    const vault = createMemoryVault()
    for (const index of [0, 1] as const) await vault.save(servers[index].origin, tokens[index])
    const { engine, handlers, at } = run(kept, vault)
    engine.launch()
    for (const index of [0, 1, 0, 1] as const) {
      const { origin } = servers[index]
      if (engine.account.state.phase === 'signed-in' && engine.target()?.origin !== origin) {
        await handlers['find.leave'](undefined)
        await at('find', ({ beepers }) => beepers.some((row) => row.origin === origin && row.state === 'ready'))
        expect(handlers['find.use']({ origin })).toEqual(ok(undefined))
      }
      await at('connect', ({ status }) => status === 'loaded')
      expect(engine.target()).toEqual({ origin, token: tokens[index] })
    }
    for (const [index, { world }] of servers.entries()) {
      const seen = world.secrets().map(({ value }) => value)
      expect(seen).toContain(tokens[index])
      expect(seen).not.toContain(tokens[1 - index])
      expect(world.traffic.bugs).toEqual([])
    }
  })
})

describe('a permission that is too small', () => {
  test(
    'is replaced while a connection lives, and the connection goes on with the better one',
    { timeout },
    async () => {
      const one = await launched({ source: 'oauth' })
      const { there, handlers, at, engine } = one
      void handlers['connect.open']({ bridgeID: 'local-whatsapp' })
      const { connection } = await at('connection', (screen) =>
        ['choosing', 'step'].includes(screen.connection.stage.phase),
      )
      const { connectionID } = connection
      if (connection.stage.phase === 'choosing') void handlers['connect.choose']({ connectionID, flowID: 'qr' })
      const first = qrOf(await at('connection', (screen) => qrOf(screen) !== undefined))
      engine.account.send({ type: 'scopeMissing', isClicked: true })
      await at('authorise', ({ reason, phase }) => reason === 'scope' && phase === 'ask')
      void handlers['account.authorise'](undefined)
      await there.control.consent(await one.page)
      await at('connection', (screen) => qrOf(screen) === first)
      const better = engine.target()?.token
      expect(better).not.toBe(one.token)
      expect(await tokenIn(one.vault, there.origin)).toBe(better)
      // The old one ends: from here on everything depends on the new one.
      await there.control.revoke({ token: one.token })
      await there.control.step(61_000)
      const second = qrOf(await at('connection', (screen) => qrOf(screen) !== undefined && qrOf(screen) !== first))
      await there.control.scan(second ?? '')
      await at('connection', (screen) => screen.connection.stage.phase === 'done')
      expect((await there.control.counts()).createLoginSession).toBe(1)
    },
  )

  test('is asked for with the click that needs it', { timeout }, async () => {
    const one = await launched({ source: 'manual', scopes: ['read'] })
    void one.handlers['connect.open']({ bridgeID: 'local-whatsapp' })
    // A network with one way only is not asked for it.
    void one
      .at('connection', ({ connection }) => connection.stage.phase === 'choosing')
      .then(({ connection: { connectionID } }) => one.handlers['connect.choose']({ connectionID, flowID: 'qr' }))
    await Promise.race([
      one.at('authorise'),
      one.at('connection', ({ connection }) => connection.stage.phase === 'failed'),
    ])
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'ask', reason: 'scope' })
    // Put off, the person is back at what could not be done.
    void one.handlers['account.cancelAuthorise'](undefined)
    await one.at('connection', ({ connection }) => connection.stage.phase === 'failed')
  })
})

describe('a token that was pasted', () => {
  test(
    'is checked by the server: one that only reads and one that is none are refused in words',
    { timeout },
    async () => {
      const there = await simulatorOf({ scenario: 'ready' })
      const kept = fakeWorld()
      const vault = createMemoryVault()
      const { handlers, at, engine } = run(kept, vault)
      await handlers['find.useAddress']({ address: new URL(there.origin).port })
      await at('authorise')
      void handlers['account.useToken']({ token: 'not-a-token' })
      await at('authorise', ({ problem }) => problem?.code === 'account.token-unusable')
      void handlers['account.useToken']({ token: await there.control.token({ source: 'manual', scopes: ['read'] }) })
      await at('authorise', ({ problem }) => problem?.code === 'account.token-read-only')
      expect(kept.progress().servers[0]?.marker).toBeUndefined()
      const good = await there.control.token({ source: 'manual', expiresInMs: 3_600_000 })
      void handlers['account.useToken']({ token: ` ${good} ` })
      await at('connect', ({ status }) => status === 'loaded')
      expect(await tokenIn(vault, there.origin)).toBe(good)
      expect(engine.servers.markerOf(there.origin)).toMatchObject({
        source: 'manual',
        expiresAtMs: expect.any(Number) as unknown,
      })
    },
  )
})

describe('signing out', () => {
  test('here only leaves the token good at the server, and nothing of it here', { timeout }, async () => {
    const one = await launched()
    const before = await tokenCount(one.there)
    await one.handlers['account.signOut']({ revoke: false })
    await one.at('find')
    expect(await tokenCount(one.there)).toBe(before)
    expect(await tokenIn(one.vault, one.there.origin)).toBeNull()
    expect((await one.there.control.counts()).oauth_revoke_token).toBeUndefined()
    // The next run knows the server, and asks for permission.
    const next = run(one.kept, one.vault)
    next.engine.launch()
    await next.at('find', ({ beepers }) =>
      beepers.some(({ origin, state }) => origin === one.there.origin && state === 'signed-in'),
    )
    expect(next.handlers['find.use']({ origin: one.there.origin })).toEqual(ok(undefined))
    await next.at('authorise', ({ reason }) => reason === 'first')
  })

  test('also there takes the token back', { timeout }, async () => {
    const one = await launched()
    const before = await tokenCount(one.there)
    await one.handlers['account.signOut']({ revoke: true })
    await one.at('find', ({ problem }) => problem === undefined)
    expect(await tokenCount(one.there)).toBe(before - 1)
    expect(await tokenIn(one.vault, one.there.origin)).toBeNull()
  })

  test('where the server cannot take it back says so, and signs out here', { timeout }, async () => {
    const one = await launched()
    await one.there.control.oauth({ hasRevocation: false })
    await one.handlers['account.signOut']({ revoke: true })
    await one.at('find', ({ problem }) => problem?.code === 'account.not-revoked')
    expect(await tokenIn(one.vault, one.there.origin)).toBeNull()
  })

  test('forgetting a server takes its token back as well', { timeout }, async () => {
    const one = await launched()
    const { origin } = one.there
    const before = await tokenCount(one.there)
    await one.handlers['find.leave'](undefined)
    expect(await one.handlers['find.forget']({ origin })).toEqual(ok(undefined))
    expect(await tokenCount(one.there)).toBe(before - 1)
    expect(await tokenIn(one.vault, origin)).toBeNull()
    expect(one.kept.progress().servers).toEqual([])
  })
})
