import { describe, expect, test } from 'vitest'
import { originFrom } from './origin.ts'

const read = (typed: string): string => {
  const result = originFrom(typed)
  return result.ok ? result.value : result.problem.code
}

describe('ORI-1: an address of this computer', () => {
  test.each([
    ['23373', 'http://127.0.0.1:23373'],
    [' 23374 ', 'http://127.0.0.1:23374'],
    ['80', 'http://127.0.0.1'],
    ['65535', 'http://127.0.0.1:65535'],
    ['00080', 'http://127.0.0.1'],
    ['localhost', 'http://127.0.0.1:23373'],
    ['LocalHost', 'http://127.0.0.1:23373'],
    ['localhost:1234', 'http://127.0.0.1:1234'],
    ['http://localhost', 'http://127.0.0.1:23373'],
    ['HTTP://LOCALHOST:1234/', 'http://127.0.0.1:1234'],
    ['http://localhost/', 'http://127.0.0.1:23373'],
    ['127.0.0.1', 'http://127.0.0.1:23373'],
    ['127.0.0.1:23373', 'http://127.0.0.1:23373'],
    ['http://127.0.0.1:23373', 'http://127.0.0.1:23373'],
    ['http://127.0.0.1:23373/', 'http://127.0.0.1:23373'],
    ['127.1.2.3', 'http://127.1.2.3:23373'],
    ['127.255.255.255:1', 'http://127.255.255.255:1'],
    ['[::1]', 'http://[::1]:23373'],
    ['[::1]:1234', 'http://[::1]:1234'],
    ['http://[::1]:1234/', 'http://[::1]:1234'],
  ])('"%s" is %s', (typed, origin) => {
    expect(read(typed)).toBe(origin)
  })
})

describe('ORI-1: everything else is refused', () => {
  test.each([
    '', ' ', '0', '00', '00000', '65536', '99999', '123456', '-1', '1.5', '1e3', '0x5b4d', 'abc',
    'localhost@evil.test', 'http://localhost@evil.test', 'http://localhost:23373@evil.test', 'http://user:pw@127.0.0.1', 'http://user@localhost',
    'localhost.evil.test', 'localhost.', 'localhost.localdomain', '127.0.0.1.', '127.0.0.1.evil.test', '127.0.0.1.nip.io', 'evil.test', 'evil.test:23373',
    '0x7f.1', '0x7f000001', '0x7f.0x0.0x0.0x1', '2130706433', '017700000001', '0177.0.0.1', '127.1', '127.0.1', '0', '0.0.0.0', '0.0.0.0:23373',
    '127.0.0.256', '127.0.0.999', '1270.0.0.1', '128.0.0.1', '126.0.0.1', '10.0.0.1', '192.168.1.1', '169.254.169.254', '172.17.0.1',
    '[::]', '[::2]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::1%25lo]', '::1', '[fe80::1]', '[::1', '[::1]:0',
    'https://127.0.0.1', 'https://localhost:23373', 'ws://127.0.0.1', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', '//127.0.0.1', 'http:/127.0.0.1', 'http:127.0.0.1', 'http:\\\\127.0.0.1', 'app://ui',
    'http://127.0.0.1:23373/v1', 'http://127.0.0.1:23373//', 'http://127.0.0.1:23373/?x', '127.0.0.1?x', '127.0.0.1#x', 'http://127.0.0.1:23373#x', '127.0.0.1/..', 'http://127.0.0.1\\@evil.test', 'http://127.0.0.1:23373\\@evil.test',
    '127.0.0.1:0', 'localhost:0', 'localhost:00000', '127.0.0.1:', '127.0.0.1:65536', '127.0.0.1:99999', '127.0.0.1:abc', '127.0.0.1:-1', '127.0.0.1: 80', '127.0.0.1:８０',
    'localhoſt', 'ｌｏｃａｌｈｏｓｔ', 'ⓛocalhost', 'lоcalhost', 'xn--localhost-xyz', '１２７.0.0.1', '127。0。0。1', '127.0.0.１', '٨٠', 'local\u00adhost', 'localhost\u200b', 'localhost\u0000', 'http://\tlocalhost', 'local\nhost', '127.0.0.1\r\nHost: evil',
    'localhost localhost', '127.0.0.1,evil.test', 'http://127.0.0.1 http://evil.test', '127.0.0.1:23373:80', 'x'.repeat(100_000), `127.0.0.1:${'0'.repeat(100_000)}`,
  ])('"%s"', (typed) => {
    expect(originFrom(typed)).toEqual({ ok: false, problem: { code: 'beeper.bad-address', retry: 'never' } })
  }) // prettier-ignore
})
