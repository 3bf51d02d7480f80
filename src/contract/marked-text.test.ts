import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linksIn, piecesOf } from './marked-text.ts'
import type { Piece } from './marked-text.ts'

/** Pieces as one line: `[link]`, `‹code›`, `*strong*`. */
const drawn = (text: string): string =>
  piecesOf(text)
    .map(({ kind, text: own }) => ({ text: own, link: `[${own}]`, code: `‹${own}›`, strong: `*${own}*` })[kind])
    .join('')

describe('what a network writes', () => {
  test.each([
    ['Type `K7QH` into WhatsApp', 'Type ‹K7QH› into WhatsApp'],
    ['**Approve** the sign-in. Your PIN is `4 8 1`; it is **shown** once.', '*Approve* the sign-in. Your PIN is ‹4 8 1›; it is *shown* once.'], // prettier-ignore
    ['Signed in as **Ada Example** (`+1 415 555 0123`)', 'Signed in as *Ada Example* (‹+1 415 555 0123›)'],
    ['Starts with `xoxb-`', 'Starts with ‹xoxb-›'],
    ['`a``b`', '‹a›‹b›'],
    ['(**a**), "**b**": **c**!', '(*a*), "*b*": *c*!'],
    ['**see `a` and https://a.test/b now**', '*see *‹a›* and *[https://a.test/b]* now*'],
    ['**https://a.test/b**', '[https://a.test/b]'],
    ['a\nb\r\n  c', 'a\nb\r\n  c'],
    ['', ''],
    // What is no mark stays as it is.
    ['a ` b', 'a ` b'],
    ['a `\n` b', 'a `\n` b'],
    ['``', '``'],
    ['2 ** 3 ** 4', '2 ** 3 ** 4'],
    ['**', '**'],
    ['****', '****'],
    ['** a **', '** a **'],
    ['**a\nb**', '**a\nb**'],
    ['a**b**c', 'a**b**c'],
    ['*a* _b_ # c', '*a* _b_ # c'],
    ['The code goes to +1 *** *** **23 or a**@e******.com', 'The code goes to +1 *** *** **23 or a**@e******.com'],
    ['The codes go to **23, **45 and **67', 'The codes go to **23, **45 and **67'],
  ])('%j is read as %j', (text, expected) => {
    expect(drawn(text)).toBe(expected)
  })
})

describe('links', () => {
  test.each([
    ['https://a', '[https://a]'],
    ['See https://a.test/b.', 'See [https://a.test/b].'],
    ['HTTPS://A.TEST/B', '[HTTPS://A.TEST/B]'],
    ['https://a.test/b?c=d&e=%2F#f, then', '[https://a.test/b?c=d&e=%2F#f], then'],
    ['https://a.test/b?!?...', '[https://a.test/b]?!?...'],
    ['Is it https://a.test/b?', 'Is it [https://a.test/b]?'],
    ['(https://a.test/b)', '([https://a.test/b])'],
    ['https://a.test/b_(c)', '[https://a.test/b_(c)]'],
    ['(see https://a.test/b_(c).)', '(see [https://a.test/b_(c)].)'],
    ['[x](https://a.test/b)', '[x]([https://a.test/b])'],
    ['[x](https://a.test/b_(c)).', '[x]([https://a.test/b_(c)]).'],
    ['<https://a.test/b>', '<[https://a.test/b]>'],
    ['"https://a.test/b"', '"[https://a.test/b]"'],
    ['{https://a.test/?q={b}}', '{[https://a.test/?q={b}]}'],
    ['https://a.test/[b]]', '[https://a.test/[b]]]'],
    ['https://a.test:8443/b', '[https://a.test:8443/b]'],
    ['https://127.0.0.1:23373/b', '[https://127.0.0.1:23373/b]'],
    ['https://[::1]:80/b', '[https://[::1]:80/b]'],
    ['https://a.test?b', '[https://a.test?b]'],
    ['https://instagram.test/ada_', '[https://instagram.test/ada_]'],
    ['https://xn--80ak6aa92e.com', '[https://xn--80ak6aa92e.com]'],
    ['https://münchen.test/ü', '[https://münchen.test/ü]'],
    ['https://例え.テスト/あ', '[https://例え.テスト/あ]'],
    ['请访问https://a.test/b。谢谢', '请访问[https://a.test/b]。谢谢'],
    ['https://a.test/b」と', '[https://a.test/b]」と'],
    ['https://a.test/b https://c.test/d', '[https://a.test/b] [https://c.test/d]'],
    ['https://a.test/?u=https://b.test/', '[https://a.test/?u=https://b.test/]'],
    ['https://a.test/\u202ecod.exe', '[https://a.test/]\u202ecod.exe'],
    ['https://a.test/\u200bb', '[https://a.test/]\u200bb'],
    ['https://a\u200b.test/', '[https://a]\u200b.test/'],
    ['https://a.test/b\u2028c', '[https://a.test/b]\u2028c'],
    ['`https://a.test/b`', '‹https://a.test/b›'],
  ])('%j is read as %j', (text, expected) => {
    expect(drawn(text)).toBe(expected)
  })

  const none = [
    'http://a.test/b',
    'ftp://a.test/b',
    'javascript:alert(1)',
    'data:text/html,<script>x()</script>',
    'file:///etc/passwd',
    'mailto:sam@a.test',
    'tg://login?token=x',
    'www.a.test/b',
    'a.test/b',
    '//a.test/b',
    'https:/a.test/b',
    'https:a.test/b',
    'https:\\\\a.test\\b',
    'https:// a.test/b',
    'https://',
    'https:///',
    'https://?b',
    'https://#b',
    'https://...',
    'https://)',
    'https://:80/',
    'https://a.test:99999999/',
    // A name before the host is there to be taken for it.
    'https://user@a.test/',
    'https://user:pass@a.test/',
    'https://www.beeper.com@evil.test/',
    'https://www.beeper.com%40evil.test/',
    'https://a.test\\@evil.test/',
    'https://a.test\\evil',
    'https://:@a.test/',
    'https://a.test|b',
    'https://%61.test/',
    'https://\u202ea.test/',
    'https://\0a.test/',
    'https://🦊.test/',
    // Cut to be shown: it would lead elsewhere.
    'https://a.test/b…',
    'https://a.test/b…/c',
    `https://a.test/${'b'.repeat(2_000)}`,
  ]
  test.each(none)('%.60j leads nowhere', (text) => {
    expect(linksIn(text)).toEqual([])
    expect(linksIn(`See ${text} or **${text}**.`)).toEqual([])
  })

  test('are told in their order, as they stand there', () => {
    expect(linksIn('a https://a.test/1, `https://a.test/2` (https://a.test/3) **https://a.test/4**')).toEqual([
      'https://a.test/1',
      'https://a.test/3',
      'https://a.test/4',
    ])
  })
})

/** The text of all pieces: the whole of it, but for the marks. */
const whole = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')
/** What a mark is, taken out wherever it stands. */
const unmarked = (text: string): string => text.replace(/`|\*\*/gu, '')

const strings = [
  '',
  ' ',
  '\n\n\n',
  'a\0b',
  '\0'.repeat(40),
  '<img src=x onerror="wasRun=1">',
  '<script>alert(1)</script>',
  '</bdi></p><iframe src="https://evil.test/">',
  '&lt;b&gt; &amp; &#60;i&#62;',
  '<a href="https://evil.test/">here</a>',
  '<a href=javascript:x()>x</a>',
  '{@html "<b>x</b>"}',
  '{{constructor.constructor("x()")()}}',
  '![x](https://evil.test/pixel.png)',
  '[good.test](https://evil.test/)',
  '[x]: https://evil.test/ "x"',
  '# Heading\n- a list\n> a quotation\n1. one',
  '\u202egnp.exe\u202c',
  '\u2066\u2067\u2068\u2069\u202a\u202b\u202d',
  '\u200f\u0634\u0643\u0631\u0627\u200e https://a.test/\u0634',
  'https://a.test/\u202etset.live//:sptth',
  'e\u0301'.repeat(50),
  'Z\u0351\u036b\u0343\u036a\u0302\u036bA\u0358L\u0367G\u034fO',
  '\ud83e',
  '\udd8a\ud83e',
  '🦊'.repeat(100),
  '👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿1️⃣',
  '\ufeff\ufffe\uffff\u0080\u2028\u2029',
  '＜ｓｃｒｉｐｔ＞',
  `It begins. ${'All work and no play. '.repeat(4_800)}It ends.`,
  'x'.repeat(100_000),
  '*'.repeat(10_000),
  '`'.repeat(10_000),
  '('.repeat(5_000) + ')'.repeat(5_000),
  `https://a.test/${'('.repeat(900)}${')'.repeat(950)}`,
  `https://a.test/${')'.repeat(1_900)}`,
  'https://'.repeat(1_000),
  '**a `b** c`',
  '`a **b` c**',
  '**`**`**`**',
  'https://xn--pypal-4ve.com/ https://pаypal.com/',
  'https://user:pass@a.test/ https://a.test\\@evil.test/',
]

describe('WIN-6: whatever comes is text', () => {
  test.each(strings)('WIN-6: %.40j is taken apart without a loss', (text) => {
    const pieces = piecesOf(text)
    expect(unmarked(whole(pieces))).toBe(unmarked(text))
    expect(pieces.every((piece) => piece.text !== '')).toBe(true)
    for (const url of linksIn(text)) {
      const { protocol, username, password, host } = new URL(url)
      expect([protocol, username, password, host === '']).toEqual(['https:', '', '', false])
    }
  })

  test('WIN-6: 40 strings and more', () => {
    expect(strings.length).toBeGreaterThanOrEqual(40)
  })

  test('WIN-6: any text is taken apart without a loss, and leads only to plain hosts', () => {
    const part = fc.constantFrom(
      'https://', 'a.test', '/b', '@', ':', '.', '(', ')', '[', ']', '`', '**', '*', ' ', '\n', '\0', '\u202e', '…', '\\', '?', '#', '。', 'ä', '🦊', '\ud83e', '%40', '<', '"', '_',
    ) // prettier-ignore
    const text = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (one) => {
        const pieces = piecesOf(one)
        const links = pieces.flatMap((piece) => (piece.kind === 'link' ? [piece] : []))
        const odd = links.filter(
          ({ url, text: own }) => own !== url || !/^https:\/\/[^\s@\\`"<>]+$/u.test(url.split(/[/?#]/u, 3).join('/')),
        )
        expect([unmarked(whole(pieces)), odd]).toEqual([unmarked(one), []])
      }),
      { numRuns: 500 },
    )
  })

  // Fifty times what is ever shown: an engine that starts over at every character would not be done before the test is given up.
  test('WIN-6: its work grows with the text alone', () => {
    const hard = [
      'https://a.test/' + ')'.repeat(20),
      'https://',
      '**a',
      '** a',
      '`',
      '`a\n',
      '**',
      '*',
      '(',
      'https://a(',
      'a.',
      '…',
      ' **a',
      '[x](',
      'https://a.test/](',
    ]
    for (const part of hard) {
      const long = part.repeat(Math.ceil(100_000 / part.length))
      expect(unmarked(whole(piecesOf(long))), part).toBe(unmarked(long))
      expect(unmarked(whole(piecesOf(`https://a.test/${long}`))), part).toBe(unmarked(`https://a.test/${long}`))
      expect(unmarked(whole(piecesOf(`**${long}`))), part).toBe(unmarked(`**${long}`))
    }
  })
})
