import { networkInterfaces } from 'node:os'

/**
 * Where Beeper can listen beside 127.0.0.1: the other loopback address, or, on a machine without IPv6 (some containers),
 * a second one of the same kind. Tests that want two addresses find two everywhere.
 */
export const otherLoopback = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1')
  ? '::1'
  : '127.0.0.2'
