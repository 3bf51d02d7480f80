// Reads a QR code off a screenshot, as a phone's camera does: from pixels alone.
import type { Locator } from '@playwright/test'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'

/**
 * Takes a picture of an element and reads the code in it.
 * @returns the text of the code; rejects when the picture shows none
 */
export async function readQr(element: Locator): Promise<string> {
  const { data, width, height } = PNG.sync.read(await element.screenshot())
  const found = jsQR(new Uint8ClampedArray(data), width, height)
  if (found === null) throw new Error('no QR code in the picture')
  return found.data
}
