import { create } from 'qrcode'

/** Four modules of white on each side, as the QR standard asks. */
const quiet = 4

/**
 * Draws a QR code as one SVG path of horizontal runs, one unit a module, quiet zone included.
 * @param data text of the code
 * @returns the path and the length of a side, or nothing where the text does not fit into a code
 */
export function qrPath(data: string): { readonly path: string; readonly side: number } | undefined {
  const modules = modulesOf(data)
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

function modulesOf(data: string): { readonly size: number; readonly data: Uint8Array } | undefined {
  try {
    return create(data, { errorCorrectionLevel: 'L' }).modules
  } catch {
    return undefined
  }
}
