import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { OpenSession } from '../ports.ts'
import { bench, opened } from '../testing/connect-bench.ts'
import { formStep } from '../testing/connect-states.ts'
import { last, networkCalled, qr, rig, standing, standingAt } from '../testing/connecting-rig.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { demoServer, network, secrets, server, setupOf } from '../testing/samples.ts'

describe('RUN-9: quitting', () => {
  test('cancels what lives on the server, with a limit, and notes that it is over', async () => {
    const one = await standingAt(qr('1'))
    const quit = one.engine.quit()
    await settle()
    expect(one.cancels).toMatchObject([{ loginSessionID: 's1', signal: expect.any(AbortSignal) as unknown }])
    await last(one.cancels).answer(ok(undefined))
    await quit
    // The next run offers it afresh.
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 's1', flowID: 'qr', isOver: true }])
    expect(one.did.at(-1)).toBe('demo.stop')
    expect(one.clock.waiting).toBe(0)
  })

  test('with ten under way cancels them side by side, and waits for none twice', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `b${String(n)}`)
    const one = await rig({ networks: ids.map(networkCalled) })
    for (const id of ids) {
      await one.tell('connect.choose', { connectionID: await one.open(id), flowID: 'qr' })
      await last(one.creates).answer(ok(standing(Number(id.slice(1)) % 2 === 0 ? qr(id) : formStep, `${id}-s`, id)))
    }
    expect(one.submits).toHaveLength(5)
    let isOver = false
    const quit = one.engine.quit().then(() => (isOver = true))
    await settle()
    // All have gone out before any is answered.
    expect(one.cancels.map(({ bridgeID, loginSessionID }) => [bridgeID, loginSessionID])).toEqual(
      ids.map((id) => [id, `${id}-s`]),
    )
    const [stubborn, ...others] = one.cancels
    for (const cancel of others) await cancel.answer(ok(undefined))
    expect(isOver).toBe(false)
    await stubborn?.answer(failed(problemOf('beeper.fault')))
    await quit
    const notes = one.progress().sessions
    expect(notes.map(({ loginSessionID }) => loginSessionID)).toEqual(ids.map((id) => `${id}-s`))
    expect(notes.map((note) => note.isOver)).toEqual([undefined, ...others.map(() => true)])
    expect(one.clock.waiting).toBe(0)
  })

  test('while a session is being made waits for it, and cancels it', async () => {
    const one = await rig()
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    let isOver = false
    const quit = one.engine.quit().then(() => (isOver = true))
    await settle()
    expect([isOver, one.cancels.length]).toEqual([false, 0])
    await last(one.creates).answer(ok(standing(qr('1'), 's1')))
    expect(one.cancels).toMatchObject([{ loginSessionID: 's1', signal: expect.any(AbortSignal) as unknown }])
    expect(isOver).toBe(false)
    await last(one.cancels).answer(ok(undefined))
    await quit
    expect(one.submits).toEqual([])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress()).toMatchObject({ sessions: [], intents: [] })
  })

  test('does not wait for ever for a session that is being made', async () => {
    const one = await rig()
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    await one.engine.quit()
    expect(one.creates).toMatchObject([{ isOut: true }])
    // Whether it was made is for the next run to find out.
    expect(one.progress().intents).toMatchObject([{ operation: 'createLoginSession' }])
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
    await one.engine.quit()
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
      demoServer,
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
