import { expect, test } from 'vitest'
import { placeOf, regroup } from './grouping.ts'

test.each([
  ['abcd-efgh', 9, 'abcd efgh', 9],
  ['abcd\u2013efgh\u00a0ij', 12, 'abcd efgh ij', 12],
  ['ab\r\ncd\tef', 4, 'abcd ef', 2],
  ['ab\u200bcd\ufeffef', 3, 'abcd ef', 2],
])('%j with the caret at %i', (typed, caret, text, after) => {
  expect(regroup(typed, caret)).toEqual({ text, caret: after })
})

test.each([
  [0, 'b', 1, 2],
  [1, 'e', 5, 6],
  [2, 'j', 11, 12],
  [2, '?', 10, 12],
  [5, 'x', 13, 13],
])('in group %i stands %s from %i to %i', (group, character, start, end) => {
  expect(placeOf('abcd efgh ij', group, character)).toEqual({ start, end })
})
