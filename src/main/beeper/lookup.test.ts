import dns from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { lookupFor } from './lookup.ts'
import type { Reach } from './lookup.ts'
import { isPrivate } from './private-network.ts'
import { call } from './request.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** What the system says to any name. */
function resolving(...addresses: string[]): { asked: string[] } {
  const asked: string[] = []
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, _: unknown, answer: (...found: unknown[]) => void) => {
    asked.push(name)
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (found.length === 0) process.nextTick(answer, Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    else process.nextTick(answer, null, found)
    // Only one of the overloads of `lookup` is ever called, and this is it.
  }) as unknown as typeof dns.lookup)
  return { asked }
}

function found(name: string, isSecure: boolean, reach: Reach = 'anywhere', all = true): Promise<unknown> {
  return new Promise((resolve) => {
    lookupFor(isSecure, reach)(name, { all }, (error, address: string | LookupAddress[], family) => {
      if (error !== null) resolve(error.code)
      else resolve(typeof address === 'string' ? `${address} ${String(family)}` : address.map((one) => one.address))
    })
  })
}

describe('ORI-1: names', () => {
  test.each(['localhost', 'localhost.', 'beeper.localhost'])(
    '%s is this computer, and nobody is asked',
    async (name) => {
      const { asked } = resolving('203.0.113.7')
      expect(await found(name, true)).toEqual(['127.0.0.1', '::1'])
      expect(await found(name, false)).toEqual(['127.0.0.1', '::1'])
      expect(await found(name, true, 'anywhere', false)).toBe('127.0.0.1 4')
      expect(asked).toEqual([])
    },
  )

  test('no name is looked up for plain HTTP', async () => {
    const { asked } = resolving('127.0.0.1')
    expect(await found('evil.test', false)).toBe('ENOTFOUND')
    for (const origin of ['http://127.0.0.1:1', 'http://[::1]:1', 'http://localhost:1', 'http://evil.test:1'])
      await call('getInfo', { origin }, {})
    expect(asked).toEqual([])
    expect(await call('getInfo', { origin: 'http://evil.test' }, {})).toMatchObject({
      problem: { code: 'beeper.host-unknown', retry: 'now' },
    })
  })

  test('for https the system is asked', async () => {
    const { asked } = resolving('203.0.113.7', '2001:db8::1')
    expect(await found('beeper.test', true)).toEqual(['203.0.113.7', '2001:db8::1'])
    expect(await found('beeper.test', true, 'anywhere', false)).toBe('203.0.113.7 4')
    expect(asked).toEqual(['beeper.test', 'beeper.test'])
  })

  test('one that nobody knows is a problem of its own', async () => {
    resolving()
    expect(await found('nowhere.test', true)).toBe('ENOTFOUND')
    expect(await call('getInfo', { origin: 'https://nowhere.test' }, {})).toMatchObject({
      problem: { code: 'beeper.host-unknown', retry: 'now', detail: 'getInfo ENOTFOUND' },
    })
  })

  test('one that no resolver takes is the same, with the real look-up', async () => {
    const origin = `https://${'x'.repeat(64)}.invalid`
    expect(await call('getInfo', { origin }, {})).toMatchObject({ problem: { code: 'beeper.host-unknown' } })
  })
})

describe('ORI-5: addresses that the server may not choose', () => {
  test.each([
    '127.0.0.1', '127.255.255.255', '10.0.0.1', '192.168.0.1', '192.168.255.255', '172.16.0.1', '172.31.255.255', '169.254.169.254', '100.64.0.1', '0.0.0.0',
    '[::1]', '::1', '[::]', '[fc00::1]', '[fdff::1]', '[fe80::1]', '[febf::1]', '[::ffff:7f00:1]', '[::ffff:a00:1]', 'localhost', 'localhost.', 'a.localhost',
  ])('%s', (host) => {
    expect(isPrivate(host)).toBe(true)
  }) // prettier-ignore

  test.each([
    '203.0.113.7', '8.8.8.8', '172.15.0.1', '172.32.0.1', '192.167.0.1', '11.0.0.1', '128.0.0.1', '[2001:db8::1]', '[::ffff:808:808]', '[fec0::1]',
    'beeper.test', 'localhost.test', 'notlocalhost', '',
  ])('but %s may be', (host) => {
    expect(isPrivate(host)).toBe(false)
  }) // prettier-ignore

  test.each([[['10.0.0.1']], [['127.0.0.1']], [['203.0.113.7', '::1']], [['::ffff:127.0.0.1']], [['fe80::1']]])(
    'a name that leads to %s is refused',
    async (addresses) => {
      resolving(...addresses)
      expect(await found('pictures.test', true, 'public')).toBe('ENOTFOUND')
      expect(await found('pictures.test', true, 'anywhere')).toEqual(addresses)
    },
  )

  test('a name that leads to the public internet is taken', async () => {
    resolving('203.0.113.7')
    expect(await found('pictures.test', true, 'public')).toEqual(['203.0.113.7'])
    expect(await found('localhost', true, 'public')).toBe('ENOTFOUND')
  })
})
