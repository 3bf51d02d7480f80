// A recovery key is text in groups of four, shown and typed by people. These are the questions both sides ask of it.

/** The groups of a key as it is shown and asked for: four characters each, whatever spacing the server used. */
export const groupsOf = (recoveryKey: string): readonly string[] =>
  recoveryKey.replace(/\s/gu, '').match(/.{1,4}/gu) ?? []

/**
 * Whether the person copied the key: one group of it, retyped from their copy. Space around it and letter case do not
 * count: a person who wrote it down by hand has proved as much.
 * @param recoveryKey the key as it was shown
 * @param group which group was asked for, from 0
 * @param typedGroup what was typed
 */
export function provesCopy(recoveryKey: string, group: number, typedGroup: string): boolean {
  const asked = groupsOf(recoveryKey)[group]
  return asked !== undefined && typedGroup.replace(/\s/gu, '').toLowerCase() === asked.toLowerCase()
}
