// Retries and limits of the operations on a login session, counted by a server that fails in every way.
import { describe, expect, test, vi } from 'vitest'
import { launched } from '../testing/connecting-drive.ts'
import type { Drive } from '../testing/connecting-drive.ts'

const timeout = 20_000

type Fault = Omit<Parameters<Drive['control']['fault']>[0], 'operation'>
type Operation = Parameters<Drive['control']['fault']>[0]['operation']

const faults: Readonly<Record<string, Fault>> = {
  'a connection that is cut before': { dropBeforeEffect: true },
  'a connection that is cut after': { dropAfterEffect: true },
  'half an answer': { body: 'cut' },
  'a web page': { body: 'html' },
  'no body': { body: 'empty' },
  'a cut in the body': { resetMidBody: true },
  'a redirect': { redirect: { status: 307, location: 'http://127.0.0.1:1/' } },
  ...Object.fromEntries(
    [400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 502, 503, 504].map((status) => [
      `a ${String(status)}`,
      { status, retryAfterSeconds: 0 },
    ]),
  ),
}
const names = Object.keys(faults)
const form = { bridgeID: 'slackgo', flowID: 'email' }
const fields = { email: 'ada@example.com' }

const count = ({ simulator }: Drive, operation: Operation): number => simulator.world.traffic.counts()[operation] ?? 0
const send = (run: Drive): Promise<void> =>
  run.tell('connect.submit', { connectionID: run.shown().connectionID, fields, isSure: true })

/** Gives whatever might be repeated the time for it. */
async function wait(run: Drive): Promise<void> {
  run.engine.woken()
  await run.pass(60_000)
  await run.tell('networks.refresh', undefined)
  await run.pass(60_000)
}

describe('RUN-1: every click goes out once', { timeout }, () => {
  test.each(names)('to begin a session, answered by %s', async (name) => {
    const run = await launched()
    await run.control.fault({ operation: 'createLoginSession', times: 1, ...faults[name] })
    await run.begin(form.bridgeID, form.flowID)
    expect(run.stage()).toMatchObject({ phase: 'failed' })
    await wait(run)
    expect(count(run, 'createLoginSession')).toBe(1)
    expect(run.engine.account.state.phase).toBe('signed-in')
    // Trying again is one more click.
    await run.tell('connect.again', { connectionID: run.shown().connectionID })
    await run.until('it has begun', () => run.stage().phase === 'step')
    expect(count(run, 'createLoginSession')).toBe(2)
  })

  test.each(names)('to send a form, answered by %s', async (name) => {
    const run = await launched()
    await run.begin(form.bridgeID, form.flowID)
    await run.control.fault({ operation: 'submitLoginStep', times: 1, ...faults[name] })
    await send(run)
    await run.until('it is known', () => !run.atStep().isBusy, 50)
    await wait(run)
    expect(count(run, 'submitLoginStep')).toBe(1)
    const { step, problem } = run.atStep()
    const hasArrived = 'stepID' in step && step.stepID !== 'fi.mau.slack.login.enter_email'
    // Either it arrived, or it is said that this is not known or why it was not taken.
    expect(hasArrived || problem !== undefined).toBe(true)
    expect(run.engine.account.state.phase).toBe('signed-in')
    if (!hasArrived) {
      await send(run)
      await run.until('the next step', () => run.atStep().serial > 1 && !run.atStep().isBusy)
      expect(count(run, 'submitLoginStep')).toBe(2)
    }
  })
})

describe('RUN-1: what is safe is repeated', { timeout }, () => {
  const passing = names.filter((name) => !/redirect|40[0139]|404|410|422/u.test(name))

  test.each(passing)('a look is, answered by %s', async (name) => {
    const run = await launched()
    await run.begin('local-signal', 'qr')
    await run.control.fault({ operation: 'getLoginSession', times: 3, ...faults[name] })
    run.engine.woken()
    await run.until('the fourth is heard', () => count(run, 'getLoginSession') >= 4 && !run.atStep().isStale, 50)
    expect(run.atStep()).toMatchObject({ problem: undefined })
    expect(count(run, 'submitLoginStep')).toBe(1)
  })

  test.each(['a 503', 'a 429', 'a 500', 'a connection that is cut before'])(
    'a cancel is, answered by %s',
    async (name) => {
      const run = await launched()
      await run.begin('local-signal', 'qr')
      await run.control.fault({ operation: 'cancelLoginSession', times: 2, ...faults[name] })
      await run.tell('connect.leave', { connectionID: run.shown().connectionID })
      await run.until('it is cancelled', () => run.simulator.world.sessions.all().length === 0)
      expect(count(run, 'cancelLoginSession')).toBe(3)
    },
  )
})

describe('RUN-2: every request has a limit and an end', { timeout }, () => {
  test('a wait may take ten minutes and more, everything else two at most', async () => {
    const limits = vi.spyOn(AbortSignal, 'timeout')
    const during = async (act: () => Promise<unknown>): Promise<readonly number[]> => {
      limits.mockClear()
      await act()
      return limits.mock.calls.map(([ms]) => ms)
    }
    const run = await launched()
    const inFlight = (): boolean => run.simulator.world.submits.all().at(-1)?.now === 1
    const begun = await during(() => run.begin(form.bridgeID, form.flowID))
    const sent = await during(async () => {
      await send(run)
      await run.until('it is answered', () => run.atStep().serial > 1)
    })
    for (const limitMs of [...begun, ...sent]) expect(limitMs).toBeLessThanOrEqual(120_000)
    const waits = await during(async () => {
      await run.begin('local-signal', 'qr')
      await run.until('it is waited for', inFlight)
    })
    expect(waits.filter((limitMs) => limitMs >= 600_000)).toHaveLength(1)
    limits.mockRestore()
  })

  const stuck: Readonly<Record<string, Fault>> = {
    'does not answer': { hold: true },
    'keeps its answer back': { holdAnswer: true },
    'sends a byte a second': { bytesPerSecond: 1 },
    'never comes to an end': { endless: true },
  }
  test.each(Object.entries(stuck))('a server that %s is left at once', async (_, fault) => {
    const run = await launched()
    const { traffic, sessions } = run.simulator.world
    const isOver = (operation: Operation): boolean =>
      traffic.calls(operation).every(({ status }) => status !== undefined)
    for (const what of ['submitLoginStep', 'getLoginSession'] as const) {
      if (what === 'submitLoginStep') await run.begin(form.bridgeID, form.flowID)
      else await run.begin('local-signal', 'qr')
      await run.control.fault({ operation: what, ...fault })
      const before = count(run, what)
      if (what === 'submitLoginStep') await send(run)
      else run.engine.woken()
      await run.until('it is on its way', () => count(run, what) > before)
      await run.tell('connect.leave', { connectionID: run.shown().connectionID })
      await run.until('the session is gone', () => sessions.all().length === 0)
      await run.control.release(what)
      await run.until('nobody waits any more', () => isOver(what))
      expect(run.view().running).toEqual([])
    }
  })

  test('a session that is only being made is cancelled as soon as it is there', async () => {
    const run = await launched()
    await run.control.fault({ operation: 'createLoginSession', holdAnswer: true })
    await run.tell('connect.open', { bridgeID: 'local-whatsapp' })
    await run.until('a way is chosen', () => run.stage().phase === 'choosing')
    const { connectionID } = run.shown()
    await run.tell('connect.choose', { connectionID, flowID: 'qr' })
    await run.until('it is being made', () => run.simulator.world.sessions.all().length === 1)
    await run.tell('connect.leave', { connectionID })
    expect(run.view()).toMatchObject({ screen: { name: 'connect' }, running: [] })
    await run.control.release('createLoginSession')
    await run.until('it is cancelled', () => run.simulator.world.sessions.all().length === 0)
    expect(count(run, 'submitLoginStep')).toBe(0)
  })
})
