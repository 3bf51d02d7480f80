// From what a person types to the origin of a server (ORI-1). Plain HTTP is for this computer alone; everything else is
// https, and waits for the person's yes.
import { failed, ok } from '#contract/problem'
import type { ProblemCode, Result } from '#contract/problem'
import { isIPv4 } from 'node:net'
import { domainToUnicode } from 'node:url'
import type { Address } from '../beeper-port.ts'

/**
 * Tested on lower case and without the flag `i`, which with `u` would also take a long s (U+017F) for an s. A host has none of
 * the characters that would make the rest of it something else: user, path, query, fragment, escape.
 */
const typedShape = /^(?:(?<scheme>https?):\/\/)?(?<host>\[[\d:a-f]+\]|[^\s#%/:?@[\\\]]+)(?::(?<port>\d{1,5}))?\/?$/u
/** Control and invisible characters, and the two letters beyond ASCII whose lower case begins with one of ASCII. */
const neverTyped = /[\p{Cc}\p{Cf}\u0130\u212A]/u
const nameShape = /^(?=.{1,253}$)[\d_a-z](?:[\d_a-z-]{0,61}[\d_a-z])?(?:\.[\d_a-z](?:[\d_a-z-]{0,61}[\d_a-z])?)*$/u
const loopback = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|localhost)$/u

const refused = (code: ProblemCode): Result<never> => failed({ code, retry: 'never' })

/** Digits of other scripts make a name in punycode, and were meant as a port or an address. */
const isNumber = (host: string): boolean => /^[\p{Nd}.]+$/u.test(host) && !isIPv4(host)

/** All of 0.0.0.0/8 and `[::]`: as a destination they mean this computer without saying so. */
const isUnspecified = (host: string): boolean => host === '[::]' || (isIPv4(host) && host.startsWith('0.'))

/**
 * A host as the URL parser spells it, if that is what was typed: the parser also reads `0x7f.1`, `2130706433`, `127.1` and
 * fullwidth digits as 127.0.0.1. A name in another script becomes punycode and must come back from it unchanged.
 */
function hostFrom(typed: string): string | undefined {
  if (!URL.canParse(`https://${typed}`)) return undefined
  const { hostname } = new URL(`https://${typed}`)
  const isAsTyped = hostname === typed || domainToUnicode(hostname) === typed
  const isFit = (hostname.startsWith('[') || nameShape.test(hostname)) && !isNumber(typed)
  return isAsTyped && isFit && !isUnspecified(hostname) ? hostname : undefined
}

/**
 * Without a port, loopback means Beeper's own. An https address keeps the port of its scheme, 443, with and without the scheme
 * typed: Beeper itself speaks plain HTTP, so what answers https is a proxy before it, and that listens where such do.
 */
const defaultPort = { http: 23373, https: 443 } as const

/**
 * Reads an address: a port of this computer, `host`, `host:port`, or a URL without path.
 * @param typed what the person typed
 * @returns the origin, with `localhost` over plain HTTP as 127.0.0.1 so that no name has to be looked up; problem
 *   `beeper.needs-https` for plain HTTP to another computer, `beeper.bad-address` for everything that is no such address
 */
export function readAddress(typed: string): Result<Address> {
  const trimmed = typed.trim()
  if (neverTyped.test(trimmed)) return refused('beeper.bad-address')
  const text = trimmed.normalize('NFC').toLowerCase()
  const parts = /^\d{1,5}$/u.test(text) ? { host: '127.0.0.1', port: text } : typedShape.exec(text)?.groups
  const host = hostFrom(parts?.['host'] ?? '')
  if (host === undefined) return refused('beeper.bad-address')
  const isLoopback = loopback.test(host)
  const scheme = parts?.['scheme'] ?? (isLoopback ? 'http' : 'https')
  const port = Number(parts?.['port'] ?? defaultPort[scheme === 'http' ? 'http' : 'https'])
  if (port === 0 || port > 65_535) return refused('beeper.bad-address')
  if (scheme === 'https') return ok({ origin: new URL(`https://${host}:${String(port)}`).origin, isRemote: true })
  if (!isLoopback) return refused('beeper.needs-https')
  const literal = host === 'localhost' ? '127.0.0.1' : host
  return ok({ origin: new URL(`http://${literal}:${String(port)}`).origin, isRemote: false })
}
