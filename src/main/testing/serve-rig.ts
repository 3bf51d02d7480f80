// Commands as the main process serves them, with handlers that only keep count.
import { commandNames } from '#contract/command-names'
import type { CommandName } from '#contract/command-names'
import { expect } from 'vitest'
import { channels } from '../ipc/channels.ts'
import { serveCommands } from '../ipc/serve.ts'
import type { Asked, Handlers } from '../ipc/serve.ts'
import { fakeClock, fakeLog } from './fakes.ts'

/** The page of the app window. */
export const good: Asked = { sender: { id: 7 }, senderFrame: { origin: 'app://ui', parent: null } }

export function rig(answer: (name: CommandName, input: unknown) => unknown = () => ({ ok: true, value: undefined })) {
  const clock = fakeClock()
  const log = fakeLog()
  const seen: [CommandName, unknown][] = []
  let listener: ((event: Asked, ...args: readonly unknown[]) => Promise<unknown>) | undefined
  let contentsID: number | undefined = 7
  const handlers = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (input: unknown) => {
        seen.push([name, input])
        return answer(name, input)
      },
    ]),
  ) as unknown as Handlers
  serveCommands({
    ipcMain: {
      handle: (channel, handler) => {
        expect(channel).toBe(channels.command)
        listener = handler
      },
    },
    handlers,
    appContentsID: () => contentsID,
    nowMs: clock.nowMs,
    log,
  })
  const call = (event: Asked, ...args: readonly unknown[]): Promise<unknown> => {
    if (listener === undefined) throw new Error('nothing is served')
    return listener(event, ...args)
  }
  return { clock, log, seen, call, closeWindow: () => (contentsID = undefined) }
}

export const refused = { ok: false, problem: { code: 'command.refused' } }
