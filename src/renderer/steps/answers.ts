// What a form holds: where it begins, what of it may be kept, and what is still missing.
import type { InputField } from '#contract/beeper/fields'

/** As they are sent: by field ID. */
export type Answers = Readonly<Record<string, string>>

/**
 * What stands in a field before anybody types.
 * @param field as the server asks for it; a choice begins at what it offers, or at its only option
 */
export function startOf({ type, options, initialValue, isRequired }: InputField): string {
  if (type !== 'select') return initialValue
  if (options.includes(initialValue)) return initialValue
  return isRequired && options.length === 1 ? (options[0] ?? '') : ''
}

/** What was typed, without secrets and what is of use only once (A4). */
export const keptOf = (fields: readonly InputField[], answers: ReadonlyMap<string, string>): Answers =>
  Object.fromEntries(
    fields
      .filter(({ isSecret, type }) => !isSecret && type !== 'captcha')
      .map((field) => [field.id, answers.get(field.id) ?? startOf(field)]),
  )

interface Needed {
  readonly id: string
  readonly isRequired: boolean
}

/** Fields that cannot stay empty and are. */
export const emptyOf = <Field extends Needed>(
  fields: readonly Field[],
  answers: ReadonlyMap<string, string>,
): readonly Field[] => fields.filter(({ id, isRequired }) => isRequired && (answers.get(id) ?? '').trim() === '')
