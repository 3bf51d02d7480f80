// A person's desk: a fresh profile, a keychain, a browser, and the app on it, which may be quit, killed and started again.
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpBrowser } from './browser.ts'
import type { Browser } from './browser.ts'
import { startKeyring } from './keyring.ts'
import type { Keyring, KeychainState } from './keyring.ts'
import { isFoundByChance } from './sweep-matcher.ts'
import type { Exception, Secret } from './sweep.ts'

const root = join(import.meta.dirname, '..', '..')

/** As the app notes that a sign-in was saved. */
export interface Marker {
  readonly source: 'account' | 'oauth' | 'manual'
  readonly savedAt: string
  readonly expiresAtMs?: number
}

/** The app's settings, as far as a journey looks at them. */
export interface Settings {
  readonly version: 1
  readonly ports: readonly number[]
  readonly window?: unknown
  readonly progress: Readonly<Record<string, unknown>> & {
    readonly servers: readonly Readonly<Record<string, unknown>>[]
  }
}

const nothingDone = { servers: [], isFirstRunDone: false, intents: [], sessions: [] } as const

export interface Started {
  readonly app: ElectronApplication
  readonly window: Page
}

/** What of the rig runs in main, before the app's own code. */
const hooks = ['sweep-main.cjs', 'later-main.cjs', 'disk-main.cjs'].map((name) => join(import.meta.dirname, name))
/** Quitting itself takes 2 s at most; whoever needs longer hangs. */
const quitLimitMs = 15_000
/** A start takes about a second; a machine that is busy gets thirty. */
const startLimitMs = 30_000

export class Desk {
  readonly keyring: Keyring
  readonly browser: Browser
  readonly profile: string
  /** The app's own, so that what it leaves there is known to be its own. */
  readonly temp: string
  /** The folders that the desktop session gives to its programs. */
  readonly session: string
  /** The person's own: what they save there, and pictures that they have. Nobody sweeps there. */
  readonly documents: string
  /** What main sent and wrote, noted by sweep-main.cjs. */
  readonly notes: string
  /** What this journey says about secrets: those of its own, and where some may be. */
  readonly secrets: Secret[] = []
  readonly exceptions: Exception[] = []
  /** What the app wrote to its standard streams, and what its pages threw. */
  readonly output: string[] = []
  readonly pageErrors: Error[] = []
  readonly #folder: string
  #authorities: string | undefined
  /** What the words of the journeys are in. */
  #language = 'en'
  /** Known as soon as the process is, so that one that never shows a window can be ended too. */
  #app: ElectronApplication | undefined
  /** Its process, which Playwright no longer names once it has ended by itself. */
  #child: ChildProcess | undefined

  private constructor(folder: string, keyring: Keyring) {
    this.#folder = folder
    this.keyring = keyring
    this.session = sessionIn(folder)
    this.profile = join(folder, 'profile')
    this.temp = join(folder, 'temp')
    this.notes = join(folder, 'notes')
    this.documents = join(folder, 'documents')
    for (const path of [this.profile, this.temp, this.notes, this.documents]) mkdirSync(path, { mode: 0o700 })
    this.browser = setUpBrowser(join(folder, 'bin'))
  }

  /**
   * Sets up a desk.
   * @param ports where the app shall look for Beeper, as the settings file of a person whose Beeper listens elsewhere says
   * @param keychain how the app finds the keychain
   */
  static async setUp(ports: readonly number[], keychain?: KeychainState): Promise<Desk> {
    const folder = mkdtempSync(join(tmpdir(), 'desk-'))
    const desk = new Desk(folder, await startKeyring(sessionIn(folder), keychain))
    desk.#write({ ports, progress: nothingDone })
    return desk
  }

  /** Leaves the desk as an earlier run does that was signed in and had got as far as Home. */
  async rememberSignIn(origin: string, token: string, marker: Partial<Marker> = {}): Promise<void> {
    await this.keyring.putToken(origin, token)
    this.remember(origin, { source: 'account', savedAt: '2026-01-01T00:00:00.000Z', ...marker })
    this.#change((progress) => ({ ...progress, origin, isFirstRunDone: true }))
  }

  /** Leaves the desk as an earlier run does that has chosen a server once. @param marker if it saved a sign-in */
  remember(origin: string, marker?: Marker): void {
    const server = { origin, name: 'Beeper', version: '4.3.0', kind: 'desktop', lastState: 'signed-out', marker }
    this.#change((progress) => ({
      ...progress,
      servers: [...progress.servers.filter((one) => one['origin'] !== origin), server],
    }))
  }

  /** Has the app look for Beeper on these ports of this computer instead of the usual ones. */
  looksAt(beepers: readonly { readonly port: number }[]): void {
    this.#write({ ...this.settings(), ports: beepers.map(({ port }) => port) })
  }

  /** Has the app look where it always does. */
  looksAtTheUsualPorts(): void {
    rmSync(this.#settingsFile)
  }

  /** Puts an authority into the system's own list, for the app that is started next. @param pem its certificate */
  trust(pem: string): void {
    this.#authorities = join(this.#folder, 'authorities.pem')
    writeFileSync(this.#authorities, pem)
  }

  /** Sets the person's language, for the app that is started next. @param language as Linux writes it, such as `de_DE` */
  speaks(language: string): void {
    this.#language = language
  }

  /** What the app has noted of a server. */
  server(origin: string): Readonly<Record<string, unknown>> | undefined {
    return this.settings().progress.servers.find((one) => one['origin'] === origin)
  }

  #change(change: (progress: Settings['progress']) => Settings['progress']): void {
    const settings = this.settings()
    this.#write({ ...settings, progress: change(settings.progress) })
  }

  #write(settings: Omit<Settings, 'version'>): void {
    writeFileSync(this.#settingsFile, JSON.stringify({ ...settings, version: 1 }))
  }

  get #settingsFile(): string {
    return join(this.profile, 'settings.json')
  }

  /** Tells the sweep of a secret that the simulator did not make; throws for a value that is found by chance. */
  secret(name: string, value: string): void {
    if (isFoundByChance(value)) throw new Error(`the value of ${name} would be found by chance`)
    this.secrets.push({ name, value })
  }

  /** Tells the sweep where a secret may be at the end of this journey: threat-model.md, section 1, says which may. */
  mayHold(exception: Exception): void {
    this.exceptions.push(exception)
  }

  /** The app, as long as it runs. */
  get running(): ElectronApplication | undefined {
    return this.#child?.exitCode === null && this.#child.signalCode === null ? this.#app : undefined
  }

  #env(): Record<string, string> {
    return {
      ...definedOf(process.env),
      ...this.keyring.env,
      PATH: `${this.browser.folder}:${process.env['PATH'] ?? ''}`,
      TMPDIR: this.temp,
      // Electron reads it as every Node program does, as long as it is not packaged.
      ...(this.#authorities !== undefined && { NODE_EXTRA_CA_CERTS: this.#authorities }),
      LANGUAGE: this.#language,
    }
  }

  /** Starts the app. @param args further arguments, such as `--demo` */
  async start(...args: readonly string[]): Promise<Started> {
    const executablePath = process.env['ELECTRON_EXEC_PATH']
    const isSandboxed = process.env['DRAWBRIDGE_E2E_SANDBOX'] === '1'
    const app = await _electron.launch({
      cwd: root,
      args: [...hooks.flatMap((hook) => ['-r', hook]), '.', `--user-data-dir=${this.profile}`, ...args],
      env: { ...this.#env(), DRAWBRIDGE_E2E_NOTES: this.notes },
      chromiumSandbox: isSandboxed,
      timeout: startLimitMs,
      ...(executablePath === undefined ? {} : { executablePath }),
    })
    this.#app = app
    this.#child = app.process()
    for (const stream of [this.#child.stdout, this.#child.stderr])
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
    const running = this.running?.process()
    if (running === undefined) throw new Error('the app is not running')
    const sandbox = process.env['DRAWBRIDGE_E2E_SANDBOX'] === '1' ? [] : ['--no-sandbox']
    const own = ['.', `--user-data-dir=${this.profile}`]
    const second = spawn(running.spawnfile, [...sandbox, ...own, ...args], {
      cwd: root,
      env: this.#env(),
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
    const child = this.running?.process()
    this.#app = undefined
    if (child === undefined) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  settings(): Settings {
    return JSON.parse(readFileSync(this.#settingsFile, 'utf8')) as Settings
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
    const limit = setTimeout(() => this.#child?.kill('SIGKILL'), quitLimitMs)
    await this.quit()
    clearTimeout(limit)
    this.keyring.stop()
    // Chromium's own processes may still be writing for a moment after main has ended.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

const sessionIn = (folder: string): string => join(folder, 'session')

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined))
}
