// npm packages, Electron and system libraries, so that the app can start; `--test`: also what the tests need.

import { runMain } from './lib/main.mjs'
import { say, seconds } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await runMain(async () => {
  const started = Date.now()
  await setUp({ tests: process.argv.includes('--test') })
  say(`Set up in ${seconds(Date.now() - started)}`)
  return 0
})
