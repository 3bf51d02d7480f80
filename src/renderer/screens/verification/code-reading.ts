// Reads QR codes: off frames of the camera, and out of pictures. The reader is loaded when somebody scans, not before.

/** What a picture turned out to be; `data` is one character a byte, exactly as the code has them. */
export type PictureRead =
  { readonly kind: 'code'; readonly data: string } | { readonly kind: 'no-code' } | { readonly kind: 'not-a-picture' }

/** How long the longer side is made. Photos read best small, because noise goes; screenshots as large as they are. */
const sidesPx = [1000, 2000, 500]

/**
 * Reads the code in some pixels.
 * @param pixels of a picture or a frame
 * @returns one character a byte; nothing where there is no code
 */
export async function codeIn(pixels: ImageData): Promise<string | undefined> {
  const { default: read } = await import('jsqr')
  const code = read(pixels.data, pixels.width, pixels.height)
  // An empty code says nothing that could be sent.
  if (code === null || code.binaryData.length === 0) return undefined
  return code.binaryData.map((byte) => String.fromCharCode(byte)).join('')
}

type Drawable = HTMLVideoElement | ImageBitmap

/**
 * The pixels of a picture, made smaller where it is large.
 * @param from a picture or a video that has begun
 * @param width how wide it is
 * @param height how high it is
 * @param sidePx how long its longer side may be
 */
export function pixelsOf(from: Drawable, width: number, height: number, sidePx: number): ImageData | undefined {
  const scale = Math.min(1, sidePx / Math.max(width, height))
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
  if (w < 1 || h < 1) return undefined
  const context = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  // Without its ground a transparent picture would be black on black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, w, h)
  context.drawImage(from, 0, 0, w, h)
  return context.getImageData(0, 0, w, h)
}

/**
 * Reads the code in a picture that a person pasted, dropped or chose.
 * @param file whatever it is
 */
export async function readPicture(file: Blob): Promise<PictureRead> {
  // Whatever cannot be decoded is no picture; why does not matter to anybody.
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined) return { kind: 'not-a-picture' }
  try {
    for (const sidePx of sidesPx) {
      const pixels = pixelsOf(picture, picture.width, picture.height, sidePx)
      const data = pixels && (await codeIn(pixels))
      if (data !== undefined) return { kind: 'code', data }
    }
    return { kind: 'no-code' }
  } finally {
    picture.close()
  }
}
