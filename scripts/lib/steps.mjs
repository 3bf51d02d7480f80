// The steps of the test run, in order. Each answers a tally; one that fails does not keep the next from running.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, isBuildStale } from './build.mjs'
import { onEnd, run } from './children.mjs'
import { checkContractDrift } from './contract-drift.mjs'
import { npm } from './npm.mjs'
import { at } from './paths.mjs'
import { runPlaywright } from './playwright.mjs'
import { say } from './say.mjs'
import { oneCheck, tallyPlaywright, tallyVitest } from './tally.mjs'

/** No step takes nearly as long; a runner that hangs must not hang CI. */
const STEP_LIMIT_MS = 20 * 60 * 1000

/**
 * @typedef {object} Context
 * @property {string} electron
 * @property {readonly string[]} args for the runner
 * @property {boolean} [buildFailed]
 * @typedef {(context: Context) => Promise<import('./tally.mjs').Tally>} Step
 */

/** @type {Record<string, Step>} */
export const STEPS = {
  contract: async () => oneCheck(await checkContractDrift()),
  types: script('typecheck'),
  lint: script('lint'),
  unit: runVitest,
  knip: script('knip'),
  build: async (context) => {
    const built = await build()
    context.buildFailed = !built
    return oneCheck(built)
  },
  e2e: runJourneys,
}

/**
 * A step that is an npm script of package.json.
 * @param {string} name
 * @returns {Step}
 */
function script(name) {
  return async ({ args }) => {
    const more = args.length > 0 ? ['--', ...args] : []
    const { code } = await npm(['run', '--silent', name, ...more], { timeoutMs: STEP_LIMIT_MS, reap: true })
    return oneCheck(code === 0)
  }
}

/** @type {Step} */
async function runVitest({ args }) {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-unit-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'report.json')
  const flags = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await run(process.execPath, [at('node_modules/vitest/vitest.mjs'), ...flags, ...args], {
    cwd: at(),
    timeoutMs: STEP_LIMIT_MS,
    reap: true,
  })
  return tallyVitest(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, code)
}

/** @type {Step} */
async function runJourneys(context) {
  if (context.buildFailed === undefined && isBuildStale()) {
    say('The built app is older than its sources, building')
    context.buildFailed = !(await build({ quiet: true }))
  }
  if (context.buildFailed) {
    say('There is no built app to test')
    return oneCheck(false)
  }
  const { code, report } = await runPlaywright({
    electron: context.electron,
    args: context.args,
    timeoutMs: STEP_LIMIT_MS,
  })
  return tallyPlaywright(/** @type {any} */ (report), code)
}
