import { describe, expect, test } from 'vitest'
import type { OpenSession } from '../ports.ts'
import { bench, done, never, opened } from '../testing/connect-bench.ts'
import { formStep, sessionAt, sessionWith } from '../testing/connect-states.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { network, otherServer, secrets, server } from '../testing/samples.ts'

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
