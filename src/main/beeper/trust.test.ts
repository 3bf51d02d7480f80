import { createAuthority, selfSigned } from '#simulator/certificates'
import type { Authority, Certificate } from '#simulator/certificates'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import type { TlsOptions } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { infoBody, sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { codeOf, rawServer } from '../testing/short-lived.ts'
import { call } from './request.ts'
import type { CallResult } from './request.ts'
import { trustedAuthority } from './testing/system-authority.ts'

const dayMs = 24 * 3_600_000
const names = ['127.0.0.1', 'localhost']
const closers: (() => unknown)[] = []
let authority: Authority
let stranger: Authority

beforeAll(async () => {
  authority = await trustedAuthority()
  stranger = await createAuthority()
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

async function secure(options: TlsOptions): Promise<TestServer> {
  const server = await serve((answer, { headers }) => {
    sendJSON(answer, 200, infoBody(`https://${headers.host ?? ''}`))
  }, options)
  closers.push(() => server.close())
  return server
}

const ask = (origin: string): Promise<CallResult<unknown>> => call('getAccounts', { origin, token: 'SECRET' }, {})

describe('a certificate that proves its server', () => {
  test('from an authority of the system is enough', async () => {
    const server = await secure(await authority.issue({ names }))
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('ok')
  })

  test('for a name is checked against the name', async () => {
    const server = await secure(await authority.issue({ names: ['localhost'] }))
    expect(codeOf(await call('getInfo', { origin: `https://localhost:${String(server.port)}` }, {}))).toBe('ok')
    expect(codeOf(await ask(server.origin))).toBe('beeper.cert-other-host')
  })
})

const withAuthority = async (certificate: Promise<Certificate>, { cert }: Authority): Promise<Certificate> => {
  const issued = await certificate
  return { ...issued, cert: `${issued.cert}\n${cert}` }
}

const bad: Readonly<Record<string, readonly [make: () => Promise<TlsOptions>, code: string]>> = {
  'vouches for itself': [() => selfSigned(names), 'beeper.cert-untrusted'],
  'is from an authority that nobody here knows': [() => stranger.issue({ names }), 'beeper.cert-untrusted'],
  'brings its own authority along': [() => withAuthority(stranger.issue({ names }), stranger), 'beeper.cert-untrusted'],
  'is of yesterday': [
    () => authority.issue({ names, notBefore: new Date(Date.now() - 31 * dayMs) }),
    'beeper.cert-expired',
  ],
  'is of tomorrow': [() => authority.issue({ names, notBefore: new Date(Date.now() + dayMs) }), 'beeper.cert-expired'],
  'is for another name': [() => authority.issue({ names: ['beeper.test'] }), 'beeper.cert-other-host'],
  'is for another address': [() => authority.issue({ names: ['127.0.0.2'] }), 'beeper.cert-other-host'],
  'comes with TLS 1.1': [
    async () => ({
      ...(await authority.issue({ names })),
      minVersion: 'TLSv1.1' as const,
      maxVersion: 'TLSv1.1' as const,
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
    'beeper.no-tls',
  ],
}

describe.each(Object.entries(bad))('a certificate that %s', (_, [make, code]) => {
  test(`is ${code}, and nothing is sent`, async () => {
    const server = await secure(await make())
    const result = await ask(server.origin)
    expect(result).toMatchObject({ ok: false, problem: { code, retry: 'now' } })
    expect(server.connectionCount).toBe(1)
    expect(server.heard).toEqual([])
  })

  test('is not taken when the environment says to take all', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const server = await secure(await make())
    expect(codeOf(await ask(server.origin))).toBe(code)
    expect(server.heard).toEqual([])
  })
})

describe('https to somebody who does not speak it', () => {
  test('plain HTTP is beeper.no-tls', async () => {
    const server = await serve((answer) => answer.end())
    closers.push(() => server.close())
    expect(codeOf(await ask(`https://127.0.0.1:${String(server.port)}`))).toBe('beeper.no-tls')
    expect(server.heard).toEqual([])
  })

  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['noise', '\0\0\0\0\0\0\0\0'],
  ])('%s is beeper.no-tls', async (_, greeting) => {
    const origin = await rawServer((socket) => socket.end(greeting))
    expect(codeOf(await ask(origin.replace('http:', 'https:')))).toBe('beeper.no-tls')
  })

  test('silence ends with the limit', async () => {
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const origin = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`
    expect(codeOf(await call('getInfo', { origin, signal: AbortSignal.timeout(200) }, {}))).toBe('beeper.timeout')
  })
})

/** The modules anew, so that what they read once is read again. */
async function fresh(): Promise<{ ask: (origin: string) => Promise<CallResult<unknown>> }> {
  vi.resetModules()
  const { call: freshCall } = await import('./request.ts')
  return { ask: (origin) => freshCall('getInfo', { origin }, {}) }
}

describe('the stores', () => {
  test('are read once, and not before the first https', async () => {
    const asked: string[] = []
    const before: unknown = Reflect.get(tls, 'getCACertificates')
    Object.assign(tls, {
      getCACertificates: (store: string) => {
        asked.push(store)
        return store === 'system' ? [authority.cert] : [...tls.rootCertificates]
      },
    })
    closers.push(() => Object.assign(tls, { getCACertificates: before }))
    const again = await fresh()
    const plain = await serve((answer) => {
      sendJSON(answer, 200, {})
    })
    closers.push(() => plain.close())
    const server = await secure(await authority.issue({ names }))
    await again.ask(plain.origin)
    expect(asked).toEqual([])
    expect(codeOf(await again.ask(server.origin))).toBe('ok')
    expect(codeOf(await again.ask(server.origin))).toBe('ok')
    expect(asked).toEqual(['default', 'system'])
  })

  test('are those of Node alone where it cannot name the others', async () => {
    const before: unknown = Reflect.get(tls, 'getCACertificates')
    Object.assign(tls, { getCACertificates: undefined })
    closers.push(() => Object.assign(tls, { getCACertificates: before }))
    const made = vi.spyOn(tls, 'createSecureContext')
    const again = await fresh()
    const server = await secure(await authority.issue({ names }))
    made.mockClear()
    expect(codeOf(await again.ask(server.origin))).toBe('beeper.cert-untrusted')
    expect(made.mock.calls).toEqual([[{ minVersion: 'TLSv1.2' }]])
  })
})
