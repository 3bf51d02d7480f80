import { expect, test } from 'vitest'
import { isLoopbackPage, isWithinPhone } from './phone-url.ts'

const home = 'http://127.0.0.1:4000/phone'

test.each([home, `${home}/`, `${home}/chat/1`, `${home}?x=1#y`])('WIN-3: the phone may go to %s', (url) => {
  expect(isWithinPhone(url, home)).toBe(true)
})

test.each([
  '',
  'phone',
  'http://127.0.0.1:4000/',
  'http://127.0.0.1:4000/phones',
  'http://127.0.0.1:4000/phone/../control',
  'http://127.0.0.1:4000/phone/%2e%2e/control',
  'http://127.0.0.1:4001/phone',
  'http://localhost:4000/phone',
  'https://127.0.0.1:4000/phone',
  'http://user@127.0.0.1:4000/phone',
  'http://127.0.0.1:4000@evil.example/phone',
  'https://evil.example/phone',
  'file:///phone',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'app://ui/phone',
])('WIN-3: the phone may not go to %j', (url) => {
  expect(isWithinPhone(url, home)).toBe(false)
})

test.each([
  [home, true],
  ['http://localhost:4000/phone', false],
  ['http://127.0.0.2:4000/phone', false],
  ['http://evil.example/phone', false],
  ['http://a:b@127.0.0.1:4000/phone', false],
  ['file:///phone', false],
  ['', false],
])('WIN-3: the phone is opened at %j: %s', (url, isAllowed) => {
  expect(isLoopbackPage(url)).toBe(isAllowed)
})
