// Looks for all forms of all secrets at once. A profile, a heap and two hundred forms would otherwise take seconds.
import { formsOf } from './sweep-forms.ts'
import type { Coding } from './sweep-forms.ts'

export interface Secret {
  /** What it is; it may be told, unlike the value. */
  readonly name: string
  readonly value: string
}

export interface Found {
  readonly secret: string
  readonly coding: Coding
}

export interface Bytes {
  readonly bytes: Buffer
  /** Numbers stand in it that no person and no server has chosen: then a secret that is a number is not looked for as such. */
  readonly hasOddNumbers?: boolean
}

interface Wanted extends Found {
  readonly bytes: Buffer
  /** Six digits also turn up within longer numbers and among the letters of an identifier. */
  readonly isNumber: boolean
}

/** The first so many bytes of a form say where to look closer. */
const headLength = 4

/**
 * Whether a value also stands where nobody has put it: a short one, a word, a number that people and programs count with.
 * Nothing can be said about where such a secret went.
 */
export function isFoundByChance(value: string): boolean {
  if (/^\d+$/u.test(value)) return value.length < 6 || isCommonNumber(value)
  return value.length < 8 || (value.length < 16 && /^(?:[a-z]+|[A-Z]+)$/u.test(value))
}

/** One digit throughout; a run of digits; Chromium's own: how LevelDB counts its files, and the size of a shared memory. */
function isCommonNumber(value: string): boolean {
  const run = '01234567890'
  const backwards = value.split('').reverse().join('')
  return /^(\d)\1+$|^0000/u.test(value) || run.includes(value) || run.includes(backwards) || value === '262144'
}

/**
 * Makes a search.
 * @param secrets what is looked for; throws for a value that is found by chance
 * @returns what of it is in some bytes, each secret once for each coding
 */
export function createMatcher(secrets: readonly Secret[]): (held: Bytes) => readonly Found[] {
  const byHead = new Map<number, Wanted[]>()
  const isTail = new Uint8Array(0x1_00_00)
  for (const wanted of secrets.flatMap(wantedOf)) {
    const head = wanted.bytes.readUInt32BE()
    byHead.set(head, [...(byHead.get(head) ?? []), wanted])
    isTail[head & 0xff_ff] = 1
  }
  return ({ bytes, hasOddNumbers = false }) => {
    const found = new Map<string, Found>()
    let head = 0
    for (let at = 0; at < bytes.length; at++) {
      head = ((head << 8) | (bytes[at] ?? 0)) >>> 0
      if (isTail[head & 0xff_ff] === 0) continue
      for (const wanted of byHead.get(head) ?? [])
        if (isAt(wanted, bytes, at + 1 - headLength) && !(hasOddNumbers && isPlainNumber(wanted))) {
          const { secret, coding } = wanted
          found.set(`${coding} ${secret}`, { secret, coding })
        }
    }
    return [...found.values()]
  }
}

function wantedOf({ name, value }: Secret): readonly Wanted[] {
  if (isFoundByChance(value)) throw new Error(`the value of ${name} would be found by chance`)
  return formsOf(value).map(({ coding, bytes }) => ({ secret: name, coding, bytes, isNumber: /^\d+$/u.test(value) }))
}

function isAt(wanted: Wanted, bytes: Buffer, start: number): boolean {
  const end = start + wanted.bytes.length
  if (start < 0 || end > bytes.length || wanted.bytes.compare(bytes, start, end) !== 0) return false
  if (!isPlainNumber(wanted)) return true
  const [charset, width] = wanted.coding === 'utf16' ? (['utf16le', 2] as const) : (['latin1', 1] as const)
  const reach = 40 * width
  // Whole characters of UTF-16 reach back from the number, also where the text begins in between.
  const from = start - Math.min(reach, start - (start % width))
  return standsAlone(bytes.toString(charset, from, start), bytes.toString(charset, end, end + reach))
}

/**
 * Six digits come by chance wherever numbers are written. In base64 and hex they do not, not even in all the bytes of a
 * profile: of seven letters of base64 there are 4 * 10^12, of twelve of hex more. There the neighbours say nothing either.
 */
const isPlainNumber = ({ isNumber, coding }: Wanted): boolean => isNumber && coding !== 'base64' && coding !== 'hex'

const escapeAtEnd = /(?:%[0-9a-f]{2}|\\(?:[bfnrt]|x[0-9a-f]{2}|u[0-9a-f]{4}))$/iu

/**
 * Whether a number is one by itself: not a part of a longer one, of a fraction or of an identifier with further digits. What
 * an escape leaves before it (`%22123456`, `\n123456`) does not touch it.
 */
function standsAlone(before: string, after: string): boolean {
  const isInFraction = /\d\.$/u.test(before) || /^\.\d/u.test(after)
  const left = escapeAtEnd.test(before) ? '' : (/[0-9A-Za-z]*$/u.exec(before)?.[0] ?? '')
  const right = /^[0-9A-Za-z]*/u.exec(after)?.[0] ?? ''
  return !isInFraction && !/\d/u.test(left + right)
}
