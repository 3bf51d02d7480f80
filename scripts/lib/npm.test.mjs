import { expect, test } from 'vitest'
import { sameVersions } from './npm.mjs'

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/native-mac': { version: '1.0.0', optional: true },
  },
}

test.each([
  ['all that this machine needs', { 'node_modules/a': { version: '1.0.0' } }, true],
  ['another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ['one too few', {}, false],
  ['one too many', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }, false],
])('compares what is installed with the lock: %s', (_, packages, same) => {
  expect(sameVersions(lock, { packages })).toBe(same)
})
