// Random people at random networks: whatever they type, tap or leave, status and step agree and an end is an end.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zLoginSession } from '#contract/beeper/gen/zod.gen'
import { bridgeEntries } from './bridge-flows.ts'
import { readyBench, Visit, type Bench, type Reply } from './testing.ts'

const flows = bridgeEntries.flatMap(({ bridge, flows: all }) => all.map(({ id }) => [bridge.id, id] as const))
const known = bridgeEntries.flatMap((entry) =>
  entry.flows.flatMap((flow) =>
    Object.values(flow.nodes).flatMap((node) =>
      'step' in node ? (node.submit ?? []).flatMap(({ is }) => (is === undefined ? [] : [is])) : [],
    ),
  ),
)
const value = fc.oneof(fc.constantFrom(...known), fc.constantFrom('', 'someone@example.com', '+14155550123', 'ABC-123'))

const move = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('submit' as const), values: fc.array(value, { maxLength: 7 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('event' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('step' as const), seconds: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
) // prettier-ignore
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

const statusOf: Record<string, string> = {
  user_input: 'waiting_for_input',
  cookies: 'waiting_for_cookies',
  display_and_wait: 'waiting_for_display',
  complete: 'complete',
}

/** Takes an answer as the new state; false when the sign-in is over. */
function take(visit: Visit, reply: Reply | undefined): boolean {
  if (reply === undefined) return true
  if (reply.status !== 200) {
    expect(reply.text).not.toContain('simulator_bug')
    return false
  }
  const session = zLoginSession.safeParse(reply.body)
  // A cancel answers in a shape of its own.
  if (!session.success || session.data.status === 'cancelled') return false
  visit.session = session.data as Visit['session']
  const { currentStep, error, status } = visit.session
  if (currentStep === undefined) expect(['complete', 'failed']).toContain(status)
  else expect(status).toBe(statusOf[currentStep.type])
  expect(error !== undefined).toBe(status === 'failed')
  return status.startsWith('waiting')
}

async function make(move: Move, visit: Visit, it: Bench): Promise<boolean> {
  switch (move.kind) {
    case 'submit': {
      const { fields = [] } = visit.step as { fields?: { id: string }[] }
      const filled = Object.fromEntries(fields.map(({ id }, index) => [id, move.values[index] ?? '']))
      return take(visit, await visit.submit(filled, AbortSignal.timeout(150)).catch(() => undefined))
    }
    case 'event': {
      const { sessions } = await it.control.snapshot()
      const events = sessions.at(-1)?.events ?? []
      const name = events[move.pick % Math.max(1, events.length)]
      if (name !== undefined) await it.control.event(visit.session.loginSessionID, name)
      return true
    }
    case 'step':
      await it.control.step(move.seconds * 1000)
      return true
    case 'look':
      return take(visit, await visit.look())
    case 'cancel':
      return take(visit, await visit.cancel())
  }
}

test('random sign-ins at every network', async () => {
  const it = await readyBench({ timeScale: 50 })
  const story = fc.record({
    flow: fc.constantFrom(...flows),
    profile: fc.constantFrom('strict' as const, 'rich' as const),
    errorSurface: fc.constantFrom('session' as const, 'http' as const, 'bare' as const),
    moves: fc.array(move, { minLength: 1, maxLength: 12 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ errorSurface, flow: [bridgeID, flowID], moves, profile }) => {
      await it.control.reset('signed-in-elsewhere')
      await it.control.wire({ errorSurface, profile })
      const visit = new Visit({ ...it, token: await it.control.token() }, bridgeID)
      await visit.start({ flowID })
      let isRunning = true
      for (const next of moves) if (isRunning) isRunning = await make(next, visit, it)
      if (!isRunning) {
        const { body, status } = await visit.look()
        expect(status === 404 || (body as { status: string }).status === 'complete').toBe(true)
      }
      expect(it.simulator.world.traffic.bugs).toEqual([])
    }),
    { numRuns: 80 },
  )
}, 60_000)
