import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onEnd } from './children.mjs'

// The root of the project.
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * A path inside the project.
 * @param {...string} parts
 */
export const at = (...parts) => join(ROOT, ...parts)

/** Where things are kept that outlive `node_modules`. */
export function cacheFolder() {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'drawbridge')
}

/**
 * A fresh folder that is gone when the process ends, however it ends. What is built in it is moved into place by a
 * rename, so its parent must be on the same file system as the target. What a killed run left there goes first.
 * @param {string} parent
 * @param {string} name
 */
export function stagingFolder(parent, name) {
  mkdirSync(parent, { recursive: true })
  removeAbandoned(parent, `.${name}-`)
  const folder = join(parent, `.${name}-${process.pid}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * @param {string} parent
 * @param {string} prefix
 */
function removeAbandoned(parent, prefix) {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue
    const pid = Number(name.slice(prefix.length))
    if (pid && pid !== process.pid && isAlive(pid)) continue
    rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/**
 * The first folder of PATH that holds this program.
 * @param {string} name
 * @param {string} [path]
 * @returns {string | undefined}
 */
export function which(name, path = process.env['PATH'] ?? '') {
  const windows = process.platform === 'win32'
  // apt puts programs where the PATH of a bare `su` does not look.
  const folders = [...path.split(windows ? ';' : ':'), ...(windows ? [] : ['/usr/sbin', '/sbin'])]
  const names = windows ? [`${name}.exe`, `${name}.cmd`, name] : [name]
  return folders
    .filter(Boolean)
    .flatMap((folder) => names.map((each) => join(folder, each)))
    .find((file) => existsSync(file))
}
