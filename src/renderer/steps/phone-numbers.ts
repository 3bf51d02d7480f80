// What is known of phone numbers the world over. The tables weigh more than the rest of a form, so this file is only ever
// loaded on demand, by the field that needs it.
import { AsYouType, getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { CountryCode } from 'libphonenumber-js/min'
import metadata from 'libphonenumber-js/min/metadata'

export interface PhoneReading {
  /** The number as it is written in its country, to stand in the field. */
  readonly text: string
  /** ISO 3166 of the country that it is understood as a number of; empty where that is unknown. */
  readonly country: string
  /** It names its country itself, by a plus or by the prefix for calls abroad. */
  readonly isInternational: boolean
  /** A plus and digits (E.164), once it is as long as numbers of its country are. */
  readonly whole: string | undefined
  /** The same, for the eye. */
  readonly shown: string | undefined
}

export interface Country {
  readonly code: CountryCode
  readonly callingCode: string
  readonly name: string
}

/** Anything else was not meant as a number, and is left alone. */
const numberLike = /^[\p{Nd}\s+＋()\-‐-―–./\u200e\u200f\u2066-\u2069]*$/u

const isCountry = (code: string): code is CountryCode => Object.hasOwn(metadata.countries, code)

/** A country that this code is meant for when nothing else is known: the main one of those that share it. */
function countryOfCode(callingCode: string, before: string): string {
  const all: readonly string[] = metadata.country_calling_codes[callingCode] ?? []
  return all.includes(before) ? before : (all[0] ?? '')
}

/** People outside of America dial two zeros for a plus, and no number begins with them anywhere. */
const withPlus = (typed: string): string => typed.replace('＋', '+').replace(/^\s*00(?=[\s(]*[1-9])/u, '+')

/**
 * Reads a phone number as far as it has been typed.
 * @param typed what the field holds
 * @param country ISO 3166 of the country that a number without one belongs to; may be empty
 */
export function readPhone(typed: string, country: string): PhoneReading {
  const home = isCountry(country) ? country : undefined
  if (!numberLike.test(typed))
    return { text: typed, country, isInternational: false, whole: undefined, shown: undefined }
  const plain = withPlus(typed)
  const reader = new AsYouType(home)
  const written = reader.input(plain)
  const isInternational = reader.isInternational()
  const callingCode = reader.getCallingCode()
  const named = reader.getCountry() ?? (callingCode === undefined ? country : countryOfCode(callingCode, country))
  const number = parsePhoneNumberFromString(plain, home)
  const isWhole = number?.isPossible() === true
  return {
    // Without a country there is no way in which it would be written.
    text: written === '' || (home === undefined && !isInternational) ? typed : written,
    country: isInternational ? named : country,
    isInternational,
    whole: isWhole ? number.number : undefined,
    shown: isWhole ? number.formatInternational() : undefined,
  }
}

/**
 * The number for another country: one that named its country names the new one.
 * @param typed what the field holds
 * @param from the country that it was understood as a number of
 * @param to the country that was chosen
 */
export function movePhone(typed: string, from: string, to: string): PhoneReading {
  const { isInternational, text } = readPhone(typed, from)
  if (!isInternational) return readPhone(typed, to)
  const digits = new AsYouType(isCountry(from) ? from : undefined)
  digits.input(text)
  const rest = (digits.getNumberValue() ?? '').slice(1 + (digits.getCallingCode() ?? '').length)
  return readPhone(isCountry(to) ? `+${getCountryCallingCode(to)}${rest}` : rest, to)
}

const mark = /[\p{Nd}+＋]/gu

/**
 * Where the caret belongs after a number was written anew: what followed it still does, whatever stands between the digits.
 * @param before what the field held
 * @param caret where the caret stood in it
 * @param after what the field holds now
 */
export function caretIn(before: string, caret: number, after: string): number {
  const marks = [...after.matchAll(mark)]
  const count = marks.length - (before.slice(caret).match(mark)?.length ?? 0)
  const last = marks[count - 1]
  // Right behind a digit, never behind a bracket that would come back as often as it is deleted.
  return last === undefined ? 0 : last.index + last[0].length
}

/**
 * All countries, in the order of their names.
 * @param language BCP 47
 */
export function countriesIn(language: string): readonly Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  const { compare } = new Intl.Collator([language])
  return getCountries()
    .map((code) => ({ code, callingCode: getCountryCallingCode(code), name: names.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name))
}

/**
 * The country that a person's numbers probably belong to.
 * @param languages BCP 47, the most telling first; the first that names a region decides, else where the first is mostly spoken
 */
export function homeOf(languages: readonly string[]): string {
  const locales = languages.map((tag) => new Intl.Locale(tag))
  const region = locales.find((locale) => locale.region !== undefined)?.region ?? locales[0]?.maximize().region ?? ''
  return isCountry(region) ? region : ''
}
