import fc from 'fast-check'
import { RE2JS, RE2JSException } from 're2js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fits, weightOfPattern } from './pattern.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Patterns that both languages read alike: a value that fits, and one that does not. */
const valid: readonly (readonly [pattern: string, yes: string, no: string])[] = [
  // Those of contract/bridge-flows.yaml.
  ['^\\d+:[A-Za-z0-9_-]{35}$', `6000000001:${'a'.repeat(35)}`, '6000000001:a'],
  ['^\\{[a-zA-Z0-9/+=":,. ]+\\}$', '{"a": "b/c+d="}', '{}'],
  ['^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', 'sam@example.com', 'sam@example'],
  ['^[a-zA-Z0-9]{3}-?[a-zA-Z0-9]{3}$', 'ABC-123', 'ABC 123'],
  ['^\\d{6}$', '123456', '12345'],
  ['^xoxb-.+$', 'xoxb-1', 'xoxp-1'],
  ['^xapp-.+$', 'xapp-1', 'xapp-'],
  ['^xoxc-.+$', 'xoxc-1', ' xoxc-1'],
  ['^xoxd-[a-zA-Z0-9/+=]+$', 'xoxd-a/b+c=', 'xoxd-a%2Fb'],
  ['^https://.+?\\.slack\\.com/api/(client|experiments|api|users|teams|conversations)\\..+$', 'https://a.slack.com/api/client.boot', 'https://a.slack.com/api/files.list'],
  ['^https://www\\.instagram\\.com/(?:direct/(?:inbox/|t/[0-9]+/)?)?(?:\\?.*)?$', 'https://www.instagram.com/direct/t/12/', 'https://www.instagram.com/accounts/login/'],
  ['^https://www\\.facebook\\.com/(?:messages/(?:e2ee/)?(?:t/[0-9]+/?)?)?(?:\\?.*)?$', 'https://www.facebook.com/messages/e2ee/t/1', 'https://www.facebook.com/login/'],
  ['^https://www\\.messenger\\.com/(?:e2ee/)?(?:t/[0-9]+/?)?(?:\\?.*)?$', 'https://www.messenger.com/?a=b', 'https://www.messenger.com/login'],
  // And others.
  ['a', 'xax', 'xbx'], ['^a$', 'a', 'a\n'], ['^$', '', ' '], ['', 'x', '\0'], ['.', 'x', '\n'], ['^.$', '🦊', '🦊🦊'], ['a|b', 'b', 'c'],
  ['^(a|b|c)d$', 'cd', 'dd'], ['a*b', 'b', 'a'], ['a+b', 'aab', 'b'], ['^a?b$', 'b', 'aab'], ['^a{2}$', 'aa', 'a'], ['^a{2,}$', 'aaa', 'a'],
  ['^a{2,3}$', 'aaa', 'aaaa'], ['^a{0}b$', 'b', 'ab'], ['^[abc]$', 'b', 'd'], ['^[^abc]$', 'd', 'a'], ['^[a-z]$', 'z', 'A'],
  ['^[a-]$', '-', 'b'], ['^[\\]]$', ']', '['], ['^[.*+?]$', '*', 'a'], ['^\\.$', '.', 'a'], ['^\\w+$', 'a_1', 'ä'], ['^\\W$', '-', 'a'],
  ['^\\s$', '\t', 'a'], ['^\\S$', 'a', ' '], ['^\\D$', 'a', '1'], ['\\bcat\\b', 'a cat', 'concat'], ['\\Bcat', 'concat', 'a cat'],
  ['^(?:ab)+$', 'abab', 'aba'], ['^(?:a|ab)(?:c|bcd)$', 'abcd', 'abd'], ['^\\x41$', 'A', 'a'], ['^[\\x00-\\x1f]$', '\x07', ' '], ['^a.c$', 'abc', 'a\nc'],
  ['^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$', '00:1b:44:11:3a:b7', '00:1b:44:11:3a'],
  ['^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)$', '127.0.0.1', '256.0.0.1'],
  ['^[A-Za-z0-9_-]{20,30}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}$', `${'a'.repeat(24)}.${'b'.repeat(6)}.${'c'.repeat(27)}`, 'a.b.c'],
  ['^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z]{2,63})+$', 'example.com', '-.com'], ['^\\+[1-9]\\d{6,14}$', '+14155550123', '0151'],
  ['^@[a-z0-9._=-]+:[a-z0-9.-]+$', '@sam:beeper.com', 'sam'], ['^(?:[01]\\d|2[0-3]):[0-5]\\d$', '23:59', '24:00'],
  ['^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$', '5b6c1f3e-0d0a-4d0e-9a53-2f5a6a1b7c11', '5b6c1f3e'],
  ['^eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+$', 'eyJa.b.c', 'eyJa.b'], ['^ä+$', 'ää', 'a'], ['^🦊{2}$', '🦊🦊', '🦊'], ['^[🦊🐌]$', '🐌', '🐈'], ['日本', '日本語', '日語'],
] // prettier-ignore

/** What Go reads, and JavaScript refuses or reads otherwise without a word. */
const re2Only: typeof valid = [
  ['\\Aabc\\z', 'abc', 'abc\n'], ['\\A[[:alpha:]]+\\z', 'abc', 'ab1'], ['^[[:digit:]]{2}$', '12', 'a]'], ['^[[:^digit:]]$', 'a', '1'],
  ['^[[:word:]-]+$', 'a-b', 'a b'], ['^[[:upper:][:digit:]]+$', 'A1', 'a1'], ['^\\Qa.b\\E$', 'a.b', 'axb'], ['^\\Q(*\\E+$', '(**', '('],
  ['\\Q^$', '^$', ''], ['(?i)^abc$', 'ABC', 'abd'], ['^a(?i)b$', 'aB', 'AB'], ['(?i:a)b', 'Ab', 'AB'], ['(?s)^a.c$', 'a\nc', 'ac'], ['(?m)^b$', 'a\nb', 'ab'],
  ['(?P<year>\\d{4})', '2026', '26'], ['(?is)^A.C$', 'a\nc', 'b'], ['^\\pL+$', 'äß', '1'], ['^\\PL$', '1', 'a'], ['^\\p{Greek}+$', 'αβγ', 'abc'],
  ['^\\p{Lu}$', 'Ä', 'ä'], ['^[\\pN_]+$', '٣_', 'a'], ['^\\x{1F98A}$', '🦊', 'x'], ['^\\101$', 'A', 'B'], ['^\\a$', '\x07', 'a'], ['(?U)^a+$', 'aa', 'b'],
  ['^a{,2}$', 'a{,2}', 'a'], ['^a{01}$', 'a{01}', 'a'], ['^[[]$', '[', ']'], ['^[]a]$', ']', 'b'], ['^[\\d-z]$', '-', 'a'], ['^\\p{Alphabetic}$', 'ä', '1'], ['(?i)^ſ$', 's', 't'], ['(?-s)^.$', 'a', '\n'],
] // prettier-ignore

/** What Go refuses, in JavaScript's own language, in others, or in none. */
const unreadable: readonly string[] = [
  '(?=a)', '(?!a)', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>', '\\u0041', '\\u{1F98A}', '\\cA', '(?>a+)b', 'a++', 'a*+', 'a?+', '\\G', '\\Z', '\\K', '\\R',
  '\\h', '\\X', '\\N', '\\e', '\\C', '(?#note)a', '(?(1)a|b)', '(?R)', '(?|a|b)', '(?x) a b', '\\p{Script=Greek}', '[a&&b]{1001}', '\\1', '\\8',
  '(', ')', 'a)', '(a', '((a)', '(?', '(?:', '(?P', '(?P<', '(?P<n', '(?P<>a)', '(?P<1 2>a)', '(?P<n>a)(?P<n>b)', '(?P=n)', '(?z)', '(?i', '(?-)', '(?i-)',
  '[', '[a', '[^', '[]', '[^]', '[z-a]', '[a-\\d]', '[[:foo:]]', '[[:alpha:]', '\\', 'a\\', '[\\', '\\p', '\\p{', '\\p{}', '\\pX', '\\p{Foo}', '\\x',
  '\\x{', '\\x{}', '\\x{110000}', '\\xg0', '*', '+', '?', '*a', '|*', '(*a)', '(+)', 'a**', 'a*?*', 'a{2}{3}', 'a{2}*', 'x{2,1}', 'a{1001}', 'a{1,1001}',
  'a{1001,}', 'a{99999999999999999999}', '(?:a{100}){11}', '{2}', '^*{3}', '^[', '^([a-z', '(?i)(', '\\Q(\\E)', '/a/g)', '(((((', ')(',
] // prettier-ignore

/** What keeps an engine that goes back busy for longer than anybody lives, with a text for it. */
const slow = 'a'.repeat(40)
const catastrophic: readonly (readonly [pattern: string, value: string, does: boolean])[] = [
  ['^(a+)+$', `${slow}!`, false], ['^(a*)*$', `${slow}!`, false], ['^(a|a)*$', `${slow}!`, false], ['^(a|aa)+$', `${slow}!`, false], ['^(a|a?)+$', `${slow}!`, false],
  ['(a+)+b', slow, false], ['(x+x+)+y', 'x'.repeat(40), false], ['^([a-zA-Z]+)*$', `${slow}1`, false], ['^(\\w+\\s?)*$', `${slow}!`, false],
  ['^((ab)*)+$', `${'ab'.repeat(30)}c`, false], ['(.*)*x', slow, false], ['(.*.*.*)*x', slow, false], ['^(.*a){20}$', `${slow}!`, false], ['^(a?){40}a{40}$', slow, true],
  ['a?'.repeat(40) + 'a'.repeat(40), slow, true], ['^(([a-z])+.)+[A-Z]([a-z])+$', slow, false], ['^(a+){10}$', `${slow}!`, false], ['^(?:a+)+(?:b+)+$', slow, false],
  ['^\\s+|\\s+$', `x${' '.repeat(4_000)}x`, false], ['\\s+$', `${' '.repeat(4_000)}x`, false], ['^(?:.|\\n)+$', `${slow}!`, true], ['^([^"]|"")*"$', slow, false],
  ['^(?:[a-z0-9]+[-_.]?)+@$', slow, false], ['(a|b|ab)*c', 'ab'.repeat(2_000), false], ['(?:a|b)*a(?:a|b){21}$', 'ab'.repeat(500), true],
  ['((a{0,5}){0,5})*[c]', slow, false], ['((a{0,5}){0,5})*$', `${slow}!`, true], ['(\\w*)*\\d\\d\\d!', slow, false], ['^(a|b|c|ab|bc|abc)*$', `${'abc'.repeat(20)}d`, false],
] // prettier-ignore

/** What unfolds to more than anybody should have to bear. */
const bombs: readonly string[] = [
  '^((a{1,900}){1,900}){1,900}$', '((a{1000}){1000}){1000}', '(?:(?:a{10}){10}){10}(?:(?:a{10}){10}){10}', '(?:a{1000}){1}'.repeat(60), 'a{1000}'.repeat(140),
  `(?:${'abcdefghij'.repeat(101)}){1000}`, `(?:${'\\pL'.repeat(330)}){1000}`, '\\pL{1000}', '[\\pL\\pN]{1000}', '(?i)[^\\pL]{900}', '\\p{Greek}{1000}',
  '(?:a?){1000}(?:a?){1000}(?:a?){1000}', '((((a{5}){5}){5}){5})(((a{10}){10}){10})'.repeat(8), '(?:.{1000}){1}'.repeat(20), '(\\w{0,999}){1}'.repeat(20),
  `(${'x?'.repeat(300)}){999}`, '(?:(?:(?:(?:a|b){9}|c){9}|d){9}|e)'.repeat(20), '(a{2}){500}'.repeat(40), '(((a{9}){9}){9})'.repeat(50), '\\Qabcdef\\E{1000}'.repeat(30),
] // prettier-ignore

/** Long, and quite all right. */
const long: readonly (readonly [pattern: string, value: string])[] = [
  [Array.from({ length: 300 }, (_, n) => `a${String(n)}`).join('|').slice(0, 1_024), 'a17'],
  [`^(?:${'abcdefg|'.repeat(120)}x)$`, 'x'],
  [`${'a'.repeat(200)}|${'b'.repeat(823)}`, 'a'.repeat(200)],
  [`${'('.repeat(500)}a${')'.repeat(500)}`, 'a'],
  [`${'(?:'.repeat(250)}a${')'.repeat(250)}`, 'a'],
  [`${'(?:'.repeat(200)}a${')*'.repeat(200)}`, 'a'],
  [`[${'a-z'.repeat(300)}]`, 'q'],
  ['.*'.repeat(500), 'x'],
] // prettier-ignore

describe('PAT-1: a pattern is read as Go reads it', () => {
  test.each(valid)('PAT-1: %s', (pattern, yes, no) => {
    expect([fits(pattern, yes), fits(pattern, no)]).toEqual([true, pattern === ''])
    // For these, what a developer knows of patterns holds too.
    expect([new RegExp(pattern, 'u').test(yes), new RegExp(pattern, 'u').test(no)]).toEqual([true, pattern === ''])
  })

  test.each(re2Only)('PAT-1: %s, which JavaScript refuses or misreads', (pattern, yes, no) => {
    expect([fits(pattern, yes), fits(pattern, no)]).toEqual([true, false])
  })

  test.each(catastrophic)('PAT-1: %s comes to an end', (pattern, value, does) => {
    expect(fits(pattern, value)).toBe(does)
  })
})

describe('PAT-2: a bad pattern stands in nobody’s way', () => {
  test.each(unreadable)('PAT-2: %s is none', (pattern) => {
    expect(fits(pattern, 'a')).toBe('unusable')
  })

  test.each(bombs)('PAT-2: a bomb is not even unfolded: %s', (pattern) => {
    const compile = vi.spyOn(RE2JS, 'compile')
    expect(pattern.length).toBeLessThanOrEqual(1_024)
    expect(fits(pattern, 'a')).toBe('unusable')
    expect(compile).not.toHaveBeenCalled()
  })

  test.each(long)('PAT-2: a long one is of use: %s', (pattern, value) => {
    expect(fits(pattern, value)).toBe(true)
  })

  test('PAT-2: 200 patterns were decided', () => {
    const all = [valid, re2Only, catastrophic, long].flat().map(([pattern]) => pattern)
    expect(new Set([...all, ...unreadable, ...bombs]).size).toBeGreaterThanOrEqual(200)
  })

  test('PAT-2: a pattern beyond 1 kB and a value beyond 8 kB are not looked at', () => {
    const compile = vi.spyOn(RE2JS, 'compile')
    expect(fits('a'.repeat(1_025), 'a')).toBe('unusable')
    expect(fits('a', 'a'.repeat(8_193))).toBe('unusable')
    expect(compile).not.toHaveBeenCalled()
    expect(fits('a', 'a'.repeat(8_192))).toBe(true)
  })

  test('PAT-2: only what the engine says of a pattern is taken for its word', () => {
    for (const error of [new RangeError('Maximum call stack size exceeded'), new TypeError('x'), new Error('x')]) {
      vi.spyOn(RE2JS, 'compile').mockImplementation(() => {
        throw error
      })
      expect(() => fits('a', 'a')).toThrow(error)
    }
    vi.spyOn(RE2JS, 'compile').mockImplementation(() => {
      throw new RE2JSException('no pattern')
    })
    expect(fits('a', 'a')).toBe('unusable')
  })
})

describe('PAT-2: what a pattern weighs', () => {
  const parts = [
    'a', 'bc', '.', '^', '$', '|', '(', ')', '(?:', '(?i)', '(?P<x>', '[', '[^', ']', '[a-z]', '[[:alpha:]]', '\\pL', '\\p{Greek}', '\\Q', '\\E', '\\Q)\\E',
    '\\', '\\d', '\\b', '\\(', '\\x{41}', '*', '+', '?', '{2}', '{3,}', '{2,5}', '{0}', '{0,7}', '{10}', '{,3}', '{01}', '{', '}', '-', ':', 'ſ', '🦊', '\ud83e', '\0',
  ] // prettier-ignore
  const anyPattern = fc.array(fc.constantFrom(...parts), { maxLength: 25 }).map((found) => found.join(''))

  test('PAT-2: is never less than the program that the engine makes of it', () => {
    let compiledCount = 0
    fc.assert(
      fc.property(anyPattern, (pattern) => {
        const weight = weightOfPattern(pattern)
        if (weight > 5_000 || fits(pattern, '') === 'unusable') return
        compiledCount += 1
        expect(RE2JS.compile(pattern).programSize()).toBeLessThanOrEqual(weight)
      }),
      { numRuns: 2_000 },
    )
    // Otherwise the property would say nothing.
    expect(compiledCount).toBeGreaterThan(500)
  })

  test('PAT-2: a repeat passes over what is nothing to repeat', () => {
    for (const nothing of ['', '(?i)', '(?-s)', '\\Q\\E']) {
      const pattern = `(?:${'ab'.repeat(50)})${nothing}{100}`
      expect(RE2JS.compile(pattern).programSize()).toBeGreaterThan(10_000)
      expect(weightOfPattern(pattern)).toBeGreaterThan(10_000)
      expect(fits(pattern, 'a')).toBe('unusable')
    }
  })

  test('PAT-2: is known of every pattern here, and so is what the engine does with it', () => {
    const all = [...valid, ...re2Only].map(([pattern, value]) => [pattern, value] as const)
    for (const [pattern, value] of [...all, ...catastrophic, ...long]) {
      const weight = weightOfPattern(pattern)
      const size = RE2JS.compile(pattern).programSize()
      // A step for each part of the program and each character, at the most: that is what linear means.
      expect([size <= weight, weight * (value.length + 1) <= 500_000], pattern).toEqual([true, true])
    }
  })

  test('PAT-2: and how long the text is decides together whether it is tried', () => {
    const compile = vi.spyOn(RE2JS, 'compile')
    const pattern = `^${'a?'.repeat(500)}$`
    expect(fits(pattern, 'a'.repeat(100))).toBe(true)
    expect(fits(pattern, 'a'.repeat(4_000))).toBe('unusable')
    expect(compile).toHaveBeenCalledTimes(1)
  })
})
