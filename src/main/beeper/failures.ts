// What Node says when a connection fails, as problems. Names of certificate faults are those of OpenSSL's X509_V_ERR_* as Node
// passes them on (Node 20: src/crypto/crypto_common.cc, X509ErrorCode).
import type { ProblemCode } from '#contract/problem'

const known: Readonly<Record<string, ProblemCode>> = {
  ENOTFOUND: 'beeper.host-unknown',
  EAI_AGAIN: 'beeper.host-unknown',
  CERT_HAS_EXPIRED: 'beeper.cert-expired',
  CERT_NOT_YET_VALID: 'beeper.cert-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'beeper.cert-other-host',
  HOSTNAME_MISMATCH: 'beeper.cert-other-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'beeper.cert-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'beeper.cert-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'beeper.cert-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'beeper.cert-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'beeper.cert-untrusted',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'beeper.cert-untrusted',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'beeper.cert-untrusted',
  CERT_SIGNATURE_FAILURE: 'beeper.cert-untrusted',
  CERT_CHAIN_TOO_LONG: 'beeper.cert-untrusted',
  CERT_REJECTED: 'beeper.cert-untrusted',
  CERT_REVOKED: 'beeper.cert-untrusted',
  CERT_UNTRUSTED: 'beeper.cert-untrusted',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'beeper.cert-untrusted',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'beeper.cert-untrusted',
  INVALID_CA: 'beeper.cert-untrusted',
  INVALID_PURPOSE: 'beeper.cert-untrusted',
  PATH_LENGTH_EXCEEDED: 'beeper.cert-untrusted',
  // A fault that Node has no name for, such as a key that is too short.
  UNSPECIFIED: 'beeper.cert-untrusted',
  // Older versions of Node have no name for what TLS itself complains about; newer ones have `ERR_SSL_*`.
  EPROTO: 'beeper.no-tls',
}

/**
 * What a failed connection means to a person.
 * @param code of Node's error, such as `ECONNREFUSED`
 * @returns `beeper.unreachable` for everything without a remedy of its own
 */
export function codeOfFailure(code: string): ProblemCode {
  if (code.startsWith('ERR_SSL_')) return 'beeper.no-tls'
  return Object.hasOwn(known, code) ? (known[code] ?? 'beeper.unreachable') : 'beeper.unreachable'
}
