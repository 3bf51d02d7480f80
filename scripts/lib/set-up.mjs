import { readFileSync } from 'node:fs'
import { ensureChromium } from './chromium.mjs'
import { ensureElectron } from './electron.mjs'
import { ensurePackages } from './npm.mjs'
import { at } from './paths.mjs'
import { Trouble } from './say.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/**
 * Everything between a fresh clone and a program that can start. Cheap when it has been done before.
 * @param {{ tests: boolean }} options
 * @returns {Promise<import('./electron.mjs').Runtime>}
 */
export async function setUp({ tests }) {
  checkNode()
  await ensurePackages()
  const runtime = await ensureElectron()
  await ensureSystemPackages({ electron: runtime.path, tests })
  if (tests) process.env['CHROMIUM_PATH'] = await ensureChromium()
  // electron-vite and the fixture of the end-to-end tests look here first.
  process.env['ELECTRON_EXEC_PATH'] = runtime.path
  return runtime
}

function checkNode() {
  const wanted = /** @type {string} */ (JSON.parse(readFileSync(at('package.json'), 'utf8')).engines.node)
  const least = wanted.replace(/^\D*/, '')
  if (isAtLeast(process.versions.node, least)) return
  throw new Trouble(`Node ${least} or newer is needed, this is ${process.versions.node}.`, 'Install a newer Node.')
}

/**
 * @param {string} version
 * @param {string} least
 */
export function isAtLeast(version, least) {
  const [a, b] = [version, least].map((each) => each.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
