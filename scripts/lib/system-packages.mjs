// What the operating system has to bring. Whether something is missing is decided by looking (ldd, PATH, files), never
// by asking the package manager, so that other distributions and hand-made installations are not argued with.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'
import { findChromium } from './chromium.mjs'
import { at, which } from './paths.mjs'
import { Trouble, progress, say, seconds } from './say.mjs'

const RUN_TIME = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libsecret-1-0']
const EMOJI_FONT = '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'
/** A bare system lacks some thirty libraries; nobody reads on after the first few. */
const NAMED_AT_MOST = 12
const UPDATE_FIRST = 'apt-get update && '

/**
 * Programs that the tests start, and the Debian packages that hold them.
 * @type {Record<string, string[]>}
 */
const TEST_PROGRAMS = {
  'xvfb-run': ['xvfb', 'xauth'],
  Xvfb: ['xvfb'],
  xauth: ['xauth'],
  'dbus-daemon': ['dbus', 'dbus-daemon'],
  'gnome-keyring-daemon': ['gnome-keyring'],
}

/** What somebody with a desktop of their own can do without. */
const DISPLAY_PROGRAMS = ['xvfb-run', 'Xvfb', 'xauth']

/**
 * @typedef {object} Missing
 * @property {string[]} things what a person would look for
 * @property {string[]} packages Debian names
 */

/**
 * Makes sure that Electron can start and, for tests, that a display, a keyring and a browser can be had.
 * @param {{ electron: string, tests: boolean }} options
 */
export async function ensureSystemPackages({ electron, tests }) {
  if (process.platform !== 'linux') return
  const missing = await whatIsMissing(electron, tests)
  if (missing.packages.length === 0) return
  say(`Missing on this system: ${listed(missing.things)}`)
  if (!which('apt-get'))
    throw new Trouble(
      'These have to be installed with the package manager of this system.',
      `On Debian they are in: ${missing.packages.join(' ')}`,
    )
  const root = process.getuid?.() === 0
  if (!root) {
    const names = await knownNames(missing.packages)
    throw new Trouble(
      'Installing them takes rights that this user does not have. Run this once, then the same command again:',
      `sudo ${UPDATE_FIRST}sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
    )
  }
  await aptInstall(missing.packages)
  const still = await whatIsMissing(electron, tests)
  // A distribution without a packaged Chromium gets Playwright's own afterwards.
  const things = still.things.filter((each) => each !== 'chromium')
  if (things.length > 0)
    throw new Trouble(
      `Still missing after the installation: ${things.join(', ')}.`,
      'Install what provides them by hand, then run the same command again.',
    )
}

/** @param {string[]} things */
function listed(things) {
  const more = things.length - NAMED_AT_MOST
  return more > 0 ? `${things.slice(0, NAMED_AT_MOST).join(', ')} and ${more} more` : things.join(', ')
}

/**
 * @param {string} electron
 * @param {boolean} tests
 * @returns {Promise<Missing>}
 */
async function whatIsMissing(electron, tests) {
  const libraries = await missingLibraries([electron, ...keytarBinaries()])
  const things = [...libraries]
  const packages = new Set(libraries.length > 0 ? RUN_TIME : [])
  if (tests) {
    const usesOwnDisplay = Boolean(process.env['DISPLAY']) && process.getuid?.() !== 0
    for (const [program, names] of Object.entries(TEST_PROGRAMS)) {
      if (which(program) || (usesOwnDisplay && DISPLAY_PROGRAMS.includes(program))) continue
      things.push(program)
      for (const name of names) packages.add(name)
    }
    // Elsewhere Playwright's own Chromium does, and fonts lie in other places.
    if (which('apt-get') && !(await findChromium())) {
      things.push('chromium')
      packages.add('chromium')
    }
    if (which('apt-get') && !existsSync(EMOJI_FONT)) {
      things.push('an emoji font')
      packages.add('fonts-noto-color-emoji')
    }
  }
  return { things, packages: [...packages] }
}

/** The binaries of keytar for this machine's C library (glibc; on musl Electron itself does not run). */
function keytarBinaries() {
  const folder = at('node_modules', 'keytar', 'prebuilds', `linux-${process.arch}`)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.node'))
    .map((name) => join(folder, name))
}

/** @param {string[]} binaries */
async function missingLibraries(binaries) {
  if (!which('ldd')) return []
  const found = new Set()
  for (const binary of binaries) {
    const { output } = await run('ldd', [binary], { quiet: true })
    for (const name of librariesNotFound(output)) found.add(name)
  }
  return [...found]
}

/**
 * @param {string} ldd its output
 */
export function librariesNotFound(ldd) {
  return [...ldd.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '')
}

/** @param {string[]} packages */
async function aptInstall(packages) {
  const started = Date.now()
  let names = await knownNames(packages)
  if (names.length === packages.length && (await apt(names)) === 0) return tellInstalled(names, started)
  say('  the package lists are old or empty: apt-get update')
  await run('apt-get', ['update', '-q'], { quiet: true, env: aptEnvironment() })
  names = await knownNames(packages)
  if (names.length > 0 && (await apt(names)) === 0) return tellInstalled(names, started)
  throw new Trouble(
    'apt-get could not install them; its words are above.',
    `Run this by hand: ${UPDATE_FIRST}apt-get install -y --no-install-recommends ${packages.join(' ')}`,
  )
}

/**
 * @param {string[]} names
 * @param {number} started
 */
function tellInstalled(names, started) {
  say(`  installed ${names.join(' ')} in ${seconds(Date.now() - started)}`)
}

function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
}

/** @param {string[]} names */
async function apt(names) {
  say(`  apt-get install ${names.join(' ')}`)
  const bar = progress('packages')
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names]
  const options = {
    quiet: true,
    env: aptEnvironment(),
    onOutput: (/** @type {string} */ text) => bar.show(aptState(text)),
  }
  // Fetching can be interrupted without harm; dpkg cannot, so it is short and comes after.
  let ended = await run('apt-get', [...args, '--download-only'], options)
  if (ended.code === 0) ended = await run('apt-get', args, { ...options, mustFinish: true })
  bar.stop()
  if (ended.code !== 0) process.stderr.write(ended.output.split('\n').slice(-15).join('\n'))
  return ended.code
}

/**
 * @param {string} output of apt-get so far
 */
export function aptState(output) {
  const all = /(\d+) upgraded, (\d+) newly installed/.exec(output)
  const total = Number(all?.[1] ?? 0) + Number(all?.[2] ?? 0)
  const bytes = /Need to get (?:\S+ [kMG]?B\/)?(\S+ [kMG]?B)/.exec(output)?.[1]
  const count = (/** @type {RegExp} */ pattern) => output.match(pattern)?.length ?? 0
  const installed = count(/^Setting up /gm)
  const unpacked = count(/^Unpacking /gm)
  if (unpacked + installed > 0) return `${unpacked} unpacked and ${installed} set up of ${total}`
  return bytes ? `${count(/^Get:\d+ /gm)} of ${total} fetched (${bytes} in all)` : 'looking up'
}

/**
 * The names under which this release knows the packages; Debian 13 and Ubuntu 24.04 have renamed some.
 * @param {string[]} packages
 */
async function knownNames(packages) {
  const asked = packages.flatMap((name) => [name, `${name}t64`])
  const { output } = await run('apt-cache', ['policy', ...asked], {
    quiet: true,
    env: { ...process.env, LC_ALL: 'C' },
  })
  return chooseNames(packages, output)
}

/**
 * @param {readonly string[]} packages
 * @param {string} policy output of `apt-cache policy`
 */
export function chooseNames(packages, policy) {
  const installable = new Set()
  for (const [, name, candidate] of policy.matchAll(/^(\S+):\n(?: .*\n)*? {2}Candidate: (.*)$/gm))
    if (candidate !== '(none)') installable.add(name)
  return packages.flatMap((name) => [name, `${name}t64`].find((each) => installable.has(each)) ?? [])
}
