// Certificates for TLS on this computer, made on the spot and kept in memory. Only tests and cli.ts load this file: what
// makes them is a development dependency, and the demo inside the app must not bring it along.
import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { generate, type CertificateExtension, type SelfsignedOptions } from 'selfsigned'

const dayMs = 24 * 3_600_000

/** PEM, as `startSimulator({ tls })` takes it. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface CertificateRequest {
  /** DNS names and IP addresses, IPv6 without brackets. */
  readonly names: readonly string[]
  /** 30 when absent. */
  readonly validDays?: number
  /** A minute ago when absent. With fewer `validDays` than have passed since, the certificate has expired. */
  readonly notBefore?: Date
}

export interface Authority {
  /** Its own certificate, PEM: who trusts this one trusts all that it issues. */
  readonly cert: string
  issue(request: CertificateRequest): Promise<Certificate>
}

/** Makes an authority that nobody trusts yet; no two have the same name. */
export async function createAuthority(): Promise<Authority> {
  const made = await generate(
    [{ name: 'commonName', value: `Simulated authority ${randomBytes(4).toString('hex')}` }],
    {
      ...options({ names: [] }),
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  )
  const ca = { key: made.private, cert: made.cert }
  return { cert: ca.cert, issue: (request) => create(request, { ca }) }
}

/** A good certificate in itself, with no authority behind it. */
export function selfSigned(names: readonly string[]): Promise<Certificate> {
  return create({ names })
}

async function create(request: CertificateRequest, more: SelfsignedOptions = {}): Promise<Certificate> {
  const subject = [{ name: 'commonName', value: request.names[0] ?? 'nobody' }]
  const extensions: CertificateExtension[] = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: request.names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
    },
  ]
  const made = await generate(subject, { ...options(request), extensions, ...more })
  return { key: made.private, cert: made.cert }
}

function options({ notBefore = new Date(Date.now() - 60_000), validDays = 30 }: CertificateRequest): SelfsignedOptions {
  const notAfterDate = new Date(notBefore.getTime() + validDays * dayMs)
  return { keyType: 'ec', algorithm: 'sha256', notBeforeDate: notBefore, notAfterDate }
}
