import { ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import type { PublishedView } from '#contract/view'
import { describe, expect, test } from 'vitest'
import type { Beeper, EventListener } from '../beeper-port.ts'
import { viewOf } from '../domain/view.ts'
import { bad, deferred, fakeWorld, good } from '../testing/fake-world.ts'
import type { FakeOptions, FakeWorld } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { chatAccount, found, network, otherServer, secrets, server, setupOf } from '../testing/states.ts'
import { Engine } from './app.ts'
import { handlersOf } from './handlers.ts'

const problemOf = (code: ProblemCode): Problem => ({ code, retry: 'now' })
const marker = { origin: server.origin, savedAt: '' }
const lists = { networks: [network], accounts: [chatAccount] }

interface Bench extends FakeWorld {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly screen: () => string
  /** How often the Beeper was asked this. */
  readonly count: (name: keyof Beeper) => number
}

function bench(options: FakeOptions = {}): Bench {
  const fake = fakeWorld(options)
  const engine = new Engine(fake.world)
  const published = (): PublishedView => ({ rev: 1, view: viewOf(engine.state.getState(), '0.1.0') })
  return {
    ...fake,
    engine,
    handlers: handlersOf(engine, published),
    screen: () => published().view.screen.name,
    count: (name) => fake.did.filter((what) => what === `beeper.${name}`).length,
  }
}

async function signedIn(beeper: Partial<Beeper> = {}, progress: FakeOptions['progress'] = {}): Promise<Bench> {
  const one = bench({
    progress: { server, marker, ...progress },
    beeper: { glanceAtSetup: () => good(setupOf('ready')), readNetworks: () => good(lists), ...beeper },
  })
  one.vault.tokens.set(server.origin, secrets.token)
  one.engine.launch()
  await settle()
  return one
}

describe('launching', () => {
  test('a fresh profile looks for Beeper at the usual port', async () => {
    const asked: string[] = []
    const one = bench({
      beeper: {
        probe: (origin) => {
          asked.push(origin)
          return Promise.resolve(found)
        },
      },
    })
    one.engine.launch()
    await settle()
    expect(asked).toEqual(['http://127.0.0.1:23373'])
    expect(one.screen()).toBe('find')
    expect(one.engine.discovery.state.found).toEqual([found])
    expect(one.did).not.toContain('vault.read')
  })

  test('KEY-7: a saved sign-in is read once and goes on where it was', async () => {
    const one = await signedIn()
    expect(one.screen()).toBe('connect')
    expect(one.did.filter((what) => what === 'vault.read')).toHaveLength(1)
  })

  test('an address without a sign-in goes back to its server without asking the keychain', async () => {
    const one = bench({
      progress: { server, email: 'sam@example.com' },
      beeper: { glanceAtSetup: () => good(setupOf('needs-login')) },
    })
    one.engine.launch()
    await settle()
    expect(one.engine.account.state).toMatchObject({ phase: 'email', email: 'sam@example.com' })
    expect(one.did).not.toContain('vault.read')
  })

  test('after the first run it is Home', async () => {
    expect((await signedIn({}, { isFirstRunDone: true })).screen()).toBe('home')
  })

  test('a picked server with a saved sign-in asks the keychain, another one does not', async () => {
    const one = bench({ progress: { server, marker } })
    one.engine.choose(otherServer)
    await settle()
    expect(one.did).not.toContain('vault.read')
    one.engine.choose({ ...server })
    expect(one.did).toContain('vault.read')
  })
})

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
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, false])
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
    const offline = (): boolean => viewOf(one.engine.state.getState(), '').isOffline
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
    one.beeper.probe = () => Promise.resolve(undefined)
    await one.engine.leave()
    one.did.length = 0
    for (let n = 0; n < 10; n += 1) {
      one.clock.pass(10_000)
      await settle()
    }
    expect(new Set(one.did)).toEqual(new Set(['beeper.probe']))
  })

  test('the search goes on every 2 s while it is seen', async () => {
    const one = bench({ beeper: { probe: () => Promise.resolve(undefined) } })
    one.engine.launch()
    await settle()
    one.clock.pass(2_000)
    await settle()
    expect(one.count('probe')).toBe(2)
    one.engine.discovery.send({ type: 'hidden' })
    one.clock.pass(60_000)
    await settle()
    expect(one.count('probe')).toBe(2)
  })
})

describe('KEY-6: a token that is refused while somebody is signed in', () => {
  test.each(['glanceAtSetup', 'readNetworks'] as const)(
    'by %s: the server is asked again without it, and the keychain keeps it',
    async (name) => {
      const one = await signedIn()
      const tokens: (string | undefined)[] = []
      one.beeper.readNetworks = () => (name === 'readNetworks' ? bad(problemOf('beeper.token-refused')) : good(lists))
      one.beeper.glanceAtSetup = ({ token }) => {
        tokens.push(token)
        return token === undefined || name === 'glanceAtSetup'
          ? bad(problemOf('beeper.token-refused'))
          : good(setupOf('ready'))
      }
      void one.handlers['networks.refresh'](undefined)
      one.clock.pass(10_000)
      await settle()
      expect(one.screen()).toBe('authorise')
      expect(tokens.at(-1)).toBeUndefined()
      expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
      expect(one.progress().marker).toEqual(marker)
      expect(one.engine.security.state.isOn).toBe(false)
      expect(one.engine.networks.state).toMatchObject({ isOn: false, networks: [], accounts: [] })
    },
  )

  test('a refusal of the old token that arrives late does not end the new sign-in', async () => {
    const late = deferred<Result<typeof lists>>()
    const one = await signedIn({ readNetworks: () => late.promise })
    one.beeper.glanceAtSetup = ({ token }) =>
      token === 'new' ? good(setupOf('ready')) : bad(problemOf('beeper.token-refused'))
    one.beeper.readNetworks = () => good(lists)
    one.beeper.askConsent = () => good({ url: 'u', token: good('new'), cancel: () => undefined })
    one.clock.pass(10_000)
    await settle()
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.screen()).toBe('connect')
    late.resolve({ ok: false, problem: problemOf('beeper.token-refused') })
    await settle()
    expect(one.screen()).toBe('connect')
    expect(one.engine.target()).toEqual({ origin: server.origin, token: 'new' })
  })

  test('a server that was signed out elsewhere asks for the address', async () => {
    const one = await signedIn()
    one.beeper.glanceAtSetup = () => good(setupOf('needs-login'))
    for (let reads = 0; reads < 4; reads++) {
      one.clock.pass(10_000)
      await settle()
    }
    expect(one.screen()).toBe('email')
  })

  test('a server whose state lags behind the sign-in for a moment keeps the person signed in', async () => {
    const one = await signedIn()
    one.beeper.glanceAtSetup = () => good(setupOf('needs-login'))
    one.clock.pass(10_000)
    await settle()
    expect(one.screen()).toBe('preparing')
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    one.clock.pass(2_000)
    await settle()
    expect(one.screen()).toBe('connect')
  })
})

describe('ONE-3: the recovery key', () => {
  const atKey = (beeper: Partial<Beeper> = {}): Promise<Bench> =>
    signedIn({ glanceAtSetup: () => good(setupOf('needs-cross-signing-setup')), ...beeper })

  test('ONE-1: is made after its intent is on the disk, answered once, and never part of the state', async () => {
    const one = await atKey({ createKey: () => good(secrets.recoveryKey) })
    one.did.length = 0
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toEqual(
      ok({ recoveryKey: secrets.recoveryKey }),
    )
    expect(one.did).toEqual([
      'intent+ appSetupVerificationRecoveryKeyReset',
      'beeper.createKey',
      'intent- appSetupVerificationRecoveryKeyReset',
    ])
    expect(one.screen()).toBe('recovery-key')
    expect(JSON.stringify(one.engine.state.getState().security)).not.toContain('SECRET')
    expect(JSON.stringify(one.progress())).not.toContain('SECRET')
  })

  test('is not made twice at a time, nor while one is being adopted', async () => {
    const key = deferred<Result<string>>()
    const one = await atKey({ createKey: () => key.promise, confirmKey: () => new Promise(() => undefined) })
    const first = one.handlers['security.createRecoveryKey'](undefined)
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toMatchObject({
      ok: false,
      problem: { code: 'command.not-now' },
    })
    key.resolve(ok('EsTc 1234'))
    await first
    void one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '1234' })
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toMatchObject({ ok: false })
    expect(one.count('createKey')).toBe(1)
  })

  test('is adopted only after one of its groups was typed from the copy', async () => {
    const one = await atKey({ createKey: () => good('EsTc 1234'), confirmKey: () => good(setupOf('ready')) })
    await one.handlers['security.createRecoveryKey'](undefined)
    void one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '9999' })
    await settle()
    expect(one.count('confirmKey')).toBe(0)
    expect(one.engine.security.state.key).toMatchObject({
      phase: 'showing',
      problem: { code: 'security.copy-not-proved' },
    })
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    void one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '1234' })
    await settle()
    expect(one.count('confirmKey')).toBe(1)
    expect(one.screen()).toBe('connect')
  })

  test('that could not be made says why and may be asked for again', async () => {
    const one = await atKey({ createKey: () => bad(problemOf('beeper.timeout')) })
    expect(await one.handlers['security.createRecoveryKey'](undefined)).toMatchObject({
      ok: false,
      problem: { code: 'beeper.timeout' },
    })
    expect(one.engine.security.state.key).toMatchObject({ phase: 'ask', problem: { code: 'beeper.timeout' } })
    expect(one.count('createKey')).toBe(1)
  })

  test('unlocking with a wrong key says so', async () => {
    const one = await signedIn({
      glanceAtSetup: () => good(setupOf('needs-verification')),
      unlock: () => bad(problemOf('security.key-refused')),
    })
    void one.handlers['security.unlock']({ recoveryKey: ' key ' })
    await settle()
    expect(one.engine.security.state.unlock).toMatchObject({ isBusy: false, problem: { code: 'security.key-refused' } })
  })
})

describe('commands out of season', () => {
  test('change nothing and break nothing', async () => {
    const one = bench({ beeper: { probe: () => Promise.resolve(undefined) } })
    one.engine.launch()
    await settle()
    const before = one.engine.state.getState()
    const inputs = {
      'account.submitCode': { code: '1' },
      'account.register': { username: 'sam', acceptTerms: true },
      'security.unlock': { recoveryKey: 'k' },
      'security.confirmRecoveryKey': { recoveryKey: 'k', group: 0, typedGroup: 'k' },
      'connect.open': { bridgeID: 'b' },
      'connect.choose': { connectionID: 'c', flowID: 'f' },
      'connect.submit': { connectionID: 'c', fields: {} },
      'connect.leave': { connectionID: 'c' },
      'connect.again': { connectionID: 'c' },
      'find.use': { origin: 'http://127.0.0.1:1' },
      'account.sendCode': { email: 'sam@example.com' },
      'account.changeAddress': undefined,
      'account.authorise': undefined,
      'account.cancelAuthorise': undefined,
      'account.retryKeychain': undefined,
      'account.keepForThisRun': undefined,
      'account.signInAgain': undefined,
      'security.createRecoveryKey': undefined,
      'networks.refresh': undefined,
      'app.openPhone': undefined,
    } as const
    for (const [name, input] of Object.entries(inputs))
      await (one.handlers[name as keyof typeof inputs] as (input: unknown) => unknown)(input)
    await settle()
    expect(one.engine.state.getState()).toEqual(before)
    expect(one.log.lines).toEqual([])
  })
})

describe('an address that was typed', () => {
  const at = (probe: Beeper['probe']): Bench =>
    bench({ beeper: { originFrom: () => ok('http://127.0.0.1:4000'), probe } })

  test('is remembered by its port once a Beeper was found there', async () => {
    const one = at(() => Promise.resolve(found))
    expect(await one.handlers['find.useAddress']({ address: '4000' })).toMatchObject({ ok: true })
    expect(one.engine.journal.ports).toContain(4000)
    expect(one.engine.account.state.phase).toBe('restoring')
  })

  test.each([
    [undefined, 'beeper.unreachable'],
    [{ ...found, state: 'not-beeper' }, 'beeper.not-beeper'],
    [{ ...found, state: 'too-old' }, 'beeper.too-old'],
  ] as const)('with %j behind it is refused in words', async (what, code) => {
    const one = at(() => Promise.resolve(what))
    expect(await one.handlers['find.useAddress']({ address: '4000' })).toMatchObject({ ok: false })
    expect(one.engine.state.getState().finding).toMatchObject({ opening: undefined, problem: { code } })
    expect(one.engine.journal.ports).not.toContain(4000)
  })
})
