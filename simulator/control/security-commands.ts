// The commands about encryption: the other devices, verifications, what the setup says, the events, and a restart.
import { z } from 'zod'
import { zE2EeSecrets, zE2EeStatus } from '#contract/beeper/gen/zod.gen'

const zFlags = zE2EeStatus.omit({ secrets: true }).extend({ secrets: zE2EeSecrets.partial() }).partial()

export const securityCommands = {
  /** The other device's move in a verification. */
  verification: z.strictObject({
    verificationID: z.string(),
    action: z.enum(['accept', 'startEmoji', 'confirm', 'mismatch', 'cancel']),
    /** Which device accepts a request that went to several; the first when absent. */
    deviceID: z.string().optional(),
  }),
  /** Another device asks to verify this one: one of the person's, or with `userID` somebody else's. */
  requestVerification: z.strictObject({
    deviceID: z.string().optional(),
    /** Of a stranger. What comes of such a verification does not change what is trusted here. */
    userID: z.string().optional(),
    /** How the device calls itself; `null`: it has no name. */
    deviceName: z.string().nullable().optional(),
    methods: z.array(z.string()).optional(),
  }),
  /** Adds a device to the person's account, or changes one. What is absent stays as it is. */
  device: z.strictObject({
    id: z.string().min(1),
    name: z.string().optional(),
    sharesSecrets: z.boolean().optional(),
    /** Accepts and compares by itself, this long after it was asked; `null`: only when told to. */
    answersAfterMs: z.number().nonnegative().nullable().optional(),
    /** What a device that answers by itself says of the emoji: what is true, or always that they differ. */
    compares: z.enum(['right', 'wrong']).optional(),
    /** It has been signed out of the account. */
    isGone: z.boolean().optional(),
  }),
  /** A verification is no longer there: not in the list, not by its ID. */
  vanish: z.strictObject({ verificationID: z.string() }),
  /** A verification ends for a reason of the server or the other side, such as `m.timeout` or `m.accepted`. */
  stop: z.strictObject({
    verificationID: z.string(),
    code: z.string(),
    reason: z.string().optional(),
    phase: z.enum(['cancelled', 'error']).optional(),
  }),
  /**
   * How a verification is from now on: a running one, or the next that is opened when no ID is given. `null` gives back the
   * real state, actions and emoji.
   */
  shape: z.strictObject({
    verificationID: z.string().optional(),
    /** Both sides' common methods. Without `sas` no emoji can be started, without `qr` there are no codes. */
    methods: z.array(z.string()).optional(),
    /** Told in place of the state; the verification itself goes on as it is. */
    state: z.string().nullable().optional(),
    /** Told in place of the actions; what is really possible does not change. */
    availableActions: z.array(z.string()).nullable().optional(),
    /** Told in place of the emoji, as one string. */
    emojis: z.string().nullable().optional(),
    /** Somebody sits in between: the other device shows other emoji than this server. */
    isIntercepted: z.boolean().optional(),
  }),
  /** Puts the setup into any state, and on to `next` after a time. Verifications are not touched. */
  state: z.strictObject({
    state: z.string().min(1),
    afterMs: z.number().nonnegative().optional(),
    next: z.string().min(1).optional(),
  }),
  /** What the setup tells. What is absent stays as it is. */
  setup: z.strictObject({
    /** It tells the state in which it is now, whatever happens; released, it tells at once what became of it. */
    isHeld: z.boolean().optional(),
    /** Flags that are told in place of the real ones; `null`: none. */
    e2ee: zFlags.nullable().optional(),
  }),
  /** How events arrive from now on. What is absent stays as it is. */
  events: z.strictObject({
    isDoubled: z.boolean().optional(),
    /** They arrive late, as they were when they were made. */
    delayMs: z.number().nonnegative().optional(),
    /** Nothing arrives, and nothing is made up for later. */
    isMuted: z.boolean().optional(),
  }),
  /** Sends an event of before once more, under a new `seq`: the newest, or the newest of a type. */
  repeatEvent: z.strictObject({ type: z.string().optional() }),
  /** Sends a late `app.state.updated`: with this state and the flags that go with it, whatever is true by now. */
  staleState: z.strictObject({ state: z.string() }),
  /** Sends any frame; `text` as it is, members of `frame` with `seq` and `ts` if they have none. */
  frame: z.strictObject({ text: z.string().optional(), frame: z.record(z.string(), z.unknown()).optional() }),
  /** Cuts every event socket, or closes it with a code. */
  dropSockets: z.strictObject({ code: z.int().min(1000).max(4999).optional() }),
  /**
   * Beeper is restarted. Sockets and running calls are cut; verifications, sign-ins at networks and the recovery key that
   * nobody has confirmed are gone; tokens, person and setup stay.
   */
  restart: z.strictObject({
    /** For how long nothing answers; `null`: until `start`. At once when absent. */
    downMs: z.number().nonnegative().nullable().optional(),
    /** How long the setup is `initializing` before it is what it was. */
    initializingMs: z.number().nonnegative().optional(),
  }),
  /** Ends the downtime of a restart. */
  start: z.strictObject({}),
} as const

export type SecurityCommandName = keyof typeof securityCommands
