import type { LoginStep } from '#contract/beeper/login'
import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { complete, formStep, steps } from '../testing/connect-states.ts'
import { answered, last, over, qr, rig, standing, standingAt, unheard } from '../testing/connecting-rig.ts'
import type { Rig } from '../testing/connecting-rig.ts'
import { bad, deferred, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { network, server } from '../testing/samples.ts'

const fields = { phone: '1' }
const earlier = {
  origin: server.origin,
  bridgeID: network.bridgeID,
  loginSessionID: 's1',
  networkName: 'WhatsApp',
  networkType: 'whatsapp',
  flowID: 'qr',
  // The clock of the fakes begins 20 s after it.
  openedAt: '2023-11-14T22:13:00.000Z',
}
const gone = problemOf('connect.gone')

/** A connection in each stage, and how many looks there were on the way. */
const stages: Readonly<Record<string, () => Promise<Rig>>> = {
  loading: async () => {
    const one = await rig({ beeper: { readFlows: () => deferred<never>().promise } })
    await one.open()
    return one
  },
  choosing: async () => {
    const one = await rig()
    await one.open()
    return one
  },
  starting: async () => {
    const one = await rig()
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    return one
  },
  'a failure': async () => {
    const one = await rig({ beeper: { readFlows: () => bad(gone) } })
    await one.open()
    return one
  },
  'an interruption': () => rig({ progress: { sessions: [{ ...earlier, isOver: true }] } }),
  'the end': async () => {
    const one = await standingAt(formStep)
    await one.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: true })
    await last(one.submits).answer(answered(over(complete, 's1')))
    return one
  },
}
const kinds = steps.map((step) => [step.type === 'display_and_wait' ? step.stepID : step.type, step] as const)
const isWait = (step: LoginStep): boolean => step.type === 'display_and_wait' && step.display.type !== 'unsupported'

describe('RUN-4: waking up', () => {
  test.each(Object.keys(stages))('in %s asks for no session', async (name) => {
    const one = await stages[name]?.()
    if (one === undefined) throw new Error(name)
    const before = one.at()
    one.did.length = 0
    one.engine.woken()
    await settle()
    expect(one.at()).toEqual(before)
    expect(one.did.filter((what) => /Session|Step/u.test(what))).toEqual([])
  })

  test.each(kinds)('at a step (%s) looks at once what the session stands at', async (_, step) => {
    const one = await standingAt(step)
    one.engine.woken()
    await settle()
    expect(one.looks).toMatchObject([{ loginSessionID: 's1', isOut: true }])
    // What is to be scanned may have run out; what is to be typed has not.
    expect(one.at().stage).toMatchObject({ step, isStale: isWait(step) })
    await last(one.looks).answer(ok(standing(step, 's1')))
    expect(one.at().stage).toMatchObject({ step, isStale: false, serial: 1 })
    expect(one.submits).toHaveLength(isWait(step) ? 1 : 0)
  })

  test('twice asks for the newest only', async () => {
    const one = await standingAt(qr('1'))
    for (let nap = 1; nap <= 2; nap += 1) one.engine.woken()
    await settle()
    expect(one.looks.map(({ isOut }) => isOut)).toEqual([false, true])
    await one.looks[0]?.answer(failed(gone))
    expect(one.at().stage).toMatchObject({ phase: 'step', isStale: true })
  })

  test('with a form on its way leaves it on its way', async () => {
    const one = await standingAt(formStep)
    await one.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: true })
    one.engine.woken()
    await settle()
    await last(one.looks).answer(ok(standing(formStep, 's1')))
    expect(one.at().stage).toMatchObject({ isBusy: true, isRejected: false })
    expect(one.submits).toMatchObject([{ isOut: true }])
    await last(one.submits).answer(answered(standing(qr('1'), 's1')))
    expect(one.at().stage).toMatchObject({ step: qr('1') })
  })

  test('finds a session that moved on, one that ended, and one that has gone', async () => {
    const moved = await standingAt(qr('1'))
    moved.engine.woken()
    await settle()
    await last(moved.looks).answer(ok(standing(formStep, 's1')))
    expect(moved.at()).toMatchObject({ inFlight: undefined, stage: { step: formStep, isStale: false } })
    const ended = await standingAt(qr('1'))
    ended.engine.woken()
    await settle()
    await last(ended.looks).answer(ok(over(complete, 's1')))
    expect(ended.at().stage).toMatchObject({ phase: 'done' })
    const lost = await standingAt(qr('1'))
    lost.engine.woken()
    await settle()
    await last(lost.looks).answer(failed(gone))
    expect(lost.at().stage).toMatchObject({ phase: 'failed', problem: gone })
  })

  test('without the server goes on looking', async () => {
    const one = await standingAt(qr('1'))
    one.engine.woken()
    await settle()
    await last(one.submits).answer(unheard(problemOf('beeper.unreachable')))
    await last(one.looks).answer(failed(problemOf('beeper.unreachable')))
    expect(one.at().stage).toMatchObject({ isStale: true, problem: { code: 'beeper.unreachable' } })
    await one.pass(5_000)
    await last(one.looks).answer(ok(standing(qr('2'), 's1')))
    expect(one.at().stage).toMatchObject({ step: qr('2'), isStale: false, problem: undefined })
    expect(one.submits).toHaveLength(2)
  })

  test('while it is looked whether an earlier session lives, looks anew', async () => {
    const one = await rig({ progress: { sessions: [earlier] } })
    one.engine.woken()
    await settle()
    expect(one.looks.map(({ isOut }) => isOut)).toEqual([false, true])
    await last(one.looks).answer(ok(standing(formStep, 's1')))
    expect(one.at().stage).toMatchObject({ step: formStep })
  })

  test.each([86_400_000, -86_400_000, -1_700_000_000_000])(
    'a wall clock that was moved by %d ms shortens and lengthens nothing',
    async (ms) => {
      const one = await standingAt(qr('1'))
      one.clock.moveWall(ms)
      one.engine.woken()
      await settle()
      await last(one.looks).answer(ok(standing(qr('1'), 's1')))
      await one.pass(25 * 60_000 - 1)
      expect(one.at().minutesLeft).toBeUndefined()
      await one.pass(1)
      for (let minute = 5; minute >= 1; minute -= 1) {
        expect(one.at().minutesLeft).toBe(minute)
        await one.pass(60_000)
      }
      // The half hour is over: now the server says whether it has given up.
      expect(one.looks).toHaveLength(2)
      await last(one.looks).answer(failed(gone))
      expect(one.at().stage).toMatchObject({ phase: 'failed', problem: gone })
    },
  )
})
