// The proof of ONE-1 and ONE-2 for one road: main dies at every point of it and is launched again on what it left. No saved
// token is lost, nothing that happens once happens twice, and the person goes on at the right screen.
import { startSimulator } from '#simulator/simulator'
import type { Simulator } from '#simulator/simulator'
import { randomInt } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { Fuse } from './crash-fuse.ts'
import type { Cut, Point } from './crash-fuse.ts'
import { counted, Story } from './crash-story.ts'
import type { Road } from './crash-story.ts'

export interface Crash {
  readonly point: string
  readonly cut: Cut
}

const hourMs = 3_600_000

/** Walks a road to the end of the run or of the road. */
async function walkOnce(story: Story, fuse: Fuse): Promise<void> {
  if (story.road.isLaunchedBefore !== true) fuse.arm()
  await story.launch(fuse)
  fuse.arm()
  await story.walk()
  await fuse.still()
  await story.run.kill()
}

/** The phase that a launch has to lead to after a run that had these effects. */
function phaseAfter({ phases: [first, ...later] }: Road, landed: readonly string[]): string {
  return later.findLast(([effect]) => landed.includes(effect))?.[1] ?? first
}

/** Everything that was ever on the disk or in a log, but for numbers, in which a code of six digits may turn up by chance. */
const textsOf = ({ machine: { disk, written, logs } }: Story): string =>
  JSON.stringify([disk, written, logs.map(({ lines }) => lines)], (_, value: unknown) =>
    typeof value === 'number' ? undefined : value,
  )

async function crashAndGoOn(road: Road, crash: Crash, simulator: Simulator, seed: number): Promise<void> {
  const { world } = simulator
  const story = new Story(road, simulator, seed)
  const fuse = new Fuse(crash)
  await walkOnce(story, fuse)
  const at = (what: string): string =>
    `${what} (seed ${String(seed)}; effects: ${fuse.landed.join(', ')}; then: ${story.told.join(', ')})`
  expect(fuse.points.at(-1)?.name, at('the crash came')).toBe(crash.point)

  const { saved } = story
  const { pages } = story.run
  const counts = story.counts()
  const phase = phaseAfter(road, fuse.landed)
  const isWhereItWas = (): void => {
    expect(story.phase, at('phase')).toBe(phase)
    expect(story.counts(), at('calls by the app itself')).toEqual(counts)
    expect(story.saved, at('saved token')).toBe(saved)
    if (phase === 'signed-in') expect(story.run.engine.target()?.token, at('token in use')).toBe(saved)
    // Whoever is back on the list of servers has chosen none, so nothing was open.
    expect(story.machine.disk.progress.intents, at('open intents')).toEqual([])
  }
  story.pass(road.laterMs ?? 0)
  await story.launch()
  isWhereItWas()
  // What the first launch settled holds for the next one, and a page that the crash left open leads nowhere.
  await story.run.kill()
  await story.launch()
  await story.sayYesTo(pages)
  isWhereItWas()

  await story.walk()
  await story.run.fuse.still()
  for (const [index, operation] of counted.entries())
    expect(story.counts()[index], at(operation)).toBeLessThanOrEqual(story.acts[operation])
  const { email } = story.person
  expect(
    world.people.all().filter((one) => one.email === email),
    at('accounts'),
  ).toHaveLength(1)
  const { saved: kept } = story
  const isGood = (token = ''): boolean => world.tokens.find(token, world.clock.now()) !== undefined
  expect(isGood(kept), at('a token at the end')).toBe(road.isWayOut !== true)
  // A token that the keychain let go before the crash is nobody's to take back any more.
  const isLetGo = fuse.landed.includes('vault.remove') && !fuse.landed.includes('revoke')
  if (road.isWayOut === true && !isLetGo) expect(isGood(story.savedBefore), at('token taken back')).toBe(false)
  await story.run.kill()

  // Later, when nothing of the sign-in is fresh any more.
  const last = story.counts()
  story.pass(hourMs)
  await story.launch()
  expect(story.phase === 'signed-in', at('signed in an hour later')).toBe(road.isWayOut !== true)
  expect(story.saved, at('token an hour later')).toBe(kept)
  expect(story.counts(), at('calls an hour later')).toEqual(last)
  expect(story.machine.disk.progress.intents, at('open intents')).toEqual([])
  await story.run.kill()

  const lines = story.machine.logs.flatMap((log) => log.lines)
  expect(
    lines.filter(({ level }) => level === 'error'),
    at('bugs in the log'),
  ).toEqual([])
  const texts = textsOf(story)
  for (const { name, value } of world.secrets()) expect(texts.includes(value), at(`${name} in clear`)).toBe(false)
}

/** Every end that a run can have at a point. */
export function crashesOf({ name: point, isCutting }: Point): readonly (Crash & { readonly title: string })[] {
  if (!isCutting) return [{ point, cut: 'lost', title: point }]
  return (['lost', 'landed'] as const).map((cut) => ({ point, cut, title: `${point}, the write under way ${cut}` }))
}

/** Makes the tests of some roads: one for each point and each end of what is being written there. */
export async function proveCrashes(roads: readonly Road[]): Promise<void> {
  const simulator = await startSimulator()
  const seeds = Array.from({ length: 3 }, () => randomInt(2 ** 31))
  afterAll(async () => {
    expect(simulator.world.traffic.bugs).toEqual([])
    await simulator.close()
  })
  for (const road of roads) {
    const fuse = new Fuse()
    await walkOnce(new Story(road, simulator, 1), fuse)
    describe(`${road.name}, seeds ${seeds.join(', ')}`, () => {
      for (const { title, ...crash } of fuse.points.flatMap(crashesOf))
        test(`ONE-1 ONE-2: ${road.name}: crash ${title}`, { timeout: 30_000 }, async () => {
          for (const seed of seeds) await crashAndGoOn(road, crash, simulator, seed)
        })
    })
  }
}
