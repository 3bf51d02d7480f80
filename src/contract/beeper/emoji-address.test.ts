import { describe, expect, test } from 'vitest'
import { emojiFrom, isEmoji } from './emoji-address.ts'

describe('an emoji', () => {
  test.each(['🦊', '☀️', '❤️', '👩🏽‍🚀', '🚮‍💨', '👨‍👩‍👧‍👦', '🇩🇪', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '#️⃣', '🐈‍⬛', '🫠'])('is %s', (text) => {
    expect(isEmoji(text)).toBe(true)
  })

  test.each(['', 'a', 'fox', '12', '#', '🦊 ', '🦊x', ' 🦊', '<b>🦊</b>', '🦊\0', '🦊\u202e', '\u200d', '\ufe0f', '\ud83e', '🏽', '🦊'.repeat(17)])(
    'is not %j',
    (text) => {
      expect(isEmoji(text)).toBe(false)
    },
  ) // prettier-ignore
})

describe('the address of a picture', () => {
  test.each([
    ['https://fonts.gstatic.com/s/e/notoemoji/latest/1f98a/emoji.svg', '🦊'],
    ['https://fonts.gstatic.com/s/e/notoemoji/latest/1f6ae_200d_1f4a8/emoji.svg', '🚮‍💨'],
    ['http://127.0.0.1:23373/_sim/pictures/fonts.gstatic.com/s/e/notoemoji/latest/1f98a/emoji.svg', '🦊'],
    ['https://example.com/u1f6ae_200d_1f4a8.svg', '🚮‍💨'],
    ['https://example.com/emoji_u1f40c.png', '🐌'],
    ['https://example.com/1F98A.PNG', '🦊'],
    ['https://example.com/1f1e9-1f1ea.svg', '🇩🇪'],
    ['https://example.com/31-fe0f-20e3.png', '1️⃣'],
    ['https://example.com/1f98a.svg?size=128#x', '🦊'],
    ['https://example.com/1f98a/512.webp?v=1', '🦊'],
    // In the units of UTF-16.
    ['https://example.com/d83e_dd8a.svg', '🦊'],
    ['1f98a', '🦊'],
  ])('%s names %s', (address, emoji) => {
    expect(emojiFrom(address)).toBe(emoji)
  })

  test.each([
    '',
    '/',
    '?1f98a',
    'https://example.com/face.svg',
    'https://example.com/',
    'https://1f98a/pictures/of/animals.png',
    // Further up than the folder of the file it is part of the way there.
    'https://example.com/1f98a/big/fox.png',
    'https://example.com/ffffff.svg',
    'https://example.com/110000.svg',
    'https://example.com/d83e.svg',
    'https://example.com/8f14e45f.png',
    'https://example.com/2024/picture.png',
    // Signs that look like emoji, and parts of addresses that mean nothing.
    'https://example.com/ae/picture.png',
    'https://example.com/a9.svg',
    'https://example.com/23/picture.png',
    'https://example.com/1f98a_61.svg',
    'https://example.com/1f98a__1f98a.svg',
    'https://example.com/1f98a.svg.exe',
  ])('%s names none', (address) => {
    expect(emojiFrom(address)).toBeUndefined()
  })

  test('names none when it is endless', () => {
    for (const part of ['1f98a_', '1f98a', '/', '_', '1f98a/'])
      expect(emojiFrom(`https://example.com/${part.repeat(200_000)}x.svg`), part).toBe(
        part === '1f98a/' ? '🦊' : undefined,
      )
  })
})
