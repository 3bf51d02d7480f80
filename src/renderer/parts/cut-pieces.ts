import type { Piece } from '#contract/marked-text'

/** Where a text may end so that no word and no character is torn: at a blank near the end, if there is one. */
function endIn(text: string, length: number): number {
  const blank = text.slice(0, length).search(/\s\S*$/u)
  if (blank > length / 2) return blank
  // Half of a surrogate pair would show as a box.
  return /[\ud800-\udbff]/u.test(text.charAt(length - 1)) ? length - 1 : length
}

/**
 * The beginning of a text that is too long to be read at once.
 * @param pieces all of it
 * @param length how many UTF-16 units; a link is never cut, because half of it leads elsewhere
 * @returns the pieces themselves where they are not longer
 */
export function beginningOf(pieces: readonly Piece[], length: number): readonly Piece[] {
  const kept: Piece[] = []
  let left = length
  for (const piece of pieces) {
    if (left <= 0) return [...kept, { kind: 'text', text: '…' }]
    if (piece.kind === 'link' || piece.text.length <= left) kept.push(piece)
    else return [...kept, { ...piece, text: `${piece.text.slice(0, endIn(piece.text, left))}…` }]
    left -= piece.text.length
  }
  return pieces
}
