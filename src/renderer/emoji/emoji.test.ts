import spec from '@matrix-org/spec/sas-emoji.json'
import { describe, expect, test } from 'vitest'
import { verificationFrom } from '#contract/beeper/verification'
import { emojiOf } from './emoji.ts'
import { namesIn } from './names.ts'

const bare = (text: string): string => text.replaceAll('\ufe0f', '')
const languages = [...new Set(spec.flatMap((one) => Object.keys(one.translated_descriptions)))]

/** What the app makes of the one string that the server sends. */
const split = (emojis: string): readonly string[] =>
  verificationFrom({
    id: 'v1',
    purpose: 'login',
    state: 'sas_ready',
    direction: 'outgoing',
    methods: [],
    availableActions: [],
    sas: { emojis },
  }).emojis

test('A6: all 64 have a picture that loads, and the name of the specification', async () => {
  expect(spec).toHaveLength(64)
  for (const { emoji, description, number } of spec) {
    const found = emojiOf(emoji)
    expect(found, emoji).toMatchObject({ name: description, number })
    expect(found?.picture.startsWith('data:'), emoji).toBe(false)
    const image = new Image()
    image.src = found?.picture ?? ''
    await image.decode()
    expect(image.naturalWidth, emoji).toBe(image.naturalHeight)
  }
})

test('no two of them share a picture', () => {
  expect(new Set(spec.map(({ emoji }) => emojiOf(emoji)?.picture)).size).toBe(64)
})

test.each(languages)('the names in %s are those of the specification', (key) => {
  const found = namesIn(key.replace('_', '-'))
  for (const [index, { translated_descriptions: names }] of spec.entries())
    expect(found?.names[index], `${key} ${String(index)}`).toBe(
      (names as Readonly<Record<string, string | null>>)[key] ?? '',
    )
})

describe.each([
  ['as the specification writes them', (text: string) => text],
  ['without U+FE0F', bare],
  ['with U+FE0F after each', (text: string) => `${bare(text)}\ufe0f`],
])('%s', (_, written) => {
  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['a comma and a blank', ', '],
  ])('with %s between them, the server’s string falls into the same pictures', (__, between) => {
    for (let start = 0; start < 64; start += 7) {
      const shown = Array.from({ length: 7 }, (___, index) => spec[(start + index) % 64]?.emoji ?? '')
      const pictures = split(shown.map(written).join(between)).map((one) => emojiOf(one)?.picture)
      expect(pictures).toEqual(shown.map((one) => emojiOf(one)?.picture))
    }
  })
})

test.each(['🦊', '❤️‍🔥', 'Dog', '', '👍🏽'])('%j is not among the 64', (text) => {
  expect(emojiOf(text)).toBeUndefined()
})

test.each([
  ['de', 'Hund'],
  ['de-AT', 'Hund'],
  ['pt', 'Cão'],
  ['pt-PT', 'Cão'],
  ['pt-BR', 'Cachorro'],
  ['nb', 'Hund'],
  ['no', 'Hund'],
  ['nn-NO', 'Hund'],
  ['zh-TW', '狗'],
  ['zh-Hans-SG', '狗'],
  ['ar-EG', 'كلب'],
])('a person who reads %s gets %s', (language, name) => {
  expect(namesIn(language)?.names[0]).toBe(name)
})

test('Chinese is told apart by how it is written', () => {
  expect(namesIn('zh-HK')?.names[1]).toBe('貓')
  expect(namesIn('zh-CN')?.names[1]).toBe('猫')
  expect(namesIn('zh-Hant-CN')?.names[1]).toBe('貓')
})

test.each(['en', 'en-GB', 'tlh', '', 'not a tag'])('%j keeps the English names', (language) => {
  expect(namesIn(language)).toBeUndefined()
})
