import { expect, test } from 'vitest'
import { problemCodes } from '#contract/problem'
import { en } from './en.ts'
import { duration, list, plural } from './format.ts'

test('every problem has words, and each title is one sentence', () => {
  for (const code of problemCodes) {
    const { title, explanation, action } = en.problems[code]
    expect(title, code).toMatch(/^[A-Z].*\.$/u)
    expect(explanation, code).toMatch(/\.$/u)
    expect(action.length, code).toBeGreaterThan(0)
  }
})

test('plural forms follow the language', () => {
  expect(en.home.titleNeedsYou(1)).toBe('1 account needs you')
  expect(en.home.titleNeedsYou(2)).toBe('2 accounts need you')
  expect(plural('ar', 2, { two: 'zwei', other: '#' })).toBe('zwei')
  expect(plural('en', 1200, { one: '#', other: '# things' })).toBe('1,200 things')
})

test.each([
  [-5, '0 sec'],
  [9_999, '9 sec'],
  [83_000, '1 min 23 sec'],
  [3_720_000, '1 hr 2 min'],
])('%i ms is %s', (ms, words) => {
  expect(duration('en', ms)).toBe(words)
})

test('names in a row', () => {
  expect(list('en', ['Ada', 'Bo', 'Cy'])).toBe('Ada, Bo, & Cy')
})

test('the saved file holds the key on a line of its own', () => {
  expect(en.native.saveRecoveryKey.contents('EsTb 7pQx').split('\n')).toContain('EsTb 7pQx')
})

/** The keys of each plural rule are the ones that English has. */
test('English has the forms that it is given', () => {
  expect(new Intl.PluralRules('en').resolvedOptions().pluralCategories.sort()).toEqual(['one', 'other'])
})
