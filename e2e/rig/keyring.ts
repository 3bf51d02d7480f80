// A D-Bus session of one's own with a real gnome-keyring in it, so that a journey meets the keychain that people have and
// no two journeys meet each other.
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Keyring {
  /** What a program needs in its environment to find this session and no other. */
  readonly env: Readonly<Record<string, string>>
  /** The token as the keyring really holds it, read by another process. */
  readToken(origin: string): Promise<string | undefined>
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

/**
 * Starts a message bus and an unlocked keyring on it.
 * @param folder where the keyring keeps its files
 */
export async function startKeyring(folder: string): Promise<Keyring> {
  const runtime = `${folder}/run`
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  mkdirSync(`${folder}/data`, { recursive: true })
  const dirs = { XDG_DATA_HOME: `${folder}/data`, XDG_RUNTIME_DIR: runtime }
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address', '--nopidfile'], {
    env: { ...process.env, ...dirs },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const env = { ...dirs, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus) }
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end('a password of the rig')
  const ask = (method: 'get' | 'probe', origin: string): Promise<{ stdout: string }> =>
    run(process.execPath, [`${import.meta.dirname}/read-token.cjs`, method, origin], {
      env: { ...process.env, ...env },
      timeout: 10_000,
    })
  // The daemon takes its name on the bus a moment after it was started; keytar rejects until then.
  for (let attempt = 0; ; attempt++) {
    try {
      await ask('probe', 'rig')
      break
    } catch (error) {
      if (attempt >= 20) throw error
    }
  }
  return {
    env,
    async readToken(origin) {
      const { stdout } = await ask('get', origin)
      return stdout === '' ? undefined : stdout
    },
    stop() {
      daemon.kill('SIGKILL')
      bus.kill('SIGKILL')
    },
  }
}
