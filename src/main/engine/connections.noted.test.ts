// What outlives the run, and when it is written: as soon as it is known, and never a secret.
import type { LoginStep } from '#contract/beeper/login'
import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { complete, formStep, inputField } from '../testing/connect-states.ts'
import { answered, last, networkCalled, over, qr, rig, standing, standingAt } from '../testing/connecting-rig.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { demoServer, network, secrets, server, setupOf } from '../testing/samples.ts'

const passwordStep = {
  ...formStep,
  stepID: 'password',
  fields: [inputField({ id: 'pw', type: 'password', isSecret: true })],
}

describe('the note of a session', () => {
  test('is written with the first word of it, and goes with the last', async () => {
    const one = await rig()
    const connectionID = await one.open()
    expect(one.progress().sessions).toEqual([])
    await one.tell('connect.choose', { connectionID, flowID: 'code' })
    expect(one.progress()).toMatchObject({
      sessions: [],
      intents: [{ operation: 'createLoginSession', bridgeID: network.bridgeID }],
    })
    one.did.length = 0
    await last(one.creates).answer(ok(standing(qr('1'), 's1')))
    expect(one.did.filter((what) => /note|intent|submit/u.test(what))).toEqual([
      'beeper.submitStep',
      'note sessions s1',
      'intent- createLoginSession',
    ])
    expect(one.progress()).toMatchObject({
      intents: [],
      sessions: [
        {
          origin: server.origin,
          bridgeID: network.bridgeID,
          loginSessionID: 's1',
          flowID: 'code',
          openedAt: one.world.clock.wallTime(),
        },
      ],
    })
    await last(one.submits).answer(answered(over(complete, 's1')))
    expect(one.progress().sessions).toEqual([])
  })

  test('counts its age from the session, however long the person chose or how often they began anew', async () => {
    const one = await rig()
    const connectionID = await one.open()
    const begun: string[] = []
    for (const id of ['s1', 's2', 's3']) {
      await one.pass(20 * 60_000)
      if (id === 's1') await one.tell('connect.choose', { connectionID, flowID: 'qr' })
      else await one.tell('connect.again', { connectionID })
      await last(one.creates).answer(ok(standing(formStep, id)))
      begun.push(one.world.clock.wallTime())
      expect(one.progress().sessions).toMatchObject([{ loginSessionID: id, openedAt: begun.at(-1) }])
    }
    expect(new Set(begun).size).toBe(3)
    await one.tell('connect.submit', { connectionID, fields: { phone: '1' }, isSure: true })
    await last(one.submits).answer(answered(standing(qr('1'), 's3')))
    expect(one.progress().sessions).toMatchObject([{ openedAt: begun.at(-1) }])
  })

  test.each([
    ['fails', over({ kind: 'failed', error: { code: 'X', message: 'No.' } }, 's1')],
    ['is cancelled', over({ kind: 'cancelled' }, 's1')],
  ])('goes when it %s', async (_, session) => {
    const one = await standingAt(qr('1'))
    expect(one.progress().sessions).toHaveLength(1)
    await last(one.submits).answer(answered(session))
    expect(one.progress().sessions).toEqual([])
  })

  test('of several stands beside those of others, and each goes alone', async () => {
    const ids = ['b1', 'b2', 'b3']
    const one = await rig({ networks: ids.map(networkCalled) })
    for (const id of ids) {
      await one.tell('connect.choose', { connectionID: await one.open(id), flowID: 'qr' })
      await last(one.creates).answer(ok(standing(qr(id), `${id}-s`, id)))
    }
    const noted = (): readonly string[] => one.progress().sessions.map(({ bridgeID }) => bridgeID)
    expect(noted()).toEqual(ids)
    await one.tell('connect.leave', { connectionID: one.at('b2').connectionID })
    expect(noted()).toEqual(['b1', 'b3'])
    await one.submits[0]?.answer(answered(over(complete, 'b1-s', 'b1')))
    expect(noted()).toEqual(['b3'])
  })

  test('A4: never holds what was typed, and neither do the log and the View', async () => {
    const one = await standingAt(passwordStep)
    const { connectionID } = one
    const fields = { pw: secrets.field }
    await one.tell('connect.keep', { connectionID, fields })
    await one.tell('connect.submit', { connectionID, fields, isSure: true })
    expect(last(one.submits).submission).toEqual({ type: 'user_input', fields })
    await last(one.submits).answer(answered(standing(passwordStep, 's1')))
    const texts = [one.settings.read(), one.log.lines, one.view(), one.engine.state.getState().connections]
    for (const text of texts) expect(JSON.stringify(text)).not.toContain(secrets.field)
    // Not even a fresh session gets it back.
    await one.tell('connect.again', { connectionID })
    await last(one.creates).answer(ok(standing(passwordStep, 's2')))
    expect(one.at().stage).toMatchObject({ step: { fields: [{ initialValue: '' }] } })
  })

  test('holds no picture and no code', async () => {
    const one = await standingAt(qr('SECRET-picture'))
    const secretWords: LoginStep = {
      type: 'display_and_wait',
      stepID: 'pin',
      instructions: 'PIN SECRET-pin',
      display: { type: 'nothing' },
    }
    await last(one.submits).answer(answered(standing(secretWords, 's1')))
    for (const text of [one.settings.read(), one.log.lines]) expect(JSON.stringify(text)).not.toContain('SECRET')
  })

  test('is never made of the demo', async () => {
    const one = await rig({
      at: demoServer,
      beeper: {
        glanceAtSetup: ({ token }) =>
          token === undefined ? bad(problemOf('beeper.token-refused')) : good(setupOf('ready')),
      },
    })
    await settle()
    one.did.length = 0
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    await last(one.creates).answer(ok(standing(qr('1'), 's1')))
    await last(one.submits).answer(answered(over(complete, 's1')))
    expect(one.at().stage).toMatchObject({ phase: 'done' })
    expect(one.did.filter((what) => /note|intent/u.test(what))).toEqual([])
    expect(one.progress()).toMatchObject({ sessions: [], intents: [], isFirstRunDone: false })
  })

  test('that could not be written stops nobody', async () => {
    const one = await rig()
    one.settings.problem = problemOf('unexpected')
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    await last(one.creates).answer(ok(standing(qr('1'), 's1')))
    expect(one.at().stage).toMatchObject({ phase: 'step' })
    expect(one.log.lines.map(({ event }) => event)).toContain('journal-not-written')
    await last(one.submits).answer(answered(over({ kind: 'cancelled' }, 's1')))
    await one.tell('connect.again', { connectionID: one.at().connectionID })
    await last(one.creates).answer(failed(problemOf('connect.limit')))
    expect(one.at().stage).toMatchObject({ phase: 'failed' })
  })
})
