import { expect, test } from 'vitest'
import { hear } from './said.ts'
import type { Said } from './said.ts'

/** What there is to show after a row of answers, the last of which counts. */
const heard = (...answers: readonly (readonly [instructions: string, isRejected: boolean])[]): Said | undefined =>
  answers.reduce<Said | undefined>(
    (before, [instructions, isRejected]) => hear(before, instructions, isRejected),
    undefined,
  )

test.each([
  ['at first', [['Do it.', false]], 'Do it.', ''],
  [
    'refused with words',
    [
      ['Do it.', false],
      ['Wrong.', true],
    ],
    'Do it.',
    'Wrong.',
  ],
  [
    'refused without',
    [
      ['Do it.', false],
      ['Do it.', true],
    ],
    'Do it.',
    '',
  ],
  [
    'refused in silence',
    [
      ['Do it.', false],
      ['', true],
    ],
    'Do it.',
    '',
  ],
  [
    'on its way again',
    [
      ['Do it.', false],
      ['Wrong.', true],
      ['Wrong.', false],
    ],
    'Do it.',
    'Wrong.',
  ],
  [
    'refused twice',
    [
      ['Do it.', false],
      ['Wrong.', true],
      ['Wrong.', false],
      ['Wrong.', true],
    ],
    'Do it.',
    'Wrong.',
  ],
  [
    'told something else',
    [
      ['Do it.', false],
      ['Wrong.', true],
      ['Do that.', false],
    ],
    'Do that.',
    'Wrong.',
  ],
  [
    'met when it was refused already',
    [
      ['Wrong.', true],
      ['Wrong.', false],
    ],
    '',
    'Wrong.',
  ],
] as const)('%s', (_, answers, instructions, refusal) => {
  expect(heard(...answers)).toEqual({ instructions, refusal })
})
