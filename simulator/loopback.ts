// The simulator talks to this computer only. A name that a web page could point at 127.0.0.1 is refused by its Host header.
import { isIPv4 } from 'node:net'

/** Whether an address to listen on reaches only this computer: one of 127.0.0.0/8, `::1` or `localhost`. */
export const isAddressHere = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (host.startsWith('127.') && isIPv4(host))

/** Whether a text can be the host in a URL: no port, no path, no brackets. */
export const isHostName = (name: string): boolean => /^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(name)

/** Whether a Host header names this computer, or bears the name under which the server was started at `origin`. */
export function isOwnHost(header: string | undefined, origin: string): boolean {
  if (header === undefined) return false
  const host = header.replace(/:\d+$/, '').toLowerCase()
  return host === '[::1]' || isAddressHere(host) || host === new URL(origin).hostname
}
