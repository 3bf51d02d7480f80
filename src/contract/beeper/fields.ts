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
  /** What a `select` offers, submitted word for word; empty for every other type. */
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

/**
 * What a plain text field really asks for, told by its ID and label: a server that names only documented types sends tokens
 * and codes as `text`, and those must be masked, filled in by the system, and not be kept (A4).
 */
function guess(id: string, label: string): InputField['type'] {
  const words = `${id} ${label}`.toLowerCase()
  if (/captcha/u.test(words)) return 'captcha'
  if (/passw|passphrase|secret|token|cookie|session|api.?key|\bpin\b/u.test(words)) return 'token'
  if (/code\b|2fa|two.?factor|\botp\b|totp/u.test(words)) return 'code'
  return 'text'
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value
        .filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= longestOption)
        .slice(0, mostOptions)
    : []

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function typeFrom(wire: z.output<typeof zLoginInputField>, options: readonly string[]): InputField['type'] {
  const type = types.get(wire.type ?? 'text') ?? 'text'
  // Without its options a choice has to be typed (bridge-flows, profile strict).
  if (type === 'select' && options.length === 0) return 'text'
  return type === 'text' ? guess(wire.id, wire.label ?? '') : type
}

const isSecretType = (type: InputField['type']): boolean => type === 'password' || type === 'token' || type === 'code'

/**
 * Reads one field of a form.
 * @param wire a decoded `LoginInputField`; what is not published about it may have any shape
 */
export function fieldFrom(wire: z.output<typeof zLoginInputField>): InputField {
  const options = textsOf(wire.options)
  const type = typeFrom(wire, options)
  const pattern = textOf(wire.pattern)
  return {
    id: wire.id,
    type,
    isSecret: isSecretType(type),
    label: line(wire.label === undefined || wire.label === '' ? wire.id : wire.label),
    description: line(textOf(wire.description)),
    placeholder: line(wire.placeholder),
    // A secret that a server knows already is not for the window to hold.
    initialValue: isSecretType(type) ? '' : (wire.initialValue ?? ''),
    isRequired: wire.optional !== true,
    options: type === 'select' ? options : [],
    // A longer one is not looked at: it never stands in anybody's way (PAT-2).
    pattern: pattern === '' || pattern.length > longestPattern ? undefined : pattern,
  }
}
