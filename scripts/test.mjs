// Runs every check of the project and adds up what the runners report.
//   node scripts/test.mjs [--only a,b] [--skip a,b] [-- arguments for the runner of the last step]

import { chooseSteps } from './lib/choose-steps.mjs'
import { runMain } from './lib/main.mjs'
import { say, seconds, tellTrouble } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'
import { STEPS } from './lib/steps.mjs'
import { closingLine, oneCheck, sum } from './lib/tally.mjs'

await runMain(async () => {
  const started = Date.now()
  const { names, args } = chooseSteps(process.argv.slice(2), Object.keys(STEPS))
  const { path: electron } = await setUp({ tests: true })
  say(`Set up in ${seconds(Date.now() - started)}`)
  /** @type {import('./lib/steps.mjs').Context} */
  const context = { electron, args: [] }
  const results = []
  for (const name of names) {
    context.args = name === names.at(-1) ? args : []
    results.push(await runStep(name, context))
  }
  return report(results, Date.now() - started)
})

/**
 * @typedef {{ name: string, tally: import('./lib/tally.mjs').Tally, ms: number }} Result
 * @param {string} name
 * @param {import('./lib/steps.mjs').Context} context
 * @returns {Promise<Result>}
 */
async function runStep(name, context) {
  say(`\n── ${name} ──`)
  const started = Date.now()
  const tally = await STEPS[name]?.(context).catch((error) => {
    tellTrouble(error)
    return oneCheck(false)
  })
  const ms = Date.now() - started
  const sure = tally ?? oneCheck(false)
  say(`── ${name}: ${closingLine(sure)}, ${seconds(ms)}`)
  return { name, tally: sure, ms }
}

/**
 * @param {Result[]} results
 * @param {number} ms
 */
function report(results, ms) {
  say('')
  for (const { name, tally, ms: own } of results)
    say(`${tally.failed > 0 ? '✗' : '✓'} ${name.padEnd(9)} ${seconds(own).padStart(8)}  ${closingLine(tally)}`)
  const total = sum(results.map((each) => each.tally))
  for (const note of total.notes) say(`  ${note}`)
  say(`in ${seconds(ms)}`)
  say(closingLine(total))
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}
