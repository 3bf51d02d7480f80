// A D-Bus session of one's own with a real gnome-keyring in it, so that a journey meets the keychain that people have and
// no two journeys meet each other. It can also be locked, or absent.
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const password = 'a password of the rig'

/** Where Debian, Fedora and Arch have the window that asks for the password. */
const prompters = ['/usr/libexec/gcr-prompter', '/usr/lib/gcr-prompter']

/**
 * `locked`: it waits for its password, in a window nobody answers. `locked-unasked`: there is no screen for such a window.
 * `no-provider`: a bus on which nobody keeps secrets; `appear()` brings somebody. `no-bus`: a session without a message bus.
 */
export type KeychainState = 'unlocked' | 'locked' | 'locked-unasked' | 'no-provider' | 'no-bus'

export interface Keyring {
  /** What a program needs in its environment to find this session and no other. */
  readonly env: Readonly<Record<string, string>>
  /** The token as the keyring really holds it, read by another process. */
  readToken(origin: string): Promise<string | undefined>
  /** Keeps a token, as an earlier run of the app did. */
  putToken(origin: string, token: string): Promise<void>
  /** Takes a token away, as a person does in a program that shows their keychain. */
  remove(origin: string): Promise<void>
  /** Starts the keyring anew, without its password. */
  lock(): Promise<void>
  /** Starts the keyring anew, with its password, as the person's log-in does. */
  unlock(): Promise<void>
  /** Starts a keyring where there is none, as when the person installs one or its start was late. */
  appear(): Promise<void>
  /** Ends the keyring without a word, also while it waits for its password; `lock`, `unlock` or `appear` bring it back. */
  kill(): Promise<void>
  /** Resolves when the window that asks for the keyring's password has been asked for. */
  prompted(): Promise<void>
  /** How often that window was started; one that is still open takes further questions without a new start. */
  promptCount(): number
  /** Closes that window, if there is one, without an answer. */
  dismiss(): void
  stop(): void
}

/**
 * What this machine lacks for a keyring of its own.
 * @param more further programs that are needed
 * @returns names of programs; none when there is everything
 */
export function lacking(...more: readonly string[]): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(':')
  const programs = ['dbus-daemon', 'gnome-keyring-daemon', ...more]
  const absent = programs.filter((name) => !folders.some((folder) => isProgram(join(folder, name))))
  return prompters.some(isProgram) ? absent : [...absent, 'gcr-prompter']
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not for this user, which comes to the same.
    return false
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) {
      reject(new Error('no output'))
      return
    }
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => {
      reject(new Error(`ended with ${String(code)}`))
    })
  })
}

/** A bus that starts nothing by itself, except the window that asks for the keyring's password. */
function busConfig(folder: string): string {
  const services = `${folder}/services`
  mkdirSync(services)
  writeFileSync(
    `${services}/prompter.service`,
    `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sh ${folder}/prompter.sh\n`,
  )
  // Without the program nobody asks, which is as good as nobody answering.
  const notes = `echo $$ >> ${folder}/prompts\necho $$ > ${folder}/prompter.pid\n`
  const programs = prompters.map((program) => `[ -x ${program} ] && exec ${program}\n`).join('')
  writeFileSync(`${folder}/prompter.sh`, `${notes}${programs}exec sleep infinity\n`)
  const file = `${folder}/bus.conf`
  const policy = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
  writeFileSync(
    file,
    `<busconfig><type>session</type><listen>unix:dir=${folder}/run</listen><servicedir>${services}</servicedir>` +
      `<policy context="default">${policy}</policy></busconfig>`,
  )
  return file
}

export interface KeyringOptions {
  /** The screen on which it asks for its password; otherwise that of this process. */
  readonly display?: string | undefined
  /** Tokens that it holds from the start, by origin; once it is locked it takes none. */
  readonly held?: Readonly<Record<string, string>>
}

/**
 * Starts a message bus and a keyring on it.
 * @param folder where the keyring keeps its files
 * @param state how the app finds it
 * @param options its screen, and what it holds
 */
export async function startKeyring(
  folder: string,
  state: KeychainState = 'unlocked',
  { display = process.env['DISPLAY'], held = {} }: KeyringOptions = {},
): Promise<Keyring> {
  const runtime = `${folder}/run`
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  mkdirSync(`${folder}/data`, { recursive: true })
  const dirs = { XDG_DATA_HOME: `${folder}/data`, XDG_RUNTIME_DIR: runtime }
  const screen = state === 'locked-unasked' ? undefined : display
  const bus = state === 'no-bus' ? undefined : startBus(folder, dirs, screen)
  const env = { ...dirs, DBUS_SESSION_BUS_ADDRESS: bus === undefined ? 'disabled:' : await firstLine(bus) }
  const whole = { ...process.env, ...env }
  let daemon: ChildProcess | undefined

  const ask = (
    method: 'get' | 'probe' | 'put' | 'remove',
    origin: string,
    token?: string,
  ): Promise<{ stdout: string }> => {
    const asked = run(process.execPath, [`${import.meta.dirname}/read-token.cjs`, method, origin], {
      env: whole,
      timeout: 10_000,
    })
    asked.child.stdin?.end(token)
    return asked
  }

  /** Resolves when the daemon has taken its name on the bus, a moment after it was started; keytar rejects until then. */
  async function start(isUnlocked: boolean): Promise<void> {
    const flags = ['--foreground', ...(isUnlocked ? ['--unlock'] : []), '--components=secrets']
    const started = spawn('gnome-keyring-daemon', flags, { env: whole, stdio: ['pipe', 'ignore', 'ignore'] })
    started.stdin.end(isUnlocked ? password : '')
    daemon = started
    for (let attempt = 0; ; attempt++) {
      try {
        // Writing needs an open keyring; asking for what is not there does not.
        await ask(isUnlocked ? 'probe' : 'get', 'rig')
        return
      } catch (error) {
        if (attempt >= 20) throw error
      }
    }
  }

  async function end(): Promise<void> {
    const ended = daemon
    daemon = undefined
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return
    const gone = new Promise((resolve) => ended.once('exit', resolve))
    ended.kill('SIGKILL')
    await gone
  }

  const keyring: Keyring = {
    env,
    async readToken(origin) {
      const { stdout } = await ask('get', origin)
      return stdout === '' ? undefined : stdout
    },
    async putToken(origin, token) {
      await ask('put', origin, token)
    },
    async remove(origin) {
      await ask('remove', origin)
    },
    async lock() {
      await end()
      await start(false)
    },
    async unlock() {
      await end()
      await start(true)
    },
    async appear() {
      if (bus === undefined) throw new Error('a keyring cannot appear without a message bus')
      await end()
      await start(true)
    },
    kill: end,
    async prompted() {
      while (prompterPid(folder) === undefined) await wait(10)
    },
    promptCount() {
      const file = `${folder}/prompts`
      return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0
    },
    dismiss() {
      const pid = prompterPid(folder)
      if (pid === undefined) return
      rmSync(`${folder}/prompter.pid`)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself: without a screen it cannot open its window.
      }
    },
    stop() {
      keyring.dismiss()
      daemon?.kill('SIGKILL')
      bus?.kill('SIGKILL')
    },
  }
  if (state === 'no-bus' || state === 'no-provider') return keyring
  await start(true)
  for (const [origin, token] of Object.entries(held)) await keyring.putToken(origin, token)
  if (state !== 'unlocked') await keyring.lock()
  return keyring
}

/** The process of the window that asks for the password, as it noted itself when it was started. */
function prompterPid(folder: string): number | undefined {
  const file = `${folder}/prompter.pid`
  // The note is there a moment before its text is.
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return pid > 0 ? pid : undefined
}

/** Starts the bus; what the bus starts by itself inherits its screen. */
function startBus(folder: string, dirs: Readonly<Record<string, string>>, display: string | undefined): ChildProcess {
  const flags = [`--config-file=${busConfig(folder)}`, '--nofork', '--print-address', '--nopidfile']
  const env = { ...process.env, ...dirs, DISPLAY: display, WAYLAND_DISPLAY: undefined }
  return spawn('dbus-daemon', flags, { env, stdio: ['ignore', 'pipe', 'ignore'] })
}
