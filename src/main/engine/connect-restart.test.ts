// A server that goes away and comes back, at every step of every network: it has forgotten the session.
import { bridgeEntries } from '#simulator/bridge-flows'
import type { BridgeEntry } from '#simulator/bridge-flows'
import { walksOf } from '#simulator/walks'
import type { Walk } from '#simulator/walks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drive, launched, signedInAtOnce } from '../testing/connecting-drive.ts'
import type { Drive } from '../testing/connecting-drive.ts'
import { filled, playUpTo } from '../testing/connecting-walk.ts'

const timeout = 60_000

interface Place {
  readonly entry: BridgeEntry
  readonly walk: Walk
  readonly node: string
}

/** Each step of each flow, with the first walk that gets there without being refused anything. */
const places: readonly Place[] = bridgeEntries.flatMap((entry) => {
  const found = new Map<string, Place>()
  for (const walk of walksOf(entry))
    for (const [index, { node }] of walk.moves.entries()) {
      const isRough = walk.moves.slice(0, index).some((move) => move.kind === 'submit' && move.isMissing)
      const key = `${walk.flowID} ${node}`
      if (!isRough && !found.has(key)) found.set(key, { entry, walk, node })
    }
  return [...found.values()]
})

let one: Drive
beforeAll(async () => {
  one = await drive(await signedInAtOnce('ready'))
})
afterAll(async () => {
  await one.close()
  await one.simulator.close()
})

/** The values of the form on the screen that are there before anything was typed. */
function initialValues(): Readonly<Record<string, string>> {
  const { step } = one.atStep()
  return step.type === 'user_input'
    ? Object.fromEntries(step.fields.map(({ id, initialValue }) => [id, initialValue]))
    : {}
}

async function goesAwayAndComesBack({ entry, walk, node }: Place): Promise<void> {
  await playUpTo(one, walk, entry, node)
  const { connectionID } = one.shown()
  const { step } = one.atStep()
  const counts = await one.control.counts()
  await one.control.restart({ downMs: null })
  const isAsking = step.type === 'user_input' || step.type === 'cookies'
  if (isAsking) {
    const fields = filled(walk, entry, node)
    await one.tell('connect.keep', { connectionID, fields })
    await one.tell('connect.submit', { connectionID, fields, isSure: true })
  }
  // Said in words, and nothing to be scanned is shown as if it still counted.
  await one.until('it is said', () => one.atStep().problem?.code === 'beeper.unreachable')
  expect(one.atStep()).toMatchObject({ isBusy: isAsking, isStale: !isAsking })
  const typed = initialValues()
  await one.pass(10_000)
  expect(one.atStep().problem).toMatchObject({ code: 'beeper.unreachable' })
  await one.control.start()
  await one.until('the session has gone', () => one.stage().phase === 'failed', 50)
  expect(one.stage()).toMatchObject({ problem: { code: 'connect.gone', retry: 'now' } })
  expect(one.kept.progress().sessions).toEqual([])
  // Nothing was sent or begun by itself.
  const { createLoginSession: made } = await one.control.counts()
  expect(made).toBe(counts.createLoginSession)
  await one.tell('connect.again', { connectionID })
  await one.until('it has begun afresh', () => one.stage().phase === 'step')
  const first = walk.moves[0]
  expect(one.atStep().step).toMatchObject({ stepID: first?.stepID })
  if (first?.node === node) expect(initialValues()).toEqual(typed)
  await one.tell('connect.leave', { connectionID })
}

describe('RUN-5: a server that was restarted', () => {
  test('there are as many states as the requirement wants', () => {
    expect(places.length).toBeGreaterThanOrEqual(25)
  })

  test.each(bridgeEntries.map((entry) => [entry.bridge.displayName, entry] as const))(
    '%s: at every step it is said, and begun afresh by one click',
    { timeout },
    async (_, entry) => {
      for (const place of places.filter((one_) => one_.entry === entry)) await goesAwayAndComesBack(place)
      expect(one.kept.log.lines.filter(({ level }) => level === 'error')).toEqual([])
    },
  )

  test('what was typed in earlier steps is in their forms again, and what is secret is not', { timeout }, async () => {
    const run = await launched()
    await run.begin('slackgo', 'email')
    const { connectionID } = run.shown()
    for (const fields of [{ email: 'ada@example.com' }, { code: 'TFA222' }]) {
      const { serial } = run.atStep()
      await run.tell('connect.submit', { connectionID, fields, isSure: true })
      await run.until('the next step', () => run.atStep().serial > serial)
    }
    await run.control.restart({ downMs: null })
    await run.tell('connect.submit', { connectionID, fields: { two_factor_code: '123456' }, isSure: true })
    await run.control.start()
    await run.until('the session has gone', () => run.stage().phase === 'failed', 50)
    await run.tell('connect.again', { connectionID })
    await run.until('it has begun afresh', () => run.stage().phase === 'step')
    expect(run.atStep().step).toMatchObject({ fields: [{ id: 'email', initialValue: 'ada@example.com' }] })
    await run.tell('connect.submit', { connectionID, fields: { email: 'ada@example.com' }, isSure: true })
    await run.until('the code', () => run.atStep().serial > 1 && !run.atStep().isBusy)
    expect(run.atStep().step).toMatchObject({ fields: [{ id: 'code', initialValue: '' }] })
  })

  test('a wait that a short restart has cut goes on as soon as it answers', { timeout }, async () => {
    const run = await launched()
    await run.begin('local-signal', 'qr')
    const before = run.atStep()
    // Only the line is cut: the session is there all the same.
    await run.until('it is waited for', () => run.simulator.world.submits.all().at(-1)?.now === 1)
    run.simulator.world.power.cut()
    await run.until('it is said', () => run.atStep().problem !== undefined)
    expect(run.atStep()).toMatchObject({ isStale: true })
    run.simulator.world.power.start()
    await run.until('it is waited for again', () => run.simulator.world.submits.all().at(-1)?.now === 1, 50)
    await run.until('all is well', () => run.atStep().problem === undefined)
    expect(run.atStep()).toMatchObject({ step: before.step, serial: before.serial, isStale: false })
    expect((await run.control.counts()).createLoginSession).toBe(1)
  })
})
