// The world at a glance, for the demo phone and for tests. It holds secrets (codes, keys): that is its purpose, and why the
// control API has an address nobody can guess.
import type { Account } from '#contract/beeper/gen/types.gen'
import type { Mail } from '../mailbox.ts'
import type { Device } from '../people.ts'
import { qrPicture, type QrPicture } from '../qr-picture.ts'
import type { SasEmoji } from '../sas-emoji.ts'
import type { SubmitCount } from '../submits.ts'
import type { Call } from '../traffic.ts'
import type { OtherDevice } from '../verification.ts'
import type { Wire } from '../wire.ts'
import { hintFor } from './hints.ts'
import type { World } from '../world.ts'

export interface SessionSnapshot {
  readonly loginSessionID: string
  readonly bridgeID: string
  readonly network: string
  readonly flowID: string
  readonly phase: string
  /** Key of the node in its flow. */
  readonly node: string
  /** The network is slow: what comes of the last submit or event is not known yet. */
  readonly isBusy: boolean
  /** Submits that are under way now, and that ever were at the same time. */
  readonly inFlight: number
  readonly maxInFlight: number
  readonly stepID: string
  readonly stepType: string
  readonly instructions?: string
  readonly display?: { readonly type: string; readonly data?: string; readonly count: number }
  /** What the phone can do now. */
  readonly events: readonly string[]
  /** What a person would find in a message or in the head and type into a form: one value that leads on. */
  readonly hint?: { readonly label: string; readonly value: string }
}

interface VerificationSnapshot {
  readonly verificationID: string
  readonly direction: string
  readonly phase: string
  readonly isLive: boolean
  readonly device?: OtherDevice
  /** Whose device it is; a stranger's is of another account than the one that is signed in. */
  readonly otherUserID: string
  readonly isStranger: boolean
  readonly methods: readonly string[]
  /** What the other device shows, and what this server does. */
  readonly emoji: readonly SasEmoji[]
  readonly ownEmoji: readonly SasEmoji[]
  /** The code the server shows for a phone to scan, and the one the phone shows. */
  readonly ownCode?: string
  readonly peerCode?: string
  /** `peerCode` to draw: black squares as an SVG path, one unit a square, and the length of a side. */
  readonly peerPicture?: QrPicture
  /** This side has read the other device's code, and that device asks whether there is a tick. */
  readonly isRead: boolean
  readonly error?: { readonly code: string; readonly reason: string }
  readonly hasConfirmed: boolean
  readonly hasPeerConfirmed: boolean
}

export interface Snapshot {
  readonly scenario: string
  readonly seed: number
  readonly nowMs: number
  readonly scale: number
  readonly isUp: boolean
  /** How many event sockets have subscribed. */
  readonly sockets: number
  /** What the setup tells, and what is true behind it while that is held. */
  readonly state: string
  readonly stateBehind?: string
  readonly wire: Wire
  readonly signedIn?: {
    readonly email: string
    readonly username: string
    readonly recoveryKey?: string
    /** Made, and not confirmed yet. */
    readonly pendingRecoveryKey?: string
  }
  readonly people: readonly { readonly email: string; readonly username: string; readonly recoveryKey?: string }[]
  readonly devices: readonly Device[]
  readonly mails: readonly Mail[]
  readonly sessions: readonly SessionSnapshot[]
  /** Submits by sign-in, also of those that are over. */
  readonly submits: readonly SubmitCount[]
  readonly verifications: readonly VerificationSnapshot[]
  readonly accounts: readonly Account[]
  /** Without values. */
  readonly tokens: readonly { readonly id: string; readonly source: string; readonly scopes: readonly string[] }[]
  readonly calls: readonly Call[]
  /** Answers of the simulator that broke its own contract: always empty, or the simulator is wrong. */
  readonly bugs: readonly string[]
}

export function snapshot(world: World): Snapshot {
  const person = world.setup.signedIn?.person
  const people = world.people.all().map(({ email, recoveryKey, username }) => ({
    email,
    username,
    ...(recoveryKey !== undefined && { recoveryKey: recoveryKey.key }),
  }))
  const known = people.find(({ email }) => email === person?.email)
  const { pendingKey, state, stateBehind } = world.setup
  const signedIn = known && { ...known, ...(pendingKey !== undefined && { pendingRecoveryKey: pendingKey }) }
  return {
    scenario: world.scenario,
    seed: world.seed,
    nowMs: Math.round(world.clock.now()),
    scale: world.clock.scale,
    isUp: world.power.isUp,
    sockets: world.channel.subscriberCount,
    state,
    ...(stateBehind !== undefined && { stateBehind }),
    wire: { ...world.wire },
    ...(signedIn !== undefined && { signedIn }),
    people,
    devices: person?.devices ?? [],
    mails: world.mailbox.all(),
    sessions: sessions(world),
    submits: world.submits.all(),
    verifications: verifications(world),
    accounts: world.networks.accounts(),
    tokens: world.tokens.all().map(({ id, scopes, source }) => ({ id, source, scopes })),
    calls: world.traffic.calls(),
    bugs: world.traffic.bugs,
  }
}

function sessions(world: World): SessionSnapshot[] {
  return world.sessions.all().map((session) => {
    const { entry, flow, id } = session.parts
    const { step } = session.node
    const data = session.liveCode
    const hint = hintFor(session)
    const { most, now } = world.submits.of(id)
    return {
      loginSessionID: id,
      bridgeID: entry.bridge.id,
      network: entry.bridge.displayName,
      flowID: flow.id,
      phase: session.phase,
      node: session.nodeKey,
      isBusy: session.isBusy,
      inFlight: now,
      maxInFlight: most,
      stepID: step.stepID,
      stepType: step.type,
      ...(session.instructions !== undefined && { instructions: session.instructions }),
      ...(step.display !== undefined && {
        display: { type: step.display.type, count: session.display, ...(data !== undefined && { data }) },
      }),
      events: session.events,
      ...(hint !== undefined && { hint }),
    }
  })
}

function verifications(world: World): VerificationSnapshot[] {
  return world.verifications.all().map((one) => ({
    verificationID: one.id,
    direction: one.direction,
    phase: one.phase,
    isLive: one.isLive,
    ...(one.device !== undefined && { device: one.device }),
    otherUserID: one.otherUserID,
    isStranger: one.isStranger,
    methods: one.shape.methods,
    emoji: one.phase === 'sas_ready' ? one.peerEmoji : [],
    ownEmoji: one.phase === 'sas_ready' ? one.emoji : [],
    ...(one.ownCode !== undefined && { ownCode: one.ownCode }),
    ...(one.peerCode !== undefined && { peerCode: one.peerCode, peerPicture: qrPicture(one.peerCode) }),
    isRead: one.isRead,
    ...(one.error !== undefined && { error: one.error }),
    hasConfirmed: one.hasConfirmed,
    hasPeerConfirmed: one.hasPeerConfirmed,
  }))
}
