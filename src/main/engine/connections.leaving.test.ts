import type { LoginSession } from '#contract/beeper/login'
import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Submitted } from '../beeper-port.ts'
import { done, never, opened } from '../testing/connect-bench.ts'
import { qrStep, sessionAt } from '../testing/connect-states.ts'
import { networkCalled, rig } from '../testing/connecting-rig.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { secrets } from '../testing/samples.ts'

describe('RUN-9: leaving', () => {
  test('cancels the session, drops its request and forgets it', async () => {
    let signal: AbortSignal | undefined
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: (target) => {
        ;({ signal } = target)
        return never()
      },
    })
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    await settle()
    expect(signal?.aborted).toBe(true)
    expect(one.cancelled.map(({ loginSessionID }) => loginSessionID)).toEqual([secrets.loginSessionID])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
  })

  test('while its session is being made cancels it once it is there, without bringing it back', async () => {
    const made = deferred<Result<LoginSession>>()
    const one = await opened({ createSession: () => made.promise })
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    expect(one.cancelled).toEqual([])
    made.resolve(ok(sessionAt(qrStep)))
    await settle()
    expect(one.cancelled.map(({ loginSessionID }) => loginSessionID)).toEqual([secrets.loginSessionID])
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
    expect(one.did).not.toContain('beeper.submitStep')
  })

  test('one that goes on beside the screen moves nobody', async () => {
    const one = await rig({ networks: ['b1', 'b2'].map(networkCalled) })
    const connectionID = await one.open('b2')
    for (const place of [{ at: 'connection', connectionID }, { at: 'home' }, { at: 'settings' }] as const) {
      const background = await one.open('b1')
      one.engine.go(place)
      const { name } = one.view().screen
      await one.tell('connect.leave', { connectionID: background })
      expect(one.view()).toMatchObject({ screen: { name }, running: [{ connectionID }] })
      expect(name).toBe(place.at)
    }
    one.engine.go({ at: 'connection', connectionID })
    await one.tell('connect.leave', { connectionID })
    expect(one.view()).toMatchObject({ screen: { name: 'connect' }, running: [] })
  })

  test('late answers are not heard, and a further command finds nobody', async () => {
    const answer = deferred<Submitted>()
    const one = await opened({ submitStep: () => answer.promise })
    const { connectionID } = one.only()
    void one.handlers['connect.submit']({ connectionID, fields: { phone: secrets.field }, isSure: true })
    void one.handlers['connect.leave']({ connectionID })
    answer.resolve({ kind: 'answered', session: done })
    await settle()
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().isFirstRunDone).toBe(false)
    for (const name of ['connect.leave', 'connect.again'] as const)
      expect(one.handlers[name]({ connectionID })).toMatchObject({ ok: false })
  })

  test('being signed out drops every connection in silence', async () => {
    const answer = deferred<Submitted>()
    const one = await opened({ submitStep: () => answer.promise })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: { phone: '1' }, isSure: true })
    one.beeper.glanceAtSetup = () => bad(problemOf('beeper.token-refused'))
    one.engine.account.send({ type: 'tokenRefused' })
    answer.resolve({ kind: 'answered', session: done })
    await settle()
    expect(one.engine.account.state.phase).toBe('authorise')
    expect(one.engine.connections.states).toEqual([])
    // It still lives on the server: the next sign-in goes on with it.
    expect(one.progress().sessions).toHaveLength(1)
  })

  test('starting over cancels the old session before anything of the new one is shown', async () => {
    const one = await opened({ createSession: () => good(sessionAt({ type: 'unreadable', wireType: 'user_input' })) })
    void one.handlers['connect.again']({ connectionID: one.only().connectionID })
    await settle()
    expect(one.cancelled).toHaveLength(1)
    expect(one.did.filter((what) => what === 'beeper.createSession')).toHaveLength(2)
    expect(one.only().stage).toMatchObject({ phase: 'step' })
  })

  test('starting over while the session is looked at is not disturbed by that look', async () => {
    const look = deferred<Result<LoginSession>>()
    const made = deferred<Result<LoginSession>>()
    const one = await opened({
      submitStep: () => Promise.resolve<Submitted>({ kind: 'unheard', problem: problemOf('beeper.timeout') }),
      readSession: () => look.promise,
    })
    const { connectionID } = one.only()
    void one.handlers['connect.submit']({ connectionID, fields: { phone: '1' }, isSure: true })
    await settle()
    one.clock.pass(1_000)
    one.beeper.createSession = () => made.promise
    void one.handlers['connect.again']({ connectionID })
    look.resolve({ ok: false, problem: problemOf('beeper.unreachable') })
    await settle()
    expect(one.only().stage).toEqual({ phase: 'starting' })
  })
})
