// Where a window must not go, and the ways by which pages try.
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

export const elsewhere = [
  'https://SENTINEL/',
  'http://SENTINEL/',
  'RECORDER/',
  'RECORDER/index.html?app://ui/index.html',
  'http://localhost:PORT/',
  'http://app@127.0.0.1:PORT/',
  'http://127.1:PORT/',
  '//127.0.0.1:PORT/',
  'ws://127.0.0.1:PORT/',
  'ftp://127.0.0.1:PORT/',
  'file:///etc/passwd',
  'file://127.0.0.1/share/x.html',
  'smb://127.0.0.1/share',
  'data:text/html,<h1>Elsewhere</h1>',
  'data:text/html;base64,PGgxPkVsc2V3aGVyZTwvaDE+',
  'javascript:document.title="Elsewhere"',
  'chrome://gpu',
  'chrome://settings',
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop/x.html',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://ui/index.html',
  'blob:app://ui/0b1c8a0e-0000-4000-8000-000000000000',
  'filesystem:app://ui/temporary/x.html',
  'app://other/index.html',
  'app://ui/assets/other.html',
  'app://ui/index.html?second',
  'mailto:somebody@example.com',
  'tel:+15550100',
  'drawbridge://go/home',
  'ms-settings:privacy',
  'intent://scan/#Intent;scheme=zxing;end',
  'x-unheard-of:anything',
]

/** The URLs, with the host that shows in the log that a guard has met the last of them. */
export function elsewhereFor(way: string, recorder: string): readonly string[] {
  const { port } = new URL(recorder)
  const last = `https://${way}.invalid/`
  const filled = elsewhere.map((url) =>
    url.replace('SENTINEL', `${way}.first.invalid`).replace('RECORDER', recorder).replace('PORT', port),
  )
  return [...filled, last]
}

/**
 * Ways on which a page alone can leave. Each is tried with a list of URLs, one after the other. All of them together stay
 * below the 200 navigations in 10 s after which Chromium itself takes no more.
 */
export const ways: Readonly<Record<string, (page: Page, urls: readonly string[]) => Promise<void>>> = {
  link: (page, urls) =>
    page.evaluate((list) => {
      for (const url of list) {
        const link = document.createElement('a')
        link.href = url
        document.body.append(link)
        link.click()
        link.remove()
      }
    }, urls),
  'link-to-new': (page, urls) =>
    page.evaluate((list) => {
      for (const url of list) {
        const link = document.createElement('a')
        link.href = url
        link.target = '_blank'
        link.rel = 'opener'
        document.body.append(link)
        link.click()
        link.remove()
      }
    }, urls),
  script: (page, urls) =>
    page.evaluate(async (list) => {
      for (const [index, url] of list.entries()) {
        try {
          if (index % 2 === 0) location.href = url
          else location.replace(url)
        } catch {
          // Not even tried by Chromium.
        }
        // A navigation that has not begun yet gives way to the next one.
        await new Promise((resolve) => setTimeout(resolve))
      }
    }, urls),
  'window-open': (page, urls) =>
    page.evaluate((list) => {
      for (const url of list)
        for (const [name, features] of [
          ['_blank', ''],
          ['_self', ''],
          ['named', 'popup,nodeIntegration=yes,contextIsolation=no,webviewTag=yes'],
        ] as const) {
          try {
            window.open(url, name, features)
          } catch {
            // Not even tried by Chromium.
          }
        }
    }, urls),
  'meta-refresh': (page, urls) =>
    page.evaluate(async (list) => {
      for (const url of list) {
        const meta = document.createElement('meta')
        meta.httpEquiv = 'refresh'
        meta.content = `0; url=${url}`
        document.head.append(meta)
        await new Promise((resolve) => setTimeout(resolve, 5))
        meta.remove()
      }
    }, urls),
}

/** A link over the whole page, for the real mouse. */
export async function clickLink(page: Page, url: string, click: { button?: 'middle'; key?: string }): Promise<void> {
  await page.evaluate((target) => {
    const link = document.createElement('a')
    link.id = 'the-link'
    link.href = target
    link.textContent = 'a link'
    Object.assign(link.style, { position: 'fixed', inset: '0', zIndex: '9999' })
    for (const name of ['click', 'auxclick'])
      link.addEventListener(name, () => {
        link.id = 'the-clicked-link'
      })
    document.body.append(link)
  }, url)
  if (click.key !== undefined) await page.keyboard.down(click.key)
  // A press with Shift may also mark text, and is then no click.
  await expect(async () => {
    await page.mouse.click(100, 100, { button: click.button ?? 'left' })
    expect(await page.locator('#the-clicked-link').count()).toBe(1)
  }).toPass()
  if (click.key !== undefined) await page.keyboard.up(click.key)
  await page.evaluate(() => document.querySelector('#the-clicked-link')?.remove())
}

/** Drops a URL on the page, as from another window. */
export async function drop(page: Page, url: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [{ mimeType: 'text/uri-list', data: url }], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
  await session.detach()
}
