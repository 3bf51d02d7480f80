// Small pictures and sounds made on the spot, for avatars, puzzles and pictures of emoji: nothing is stored as a blob.
import { crc32, deflateSync } from 'node:zlib'

export type Colour = readonly [red: number, green: number, blue: number]

const big = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([big(data.length), body, big(crc32(body))])
}

/** A picture in PNG (RFC 2083, three bytes a point), of the colours that `colourAt` gives. */
export function png(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (__, x) => colourAt(x, y)).flat(),
  ])
  const header = Buffer.concat([big(width), big(height), Buffer.from([8, 2, 0, 0, 0])])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A disc on a ground. */
export function disc(side: number, colour: Colour, ground: Colour): Buffer {
  const middle = (side - 1) / 2
  return png(side, side, (x, y) => (Math.hypot(x - middle, y - middle) < side * 0.42 ? colour : ground))
}

/** Stripes that lean over: what a puzzle is printed on. */
export const stripes = (width: number, height: number, colour: Colour, ground: Colour): Buffer =>
  png(width, height, (x, y) => ((x + y) % 14 < 4 ? colour : ground))

/** A tone in WAV (eight bits, one channel). */
export function tone(hertz: number, ms: number): Buffer {
  const rate = 8_000
  const samples = Buffer.from(
    Array.from(
      { length: (rate * ms) / 1000 },
      (_, n) => 128 + Math.round(60 * Math.sin((2 * Math.PI * hertz * n) / rate)),
    ),
  )
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}
