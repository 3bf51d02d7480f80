import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { dirname, resolve } from 'node:path'
import { checkServerIdentity, createSecureContext } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createAuthority, selfSigned, type Authority, type Certificate } from './certificates.ts'
import { bench } from './testing.ts'

const here = ['localhost', '127.0.0.1', '::1']
const dayMs = 24 * 3_600_000

let authority: Authority
beforeAll(async () => {
  authority = await createAuthority()
})

/** Asks a server with this certificate for its info; the status, or the code of what stood in the way. */
async function ask(tls: Certificate, ca?: string, name = '127.0.0.1'): Promise<number | string | undefined> {
  const { simulator } = await bench({ tls, name })
  return new Promise((done) => {
    get(`${simulator.origin}/v1/info`, { ...(ca !== undefined && { ca }) }, (response) => {
      response.resume()
      done(response.statusCode)
    }).on('error', (error: NodeJS.ErrnoException) => {
      done(error.code)
    })
  })
}

describe('a certificate of an authority', () => {
  test.each(['127.0.0.1', 'localhost'])(
    'is good for %s to who trusts the authority, and to nobody else',
    async (name) => {
      const certificate = await authority.issue({ names: here })
      expect(await ask(certificate, authority.cert, name)).toBe(200)
      expect(await ask(certificate, undefined, name)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
      const stranger = await createAuthority()
      expect(await ask(certificate, stranger.cert, name)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    },
  )

  test('runs out', async () => {
    const notBefore = new Date(Date.now() - 10 * dayMs)
    const expired = await authority.issue({ names: here, notBefore, validDays: 5 })
    expect(await ask(expired, authority.cert)).toBe('CERT_HAS_EXPIRED')
    const early = await authority.issue({ names: here, notBefore: new Date(Date.now() + dayMs) })
    expect(await ask(early, authority.cert)).toBe('CERT_NOT_YET_VALID')
  })

  test('is no good for another host', async () => {
    const other = await authority.issue({ names: ['beeper.example', '127.0.0.9'] })
    expect(await ask(other, authority.cert)).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(await ask(other, authority.cert, 'localhost')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  test('names what it was asked for, as names and as addresses', async () => {
    const { cert } = await authority.issue({ names: ['beeper.example', '127.0.0.2', '::1'] })
    const { ca, subjectAltName } = new X509Certificate(cert)
    expect(ca).toBe(false)
    expect(subjectAltName).toBe('DNS:beeper.example, IP Address:127.0.0.2, IP Address:0:0:0:0:0:0:0:1')
    const peer = new X509Certificate(cert).toLegacyObject()
    expect(checkServerIdentity('beeper.example', peer)).toBeUndefined()
    expect(checkServerIdentity('::1', peer)).toBeUndefined()
    expect(checkServerIdentity('elsewhere.example', peer)).toBeInstanceOf(Error)
  })
})

test('one that signed itself is refused, and says so', async () => {
  const certificate = await selfSigned(here)
  expect(await ask(certificate)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect(await ask(certificate, authority.cert)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect(() => createSecureContext(certificate)).not.toThrow()
})

test('the demo in the app does not bring along what makes certificates', () => {
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import) ?\(?'(\.[^']+\.ts)'/g)) {
      follow(resolve(dirname(file), path))
    }
  }
  follow(resolve(import.meta.dirname, 'simulator.ts'))
  expect([...seen]).toContain(resolve(import.meta.dirname, 'pour.ts'))
  expect([...seen]).not.toContain(resolve(import.meta.dirname, 'certificates.ts'))
})
