// Where the window's commands come in. Nothing behind this file checks a sender or a shape again.
import { commands } from '#contract/commands'
import type { AnswerOf, InputOf } from '#contract/commands'
import { commandNames } from '#contract/command-names'
import type { CommandName } from '#contract/command-names'
import { failed } from '#contract/problem'
import type { Result } from '#contract/problem'
import { word } from '../ports.ts'
import type { Log } from '../ports.ts'
import { channels } from './channels.ts'
import { isPlain } from './plain.ts'
import { createTurnstile } from './rate.ts'

export const appOrigin = 'app://ui'

/** One function for each command of the table. */
export type Handlers = {
  readonly [Name in CommandName]: (input: InputOf<Name>) => Promise<Result<AnswerOf<Name>>> | Result<AnswerOf<Name>>
}

/** The parts of Electron's invoke event that decide whether the sender is our page. */
export interface Asked {
  readonly sender: { readonly id: number }
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null
}

export interface IpcMainLike {
  handle(channel: string, listener: (event: Asked, ...args: readonly unknown[]) => Promise<unknown>): void
}

export interface ServeParts {
  readonly ipcMain: IpcMainLike
  readonly handlers: Handlers
  /** The ID of the app window's web contents, undefined while there is no window. */
  readonly appContentsID: () => number | undefined
  readonly nowMs: () => number
  readonly log: Log
}

/**
 * Serves the commands of the table to the app window, and to nobody else.
 * @param parts Electron's ipcMain, the handlers, and what tells the app window from others
 */
export function serveCommands({ ipcMain, handlers, appContentsID, nowMs, log }: ServeParts): void {
  const turnstile = createTurnstile(nowMs)

  let loggedAt = Number.NEGATIVE_INFINITY
  function refuse(reason: string, retry: 'later' | 'never' = 'never'): Result<never> {
    // One a second, or a page that floods us floods the log too.
    if (nowMs() - loggedAt >= 1000) {
      loggedAt = nowMs()
      log.warn('command.refused', { reason: word(reason) })
    }
    return failed({ code: 'command.refused', retry, detail: reason })
  }

  ipcMain.handle(channels.command, async (event, ...args) => {
    if (!isFromAppPage(event, appContentsID())) return refuse('sender')
    if (!turnstile.enter()) return refuse('too-many', 'later')
    try {
      const [name, input, ...rest] = args
      if (rest.length > 0 || !isCommandName(name)) return refuse('unknown')
      if (!isPlain(input)) return refuse('not-plain')
      const decoded = commands[name].safeParse(input)
      if (!decoded.success) return refuse('wrong-shape')
      // The decoder of the same row made the input; the compiler cannot see that name and handler belong together.
      const handler = handlers[name] as (input: unknown) => Promise<Result<unknown>> | Result<unknown>
      return await handler(decoded.data)
    } catch (error) {
      log.error('command.threw', error, { command: word(String(args[0])) })
      return failed({ code: 'unexpected', retry: 'later' })
    } finally {
      turnstile.leave()
    }
  })
}

const names: ReadonlySet<unknown> = new Set(commandNames)

function isCommandName(name: unknown): name is CommandName {
  return names.has(name)
}

/** The preload stays when a window is led elsewhere, so the page's origin is asked each time (IPC-1). */
function isFromAppPage(event: Asked, contentsID: number | undefined): boolean {
  try {
    const { sender, senderFrame } = event
    return (
      contentsID !== undefined &&
      sender.id === contentsID &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      senderFrame.origin === appOrigin
    )
  } catch {
    // Electron throws on any look at a frame that is gone.
    return false
  }
}
