// Codes that change by themselves, at the schedule of the real networks and over real HTTP.
import { bridgeEntries } from '#simulator/bridge-flows'
import { describe, expect, test } from 'vitest'
import { launched } from '../testing/connecting-drive.ts'
import type { Drive } from '../testing/connecting-drive.ts'

const timeout = 20_000

interface Schedule {
  readonly bridgeID: string
  readonly flowID: string
  /** How long each code is shown, in seconds. */
  readonly seconds: readonly number[]
}

const times = (count: number, seconds: number): readonly number[] => Array.from({ length: count }, () => seconds)
const schedules: readonly Schedule[] = [
  { bridgeID: 'local-whatsapp', flowID: 'qr', seconds: [60, ...times(5, 20)] },
  { bridgeID: 'local-signal', flowID: 'qr', seconds: times(20, 45) },
  { bridgeID: 'local-telegram', flowID: 'qr', seconds: times(22, 27) },
  { bridgeID: 'local-gmessages', flowID: 'qr', seconds: times(6, 30) },
]

const codeIn = (run: Drive): string | undefined => {
  const { screen } = run.view()
  if (screen.name !== 'connection' || screen.connection.stage.phase !== 'step') return undefined
  const { step } = screen.connection.stage
  return step.type === 'display_and_wait' && 'data' in step.display ? step.display.data : undefined
}

interface Watched extends Drive {
  /** Every code that was on the screen, in its order. */
  readonly codes: readonly string[]
  /** The code that counts for a phone. */
  readonly live: () => string | undefined
  readonly inFlight: () => number
}

async function watched({ bridgeID, flowID }: Pick<Schedule, 'bridgeID' | 'flowID'>): Promise<Watched> {
  const run = await launched('ready')
  const { world } = run.simulator
  const codes: string[] = []
  run.engine.state.subscribe(() => {
    const code = codeIn(run)
    if (code !== undefined && code !== codes.at(-1)) codes.push(code)
  })
  await run.begin(bridgeID, flowID)
  const session = world.sessions.all().at(-1)
  return {
    ...run,
    codes,
    live: () => session?.liveCode,
    inFlight: () => world.submits.of(session?.parts.id ?? '').now,
  }
}

describe('a code that changes by itself', { timeout }, () => {
  test('the schedules are those of the networks', () => {
    const rotating = bridgeEntries.flatMap(({ bridge, flows }) =>
      flows.flatMap(({ id: flowID, nodes }) =>
        Object.values(nodes).flatMap((node) => ('step' in node && node.rotate ? [`${bridge.id} ${flowID}`] : [])),
      ),
    )
    expect(rotating).toEqual(schedules.map(({ bridgeID, flowID }) => `${bridgeID} ${flowID}`))
  })

  test.each(schedules.map((one) => [one.bridgeID, one] as const))(
    '%s: each is shown as long as it counts, and no longer',
    async (_, { seconds, ...way }) => {
      const run = await watched(way)
      const { serial } = run.atStep()
      for (const [index, shownFor] of seconds.entries()) {
        await run.until('the next code is waited for', () => run.inFlight() === 1)
        await run.until('it is on the screen', () => codeIn(run) === run.live())
        expect(run.codes).toHaveLength(index + 1)
        // The same step, drawn anew (R4), and nothing to worry about.
        expect(run.atStep()).toMatchObject({ serial, isStale: false, isBusy: false, problem: undefined })
        await run.step(shownFor * 1_000 - 1)
        expect(codeIn(run)).toBe(run.live())
        await run.step(1)
      }
      await run.until('the last one has run out', () => run.stage().phase === 'failed')
      expect(codeIn(run)).toBeUndefined()
      // No code came back.
      expect(new Set(run.codes).size).toBe(seconds.length)
      const { most, total } = run.simulator.world.submits.all().at(-1) ?? { most: 0, total: 0 }
      expect({ most, total }).toEqual({ most: 1, total: seconds.length })
    },
  )

  test('is scanned off the screen at any time of its life', async () => {
    for (const [index, seconds] of [0, 59, 61, 79, 159].entries()) {
      const run = await watched({ bridgeID: 'local-whatsapp', flowID: 'qr' })
      for (let second = 0; second < seconds; second += 1) {
        await run.until('it is waited for', () => run.inFlight() === 1)
        await run.step(1_000)
      }
      await run.until('it is on the screen', () => codeIn(run) === run.live())
      await run.control.scan(codeIn(run) ?? '', index % 2 === 0 ? 'scan' : 'scan_other')
      await run.until('the phone has scanned it', () => run.stage().phase === 'done')
    }
  })
})
