// What another device shows, as a picture: a file that a person has, or a film for Chromium's pretended camera.
import { PNG } from 'pngjs'
import { create } from 'qrcode'

/** A picture of squares: which of its points are black. */
interface Drawing {
  readonly width: number
  readonly height: number
  isBlack(x: number, y: number): boolean
}

/** The standard asks for four white squares around a code. */
const margin = 4

/**
 * Draws a code as large as it fits, in the middle.
 * @param code one character a byte
 * @param width of the picture
 * @param height of the picture
 */
function draw(code: string, width: number, height: number): Drawing {
  const { data, size } = create([{ data: Buffer.from(code, 'latin1'), mode: 'byte' }], {
    errorCorrectionLevel: 'L',
  }).modules
  const square = Math.floor(Math.min(width, height) / (size + 2 * margin))
  const left = Math.floor((width - size * square) / 2)
  const top = Math.floor((height - size * square) / 2)
  return {
    width,
    height,
    isBlack(x, y) {
      const [column, row] = [Math.floor((x - left) / square), Math.floor((y - top) / square)]
      const isWithin = column >= 0 && row >= 0 && column < size && row < size
      return isWithin && data[row * size + column] === 1
    },
  }
}

/**
 * A screenshot of a code.
 * @param code one character a byte
 * @returns a PNG
 */
export function codePicture(code: string): Buffer {
  const drawing = draw(code, 480, 480)
  const { width, height } = drawing
  const png = new PNG({ width, height })
  for (let at = 0; at < width * height; at++) {
    const shade = drawing.isBlack(at % width, Math.floor(at / width)) ? 0 : 255
    png.data.set([shade, shade, shade, 255], 4 * at)
  }
  return PNG.sync.write(png)
}

/** Studio swing, as cameras have it. */
const [black, white, noColour] = [16, 235, 128]

/**
 * A film of a code that is held before a camera.
 * @param code one character a byte
 * @returns YUV4MPEG2, which Chromium plays again and again (`--use-file-for-fake-video-capture`)
 */
export function codeFilm(code: string): Buffer {
  const drawing = draw(code, 1280, 720)
  const { width, height } = drawing
  const points = width * height
  // Brightness of each point, then the two colours of each four.
  const frame = Buffer.alloc(points + points / 2, noColour)
  for (let at = 0; at < points; at++) frame[at] = drawing.isBlack(at % width, Math.floor(at / width)) ? black : white
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`)
  const mark = Buffer.from('FRAME\n')
  return Buffer.concat([head, mark, frame, mark, frame])
}
