import matrixEmoji from '@matrix-org/spec/sas-emoji.json' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zVerification, zVerificationActionKnown, zVerificationStateKnown } from './gen/zod.gen.ts'
import { verificationFrom } from './verification.ts'
import type { Verification } from './verification.ts'

const wire = {
  id: 'v1',
  purpose: 'login',
  direction: 'outgoing',
  state: 'sas_ready',
  methods: ['qr', 'sas'],
  availableActions: ['sas.confirm', 'cancel'],
}
const read = (more: object = {}): Verification => verificationFrom(zVerification.parse({ ...wire, ...more }))
const emojisOf = (emojis: string): readonly string[] => read({ sas: { emojis } }).emojis
const decimalsOf = (decimals: string): readonly string[] => read({ sas: { emojis: '', decimals } }).decimals
const all64 = matrixEmoji.map(({ emoji }) => emoji)

describe('verificationFrom', () => {
  test('reads one with everything in it', () => {
    const more = {
      direction: 'incoming',
      otherUserID: '@sam:beeper.com',
      otherDevice: { id: 'PHONE1', name: 'Phone' },
      qr: { data: 'MATRIX\u0002\u00ff' },
      sas: { emojis: '🐶🔒🍕', decimals: '1234 5678 9012' },
      error: { code: 'm.user', reason: 'Cancelled.' },
    }
    expect(read(more)).toEqual({
      verificationID: 'v1',
      isIncoming: true,
      state: 'sas_ready',
      wireState: 'sas_ready',
      methods: ['qr', 'sas'],
      actions: ['sas.confirm', 'cancel'],
      otherUserID: '@sam:beeper.com',
      device: { id: 'PHONE1', name: 'Phone' },
      qr: 'MATRIX\u0002\u00ff',
      emojis: ['🐶', '🔒', '🍕'],
      decimals: ['1234', '5678', '9012'],
      error: { code: 'm.user', reason: 'Cancelled.' },
    })
  })

  test('reads one with nothing but what it must have', () => {
    expect(read({ methods: [], availableActions: [] })).toEqual({
      verificationID: 'v1',
      isIncoming: false,
      state: 'sas_ready',
      wireState: 'sas_ready',
      methods: [],
      actions: [],
      otherUserID: undefined,
      device: undefined,
      qr: undefined,
      emojis: [],
      decimals: [],
      error: undefined,
    })
  })

  test.each(zVerificationStateKnown.options)('knows the state %s', (state) => {
    expect(read({ state })).toMatchObject({ state, wireState: state })
  })

  test.each(['resting', '', 'constructor', '__proto__', 'DONE'])(
    'any other state, such as "%s", is unsupported',
    (state) => {
      expect(read({ state })).toMatchObject({ state: 'unsupported', wireState: state })
    },
  )

  test.each(['outgoing', 'sideways', ''])('a direction "%s" is not incoming: nobody asks this person', (direction) => {
    expect(read({ direction }).isIncoming).toBe(false)
  })

  test('offers the actions that are known, once each, in the order of the server', () => {
    const availableActions = ['cancel', 'sas.start', 'cancel', 'qr.reciprocate', 'constructor', 'accept', 'SAS.START']
    expect(read({ availableActions }).actions).toEqual(['cancel', 'sas.start', 'accept'])
  })

  test('WIN-6: texts are cut, identities are not', () => {
    const long = 'x'.repeat(100_000)
    const userID = `@${'a'.repeat(240)}:beeper.com`
    const one = read({
      id: long,
      state: long,
      methods: Array.from({ length: 1_000 }, () => long),
      otherUserID: userID,
      otherDevice: { id: long, name: `${long}\u202e` },
      error: { code: long, reason: long },
    })
    expect(one.verificationID).toBe(long)
    expect(one.otherUserID).toBe(userID)
    const cut = [one.wireState, ...one.methods, one.device?.id, one.device?.name, one.error?.code]
    expect(new Set(cut.map((text) => text?.length))).toEqual(new Set([200]))
    expect(one.methods).toHaveLength(16)
    expect(one.error?.reason).toHaveLength(2_000)
    expect(read({ otherUserID: long }).otherUserID).toHaveLength(200)
  })

  test('a device without a name has an empty one', () => {
    expect(read({ otherDevice: { id: 'D' } }).device).toEqual({ id: 'D', name: '' })
  })
})

describe('the pictures', () => {
  const separators = [
    '',
    ' ',
    '  ',
    ',',
    ', ',
    '\n',
    ' | ',
    ' · ',
    '-',
    '\u200b',
    '\u200c',
    '\u2060',
    '\ufeff',
    '\u00a0',
    '\t',
  ]

  test.each(separators)('separated by %j, each of the 64 is found whole and in order', (separator) => {
    for (let at = 0; at < 64; at += 7) {
      const seven = all64.slice(at, at + 7)
      expect(emojisOf(seven.join(separator))).toEqual(seven)
      expect(emojisOf(`[${seven.join(separator)}]`)).toEqual(seven)
    }
  })

  test('any seven, however they are separated, also without their variation selectors', () => {
    const one = fc.constantFrom(...all64, ...all64.map((emoji) => emoji.replace('\ufe0f', '')))
    fc.assert(
      fc.property(fc.array(fc.tuple(one, fc.constantFrom(...separators)), { maxLength: 7 }), (pairs) => {
        const emojis = pairs.map(([emoji]) => emoji)
        expect(emojisOf(pairs.flat().join(''))).toEqual(emojis)
      }),
    )
  })

  test.each([
    ['🐶 Dog, 🐱 Cat', ['🐶', '🐱']],
    ['Hund (🐶)\nWolke (☁️)', ['🐶', '☁️']],
    ['🐶\u200d, 🐱', ['🐶', '🐱']],
    ['👩🏽‍❤️‍💋‍👨🏿🇩🇪1️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿', ['👩🏽‍❤️‍💋‍👨🏿', '🇩🇪', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']],
    ['🦖🪐', ['🦖', '🪐']],
    ['☁', ['☁']],
    ['dog cat', []],
    ['1 2 3 # *', []],
    ['\ud83d', []],
    ['', []],
    [' , ,\u200b', []],
  ])('%j shows %j', (text, emojis) => {
    expect(emojisOf(text)).toEqual(emojis)
  })

  test('are no more than a person and a command can take', () => {
    expect(emojisOf('🐶'.repeat(1_000_000))).toHaveLength(16)
    expect(emojisOf(`🐶${'\u0301'.repeat(50)}🐱`)).toEqual(['🐱'])
  })
})

describe('the numbers', () => {
  test.each([
    '1234 5678 9012', '1234-5678-9012', '1234,5678,9012', '[1234, 5678, 9012]', '1234\n5678\n9012', '123456789012',
    '1: 1234 2: 5678 3: 9012', ' 1234\u20095678 \u20149012 ',
  ])('%j are three of four digits', (text) => {
    expect(decimalsOf(text)).toEqual(['1234', '5678', '9012'])
  }) // prettier-ignore

  test.each([
    '',
    'none',
    '1234',
    '1234 5678',
    '12 34 56',
    '1234 5678 9012 3456',
    '12345 67890 12345',
    '12345678901',
    '١٢٣٤ ٥٦٧٨ ٩٠١٢',
  ])('%j is nothing to compare by', (text) => {
    expect(decimalsOf(text)).toEqual([])
  })
})

test('nothing that the decoder lets through makes it throw, and what comes out is bounded', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '',
      '__proto__',
      'constructor',
      'x'.repeat(20_000),
      '🐶'.repeat(600),
      'MATRIX\u0002',
      'TUFUUklYAg',
      '1'.repeat(3_000),
    ),
  )
  const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
  const word = (known: readonly string[]): fc.Arbitrary<string> => fc.oneof(fc.constantFrom(...known), text)
  const anything = fc.record({
    id: text,
    purpose: text,
    direction: word(['incoming', 'outgoing']),
    state: word(zVerificationStateKnown.options),
    methods: fc.array(text, { maxLength: 30 }),
    availableActions: fc.array(word(zVerificationActionKnown.options), { maxLength: 30 }),
    otherUserID: optional(text),
    otherDevice: optional(fc.record({ id: text, name: optional(text) })),
    qr: optional(fc.record({ data: text })),
    sas: optional(fc.record({ emojis: text, decimals: optional(text) })),
    error: optional(fc.record({ code: text, reason: text })),
  })
  fc.assert(
    fc.property(anything, (one) => {
      const { verificationID, ...rest } = verificationFrom(zVerification.parse(one))
      expect(verificationID).toBe(one.id)
      expect(JSON.stringify(rest).length).toBeLessThan(30_000)
      expect(rest.emojis.length).toBeLessThanOrEqual(16)
      expect([0, 3]).toContain(rest.decimals.length)
      expect(new Set(rest.actions).size).toBe(rest.actions.length)
    }),
    { numRuns: 500 },
  )
})
