// Takes the pictures of the tour: what a window shows, in light and dark, at the usual size and at the smallest.
import type { ElectronApplication, Page } from '@playwright/test'
import type { BrowserWindow } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.env['DRAWBRIDGE_E2E_OUTPUT'] ?? 'test-results', 'pictures')

interface Size {
  readonly width: number
  readonly height: number
}
interface Sizes {
  readonly usual: Size
  readonly small?: Size
}
const appSizes: Sizes = { usual: { width: 960, height: 680 }, small: { width: 480, height: 560 } }
export const phoneSizes: Sizes = { usual: { width: 400, height: 780 } }

export type Shoot = (name: string) => Promise<void>

/**
 * Makes a camera for a window.
 * @param app the app, to resize its window as a person would
 * @param window the window to take pictures of
 * @param sizes of its contents; pictures at the small one have it in their name
 * @returns takes the pictures of what the window shows now
 */
export function camera(app: ElectronApplication, window: Page, sizes = appSizes): Shoot {
  mkdirSync(folder, { recursive: true })
  const handle = app.browserWindow(window)

  async function resize(size: Size): Promise<void> {
    const inMain = await handle
    await inMain.evaluate((found: BrowserWindow, { width, height }: Size) => {
      found.setContentSize(width, height)
    }, size)
    await window.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size)
  }

  async function shootBoth(name: string, suffix: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // A change of scheme fades: the fade begins with the next frame, and the picture is taken at its end.
      await window.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      await window.screenshot({ animations: 'disabled', path: join(folder, `${name}-${colorScheme}${suffix}.png`) })
    }
  }

  return async (name) => {
    await window.evaluate(() => document.fonts.ready.then(() => undefined))
    if (sizes.small !== undefined) {
      await resize(sizes.small)
      await shootBoth(name, '-small')
    }
    await resize(sizes.usual)
    await shootBoth(name, '')
  }
}
