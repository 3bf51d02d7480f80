// Pictures from the public internet. Here that is 127.0.0.1, under a name that leads there and with a certificate for it.
import type { Result } from '#contract/problem'
import { createAuthority } from '#simulator/certificates'
import type { Authority } from '#simulator/certificates'
import dns from 'node:dns'
import type http from 'node:http'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { readPicture } from './pictures.ts'
import type * as privateNetwork from './private-network.ts'
import { dataURL, largest, noRasters, pngOf } from './testing/picture-bytes.ts'
import { trustedAuthority } from './testing/system-authority.ts'

const stand = vi.hoisted(() => ({ isPublic: true }))
vi.mock('./private-network.ts', async (load) => {
  const real = await load<typeof privateNetwork>()
  const isPrivate = (host: string): boolean => !(stand.isPublic && host === '127.0.0.1') && real.isPrivate(host)
  return { ...real, isPrivate }
})

const host = 'pictures.test'
const small = pngOf(100)
const target = { origin: 'http://127.0.0.1:1', token: 'SECRET' }
const closers: (() => unknown)[] = []
let authority: Authority
let server: TestServer

beforeAll(async () => {
  authority = await trustedAuthority()
})
beforeEach(() => {
  stand.isPublic = true
  const lookup = dns.lookup
  vi.spyOn(dns, 'lookup').mockImplementation((...given: unknown[]) => {
    const answer = given.at(-1)
    if (given[0] !== host || typeof answer !== 'function') Reflect.apply(lookup, dns, given)
    else process.nextTick(answer, null, [{ address: '127.0.0.1', family: 4 }])
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const close of closers.splice(0)) await close()
})

async function answering(answer: (answer: http.ServerResponse) => unknown, by = authority): Promise<string> {
  server = await serve((response) => void answer(response), await by.issue({ names: [host] }))
  closers.push(() => server.close())
  return `https://${host}:${String(server.port)}/cat.png`
}
const codeOf = (result: Result<string>): string => (result.ok ? 'ok' : result.problem.code)
const sending =
  (bytes: Buffer) =>
  (answer: http.ServerResponse): unknown =>
    answer.writeHead(200, { 'content-type': 'image/png' }).end(bytes)

describe('ORI-5: a picture from elsewhere', () => {
  test('is read, and the token is not for its server', async () => {
    const url = await answering(sending(small))
    expect(await readPicture(target, url)).toEqual({ ok: true, value: dataURL('image/png', small) })
    expect(server.heard).toHaveLength(1)
    expect(Object.keys(server.heard[0]?.headers ?? {}).sort()).toEqual(['accept', 'connection', 'host'])
    expect(JSON.stringify(server.heard)).not.toContain('SECRET')
  })

  test('nor is it for the name of the server on another port, or with another scheme', async () => {
    const url = await answering(sending(small))
    for (const origin of [`https://${host}`, `http://${host}:${String(server.port)}`, `https://${host}:1`])
      expect(codeOf(await readPicture({ origin, token: 'SECRET' }, url))).toBe('ok')
    expect(server.heard).toHaveLength(3)
    expect(JSON.stringify(server.heard)).not.toContain('SECRET')
  })

  test('is of the server itself when that is it, with the token', async () => {
    const { origin } = new URL(await answering(sending(small)))
    stand.isPublic = false
    expect(codeOf(await readPicture({ origin, token: 'SECRET' }, '/cat.png'))).toBe('ok')
    expect(server.heard[0]?.headers.authorization).toBe('Bearer SECRET')
  })

  test.each(noRasters)('%s is none', async (_, bytes) => {
    expect(codeOf(await readPicture(target, await answering(sending(bytes))))).toBe('picture.unusable')
  })

  test('of 2 MB is none', async () => {
    expect(codeOf(await readPicture(target, await answering(sending(pngOf(2 * largest)))))).toBe('picture.unusable')
  })

  test.each([301, 302, 303, 307, 308])('behind a redirect (%d) is none, and nobody else is asked', async (status) => {
    const other = await started((answer) => answer.end(small))
    const url = await answering((answer) => answer.writeHead(status, { location: other.origin }).end(small))
    expect(codeOf(await readPicture(target, url))).toBe('picture.unusable')
    expect(other.connectionCount).toBe(0)
    expect(server.heard).toHaveLength(1)
  })

  test('behind a name that leads to this computer is none, before anybody is asked', async () => {
    const url = await answering(sending(small))
    stand.isPublic = false
    expect(codeOf(await readPicture(target, url))).toBe('picture.unusable')
    expect(server.connectionCount).toBe(0)
  })

  test('whose server nobody vouches for is none', async () => {
    const url = await answering(sending(small), await createAuthority())
    expect(codeOf(await readPicture(target, url))).toBe('picture.unusable')
    expect(server.heard).toEqual([])
  })
})
