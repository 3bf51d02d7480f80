// What a person filled in, on its way to the server: only what was asked for, in the shape the networks want.
import type { InputField } from '#contract/beeper/fields'
import type { CookieField, LoginStep } from '#contract/beeper/login'
import { fits } from './pattern.ts'

type Asking = Extract<LoginStep, { readonly type: 'user_input' | 'cookies' }>
type Values = Readonly<Record<string, string>>

export interface Submission {
  readonly kind: Asking['type']
  readonly fields: Values
  /** Required fields with nothing in them. */
  readonly missing: readonly string[]
  /** Fields whose value does not match the pattern of the network. */
  readonly unfit: readonly string[]
}

/**
 * Networks want a plus and digits; people type blanks, dashes, dots and brackets, which no bridge takes out (R23). They write the
 * way out of their own country, or the zero that is dialled only within the other.
 */
function phoneFrom(typed: string): string {
  const bare = typed
    .normalize('NFKC')
    .replace(/^(\s*(?:\+|00).*)\(0\)/u, '$1')
    .replace(/[\s\p{Pd}\p{Cf}−().·/]/gu, '')
  return /^\+?\d+$/u.test(bare) ? bare.replace(/^00/u, '+') : typed.trim()
}

/** Codes are shown in groups of digits, which nobody means. */
const codeFrom = (typed: string): string => (/^[\d\s]*$/u.test(typed) ? typed.replace(/\s/gu, '') : typed.trim())

function inputFrom({ type }: InputField, typed: string): string {
  switch (type) {
    case 'phone':
      return phoneFrom(typed)
    case 'code':
      return codeFrom(typed)
    // Every character of these counts.
    case 'password':
    case 'select':
      return typed
    case 'text':
    case 'email':
    case 'username':
    case 'captcha':
    case 'token':
    case 'url':
    case 'domain':
      return typed.trim()
  }
}

/** Cookies are handed over decoded; a stray percent sign leaves the value as it is (R15). */
function cookieFrom({ kind }: CookieField, typed: string): string {
  const value = typed.trim()
  if (kind !== 'cookie') return value
  try {
    return decodeURIComponent(value)
  } catch (error) {
    if (error instanceof URIError) return value
    throw error
  }
}

const isUnfit = ({ pattern }: { readonly pattern: string | undefined }, value: string): boolean =>
  pattern !== undefined && fits(pattern, value) === false

const valuesOf = (
  step: Asking,
  typed: Values,
): readonly (readonly [field: InputField | CookieField, value: string])[] => {
  const of = (id: string): string => (Object.hasOwn(typed, id) ? (typed[id] ?? '') : '')
  return step.type === 'user_input'
    ? step.fields.map((field) => [field, inputFrom(field, of(field.id))] as const)
    : step.fields.map((field) => [field, cookieFrom(field, of(field.id))] as const)
}

/**
 * Makes the body of a submit.
 * @param step what is asked
 * @param typed by field ID; what was not asked for is left out, and so is what stayed empty
 */
export function submissionFrom(step: Asking, typed: Values): Submission {
  const values = valuesOf(step, typed)
  const given = values.filter(([, value]) => value.trim() !== '')
  return {
    kind: step.type,
    fields: Object.fromEntries(given.map(([{ id }, value]) => [id, value])),
    missing: values.filter(([{ isRequired }, value]) => isRequired && value.trim() === '').map(([{ id }]) => id),
    unfit: given.filter(([field, value]) => isUnfit(field, value)).map(([{ id }]) => id),
  }
}

/**
 * What may be kept of it for a step or session that asks again (A4, A7).
 * @param step what is asked
 * @param typed by field ID, as the person typed it
 */
export function keepable(step: LoginStep, typed: Values): Values {
  if (step.type !== 'user_input') return {}
  const plain = step.fields.filter(
    ({ id, isSecret, type }) => !isSecret && type !== 'captcha' && Object.hasOwn(typed, id),
  )
  return Object.fromEntries(plain.map(({ id }) => [id, typed[id] ?? '']))
}

/** The step with what was typed before in its fields, where they can still hold it. */
export function refilled(step: LoginStep, kept: Values): LoginStep {
  if (step.type !== 'user_input') return step
  const fields = step.fields.map((field) => {
    const value = Object.hasOwn(kept, field.id) ? kept[field.id] : undefined
    if (value === undefined || field.isSecret || field.type === 'captcha') return field
    return field.type === 'select' && !field.options.includes(value) ? field : { ...field, initialValue: value }
  })
  return { ...step, fields }
}
