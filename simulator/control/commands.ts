// The control API as data: what a test or the demo phone may tell the world, by name. One schema each, used by the server to
// decode and by the client to type.
import { z } from 'zod'
import type { OperationID } from '../operation.ts'
import { operationIDs } from '../operation.ts'
import { scenarioNames, type ScenarioName } from '../scenarios/register.ts'
import { securityCommands } from './security-commands.ts'

const zOperation = z.enum(operationIDs as [OperationID, ...OperationID[]])
const zScope = z.enum(['read', 'write'])
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text
const zScenario = z.enum(scenarioNames as [ScenarioName, ...ScenarioName[]])

export const commands = {
  /** Starts another story at the same address. All tokens, sessions and calls of the old one are gone. */
  reset: z.strictObject({ scenario: zScenario.optional(), seed: z.int().optional() }),
  /** Moves the clock ahead and lets everything due on the way happen. */
  step: z.strictObject({ ms: z.number().nonnegative() }),
  scale: z.strictObject({ scale: z.number().nonnegative() }),
  /** Something the person does on the phone, by a name of the current node's `events`. */
  event: z.strictObject({ loginSessionID: z.string(), name: z.string() }),
  /** A phone reads this text off a screen. `event` says what comes of it at a network; `scan` when absent. */
  scan: z.strictObject({ data: z.string(), event: z.string().optional() }),
  ...securityCommands,
  /** Somebody signs this server out. */
  signOut: z.strictObject({}),
  /** Signs a known person in on the server without any app. */
  signIn: z.strictObject({ email: z.string(), state: z.string().optional() }),
  /** Makes a token, as the person could in Beeper's settings or as an account token an app may have stored. */
  token: z.strictObject({
    source: z.enum(['account', 'oauth', 'manual']).optional(),
    scopes: z.array(zScope).optional(),
    expiresInMs: z.number().nonnegative().optional(),
  }),
  /** Revokes tokens: one by value or ID, those of a source, or all. */
  revoke: z.strictObject({
    token: z.string().optional(),
    source: z.enum(['account', 'oauth', 'manual']).optional(),
  }),
  /** Which Beeper this is: the app or the one without a screen, and its version. */
  server: z.strictObject({ kind: z.enum(['desktop', 'server']).optional(), version: z.string().min(1).optional() }),
  /** The server says that its endpoints and its base URL are at another origin; absent, they are its own again. */
  endpoints: z.strictObject({ foreignOrigin: z.string().refine(isOrigin, 'Send an origin without a path').optional() }),
  /** How tokens are given from now on, and which of the younger endpoints exist. What is absent stays as it is. */
  oauth: z.strictObject({
    /** `null`: tokens live on and no end is told. */
    tokenLifeMs: z.number().nonnegative().nullable().optional(),
    /** What the person grants at most; with none of them consent is refused. */
    scopes: z.array(zScope).optional(),
    hasIntrospection: z.boolean().optional(),
    hasRevocation: z.boolean().optional(),
  }),
  connect: z.strictObject({ bridgeID: z.string(), person: z.string(), status: z.string().optional() }),
  /** Breaks or mends an account. `code` picks one of the network's own `accountStates`. */
  account: z.strictObject({
    accountID: z.string(),
    status: z.string().optional(),
    text: z.string().optional(),
    code: z.string().optional(),
  }),
  /** Plans what becomes of the next account that is connected at a network: named like the change of an account. */
  fall: z.strictObject({
    bridgeID: z.string(),
    afterMs: z.number().nonnegative(),
    status: z.string().optional(),
    text: z.string().optional(),
    code: z.string().optional(),
  }),
  bridge: z.strictObject({ bridgeID: z.string(), status: z.string().optional(), text: z.string().optional() }),
  wire: z.strictObject({
    profile: z.enum(['strict', 'rich']).optional(),
    errorSurface: z.enum(['session', 'http', 'bare']).optional(),
    /** What is in the QR codes of verifications: raw bytes, as in Matrix, or plain letters. By profile when never said. */
    codes: z.enum(['bytes', 'letters']).optional(),
    /** Whether answers and the setup carry the verification, or only who asks for it by ID or list gets it. */
    verifications: z.enum(['everywhere', 'asked']).optional(),
  }),
  fault: z.strictObject({
    operation: zOperation,
    delayMs: z.number().nonnegative().optional(),
    hold: z.boolean().optional(),
    dropBeforeEffect: z.boolean().optional(),
    redirect: z
      // What may stand in a header.
      .strictObject({ status: z.literal([301, 302, 303, 307, 308]), location: z.string().regex(/^[!-~]+$/) })
      .optional(),
    endless: z.boolean().optional(),
    status: z.int().min(400).max(599).optional(),
    message: z.string().optional(),
    code: z.string().optional(),
    retryAfterSeconds: z.int().nonnegative().optional(),
    holdAnswer: z.boolean().optional(),
    dropAfterEffect: z.boolean().optional(),
    body: z.enum(['cut', 'html', 'empty']).optional(),
    edits: z
      .array(z.strictObject({ path: z.array(z.union([z.string(), z.int()])).min(1), value: z.unknown().optional() }))
      .optional(),
    bytesPerSecond: z.number().positive().optional(),
    resetMidBody: z.boolean().optional(),
    times: z.int().positive().optional(),
  }),
  /** Lets held calls go and drops faults; of one operation, or all. */
  release: z.strictObject({ operation: zOperation.optional() }),
} as const

export type CommandName = keyof typeof commands
export type CommandInput<K extends CommandName> = z.input<(typeof commands)[K]>
export type CommandOutput<K extends CommandName> = z.output<(typeof commands)[K]>
export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)
