import { expect, test } from 'vitest'
import { codeOfFailure } from './failures.ts'

test.each([
  ['ENOTFOUND', 'beeper.host-unknown'],
  ['EAI_AGAIN', 'beeper.host-unknown'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'beeper.cert-untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'beeper.cert-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'beeper.cert-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'beeper.cert-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'beeper.cert-untrusted'],
  ['CERT_SIGNATURE_FAILURE', 'beeper.cert-untrusted'],
  ['CERT_UNTRUSTED', 'beeper.cert-untrusted'],
  ['CERT_REVOKED', 'beeper.cert-untrusted'],
  ['CERT_REJECTED', 'beeper.cert-untrusted'],
  ['INVALID_CA', 'beeper.cert-untrusted'],
  ['INVALID_PURPOSE', 'beeper.cert-untrusted'],
  ['UNSPECIFIED', 'beeper.cert-untrusted'],
  ['CERT_HAS_EXPIRED', 'beeper.cert-expired'],
  ['CERT_NOT_YET_VALID', 'beeper.cert-expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'beeper.cert-other-host'],
  ['HOSTNAME_MISMATCH', 'beeper.cert-other-host'],
  ['EPROTO', 'beeper.no-tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'beeper.no-tls'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'beeper.no-tls'],
  ['ECONNREFUSED', 'beeper.unreachable'],
  ['ECONNRESET', 'beeper.unreachable'],
  ['EHOSTUNREACH', 'beeper.unreachable'],
  ['', 'beeper.unreachable'],
  ['toString', 'beeper.unreachable'],
  ['__proto__', 'beeper.unreachable'],
])('"%s" is %s', (code, meant) => {
  expect(codeOfFailure(code)).toBe(meant)
})
