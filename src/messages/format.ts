// Numbers, plurals and lengths of time in a person's language. Pure, so that menu, window and tests use the same.

export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/**
 * Chooses the form that a language uses for a count, and puts the count in place of `#`.
 * @param locale language of the forms
 * @param count how many
 * @param forms one sentence for each plural form of that language
 */
export function plural(locale: string, count: number, forms: PluralForms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  return form.replace('#', new Intl.NumberFormat(locale).format(count))
}

const unit = (locale: string, name: string, count: number): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(count)

/**
 * A length of time as people say it: its two largest units, rounded down.
 * @param locale language to say it in
 * @param ms length in milliseconds; less than nothing counts as nothing
 */
export function duration(locale: string, ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours > 0) return `${unit(locale, 'hour', hours)} ${unit(locale, 'minute', minutes % 60)}`
  if (minutes > 0) return `${unit(locale, 'minute', minutes)} ${unit(locale, 'second', seconds % 60)}`
  return unit(locale, 'second', seconds)
}

/**
 * A day in words, as the calendar of this computer's time zone has it.
 * @param locale language to say it in
 * @param atMs Unix milliseconds
 */
export const day = (locale: string, atMs: number): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(atMs)

const minuteMs = 60_000
const steps: readonly (readonly [unit: 'day' | 'hour' | 'minute', ms: number])[] = [
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
]

/**
 * How far away a moment is, in its largest whole unit: less is promised rather than more.
 * @param locale language to say it in
 * @param atMs the moment, in Unix milliseconds
 * @param nowMs now
 */
export function fromNow(locale: string, atMs: number, nowMs: number): string {
  const ms = atMs - nowMs
  const [unitName, unitMs] = steps.find(([, length]) => Math.abs(ms) >= length) ?? ['minute', minuteMs]
  return new Intl.RelativeTimeFormat(locale).format(Math.trunc(ms / unitMs), unitName)
}

/** Names in a row, joined as the language joins them. */
export const list = (locale: string, names: readonly string[]): string =>
  new Intl.ListFormat(locale, { style: 'short', type: 'conjunction' }).format(names)

/** Letters that run from right to left, and the marks that turn direction. */
const turning =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Those that would end the isolation from within, or begin one of their own. */
const controls = /[\u202a-\u202e\u2066-\u2069]/gu

/**
 * Keeps the direction of foreign text from spilling into a sentence that runs from left to right (first strong isolate).
 * Text that runs the same way is left as it is; a catalogue that runs from right to left has to wrap every value.
 * @param text a name from a server or a person
 */
export const isolate = (text: string): string =>
  turning.test(text) ? `\u2068${text.replaceAll(controls, '')}\u2069` : text
