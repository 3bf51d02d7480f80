import { ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import type { LoginSession } from '#contract/beeper/login'
import { describe, expect, test } from 'vitest'
import type { Beeper, Submitted } from '../beeper-port.ts'
import type { ConnectState } from '../domain/connect.ts'
import type { OpenSession } from '../ports.ts'
import { bad, deferred, fakeWorld, good } from '../testing/fake-world.ts'
import type { FakeOptions, FakeWorld } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import {
  formStep,
  network,
  otherServer,
  qrStep,
  secrets,
  server,
  sessionAt,
  sessionWith,
  setupOf,
} from '../testing/states.ts'
import { Engine } from './app.ts'
import { handlersOf } from './handlers.ts'

const problemOf = (code: ProblemCode): Problem => ({ code, retry: 'now' })
const flow = { id: 'qr', name: 'QR code', description: '' }
const demo = { ...server, origin: 'http://127.0.0.1:40000', isDemo: true }
const never = (): Promise<never> => new Promise(() => undefined)
const done = sessionWith({ kind: 'complete', accountName: 'Sam', loginID: 'l', instructions: '' })

interface Bench extends FakeWorld {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly cancelled: { readonly loginSessionID: string; readonly signal: AbortSignal | undefined }[]
  readonly only: () => ConnectState
}

/** A bench that is signed in and has read its networks. */
async function bench(
  beeper: Partial<Beeper> = {},
  progress: FakeOptions['progress'] = {},
  at = server,
): Promise<Bench> {
  const cancelled: Bench['cancelled'][number][] = []
  const fake = fakeWorld({
    progress: { marker: { origin: server.origin, savedAt: '' }, server, ...progress },
    beeper: {
      glanceAtSetup: () => good(setupOf('ready')),
      readNetworks: () => good({ networks: [network], accounts: [] }),
      readFlows: () => good([flow]),
      createSession: () => good(sessionAt(formStep)),
      cancelSession: ({ signal }, { loginSessionID }) => {
        cancelled.push({ loginSessionID, signal })
        return good(undefined)
      },
      ...beeper,
    },
  })
  fake.vault.tokens.set(server.origin, secrets.token)
  const engine = new Engine(fake.world)
  if (at.isDemo) {
    engine.choose(at)
    await settle()
    // The demo has no keychain: its sign-in is the token of its own account.
    engine.account.send({
      type: 'signedIn',
      credentials: { token: 't', userID: undefined, source: 'oauth' },
      keptIn: 'this-run',
    })
  } else engine.launch()
  await settle()
  const handlers = handlersOf(engine, () => {
    throw new Error('nobody asks for the View here')
  })
  const only = (): ConnectState => {
    const [one] = engine.connections.states
    if (one === undefined) throw new Error('no connection')
    return one
  }
  return { ...fake, engine, handlers, cancelled, only }
}

async function opened(beeper: Partial<Beeper> = {}, progress: FakeOptions['progress'] = {}): Promise<Bench> {
  const one = await bench(beeper, progress)
  expect(one.handlers['connect.open']({ bridgeID: network.bridgeID })).toMatchObject({ ok: true })
  await settle()
  return one
}

describe('a connection', () => {
  test('ONE-1: notes its intent before the session is made, and the session before the intent goes', async () => {
    const one = await opened()
    expect(one.only().stage).toMatchObject({ phase: 'step' })
    expect(one.did.filter((what) => /intent|createSession|sessions/.test(what))).toEqual([
      'intent+ createLoginSession',
      'beeper.createSession',
      `note sessions ${secrets.loginSessionID}`,
      'intent- createLoginSession',
    ])
    expect(one.progress().sessions).toMatchObject([{ origin: server.origin, bridgeID: network.bridgeID, flowID: 'qr' }])
  })

  test('opened twice is one', async () => {
    const one = await opened()
    void one.handlers['connect.open']({ bridgeID: network.bridgeID })
    await settle()
    expect(one.engine.connections.states).toHaveLength(1)
    expect(one.did.filter((what) => what === 'beeper.createSession')).toHaveLength(1)
  })

  test('of a network that nobody has heard of is refused', async () => {
    const one = await bench()
    expect(one.handlers['connect.open']({ bridgeID: 'made-up' })).toMatchObject({
      ok: false,
      problem: { code: 'command.not-now' },
    })
  })

  test('that is done is no longer noted, and a relaunch begins at Home', async () => {
    const one = await opened({ submitStep: () => Promise.resolve<Submitted>({ kind: 'answered', session: done }) })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: {} })
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'done' })
    expect(one.progress()).toMatchObject({ sessions: [], isFirstRunDone: true })
    one.engine.go({ at: 'home' })
    expect(one.engine.connections.states).toEqual([])
  })

  test('ONE-2: a session whose making was not heard of is not made again', async () => {
    const one = await opened({ createSession: () => bad(problemOf('beeper.timeout')) })
    expect(one.only().stage).toMatchObject({ phase: 'failed', problem: { code: 'beeper.timeout' } })
    one.clock.pass(600_000)
    await settle()
    expect(one.did.filter((what) => what === 'beeper.createSession')).toHaveLength(1)
  })

  test('a bug shows as unexpected', async () => {
    const one = await opened({ readFlows: () => Promise.reject(new Error('a bug')) })
    expect(one.only().stage).toMatchObject({ phase: 'failed', problem: { code: 'unexpected' } })
  })
})

describe('RUN-9: leaving', () => {
  test('cancels the session, drops its request and forgets it', async () => {
    let signal: AbortSignal | undefined
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: (target) => {
        ;({ signal } = target)
        return never()
      },
    })
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    await settle()
    expect(signal?.aborted).toBe(true)
    expect(one.cancelled.map(({ loginSessionID }) => loginSessionID)).toEqual([secrets.loginSessionID])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
  })

  test('while its session is being made cancels it once it is there, without bringing it back', async () => {
    const made = deferred<Result<LoginSession>>()
    const one = await opened({ createSession: () => made.promise })
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    expect(one.cancelled).toEqual([])
    made.resolve(ok(sessionAt(qrStep)))
    await settle()
    expect(one.cancelled.map(({ loginSessionID }) => loginSessionID)).toEqual([secrets.loginSessionID])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
    expect(one.did).not.toContain('beeper.submitStep')
  })

  test('late answers are not heard, and a further command finds nobody', async () => {
    const answer = deferred<Submitted>()
    const one = await opened({ submitStep: () => answer.promise })
    const { connectionID } = one.only()
    void one.handlers['connect.submit']({ connectionID, fields: { phone: secrets.field } })
    void one.handlers['connect.leave']({ connectionID })
    answer.resolve({ kind: 'answered', session: done })
    await settle()
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().isFirstRunDone).toBe(false)
    for (const name of ['connect.leave', 'connect.again'] as const)
      expect(one.handlers[name]({ connectionID })).toMatchObject({ ok: false })
  })

  test('being signed out drops every connection in silence', async () => {
    const answer = deferred<Submitted>()
    const one = await opened({ submitStep: () => answer.promise })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: {} })
    one.beeper.glanceAtSetup = () => bad(problemOf('beeper.token-refused'))
    one.engine.account.send({ type: 'tokenRefused' })
    answer.resolve({ kind: 'answered', session: done })
    await settle()
    expect(one.engine.account.state.phase).toBe('authorise')
    expect(one.engine.connections.states).toEqual([])
    // It still lives on the server: the next sign-in goes on with it.
    expect(one.progress().sessions).toHaveLength(1)
  })

  test('starting over cancels the old session before anything of the new one is shown', async () => {
    const one = await opened({ createSession: () => good(sessionAt({ type: 'unreadable', wireType: 'user_input' })) })
    void one.handlers['connect.again']({ connectionID: one.only().connectionID })
    await settle()
    expect(one.cancelled).toHaveLength(1)
    expect(one.did.filter((what) => what === 'beeper.createSession')).toHaveLength(2)
    expect(one.only().stage).toMatchObject({ phase: 'step' })
  })

  test('starting over while the session is looked at is not disturbed by that look', async () => {
    const look = deferred<Result<LoginSession>>()
    const made = deferred<Result<LoginSession>>()
    const one = await opened({
      submitStep: () => Promise.resolve<Submitted>({ kind: 'unheard', problem: problemOf('beeper.timeout') }),
      readSession: () => look.promise,
    })
    const { connectionID } = one.only()
    void one.handlers['connect.submit']({ connectionID, fields: {} })
    await settle()
    one.clock.pass(1_000)
    one.beeper.createSession = () => made.promise
    void one.handlers['connect.again']({ connectionID })
    look.resolve({ ok: false, problem: problemOf('beeper.unreachable') })
    await settle()
    expect(one.only().stage).toEqual({ phase: 'starting' })
  })
})

describe('requests that are lost', () => {
  test('are followed by a look a second later, for as long as it takes', async () => {
    let lookCount = 0
    const one = await opened({
      submitStep: () => Promise.resolve<Submitted>({ kind: 'unheard', problem: problemOf('beeper.unreachable') }),
      readSession: () => {
        lookCount += 1
        return lookCount < 3 ? bad(problemOf('beeper.unreachable')) : good(sessionAt(formStep))
      },
    })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: { phone: '1' } })
    await settle()
    for (let round = 1; round <= 3; round += 1) {
      expect(one.only().stage).toMatchObject({ isBusy: true, problem: { code: 'beeper.unreachable' } })
      one.clock.pass(1_000)
      await settle()
      expect(lookCount).toBe(round)
    }
    expect(one.only().stage).toMatchObject({ isBusy: false, isRejected: false })
    expect(one.did.filter((what) => what === 'beeper.submitStep')).toHaveLength(1)
  })

  test('RUN-5: a session that has gone meanwhile is said to be', async () => {
    const one = await opened({
      submitStep: () => Promise.resolve<Submitted>({ kind: 'unheard', problem: problemOf('beeper.unreachable') }),
      readSession: () => bad(problemOf('connect.gone')),
    })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: {} })
    await settle()
    one.clock.pass(1_000)
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'failed', problem: { code: 'connect.gone' } })
    void one.handlers['connect.again']({ connectionID: one.only().connectionID })
    await settle()
    expect(one.only()).toMatchObject({ flowID: 'qr', stage: { phase: 'step' } })
  })
})

describe('waiting steps', () => {
  test('one request is out at a time, and the next goes out with each new picture', async () => {
    const answers = [deferred<Submitted>(), deferred<Submitted>()]
    let count = 0
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: (_, _path, _stepID, fields) => {
        expect(fields).toBeUndefined()
        count += 1
        return answers[count - 1]?.promise ?? never()
      },
    })
    expect(count).toBe(1)
    one.clock.pass(60_000)
    answers[0]?.resolve({ kind: 'answered', session: sessionAt(qrStep) })
    await settle()
    expect(count).toBe(2)
  })

  test('a server that does not wait is asked once a second, not as fast as it answers', async () => {
    let count = 0
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: () => {
        count += 1
        return Promise.resolve<Submitted>({ kind: 'answered', session: sessionAt(qrStep) })
      },
    })
    for (let n = 0; n < 10; n += 1) await settle()
    const atOnce = count
    expect(atOnce).toBeLessThan(10)
    for (let second = 1; second <= 5; second += 1) {
      one.clock.pass(1_000)
      await settle()
      expect(count).toBe(atOnce + second)
    }
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    one.clock.pass(10_000)
    await settle()
    expect(count).toBe(atOnce + 5)
  })
})

describe('RUN-9: sessions of an earlier run', () => {
  const session = (more: Partial<OpenSession> = {}): OpenSession => ({
    origin: server.origin,
    bridgeID: network.bridgeID,
    loginSessionID: 'earlier',
    networkName: 'WhatsApp',
    networkType: 'whatsapp',
    flowID: 'qr',
    // The clock of the fakes begins here.
    openedAt: '2023-11-14T22:00:00.000Z',
    ...more,
  })
  const old = session({ loginSessionID: 'old', openedAt: '2023-11-14T21:00:00.000Z' })

  test('are looked at and gone on with', async () => {
    const one = await bench({ readSession: () => good(sessionAt(formStep)) }, { sessions: [session()] })
    expect(one.only()).toMatchObject({ flowID: 'qr', stage: { phase: 'step', step: formStep } })
    expect(one.engine.state.getState().connections).toHaveLength(1)
    // Its age counts from the first run.
    expect(one.progress().sessions).toMatchObject([{ openedAt: '2023-11-14T22:00:00.000Z' }])
  })

  test('those that are too old, and those of a clock that went back, are cancelled', async () => {
    const future = session({ loginSessionID: 'future', openedAt: '2030-01-01T00:00:00.000Z' })
    const garbage = session({ loginSessionID: 'garbage', openedAt: '' })
    const one = await bench({}, { sessions: [old, future, garbage] })
    expect(one.cancelled.map(({ loginSessionID }) => loginSessionID)).toEqual(['old', 'future', 'garbage'])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
  })

  test.each([
    ['gone', () => bad(problemOf('connect.gone'))],
    ['failed', () => good(sessionWith({ kind: 'failed', error: undefined }))],
    ['cancelled', () => good(sessionWith({ kind: 'cancelled' }))],
  ] as const)('one that is %s meanwhile is nobody’s disappointment', async (_, readSession) => {
    const one = await bench({ readSession }, { sessions: [session()] })
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
  })

  test('one that was finished meanwhile is welcomed', async () => {
    const one = await bench({ readSession: () => good(done) }, { sessions: [session()] })
    expect(one.only().stage).toMatchObject({ phase: 'done' })
    expect(one.progress().isFirstRunDone).toBe(true)
  })

  test('one that cannot be read just now is looked at again', async () => {
    let count = 0
    const one = await bench(
      { readSession: () => ((count += 1) === 1 ? bad(problemOf('beeper.timeout')) : good(sessionAt(formStep))) },
      { sessions: [session()] },
    )
    expect(one.only().stage).toEqual({ phase: 'resuming' })
    one.clock.pass(1_000)
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'step' })
  })

  test('those of another server wait for their turn', async () => {
    const elsewhere = session({ loginSessionID: 'elsewhere', origin: otherServer.origin })
    const one = await opened({ readSession: never }, { sessions: [elsewhere] })
    expect(one.cancelled).toEqual([])
    expect(one.progress().sessions.map(({ loginSessionID }) => loginSessionID)).toEqual([
      'elsewhere',
      secrets.loginSessionID,
    ])
  })
})

describe('RUN-9: quitting', () => {
  test('cancels what lives on the server, with a limit, and notes it', async () => {
    const one = await opened()
    await one.engine.quit()
    expect(one.cancelled).toMatchObject([{ loginSessionID: secrets.loginSessionID }])
    expect(one.cancelled[0]?.signal).toBeInstanceOf(AbortSignal)
    expect(one.progress().sessions).toEqual([])
    expect(one.did.at(-1)).toBe('demo.stop')
    expect(one.clock.waiting).toBe(0)
  })

  test('is not held up: after 2 s it goes on, and the session stays noted for the next launch', async () => {
    const one = await opened({
      cancelSession: ({ signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve({ ok: false, problem: problemOf('beeper.timeout') })
          })
        }),
    })
    const beganMs = performance.now()
    await one.engine.quit()
    expect(performance.now() - beganMs).toBeLessThan(3_000)
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: secrets.loginSessionID }])
  })

  test('without a connection asks nobody', async () => {
    const one = await bench()
    one.did.length = 0
    await one.engine.quit()
    expect(one.did).toEqual(['demo.stop'])
  })

  test('the demo leaves what was noted of real servers alone', async () => {
    const real: OpenSession = {
      origin: server.origin,
      bridgeID: 'b',
      loginSessionID: 'real',
      networkName: 'N',
      networkType: 'n',
      openedAt: '2023-11-14T22:10:00.000Z',
    }
    const one = await bench(
      {
        glanceAtSetup: ({ token }) =>
          token === undefined ? bad(problemOf('beeper.token-refused')) : good(setupOf('ready')),
      },
      { sessions: [real] },
      demo,
    )
    one.did.length = 0
    void one.handlers['connect.open']({ bridgeID: network.bridgeID })
    await settle()
    expect(one.only().loginSessionID).toBe(secrets.loginSessionID)
    await one.engine.quit()
    expect(one.cancelled).toHaveLength(1)
    expect(one.progress().sessions).toEqual([real])
    expect(one.did.filter((what) => !what.startsWith('beeper.'))).toEqual(['demo.stop'])
  })
})
