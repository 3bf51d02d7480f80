// Reads a QR code off a screenshot, as a phone's camera does: from pixels alone.
import type { Locator } from '@playwright/test'
import jsQR from 'jsqr'
import type { QRCode } from 'jsqr'
import { PNG } from 'pngjs'

async function codeOn(element: Locator): Promise<QRCode> {
  const { data, width, height } = PNG.sync.read(await element.screenshot())
  const found = jsQR(new Uint8ClampedArray(data), width, height)
  if (found === null) throw new Error('no QR code in the picture')
  return found
}

/**
 * Takes a picture of an element and reads the code in it.
 * @returns the text of the code; rejects when the picture shows none
 */
export async function readQr(element: Locator): Promise<string> {
  return (await codeOn(element)).data
}

/**
 * The same for a code that holds no text.
 * @returns one character a byte, exactly as the code has them; rejects when the picture shows none
 */
export async function readQrBytes(element: Locator): Promise<string> {
  return Buffer.from((await codeOn(element)).binaryData).toString('latin1')
}
