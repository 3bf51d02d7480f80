import { expect, test } from 'vitest'
import { piecesOf } from '#contract/marked-text'
import { beginningOf } from './cut-pieces.ts'

const begun = (text: string, length: number): string =>
  beginningOf(piecesOf(text), length)
    .map((piece) => piece.text)
    .join('')

test('what fits stays the same', () => {
  const pieces = piecesOf('Open `Settings` at https://a.example/ now')
  expect(beginningOf(pieces, 600)).toBe(pieces)
})

test.each([
  ['ends at a word', 'one two three', 10, 'one two…'],
  ['ends anywhere where there is no word', 'abcdefghij', 4, 'abcd…'],
  ['tears no character', 'abc\u{1f98a}def', 4, 'abc…'],
  ['cuts what is marked as well', 'see `abcdefgh`', 8, 'see abcd…'],
  ['never cuts a link', 'see https://a.example/long now', 8, 'see https://a.example/long…'],
])('%s', (_, text, length, cut) => {
  expect(begun(text, length)).toBe(cut)
})
