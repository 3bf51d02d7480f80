// From the wire's login steps to the steps that the app can show. The wire is open: a step, display or field that is
// unknown becomes `unsupported`, a known one whose shape is broken becomes `unreadable`. Neither ever throws.
import { z } from 'zod'
import { zAccount, zBridgeLogin, zLoginDisplayKnown, zLoginSession, zLoginStepKnown } from './gen/zod.gen.ts'
import type { zCookieField, zUser } from './gen/zod.gen.ts'
import { attachmentsFrom } from './attachments.ts'
import type { Attachment } from './attachments.ts'
import { emojiFrom, isEmoji } from './emoji-address.ts'
import { askable, fieldFrom, patternFrom } from './fields.ts'
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
      /** Where to sign in, as it arrived: a text, and not yet an address that may be opened. Empty when it is longer than any. */
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

/** What may be beside a session in any shape: somebody who is connected is not told otherwise because of it. */
const beside = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

/** A `LoginSession` of the contract, of which only the handles and the status have to be right. */
export const zSession = zLoginSession.extend({
  currentStep: z.unknown().optional(),
  account: beside(zAccount),
  login: beside(zBridgeLogin),
  accountID: beside(z.string()),
  loginID: beside(z.string()),
  error: beside(z.object({ code: z.string().catch(''), message: z.string().catch('') })),
})

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

/** A QR code holds less than 3 kB. */
const longestData = 4_096
const longestURL = 4_000

/**
 * Reads what to show while waiting.
 * @param wire `display` of a `display_and_wait` step as it arrived
 */
export function displayFrom(wire: unknown): Display {
  const known = zLoginDisplayKnown.safeParse(wire)
  if (!known.success) return { type: 'unsupported', wireType: line(typeOf(wire)) }
  const display = known.data
  switch (display.type) {
    case 'qr':
    case 'code':
      // A cut one would be another code.
      return display.data.length > longestData ? { type: 'unsupported', wireType: display.type } : display
    case 'emoji': {
      const { data, imageURL } = display
      const emoji = typeof data === 'string' && isEmoji(data) ? data : emojiFrom(imageURL)
      return { type: 'emoji', imageURL: imageURL.length > longestURL ? '' : imageURL, emoji }
    }
    case 'nothing':
      return display
  }
}

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
    pattern: patternFrom(wire.pattern),
  }
}

/**
 * Reads a step. [Note: known first] The wire's schema for unknown steps also accepts a broken known one, so the known
 * schema is tried alone: known type and wrong shape is `unreadable`, any other type is `unsupported`. A step whose fields
 * cannot be handed in is `unreadable` too.
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
    case 'user_input': {
      const fields = askable(step.fields)?.map(fieldFrom)
      if (fields === undefined) return { type: 'unreadable', wireType: step.type }
      const attachments = attachmentsFrom(step.attachments)
      return { type: 'user_input', stepID: step.stepID, instructions, fields, attachments }
    }
    case 'display_and_wait':
      return { type: 'display_and_wait', stepID: step.stepID, instructions, display: displayFrom(step.display) }
    case 'cookies': {
      const fields = askable(step.fields)?.map(cookieFieldFrom)
      if (fields === undefined) return { type: 'unreadable', wireType: step.type }
      const url = step.url.length > longestURL ? '' : step.url
      return { type: 'cookies', stepID: step.stepID, instructions, url, fields }
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
  const detail = [phoneNumber, username, email].map(line).find((one) => one.trim() !== '' && one !== name)
  const hasPicture = user.imgURL !== undefined && user.imgURL !== '' && user.imgURL.length <= longestURL
  return { name, detail: detail ?? '', imageURL: hasPicture ? user.imgURL : undefined }
}

const errorFrom = (wire: SessionError | undefined): SessionError | undefined =>
  wire && { code: line(wire.code), message: prose(wire.message) }

function completeFrom(wire: z.output<typeof zSession>, step: LoginStep | undefined): SessionOutcome {
  const { account, login } = wire
  const user = account?.user ?? login?.user
  const own = account === undefined ? [] : [account.accountID]
  return {
    kind: 'complete',
    person: user && personOf(user),
    loginID: login?.loginID ?? account?.loginID ?? wire.loginID,
    accountIDs: [...new Set([...(login?.accountIDs ?? []), ...own])],
    // A text beside the end, or nothing: the step may be all there is (R25).
    instructions: step?.type === 'complete' ? step.instructions : '',
  }
}

/**
 * Reads a session. Rendered by `currentStep.type`, finished by `status`; a `complete` step ends it too (semantics 5).
 * @param wire a session decoded by {@link zSession}
 */
export function sessionFrom(wire: z.output<typeof zSession>): LoginSession {
  const handles = { bridgeID: wire.bridgeID, loginSessionID: wire.loginSessionID }
  const step = wire.currentStep === undefined ? undefined : stepFrom(wire.currentStep)
  if (wire.status === 'cancelled') return { ...handles, outcome: { kind: 'cancelled' } }
  if (wire.status === 'failed') return { ...handles, outcome: { kind: 'failed', error: errorFrom(wire.error) } }
  if (wire.status === 'complete' || step?.type === 'complete') return { ...handles, outcome: completeFrom(wire, step) }
  return { ...handles, outcome: { kind: 'going-on', step: step ?? { type: 'unreadable', wireType: '' } } }
}
