import { expect, test } from 'vitest'
import { closingLine, oneCheck, sum, tallyPlaywright, tallyVitest } from './tally.mjs'

const passed = { status: 'passed', fullName: 'a' }
const failed = { status: 'failed', fullName: 'b' }
const file = (/** @type {string} */ status, /** @type {{ status: string, fullName: string }[]} */ ...tests) => ({
  name: 'file.test.ts',
  status,
  assertionResults: tests,
})

test('counts what Vitest ran, and names what it left out', () => {
  const tally = tallyVitest({ testResults: [file('failed', passed, failed, { status: 'pending', fullName: 'c' })] }, 1)
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: 1, notes: ['skipped: c'] })
})

test('a test file that cannot be loaded is one failure', () => {
  const tally = tallyVitest({ testResults: [file('passed', passed), file('failed')] }, 1)
  expect(tally).toMatchObject({ passed: 1, failed: 1, notes: ['could not be run: file.test.ts'] })
})

test.each([
  ['without a report', undefined],
  ['after all tests have passed', { testResults: [file('passed', passed)] }],
])('Vitest giving up %s is one failure', (_, report) => {
  expect(tallyVitest(report, 1).failed).toBe(1)
})

test('counts flaky journeys as passed and names them, nested suites included', () => {
  const spec = (/** @type {string} */ title, /** @type {string} */ status) => ({ title, tests: [{ status }] })
  const suites = [
    {
      title: 'a.test.ts',
      specs: [spec('one', 'expected')],
      suites: [{ title: 'inner', specs: [spec('two', 'flaky'), spec('three', 'unexpected'), spec('four', 'skipped')] }],
    },
  ]
  expect(tallyPlaywright({ suites, errors: [] }, 1)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    notes: ['passed at a second try only: a.test.ts › inner › two', 'skipped: a.test.ts › inner › four'],
  })
})

test('Playwright finding nothing to run is one failure', () => {
  const tally = tallyPlaywright({ suites: [], errors: [{ message: 'Error: No tests found\nmore' }] }, 1)
  expect(tally).toMatchObject({ passed: 0, failed: 1 })
  expect(tally.notes[0]).toBe('Playwright: Error: No tests found')
})

test('the closing line mentions skipped tests only when there are any', () => {
  expect(closingLine(sum([oneCheck(true), oneCheck(false), oneCheck(true)]))).toBe('2 passed, 1 failed')
  expect(closingLine({ passed: 3, failed: 0, skipped: 1, notes: [] })).toBe('3 passed, 0 failed, 1 skipped')
})
