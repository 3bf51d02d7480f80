import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper, Consent } from '../../beeper-port.ts'
import type { AccountState } from '../../domain/account-state.ts'
import { bad, deferred, fakeWorld, good } from '../../testing/fake-world.ts'
import type { Deferred, FakeOptions, FakeWorld } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { form, otherServer, secrets, server, setupOf } from '../../testing/states.ts'
import { Engine } from '../app.ts'

const problemOf = (code: ProblemCode): Problem => ({ code, retry: 'now' })
const signedIn = {
  kind: 'signed-in',
  token: secrets.token,
  userID: '@sam:beeper.com',
  setup: setupOf('initializing'),
} as const
const registration = { kind: 'registration', ...form } as const
const demo = { ...server, origin: 'http://127.0.0.1:40000', isDemo: true }

type Glance = Beeper['glanceAtSetup']
/** A server that lets in whoever has a token, and otherwise says what it is told. */
const guarded =
  (without: Glance): Glance =>
  (target) =>
    target.token === undefined ? without(target) : good(setupOf('initializing'))

interface Bench extends FakeWorld {
  readonly engine: Engine
  readonly phase: () => AccountState['phase']
  readonly account: Engine['account']
}

function bench(options: FakeOptions = {}): Bench {
  const fake = fakeWorld(options)
  const engine = new Engine(fake.world)
  return { ...fake, engine, account: engine.account, phase: () => engine.account.state.phase }
}

/** A bench on the code screen of a fresh server. */
async function atCode(more: FakeOptions['beeper'] = {}, at = server): Promise<Bench> {
  const one = bench({
    beeper: {
      glanceAtSetup: guarded(() => good(setupOf('needs-login'))),
      start: () => good('r1'),
      sendEmail: () => good(undefined),
      ...more,
    },
  })
  one.engine.choose(at)
  await settle()
  one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
  await settle()
  expect(one.phase()).toBe('code')
  one.did.length = 0
  return one
}
async function atRegister(more: FakeOptions['beeper'] = {}): Promise<Bench> {
  const one = await atCode({ respond: () => good(registration), ...more })
  one.account.send({ type: 'codeSubmitted', code: '123456' })
  await settle()
  expect(one.phase()).toBe('register')
  one.did.length = 0
  return one
}

/** How each way to a sign-in is walked, up to the call that happens once. */
const ways = {
  respond: {
    intent: 'appSetupResponse',
    begin: (answer: () => Promise<Result<never>>) => atCode({ respond: answer }),
    act: (one: Bench) => {
      one.account.send({ type: 'codeSubmitted', code: secrets.code })
    },
  },
  register: {
    intent: 'appSetupRegister',
    begin: (answer: () => Promise<Result<never>>) => atRegister({ register: answer }),
    act: (one: Bench) => {
      one.account.send({ type: 'usernameSubmitted', username: 'sam' })
    },
  },
} as const
const wayNames = Object.keys(ways) as (keyof typeof ways)[]
/** The types of the two answers differ; what matters here is when they come. */
const answering = (value: unknown) => (): Promise<Result<never>> => good(value as never)

describe('ONE-1: the order of a call that happens once', () => {
  test.each(wayNames)('%s: intent on the disk, call, token in the keychain, news, intent closed', async (name) => {
    const { begin, act, intent } = ways[name]
    const one = await begin(answering(signedIn))
    one.account.store.subscribe(({ phase }) => {
      if (phase === 'signed-in') one.did.push('news')
    })
    act(one)
    await settle()
    expect(one.phase()).toBe('signed-in')
    const order = one.did.filter(
      (what) =>
        ['intent', 'vault.save', 'news', 'note m'].some((begins) => what.startsWith(begins)) ||
        what === `beeper.${name}`,
    )
    expect(order).toEqual([
      `intent+ ${intent}`,
      `beeper.${name}`,
      'vault.save',
      'note marker',
      'news',
      `intent- ${intent}`,
    ])
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    expect(one.progress()).toMatchObject({ intents: [], marker: { origin: server.origin, userID: '@sam:beeper.com' } })
  })

  test('the notes on the disk hold no secret', async () => {
    const one = await atCode({ respond: () => good(signedIn) })
    const written: string[] = []
    const { update } = one.settings
    one.settings.update = (change) => {
      written.push(JSON.stringify(change))
      return update(change)
    }
    one.account.send({ type: 'codeSubmitted', code: secrets.code })
    await settle()
    expect(written.length).toBeGreaterThan(2)
    expect(written.join()).not.toContain('SECRET')
    expect(JSON.stringify(one.log.lines)).not.toContain('SECRET')
  })

  test('consent: the intent is on the disk before the code is exchanged', async () => {
    const token = deferred<Result<string>>()
    let beforeToken: () => Promise<unknown> = () => Promise.resolve()
    const one = await atAuthorise({
      askConsent: (_, _words, before) => {
        beforeToken = before
        return good<Consent>({ url: 'u', token: token.promise, cancel: () => undefined })
      },
    })
    one.account.send({ type: 'consentRequested' })
    await settle()
    await beforeToken()
    expect(one.account.state).toMatchObject({ step: 'finishing' })
    expect(one.progress().intents).toMatchObject([{ operation: 'oauth_token' }])
    token.resolve(ok(secrets.token))
    await settle()
    expect(one.did.filter((what) => /intent|vault.save$|note marker/.test(what))).toEqual([
      'intent+ oauth_token',
      'vault.save',
      'note marker',
      'intent- oauth_token',
    ])
    expect(one.phase()).toBe('signed-in')
  })
})

describe('ONE-2: answers that were lost', () => {
  const lost = [
    'beeper.unreachable',
    'beeper.timeout',
    'beeper.unreadable',
    'beeper.fault',
    'beeper.upstream',
    'beeper.not-beeper',
  ] as const
  const heard = [
    'account.code-refused',
    'account.username-taken',
    'account.username-refused',
    'beeper.rate-limited',
    'beeper.rejected',
    'beeper.conflict',
  ] as const
  const cells = wayNames.flatMap((name) => lost.map((code) => [name, code] as const))

  test.each(cells)(
    '%s, %s: the server says that somebody is signed in, so permission is asked there',
    async (name, code) => {
      const { begin, act, intent } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      one.beeper.readSetup = () => bad(problemOf('beeper.token-refused'))
      act(one)
      await settle()
      expect(one.phase()).toBe('authorise')
      expect(one.did.filter((what) => what === `beeper.${name}`)).toHaveLength(1)
      expect(one.did.slice(0, 4)).toEqual([
        `intent+ ${intent}`,
        `beeper.${name}`,
        'beeper.readSetup',
        `intent- ${intent}`,
      ])
    },
  )

  test.each(cells)(
    '%s, %s: the server says that nobody is, so the call had no effect and is said to have failed',
    async (name, code) => {
      const { begin, act } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      one.beeper.readSetup = () => good(setupOf('needs-login'))
      act(one)
      await settle()
      expect(one.account.state).toMatchObject({ phase: name === 'respond' ? 'code' : 'register', problem: { code } })
      expect(one.did.filter((what) => what === `beeper.${name}`)).toHaveLength(1)
      expect(one.progress().intents).toEqual([])
    },
  )

  test.each(cells)(
    '%s, %s: a server that cannot be asked leaves the intent open for the next launch',
    async (name, code) => {
      const { begin, act, intent } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      one.beeper.readSetup = () => bad(problemOf('beeper.unreachable'))
      act(one)
      await settle()
      expect(one.did.filter((what) => what === `beeper.${name}`)).toHaveLength(1)
      expect(one.progress().intents).toMatchObject([{ operation: intent }])
      expect(one.account.state).toMatchObject({ problem: { code } })
    },
  )

  test.each(wayNames.flatMap((name) => heard.map((code) => [name, code] as const)))(
    '%s, %s: an answer that was heard settles itself',
    async (name, code) => {
      const { begin, act } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      act(one)
      await settle()
      expect(one.did).not.toContain('beeper.readSetup')
      expect(one.account.state).toMatchObject({ problem: { code } })
      expect(one.progress().intents).toEqual([])
    },
  )

  test('a request that has gone asks for the address again and forgets the handle', async () => {
    const one = await atCode({ respond: () => bad(problemOf('account.request-gone')) })
    expect(one.progress().request).toMatchObject({ origin: server.origin })
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({
      phase: 'email',
      email: 'sam@example.com',
      problem: { code: 'account.request-gone' },
    })
    expect(one.progress().request).toBeUndefined()
  })

  test('a sign-in by consent after a lost answer stays: what was read before it is out of date', async () => {
    const one = await atCode({
      respond: () => bad(problemOf('beeper.timeout')),
      askConsent: () => good<Consent>({ url: 'u', token: good(secrets.token), cancel: () => undefined }),
    })
    one.beeper.readSetup = () => bad(problemOf('beeper.token-refused'))
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.phase()).toBe('signed-in')
  })

  test('an open intent of an earlier run is settled by reading the keychain and the server', async () => {
    const intents = [{ operation: 'appSetupResponse' as const, origin: server.origin, openedAt: '' }]
    const one = bench({
      progress: { server, intents, email: 'sam@example.com' },
      beeper: { glanceAtSetup: () => good(setupOf('ready')) },
    })
    one.vault.tokens.set(server.origin, secrets.token)
    one.engine.launch()
    await settle()
    expect(one.phase()).toBe('signed-in')
    expect(one.progress().intents).toEqual([])
    expect(one.did.filter((what) => /beeper.(respond|register|start|sendEmail)/.test(what))).toEqual([])
  })
})

describe('KEY-5: the keychain', () => {
  async function unsaved(): Promise<Bench> {
    const one = await atCode({ respond: () => good(signedIn) })
    one.vault.saveProblem = problemOf('keychain.denied')
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unsaved', isBusy: false, problem: { code: 'keychain.denied' } })
    return one
  }

  test('that fails leaves the token in memory; trying again saves it', async () => {
    const one = await unsaved()
    one.account.send({ type: 'keychainRetried' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unsaved', isBusy: false })
    one.vault.saveProblem = undefined
    one.account.send({ type: 'keychainRetried' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'keychain' })
    expect(one.progress().marker).toMatchObject({ origin: server.origin })
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
  })

  test('that fails may be done without for this run: nothing says that something was saved', async () => {
    const one = await unsaved()
    one.account.send({ type: 'keptForThisRun' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    expect(one.progress().marker).toBeUndefined()
    expect([...one.vault.tokens.values()]).not.toContain(secrets.token)
  })

  test('that is slow says so, and keeps the sign-in when it comes round', async () => {
    const one = await atCode({ respond: () => good(signedIn) })
    const release = one.vault.hold()
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unsaved', isBusy: true, problem: { code: 'keychain.locked' } })
    release()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'keychain' })
  })

  test('that comes round after the person went on without it has kept it after all', async () => {
    const one = await atCode({ respond: () => good(signedIn) })
    const release = one.vault.hold()
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    one.account.send({ type: 'keptForThisRun' })
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    release()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'keychain' })
  })

  test('KEY-3: one that shows nothing where something was saved is shut, and nothing is deleted', async () => {
    const marker = { origin: server.origin, savedAt: '' }
    const one = bench({ progress: { server, marker } })
    one.engine.launch()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'keychain-shut', problem: { code: 'keychain.empty' } })
    expect(one.progress().marker).toEqual(marker)
    expect(one.did).not.toContain('vault.remove')
  })

  test('a bug in it shows as unexpected, not as a wait without end', async () => {
    const one = bench({ progress: { server, marker: { origin: server.origin, savedAt: '' } } })
    one.vault.read = () => Promise.reject(new Error('a bug'))
    one.engine.launch()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'keychain-shut', problem: { code: 'unexpected' } })
    expect(one.log.lines.map(({ event }) => event)).toContain('account-effect-failed')
  })
})

describe('a bug in the way to the server', () => {
  test('shows as unexpected, and the server is asked again', async () => {
    const one = bench({ beeper: { glanceAtSetup: () => Promise.reject(new Error('a bug')) } })
    one.engine.choose(server)
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unreachable', problem: { code: 'unexpected' } })
    one.beeper.glanceAtSetup = () => good(setupOf('needs-login'))
    one.clock.pass(2_000)
    await settle()
    expect(one.phase()).toBe('email')
  })
})

describe('KEY-6: a token that the server refuses', () => {
  test('is put aside: the server is asked without it and the keychain keeps it', async () => {
    const asked: (string | undefined)[] = []
    const one = bench({
      progress: { server, marker: { origin: server.origin, savedAt: '' } },
      beeper: {
        glanceAtSetup: ({ token }) => {
          asked.push(token)
          return bad(problemOf('beeper.token-refused'))
        },
      },
    })
    one.vault.tokens.set(server.origin, 'old')
    one.engine.launch()
    await settle()
    expect(asked).toEqual(['old', undefined])
    expect(one.phase()).toBe('authorise')
    expect(one.vault.tokens.get(server.origin)).toBe('old')
    expect(one.did).not.toContain('vault.remove')
  })
})

async function atAuthorise(more: FakeOptions['beeper'] = {}): Promise<Bench> {
  const one = bench({ beeper: { glanceAtSetup: guarded(() => bad(problemOf('beeper.token-refused'))), ...more } })
  one.engine.choose(server)
  await settle()
  expect(one.phase()).toBe('authorise')
  one.did.length = 0
  return one
}

describe('consent', () => {
  interface Asked {
    readonly token: Deferred<Result<string>>
    isCancelled: boolean
  }
  /** Consents that are answered by hand; `prepare` holds them while the listener is being opened. */
  async function consenting(prepare?: Promise<unknown>): Promise<Bench & { readonly asked: Asked[] }> {
    const asked: Asked[] = []
    const one = await atAuthorise({
      askConsent: async () => {
        const mine: Asked = { token: deferred(), isCancelled: false }
        asked.push(mine)
        const url = `https://consent/${String(asked.length)}`
        await prepare
        const cancel = (): void => {
          mine.isCancelled = true
          mine.token.resolve(failed(problemOf('account.consent-failed')))
        }
        return ok({ url, token: mine.token.promise, cancel })
      },
    })
    return { ...one, asked }
  }

  test('opens the page, and the same page again on a second click', async () => {
    const one = await consenting()
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.opened).toEqual(['https://consent/1', 'https://consent/1'])
    expect(one.asked).toHaveLength(1)
  })

  test('two clicks while it is being prepared make one page', async () => {
    const gate = deferred<undefined>()
    const one = await consenting(gate.promise)
    one.account.send({ type: 'consentRequested' })
    one.account.send({ type: 'consentRequested' })
    gate.resolve(undefined)
    await settle()
    expect(one.asked).toHaveLength(1)
    expect(one.opened).toEqual(['https://consent/1'])
  })

  test('cancelled closes its listener; asked again is another one', async () => {
    const one = await consenting()
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.account.send({ type: 'consentFailed', problem: undefined })
    await settle()
    expect(one.asked[0]?.isCancelled).toBe(true)
    expect(one.account.state).toMatchObject({ phase: 'authorise', step: 'ask', problem: undefined })
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.asked[1]?.token.resolve(ok('fresh'))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', credentials: { token: 'fresh', source: 'oauth' } })
  })

  test('cancelled while it is being prepared opens no page afterwards', async () => {
    const gate = deferred<undefined>()
    const one = await consenting(gate.promise)
    one.account.send({ type: 'consentRequested' })
    one.account.send({ type: 'consentFailed', problem: undefined })
    gate.resolve(undefined)
    await settle()
    expect(one.opened).toEqual([])
    expect(one.asked[0]?.isCancelled).toBe(true)
    expect(one.account.state).toMatchObject({ phase: 'authorise', step: 'ask' })
  })

  test('a token that comes after it was cancelled signs nobody in and leaves no intent open', async () => {
    let before: () => Promise<unknown> = () => Promise.resolve()
    const token = deferred<Result<string>>()
    const one = await atAuthorise({
      askConsent: (_, _words, beforeToken) => {
        before = beforeToken
        return good<Consent>({ url: 'u', token: token.promise, cancel: () => undefined })
      },
    })
    one.account.send({ type: 'consentRequested' })
    await settle()
    await before()
    one.account.send({ type: 'consentFailed', problem: undefined })
    token.resolve(ok(secrets.token))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'authorise', step: 'ask' })
    expect(one.vault.tokens.size).toBe(0)
    expect(one.progress().intents).toEqual([])
  })

  test('a browser that does not open is said', async () => {
    const one = await consenting()
    one.world.opener.openPage = () => bad(problemOf('account.browser-failed'))
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.account.state).toMatchObject({
      phase: 'authorise',
      step: 'ask',
      problem: { code: 'account.browser-failed' },
    })
    expect(one.asked[0]?.isCancelled).toBe(true)
  })

  test('leaving the server ends it, and another server has its own', async () => {
    const one = await consenting()
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.engine.choose(otherServer)
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.asked).toHaveLength(2)
    expect(one.asked[0]?.isCancelled).toBe(true)
    expect(one.opened).toEqual(['https://consent/1', 'https://consent/2'])
  })
})

describe('ORI-2: what comes back from a server that was left', () => {
  test('a setup state of the first server does not move the second', async () => {
    const first = deferred<Result<ReturnType<typeof setupOf>>>()
    const one = bench({
      beeper: {
        glanceAtSetup: ({ origin }) => (origin === server.origin ? first.promise : new Promise(() => undefined)),
      },
    })
    one.engine.choose(server)
    await one.engine.leave()
    one.engine.choose(otherServer)
    first.resolve(ok(setupOf('needs-login')))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'restoring', server: otherServer })
  })

  test('a sign-in at the first server never becomes the token of the second', async () => {
    const answer = deferred<Result<typeof signedIn>>()
    const one = await atCode({ respond: () => answer.promise })
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    await one.engine.leave()
    one.engine.choose(otherServer)
    await settle()
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'code', server: otherServer })
    answer.resolve(ok(signedIn))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'code', server: otherServer })
    expect(one.engine.target()).toBeUndefined()
    // It exists once, so it is kept where it belongs.
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    expect(one.vault.tokens.get(otherServer.origin)).toBeUndefined()
  })

  test('a state read at the first server is not taken for that of the second', async () => {
    const one = bench({
      beeper: {
        glanceAtSetup: guarded(({ origin }) =>
          origin === server.origin ? good(setupOf('needs-login')) : bad(problemOf('beeper.token-refused')),
        ),
        askConsent: () => good<Consent>({ url: 'u', token: good(secrets.token), cancel: () => undefined }),
      },
    })
    one.engine.choose(server)
    await settle()
    await one.engine.leave()
    one.engine.choose(otherServer)
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', server: otherServer })
  })
})

describe('the code', () => {
  test('is sent with one start and one mail', async () => {
    const one = await atCode()
    expect(one.account.state).toMatchObject({ requestID: 'r1', sentCount: 1 })
    expect(one.progress()).toMatchObject({ email: 'sam@example.com', server: { origin: server.origin } })
  })

  test('asked for again goes out with the same handle, or with a new one if that has gone: one click, one mail', async () => {
    const sent: string[] = []
    const one = await atCode({
      start: () => good('r2'),
      sendEmail: (_, requestID) => {
        sent.push(requestID)
        return sent.length === 2 ? bad(problemOf('account.request-gone')) : good(undefined)
      },
    })
    one.clock.pass(30_000)
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    expect(sent).toEqual(['r2', 'r2', 'r2'])
    expect(one.did.filter((what) => what === 'beeper.start')).toHaveLength(1)
    expect(one.account.state).toMatchObject({ phase: 'code', sentCount: 2, canResend: false })
  })

  test('RUN-1: a mail that failed is not sent again by itself', async () => {
    const one = await atCode({ sendEmail: () => good(undefined) })
    one.beeper.sendEmail = () => bad(problemOf('beeper.timeout'))
    one.clock.pass(30_000)
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    expect(one.did.filter((what) => what === 'beeper.sendEmail')).toHaveLength(1)
    expect(one.account.state).toMatchObject({ problem: { code: 'beeper.timeout' }, busy: 'no' })
  })

  test('is waited for again after a relaunch, for a quarter of an hour', async () => {
    const one = await atCode()
    for (const [afterMs, phase] of [
      [14 * 60_000, 'code'],
      [16 * 60_000, 'email'],
    ] as const) {
      const next = bench({ progress: one.progress(), beeper: { glanceAtSetup: () => good(setupOf('needs-login')) } })
      next.vault.tokens.set(`${server.origin}#request`, 'r1')
      next.clock.pass(afterMs)
      next.engine.launch()
      await settle()
      expect(next.phase()).toBe(phase)
    }
  })
})

describe('the demo', () => {
  test('touches neither the keychain nor the settings, from the first screen to the last', async () => {
    const one = await atCode({ respond: () => good(registration), register: () => good(signedIn) }, demo)
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    one.account.send({ type: 'usernameSubmitted', username: 'sam' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    one.engine.go({ at: 'home' })
    await one.engine.leave()
    await settle()
    expect(one.did.filter((what) => !what.startsWith('beeper.'))).toEqual(['demo.stop'])
    expect(one.vault.tokens.size).toBe(0)
    expect(one.progress()).toEqual({ isFirstRunDone: false, intents: [], sessions: [] })
    expect(one.engine.state.getState().isFirstRunDone).toBe(false)
  })

  test('by consent does not either', async () => {
    const one = bench({
      beeper: {
        glanceAtSetup: guarded(() => bad(problemOf('beeper.token-refused'))),
        askConsent: async (_, _words, before) => {
          await before()
          return ok({ url: 'u', token: good(secrets.token), cancel: () => undefined })
        },
      },
    })
    one.engine.choose(demo)
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    expect(one.did.filter((what) => !what.startsWith('beeper.'))).toEqual([])
  })
})
