// Devices that act by themselves, each in its own time: they accept, look at the emoji or at the tick, and say what they see.
import type { Clock } from './clock.ts'
import { moves, nextMove } from './moves.ts'
import type { Device } from './people.ts'
import type { Setup } from './setup.ts'
import type { Verification } from './verification.ts'
import type { Verifications } from './verifications.ts'

/** Plans what the other end of a verification does next by itself, if it is a device that does. */
export function planMove(verification: Verification, setup: Setup, verifications: Verifications, clock: Clock): void {
  const device = eagerDevice(verification, setup.signedIn?.person.devices ?? [])
  if (device?.answersAfterMs === undefined) return
  const name = nextMove(verification, device.compares ?? 'right')
  if (name === undefined) return
  // It may be planned more than once, and somebody may be quicker: when its time has come it has to be its turn still.
  clock.after(device.answersAfterMs, () => {
    if (!moves[name].when(verification)) return
    verifications.act(verification, () => {
      moves[name].run(verification, device)
    })
  })
}

function eagerDevice({ device, isStranger }: Verification, devices: readonly Device[]): Device | undefined {
  if (isStranger) return undefined
  if (device !== undefined) return devices.find(({ id }) => id === device.id)
  return devices.find(({ answersAfterMs }) => answersAfterMs !== undefined)
}
