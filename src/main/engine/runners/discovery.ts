import type { DiscoveryEffect, DiscoveryEvent } from '../../domain/discovery.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'

/**
 * Makes the runner of the search: probes all origins side by side and tells each answer as it comes.
 * @returns runs one effect; it never throws
 */
export function discoveryRunner({
  world,
  timers,
}: {
  readonly world: World
  readonly timers: Timers
}): (effect: DiscoveryEffect, send: (event: DiscoveryEvent) => void) => void {
  async function look(origins: readonly string[], send: (event: DiscoveryEvent) => void): Promise<void> {
    const probes = origins.map(async (origin) => {
      send({ type: 'probed', origin, result: await world.beeper.probe(origin) })
    })
    await Promise.all(probes)
  }

  return (effect, send) => {
    switch (effect.type) {
      case 'look':
        look(effect.origins, send)
          .catch((error: unknown) => {
            world.log.error('look-failed', error)
          })
          .finally(() => {
            send({ type: 'lookEnded' })
          })
        break
      case 'lookIn':
        timers.set('discovery', effect.ms, () => {
          send({ type: 'lookDue' })
        })
    }
  }
}
