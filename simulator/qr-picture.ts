// The code that the other device shows, as squares: the demo phone draws them, and a camera can read them off its screen.
import { create } from 'qrcode'

export interface QrPicture {
  /** Length of a side in squares, with the white margin that the standard asks for. */
  readonly side: number
  /** The black squares as an SVG path, one unit each. */
  readonly path: string
}

const margin = 4
const drawn = new Map<string, QrPicture>()
const drawnAtMost = 20

/** Draws a code whose characters are bytes. The last few are remembered: a phone looks every second. */
export function qrPicture(code: string): QrPicture {
  const known = drawn.get(code)
  if (known !== undefined) return known
  const picture = draw(code)
  if (drawn.size >= drawnAtMost) drawn.clear()
  drawn.set(code, picture)
  return picture
}

function draw(code: string): QrPicture {
  const segment = { data: Buffer.from(code, 'latin1'), mode: 'byte' as const }
  const { data, size } = create([segment], { errorCorrectionLevel: 'L' }).modules
  const runs: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const start = column
      while (column < size && data[row * size + column] === 1) column += 1
      const length = column - start
      if (length > 0) runs.push(`M${start + margin} ${row + margin}h${length}v1h-${length}z`)
    }
  }
  return { side: size + 2 * margin, path: runs.join('') }
}
