// The states in which an app may find the keychain (threat-model.md, KEY): real keyrings where the system has them, a broken
// library where the fault lies in the process.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lacking, startKeyring } from '../../../e2e/rig/keyring.ts'
import type { KeychainState, Keyring } from '../../../e2e/rig/keyring.ts'
import { describe } from 'vitest'
import { startDisplay } from './display.ts'
import { buildVaultChild, nodeVault } from './node-vault.ts'
import type { NodeVault } from './node-vault.ts'
import type { BindingName } from './vault-child.ts'

export const origin = 'http://127.0.0.1:23373'
/** The sign-in of an earlier run, and the one that is to take its place. */
export const tokens = { old: 'SECRET-token-of-before', new: 'SECRET-token-of-now' } as const

/** What this machine lacks for real keyrings; nothing where the whole suite runs. */
export const absent = process.platform === 'linux' ? lacking('Xvfb') : ['Linux']
const wayBack = process.platform === 'linux' ? '; `node scripts/setup.mjs --test` installs it' : ''
const leftOut = absent.length === 0 ? '' : ` (left out for want of ${absent.join(', ')}${wayBack})`

/** A keyring is there in a second and answers in another; a machine that is busy gets sixty. */
export const realLimitMs = 60_000

/** Tests that need a real keyring. Where there can be none, their title says what is missing. */
export function describeReal(title: string, tests: () => void): void {
  describe.skipIf(absent.length > 0)(title + leftOut, { timeout: realLimitMs }, tests)
}

export interface Rig {
  readonly folder: string
  /** For one operation and the processes that it takes. */
  readonly processes: () => NodeVault
  /** Brings the rig back to what its name says. */
  readonly reset: () => Promise<void>
  /** What befalls the keychain while it is being asked; done when it has. */
  readonly befall: (vault: NodeVault) => Promise<void>
  /** How often the person was asked for the keyring's password so far. */
  readonly promptCount: () => number
  /** What is kept for the origin after a reset. */
  readonly kept: string | undefined
  /** What the keychain really holds for the origin, for those that can be looked into. */
  readonly held?: () => Promise<string | undefined>
  readonly close: () => void
}

/** A folder that is everything a process may write to. */
function freshFolder(): { readonly folder: string; readonly env: Readonly<Record<string, string>> } {
  const folder = mkdtempSync(join(tmpdir(), 'keychain-'))
  const [home, temp] = [join(folder, 'home'), join(folder, 'temp')]
  for (const path of [home, temp]) mkdirSync(path)
  return { folder, env: { HOME: home, TMPDIR: temp } }
}

const clear = (folder: string): void => {
  // What was just ended may still be writing for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}

/** A library that is broken, or answers what no keychain of ours holds. */
export function broken(binding: BindingName): () => Promise<Rig> {
  return async () => {
    const { folder, env } = freshFolder()
    const built = await buildVaultChild(folder)
    return {
      folder,
      processes: () => nodeVault(built, binding, env),
      reset: async () => {},
      promptCount: () => 0,
      kept: undefined,
      befall: async (vault) => {
        if (binding === 'hanging') await vault.hangs
      },
      close: () => clear(folder),
    }
  }
}

export interface Session {
  readonly folder: string
  readonly keyring: Keyring
  readonly processes: () => NodeVault
  readonly close: () => void
}

/**
 * A session of one's own with the real library in it, over a real message bus and, but for the states that say otherwise,
 * a real keyring.
 * @param state how the keyring is found
 * @param held what it holds for the origin
 */
export async function openSession(state: KeychainState, held?: string): Promise<Session> {
  const { folder, env } = freshFolder()
  const built = await buildVaultChild(folder)
  const display = state === 'locked' ? await startDisplay() : undefined
  const keyring = await startKeyring(join(folder, 'session'), state, {
    display: display?.name,
    held: held === undefined ? {} : { [origin]: held },
  })
  const close = (): void => {
    process.off('exit', close)
    keyring.stop()
    display?.stop()
    clear(folder)
  }
  // Also after a run that was given up half-way.
  process.once('exit', close)
  return { folder, keyring, processes: () => nodeVault(built, 'keytar', { ...env, ...keyring.env }), close }
}

const isLocked = (state: KeychainState): boolean => state === 'locked' || state === 'locked-unasked'

interface RealOptions {
  /** What is kept for the origin before each operation. */
  readonly held?: string
  readonly befall?: (keyring: Keyring) => Promise<void>
}

/** The real library over whatever the session has. */
export function real(state: KeychainState, { held, befall }: RealOptions = {}): () => Promise<Rig> {
  return async () => {
    const { folder, keyring, processes, close } = await openSession(state, held)
    return {
      folder,
      processes,
      close,
      kept: held,
      async reset() {
        keyring.dismiss()
        if (state === 'unlocked') await (held === undefined ? keyring.remove(origin) : keyring.putToken(origin, held))
        if (isLocked(state)) await keyring.lock()
      },
      promptCount: () => keyring.promptCount(),
      befall: async () => befall?.(keyring),
      ...(state === 'unlocked' || isLocked(state) ? { held: () => heldBy(keyring, state) } : {}),
    }
  }
}

async function heldBy(keyring: Keyring, state: KeychainState): Promise<string | undefined> {
  if (isLocked(state)) {
    keyring.dismiss()
    await keyring.unlock()
  }
  return keyring.readToken(origin)
}

/**
 * Files under a folder that hold one of the tokens, as it is or in a coding that hides it from no one.
 * @param folder everything the rig could write to
 */
export function filesWithToken(folder: string): readonly string[] {
  const forms = Object.values(tokens).flatMap((token) => {
    const bytes = Buffer.from(token)
    // Without their ends, which depend on what follows.
    const coded = (['base64', 'hex'] as const).map((coding) => Buffer.from(bytes.toString(coding).slice(0, -4)))
    return [bytes, Buffer.from(token, 'utf16le'), ...coded]
  })
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => {
      const written = readFileSync(file)
      return forms.some((form) => written.includes(form))
    })
}
