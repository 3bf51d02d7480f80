// A recovery key is text in groups of four, shown and typed by people. These are the questions both sides ask of it.
// Its form is Matrix's (client-server API, "Key representation"): base58, where letter case counts, of the bytes 0x8B 0x01, 32
// bytes of key, and one byte that makes the XOR of all of them 0. Beeper's own document does not promise that form, so what
// does not have it is pointed at and never withheld: `recoveryKey` can be sent all the same.
import { base58 } from '@scure/base'

/** What is wrong with a typed key; tells no more of it than one character. */
export type KeyFault =
  | { readonly kind: 'empty' }
  /** One that no key has. `group` counts from 0, in groups of four. */
  | { readonly kind: 'character'; readonly group: number; readonly character: string }
  /** How many characters there are, and how many a key has. */
  | { readonly kind: 'too-short' | 'too-long'; readonly count: number; readonly expected: number }
  /** As many as there should be, but at least one is another than it should be. */
  | { readonly kind: 'mistyped' }

/** `recoveryKey` is what was typed, to be sent: in groups of four with one blank between them. */
export type TypedKey =
  | { readonly isKey: true; readonly recoveryKey: string }
  | { readonly isKey: false; readonly recoveryKey: string; readonly fault: KeyFault }

/**
 * All 35 bytes of a key are a number between 0x8B01 · 256³³ and 0x8B02 · 256³³, and each of those has 48 digits to the base 58:
 * from `EsSzyg…` to `EsUK2T…`. So no key is longer or shorter, and all begin with `Es`.
 */
const keyLength = 48
const keyBytes = 35
const allBase58 = /^[1-9A-HJ-NP-Za-km-z]*$/u
const notBase58 = /[^1-9A-HJ-NP-Za-km-z]/u

/** Letters that base58 has in one case only, so that no other can be meant. A `0` could be `o` or `Q` or `D`: it stays a fault. */
const onlyCase: Readonly<Record<string, string>> = { l: 'L', I: 'i', O: 'o' }

/**
 * What may stand between and around the groups: space of every kind, what cannot be seen, dashes (with the long sound mark, which
 * Japanese keyboards give for one), dots and quotation marks.
 */
const separators =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Dash}\p{Quotation_Mark}\u30fc.,_`\u00b7\u2022\u3001\u3002]/gu

const bare = (text: string): string => text.replace(separators, '')

/** "Recovery key: EsTc …": a line that ends at a colon and does not begin as every key does is a label. */
const withoutLabel = (text: string): string =>
  text.replace(/^\s*[^:\r\n]{0,60}:/u, (label) => (bare(label).startsWith('Es') ? label : ''))

const setRight = (letters: string): string => letters.replace(/[lIO]/gu, (letter) => onlyCase[letter] ?? letter)

function hasKeyForm(letters: string): boolean {
  if (letters.length !== keyLength || !allBase58.test(letters)) return false
  const bytes = base58.decode(letters)
  const isPrefixed = bytes.length === keyBytes && bytes[0] === 0x8b && bytes[1] === 0x01
  return isPrefixed && bytes.reduce((parity, byte) => parity ^ byte, 0) === 0
}

function faultOf(letters: string): KeyFault {
  const characters = Array.from(letters)
  const at = characters.findIndex((character) => notBase58.test(character))
  const character = characters[at]
  // Half of a surrogate pair is nothing that could be shown.
  if (character !== undefined)
    return { kind: 'character', group: Math.floor(at / 4), character: character.replace(/\p{Surrogate}/u, '\uFFFD') }
  const count = characters.length
  if (count === 0) return { kind: 'empty' }
  if (count !== keyLength) return { kind: count < keyLength ? 'too-short' : 'too-long', count, expected: keyLength }
  return { kind: 'mistyped' }
}

/**
 * Reads a key as a person typed or pasted it. Spacing, dashes, wide letters, a label before it and lines around it do not count,
 * nor does case where base58 has only one.
 * @param typed any text; the time it takes grows with its length and no faster
 * @returns the key, or what is wrong with it. That it is a key says nothing about whose; and of a hundred keys with one wrong
 *   letter, about 99.6 are found out, since one byte of 256 stands for all.
 */
export function readRecoveryKey(typed: string): TypedKey {
  const text = typed.normalize('NFKC')
  const letters = bare(withoutLabel(text))
  // A line that is a key by itself is the key; the others are words about it, as in a saved file.
  const lines = text.split(/[\r\n]+/u).map((line) => bare(withoutLabel(line)))
  const found = [letters, ...lines].map(setRight).find(hasKeyForm)
  if (found !== undefined) return { isKey: true, recoveryKey: groupsOf(found).join(' ') }
  // Nothing is set right in what is no key: it may have a form that nobody knows here.
  return { isKey: false, recoveryKey: groupsOf(letters).join(' '), fault: faultOf(setRight(letters)) }
}

/** The groups of a key as it is shown and asked for: four characters each, whatever spacing the server used. */
export const groupsOf = (recoveryKey: string): readonly string[] =>
  recoveryKey.replace(/\s/gu, '').match(/.{1,4}/gu) ?? []

/**
 * Whether the person copied the key: one group of it, retyped from their copy. Space around it and letter case do not
 * count: a person who wrote it down by hand has proved as much.
 * @param recoveryKey the key as it was shown
 * @param group which group was asked for, from 0
 * @param typedGroup what was typed
 */
export function provesCopy(recoveryKey: string, group: number, typedGroup: string): boolean {
  const asked = groupsOf(recoveryKey)[group]
  return asked !== undefined && typedGroup.replace(/\s/gu, '').toLowerCase() === asked.toLowerCase()
}
