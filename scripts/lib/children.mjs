// Child processes and the end of this one.
// [Note: Ctrl-C] Every child gets a process group of its own, so that a signal that reaches only this process (npm, CI,
// `kill`) can be passed to all of its descendants, Xvfb and Electron included. Folders that are being filled are
// registered with onEnd and removed whatever happens; what is complete has been renamed away by then.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const WINDOWS = process.platform === 'win32'
const PATIENCE_MS = 5000
/** npm passes on a Ctrl-C that the terminal has sent to us too; only a later one means impatience. */
const SAME_KEYPRESS_MS = 1000
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
/** @type {Set<() => void>} */
const endings = new Set()
/** @type {Set<import('node:child_process').ChildProcess>} */
const unstoppable = new Set()
/** @type {Set<import('node:child_process').ChildProcess>} */
const expendables = new Set()
/** When this process was first asked to stop. */
let stoppingSince = 0

/**
 * Registers something (synchronous) to do when the process ends.
 * @param {() => void} action
 * @returns {() => void} forgets it again
 */
export function onEnd(action) {
  endings.add(action)
  return () => void endings.delete(action)
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] gather the output instead of showing it
 * @property {(output: string) => void} [onOutput] told all that has been gathered, whenever there is more
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {boolean} [reap] end what the child leaves behind in its process group
 * @property {boolean} [shell]
 * @property {number} [timeoutMs]
 * @property {boolean} [expendable] need not be asked politely to stop: all it writes is thrown away then
 * @property {boolean} [mustFinish] is waited for when this process is stopped, since halfway would be worse
 * @property {AbortSignal} [signal] ends the child and everything it started
 */

/**
 * @typedef {object} Ended
 * @property {number} code exit code; 128 + number for a signal, 127 when it could not be started
 * @property {string} output what it wrote, when it ran quietly
 */

/**
 * Runs a program to its end. Never rejects. When this process is being stopped it never settles either, so that no
 * caller goes on to report the interruption as a failure.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(command, args, options = {}) {
  const {
    cwd,
    env,
    quiet = false,
    onOutput,
    uid,
    gid,
    reap = false,
    shell = false,
    timeoutMs,
    expendable = false,
    mustFinish = false,
    signal,
  } = options
  return new Promise((settle) => {
    let output = ''
    const child = spawn(command, [...args], {
      cwd,
      env: env ?? process.env,
      shell,
      detached: !WINDOWS,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    })
    running.add(child)
    if (mustFinish) unstoppable.add(child)
    if (expendable) expendables.add(child)
    // Asked first: Playwright and xvfb-run have children in other groups, which only they can end.
    const stop = () => {
      signalGroup(child, 'SIGTERM')
      setTimeout(() => running.has(child) && signalGroup(child, 'SIGKILL'), PATIENCE_MS).unref()
    }
    const timer = timeoutMs ? setTimeout(stop, timeoutMs) : undefined
    signal?.addEventListener('abort', stop)

    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      if (reap) signalGroup(child, 'SIGTERM')
      running.delete(child)
      unstoppable.delete(child)
      expendables.delete(child)
      if (!stoppingSince) settle({ code, output })
    }
    /** @param {Buffer} chunk */
    const gather = (chunk) => {
      output += chunk
      onOutput?.(output)
    }
    child.stdout?.on('data', gather)
    child.stderr?.on('data', gather)
    child.on('error', (error) => {
      output += String(error)
      end(127)
    })
    // A daemon that keeps our pipe open would hold back 'close'; 'exit' alone can come before the last output.
    child.on('exit', (code, name) => {
      const finish = () => end(code ?? 128 + (name ? constants.signals[name] : 0))
      if (!quiet) return finish()
      const late = setTimeout(finish, 500)
      child.on('close', () => {
        clearTimeout(late)
        finish()
      })
    })
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signalGroup(child, name) {
  if (child.pid === undefined) return
  try {
    if (WINDOWS) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' })
    else process.kill(-child.pid, name)
  } catch {
    // It ended by itself in between.
  }
}

function runEndings() {
  for (const action of endings) {
    endings.delete(action)
    try {
      action()
    } catch {
      // One folder that cannot be removed must not keep the others.
    }
  }
}

/** @param {NodeJS.Signals} name */
function leave(name) {
  for (const child of running) signalGroup(child, 'SIGKILL')
  runEndings()
  process.exit(128 + constants.signals[name])
}

/** @param {NodeJS.Signals} name */
function onSignal(name) {
  if (running.size === 0) return leave(name)
  if (stoppingSince) {
    if (unstoppable.size === 0 && Date.now() - stoppingSince > SAME_KEYPRESS_MS) leave(name)
    return
  }
  stoppingSince = Date.now()
  if (unstoppable.size > 0) process.stderr.write('\nStopping as soon as the installation that has begun is complete\n')
  for (const child of running)
    if (!unstoppable.has(child)) signalGroup(child, expendables.has(child) ? 'SIGKILL' : name)
  setInterval(() => {
    const patient = unstoppable.size > 0 || Date.now() - stoppingSince < PATIENCE_MS
    if (running.size === 0 || !patient) leave(name)
  }, 20)
}

for (const name of SIGNALS) process.on(name, onSignal)
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
  runEndings()
})
