// settings.json in the profile: what the app remembers that is no secret. A file that cannot be read is set aside, never
// deleted, and the app starts (RUN-6).
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { writeFile } from 'atomically'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { word } from '../ports.ts'
import type { Log, Settings, SettingsStore } from '../ports.ts'
import { freshSettings, settingsSchema } from './schema.ts'

const fileName = 'settings.json'
/** Ours weighs a few kB; a larger file is none of ours, and reading it would hold up the start. */
const maxBytes = 4_000_000
const maxSetAside = 20

export interface OpenedSettings extends SettingsStore {
  /** Whether a file was found that could not be read; it was set aside. */
  readonly wasBroken: boolean
  /** Resolves when everything that was changed so far is written or has failed; for quitting. */
  settled(): Promise<void>
}

/**
 * Reads the settings of a profile, at once, so that the window can open where it was.
 * @param folder the profile; made if it is missing
 * @param log told by code what was set aside or could not be written
 */
export function openSettings(folder: string, log: Log): OpenedSettings {
  const file = join(folder, fileName)
  attempt(() => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  // Chromium makes the profile before us, with the umask of the session.
  attempt(() => chmodSync(folder, 0o700))
  attempt(() => removeLeftovers(folder))

  const found = load(file)
  if (found.state === 'broken') {
    log.warn('settings.set-aside', { reason: word(found.reason) })
    setAside(file)
  }
  let current = found.state === 'read' ? found.settings : freshSettings
  let revision = 0
  let writtenRevision = 0
  let tail: Promise<unknown> = Promise.resolve()

  async function writeUpTo(wanted: number): Promise<Result<undefined>> {
    if (writtenRevision >= wanted) return ok(undefined)
    const writing = revision
    try {
      // A short limit, because the default retries a read-only folder for 7.5 s.
      await writeFile(file, JSON.stringify(current), { mode: 0o600, chown: false, timeout: 500 })
      await syncFolder(folder)
      writtenRevision = writing
      return ok(undefined)
    } catch (error) {
      log.error('settings.unwritable', error)
      return failed({ code: 'unexpected', retry: 'later', detail: `settings ${codeOf(error)}` })
    }
  }

  return {
    wasBroken: found.state === 'broken',
    read: () => current,
    update(change) {
      current = { ...current, ...change, version: 1 }
      revision += 1
      const wanted = revision
      const written = tail.then(() => writeUpTo(wanted))
      tail = written
      return written
    },
    settled: () => tail.then(() => undefined),
  }
}

type Found =
  | { readonly state: 'none' }
  | { readonly state: 'read'; readonly settings: Settings }
  | { readonly state: 'broken'; readonly reason: 'unreadable' | 'too-large' | 'not-json' | 'wrong-shape' }

function load(file: string): Found {
  let text: string
  try {
    if (statSync(file).size > maxBytes) return { state: 'broken', reason: 'too-large' }
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? { state: 'none' } : { state: 'broken', reason: 'unreadable' }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { state: 'broken', reason: 'not-json' }
  }
  const decoded = settingsSchema.safeParse(json)
  return decoded.success ? { state: 'read', settings: decoded.data } : { state: 'broken', reason: 'wrong-shape' }
}

/** Keeps the file for support under a free name. */
function setAside(file: string): void {
  for (let n = 1; n <= maxSetAside; n += 1) {
    const target = `${file}.broken-${n}`
    if (existsSync(target) && n < maxSetAside) continue
    attempt(() => rmSync(target, { recursive: true, force: true }))
    attempt(() => renameSync(file, target))
    return
  }
}

/** Temporary files of writes that a crash cut short. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${fileName}.tmp-`)) rmSync(join(folder, name), { force: true })
  }
}

/** Makes the rename itself survive a power cut. Windows has no such thing for folders, and journals it anyway. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

function attempt(act: () => unknown): void {
  try {
    act()
  } catch {
    // A profile that cannot be changed is no reason not to start; the first write says so.
  }
}
