// What the runners report, brought to one form.

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} notes things to name, such as skipped and flaky tests
 */

/**
 * The tally of something that is one check in itself.
 * @param {boolean} good
 * @returns {Tally}
 */
export function oneCheck(good) {
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0, notes: [] }
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, each) => total + each.passed, 0),
    failed: tallies.reduce((total, each) => total + each.failed, 0),
    skipped: tallies.reduce((total, each) => total + each.skipped, 0),
    notes: tallies.flatMap((each) => each.notes),
  }
}

/**
 * The closing line, in the form that CI systems read.
 * @param {Tally} tally
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * A runner that gave up is a failure, also when no test of its report is.
 * @param {Tally} tally
 * @param {number} code
 * @param {string} runner
 * @returns {Tally}
 */
function heedExit(tally, code, runner) {
  if (code === 0 || tally.failed > 0) return tally
  return { ...tally, failed: 1, notes: [...tally.notes, `${runner} ended with code ${code} though no test failed`] }
}

/**
 * @typedef {{ status: string, name: string, assertionResults: { status: string, fullName: string }[] }} VitestFile
 * @param {{ testResults: VitestFile[] } | undefined} report of Vitest's json reporter
 * @param {number} code
 * @returns {Tally}
 */
export function tallyVitest(report, code) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const count = (/** @type {string} */ status) => tests.filter((test) => test.status === status).length
  // A file that cannot be loaded has no tests that could fail.
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(hasFailed))
  const left = tests.filter((test) => !['passed', 'failed'].includes(test.status))
  return heedExit(
    {
      passed: count('passed'),
      failed: count('failed') + broken.length,
      skipped: left.length,
      notes: [
        ...broken.map((file) => `could not be run: ${file.name}`),
        ...left.map((test) => `skipped: ${test.fullName}`),
      ],
    },
    code,
    'Vitest',
  )
}

/** @param {{ status: string }} test */
const hasFailed = (test) => test.status === 'failed'

/**
 * @typedef {{ title: string, file?: string, suites?: Suite[], specs?: { title: string, tests: { status: string }[] }[] }} Suite
 * @typedef {{ suites: Suite[], errors: { message?: string }[] }} PlaywrightReport
 * @param {PlaywrightReport | undefined} report of Playwright's json reporter
 * @param {number} code
 * @returns {Tally}
 */
export function tallyPlaywright(report, code) {
  const tests = (report?.suites ?? []).flatMap((suite) => testsOf(suite, ''))
  const named = (/** @type {string} */ status) => tests.filter((test) => test.status === status)
  const errors = report?.errors ?? []
  return heedExit(
    {
      passed: named('expected').length + named('flaky').length,
      failed: named('unexpected').length,
      skipped: named('skipped').length,
      notes: [
        ...errors.map(({ message }) => `Playwright: ${(message ?? 'unknown error').split('\n')[0]}`),
        ...named('flaky').map((test) => `passed at a second try only: ${test.title}`),
        ...named('skipped').map((test) => `skipped: ${test.title}`),
      ],
    },
    code,
    'Playwright',
  )
}

/**
 * @param {Suite} suite
 * @param {string} above
 * @returns {{ title: string, status: string }[]}
 */
function testsOf(suite, above) {
  const title = above ? `${above} › ${suite.title}` : suite.title
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => ({ title: `${title} › ${spec.title}`, status: test.status })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, title))]
}
