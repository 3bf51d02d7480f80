import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupsOf, provesCopy } from './recovery-key.ts'

describe('groupsOf', () => {
  test.each([
    ['EsTc 1234 abcd', ['EsTc', '1234', 'abcd']],
    ['EsTc1234abcd', ['EsTc', '1234', 'abcd']],
    ['EsTc\n1234\tab', ['EsTc', '1234', 'ab']],
    ['', []],
    ['   ', []],
    ['🐶🔒🍕🚀x', ['🐶🔒🍕🚀', 'x']],
  ])('of %j', (key, groups) => {
    expect(groupsOf(key)).toEqual(groups)
  })

  test('loses nothing but space, whatever the key looks like', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        expect(groupsOf(key).join('')).toBe(key.replace(/\s/gu, ''))
      }),
    )
  })
})

describe('provesCopy', () => {
  const key = 'EsTc 1234 abCD x'

  test.each([
    [0, 'EsTc', true],
    [0, ' estc ', true],
    [2, 'ABcd', true],
    [2, 'ab cd', true],
    [3, 'X', true],
    [0, 'EsT', false],
    [0, '1234', false],
    [0, '', false],
    [4, '', false],
    [-1, 'x', false],
    [0.5, 'EsTc', false],
    [Number.NaN, 'EsTc', false],
    [0, 'EsTc 1234', false],
  ])('group %d typed as %j: %s', (group, typed, isProved) => {
    expect(provesCopy(key, group, typed)).toBe(isProved)
  })

  test('takes any group of any key as it was shown, and no other text', () => {
    const keys = fc.array(fc.stringMatching(/^[A-Za-z0-9]{4}$/), { minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(keys, fc.nat(), fc.string(), (groups, pick, other) => {
        const group = pick % groups.length
        const shown = groups[group] ?? ''
        const recoveryKey = groups.join(' ')
        expect(provesCopy(recoveryKey, group, shown)).toBe(true)
        const isSame = other.replace(/\s/gu, '').toLowerCase() === shown.toLowerCase()
        expect(provesCopy(recoveryKey, group, other)).toBe(isSame)
      }),
    )
  })
})
