import { expect, test } from 'vitest'
import { emojiFrom } from '#contract/beeper/emoji-address'
import { hueOf, lettersOf } from './colour.ts'
import { regroup } from './grouping.ts'
import { qrPath } from './qr-path.ts'

test.each([
  ['abcdefgh', 8, 'abcd efgh', 9],
  ['abcd', 4, 'abcd', 4],
  ['abcde', 5, 'abcd e', 6],
  ['ab cd ef', 2, 'abcd ef', 2],
  ['', 0, '', 0],
  ['abXcd efgh', 3, 'abXc defg h', 3],
])('%j with the caret at %i', (typed, caret, text, after) => {
  expect(regroup(typed, caret)).toEqual({ text, caret: after })
})

test('letters of a tile', () => {
  expect(lettersOf('WhatsApp')).toBe('W')
  expect(lettersOf('google messages beta')).toBe('GM')
  expect(lettersOf('🦊 den')).toBe('🦊D')
  expect(lettersOf('  ')).toBe('?')
  expect(hueOf('whatsapp')).toBe(hueOf('whatsapp'))
})

test.each([
  ['https://fonts.gstatic.com/s/e/notoemoji/latest/1f98a/emoji.svg', '🦊'],
  ['https://example.com/u1f6ae_200d_1f4a8.svg', '🚮\u200d💨'],
  ['https://example.com/emoji_u1f40c.png', '🐌'],
  ['https://example.com/face.svg', undefined],
  ['https://example.com/ffffff.svg', undefined],
  ['', undefined],
])('%s shows %s', (address, emoji) => {
  expect(emojiFrom(address)).toBe(emoji)
})

test('a code has its quiet zone', () => {
  const qr = qrPath('hello')
  expect(qr?.side).toBe(21 + 8)
  expect(qr?.path.startsWith('M4 4h7v1')).toBe(true)
})
