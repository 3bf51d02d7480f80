// The locked packages. npm is asked for them only when the lock file has changed since they were last complete.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch, platform } from 'node:process'
import { onEnd, run } from './children.mjs'
import { at } from './paths.mjs'
import { Trouble, progress, say, seconds } from './say.mjs'

// `npm ci` begins by emptying node_modules, so an interrupted run cannot leave this file behind.
const STAMP = at('node_modules', '.drawbridge-packages')

/**
 * Runs npm, the one that started this script when there is one.
 * @param {readonly string[]} args
 * @param {import('./children.mjs').RunOptions} [options]
 */
export function npm(args, options = {}) {
  const script = process.env['npm_execpath']
  if (script && /\.[cm]?js$/.test(script) && existsSync(script))
    return run(process.execPath, [script, ...args], { cwd: at(), ...options })
  return run('npm', args, { cwd: at(), shell: platform === 'win32', ...options })
}

/** Keeps npm to what went wrong: `EBADENGINE` on Node 20 is expected and tells nobody anything. */
export const NPM_TERSE = ['--no-audit', '--no-fund', '--loglevel=error']

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/** Installs the locked packages unless exactly these are installed already. */
export async function ensurePackages() {
  const text = readFileSync(at('package-lock.json'))
  const stamp = `${createHash('sha256').update(text).digest('hex')} ${platform} ${arch}\n`
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return
  const lock = /** @type {Lock} */ (JSON.parse(text.toString()))
  if (!isInstalled(lock)) await install(lock)
  writeFileSync(STAMP, stamp)
}

/**
 * npm writes its own copy of the lock as the last thing it does, so packages that somebody has installed with npm
 * directly need not be installed again.
 * @param {Lock} lock
 */
function isInstalled(lock) {
  const copy = at('node_modules', '.package-lock.json')
  if (!existsSync(copy)) return false
  return sameVersions(lock, /** @type {Lock} */ (JSON.parse(readFileSync(copy, 'utf8'))))
}

/**
 * Whether everything that is locked for this machine is installed, and nothing in another version.
 * @param {Lock} locked
 * @param {Lock} installed
 */
export function sameVersions(locked, installed) {
  for (const [path, { version }] of Object.entries(installed.packages))
    if (locked.packages[path]?.version !== version) return false
  return wantedHere(locked).every((path) => installed.packages[path])
}

/**
 * @param {Lock} lock
 */
function wantedHere(lock) {
  return Object.entries(lock.packages)
    .filter(([path, each]) => path !== '' && !each.optional && !each.devOptional)
    .map(([path]) => path)
}

/** @param {Lock} lock */
async function install(lock) {
  const wanted = wantedHere(lock)
  say(`Installing the locked packages (${wanted.length} and what this platform needs besides)`)
  const started = Date.now()
  rmSync(STAMP, { force: true })
  const bar = progress('packages')
  const timer = setInterval(() => {
    const there = wanted.filter((path) => existsSync(at(path, 'package.json'))).length
    bar.show(`${there} of ${wanted.length} unpacked`)
  }, 500)
  // What an interrupted `npm ci` leaves is of no use to anybody, npm itself would throw it away first.
  const forget = onEnd(() => rmSync(at('node_modules'), { recursive: true, force: true }))
  const { code, output } = await npm(['ci', ...NPM_TERSE], { quiet: true, expendable: true })
  forget()
  clearInterval(timer)
  if (code !== 0) {
    bar.stop()
    process.stderr.write(output)
    throw new Trouble(
      'The locked packages could not be installed: npm ci failed, its words are above.',
      'Check the network and free disk space, then run the same command again.',
    )
  }
  bar.done(`all there after ${seconds(Date.now() - started)}`)
}
