import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { qrPath } from './qr-path.ts'
import type { QrPath } from './qr-path.ts'

/** What a camera would read, from the pixels of the path. */
function scanned(qr: QrPath | undefined): { readonly bytes: string; readonly text: string } | undefined {
  if (qr === undefined) return undefined
  const scale = 4
  const side = qr.side * scale
  const context = new OffscreenCanvas(side, side).getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  context.scale(scale, scale)
  context.fillStyle = '#000'
  context.fill(new Path2D(qr.path))
  const code = jsQR(context.getImageData(0, 0, side, side).data, side, side)
  return code === null ? undefined : { bytes: String.fromCharCode(...code.binaryData), text: code.data }
}

const all = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('')

test('all 256 values of a byte come back', () => {
  expect(scanned(qrPath(all, true))?.bytes).toBe(all)
})

test.each(Array.from({ length: 16 }, (_, high) => high))('bytes 0x%i0 and up, each alone', (high) => {
  for (let low = 0; low < 16; low++) {
    const byte = String.fromCharCode(high * 16 + low)
    expect(scanned(qrPath(byte, true))?.bytes).toBe(byte)
  }
})

test.each([
  ['digits', '0123456789'],
  ['zeros', '\0\0\0\0'],
  // As a verification has it: name, version, mode, length of the ID, the ID, two keys and a secret.
  ['a verification', `MATRIX\x02\x01\x00\x0cABCDEFGHIJKL${all.slice(0, 72)}`],
])('%s are bytes too', (_, data) => {
  expect(scanned(qrPath(data, true))?.bytes).toBe(data)
})

test('text is written as text', () => {
  expect(scanned(qrPath('Grüße 👋'))?.text).toBe('Grüße 👋')
})

test.each([
  ['what is no byte', 'a\u0100', true],
  ['nothing', '', true],
  ['too many bytes', all.repeat(12), true],
  ['too much text', 'x'.repeat(5000), false],
])('%s makes no code', (_, data, isBytes) => {
  expect(qrPath(data, isBytes)).toBeUndefined()
})
