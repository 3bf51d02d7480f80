import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { line, prose } from './text.ts'

describe('WIN-6: foreign text', () => {
  test('short text stays as it is, markup and direction marks included', () => {
    for (const text of ['', 'WhatsApp', '<img src=x onerror=alert(1)>', 'a\u202Eb', '🦊', 'two\nlines'])
      expect(prose(text)).toBe(text)
    expect(line(undefined)).toBe('')
  })

  test('long text is cut at its limit, and says so', () => {
    expect(line('x'.repeat(100_000))).toBe(`${'x'.repeat(199)}…`)
    expect(prose('x'.repeat(100_000))).toHaveLength(2_000)
  })

  test('NUL becomes a sign that can be seen', () => {
    expect(line('a\0b')).toBe('a\uFFFDb')
  })

  test('no character is cut in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 150, maxLength: 300 }), (text) => {
        expect(line(text)).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/u)
        expect(line(text).length).toBeLessThanOrEqual(200)
      }),
    )
  })
})
