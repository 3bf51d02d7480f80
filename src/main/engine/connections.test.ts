import { describe, expect, test } from 'vitest'
import type { Submitted } from '../beeper-port.ts'
import { bench, done, opened } from '../testing/connect-bench.ts'
import { settle } from '../testing/fakes.ts'
import { network, secrets, server } from '../testing/samples.ts'

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
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: { phone: '1' }, isSure: true })
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'done' })
    expect(one.progress()).toMatchObject({ sessions: [], isFirstRunDone: true })
    one.engine.go({ at: 'home' })
    expect(one.engine.connections.states).toEqual([])
  })

  test('a bug shows as unexpected', async () => {
    const one = await opened({ readFlows: () => Promise.reject(new Error('a bug')) })
    expect(one.only().stage).toMatchObject({ phase: 'failed', problem: { code: 'unexpected' } })
  })
})
