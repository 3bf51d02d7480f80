// Pictures and what is none, as far as their first bytes tell.
const of = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

const png = of('\x89PNG\r\n\x1a\n', '\0\0\0\rIHDR')

export const rasters: readonly (readonly [type: string, bytes: Buffer])[] = [
  ['image/png', png],
  ['image/jpeg', of([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
  ['image/gif', of('GIF89a', [1, 0, 1, 0])],
  ['image/gif', of('GIF87a', [1, 0, 1, 0])],
  ['image/webp', of('RIFF', [4, 0, 0, 0], 'WEBPVP8 ')],
]

export const noRasters: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['an SVG', of('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['an SVG with an XML head', of('<?xml version="1.0"?><svg/>')],
  ['HTML', of('<!doctype html><script>alert(1)</script>')],
  ['JSON', of('{"code":"x"}')],
  ['a PDF', of('%PDF-1.7')],
  ['a BMP', of('BM\x10\0\0\0')],
  ['an icon', of([0, 0, 1, 0, 1, 0])],
  ['a video', of('\0\0\0\x18ftypmp42')],
  ['a sound', of('RIFF', [4, 0, 0, 0], 'WAVEfmt ')],
  ['nothing', of()],
  ['the beginning of a PNG', png.subarray(0, 7)],
  ['a PNG that does not begin at once', of(' ', [...png])],
  ['a GIF of no version', of('GIF90a')],
]

export const largest = 1024 * 1024

/** A PNG of so many bytes. */
export const pngOf = (size: number): Buffer => Buffer.concat([png, Buffer.alloc(size - png.length)])

export const dataURL = (type: string, bytes: Buffer): string => `data:${type};base64,${bytes.toString('base64')}`
