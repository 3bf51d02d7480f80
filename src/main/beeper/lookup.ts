// How the name of a server becomes an address: `localhost` without asking anybody, a name in plain HTTP never (ORI-1), and
// for what the server may choose only addresses of the public internet (ORI-5).
import dns from 'node:dns'
import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isLocalName, isPrivate } from './private-network.ts'

/** `public`: neither this computer nor its own network. */
export type Reach = 'anywhere' | 'public'

const loopback: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/** Codes as the system's own look-up has them, so that nobody has to tell the two apart. */
const unknown = (name: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`no address for ${name}`), { code: 'ENOTFOUND' })

/** Finds the addresses of a name; with an error the system's look-up gives none, whatever its type says. */
function find(
  name: string,
  isSecure: boolean,
  found: (error: Error | null, addresses?: LookupAddress[]) => void,
): void {
  if (isLocalName(name)) process.nextTick(found, null, loopback)
  else if (isSecure) dns.lookup(name, { all: true }, found)
  else process.nextTick(found, unknown(name))
}

/**
 * Makes the look-up for one connection. Addresses go to it in the order that they should be tried in.
 * @param isSecure whether the connection is TLS, whose certificate proves the name
 * @param reach which addresses may be connected to
 */
export function lookupFor(isSecure: boolean, reach: Reach): LookupFunction {
  return (name, options, answer) => {
    find(name, isSecure, (error, addresses = []) => {
      const [first] = addresses
      const isForbidden = reach === 'public' && addresses.some(({ address }) => isPrivate(address))
      if (error !== null || first === undefined || isForbidden) answer(error ?? unknown(name), '')
      else if (options.all === true) answer(null, addresses)
      else answer(null, first.address, first.family)
    })
  }
}
