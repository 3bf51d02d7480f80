// What becomes of a connection that has come to its end, and of the one that lives beside it.
import type { ChatAccount } from '#contract/beeper/networks'
import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { complete, formStep } from '../testing/connect-states.ts'
import { answered, flows, last, networkCalled, over, qr, rig, standing } from '../testing/connecting-rig.ts'
import type { Rig } from '../testing/connecting-rig.ts'
import { good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { chatAccount } from '../testing/samples.ts'

const networks = ['b1', 'b2'].map(networkCalled)

interface Reading extends Rig {
  /** How often the lists were read. */
  readonly reads: () => number
  /** What they hold from now on. */
  readonly list: (...accounts: readonly ChatAccount[]) => void
}

async function reading(): Promise<Reading> {
  let listed: readonly ChatAccount[] = []
  const one = await rig({ networks, beeper: { readNetworks: () => good({ networks, accounts: listed }) } })
  return {
    ...one,
    reads: () => one.did.filter((what) => what === 'beeper.readNetworks').length,
    list: (...accounts) => (listed = accounts),
  }
}

const account = (more: Partial<ChatAccount> = {}): ChatAccount => ({
  ...chatAccount,
  bridgeID: 'b1',
  loginID: complete.loginID,
  ...more,
})

/** Brings a network to a step where the phone is waited for. */
async function waiting(one: Rig, bridgeID: string): Promise<string> {
  const connectionID = await one.open(bridgeID)
  await one.tell('connect.choose', { connectionID, flowID: 'qr' })
  await last(one.creates).answer(ok(standing(qr(bridgeID), `${bridgeID}-s`, bridgeID)))
  return connectionID
}

async function finish(one: Rig, bridgeID: string): Promise<void> {
  const wait = one.submits.findLast((submit) => submit.bridgeID === bridgeID)
  await wait?.answer(answered(over(complete, `${bridgeID}-s`, bridgeID)))
  expect(one.at(bridgeID).stage).toMatchObject({ phase: 'done' })
}

describe('the watch after the end', () => {
  test('reads the lists at once, every 5 s for half a minute, then no more often than before', async () => {
    const one = await reading()
    await waiting(one, 'b1')
    one.list(account())
    const before = one.reads()
    await finish(one, 'b1')
    expect(one.reads()).toBe(before + 1)
    for (let count = 2; count <= 7; count += 1) {
      await one.pass(5_000)
      expect(one.reads()).toBe(before + count)
    }
    expect(one.at('b1').stage).toMatchObject({ watch: 'well' })
    await one.pass(55_000)
    expect(one.reads()).toBeLessThanOrEqual(before + 8)
    await one.pass(60_000)
    expect(one.reads()).toBeLessThanOrEqual(before + 9)
  })

  test('tells that it falls off again, in the words of the server, and begins anew by one click', async () => {
    const one = await reading()
    const connectionID = await waiting(one, 'b1')
    one.list(account())
    await finish(one, 'b1')
    one.list(account({ status: 'reconnect_required', statusText: 'Signed out at once' }))
    await one.pass(5_000)
    expect(one.at('b1').stage).toMatchObject({ watch: 'fell-off', statusText: 'Signed out at once' })
    expect(one.view().running).toMatchObject([{ state: 'fell-off', isShown: true }])
    await one.tell('connect.again', { connectionID })
    expect(last(one.creates)).toMatchObject({ bridgeID: 'b1', id: 'qr' })
    await last(one.creates).answer(ok(standing(qr('again'), 's2', 'b1')))
    one.list(account())
    await last(one.submits).answer(answered(over(complete, 's2', 'b1')))
    // It is the same account, renewed (R10).
    expect(one.at('b1').stage).toMatchObject({ phase: 'done', wasKnown: true })
  })

  test('of a quiet end goes on beside another connection', async () => {
    const one = await reading()
    await waiting(one, 'b1')
    await finish(one, 'b1')
    await waiting(one, 'b2')
    await one.pass(60_000)
    const before = one.reads()
    await one.pass(20_000)
    expect(one.reads()).toBe(before + 4)
    await one.tell('connect.leave', { connectionID: one.at('b2').connectionID })
    await one.pass(5_000)
    const after = one.reads()
    await one.pass(50_000)
    expect(one.reads()).toBe(after)
  })
})

describe('an end', () => {
  test('on the screen is over once the person goes elsewhere', async () => {
    const one = await reading()
    const connectionID = await waiting(one, 'b1')
    await finish(one, 'b1')
    one.engine.go({ at: 'connection', connectionID })
    expect(one.at('b1')).toBeDefined()
    one.engine.go({ at: 'connect' })
    expect(one.engine.connections.states).toEqual([])
    expect(one.view()).toMatchObject({ running: [], screen: { name: 'connect' } })
  })

  test('of one in the background stays in the list until it was seen', async () => {
    const one = await reading()
    const connectionID = await waiting(one, 'b1')
    await waiting(one, 'b2')
    await finish(one, 'b1')
    for (const at of ['home', 'connect', 'settings'] as const) {
      one.engine.go({ at })
      expect(one.view().running).toMatchObject([
        { networkName: 'b1', state: 'done', isShown: false },
        { networkName: 'b2', state: 'phone' },
      ])
    }
    one.engine.go({ at: 'connection', connectionID })
    expect(one.view()).toMatchObject({ screen: { connection: { stage: { phase: 'done' } } } })
    one.engine.go({ at: 'connection', connectionID: one.at('b2').connectionID })
    expect(one.view().running).toMatchObject([{ networkName: 'b2', isShown: true }])
  })

  test('of another kind stays until the person puts it away', async () => {
    const one = await reading()
    const connectionID = await waiting(one, 'b1')
    await last(one.submits).answer(answered(over({ kind: 'cancelled' }, 'b1-s', 'b1')))
    one.engine.go({ at: 'home' })
    expect(one.view().running).toMatchObject([{ state: 'failed', isShown: false }])
    await one.tell('connect.leave', { connectionID })
    expect(one.view().running).toEqual([])
    expect(one.cancels).toEqual([])
  })
})

describe('opening a network', () => {
  test('returns to the connection that lives, and loses nothing of it', async () => {
    const one = await reading()
    const connectionID = await one.open('b1')
    await one.tell('connect.choose', { connectionID, flowID: 'qr' })
    await last(one.creates).answer(ok(standing(formStep, 'b1-s', 'b1')))
    await one.tell('connect.keep', { connectionID, fields: { phone: '+1' } })
    const before = one.at('b1')
    await waiting(one, 'b2')
    expect(one.view().screen).toMatchObject({ connection: { networkName: 'b2' } })
    expect(await one.open('b1')).toBe(connectionID)
    expect(one.at('b1')).toEqual(before)
    expect(one.view()).toMatchObject({
      screen: { connection: { connectionID } },
      running: [{ isShown: true }, { isShown: false }],
    })
    expect(one.creates).toHaveLength(2)
  })

  test.each([
    ['that is done', over(complete, 'b1-s', 'b1')],
    ['that failed', over({ kind: 'failed', error: undefined }, 'b1-s', 'b1')],
  ])('takes the place of one %s', async (_, session) => {
    const one = await reading()
    const connectionID = await waiting(one, 'b1')
    await last(one.submits).answer(answered(session))
    const other = await one.open('b1')
    expect(other).not.toBe(connectionID)
    expect(one.engine.connections.states).toHaveLength(1)
    expect(one.at('b1').stage).toEqual({ phase: 'choosing', flows })
    expect(one.handlers['connect.again']({ connectionID })).toMatchObject({ ok: false })
  })

  test('the catalogue says which one is under way', async () => {
    const one = await reading()
    const connectionID = await waiting(one, 'b1')
    const listed = (): unknown => {
      one.engine.go({ at: 'connect' })
      const { screen } = one.view()
      return screen.name === 'connect' ? screen.networks.map((row) => row.connectionID) : screen.name
    }
    expect(listed()).toEqual([connectionID, undefined])
    await finish(one, 'b1')
    expect(listed()).toEqual([undefined, undefined])
  })

  test('whose ways cannot be read says so, and tries again by one click', async () => {
    const one = await reading()
    one.beeper.readFlows = () => Promise.resolve(failed(problemOf('beeper.upstream')))
    const connectionID = await one.open('b1')
    expect(one.at('b1').stage).toEqual({ phase: 'failed', problem: problemOf('beeper.upstream') })
    one.beeper.readFlows = () => good(flows)
    await one.tell('connect.again', { connectionID })
    await settle()
    expect(one.at('b1').stage).toMatchObject({ phase: 'choosing' })
    expect(one.creates).toEqual([])
  })
})
