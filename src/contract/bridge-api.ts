// The API that the window calls, built over a transport of two functions, so that the preload, the gallery and tests all
// get the same one.
import { commandNames } from './command-names.ts'
import type { CommandName } from './command-names.ts'
import type { AnswerOf, InputOf } from './commands.ts'
import type { Result } from './problem.ts'
import type { PublishedView } from './view.ts'

type GroupOf<Name extends CommandName> = Name extends `${infer Group}.${string}` ? Group : never
type VerbOf<Name extends CommandName, Group extends string> = Name extends `${Group}.${infer Verb}` ? Verb : never
type Call<Input, Answer> = undefined extends Input
  ? () => Promise<Result<Answer>>
  : (input: Input) => Promise<Result<Answer>>

/** `bridge.group.verb(input)` for each command, and `onView` to listen. */
export type BridgeApi = {
  readonly [Group in GroupOf<CommandName>]: {
    readonly [Verb in VerbOf<CommandName, Group>]: `${Group}.${Verb}` extends infer Name extends CommandName
      ? Call<InputOf<Name>, AnswerOf<Name>>
      : never
  }
} & { readonly onView: (listener: (published: PublishedView) => void) => () => void }

export interface Transport {
  /** Sends a command and resolves with its {@link Result}; rejects only when main is gone. */
  readonly call: (name: CommandName, input: unknown) => Promise<unknown>
  /** Listens to published Views; returns the way to stop. */
  readonly listen: (listener: (published: PublishedView) => void) => () => void
}

/**
 * Builds the API over a transport.
 * @param transport how a command travels and how Views arrive
 */
export function buildBridge(transport: Transport): BridgeApi {
  const groups: Record<string, Record<string, (input?: unknown) => Promise<unknown>>> = {}
  for (const name of commandNames) {
    const [group = '', verb = ''] = name.split('.')
    groups[group] = { ...groups[group], [verb]: (input?: unknown) => transport.call(name, input) }
  }
  // The loop above makes exactly the members that the mapped type spells out; the compiler cannot follow a string split.
  return {
    ...groups,
    onView: (listener: (published: PublishedView) => void) => transport.listen(listener),
  } as unknown as BridgeApi
}
