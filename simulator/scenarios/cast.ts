// The people the scenarios are played with. All of them are invented.
import type { Person } from '../people.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'

const phone = { id: 'ADAPHONE01', name: 'Ada’s phone', sharesSecrets: true }
const tablet = { id: 'ADATABLET1', name: 'Ada’s tablet', sharesSecrets: true }
const owned = { none: [], phone: [phone], both: [phone, tablet] }

interface Belongings {
  readonly devices?: keyof typeof owned
  /** Written down and backed up. */
  readonly hasRecoveryKey?: boolean
}

/** Ada has been with Beeper for a while: a phone, perhaps a tablet, and a recovery key. */
export function addAda(world: World, { devices = 'phone', hasRecoveryKey = true }: Belongings = {}): Person {
  const key = new Random(world.seed, 'ada').recoveryKey()
  const generatedAtMs = Math.round(world.clock.now()) - 200 * 24 * 3_600_000
  return world.addPerson({
    email: 'ada@example.com',
    username: 'ada',
    fullName: 'Ada Example',
    devices: [...owned[devices]],
    recoveryKey: hasRecoveryKey ? { key, generatedAtMs } : undefined,
  })
}

/** Grace signed up once and has two devices; useful when a name or an address has to be taken. */
export function addGrace(world: World): Person {
  return world.addPerson({
    email: 'grace@example.com',
    username: 'grace',
    fullName: 'Grace Example',
    devices: [
      { id: 'GRACEPHONE', name: 'Grace’s phone', sharesSecrets: true },
      { id: 'GRACETABLT', name: 'Grace’s tablet', sharesSecrets: true },
    ],
    recoveryKey: { key: new Random(world.seed, 'grace').recoveryKey(), generatedAtMs: Math.round(world.clock.now()) },
  })
}

/** Ada is there, and all is well. */
export const signInReady = (world: World): void => {
  world.setup.place(addAda(world), 'ready')
}

/** Connected first, then put into its state: an account that is only just connecting would settle by itself. */
export function connect(world: World, bridgeID: string, person: string, status = 'connected', text?: string): void {
  const login = world.networks.connect(world.networks.find(bridgeID).entry, person, 'connected')
  world.networks.setStatus(login, status, text)
}
