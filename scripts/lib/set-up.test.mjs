import { expect, test } from 'vitest'
import { progress } from './say.mjs'
import { isAtLeast } from './set-up.mjs'
import { withFuses } from './standin.mjs'

test.each([
  ['20.19.0', true],
  ['20.18.9', false],
  ['22.1.0', true],
  ['9.99.99', false],
])('is Node %s new enough: %s', (version, enough) => {
  expect(isAtLeast(version, '20.19')).toBe(enough)
})

test('without a terminal, progress is a line now and then', () => {
  let now = 0
  let text = ''
  const stream = /** @type {any} */ ({ isTTY: false, write: (/** @type {string} */ part) => (text += part) })
  const bar = progress('thing', { stream, now: () => now })
  for (now = 0; now < 8000; now += 100) bar.show(`${now} bytes`)
  bar.done('all')
  expect(text).toBe('  thing: 700 bytes\n  thing: 3700 bytes\n  thing: 6700 bytes\n  thing: all\n')
})

test('the fuses of the stand-in are changed only when they are the ones that were looked at', () => {
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const binary = (/** @type {string} */ fuses) => Buffer.from(`before${sentinel}\x01\x08${fuses}after`, 'latin1')
  expect(withFuses(binary('10100011')).equals(binary('10110001'))).toBe(true)
  expect(() => withFuses(binary('11111111'))).toThrow('unexpected fuses')
})
