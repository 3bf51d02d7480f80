// Walks through the app and takes its pictures: the set-up of the end-to-end tests, then the tour's own configuration.

import { ensureBuild } from './lib/build.mjs'
import { runMain } from './lib/main.mjs'
import { runPlaywright } from './lib/playwright.mjs'
import { say } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

const RESULTS = 'test-results/tour'

await runMain(async () => {
  const { path } = await setUp({ tests: true })
  await ensureBuild()
  const args = process.argv.slice(2)
  const { code } = await runPlaywright({ electron: path, config: 'playwright.tour.config.ts', results: RESULTS, args })
  say(`What the tour wrote is in ${RESULTS}`)
  return code
})
