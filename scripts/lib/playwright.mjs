import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'
import { onDisplay } from './display.mjs'
import { at } from './paths.mjs'
import { isRoot, prepareStage, stageEnvironment, userOf } from './sandbox.mjs'
import { say } from './say.mjs'

/**
 * Runs Playwright with everything it needs around it, and brings what it wrote to `test-results`.
 * @param {object} options
 * @param {string} options.electron
 * @param {string} [options.config]
 * @param {string} [options.results] where its output goes, inside the project
 * @param {readonly string[]} [options.args]
 * @param {number} [options.timeoutMs]
 * @returns {Promise<{ code: number, report: unknown }>}
 */
export async function runPlaywright({ electron, config, results = 'test-results', args = [], timeoutMs }) {
  const stage = await prepareStage(electron)
  say(`End-to-end: ${stage.says}`)
  // Xvfb makes this folder only when it runs as root.
  if (isRoot()) mkdirSync('/tmp/.X11-unix', { recursive: true, mode: 0o1777 })
  const output = join(stage.folder, 'output')
  const report = join(stage.folder, 'output', 'report.json')
  const env = {
    ...stageEnvironment(stage.folder),
    DRAWBRIDGE_E2E_SANDBOX: stage.sandbox ? '1' : '0',
    DRAWBRIDGE_E2E_OUTPUT: output,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  }
  const cli = at('node_modules/@playwright/test/cli.js')
  const flags = [`--output=${join(output, 'artifacts')}`, '--reporter=list,json,./e2e/rig/coverage-table.ts']
  const [command, ...rest] = onDisplay([
    process.execPath,
    cli,
    'test',
    ...(config ? [`--config=${config}`] : []),
    ...flags,
    ...args,
  ])
  const { code } = await run(command, rest, {
    cwd: at(),
    env,
    reap: true,
    ...(timeoutMs ? { timeoutMs } : {}),
    ...userOf(stage),
  })
  const parsed = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
  rmSync(at(results), { recursive: true, force: true })
  cpSync(output, at(results), { recursive: true })
  if (code !== 0) say(`What it wrote is in ${results}`)
  return { code, report: parsed }
}
