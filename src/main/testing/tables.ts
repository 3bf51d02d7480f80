// The shape of tables that leave nothing out.

/** Some states of every phase. */
export type ByPhase<State extends { readonly phase: string }> = {
  readonly [Phase in State['phase']]: readonly Extract<State, { readonly phase: Phase }>[]
}
/** Some events of every type. */
export type ByType<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: readonly Extract<Event, { readonly type: Type }>[]
}

/** All members of a table by phase or type, in one list. */
export const allOf = <T>(table: Readonly<Record<string, readonly T[]>>): readonly T[] => Object.values(table).flat()
