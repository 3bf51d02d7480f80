const bare = (text: string): string => text.replace(/\s/gu, '')

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
