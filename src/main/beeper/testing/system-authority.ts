// An authority that this computer trusts, while one test file runs.
import { createAuthority } from '#simulator/certificates'
import type { Authority } from '#simulator/certificates'
import tls from 'node:tls'

/**
 * Puts a new authority into what Node gives as the system's store. That is the one place where the product looks and a test can
 * reach: `NODE_EXTRA_CA_CERTS` is read when a process begins, and a list of its own would be a door in the product.
 * To be called before the first connection, because the store is read once.
 */
export async function trustedAuthority(): Promise<Authority> {
  const authority = await createAuthority()
  Object.assign(tls, {
    getCACertificates: (store: string) => (store === 'system' ? [authority.cert] : [...tls.rootCertificates]),
  })
  return authority
}
