// The fields of a login form: what the wire hints at, and what has to be guessed where it hints at nothing.
import type { z } from 'zod'
import type { zLoginInputField } from './gen/zod.gen.ts'
import { line } from './text.ts'

export interface InputField {
  readonly id: string
  /** Open on the wire; anything unknown is shown as text. A `select` always has options. */
  readonly type:
    'text' | 'password' | 'email' | 'phone' | 'username' | 'code' | 'captcha' | 'token' | 'url' | 'domain' | 'select'
  /** Never in the View, never kept, and gone with its screen (A4). */
  readonly isSecret: boolean
  readonly label: string
  readonly description: string
  readonly placeholder: string
  readonly initialValue: string
  readonly isRequired: boolean
  /** What a `select` offers, each once, submitted word for word; empty for every other type. */
  readonly options: readonly string[]
  /** Go RE2; a fitting value matches it (PAT-1). */
  readonly pattern: string | undefined
}

// A map, because an object also answers to names such as `constructor`.
const types: ReadonlyMap<string, InputField['type']> = new Map([
  ['text', 'text'],
  ['password', 'password'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['phone_number', 'phone'],
  ['username', 'username'],
  ['2fa_code', 'code'],
  ['captcha_code', 'captcha'],
  ['token', 'token'],
  ['url', 'url'],
  ['domain', 'domain'],
  ['select', 'select'],
])
const mostOptions = 500
/** Options are sent back word for word, so a longer one is left out rather than cut. */
const longestOption = 500
const longestPattern = 1_024
// What the command that hands a form in can carry (IPC-2).
const longestID = 256
const longestValue = 4_000
const mostFields = 200

/** `smsCode`, `sms_code`, `sms.code` and "SMS code" are the same words. */
const wordsOf = (text: string): string =>
  text
    .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()

/** Codes that are no secrets. */
const openCodes = /\b(?:area|bar|calling|country|dial(?:ling|ing)?|post(?:al)?|zip) ?codes?\b/gu

/** The first that fits counts. */
const hints: readonly (readonly [words: RegExp, type: InputField['type']])[] = [
  [/^(?:mobile |cell )?(?:phone|e ?mail)(?: number| address)?\b(?! \w*(?:code|pass|pin|token))/u, 'text'],
  [/^user ?(?:name|id)\b(?! \w*(?:code|pass|pin|token))/u, 'username'],
  [/captcha/u, 'captcha'],
  [/passw|passphrase|pass ?code|secret|token|cookie|session|credential|\bpin\b/u, 'token'],
  [/\b(?:access|api|app|auth|encryption|private|recovery|security) ?key\b/u, 'token'],
  [/codes?\b|\b2 ?fa\b|two ?factor|\bt?otp\b|one time/u, 'code'],
  [/\buser ?(?:name|id)\b/u, 'username'],
  [/\bphone|\be ?mail\b/u, 'text'],
]

function hintIn(text: string): InputField['type'] | undefined {
  const words = wordsOf(text).replace(openCodes, '')
  return hints.find(([pattern]) => pattern.test(words))?.[1]
}

/**
 * What a field that is called plain text, or something unheard of, really asks for: a server that names only documented types
 * sends tokens and codes as `text`, and those must be masked, filled in by the system, and not be kept (A4). The name that a
 * network gave it tells more than the words for the person, and the end of that name more than its beginning (R13).
 */
function guess(wireType: string, id: string, label: string): InputField['type'] {
  const names = [wireType, id.slice(id.lastIndexOf('.') + 1), label, id]
  return names.reduce<InputField['type'] | undefined>((found, name) => found ?? hintIn(name), undefined) ?? 'text'
}

const textsOf = (value: unknown): readonly string[] => {
  if (!Array.isArray(value)) return []
  const texts = value.filter(
    (one): one is string => typeof one === 'string' && one.trim() !== '' && one.length <= longestOption,
  )
  return [...new Set(texts)].slice(0, mostOptions)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function typeFrom(
  wire: z.output<typeof zLoginInputField>,
  options: readonly string[],
  label: string,
): InputField['type'] {
  const type = types.get(wire.type ?? 'text')
  // Without its options a choice has to be typed (bridge-flows, profile strict).
  if (type === 'select') return options.length === 0 ? 'text' : type
  return type === undefined || type === 'text' ? guess(type ?? line(wire.type), wire.id, label) : type
}

const isSecretType = (type: InputField['type']): boolean => type === 'password' || type === 'token' || type === 'code'

/** A value that is there before anything was typed, if the form can hold it at all. */
function beginningOf(value: string, type: InputField['type'], options: readonly string[]): string {
  // A secret that a server knows already is not for the window to hold.
  if (isSecretType(type) || value.length > longestValue) return ''
  return type !== 'select' || options.includes(value) ? value : ''
}

/**
 * Reads a pattern.
 * @param wire what stands where a pattern may be
 * @returns it, or nothing where it is none or too long: then it never stands in anybody's way (PAT-2)
 */
export const patternFrom = (wire: unknown): string | undefined =>
  typeof wire === 'string' && wire !== '' && wire.length <= longestPattern ? wire : undefined

/**
 * Reads one field of a form.
 * @param wire a decoded `LoginInputField`; what is not published about it may have any shape
 */
export function fieldFrom(wire: z.output<typeof zLoginInputField>): InputField {
  const options = textsOf(wire.options)
  const label = line(wire.label)
  const type = typeFrom(wire, options, label)
  return {
    id: wire.id,
    type,
    isSecret: isSecretType(type),
    label: label.trim() === '' ? line(wire.id) : label,
    description: line(textOf(wire.description)),
    placeholder: line(wire.placeholder),
    initialValue: beginningOf(wire.initialValue ?? '', type, options),
    isRequired: wire.optional !== true,
    options: type === 'select' ? options : [],
    pattern: patternFrom(wire.pattern),
  }
}

/**
 * The fields that can be asked for: a value is handed in by its field's ID.
 * @param wires decoded fields of a step
 * @returns each ID once, the first of its name; nothing where they are too many, or an ID is none that a command can carry
 */
export function askable<Field extends { readonly id: string }>(wires: readonly Field[]): readonly Field[] | undefined {
  const seen = new Set<string>()
  const fields = wires.filter(({ id }) => seen.size < seen.add(id).size)
  const isFit = fields.length <= mostFields && fields.every(({ id }) => id.length <= longestID && id !== '__proto__')
  return isFit ? fields : undefined
}
