// Takes the pictures of the tour: every screen in light and dark, at the usual size and at the smallest.
import type { ElectronApplication, Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.env['DRAWBRIDGE_E2E_OUTPUT'] ?? 'test-results', 'pictures')
const sizes = { usual: { width: 960, height: 680 }, small: { width: 480, height: 560 } } as const

export type Shoot = (name: string) => Promise<void>

/**
 * Makes a camera for a window.
 * @param app the app, to resize its window as a person would
 * @param window the window to take pictures of
 * @returns takes the pictures of what the window shows now
 */
export function camera(app: ElectronApplication, window: Page): Shoot {
  mkdirSync(folder, { recursive: true })
  const main = app.browserWindow(window)
  const resize = async ({ width, height }: { width: number; height: number }): Promise<void> => {
    await (await main).evaluate((found, size) => { found.setContentSize(size.width, size.height) }, { width, height })
    await window.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height] as const)
  }
  return async (name) => {
    await window.evaluate(() => document.fonts.ready.then(() => undefined))
    for (const [size, bounds] of Object.entries(sizes)) {
      await resize(bounds)
      for (const colorScheme of ['light', 'dark'] as const) {
        await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        // A change of scheme fades: the fade begins with the next frame, and the picture is taken at its end.
        await window.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        await window.screenshot({ animations: 'disabled', path: join(folder, `${name}-${colorScheme}${size === 'small' ? '-small' : ''}.png`) })
      }
    }
    await resize(sizes.usual)
  }
}
