// Photographs the gallery: `tsx src/renderer/gallery/shoot.ts <folder> [name…]`. Every View in light and dark, at the size the
// window opens with and at the smallest; a few with text twice as large. Says where something scrolls sideways.
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import gallery from './vite.config.ts'

const [folder = 'shots', ...only] = process.argv.slice(2)
const sizes = { large: { width: 960, height: 680 }, small: { width: 480, height: 560 } }
const enlarged = new Set(['find', 'code', 'register', 'connect', 'connection-qr', 'home'])

const server = await createServer({
  ...gallery,
  configFile: false,
  server: { host: '127.0.0.1', port: 0 },
  logLevel: 'error',
})
await server.listen()
const origin = server.resolvedUrls?.local[0]
if (origin === undefined) throw new Error('the dev server has no address')

const given = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const browser = await chromium.launch(existsSync(given) ? { executablePath: given } : {})
mkdirSync(folder, { recursive: true })

async function namesOn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const path = '/gallery/views.ts'
    const { viewNames } = (await import(path)) as { viewNames: string[] }
    return viewNames
  })
}

async function shoot(page: Page, name: string, suffix: string): Promise<void> {
  await page.waitForTimeout(220)
  const isWide = await page.evaluate(() =>
    [...document.querySelectorAll('*')].some(
      (one) =>
        one.scrollWidth > one.clientWidth + 1 &&
        getComputedStyle(one).overflowX !== 'visible' &&
        getComputedStyle(one).clipPath === 'none' &&
        !['INPUT', 'TEXTAREA'].includes(one.tagName),
    ),
  )
  if (isWide) process.stdout.write(`${name} ${suffix}: scrolls sideways\n`)
  await page.screenshot({ path: join(folder, `${name}.${suffix}.png`) })
}

for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' })
  page.on('pageerror', (error) => process.stdout.write(`${page.url()}: ${error.message}\n`))
  await page.goto(`${origin}gallery/gallery.html`)
  await page.waitForSelector('h1')
  const names = (await namesOn(page)).filter((name) => only.length === 0 || only.includes(name))
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    for (const name of names) {
      await page.goto(`${origin}gallery/gallery.html#${name}`)
      await shoot(page, name, `${size}-${colorScheme}`)
      if (!enlarged.has(name)) continue
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
      await shoot(page, name, `${size}-${colorScheme}-200`)
      await page.evaluate(() => (document.documentElement.style.fontSize = ''))
    }
  }
  await page.close()
}
await browser.close()
await server.close()
