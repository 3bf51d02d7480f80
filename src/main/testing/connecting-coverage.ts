// Every edge of every way to sign in to a set of networks, through the app: which were taken, which it refuses, and whether any
// is left over.
import { bridgeEntries } from '#simulator/bridge-flows'
import type { BridgeEntry } from '#simulator/bridge-flows'
import type { ScenarioName } from '#simulator/scenarios/register'
import { edgesOf, walksOf } from '#simulator/walks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drive, signedInAtOnce } from './connecting-drive.ts'
import type { Before, Drive } from './connecting-drive.ts'
import { playWalk } from './connecting-walk.ts'
import type { Manner } from './connecting-walk.ts'

const surfaces = ['session', 'http', 'bare'] as const
const timeout = 60_000

interface Row {
  readonly flows: number
  readonly edges: number
  readonly walks: number
  readonly taken: number
  readonly refused: number
  readonly holes: readonly string[]
}

const countOf = (rows: readonly Row[], name: 'flows' | 'edges' | 'walks' | 'taken' | 'refused'): number =>
  rows.reduce((sum, row) => sum + row[name], 0)

const lineOf = (what: string, rows: readonly Row[]): string => {
  const counts = (['flows', 'walks', 'edges', 'taken', 'refused'] as const).map(
    (name) => `${name} ${String(countOf(rows, name)).padStart(4)}`,
  )
  return `${what.padEnd(28)} ${counts.join('  ')}  holes ${String(rows.flatMap(({ holes }) => holes).length)}`
}

/** R30: what was typed or handed out stands neither in the log nor in the settings. Short ones may stand there by chance. */
function expectNoSecrets({ kept, simulator }: Drive): void {
  const texts = [kept.log.lines, kept.settings.read()].map((text) => JSON.stringify(text)).join('\n')
  const secrets = simulator.world.secrets().filter(({ value }) => value.length >= 8)
  expect(secrets.filter(({ value }) => texts.includes(value))).toEqual([])
}

/**
 * Declares the tests: one for each network and way in which errors are told.
 * @param profile how the server spells what it says
 * @param entries whose ways are gone; the networks of bridge-flows when absent
 */
export function coverAll(
  profile: Manner['profile'],
  entries: readonly BridgeEntry[] = bridgeEntries,
  scenario: ScenarioName = 'ready',
): void {
  const rows = new Map<(typeof surfaces)[number], Row[]>(surfaces.map((surface) => [surface, []]))
  let before: Before
  let one: Drive
  beforeAll(async () => {
    before = await signedInAtOnce(scenario)
    one = await drive(before)
  })
  afterAll(async () => {
    const { world } = one.simulator
    await one.close()
    await one.simulator.close()
    for (const [surface, found] of rows) process.stdout.write(`${lineOf(`${scenario} ${profile} ${surface}`, found)}\n`)
    expect(world.traffic.bugs).toEqual([])
  })

  describe.each(surfaces)(`${profile}, errors by %s`, (errorSurface) => {
    test.each(entries.map((entry) => [entry.bridge.displayName, entry] as const))(
      '%s: every way, every branch',
      { timeout },
      async (_, entry) => {
        const manner = { profile, errorSurface }
        await one.control.wire(manner)
        const walks = walksOf(entry)
        const taken = new Set<string>()
        const refused = new Set<string>()
        for (const walk of walks) {
          const played = await playWalk(one, walk, entry, manner)
          for (const edge of played.taken) taken.add(edge)
          for (const edge of played.refused) refused.add(edge)
        }
        const edges = edgesOf(entry)
        const holes = edges.filter((edge) => !taken.has(edge) && !refused.has(edge))
        const { length: flows } = entry.flows
        rows
          .get(errorSurface)
          ?.push({ flows, edges: edges.length, walks: walks.length, taken: taken.size, refused: refused.size, holes })
        expect(holes).toEqual([])
        expect(one.kept.log.lines.filter(({ level }) => level === 'error')).toEqual([])
        expectNoSecrets(one)
        // Nothing of all this outlives it.
        expect(one.kept.progress()).toMatchObject({ sessions: [], intents: [] })
      },
    )
  })
}
