// A person's desk: a fresh profile, a keychain, a browser, and the app on it, which may be quit, killed and started again.
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpBrowser } from './browser.ts'
import type { Browser } from './browser.ts'
import { startKeyring } from './keyring.ts'
import type { Keyring, KeychainState } from './keyring.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Started {
  readonly app: ElectronApplication
  readonly window: Page
}

/** Quitting itself takes 2 s at most; whoever needs longer hangs. */
const quitLimitMs = 15_000
/** A start takes about a second; a machine that is busy gets thirty. */
const startLimitMs = 30_000

export class Desk {
  readonly keyring: Keyring
  readonly browser: Browser
  readonly profile: string
  /** What the app wrote to its standard streams, and what its pages threw. */
  readonly output: string[] = []
  readonly pageErrors: Error[] = []
  readonly #folder: string
  /** Known as soon as the process is, so that one that never shows a window can be ended too. */
  #app: ElectronApplication | undefined

  private constructor(folder: string, keyring: Keyring) {
    this.#folder = folder
    this.keyring = keyring
    this.profile = join(folder, 'profile')
    this.browser = setUpBrowser(join(folder, 'bin'))
  }

  /**
   * Sets up a desk.
   * @param ports where the app shall look for Beeper, as the settings file of a person whose Beeper listens elsewhere says
   * @param keychain how the app finds the keychain
   */
  static async setUp(ports: readonly number[], keychain?: KeychainState): Promise<Desk> {
    const folder = mkdtempSync(join(tmpdir(), 'desk-'))
    const desk = new Desk(folder, await startKeyring(join(folder, 'session'), keychain))
    mkdirSync(desk.profile, { recursive: true, mode: 0o700 })
    desk.#write({ isFirstRunDone: false, intents: [], sessions: [] }, ports)
    return desk
  }

  /** Leaves the desk as an earlier run does that was signed in and had got as far as Home. */
  async rememberSignIn(origin: string, token: string): Promise<void> {
    await this.keyring.putToken(origin, token)
    const server = { origin, name: 'Beeper' }
    const marker = { origin, savedAt: '2026-01-01T00:00:00.000Z' }
    this.#write({ server, marker, isFirstRunDone: true, intents: [], sessions: [] }, [Number(new URL(origin).port)])
  }

  #write(progress: Readonly<Record<string, unknown>>, ports: readonly number[]): void {
    writeFileSync(join(this.profile, 'settings.json'), JSON.stringify({ version: 1, ports, progress }))
  }

  /** Starts the app. @param args further arguments, such as `--demo` */
  async start(...args: readonly string[]): Promise<Started> {
    const executablePath = process.env['ELECTRON_EXEC_PATH']
    const isSandboxed = process.env['DRAWBRIDGE_E2E_SANDBOX'] === '1'
    const app = await _electron.launch({
      cwd: root,
      args: ['.', `--user-data-dir=${this.profile}`, ...args],
      env: {
        ...definedOf(process.env),
        ...this.keyring.env,
        PATH: `${this.browser.folder}:${process.env['PATH'] ?? ''}`,
      },
      chromiumSandbox: isSandboxed,
      timeout: startLimitMs,
      ...(executablePath === undefined ? {} : { executablePath }),
    })
    this.#app = app
    for (const stream of [app.process().stdout, app.process().stderr])
      stream?.on('data', (piece: Buffer) => this.output.push(piece.toString('utf8')))
    app.on('window', (page) => page.on('pageerror', (error) => this.pageErrors.push(error)))
    return { app, window: await app.firstWindow({ timeout: startLimitMs }) }
  }

  /**
   * Starts the app once more while it runs, as a person does who clicks its icon again.
   * @param args further arguments, behind those that name app and profile; Chromium changes their order as it likes
   * @returns how the second start ended: its exit code
   */
  async startAgain(...args: readonly string[]): Promise<number | null> {
    const running = this.#app?.process()
    if (running === undefined) throw new Error('the app is not running')
    const sandbox = process.env['DRAWBRIDGE_E2E_SANDBOX'] === '1' ? [] : ['--no-sandbox']
    const own = ['.', `--user-data-dir=${this.profile}`]
    const second = spawn(running.spawnfile, [...sandbox, ...own, ...args], {
      cwd: root,
      env: { ...process.env, ...this.keyring.env, PATH: `${this.browser.folder}:${process.env['PATH'] ?? ''}` },
      stdio: 'ignore',
    })
    return new Promise((resolve) => second.once('exit', resolve))
  }

  /** Quits as a person does. */
  async quit(): Promise<void> {
    await this.#app?.close()
    this.#app = undefined
  }

  /** Ends the main process without a word, as a crash or a power cut does. */
  async kill(): Promise<void> {
    const child = this.#app?.process()
    this.#app = undefined
    if (child === undefined || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  settings(): { readonly progress: Readonly<Record<string, unknown>>; readonly window?: unknown } {
    return JSON.parse(readFileSync(join(this.profile, 'settings.json'), 'utf8')) as {
      progress: Record<string, unknown>
      window?: unknown
    }
  }

  log(): string {
    try {
      return readFileSync(join(this.profile, 'logs', 'drawbridge.log'), 'utf8')
    } catch {
      return 'no log was written'
    }
  }

  /** Takes everything down, also an app that no longer answers. */
  async clear(): Promise<void> {
    const child = this.#app?.process()
    const limit = setTimeout(() => child?.kill('SIGKILL'), quitLimitMs)
    await this.quit()
    clearTimeout(limit)
    this.keyring.stop()
    // Chromium's own processes may still be writing for a moment after main has ended.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined))
}
