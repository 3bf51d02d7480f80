// The recovery key on the clipboard, for a minute (ONE-5).
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { createHash } from 'node:crypto'
import type { Clock, Log } from '../ports.ts'

export const clearAfterMs = 60_000

/** Electron's clipboard: async in 45, sync in 33. */
export interface ClipboardLike {
  readText(): Promise<string> | string
  writeText(text: string): Promise<void> | void
  clear(): void
}

export interface KeyClipboard {
  copy(recoveryKey: string): Promise<Result<undefined>>
  /** Takes the key off the clipboard if it is still there; for quitting. */
  clearIfStillThere(): Promise<void>
}

/**
 * Makes the clipboard for the key.
 * @param clipboard Electron's clipboard
 * @param clock for the minute
 * @param log told when the clipboard fails
 */
export function createKeyClipboard(clipboard: ClipboardLike, clock: Clock, log: Log): KeyClipboard {
  // A digest is enough to recognise the key, and keeps nothing that could be read.
  let copied: string | undefined
  let stop: (() => void) | undefined

  async function clearIfStillThere(): Promise<void> {
    stop?.()
    stop = undefined
    const mark = copied
    copied = undefined
    if (mark === undefined) return
    try {
      if (markOf(await clipboard.readText()) === mark) clipboard.clear()
    } catch (error) {
      log.error('clipboard.not-cleared', error)
    }
  }

  return {
    async copy(recoveryKey) {
      try {
        await clipboard.writeText(recoveryKey)
      } catch (error) {
        log.error('clipboard.failed', error)
        return failed({ code: 'security.save-failed', retry: 'now', detail: 'clipboard' })
      }
      stop?.()
      copied = markOf(recoveryKey)
      stop = clock.after(clearAfterMs, () => void clearIfStillThere())
      return ok(undefined)
    },
    clearIfStillThere,
  }
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
