// Nothing of a connection outlives it: no timer, no request.
import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { complete, formStep } from '../testing/connect-states.ts'
import { answered, last, over, qr, rig, standing, standingAt, unheard } from '../testing/connecting-rig.ts'
import type { Rig } from '../testing/connecting-rig.ts'
import { problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'

type One = Rig & { readonly connectionID: string }

/** How often a server may answer at once before it is asked once a second only. */
const hasty = 6

/** Connections with something still to come. */
const pending: Readonly<Record<string, () => Promise<One>>> = {
  'a wait': () => standingAt(qr('1')),
  'a form on its way': async () => {
    const one = await standingAt(formStep)
    await one.tell('connect.submit', { connectionID: one.connectionID, fields: { phone: '1' }, isSure: true })
    return one
  },
  'a look that is due': async () => {
    const one = await standingAt(qr('1'))
    await last(one.submits).answer(unheard(problemOf('beeper.unreachable')))
    return one
  },
  'a look on its way': async () => {
    const one = await standingAt(qr('1'))
    one.engine.woken()
    await settle()
    return one
  },
  'a pause for a server that does not wait': async () => {
    const one = await standingAt(qr('1'))
    for (let answer = 1; answer <= hasty; answer += 1)
      if (last(one.submits).isOut) await last(one.submits).answer(answered(standing(qr('1'), 's1')))
    expect(last(one.submits).isOut).toBe(false)
    return one
  },
  'the last minutes': async () => {
    const one = await standingAt(qr('1'))
    await one.pass(27 * 60_000)
    expect(one.at().minutesLeft).toBe(3)
    return one
  },
  'a failure before its half hour is over': async () => {
    const one = await standingAt(qr('1'))
    await last(one.submits).answer(answered(over({ kind: 'cancelled' }, 's1')))
    return one
  },
  'an account that is watched': async () => {
    const one = await standingAt(qr('1'))
    await last(one.submits).answer(answered(over(complete, 's1')))
    return one
  },
}
const names = Object.keys(pending)

async function pendingAt(name: string): Promise<One> {
  const make = pending[name]
  if (make === undefined) throw new Error(name)
  return make()
}

const out = ({ submits, looks }: Rig): readonly unknown[] => [...submits, ...looks].filter(({ isOut }) => isOut)
const ways: Readonly<Record<string, (one: One) => Promise<unknown>>> = {
  leaving: (one) => one.tell('connect.leave', { connectionID: one.connectionID }),
  quitting: async (one) => {
    const quit = one.engine.quit()
    await settle()
    for (const cancel of one.cancels) await cancel.answer(ok(undefined))
    await quit
  },
  'signing out': async ({ engine, cancels }) => {
    engine.account.send({ type: 'signOutRequested', isRevoked: false })
    await settle()
    for (const cancel of cancels) await cancel.answer(ok(undefined))
  },
}

/** How many timers there are after the same without a connection. */
async function timersAfter(way: string, nowMs: number): Promise<number> {
  const one = await rig()
  await one.pass(nowMs)
  if (way !== 'leaving') await ways[way]?.({ ...one, connectionID: '' })
  return one.clock.waiting
}

describe.each(Object.keys(ways))('after %s', (way) => {
  test.each(names)('nothing is left of %s', async (name) => {
    const one = await pendingAt(name)
    const nowMs = one.clock.nowMs()
    await ways[way]?.(one)
    await settle()
    expect(one.engine.connections.states).toEqual([])
    expect(one.clock.waiting).toBe(await timersAfter(way, nowMs))
    expect(out(one)).toEqual([])
    // And nothing comes back, whatever is said to it.
    const count = one.submits.length
    for (const asked of one.submits) await asked.answer(answered(standing(formStep, 's1')))
    for (const asked of one.looks) await asked.answer(failed(problemOf('beeper.timeout')))
    await one.pass(120_000)
    expect(one.engine.connections.states).toEqual([])
    expect(one.submits).toHaveLength(count)
  })
})

describe('starting over', () => {
  test.each(names.slice(0, 6))('leaves nothing of %s to the fresh session', async (name) => {
    const one = await pendingAt(name)
    await one.tell('connect.again', { connectionID: one.connectionID })
    expect(out(one)).toEqual([])
    await last(one.creates).answer(ok(standing(formStep, 's2')))
    const fresh = one.at()
    const looks = one.looks.length
    const submits = one.submits.length
    for (const asked of one.submits) await asked.answer(answered(standing(qr('old'), 's1')))
    for (const asked of one.looks) await asked.answer(failed(problemOf('connect.gone')))
    await one.pass(24 * 60_000)
    expect(one.at()).toEqual(fresh)
    expect([one.looks.length, one.submits.length]).toEqual([looks, submits])
    await one.pass(60_000)
    expect(one.at().minutesLeft).toBe(5)
  })
})

describe('a failure', () => {
  test('that ended the session leaves nothing of it to the next one', async () => {
    const one = await standingAt(qr('1'))
    await last(one.submits).answer(unheard(problemOf('beeper.unreachable')))
    await one.pass(1_000)
    await last(one.looks).answer(failed(problemOf('connect.gone')))
    await one.pass(20 * 60_000)
    await one.tell('connect.again', { connectionID: one.connectionID })
    await last(one.creates).answer(ok(standing(qr('2'), 's2')))
    await one.pass(20 * 60_000)
    // The half hour is that of the fresh one.
    expect(one.at().minutesLeft).toBeUndefined()
  })
})
