import { create } from 'qrcode'

/** Four modules of white on each side, as the QR standard asks. */
const quiet = 4

export interface QrPath {
  readonly path: string
  readonly side: number
}

/**
 * Draws a QR code as one SVG path of horizontal runs, one unit a module, quiet zone included.
 * @param data what the code says
 * @param isBytes `data` is bytes, one character each (up to U+00FF), drawn exactly as they are
 * @returns the path and the length of a side, or nothing where it does not fit into a code or is no bytes
 */
export function qrPath(data: string, isBytes = false): QrPath | undefined {
  const modules = modulesOf(data, isBytes)
  if (modules === undefined) return undefined
  const { size, data: bits } = modules
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column
      while (column < size && bits[row * size + column]) column++
      if (column > start) path += `M${start + quiet} ${row + quiet}h${column - start}v1h${start - column}z`
    }
  }
  return { path, side: size + 2 * quiet }
}

interface Modules {
  readonly size: number
  readonly data: Uint8Array
}

function modulesOf(data: string, isBytes: boolean): Modules | undefined {
  const bytes = Array.from(data, (char) => char.codePointAt(0) ?? 0)
  if (isBytes && (bytes.length === 0 || bytes.some((byte) => byte > 0xff))) return undefined
  // One segment of bytes: of text the library would make UTF-8, and of a run of digits another mode.
  const said = isBytes ? [{ mode: 'byte' as const, data: Uint8Array.from(bytes) }] : data
  try {
    return create(said, { errorCorrectionLevel: 'L' }).modules
  } catch {
    // More than a code can hold.
    return undefined
  }
}
