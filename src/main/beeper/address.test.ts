import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddress } from './address.ts'

const read = (typed: string): string => {
  const result = readAddress(typed)
  if (!result.ok) return result.problem.code
  return `${result.value.origin}${result.value.isRemote ? ' remote' : ''}`
}

const thisComputer = [
  ['23373', 'http://127.0.0.1:23373'],
  [' 23374 ', 'http://127.0.0.1:23374'],
  ['80', 'http://127.0.0.1'],
  ['443', 'http://127.0.0.1:443'],
  ['65535', 'http://127.0.0.1:65535'],
  ['00080', 'http://127.0.0.1'],
  ['localhost', 'http://127.0.0.1:23373'],
  ['LocalHost', 'http://127.0.0.1:23373'],
  ['localhost/', 'http://127.0.0.1:23373'],
  ['localhost:1234', 'http://127.0.0.1:1234'],
  ['http://localhost', 'http://127.0.0.1:23373'],
  ['HTTP://LOCALHOST:1234/', 'http://127.0.0.1:1234'],
  ['http://localhost/', 'http://127.0.0.1:23373'],
  ['127.0.0.1', 'http://127.0.0.1:23373'],
  ['127.0.0.1:23373', 'http://127.0.0.1:23373'],
  ['http://127.0.0.1', 'http://127.0.0.1:23373'],
  ['http://127.0.0.1:80', 'http://127.0.0.1'],
  ['http://127.0.0.1:23373', 'http://127.0.0.1:23373'],
  ['http://127.0.0.1:23373/', 'http://127.0.0.1:23373'],
  ['127.1.2.3', 'http://127.1.2.3:23373'],
  ['127.255.255.255:1', 'http://127.255.255.255:1'],
  ['[::1]', 'http://[::1]:23373'],
  ['[::1]:1234', 'http://[::1]:1234'],
  ['http://[::1]:1234/', 'http://[::1]:1234'],
  ['\n23373\r\n', 'http://127.0.0.1:23373'],
] as const

const elsewhere = [
  ['beeper.example.com', 'https://beeper.example.com'],
  ['Beeper.Example.COM', 'https://beeper.example.com'],
  ['beeper.example.com/', 'https://beeper.example.com'],
  ['beeper.example.com:23373', 'https://beeper.example.com:23373'],
  ['beeper.example.com:443', 'https://beeper.example.com'],
  ['https://beeper.example.com', 'https://beeper.example.com'],
  ['https://beeper.example.com/', 'https://beeper.example.com'],
  ['HTTPS://beeper.example.com:8443/', 'https://beeper.example.com:8443'],
  ['nas', 'https://nas'],
  ['my_server.lan:1', 'https://my_server.lan:1'],
  ['192.168.1.5', 'https://192.168.1.5'],
  ['192.168.1.5:23373', 'https://192.168.1.5:23373'],
  ['10.0.0.1', 'https://10.0.0.1'],
  ['128.0.0.1', 'https://128.0.0.1'],
  ['126.0.0.1', 'https://126.0.0.1'],
  ['169.254.169.254', 'https://169.254.169.254'],
  ['[fd00::1]:23373', 'https://[fd00::1]:23373'],
  ['[FD00::1]', 'https://[fd00::1]'],
  ['[::2]', 'https://[::2]'],
  // What is named like this computer and is another one.
  ['localhost.evil', 'https://localhost.evil'],
  ['localhost.evil.test:23373', 'https://localhost.evil.test:23373'],
  ['localhost.localdomain', 'https://localhost.localdomain'],
  ['127.0.0.1.evil.test', 'https://127.0.0.1.evil.test'],
  ['127.0.0.1.nip.io', 'https://127.0.0.1.nip.io'],
  ['xn--localhost-xyz', 'https://xn--localhost-xyz'],
  ['l\u043ecalhost', 'https://xn--lcalhost-nbh'],
  // This computer by https is asked for like any other.
  ['https://127.0.0.1', 'https://127.0.0.1'],
  ['https://localhost:23373', 'https://localhost:23373'],
  ['https://[::1]:23373/', 'https://[::1]:23373'],
  // Other scripts are shown as what is looked up.
  ['b\u00fccher.example', 'https://xn--bcher-kva.example'],
  ['B\u00dcCHER.example:1', 'https://xn--bcher-kva.example:1'],
  ['bu\u0308cher.example', 'https://xn--bcher-kva.example'],
  ['https://stra\u00dfe.example', 'https://xn--strae-oqa.example'],
  ['\u65e5\u672c\u8a9e.example', 'https://xn--wgv71a119e.example'],
  ['xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
] as const

const needsHttps = [
  'http://beeper.example.com', 'http://localhost.evil', 'http://localhost.evil.test:23373', 'http://192.168.1.5', 'HTTP://192.168.1.5:23373/',
  'http://10.0.0.1', 'http://169.254.169.254', 'http://128.0.0.1', 'http://[fd00::1]:23373', 'http://[::2]', 'http://[::ffff:7f00:1]',
  'http://127.0.0.1.nip.io', 'http://l\u043ecalhost', 'http://b\u00fccher.example',
] // prettier-ignore

const refused = [
  '', ' ', '0', '00', '00000', '65536', '99999', '123456', '-1', '1.5', '0x5b4d', '/', ':', ':80', '.', '..', '*', '@',
  'localhost@evil.test', 'http://localhost@evil.test', 'http://localhost:23373@evil.test', 'http://user:pw@127.0.0.1', 'http://user@localhost', 'https://me:pw@beeper.example.com',
  'localhost.', '127.0.0.1.', 'beeper.example.com.', 'a..b', '.example.com', '-a.example', 'a-.example', `${'a'.repeat(64)}.example`,
  '0x7f.1', '0x7f000001', '0x7f.0x0.0x0.0x1', '2130706433', '017700000001', '0177.0.0.1', '127.1', '127.0.1', '0.0.0.0', '0.0.0.0:23373', '0.0.0.1', 'https://0.0.0.0',
  'https://0x7f.1', 'https://2130706433', 'https://127.1', '192.168.1', '192.168.001.005', '127.0.0.256', '127.0.0.999', '1270.0.0.1', '256.256.256.256', 'foo.1',
  '[::]', '[::]:23373', 'https://[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::1%25lo]', '::1', 'fd00::1', '[::1', '::1]', '[::1]x', '[]', '[::1]:0', '[fd00:0::1]', '[g::1]',
  'ws://127.0.0.1', 'ftp://beeper.example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', '//127.0.0.1', 'http:/127.0.0.1', 'http:127.0.0.1', 'http:\\\\127.0.0.1', 'app://ui', 'https:', 'https://', 'http://', 'https:///x',
  'http://127.0.0.1:23373/v1', 'http://127.0.0.1:23373//', 'http://127.0.0.1:23373/?x', '127.0.0.1?x', '127.0.0.1#x', 'http://127.0.0.1:23373#x', '127.0.0.1/..', 'https://beeper.example.com/v1', 'beeper.example.com?x=1', 'beeper.example.com/#',
  'http://127.0.0.1\\@evil.test', 'http://127.0.0.1:23373\\@evil.test', 'https://beeper.example.com\\', 'beeper%2eexample.com', 'localhos%74', '%6c', 'a%00b',
  '127.0.0.1:0', 'localhost:0', 'localhost:00000', '127.0.0.1:', '127.0.0.1:65536', '127.0.0.1:99999', '127.0.0.1:abc', '127.0.0.1:-1', '127.0.0.1: 80', '127.0.0.1:\uff18\uff10', 'beeper.example.com:0', 'https://beeper.example.com:65536', 'beeper.example.com:',
  'localho\u017ft', '\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54', '\u24dbocalhost', '\uff11\uff12\uff17.0.0.1', '127\u30020\u30020\u30021', '127.0.0.\uff11', '\u0668\u0660', '\u0661\u0662\u0667.\u0660.\u0660.\u0661', '\u212aeeper.example', '\u0130.example', 'http\u017f://beeper.example.com', 'beeper\uff0eexample.com', '\u2100.example',
  'local\u00adhost', 'localhost\u200b', 'localhost\u0000', 'beeper\u0000.example.com', 'http://\tlocalhost', 'local\nhost', '127.0.0.1\r\nHost: evil', 'beeper.example.com\u202e', '\ufeffbeeper\ufeff.example',
  'localhost localhost', '127.0.0.1,evil.test', 'http://127.0.0.1 http://evil.test', '127.0.0.1:23373:80', 'a<b', 'a"b', 'a|b', 'a{b}', 'a^b', 'a`b', "a'b", 'a,b', 'a;b', 'a+b', 'a!b',
  'x'.repeat(254), 'x'.repeat(100_000), `127.0.0.1:${'0'.repeat(100_000)}`,
] // prettier-ignore

const count = thisComputer.length + elsewhere.length + needsHttps.length + refused.length

test('the tables hold at least 60 addresses', () => {
  expect(count).toBeGreaterThanOrEqual(60)
  expect(new Set([...thisComputer, ...elsewhere].map(([typed]) => typed)).size).toBe(
    thisComputer.length + elsewhere.length,
  )
})

describe('ORI-1: an address of this computer', () => {
  test.each(thisComputer)('"%s" is %s', (typed, origin) => {
    expect(read(typed)).toBe(origin)
  })
})

describe('ORI-1: an address of another computer, or by https, waits for a yes', () => {
  test.each(elsewhere)('"%s" is %s', (typed, origin) => {
    expect(read(typed)).toBe(`${origin} remote`)
  })
})

describe('ORI-1: plain HTTP to another computer', () => {
  test.each(needsHttps)('"%s" needs https', (typed) => {
    expect(readAddress(typed)).toEqual({ ok: false, problem: { code: 'beeper.needs-https', retry: 'never' } })
  })
})

describe('ORI-1: everything else is refused', () => {
  test.each(refused)('"%s"', (typed) => {
    expect(readAddress(typed)).toEqual({ ok: false, problem: { code: 'beeper.bad-address', retry: 'never' } })
  })
})

describe('ORI-1: whatever is typed', () => {
  const piece = fc.oneof(
    fc.constantFrom('http://', 'https://', 'HTTP://', 'localhost', '127.0.0.1', '127.1', '0x7f.1', '[::1]', '[::]', '0.0.0.0'),
    fc.constantFrom('evil.test', 'user:pw@', '@', ':23373', ':0', ':65536', ':', '/', '//', '\\', '?x', '#x', '%', '%2e', '.', '\0', '\t', ' '),
    fc.constantFrom('\u017f', '\uff11', '\u3002', '\u043e', '\u00ad', '\u212a', '\u00fc', 'xn--', '-', '1', '2130706433', '::', '[', ']'),
    fc.integer({ min: 0, max: 70_000 }).map(String),
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.webUrl(),
    fc.ipV4Extended(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.domain(),
  ) // prettier-ignore
  const typed = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))

  test('only loopback comes out with http, and never more than an origin', () => {
    let accepted = 0
    fc.assert(
      fc.property(typed, (text) => {
        const result = readAddress(text)
        if (!result.ok) return
        accepted += 1
        const { origin, isRemote } = result.value
        const url = new URL(origin)
        expect(url.origin).toBe(origin)
        expect([url.username, url.password, url.pathname, url.search, url.hash]).toEqual(['', '', '/', '', ''])
        expect(origin).toMatch(/^https?:\/\/[\x21-\x7e]+$/u)
        expect(isRemote).toBe(url.protocol === 'https:')
        if (!isRemote) expect(url.hostname).toMatch(/^(?:127(?:\.\d{1,3}){3}|\[::1\])$/u)
        expect(url.hostname).not.toMatch(/^(?:0(?:\.\d+){3}|\[::\])$|\.$/u)
        // What came out is an address itself, and the same one.
        expect(readAddress(origin.includes('https') || url.port !== '' ? origin : `${origin}:80`)).toEqual(result)
      }),
      { numRuns: 20_000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })
})
