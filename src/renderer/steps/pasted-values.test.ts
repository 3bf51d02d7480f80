import { expect, test } from 'vitest'
import type { CookieField } from '#contract/beeper/login'
import { valuesIn } from './pasted-values.ts'

const field = (id: string, kind: CookieField['kind'] = 'cookie', name = id): CookieField => ({
  id,
  name,
  kind,
  isRequired: true,
  pattern: undefined,
})
const fields = [
  field('sid', 'cookie', 'SID'),
  field('d'),
  field('auth', 'header', 'Authorization'),
  field('token', 'other'),
]

test.each([
  ['a header', 'Cookie: SID=one; other=x; d=xoxd-a%2Fb==', { sid: 'one', d: 'xoxd-a%2Fb==' }],
  ['pairs', 'SID=one; d=two', { sid: 'one', d: 'two' }],
  ['pairs on lines', 'SID=one\r\nd=two\n', { sid: 'one', d: 'two' }],
  ['one pair', ' d=two ', { d: 'two' }],
  [
    'several headers',
    'authorization: Bearer abc:def\nCookie: SID=one; d=two\nHost: x.example',
    { auth: 'Bearer abc:def', sid: 'one', d: 'two' },
  ],
  [
    'a list in JSON',
    '[{"name":"SID","value":"one","domain":"x"},{"name":"d","value":7},{"name":"e"},null]',
    { sid: 'one', d: '7' },
  ],
  ['a list inside JSON', '{"url":"https://x","cookies":[{"name":"SID","value":"one"}]}', { sid: 'one' }],
  [
    'names and values in JSON',
    '{"SID":"one","d":{"value":"two"},"token":"three"}',
    { sid: 'one', d: 'two', token: 'three' },
  ],
  ['a table', 'SID\tone\t.x.example\t/\nd\ttwo', { sid: 'one', d: 'two' }],
  ['cookies.txt', '.x.example\tTRUE\t/\tTRUE\t0\tSID\tone', { sid: 'one' }],
])('%s fills what it names', (_, text, values) => {
  expect(valuesIn(text, fields)).toEqual(values)
})

test.each([
  'xoxd-abc==',
  '',
  '{',
  '[1,2]',
  '{"a":null}',
  'sid=lower case is another cookie',
  'SID=',
  '__proto__=x',
  'null',
])('%j is a single value', (text) => {
  expect(valuesIn(text, fields)).toEqual({})
})
