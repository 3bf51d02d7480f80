// From what a person types to the origin of a server on this computer. Another computer is not taken yet: it needs https
// and an explicit yes.
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'

const loopback = /^(?:127\.(?:\d{1,3}\.){2}\d{1,3}|\[::1\]|localhost)$/u
/**
 * Forms such as `0x7f.1` and `2130706433` become 127.0.0.1 in the URL parser, so the typed text is checked, not the result.
 * In lower case and without the flag `i`, which with `u` would also take a long s (U+017F) for an s.
 */
const typedShape = /^(?:http:\/\/)?(?<host>127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|localhost)(?::(?<port>\d{1,5}))?\/?$/u
const defaultPort = '23373'

/**
 * Reads an address: a port, `host:port` or a URL without path, on this computer only.
 * @param typed what the person typed
 * @returns the origin, with `localhost` as 127.0.0.1 so that no name has to be looked up; or problem `beeper.bad-address`
 */
export function originFrom(typed: string): Result<string> {
  const text = typed.trim().toLowerCase()
  const parts = /^\d{1,5}$/u.test(text) ? { host: '127.0.0.1', port: text } : typedShape.exec(text)?.groups
  if (parts === undefined) return failed({ code: 'beeper.bad-address', retry: 'never' })
  const host = parts['host'] === 'localhost' ? '127.0.0.1' : (parts['host'] ?? '')
  const port = Number(parts['port'] ?? defaultPort)
  const url = `http://${host}:${String(port)}`
  if (!URL.canParse(url) || !loopback.test(new URL(url).hostname) || port === 0)
    return failed({ code: 'beeper.bad-address', retry: 'never' })
  return ok(new URL(url).origin)
}
