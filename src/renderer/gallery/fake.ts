// A main process that only listens: shows fixed Views and keeps what the window asks for. Import it before anything that
// imports `bridge.ts`, because it puts itself where the preload would be.
import { buildBridge } from '#contract/bridge-api'
import type { CommandName } from '#contract/command-names'
import type { Result } from '#contract/problem'
import type { PublishedView, View } from '#contract/view'

export interface Call {
  readonly name: CommandName
  readonly input: unknown
}

/** One grey dot. */
const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNoaGj4DwAFhAKAjM1mJgAAAABJRU5ErkJggg=='

/** Of commands whose answer is drawn at once, wherever the View is shown. */
const plain: Partial<Record<CommandName, unknown>> = { 'app.picture': { dataURL: dot } }

const listeners = new Set<(published: PublishedView) => void>()
let rev = 0
let view: View | undefined
let calls: Call[] = []
let answers = new Map<CommandName, (input: unknown) => Promise<Result<unknown>> | Result<unknown>>()

function answer(name: CommandName, input: unknown): Promise<Result<unknown>> {
  if (name === 'app.view')
    return view ? Promise.resolve({ ok: true, value: { rev, view } }) : new Promise(() => undefined)
  calls.push({ name, input })
  return Promise.resolve(answers.get(name)?.(input) ?? { ok: true, value: plain[name] })
}

export const fake = {
  /** Publishes a View, cloned as IPC clones. */
  show(next: View): void {
    view = structuredClone(next)
    rev += 1
    for (const listener of listeners) listener({ rev, view: structuredClone(view) })
  },
  /** Answers a command from now on; all others are taken and answer nothing, or something plain. */
  answer(name: CommandName, give: (input: unknown) => Promise<Result<unknown>> | Result<unknown>): void {
    answers.set(name, give)
  },
  /** What was asked since the last reset, without `app.view`. */
  calls: (): readonly Call[] => calls,
  reset(): void {
    calls = []
    answers = new Map()
  },
}

Object.defineProperty(window, 'drawbridge', {
  configurable: true,
  value: buildBridge({
    call: answer,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }),
})
