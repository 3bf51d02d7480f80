import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { onEnd } from './children.mjs'
import { npm } from './npm.mjs'
import { at } from './paths.mjs'
import { Trouble, say, seconds } from './say.mjs'

const OUTPUTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']
const INPUTS = [
  'src',
  'simulator',
  'contract',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.base.json',
]

/** Whether the built app is missing or older than anything it is made of. */
export function isBuildStale() {
  const built = Math.min(...OUTPUTS.map((path) => statSync(at(path), { throwIfNoEntry: false })?.mtimeMs ?? 0))
  return isAnyNewer(
    INPUTS.map((path) => at(path)),
    built,
  )
}

/**
 * @param {string[]} paths
 * @param {number} than
 * @returns {boolean} whether any of them, or anything below them, has changed since
 */
export function isAnyNewer(paths, than) {
  return paths.some((path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return false
    // A folder's own time tells of files that were removed.
    if (stat.mtimeMs > than) return true
    return (
      stat.isDirectory() &&
      isAnyNewer(
        readdirSync(path).map((name) => join(path, name)),
        than,
      )
    )
  })
}

/**
 * Builds the app. A build that fails or is interrupted leaves none, rather than half of one.
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<boolean>} whether it worked
 */
export async function build({ quiet = false } = {}) {
  const remove = () => rmSync(at('out'), { recursive: true, force: true })
  const forget = onEnd(remove)
  const { code, output } = await npm(['run', '--silent', 'build'], { quiet })
  forget()
  if (code === 0) return true
  if (quiet) process.stderr.write(output)
  remove()
  return false
}

/** Builds the app if that is due, saying so. */
export async function ensureBuild() {
  if (!isBuildStale()) return
  say('Building the app')
  const started = Date.now()
  if (!(await build({ quiet: true })))
    throw new Trouble('The app could not be built; the reason is above.', 'Mend that and run the same command again.')
  say(`  built in ${seconds(Date.now() - started)}`)
}
