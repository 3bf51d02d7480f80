// Which hosts are this computer or its own network, where a server may not send us (ORI-5).
import { BlockList, isIP } from 'node:net'

// Matches IPv4 addresses that are written as IPv6 (::ffff:127.0.0.1) too.
const privateNetworks = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv6')

/** A name that is this computer by definition (RFC 6761). */
export const isLocalName = (name: string): boolean => /(?:^|\.)localhost\.?$/u.test(name)

/**
 * Whether a host is this computer or of its own network, as far as its spelling tells: a name may still lead there.
 * @param host as the URL parser spells it, or an address
 */
export function isPrivate(host: string): boolean {
  const bare = host.replace(/^\[|\]$/gu, '')
  const version = isIP(bare)
  return version === 0 ? isLocalName(bare) : privateNetworks.check(bare, version === 4 ? 'ipv4' : 'ipv6')
}
