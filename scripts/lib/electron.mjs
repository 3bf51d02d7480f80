// Which Electron runs: one the person names, else the pinned one by its own installer, else [Note: stand-in runtime].

import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { run } from './children.mjs'
import { at, stagingFolder } from './paths.mjs'
import { Trouble, megabytes, progress, say, seconds } from './say.mjs'
import { STANDIN_MARK, STANDIN_VERSION, copyStandin, folderBytes, standinFits } from './standin.mjs'

// A slow download is fine, one that stands still is not; an unreachable host often just swallows what it is sent.
const NO_CONNECTION_MS = 30_000
const NO_PROGRESS_MS = 90_000
const LOOK_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000

const HOME = at('node_modules', 'electron')
const DIST = join(HOME, 'dist')
const PATH_FILE = join(HOME, 'path.txt')

/**
 * @typedef {object} Runtime
 * @property {string} path the executable
 * @property {'given' | 'pinned' | 'stand-in'} kind
 * @property {string} says one line for the console
 */

/**
 * Finds or fetches a runtime and says which one it is.
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron() {
  const given = process.env['ELECTRON_EXEC_PATH']
  const runtime = given ? givenRuntime(given) : await ownRuntime()
  say(runtime.says)
  return runtime
}

/**
 * @param {string} given
 * @returns {Runtime}
 */
function givenRuntime(given) {
  const path = resolve(given)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new Trouble(
      `ELECTRON_EXEC_PATH names ${given}, which is not a file.`,
      'Let it name an Electron executable, or unset it to have one fetched.',
    )
  return { path, kind: 'given', says: `Electron: ${path}, as ELECTRON_EXEC_PATH says` }
}

/** @returns {Promise<Runtime>} */
async function ownRuntime() {
  const wish = process.env['ELECTRON_STANDIN']
  const pinned = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')).version
  const present = presentKind(pinned)
  if (wish === '1') return standin(present, 'ELECTRON_STANDIN=1')
  if (present === 'pinned') return pinnedRuntime(pinned)
  if (present === 'stand-in' && wish !== '0' && !isTimeToLookAgain())
    return standin(present, `Electron ${pinned} could not be reached; ELECTRON_STANDIN=0 looks again`)

  const failure = await fetchPinned(pinned)
  if (failure === undefined) return pinnedRuntime(pinned)
  if (wish === '0' || !standinFits())
    throw new Trouble(
      `Electron ${pinned} could not be fetched: ${failure}.`,
      wish === '0'
        ? 'ELECTRON_STANDIN=0 forbids the stand-in: connect to the internet, or name an Electron in ELECTRON_EXEC_PATH.'
        : 'Connect to the internet (HTTPS_PROXY is heeded), or name an Electron executable in ELECTRON_EXEC_PATH.',
    )
  say(`  not reachable from here: ${failure}`)
  return standin(present, `Electron ${pinned} cannot be reached from here`)
}

/**
 * @param {string} pinned
 * @returns {'pinned' | 'stand-in' | undefined}
 */
function presentKind(pinned) {
  try {
    // path.txt is written last, by the installer and by us: without it nothing there can be trusted to be complete.
    if (!existsSync(join(DIST, readFileSync(PATH_FILE, 'utf8')))) return undefined
    const version = readFileSync(join(DIST, 'version'), 'utf8').replace(/^v/, '').trim()
    if (existsSync(join(DIST, STANDIN_MARK))) return version === STANDIN_VERSION ? 'stand-in' : undefined
    return version === pinned ? 'pinned' : undefined
  } catch {
    return undefined
  }
}

function isTimeToLookAgain() {
  return Date.now() - statSync(join(DIST, STANDIN_MARK)).mtimeMs > LOOK_AGAIN_AFTER_MS
}

/**
 * @param {string} version
 * @returns {Runtime}
 */
function pinnedRuntime(version) {
  return { path: join(DIST, readFileSync(PATH_FILE, 'utf8')), kind: 'pinned', says: `Electron ${version}` }
}

/**
 * @param {ReturnType<typeof presentKind>} present
 * @param {string} reason
 * @returns {Promise<Runtime>}
 */
async function standin(present, reason) {
  if (!standinFits())
    throw new Trouble(
      'The stand-in runtime exists for Linux on x64 only.',
      'Unset ELECTRON_STANDIN, or name an Electron executable in ELECTRON_EXEC_PATH.',
    )
  if (present === 'stand-in') {
    const now = new Date()
    if (isTimeToLookAgain()) utimesSync(join(DIST, STANDIN_MARK), now, now)
  } else {
    const staging = stagingFolder(dirname(HOME), 'electron-staging')
    await copyStandin(join(staging, 'dist'))
    replaceDist(staging, 'electron')
  }
  return {
    path: join(DIST, 'electron'),
    kind: 'stand-in',
    says: `Electron ${STANDIN_VERSION}, the stand-in for development and tests (${reason})`,
  }
}

/**
 * Runs Electron's own installer on a copy of its package, so that what it unpacks can be moved into place in one step.
 * @param {string} version
 * @returns {Promise<string | undefined>} why it failed
 */
async function fetchPinned(version) {
  say(`Fetching Electron ${version} with its own installer`)
  const started = Date.now()
  const staging = stagingFolder(dirname(HOME), 'electron-staging')
  const copy = join(staging, 'electron')
  cpSync(HOME, copy, { recursive: true, filter: (from) => from !== DIST && from !== PATH_FILE })
  const downloads = join(staging, 'downloads')
  mkdirSync(downloads)
  const { code, output, stalled } = await watchInstaller(copy, downloads)
  if (code === 0 && existsSync(join(copy, 'path.txt'))) {
    replaceDist(copy, readFileSync(join(copy, 'path.txt'), 'utf8'))
    rmSync(staging, { recursive: true, force: true })
    say(`  fetched and unpacked in ${seconds(Date.now() - started)}`)
    return undefined
  }
  rmSync(staging, { recursive: true, force: true })
  return stalled ?? explain(output)
}

/**
 * @param {string} copy
 * @param {string} downloads
 */
async function watchInstaller(copy, downloads) {
  const abort = new AbortController()
  const bar = progress('Electron')
  /** @type {string | undefined} */
  let stalled
  let last = 0
  let grownAt = Date.now()
  const timer = setInterval(() => {
    const unpacked = folderBytes(join(copy, 'dist'))
    const bytes = folderBytes(downloads) + unpacked
    if (bytes !== last) grownAt = Date.now()
    last = bytes
    if (bytes > 0) bar.show(unpacked > 0 ? `${megabytes(unpacked)} MB unpacked` : `${megabytes(bytes)} MB downloaded`)
    if (Date.now() - grownAt < (bytes > 0 ? NO_PROGRESS_MS : NO_CONNECTION_MS)) return
    stalled = bytes > 0 ? `the download stood still at ${megabytes(bytes)} MB` : 'no answer'
    abort.abort()
  }, 250)
  const proxy = process.env['HTTPS_PROXY'] ?? process.env['https_proxy']
  const env = {
    ...process.env,
    TMPDIR: downloads,
    TEMP: downloads,
    TMP: downloads,
    ELECTRON_GET_NO_PROGRESS: '1',
    // The first works with the undici that is among our packages, the second with the fetch of Node 24.
    ...(proxy ? { ELECTRON_GET_USE_PROXY: '1', NODE_USE_ENV_PROXY: '1' } : {}),
  }
  const ended = await run(process.execPath, [join(copy, 'install.js')], {
    env,
    quiet: true,
    expendable: true,
    signal: abort.signal,
  })
  clearInterval(timer)
  bar.stop()
  return { ...ended, stalled }
}

/**
 * What is wrong with this machine or with the file is told as it is; only what looks like the network lets the stand-in
 * take over.
 * @param {string} output
 */
function explain(output) {
  const line = output.split('\n').find((each) => /error/i.test(each)) ?? output.split('\n')[0] ?? ''
  const words =
    line
      .trim()
      .replace(/^\w*Error: /, '')
      .slice(0, 200) || 'its installer ended without a word'
  if (/checksum|ENOSPC|EACCES|EPERM|EROFS/i.test(output))
    throw new Trouble(
      `Electron's installer failed: ${words}`,
      'Check free disk space and the permissions of node_modules; a wrong checksum means that the file was tampered with.',
    )
  return words
}

/**
 * @param {string} from folder that holds a complete `dist`
 * @param {string} executable
 */
function replaceDist(from, executable) {
  const old = join(from, 'old-dist')
  rmSync(PATH_FILE, { force: true })
  if (existsSync(DIST)) renameSync(DIST, old)
  renameSync(join(from, 'dist'), DIST)
  const written = join(from, 'new-path.txt')
  writeFileSync(written, executable)
  renameSync(written, PATH_FILE)
  rmSync(old, { recursive: true, force: true })
}
