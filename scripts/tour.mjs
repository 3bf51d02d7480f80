// Walks through the app and takes its pictures: the set-up of the end-to-end tests, then the tour's own configuration.

import { cpSync, rmSync } from 'node:fs'
import { ensureBuild } from './lib/build.mjs'
import { runMain } from './lib/main.mjs'
import { at } from './lib/paths.mjs'
import { runPlaywright } from './lib/playwright.mjs'
import { say } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

const RESULTS = 'test-results/tour'
const PICTURES = 'docs/pictures'

await runMain(async () => {
  const { path } = await setUp({ tests: true })
  await ensureBuild()
  const args = process.argv.slice(2)
  const { code } = await runPlaywright({ electron: path, config: 'playwright.tour.config.ts', results: RESULTS, args })
  // Playwright may have run as another user, who cannot write into the project.
  if (code === 0 && args.length === 0) {
    rmSync(at(PICTURES), { recursive: true, force: true })
    cpSync(at(RESULTS, 'pictures'), at(PICTURES), { recursive: true })
    say(`The pictures are in ${PICTURES}`)
  } else say(`What the tour wrote is in ${RESULTS}`)
  return code
})
