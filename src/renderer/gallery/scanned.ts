// Reads the code to scan off the page as a phone would, for tests.
import jsQR from 'jsqr'

/**
 * Reads a code from its pixels.
 * @param within where on the page to look for it
 * @returns what it says; nothing where there is no code
 */
export async function scanned(within: ParentNode = document): Promise<string | undefined> {
  const svg = within.querySelector('svg[role=img]')
  if (!(svg instanceof SVGSVGElement)) return undefined
  // The copy stands alone, so what it looks like has to be written into it.
  const copy = document.importNode(svg, true)
  copy.setAttribute('width', '400')
  copy.setAttribute('height', '400')
  copy.querySelector('.white')?.setAttribute('fill', '#fff')
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  const context = new OffscreenCanvas(400, 400).getContext('2d')
  context?.drawImage(image, 0, 0)
  const pixels = context?.getImageData(0, 0, 400, 400)
  return (pixels && jsQR(pixels.data, 400, 400)?.data) ?? undefined
}
