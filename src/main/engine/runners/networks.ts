import type { Target } from '../../beeper-port.ts'
import type { NetworksEffect, NetworksEvent } from '../../domain/networks.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'

export interface NetworksTools {
  readonly world: World
  readonly timers: Timers
  readonly target: () => Target | undefined
  readonly tokenRefused: () => void
  /** The token may not do what was tried. */
  readonly scopeMissing: (isClicked: boolean) => void
}

/**
 * Makes the runner of the lists of networks and accounts.
 * @returns runs one effect; it never throws, failures become events
 */
export function networksRunner({
  world,
  timers,
  target,
  tokenRefused,
  scopeMissing,
}: NetworksTools): (effect: NetworksEffect, send: (event: NetworksEvent) => void) => void {
  async function read(round: number, send: (event: NetworksEvent) => void): Promise<void> {
    const at = target()
    if (at === undefined) return
    const result = await world.beeper.readNetworks(at)
    // An answer to a sign-in that is over says nothing about the present one.
    if (target()?.token !== at.token) return
    if (result.ok) send({ type: 'read', round, ...result.value })
    else if (result.problem.code === 'beeper.token-refused') tokenRefused()
    else {
      if (result.problem.code === 'beeper.missing-scope') scopeMissing(false)
      send({ type: 'readFailed', round, problem: result.problem })
    }
  }

  return (effect, send) => {
    switch (effect.type) {
      case 'read':
        read(effect.round, send).catch((error: unknown) => {
          world.log.error('networks-not-read', error)
          send({ type: 'readFailed', round: effect.round, problem: { code: 'unexpected', retry: 'later' } })
        })
        break
      case 'readIn':
        timers.set('networks', effect.ms, () => {
          send({ type: 'readDue', round: effect.round })
        })
    }
  }
}
