import { expect, test } from 'vitest'
import { isDrawable } from './drawable.ts'

test('a character of every font can be drawn', () => {
  expect(isDrawable('A')).toBe(true)
})

test.each([
  ['a character of no font', '\u{10fffe}'],
  ['nothing', ' '],
  ['several in a row', 'AAAA'],
])('%s can not', (_, text) => {
  expect(isDrawable(text)).toBe(false)
})
