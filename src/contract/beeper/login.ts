// From the wire's login steps to the steps that the app can show. The wire is open: a step, display or field that is
// unknown becomes `unsupported`, a known one whose shape is broken becomes `unreadable`. Neither ever throws.
import type { z } from 'zod'
import { zLoginDisplayKnown, zLoginStepKnown } from './gen/zod.gen.ts'
import type { zLoginInputField, zLoginSession, zUser } from './gen/zod.gen.ts'
import { line, prose } from './text.ts'

export type Display =
  | { readonly type: 'qr'; readonly data: string }
  | { readonly type: 'code'; readonly data: string }
  | { readonly type: 'emoji'; readonly imageURL: string }
  | { readonly type: 'nothing' }
  | { readonly type: 'unsupported'; readonly wireType: string }

export interface InputField {
  readonly id: string
  /** Open on the wire; anything unknown is shown as text. */
  readonly type: 'text' | 'password' | 'email' | 'phone' | 'username' | 'code' | 'token' | 'url' | 'domain'
  readonly label: string
  readonly placeholder: string
  readonly initialValue: string
  readonly isRequired: boolean
}

export type LoginStep =
  | {
      readonly type: 'user_input'
      readonly stepID: string
      readonly instructions: string
      readonly fields: readonly InputField[]
    }
  | {
      readonly type: 'display_and_wait'
      readonly stepID: string
      readonly instructions: string
      readonly display: Display
    }
  | { readonly type: 'cookies'; readonly stepID: string; readonly instructions: string; readonly url: string }
  | { readonly type: 'complete'; readonly instructions: string }
  | { readonly type: 'unsupported'; readonly wireType: string; readonly instructions: string }
  | { readonly type: 'unreadable'; readonly wireType: string }

export interface SessionError {
  readonly code: string
  readonly message: string
}

export type SessionOutcome =
  | { readonly kind: 'going-on'; readonly step: LoginStep }
  | {
      readonly kind: 'complete'
      readonly accountName: string | undefined
      readonly loginID: string | undefined
      readonly instructions: string
    }
  | { readonly kind: 'failed'; readonly error: SessionError | undefined }
  | { readonly kind: 'cancelled' }

/** A login session as the app sees it: handles, and what it waits for or how it ended. */
export interface LoginSession {
  readonly bridgeID: string
  readonly loginSessionID: string
  readonly outcome: SessionOutcome
}

// A map, because an object also answers to names such as `constructor`.
const fieldTypes: ReadonlyMap<string, InputField['type']> = new Map([
  ['text', 'text'],
  ['password', 'password'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['phone_number', 'phone'],
  ['username', 'username'],
  ['2fa_code', 'code'],
  ['captcha_code', 'text'],
  ['token', 'token'],
  ['url', 'url'],
  ['domain', 'domain'],
])

function fieldFrom(wire: z.output<typeof zLoginInputField>): InputField {
  return {
    id: wire.id,
    type: fieldTypes.get(wire.type ?? 'text') ?? 'text',
    label: line(wire.label ?? wire.id),
    placeholder: line(wire.placeholder),
    initialValue: wire.initialValue ?? '',
    isRequired: wire.optional !== true,
  }
}

const typeOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || !('type' in value)) return ''
  return typeof value.type === 'string' ? value.type : ''
}

const textOf = (value: unknown, key: string): string => {
  if (typeof value !== 'object' || value === null) return ''
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : ''
}

/**
 * Reads what to show while waiting.
 * @param wire `display` of a `display_and_wait` step as it arrived
 */
export function displayFrom(wire: unknown): Display {
  const known = zLoginDisplayKnown.safeParse(wire)
  if (!known.success) return { type: 'unsupported', wireType: line(typeOf(wire)) }
  const display = known.data
  // More than any code can hold, and a cut one would be another code.
  const isTooLong = 'data' in display && display.data.length > dataLimit
  return isTooLong ? { type: 'unsupported', wireType: display.type } : display
}

/** A QR code holds less than 3 kB. */
const dataLimit = 4_096
const knownTypes = new Set(['user_input', 'cookies', 'display_and_wait', 'complete'])

/**
 * Reads a step. [Note: known first] The wire's schema for unknown steps also accepts a broken known one, so the known
 * schema is tried alone: known type and wrong shape is `unreadable`, any other type is `unsupported`.
 * @param wire `currentStep` of a session as it arrived
 */
export function stepFrom(wire: unknown): LoginStep {
  const known = zLoginStepKnown.safeParse(wire)
  if (!known.success) {
    const wireType = line(typeOf(wire))
    if (wireType === '' || knownTypes.has(wireType)) return { type: 'unreadable', wireType }
    return { type: 'unsupported', wireType, instructions: prose(textOf(wire, 'instructions')) }
  }
  const step = known.data
  const instructions = prose(step.instructions)
  switch (step.type) {
    case 'user_input':
      return { type: 'user_input', stepID: step.stepID, instructions, fields: step.fields.map(fieldFrom) }
    case 'display_and_wait':
      return { type: 'display_and_wait', stepID: step.stepID, instructions, display: displayFrom(step.display) }
    case 'cookies':
      return { type: 'cookies', stepID: step.stepID, instructions, url: step.url }
    case 'complete':
      return { type: 'complete', instructions }
  }
}

/** The name to greet a connected account by: what the network shows of its owner, most telling first. */
export function nameOfUser(user: z.output<typeof zUser>): string {
  const names = [user.fullName, user.username, user.phoneNumber, user.email]
  return line(names.find((name) => name !== undefined && name !== '') ?? user.id)
}

const errorFrom = (wire: SessionError | undefined): SessionError | undefined =>
  wire && { code: line(wire.code), message: prose(wire.message) }

/**
 * Reads a session. Rendered by `currentStep.type`, finished by `status`; a `complete` step ends it too (semantics 5).
 * @param wire a decoded `LoginSession`
 */
export function sessionFrom(wire: z.output<typeof zLoginSession>): LoginSession {
  const handles = { bridgeID: wire.bridgeID, loginSessionID: wire.loginSessionID }
  const step = wire.currentStep === undefined ? undefined : stepFrom(wire.currentStep)
  if (wire.status === 'cancelled') return { ...handles, outcome: { kind: 'cancelled' } }
  if (wire.status === 'failed') return { ...handles, outcome: { kind: 'failed', error: errorFrom(wire.error) } }
  if (wire.status === 'complete' || step?.type === 'complete') {
    const user = wire.account?.user ?? wire.login?.user
    const loginID = wire.login?.loginID ?? wire.account?.loginID ?? wire.loginID
    const instructions = step?.type === 'complete' ? step.instructions : ''
    return { ...handles, outcome: { kind: 'complete', accountName: user && nameOfUser(user), loginID, instructions } }
  }
  return { ...handles, outcome: { kind: 'going-on', step: step ?? { type: 'unreadable', wireType: '' } } }
}
