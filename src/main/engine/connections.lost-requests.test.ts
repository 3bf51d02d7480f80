import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Submitted } from '../beeper-port.ts'
import { complete, formStep } from '../testing/connect-states.ts'
import { answered, last, over, qr, rig, standing, standingAt, unheard } from '../testing/connecting-rig.ts'
import type { Rig } from '../testing/connecting-rig.ts'
import { problemOf } from '../testing/fake-world.ts'

const away = problemOf('beeper.unreachable')
const fields = { phone: '+1 415' }

/** A form whose answer was lost. */
async function lost(): Promise<Rig & { readonly connectionID: string }> {
  const one = await standingAt(formStep)
  await one.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: true })
  await last(one.submits).answer(unheard(away))
  return one
}

describe('requests that are lost', () => {
  test('R24: a form is not sent again; the server is looked at, less and less often', async () => {
    const one = await lost()
    for (const [index, ms] of [1_000, 2_000, 4_000, 4_000, 4_000].entries()) {
      expect(one.at().stage).toMatchObject({ isBusy: true, problem: away })
      await one.pass(ms)
      expect(one.looks).toHaveLength(index + 1)
      if (index < 4) await last(one.looks).answer(failed(away))
    }
    await last(one.looks).answer(ok(standing(formStep, 's1')))
    // It still asks: whether the value arrived is not known, and that is what is said.
    expect(one.at().stage).toMatchObject({
      isBusy: false,
      isRejected: false,
      problem: { code: 'connect.unheard' },
      step: { fields: [{ initialValue: fields.phone }] },
    })
    expect(one.submits).toHaveLength(1)
    await one.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: true })
    expect(one.submits).toHaveLength(2)
  })

  test('what came of it meanwhile is adopted', async () => {
    const next = await lost()
    await next.pass(1_000)
    await last(next.looks).answer(ok(standing(qr('1'), 's1')))
    expect(next.at().stage).toMatchObject({ step: qr('1'), isBusy: false, problem: undefined })
    expect(next.submits).toHaveLength(2)
    const done = await lost()
    await done.pass(1_000)
    await last(done.looks).answer(ok(over(complete, 's1')))
    expect(done.at().stage).toMatchObject({ phase: 'done', person: complete.person })
    const refused = await lost()
    await refused.pass(1_000)
    await last(refused.looks).answer(ok(over({ kind: 'failed', error: { code: 'X', message: 'No.' } }, 's1')))
    expect(refused.at().stage).toMatchObject({ phase: 'failed', problem: { says: 'No.' } })
  })

  test('RUN-5: a session that has gone meanwhile is said to be, and begun afresh by one click', async () => {
    const one = await lost()
    await one.pass(1_000)
    await last(one.looks).answer(failed(problemOf('connect.gone')))
    expect(one.at()).toMatchObject({ loginSessionID: undefined, stage: { problem: { code: 'connect.gone' } } })
    expect(one.progress().sessions).toEqual([])
    await one.tell('connect.again', { connectionID: one.connectionID })
    expect(last(one.creates)).toMatchObject({ id: 'qr' })
    await last(one.creates).answer(ok(standing(formStep, 's2')))
    expect(one.at().stage).toMatchObject({ step: { fields: [{ initialValue: fields.phone }] }, isRejected: false })
    expect(one.cancels).toEqual([])
  })

  test('a refusal that the session outlived is said in its words, and nothing is sent again', async () => {
    const one = await standingAt(formStep)
    await one.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: true })
    const words = { code: 'connect.not-taken', retry: 'now', says: 'Step ID does not match' } as const
    await last(one.submits).answer(answered(standing(formStep, 's1'), words))
    expect(one.at().stage).toMatchObject({ isBusy: false, isRejected: false, problem: words })
    await one.pass(60_000)
    expect(one.submits).toHaveLength(1)
  })

  test('ONE-2: a session whose making was not heard of is not made again by itself', async () => {
    const one = await rig()
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    await last(one.creates).answer(failed(problemOf('beeper.timeout')))
    expect(one.at().stage).toEqual({ phase: 'failed', problem: problemOf('beeper.timeout') })
    await one.pass(600_000)
    one.engine.woken()
    expect(one.creates).toHaveLength(1)
    expect(one.progress()).toMatchObject({ intents: [], sessions: [] })
  })

  test('a bug in an answer shows as unexpected, and is logged', async () => {
    const one = await standingAt(formStep)
    one.beeper.submitStep = () => Promise.reject<Submitted>(new Error('a bug'))
    await one.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: true })
    expect(one.at().stage).toEqual({ phase: 'failed', problem: { code: 'unexpected', retry: 'now' } })
    expect(one.log.lines).toMatchObject([{ level: 'error', event: 'connect-effect-failed' }])
  })
})
