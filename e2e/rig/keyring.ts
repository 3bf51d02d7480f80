// A D-Bus session of one's own with a real gnome-keyring in it, so that a journey meets the keychain that people have and
// no two journeys meet each other. It can also be locked, or absent.
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)
const password = 'a password of the rig'

/**
 * `locked`: it waits for its password, in a window nobody answers. `no-provider`: a bus on which nobody keeps secrets.
 * `no-bus`: a session without a message bus.
 */
export type KeychainState = 'unlocked' | 'locked' | 'no-provider' | 'no-bus'

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
  /** Closes the window that asks for the keyring's password, if there is one, without an answer. */
  dismiss(): void
  stop(): void
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
  // Where Debian has the program. Elsewhere nobody asks, which is as good as nobody answering.
  const program = '/usr/libexec/gcr-prompter'
  writeFileSync(
    `${folder}/prompter.sh`,
    `echo $$ > ${folder}/prompter.pid\n[ -x ${program} ] && exec ${program}\nexec sleep infinity\n`,
  )
  const file = `${folder}/bus.conf`
  const policy = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
  writeFileSync(
    file,
    `<busconfig><type>session</type><listen>unix:dir=${folder}/run</listen><servicedir>${services}</servicedir>` +
      `<policy context="default">${policy}</policy></busconfig>`,
  )
  return file
}

/**
 * Starts a message bus and a keyring on it.
 * @param folder where the keyring keeps its files
 * @param state how the app finds it
 */
export async function startKeyring(folder: string, state: KeychainState = 'unlocked'): Promise<Keyring> {
  const runtime = `${folder}/run`
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  mkdirSync(`${folder}/data`, { recursive: true })
  const dirs = { XDG_DATA_HOME: `${folder}/data`, XDG_RUNTIME_DIR: runtime }
  const bus = state === 'no-bus' ? undefined : startBus(folder, dirs)
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
    if (ended === undefined || ended.exitCode !== null) return
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
    dismiss() {
      const file = `${folder}/prompter.pid`
      if (!existsSync(file)) return
      process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')
      rmSync(file)
    },
    stop() {
      daemon?.kill('SIGKILL')
      bus?.kill('SIGKILL')
    },
  }
  if (state === 'unlocked' || state === 'locked') await start(true)
  if (state === 'locked') await keyring.lock()
  return keyring
}

function startBus(folder: string, env: Readonly<Record<string, string>>): ChildProcess {
  const flags = [`--config-file=${busConfig(folder)}`, '--nofork', '--print-address', '--nopidfile']
  return spawn('dbus-daemon', flags, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] })
}
