// From the wire's login steps to the steps that the app can show. The wire is open: a step, display or field that is
// unknown becomes `unsupported`, a known one whose shape is broken becomes `unreadable`. Neither ever throws.
import type { z } from 'zod'
import { zLoginDisplayKnown, zLoginStepKnown } from './gen/zod.gen.ts'
import type { zCookieField, zLoginSession, zUser } from './gen/zod.gen.ts'
import { attachmentsFrom } from './attachments.ts'
import type { Attachment } from './attachments.ts'
import { emojiFrom, isEmoji } from './emoji-address.ts'
import { fieldFrom } from './fields.ts'
import type { InputField } from './fields.ts'
import { line, prose } from './text.ts'

export type Display =
  | { readonly type: 'qr'; readonly data: string }
  | { readonly type: 'code'; readonly data: string }
  /** `emoji` is the character, where the server names it or the picture's address does. */
  | { readonly type: 'emoji'; readonly imageURL: string; readonly emoji: string | undefined }
  | { readonly type: 'nothing' }
  | { readonly type: 'unsupported'; readonly wireType: string }

/** A value that a sign-in on a website leaves in the browser, and that the network asks for. */
export interface CookieField {
  readonly id: string
  /** Name of the cookie, header or storage key; the ID where there is none. */
  readonly name: string
  /** Where it is found first; `other` is for what only a page's script or its own requests hold (R17). */
  readonly kind: 'cookie' | 'header' | 'local_storage' | 'other'
  /** Absent on the wire means required, also where the network could do without it. */
  readonly isRequired: boolean
  /** Go RE2; a fitting value matches it (PAT-1). */
  readonly pattern: string | undefined
}

export type LoginStep =
  | {
      readonly type: 'user_input'
      readonly stepID: string
      readonly instructions: string
      readonly fields: readonly InputField[]
      readonly attachments: readonly Attachment[]
    }
  | {
      readonly type: 'display_and_wait'
      readonly stepID: string
      readonly instructions: string
      readonly display: Display
    }
  | {
      readonly type: 'cookies'
      readonly stepID: string
      readonly instructions: string
      /** Where to sign in, as it arrived: a text, and not yet an address that may be opened. */
      readonly url: string
      readonly fields: readonly CookieField[]
    }
  | { readonly type: 'complete'; readonly instructions: string }
  | { readonly type: 'unsupported'; readonly wireType: string; readonly instructions: string }
  | { readonly type: 'unreadable'; readonly wireType: string }

/** Whose account it is, as the network shows them. */
export interface Person {
  readonly name: string
  /** Number, address or handle, where it is not the name already; else empty. */
  readonly detail: string
  readonly imageURL: string | undefined
}

export interface SessionError {
  readonly code: string
  readonly message: string
}

export type SessionOutcome =
  | { readonly kind: 'going-on'; readonly step: LoginStep }
  | {
      readonly kind: 'complete'
      readonly person: Person | undefined
      readonly loginID: string | undefined
      readonly accountIDs: readonly string[]
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
  const isTooLong = 'data' in display && typeof display.data === 'string' && display.data.length > dataLimit
  if (isTooLong) return { type: 'unsupported', wireType: display.type }
  return display.type === 'emoji' ? { type: 'emoji', imageURL: display.imageURL, emoji: emojiOf(display) } : display
}

const emojiOf = ({ data, imageURL }: { readonly data?: unknown; readonly imageURL: string }): string | undefined =>
  typeof data === 'string' && data.length <= 32 && isEmoji(data) ? data : emojiFrom(imageURL)

/** A QR code holds less than 3 kB. */
const dataLimit = 4_096
const knownTypes = new Set(['user_input', 'cookies', 'display_and_wait', 'complete'])

const cookieKinds: ReadonlyMap<string, CookieField['kind']> = new Map([
  ['cookie', 'cookie'],
  ['header', 'header'],
  ['request_header', 'header'],
  ['local_storage', 'local_storage'],
])

function cookieFieldFrom(wire: z.output<typeof zCookieField>): CookieField {
  const source = wire.sources?.[0]
  return {
    id: wire.id,
    name: line(wire.name ?? (source?.type === 'special' ? undefined : source?.name) ?? wire.id),
    kind: cookieKinds.get(wire.type ?? source?.type ?? '') ?? 'other',
    isRequired: wire.required !== false,
    pattern: wire.pattern,
  }
}

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
      return {
        type: 'user_input',
        stepID: step.stepID,
        instructions,
        fields: step.fields.map(fieldFrom),
        attachments: attachmentsFrom(step.attachments),
      }
    case 'display_and_wait':
      return { type: 'display_and_wait', stepID: step.stepID, instructions, display: displayFrom(step.display) }
    case 'cookies':
      return {
        type: 'cookies',
        stepID: step.stepID,
        instructions,
        url: step.url,
        fields: step.fields.map(cookieFieldFrom),
      }
    case 'complete':
      return { type: 'complete', instructions }
  }
}

/** Most telling first. */
const namesOf = (user: z.output<typeof zUser>): readonly string[] =>
  [user.fullName, user.username, user.phoneNumber, user.email].filter(
    (name): name is string => name !== undefined && name.trim() !== '',
  )

/** The name to greet a connected account by: what the network shows of its owner. */
const nameOfUser = (user: z.output<typeof zUser>): string => line(namesOf(user)[0] ?? user.id)

/** Whose account it is. @param user a decoded `User` */
export function personOf(user: z.output<typeof zUser>): Person {
  const { phoneNumber, username, email } = user
  const name = nameOfUser(user)
  const detail = [phoneNumber, username, email].map(line).find((one) => one !== '' && one !== name)
  return { name, detail: detail ?? '', imageURL: user.imgURL === '' ? undefined : user.imgURL }
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
    const accountIDs = wire.login?.accountIDs ?? (wire.account === undefined ? [] : [wire.account.accountID])
    return {
      ...handles,
      outcome: { kind: 'complete', person: user && personOf(user), loginID, accountIDs, instructions },
    }
  }
  return { ...handles, outcome: { kind: 'going-on', step: step ?? { type: 'unreadable', wireType: '' } } }
}
