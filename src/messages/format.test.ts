import { expect, test } from 'vitest'
import { day, fromNow } from './format.ts'

const now = Date.UTC(2026, 6, 1, 12)
const hours = 3_600_000

test.each([
  [20 * 24 * hours + 1, 'in 20 days', 'in 20 Tagen'],
  [2 * 24 * hours - 1, 'in 1 day', 'in 1 Tag'],
  [23 * hours, 'in 23 hours', 'in 23 Stunden'],
  [hours / 2, 'in 30 minutes', 'in 30 Minuten'],
  [10, 'in 0 minutes', 'in 0 Minuten'],
  [-3 * 24 * hours, '3 days ago', 'vor 3 Tagen'],
])('%i ms from now is %s', (ms, english, german) => {
  expect(fromNow('en', now + ms, now)).toBe(english)
  expect(fromNow('de', now + ms, now)).toBe(german)
})

test('a day is said in words', () => {
  expect(day('en', now)).toBe('July 1, 2026')
  expect(day('de', now)).toBe('1. Juli 2026')
})
