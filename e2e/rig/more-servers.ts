// Journeys that meet more than one Beeper: on other ports of this computer, and on another computer, which speaks TLS.
import { createAuthority, selfSigned } from '#simulator/certificates'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type { Simulator, SimulatorOptions } from '#simulator/simulator'
import type { World } from '#simulator/world'
import { randomInt } from 'node:crypto'
import { test as base, expect } from './test.ts'

export interface OtherBeeper {
  readonly port: number
  readonly origin: string
  readonly control: Control
  readonly world: World
  stop(): Promise<void>
}

export interface RemoteBeeper extends OtherBeeper {
  /** The authority behind its certificate, PEM. */
  readonly ca: string
}

/** `self-signed`: nobody vouches for it. `other-host`: its authority is good, its name is not. */
type Certificate = 'good' | 'self-signed' | 'other-host' | 'expired'

interface Fixtures {
  /** Starts a further Beeper on this computer. */
  readonly others: (options?: SimulatorOptions) => Promise<OtherBeeper>
  /** Starts a Beeper as on another computer. */
  readonly remote: (certificate: Certificate, options?: SimulatorOptions) => Promise<RemoteBeeper>
}

const host = 'localhost'

async function certificateOf(
  kind: Certificate,
): Promise<{ readonly key: string; readonly cert: string; readonly ca: string }> {
  const authority = await createAuthority()
  switch (kind) {
    case 'self-signed': {
      const made = await selfSigned([host])
      return { ...made, ca: made.cert }
    }
    case 'other-host':
      return { ...(await authority.issue({ names: ['another.example'] })), ca: authority.cert }
    case 'expired':
      return {
        ...(await authority.issue({ names: [host], validDays: 1, notBefore: new Date(Date.now() - 3 * 86_400_000) })),
        ca: authority.cert,
      }
    case 'good':
      return { ...(await authority.issue({ names: [host] })), ca: authority.cert }
  }
}

export const test = base.extend<Fixtures>({
  others: async ({ desk }, use) => {
    const running: Simulator[] = []
    await use(async (options = {}) => {
      const simulator = await startSimulator({ seed: randomInt(2 ** 31), ...options })
      running.push(simulator)
      return {
        port: Number(new URL(simulator.origin).port),
        origin: simulator.origin,
        control: new Control(simulator.controlURL),
        world: simulator.world,
        stop: () => simulator.close(),
      }
    })
    for (const simulator of running) {
      desk.secrets.push(...simulator.world.secrets())
      await simulator.close()
    }
  },

  remote: async ({ desk }, use) => {
    const running: Simulator[] = []
    await use(async (kind, options = {}) => {
      const { ca, ...tls } = await certificateOf(kind)
      const simulator = await startSimulator({ seed: randomInt(2 ** 31), tls, name: host, ...options })
      running.push(simulator)
      return {
        port: Number(new URL(simulator.origin).port),
        origin: simulator.origin,
        control: new Control(simulator.controlURL, { ca }),
        world: simulator.world,
        ca,
        stop: () => simulator.close(),
      }
    })
    for (const simulator of running) {
      desk.secrets.push(...simulator.world.secrets())
      await simulator.close()
    }
  },
})

export { expect }
