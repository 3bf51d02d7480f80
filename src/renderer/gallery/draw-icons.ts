// Draws the PNGs of the icons from their SVGs: `tsx src/renderer/gallery/draw-icons.ts`. Run by hand after a change of an SVG.
import { chromium } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const here = resolve('resources')
const icons: readonly (readonly [svg: string, png: string, size: number])[] = [
  ...[512, 256, 128, 64, 32].map(
    (size) => ['icon.svg', size === 512 ? 'icon.png' : `icon-${String(size)}.png`, size] as const,
  ),
  // The macOS menu bar takes the shape of a template image and paints it itself; the name says so.
  ['tray.svg', 'trayTemplate.png', 16],
  ['tray.svg', 'trayTemplate@2x.png', 32],
  ['tray-on-dark.svg', 'tray-on-dark.png', 32],
  ['tray.svg', 'tray-on-light.png', 32],
]

const given = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const browser = await chromium.launch(existsSync(given) ? { executablePath: given } : {})
const page = await browser.newPage()
for (const [svg, png, size] of icons) {
  await page.setViewportSize({ width: size, height: size })
  const source = readFileSync(join(here, svg)).toString('base64')
  await page.setContent(
    `<style>body{margin:0}img{display:block}</style><img width=${size} height=${size} src="data:image/svg+xml;base64,${source}">`,
  )
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode())
  await page.screenshot({ path: join(here, png), omitBackground: true })
}
await browser.close()
