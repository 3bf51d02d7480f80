import type { LoginSession } from '#contract/beeper/login'
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { OpenSession } from '../ports.ts'
import { never, opened } from '../testing/connect-bench.ts'
import { complete, formStep } from '../testing/connect-states.ts'
import { flows, last, networkCalled, over, qr, rig, standing } from '../testing/connecting-rig.ts'
import { problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { network, otherServer, secrets, server } from '../testing/samples.ts'

/** The clock of the fakes begins so long after the sessions here. */
const ageMs = 800_000

describe('RUN-9: sessions of an earlier run', () => {
  const session = (more: Partial<OpenSession> = {}): OpenSession => ({
    origin: server.origin,
    bridgeID: network.bridgeID,
    loginSessionID: 'earlier',
    networkName: 'WhatsApp',
    networkType: 'whatsapp',
    flowID: 'qr',
    openedAt: '2023-11-14T22:00:00.000Z',
    ...more,
  })
  const old = session({ loginSessionID: 'old', openedAt: '2023-11-14T21:00:00.000Z' })
  const looked = async (
    answer: Result<LoginSession>,
    sessions: readonly OpenSession[] = [session()],
  ): Promise<Awaited<ReturnType<typeof rig>>> => {
    const one = await rig({ progress: { sessions } })
    expect(one.looks).toMatchObject([{ loginSessionID: 'earlier' }])
    await last(one.looks).answer(answer)
    return one
  }

  test('are looked at and gone on with', async () => {
    const one = await looked(ok(standing(formStep, 'earlier')))
    expect(one.at()).toMatchObject({ flowID: 'qr', stage: { phase: 'step', step: formStep } })
    expect(one.engine.connections.states).toHaveLength(1)
    // Its age counts from the first run.
    expect(one.progress().sessions).toMatchObject([{ openedAt: '2023-11-14T22:00:00.000Z' }])
    expect(one.cancels).toEqual([])
    await one.pass(25 * 60_000 - ageMs)
    expect(one.at().minutesLeft).toBe(5)
  })

  test('are not shown before the server has said whether they live', async () => {
    const one = await rig({ progress: { sessions: [session()] } })
    expect(one.view()).toMatchObject({ running: [], screen: { name: 'connect' } })
    await last(one.looks).answer(ok(standing(formStep, 'earlier')))
    expect(one.view()).toMatchObject({ running: [{ state: 'needs-you' }], screen: { name: 'connection' } })
  })

  test('those that are too old are cancelled, and offered afresh', async () => {
    const one = await rig({ progress: { sessions: [old] } })
    expect(one.cancels).toMatchObject([{ loginSessionID: 'old' }])
    expect(one.looks).toEqual([])
    expect(one.at()).toMatchObject({ flowID: 'qr', loginSessionID: undefined, stage: { phase: 'interrupted' } })
    expect(one.view().running).toMatchObject([{ state: 'interrupted', isShown: false }])
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 'old', isOver: true }])
    await one.tell('connect.again', { connectionID: one.at().connectionID })
    expect(one.creates).toMatchObject([{ id: 'qr' }])
    await last(one.creates).answer(ok(standing(formStep, 'fresh')))
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 'fresh' }])
    expect(one.progress().sessions[0]?.isOver).toBeUndefined()
  })

  test('those that were begun more than a day ago are cancelled, and on nobody’s mind', async () => {
    const yesterday = session({ openedAt: '2023-11-13T22:00:00.000Z' })
    const one = await rig({ progress: { sessions: [yesterday, { ...yesterday, loginSessionID: 'x', isOver: true }] } })
    // What was cancelled once is not cancelled again.
    expect(one.cancels).toMatchObject([{ loginSessionID: 'earlier' }])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
  })

  test('those of a clock that went back are cancelled, and not offered', async () => {
    const future = session({ loginSessionID: 'future', openedAt: '2030-01-01T00:00:00.000Z' })
    const garbage = session({ loginSessionID: 'garbage', openedAt: '' })
    const one = await rig({ progress: { sessions: [future, garbage] } })
    expect(one.cancels.map(({ loginSessionID }) => loginSessionID)).toEqual(['future', 'garbage'])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
  })

  test.each([
    ['gone', failed(problemOf('connect.gone'))],
    ['failed', ok(over({ kind: 'failed', error: undefined }, 'earlier'))],
    ['cancelled', ok(over({ kind: 'cancelled' }, 'earlier'))],
  ] as const)('one that is %s meanwhile is offered afresh, the same way', async (_, answer) => {
    const one = await looked(answer)
    expect(one.at()).toMatchObject({ flowID: 'qr', flows, stage: { phase: 'interrupted' } })
    const { openedAt } = session()
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 'earlier', openedAt, isOver: true }])
    expect(one.creates).toEqual([])
    await one.tell('connect.leave', { connectionID: one.at().connectionID })
    expect(one.progress().sessions).toEqual([])
    expect(one.cancels).toEqual([])
  })

  test('one that was cancelled by quitting is offered afresh by the next run, and by the one after it', async () => {
    const first = await looked(ok(standing(formStep, 'earlier')))
    const quit = first.engine.quit()
    await settle()
    await last(first.cancels).answer(ok(undefined))
    await quit
    let { sessions } = first.progress()
    for (let run = 2; run <= 3; run += 1) {
      const next = await rig({ progress: { sessions } })
      expect(next.at().stage).toEqual({ phase: 'interrupted' })
      expect(next.looks).toEqual([])
      await next.engine.quit()
      expect(next.cancels).toEqual([])
      ;({ sessions } = next.progress())
      expect(sessions).toMatchObject([{ loginSessionID: 'earlier', isOver: true }])
    }
  })

  test('one that was finished meanwhile is welcomed', async () => {
    const one = await looked(ok(over(complete, 'earlier')))
    expect(one.at().stage).toMatchObject({ phase: 'done' })
    expect(one.progress()).toMatchObject({ isFirstRunDone: true, sessions: [] })
  })

  test('one that cannot be read just now is looked at again', async () => {
    const one = await looked(failed(problemOf('beeper.timeout')))
    expect(one.at().stage).toEqual({ phase: 'resuming' })
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 'earlier' }])
    await one.pass(1_000)
    await last(one.looks).answer(ok(standing(qr('1'), 'earlier')))
    expect(one.at().stage).toMatchObject({ phase: 'step' })
    expect(one.submits).toHaveLength(1)
  })

  test('of several networks go on side by side', async () => {
    const ids = ['b1', 'b2', 'b3']
    const one = await rig({
      networks: ids.map(networkCalled),
      progress: { sessions: ids.map((bridgeID) => session({ bridgeID, loginSessionID: `${bridgeID}-s` })) },
    })
    for (const look of one.looks) await look.answer(ok(standing(qr(look.bridgeID), look.loginSessionID, look.bridgeID)))
    for (const bridgeID of ids)
      expect(one.at(bridgeID)).toMatchObject({ loginSessionID: `${bridgeID}-s`, stage: { step: qr(bridgeID) } })
    expect(one.progress().sessions.map(({ loginSessionID }) => loginSessionID)).toEqual(ids.map((id) => `${id}-s`))
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
