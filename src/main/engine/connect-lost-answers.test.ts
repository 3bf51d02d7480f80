// Answers that get lost on the way over real HTTP: what the server holds is found by looking, and nothing is done twice.
import { describe, expect, test } from 'vitest'
import { launched } from '../testing/connecting-drive.ts'
import type { Drive } from '../testing/connecting-drive.ts'

const timeout = 20_000

const phone = 'fi.mau.telegram.login.phone_number'
const code = 'fi.mau.telegram.login.code'
type Fault = Omit<Parameters<Drive['control']['fault']>[0], 'operation'>

/** At the form for the number of a Telegram account. */
async function atNumber(): Promise<Drive> {
  const run = await launched()
  await run.begin('local-telegram', 'phone')
  return run
}
const send = (run: Drive, fields: Readonly<Record<string, string>>): Promise<void> =>
  run.tell('connect.submit', { connectionID: run.shown().connectionID, fields, isSure: true })
const stepID = (run: Drive): string => {
  const { step } = run.atStep()
  return 'stepID' in step ? step.stepID : ''
}
const isWaitedFor = (run: Drive): boolean => run.simulator.world.submits.all().at(-1)?.now === 1
const lose = (run: Drive, fault: Fault): Promise<void> =>
  run.control.fault({ operation: 'submitLoginStep', times: 1, ...fault })

describe('the answer to a form is lost', { timeout }, () => {
  const after: Readonly<Record<string, Fault>> = {
    'on the way': { dropAfterEffect: true },
    'half way': { body: 'cut' },
    'in a gateway': { body: 'html' },
    'but for its head': { body: 'empty' },
    'in the middle': { resetMidBody: true },
  }
  test.each(Object.entries(after))('%s, after its effect: what it led to is found', async (_, fault) => {
    const run = await atNumber()
    await lose(run, fault)
    await send(run, { [phone]: '+14155550123' })
    await run.until('it is said', () => run.atStep().problem !== undefined)
    expect(run.atStep()).toMatchObject({ isBusy: true, isRejected: false })
    expect(stepID(run)).toBe(phone)
    await run.until('it is found', () => stepID(run) === code, 50)
    expect(run.atStep()).toMatchObject({ isBusy: false, isRejected: false, problem: undefined })
    expect(await run.control.counts()).toMatchObject({ submitLoginStep: 1, createLoginSession: 1 })
    await send(run, { [code]: '12345' })
    await run.until('the end', () => run.stage().phase === 'done')
  })

  test('before its effect: the form is there with what was typed, and sent again by the person alone', async () => {
    const run = await atNumber()
    await lose(run, { dropBeforeEffect: true })
    await send(run, { [phone]: '+1 (415) 555-0123' })
    await run.until('the form is free', () => run.atStep().problem?.code === 'connect.unheard', 50)
    expect(run.atStep()).toMatchObject({
      isBusy: false,
      isRejected: false,
      step: { fields: [{ id: phone, initialValue: '+1 (415) 555-0123' }] },
    })
    await run.pass(120_000)
    expect((await run.control.counts()).submitLoginStep).toBe(1)
    await send(run, { [phone]: '+14155550123' })
    await run.until('the next step', () => stepID(run) === code)
    expect((await run.control.counts()).submitLoginStep).toBe(2)
  })

  test('and it was the end: the person is welcomed all the same', async () => {
    const run = await atNumber()
    await send(run, { [phone]: '+14155550123' })
    await run.until('the code', () => stepID(run) === code)
    await lose(run, { dropAfterEffect: true })
    await send(run, { [code]: '99999' })
    await run.until('the end is found', () => run.stage().phase === 'done', 50)
    expect(run.stage()).toMatchObject({ person: { name: 'Bob Example' }, wasKnown: false })
  })

  test('and it was a failure: it is said that the sign-in has gone', async () => {
    const run = await atNumber()
    await lose(run, { dropAfterEffect: true })
    await send(run, { [phone]: '+15550000001' })
    await run.until('the end is found', () => run.stage().phase === 'failed', 50)
    expect(run.stage()).toMatchObject({ problem: { code: 'connect.gone', retry: 'now' } })
  })
})

describe('the answer to a wait is lost', { timeout }, () => {
  test('when the code changed: the next one is found, and waited for', async () => {
    const run = await launched()
    await run.begin('local-whatsapp', 'qr')
    const session = run.simulator.world.sessions.all().at(-1)
    const shown = (): string | undefined => {
      const { step } = run.atStep()
      return step.type === 'display_and_wait' && 'data' in step.display ? step.display.data : undefined
    }
    await run.until('it is waited for', () => isWaitedFor(run))
    const first = shown()
    run.simulator.world.power.cut()
    run.simulator.world.power.start()
    await run.until('it is said', () => run.atStep().isStale)
    await run.step(61_000)
    await run.until('the next one', () => shown() === session?.liveCode && !run.atStep().isStale, 50)
    expect(shown()).not.toBe(first)
    await run.until('it is waited for', () => isWaitedFor(run))
    await run.control.scan(shown() ?? '')
    await run.until('the end', () => run.stage().phase === 'done')
    expect(run.simulator.world.submits.all().at(-1)?.most).toBe(1)
  })

  test('when the phone had scanned it: the person is welcomed all the same', async () => {
    const run = await launched()
    await lose(run, { dropAfterEffect: true })
    await run.begin('local-signal', 'qr')
    await run.until('it is waited for', () => isWaitedFor(run))
    const session = await run.control.session('local-signal')
    await run.control.event(session.loginSessionID, 'scan')
    await run.until('the end is found', () => run.stage().phase === 'done', 50)
  })
})

describe('ONE-2: the answer to the making of a session is lost', { timeout }, () => {
  const ways: Readonly<Record<string, Fault>> = {
    'before its effect': { dropBeforeEffect: true },
    'after its effect': { dropAfterEffect: true },
    'and nobody can read it': { body: 'html' },
  }
  test.each(Object.entries(ways))('%s: it is made again by a click alone', async (_, fault) => {
    const run = await launched()
    await run.control.fault({ operation: 'createLoginSession', times: 1, ...fault })
    await run.begin('local-whatsapp', 'qr')
    expect(run.stage()).toMatchObject({ phase: 'failed' })
    await run.pass(120_000)
    run.engine.woken()
    await run.tell('networks.refresh', undefined)
    await run.pass(1_000)
    expect((await run.control.counts()).createLoginSession).toBe(1)
    expect(run.kept.progress()).toMatchObject({ sessions: [], intents: [] })
    await run.tell('connect.again', { connectionID: run.shown().connectionID })
    await run.until('it has begun', () => run.stage().phase === 'step')
    expect((await run.control.counts()).createLoginSession).toBe(2)
  })
})

describe('the answer to a cancel is lost', { timeout }, () => {
  test('it is asked for again, and one that is gone counts as cancelled', async () => {
    const run = await launched()
    await run.begin('local-whatsapp', 'qr')
    await run.control.fault({ operation: 'cancelLoginSession', dropAfterEffect: true, times: 1 })
    await run.tell('connect.leave', { connectionID: run.shown().connectionID })
    await run.until('it is gone', () => run.simulator.world.sessions.all().length === 0)
    await run.until('it was asked for again', () => run.simulator.world.traffic.counts().cancelLoginSession === 2)
    expect(run.kept.log.lines.map(({ event }) => event)).not.toContain('session-not-cancelled')
  })
})
