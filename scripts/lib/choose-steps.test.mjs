import { expect, test } from 'vitest'
import { chooseSteps } from './choose-steps.mjs'

const KNOWN = ['types', 'unit', 'e2e']

test.each([
  [[], KNOWN, []],
  [['--only', 'e2e,types'], ['types', 'e2e'], []],
  [['--skip=e2e'], ['types', 'unit'], []],
  [['--only', 'e2e', '--', 'one', '--workers=1'], ['e2e'], ['one', '--workers=1']],
  [['--only', 'e2e', '--'], ['e2e'], []],
])('reads %j', (argv, names, args) => {
  expect(chooseSteps(argv, KNOWN)).toEqual({ names, args })
})

test.each([[['--only', 'nothing']], [['--skip']], [['--help']]])('refuses %j and says what there is', (argv) => {
  expect(() => chooseSteps(argv, KNOWN)).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining('types, unit, e2e') }),
  )
})
