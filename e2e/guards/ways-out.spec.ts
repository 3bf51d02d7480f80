import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { demo, email, find } from '../pages/screens.ts'
import { allContents, titleOnPage } from '../rig/main-process.ts'
import type { Desk } from '../rig/desk.ts'
import { expect, test } from '../rig/test.ts'
import { clickLink, drop, elsewhere, elsewhereFor, ways } from './ways.ts'

async function expectStill(page: Page, url: string): Promise<void> {
  expect(page.url()).toBe(url)
  expect(await page.evaluate(() => (globalThis as { isStillHere?: boolean }).isStillHere)).toBe(true)
}

async function mark(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(globalThis, { isStillHere: true })
  })
}

/** The guard has met the last URL of a way, so it has met those before it. */
async function expectDenied(desk: Desk, host: string): Promise<void> {
  await expect.poll(() => desk.log(), { message: `a guard met ${host}` }).toContain(`https://${host}.invalid`)
}

test(
  `WIN-3: the app window goes nowhere and opens nothing, by ${elsewhere.length + 1} URLs on 7 ways`,
  { tag: '@guards' },
  async ({ desk, recorder }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    await mark(window)
    for (const [way, go] of Object.entries(ways)) {
      await go(window, elsewhereFor(way, recorder.origin))
      await expectDenied(desk, way)
      await expectStill(window, 'app://ui/index.html')
    }
    for (const url of elsewhereFor('middle', recorder.origin)) await clickLink(window, url, { button: 'middle' })
    await expectDenied(desk, 'middle')
    for (const key of ['Control', 'Shift']) {
      const name = key.toLowerCase()
      for (const url of [`${recorder.origin}/`, `https://${name}.invalid/`]) await clickLink(window, url, { key })
      await expectDenied(desk, name)
    }
    await expectStill(window, 'app://ui/index.html')
    for (const url of elsewhereFor('drop', recorder.origin)) await drop(window, url)
    // Nothing follows a drop, not even a guard; the link after it shows that what came before is over.
    await ways['link']?.(window, ['https://after-drop.invalid/'])
    await expectDenied(desk, 'after-drop')
    await expectStill(window, 'app://ui/index.html')

    expect(await allContents(app)).toHaveLength(1)
    expect(app.windows()).toHaveLength(1)
    expect(recorder.hits()).toEqual([])
    expect(desk.browser.opened(), 'nor does anything reach the browser').toEqual([])
    // Asked directly: Playwright itself waits for navigations that were begun and never came.
    expect(await titleOnPage(app)).toBe(en.find.title)
  },
)

test(
  'WIN-3: from an address without a page, which passes by every guard, the window is back at once',
  { tag: '@guards' },
  async ({ desk }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    for (const url of ['about:blank', 'about:blank?x', 'about:srcdoc', 'about:version']) {
      const left = window.waitForEvent('framenavigated', (frame) => !frame.url().startsWith('app:'))
      await window.evaluate((target) => {
        setTimeout(() => {
          location.href = target
        })
      }, url)
      await left
      await window.waitForURL('app://ui/index.html')
      await find.shown(window)
    }
    expect(await allContents(app)).toHaveLength(1)
  },
)

test.describe('in the demo world', () => {
  test.use({ isAbsent: true })

  test(
    'WIN-3: the phone moves within its own folder and nowhere else, and opens nothing',
    { tag: '@guards' },
    async ({ desk, recorder }) => {
      const { app, window } = await desk.start('--demo')
      await email.shown(window)
      const [phonePage] = await Promise.all([app.waitForEvent('window'), demo.openPhone(window)])
      await phonePage.waitForLoadState()
      const home = phonePage.url()
      await mark(phonePage)
      const { origin, pathname } = new URL(home)
      const near = [
        `${origin}/`,
        `${origin}/v1/info`,
        `${origin}${pathname}/../api/snapshot`,
        `${home}s`,
        `${origin}/oauth/authorize`,
      ]
      for (const [way, go] of Object.entries(ways)) {
        await go(phonePage, [...near, ...elsewhereFor(way, recorder.origin)])
        await expectDenied(desk, way)
        await expectStill(phonePage, home)
      }
      expect(await allContents(app)).toHaveLength(2)
      expect(recorder.hits()).toEqual([])
      expect(desk.browser.opened()).toEqual([])

      await phonePage.evaluate((url) => {
        location.href = url
      }, `${home}/inside`)
      await phonePage.waitForURL(`${home}/inside`)
    },
  )
})
