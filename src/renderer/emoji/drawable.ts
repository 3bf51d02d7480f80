// Whether this computer can show an emoji. Without an emoji font, or with an old one, a box or several pictures in a row would
// stand where one picture is to be recognised, and a wrong tap ends the sign-in.

const side = 48
/** Of no font: what is drawn for it is what is drawn for everything that is missing. */
const missing = '\u{10fffd}'

interface Drawn {
  readonly width: number
  readonly pixels: string
}

function drawn(context: OffscreenCanvasRenderingContext2D, text: string): Drawn {
  context.clearRect(0, 0, 2 * side, side)
  context.fillText(text, 4, side - 12)
  const { data } = context.getImageData(0, 0, 2 * side, side)
  return { width: context.measureText(text).width, pixels: data.join() }
}

/**
 * Whether the fonts of this computer draw an emoji as one picture.
 * @param emoji one emoji, also a sequence
 */
export function isDrawable(emoji: string): boolean {
  const context = new OffscreenCanvas(2 * side, side).getContext('2d', { willReadFrequently: true })
  // Nothing can be said then, and nearly every computer has the font.
  if (context === null) return true
  context.font = `${String(side - 16)}px system-ui, sans-serif`
  const { width, pixels } = drawn(context, emoji)
  const box = drawn(context, missing)
  const isNothing = pixels === drawn(context, ' ').pixels
  // A sequence that the font does not have falls apart into its pictures. One picture is about as wide as it is high.
  return !isNothing && pixels !== box.pixels && width <= 1.7 * (side - 16)
}
