// The proof of ONE-1 to ONE-3 for the roads through Secure messages: main dies at every point of one and is launched again on
// what it left. What is said of the keys is true, nothing that happens once happens twice, and the road leads to its end.
import { startSimulator } from '#simulator/simulator'
import type { Simulator } from '#simulator/simulator'
import { randomInt } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { Fuse } from './crash-fuse.ts'
import { crashesOf } from './crash-proof.ts'
import type { Crash } from './crash-proof.ts'
import { SecureStory } from './crash-secure-roads.ts'
import type { SecureRoad } from './crash-secure-roads.ts'

/** Walks a road to the end of the run or of the road. */
async function walkOnce(story: SecureStory, fuse: Fuse): Promise<void> {
  await story.launch(fuse)
  fuse.arm()
  await story.walk()
  await fuse.still()
  await story.run.kill()
}

/** What a launch has to say of keys, whoever looks at it. */
function tellsTheTruth(story: SecureStory, at: (what: string) => string): void {
  const { screen } = story.view
  const { unfinished } = story.run.engine.security.state.key
  const hasNewKey = story.keyInForce !== story.oldKey
  // A key that counts is not said to be void, whether its screen shows or not.
  if (hasNewKey) expect(unfinished, at('a key that counts')).not.toBe('nothing-changed')
  // Whoever wrote down one that does not count is told at once.
  else if (story.papers.length > 0) {
    expect(screen, at('a key on paper that does not count')).toMatchObject({ name: 'recovery-key', phase: 'ask' })
    expect(['nothing-changed', 'unsure'], at('a key on paper that does not count')).toContain(unfinished)
  }
  expect(story.machine.disk.progress.intents, at('open intents')).toEqual([])
  expect(story.simulator.world.verifications.all().filter(({ isLive }) => isLive).length).toBeLessThanOrEqual(1)
}

async function crashAndGoOn(road: SecureRoad, crash: Crash, simulator: Simulator, seed: number): Promise<void> {
  const { world } = simulator
  const story = new SecureStory(road, simulator, seed)
  const fuse = new Fuse(crash)
  await walkOnce(story, fuse)
  const at = (what: string): string =>
    `${what} (seed ${String(seed)}; effects: ${fuse.landed.join(', ')}; then: ${story.told.join(', ')})`
  expect(fuse.points.at(-1)?.name, at('the crash came')).toBe(crash.point)

  const counts = story.counts()
  for (const launch of ['first', 'second']) {
    await story.launch()
    tellsTheTruth(story, (what) => at(`${launch} launch: ${what}`))
    expect(story.counts(), at('calls by the app itself')).toEqual(counts)
    if (launch === 'first') await story.run.kill()
  }

  await story.walk()
  await story.run.fuse.still()
  for (const [index, count] of story.counts().entries())
    expect(count, at(`calls of ${String(index)}`)).toBeLessThanOrEqual(story.allowed()[index] ?? 0)
  const isKept = [story.oldKey, ...story.papers].includes(story.keyInForce)
  expect(isKept, at('the key in force is one that the person has')).toBe(true)
  await story.run.kill()

  // At the end nothing of it is left to tell.
  await story.launch()
  expect(story.view.screen.name, at('after the end')).toBe('first-sync')
  expect(story.machine.disk.progress.newKeys?.at(0), at('a note of a new key')).toBeUndefined()
  await story.run.kill()

  const { disk, written, logs } = story.machine
  expect(
    logs.flatMap(({ lines }) => lines).filter(({ level }) => level === 'error'),
    at('bugs in the log'),
  ).toEqual([])
  const texts = JSON.stringify([disk, written, logs.map(({ lines }) => lines)])
  for (const { name, value } of world.secrets()) expect(texts.includes(value), at(`${name} in clear`)).toBe(false)
}

/** Makes the tests of some roads: one for each point and each end of what is being written there. */
export async function proveSecureCrashes(roads: readonly SecureRoad[]): Promise<void> {
  // Time stands still: what the server would do by itself is on no road.
  const simulator = await startSimulator({ timeScale: 0 })
  const seed = randomInt(2 ** 31)
  afterAll(async () => {
    expect(simulator.world.traffic.bugs).toEqual([])
    await simulator.close()
  })
  for (const road of roads) {
    const fuse = new Fuse()
    await walkOnce(new SecureStory(road, simulator, 1), fuse)
    describe(`${road.title}, seed ${String(seed)}`, () => {
      for (const { title, ...crash } of fuse.points.flatMap(crashesOf))
        test(`ONE-2 ONE-3: ${road.title}: crash ${title}`, { timeout: 30_000 }, () =>
          crashAndGoOn(road, crash, simulator, seed),
        )
    })
  }
}
