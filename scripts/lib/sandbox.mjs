// [Note: sandbox] Chromium refuses to sandbox itself as root. The app never asks for --no-sandbox; whoever starts it as
// root does. Tests started by root give up their rights instead, where the machine lets them.

import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onEnd, run } from './children.mjs'
import { at } from './paths.mjs'
import { onDisplay } from './display.mjs'
import { Trouble } from './say.mjs'

const PROBE = join(dirname(fileURLToPath(import.meta.url)), 'sandbox-probe.cjs')
const PROBE_MS = 30_000

/** The remedy where the kernel gives ordinary users no namespaces to build a sandbox from. */
export const SANDBOX_REMEDY =
  'Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, on Ubuntu also ' +
  'kernel.apparmor_restrict_unprivileged_userns=0), or make chrome-sandbox beside the Electron binary setuid root.'

/** Whether Chromium would refuse to start with its sandbox. */
export const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0

/**
 * @typedef {object} Stage
 * @property {boolean} sandbox whether Chromium's sandbox is on
 * @property {string} folder everything the run writes goes here; it is removed at the end
 * @property {number} [uid] the user to run as, when it is another
 * @property {number} [gid]
 * @property {string} says one line for the console
 */

/**
 * Decides as whom the end-to-end tests run and prepares a folder for that user.
 * @param {string} electron
 * @returns {Promise<Stage>}
 */
export async function prepareStage(electron) {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-e2e-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of ['home', 'tmp', 'output']) mkdirSync(join(folder, name))
  mkdirSync(join(folder, 'run'), { mode: 0o700 })
  if (process.platform !== 'linux') return { sandbox: true, folder, says: 'sandbox on' }
  if (isRoot()) return stageForRoot(folder, electron)
  const failure = await probe(electron, { folder })
  if (failure) throw new Trouble(`Chromium's sandbox does not work for this user: ${failure}.`, SANDBOX_REMEDY)
  return { sandbox: true, folder, says: 'sandbox on' }
}

/**
 * @param {string} folder
 * @param {string} electron
 * @returns {Promise<Stage>}
 */
async function stageForRoot(folder, electron) {
  const ids = await Promise.all([
    run('id', ['-u', 'nobody'], { quiet: true }),
    run('id', ['-g', 'nobody'], { quiet: true }),
  ])
  const [uid, gid] = ids.map(({ code, output }) => (code === 0 ? Number(output) : NaN))
  if (!uid || !gid) return { sandbox: false, folder, says: 'sandbox off: root, and there is no user nobody' }
  own(folder, uid, gid)
  const failure = await probe(electron, { folder, uid, gid })
  if (failure === undefined) return { sandbox: true, folder, uid, gid, says: 'sandbox on, as the user nobody' }
  own(folder, 0, 0)
  return { sandbox: false, folder, says: `sandbox off: root, and as the user nobody ${failure}` }
}

/**
 * @param {string} folder
 * @param {number} uid
 * @param {number} gid
 */
function own(folder, uid, gid) {
  for (const name of ['', 'home', 'tmp', 'output', 'run']) chownSync(join(folder, name), uid, gid)
}

/**
 * Tries what the tests need, as the user who shall run them.
 * @param {string} electron
 * @param {{ folder: string, uid?: number, gid?: number }} stage
 * @returns {Promise<string | undefined>} what does not work
 */
async function probe(electron, stage) {
  const options = {
    env: stageEnvironment(stage.folder),
    quiet: true,
    reap: true,
    timeoutMs: PROBE_MS,
    ...userOf(stage),
  }
  const read =
    'const fs = require("fs"); for (const path of process.argv.slice(1)) fs.accessSync(path, fs.constants.R_OK);' +
    'fs.writeFileSync(process.env.HOME + "/probe", "")'
  const files = [at('package.json'), at('e2e'), at('node_modules/@playwright/test/cli.js'), electron]
  const reading = await run(process.execPath, ['-e', read, ...files], options)
  if (reading.code !== 0) return 'this folder cannot be read'
  const [command, ...args] = onDisplay([electron, PROBE, `--user-data-dir=${join(stage.folder, 'tmp', 'probe')}`])
  const { output } = await run(command, args, options)
  if (/^sandboxed$/m.test(output)) return undefined
  return /^open$/m.test(output) ? 'pages get no sandbox' : 'Electron does not start'
}

/**
 * @param {{ uid?: number, gid?: number }} stage
 */
export function userOf({ uid, gid }) {
  return uid === undefined || gid === undefined ? {} : { uid, gid }
}

/**
 * The environment with all that programs keep about a user moved into a folder.
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
export function stageEnvironment(folder) {
  if (process.platform !== 'linux') return { ...process.env }
  const env = { ...process.env }
  for (const name of ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME']) delete env[name]
  return {
    ...env,
    XAUTHORITY: env['XAUTHORITY'] ?? join(env['HOME'] ?? '/', '.Xauthority'),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
  }
}
