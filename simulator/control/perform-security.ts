// What the commands about encryption do to the world.
import type { E2EeStatus } from '#contract/beeper/gen/types.gen'
import { ApiFailure } from '../failure.ts'
import { moves } from '../moves.ts'
import { userIDOf, type Device } from '../people.ts'
import type { ForcedFlags } from '../setup.ts'
import type { OtherDevice, VerificationShape } from '../verification.ts'
import type { World } from '../world.ts'
import type { CommandInput, CommandOutput } from './commands.ts'
import type { SecurityCommandName } from './security-commands.ts'

type Performers = { readonly [K in SecurityCommandName]: (world: World, input: CommandOutput<K>) => unknown }

/** One function for each command; what it returns is the answer. Throws `ApiFailure` when the world does not allow it. */
export const securityPerformers: Performers = {
  verification: (world, { action, deviceID, verificationID }) => {
    const verification = world.verifications.find(verificationID)
    const move = moves[action]
    if (!move.when(verification)) {
      throw new ApiFailure(409, 'conflict', `The other device cannot ${action} while it is ${verification.phase}`)
    }
    const device = chosenDevice(world, verification.device?.id ?? deviceID)
    if (device === undefined && deviceID !== undefined) throw new ApiFailure(404, 'not_found', 'No such device')
    world.verifications.act(verification, () => {
      move.run(verification, device)
    })
  },
  requestVerification: (world, request) => {
    const from = askingDevice(world, request)
    const { methods, userID } = request
    const opened = world.verifications.open({ direction: 'incoming', purpose: 'device', from, userID })
    if (methods !== undefined) world.verifications.reshape({ methods }, opened)
    return { verificationID: opened.id }
  },
  device: (world, { id, isGone, ...changes }) => {
    const { devices } = world.setup.requireSignedIn().person
    const at = devices.findIndex((device) => device.id === id)
    if (isGone === true) {
      if (at === -1) throw new ApiFailure(404, 'not_found', 'No such device')
      devices.splice(at, 1)
      return
    }
    devices.splice(at === -1 ? devices.length : at, 1, changed(devices[at], id, changes))
    for (const verification of world.verifications.all()) world.letDevicesAct(verification)
  },
  vanish: (world, { verificationID }) => {
    world.verifications.vanish(world.verifications.find(verificationID))
  },
  stop: (world, { code, phase, reason, verificationID }) => {
    const verification = world.verifications.find(verificationID)
    if (!verification.isLive) throw new ApiFailure(409, 'conflict', 'It is over already')
    world.verifications.act(verification, () => {
      verification.stop(phase ?? 'cancelled', code, reason ?? `Stopped: ${code}`)
    })
  },
  shape: (world, { verificationID, ...shape }) => {
    const verification = verificationID === undefined ? undefined : world.verifications.find(verificationID)
    world.verifications.reshape(given<VerificationShape>(shape), verification)
  },
  state: (world, { afterMs, next, state }) => {
    world.setup.force(state, next === undefined ? undefined : { afterMs: afterMs ?? 0, next })
  },
  setup: (world, { e2ee, isHeld }) => {
    if (isHeld !== undefined) world.setup.hold(isHeld)
    if (e2ee !== undefined) world.setup.forceFlags(e2ee === null ? null : flagsOf(e2ee))
  },
  events: (world, manner) => {
    world.channel.setManner(given(manner))
  },
  repeatEvent: (world, { type }) => ({ sent: world.channel.repeat(type) }),
  staleState: (world, { state }) => ({
    sent: world.channel.sendEvent('app.state.updated', {
      appState: { ...world.state(), ...world.setup.snapshot(state) },
    }),
  }),
  frame: (world, { frame = {}, text }) => {
    if (text !== undefined) return { sent: world.channel.sendText(text) }
    const { type = 'simulator.unknown', ...content } = frame
    return { sent: world.channel.sendEvent(String(type), content) }
  },
  dropSockets: (world, { code }) => ({ sent: world.channel.endAll(code) }),
  restart: (world, { downMs, initializingMs }) => {
    world.restart(downMs === undefined ? 0 : downMs, initializingMs)
  },
  start: (world) => {
    world.start()
  },
}

function askingDevice(world: World, request: CommandInput<'requestVerification'>): OtherDevice {
  const { deviceID, deviceName, userID } = request
  const { person } = world.setup.requireSignedIn()
  const isOwn = userID === undefined || userID === userIDOf(person)
  const device = isOwn ? chosenDevice(world, deviceID) : { id: deviceID ?? 'STRANGER01', sharesSecrets: false }
  if (device === undefined) throw new ApiFailure(409, 'conflict', 'There is no other device')
  if (deviceName === undefined) return device
  return { id: device.id, sharesSecrets: device.sharesSecrets, ...(deviceName !== null && { name: deviceName }) }
}

function changed(
  before: Device | undefined,
  id: string,
  { answersAfterMs, compares, name, sharesSecrets }: Omit<CommandInput<'device'>, 'id' | 'isGone'>,
): Device {
  const { answersAfterMs: waitedMs, ...rest } = before ?? { id, name: id, sharesSecrets: true }
  const waitsMs = answersAfterMs === undefined ? waitedMs : (answersAfterMs ?? undefined)
  const changes = given<Device>({ name, sharesSecrets, compares, answersAfterMs: waitsMs })
  return { ...rest, ...changes }
}

function flagsOf({ secrets = {}, ...flags }: NonNullable<CommandOutput<'setup'>['e2ee']>): ForcedFlags {
  return { ...given<Omit<E2EeStatus, 'secrets'>>(flags), secrets: given<E2EeStatus['secrets']>(secrets) }
}

/** The members that somebody has set. */
function given<T extends object>(members: { readonly [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>
}

function chosenDevice(world: World, deviceID: string | undefined): Device | undefined {
  const { devices } = world.setup.requireSignedIn().person
  return deviceID === undefined ? devices[0] : devices.find(({ id }) => id === deviceID)
}
