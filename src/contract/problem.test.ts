import { describe, expect, test } from 'vitest'
import { failed, ok, problemCodes } from './problem.ts'

describe('problem codes', () => {
  test('are all different', () => {
    expect(new Set(problemCodes).size).toBe(problemCodes.length)
  })

  test.each(problemCodes)('%s says where and what, in words', (code) => {
    expect(code).toMatch(
      /^(?:unexpected|(?:beeper|account|keychain|security|connect|picture|command|demo)\.[a-z]+(?:-[a-z]+)*)$/,
    )
  })
})

test('a result is a value or a problem, never both', () => {
  expect(ok(7)).toEqual({ ok: true, value: 7 })
  const problem = { code: 'unexpected', retry: 'now' } as const
  expect(failed(problem)).toEqual({ ok: false, problem })
})
