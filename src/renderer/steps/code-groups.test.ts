import { expect, test } from 'vitest'
import { codeGroups } from './code-groups.ts'

test.each([
  ['FXJ39K2M', ['FXJ3', '9K2M']],
  ['123456789', ['1234', '5678', '9']],
  ['1234567', ['1234567']],
  ['K7QH-3XPD', ['K7QH-3XPD']],
  ['12 34 56 78', ['12 34 56 78']],
  ['', ['']],
  ['x'.repeat(25), ['x'.repeat(25)]],
])('%s', (code, groups) => {
  expect(codeGroups(code)).toEqual(groups)
  expect(groups.join('')).toBe(code)
})
