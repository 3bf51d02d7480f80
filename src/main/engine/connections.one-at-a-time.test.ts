import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { formStep } from '../testing/connect-states.ts'
import { answered, last, qr, rig, standing, standingAt } from '../testing/connecting-rig.ts'
import { settle } from '../testing/fakes.ts'
import { network } from '../testing/samples.ts'

const fields = { phone: '+1 415 555 01 23' }

describe('one at a time', () => {
  test('a form that is sent by Enter and by a click goes out once', async () => {
    const one = await standingAt(formStep)
    const { connectionID } = one
    for (const isSure of [false, true, false]) void one.handlers['connect.submit']({ connectionID, fields, isSure })
    await settle()
    await one.tell('connect.submit', { connectionID, fields, isSure: true })
    expect(one.submits).toMatchObject([
      { id: 'form', isOut: true, submission: { type: 'user_input', fields: { phone: '+14155550123' } } },
    ])
    await last(one.submits).answer(answered(standing(formStep, 's1')))
    expect(one.at().stage).toMatchObject({ isBusy: false, isRejected: true })
    await one.tell('connect.submit', { connectionID, fields, isSure: false })
    expect(one.submits).toHaveLength(2)
  })

  test('what is typed for a waiting step is not sent', async () => {
    const one = await standingAt(qr('1'))
    await one.tell('connect.submit', { connectionID: one.connectionID, fields: { phone: '1' }, isSure: true })
    expect(one.submits).toMatchObject([{ submission: { type: 'display_and_wait' }, isOut: true }])
  })

  test('a network that is opened twice is one connection, and a way that is chosen twice is one session', async () => {
    const one = await rig()
    void one.handlers['connect.open']({ bridgeID: network.bridgeID })
    const connectionID = await one.open()
    expect(one.engine.connections.states).toHaveLength(1)
    expect(one.at().stage).toMatchObject({ phase: 'choosing' })
    // Nothing has effects at the network before the person chose (R6).
    expect(one.creates).toEqual([])
    for (const flowID of ['qr', 'qr', 'code']) void one.handlers['connect.choose']({ connectionID, flowID })
    await settle()
    expect(one.creates).toMatchObject([{ id: 'qr' }])
    await one.tell('connect.again', { connectionID })
    await one.tell('connect.open', { bridgeID: network.bridgeID })
    expect(one.creates).toHaveLength(1)
  })

  test('a way that was never offered is not begun', async () => {
    const one = await rig()
    const connectionID = await one.open()
    await one.tell('connect.choose', { connectionID, flowID: 'never-offered' })
    expect(one.at().stage).toMatchObject({ phase: 'choosing' })
    expect(one.creates).toEqual([])
  })

  test('one way only is begun without a question', async () => {
    const one = await rig({ flows: [{ id: 'only', name: '', description: '' }] })
    await one.open()
    expect(one.creates).toMatchObject([{ id: 'only' }])
    expect(one.at().stage).toEqual({ phase: 'starting' })
  })

  test('starting over by two clicks makes one session and cancels one', async () => {
    const one = await standingAt(qr('1'))
    const { connectionID } = one
    for (let click = 1; click <= 2; click += 1) void one.handlers['connect.again']({ connectionID })
    await settle()
    expect(one.creates).toHaveLength(2)
    expect(one.cancels).toMatchObject([{ loginSessionID: 's1' }])
    expect(one.submits).toMatchObject([{ isOut: false }])
  })

  test('another way gives up the session before the next is made, and late words of the old one are not heard', async () => {
    const one = await standingAt(formStep)
    const { connectionID } = one
    await one.tell('connect.submit', { connectionID, fields, isSure: false })
    one.did.length = 0
    await one.tell('connect.choose', { connectionID, flowID: 'code' })
    expect(one.did.filter((what) => /cancelSession|createSession/u.test(what))).toEqual([
      'beeper.cancelSession',
      'beeper.createSession',
    ])
    expect(last(one.submits).signal?.aborted).toBe(true)
    await last(one.submits).answer(answered(standing(qr('old'), 's1')))
    expect(one.at()).toMatchObject({ flowID: 'code', loginSessionID: undefined, stage: { phase: 'starting' } })
    await last(one.creates).answer(ok(standing(qr('new'), 's2')))
    expect(one.at()).toMatchObject({ loginSessionID: 's2', stage: { step: qr('new') } })
    // How the old one ended is nobody's business any more.
    await last(one.cancels).answer(ok(undefined))
    expect(one.at()).toMatchObject({ loginSessionID: 's2' })
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 's2', flowID: 'code' }])
    expect(one.creates).toHaveLength(2)
  })

  test('what was typed and is no secret is in the form of a fresh session', async () => {
    const one = await standingAt(formStep)
    const { connectionID } = one
    await one.tell('connect.keep', { connectionID, fields: { phone: '+1 415', other: 'never wanted' } })
    expect(one.view().screen).toMatchObject({
      connection: { stage: { step: { fields: [{ initialValue: '+1 415' }] } } },
    })
    await one.tell('connect.again', { connectionID })
    await last(one.creates).answer(ok(standing(formStep, 's2')))
    expect(one.at().stage).toMatchObject({ step: { fields: [{ id: 'phone', initialValue: '+1 415' }] } })
    expect(JSON.stringify(one.at())).not.toContain('never wanted')
  })
})
