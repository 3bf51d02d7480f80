import { expect, test } from 'vitest'
import type { BeeperView } from '#contract/view'
import { hostOf, inSeenOrder, mainOf, nameOf } from './rows.ts'

const row = (origin: string, state: BeeperView['state'] = 'signed-out', name = ''): BeeperView => ({
  origin,
  name,
  version: '',
  kind: 'other',
  state,
  isRemembered: false,
  isRemote: false,
  problem: undefined,
})
test.each([
  [[], ['a', 'b', 'c'], ['a', 'b', 'c']],
  [
    ['a', 'b', 'c'],
    ['c', 'a', 'b'],
    ['a', 'b', 'c'],
  ],
  [
    ['a', 'b'],
    ['c', 'a', 'd', 'b'],
    ['a', 'b', 'c', 'd'],
  ],
  [
    ['a', 'b', 'c'],
    ['c', 'a'],
    ['a', 'c'],
  ],
  [['a'], [], []],
])('seen as %j and sent as %j they stand as %j', (seen, sent, shown) => {
  const rows = sent.map((origin) => row(origin))
  expect(inSeenOrder(seen, rows).map(({ origin }) => origin)).toEqual(shown)
})

test.each([
  ['the first that can be used', [row('a', 'refused'), row('b', 'signed-in'), row('c', 'ready')], 'b'],
  ['the one that stands alone', [row('a', 'too-old')], 'a'],
  ['the one Beeper among strangers', [row('a', 'not-beeper'), row('b', 'refused')], 'b'],
  ['none of several that cannot be used', [row('a', 'refused'), row('b', 'too-old')], undefined],
  ['no stranger', [row('a', 'not-beeper')], undefined],
  ['nothing of nothing', [], undefined],
])('the primary button is for %s', (_, rows, origin) => {
  expect(mainOf(rows)).toBe(origin)
})

test('a stranger is called by its address', () => {
  expect(nameOf(row('http://127.0.0.1:23376'))).toBe('127.0.0.1:23376')
  expect(nameOf(row('http://127.0.0.1:23376', 'ready', 'Attic'))).toBe('Attic')
  expect(hostOf('https://xn--bper-8raa.example.org:8443')).toBe('xn--bper-8raa.example.org:8443')
})
