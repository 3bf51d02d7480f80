/** What may stand between groups: space of every kind, dashes, and what cannot be seen. */
const between = /[\p{White_Space}\p{Dash}\p{Default_Ignorable_Code_Point}\p{Cc}]/gu

const bare = (text: string): string => text.replace(between, '')

/**
 * Sets typed text in groups of four and keeps the caret where the person was typing.
 * @param typed what the field holds
 * @param caret where the caret stands in it
 * @returns the grouped text and where the caret belongs now
 */
export function regroup(typed: string, caret: number): { readonly text: string; readonly caret: number } {
  const text = (bare(typed).match(/.{1,4}/gu) ?? []).join(' ')
  const before = bare(typed.slice(0, caret)).length
  return { text, caret: before === 0 ? 0 : before + Math.floor((before - 1) / 4) }
}

/**
 * Where a character stands in grouped text.
 * @param text groups with one blank between them
 * @param group which group, from 0
 * @param character one of that group; the whole group is meant where it is not found there
 */
export function placeOf(
  text: string,
  group: number,
  character: string,
): { readonly start: number; readonly end: number } {
  const groups = text.split(' ')
  const one = groups[group] ?? ''
  const start = groups.slice(0, group).join(' ').length + (group > 0 ? 1 : 0)
  const at = one.indexOf(character)
  return at < 0 ? { start, end: start + one.length } : { start: start + at, end: start + at + character.length }
}
