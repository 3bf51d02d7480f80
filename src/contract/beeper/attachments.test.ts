import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attachmentsFrom } from './attachments.ts'

const base64 = (...bytes: readonly (number | string)[]): string =>
  Buffer.concat(
    bytes.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : Buffer.from([one]))),
  ).toString('base64')
const length = [1, 2, 3, 4] as const
const png = base64(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR')
const named = (content: unknown, filename: unknown = 'a') => ({ type: 'm.image', filename, content })

describe('what its first bytes prove it to be', () => {
  test.each([
    ['PNG', 'picture', 'image/png', png],
    ['JPEG (JFIF)', 'picture', 'image/jpeg', base64(0xff, 0xd8, 0xff, 0xe0, 'JFIF')],
    ['JPEG (Exif)', 'picture', 'image/jpeg', base64(0xff, 0xd8, 0xff, 0xe1, 'Exif')],
    ['GIF 87', 'picture', 'image/gif', base64('GIF87a', 1, 0)],
    ['GIF 89', 'picture', 'image/gif', base64('GIF89a', 1, 0)],
    ['WebP', 'picture', 'image/webp', base64('RIFF', ...length, 'WEBPVP8 ')],
    ['WebP of another length', 'picture', 'image/webp', base64('RIFF', 0xff, 0xff, 0, 0, 'WEBPVP8L')],
    ['WAV', 'sound', 'audio/wav', base64('RIFF', ...length, 'WAVEfmt ')],
    ['Ogg', 'sound', 'audio/ogg', base64('OggS', 0, 2)],
    ['MP3 with a tag', 'sound', 'audio/mpeg', base64('ID3', 4, 0)],
    ['MP3, MPEG 1', 'sound', 'audio/mpeg', base64(0xff, 0xfb, 0x90, 0x44)],
    ['MP3, MPEG 1 with a checksum', 'sound', 'audio/mpeg', base64(0xff, 0xfa, 0x90, 0x44)],
    ['MP3, MPEG 2', 'sound', 'audio/mpeg', base64(0xff, 0xf3, 0x40, 0xc4)],
    ['MP3, MPEG 2 with a checksum', 'sound', 'audio/mpeg', base64(0xff, 0xf2, 0xff, 0xff)],
  ])('%s is a %s', (_, kind, mime, content) => {
    expect(attachmentsFrom([named(content, 'captcha')])).toEqual([
      { kind, name: 'captcha', dataURL: `data:${mime};base64,${content}` },
    ])
  })

  test('and nothing that it says of itself', () => {
    const lying = { type: 'm.audio', filename: 'a.svg', content: png, info: { mimetype: 'image/svg+xml' } }
    expect(attachmentsFrom([lying])).toMatchObject([
      { kind: 'picture', name: 'a.svg', dataURL: `data:image/png;base64,${png}` },
    ])
  })

  test.each([
    ['SVG', base64('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')],
    ['SVG with a mark', base64(0xef, 0xbb, 0xbf, '<svg/>')],
    ['a page', base64('<!doctype html><script>x()</script>')],
    ['PDF', base64('%PDF-1.7')],
    ['BMP', base64('BM', ...length)],
    ['AVI', base64('RIFF', ...length, 'AVI LIST')],
    ['no RIFF', base64('RIFX', ...length, 'WAVEfmt ')],
    ['half of the mark of WebP', base64('RIFF', ...length, 'XEBPVP8 ')],
    ['the beginning of PNG', base64(0x89, 'PNG')],
    ['a program', base64(0x7f, 'ELF')],
    ['MPEG layer I', base64(0xff, 0xff, 0x90, 0x44)],
    ['AAC', base64(0xff, 0xf1, 0x50, 0x80)],
    ['words', 'hello'],
    ['nothing', ''],
  ])('%s is ignored', (_, content) => {
    expect(attachmentsFrom([named(content)])).toEqual([])
  })
})

describe('rubbish', () => {
  test.each<[unknown]>([
    [null],
    [undefined],
    [7],
    ['https://chat.example.com/captcha.png'],
    [[]],
    [[png]],
    [{}],
    [{ filename: 'a.png' }],
    [named(null)],
    [named(7)],
    [named([png])],
    [named({ data: png })],
    [named(`${png}"><script>`)],
    [named(`${png}\n`)],
    [named(` ${png}`)],
    [named(`${png}====`)],
    [named(`iVBORw0KGgo=${png}`)],
    [named(`data:image/png;base64,${png}`)],
    [named('%%% this is no base64 %%%')],
    [named(Buffer.from(png, 'base64').toString('base64url').replace('A', '_'))],
  ])('%j is ignored', (wire) => {
    expect(attachmentsFrom([wire])).toEqual([])
    // What follows it is not.
    expect(attachmentsFrom([wire, named(png)])).toHaveLength(1)
  })

  test('a name that is none is empty, and a long one is cut', () => {
    for (const name of [undefined, null, 7, {}, ['a']])
      expect(attachmentsFrom([{ content: png, filename: name }])).toMatchObject([{ name: '' }])
    const [long] = attachmentsFrom([named(png, `\0\u202e${'x'.repeat(100_000)}`)])
    expect(long?.name.length).toBeLessThanOrEqual(200)
    expect(long?.name).not.toContain('\0')
  })

  test('none at all is none', () => {
    expect(attachmentsFrom(undefined)).toEqual([])
    expect(attachmentsFrom([])).toEqual([])
  })
})

describe('too much', () => {
  const stem = png.replaceAll('=', '')
  const sized = (size: number): string => stem.padEnd(size, 'A')

  test('one may be 512 kB large, and what is larger takes nothing else with it', () => {
    expect(attachmentsFrom([named(sized(700_000))])).toHaveLength(1)
    expect(attachmentsFrom([named(sized(700_001))])).toEqual([])
    expect(attachmentsFrom([named(sized(20_000_000)), named(png, 'small')])).toMatchObject([{ name: 'small' }])
  })

  test('all together are not larger than one may be', () => {
    const names = attachmentsFrom([
      named(sized(400_000), 'first'),
      named(sized(400_000), 'too large beside it'),
      named(sized(200_000), 'third'),
    ]).map(({ name }) => name)
    expect(names).toEqual(['first', 'third'])
  })

  test('six are shown, and rubbish does not count', () => {
    const many = Array.from({ length: 20 }, (_, n) => named(png, String(n)))
    expect(attachmentsFrom(many).map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5'])
    expect(attachmentsFrom([...Array.from({ length: 50 }, () => null), ...many])).toHaveLength(6)
  })
})

const pictureURL = /^data:image\/(?:png|jpeg|gif|webp);base64,[\d+/A-Za-z]+={0,2}$/u
const soundURL = /^data:audio\/(?:ogg|wav|mpeg);base64,[\d+/A-Za-z]+={0,2}$/u

test('whatever comes, nothing is thrown, and what is shown is a raster picture or a sound of modest size', () => {
  const starts = [png, base64('RIFF', ...length, 'WAVE'), base64('OggS', 0), '/9j/', '<svg/>']
  const content = fc
    .tuple(fc.constantFrom(...starts, ''), fc.oneof(fc.base64String(), fc.string({ unit: 'binary' })))
    .map(([start, rest]) => start + rest)
  const odd = fc.constantFrom<unknown>(null, 7, true, '', {}, [png], { content: png }, undefined, new Date(0), {
    __proto__: { content: png },
  })
  const member = fc.oneof(content, odd)
  const one = fc.oneof(fc.record({ content: member, filename: member, type: member }, { requiredKeys: [] }), odd)
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), (wire) => {
      const found = attachmentsFrom(wire)
      const wrong = found.filter(({ kind, dataURL }) => !(kind === 'picture' ? pictureURL : soundURL).test(dataURL))
      expect([found.length <= 6, wrong]).toEqual([true, []])
    }),
    { numRuns: 300 },
  )
})
