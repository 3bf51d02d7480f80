import type { ElectronApplication, Page } from '@playwright/test'
import { en } from '#messages/en'
import { demo, email, find } from '../pages/screens.ts'
import { allContents, titleOnPage } from '../rig/main-process.ts'
import type { Desk } from '../rig/desk.ts'
import { expect, test } from '../rig/test.ts'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; " +
  "font-src 'self'; img-src 'self' data:; connect-src 'none'; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html"

/** Fetches as main would, past everything that holds a page back. */
function statusOf(app: ElectronApplication, urls: readonly string[]): Promise<readonly number[]> {
  return app.evaluate(
    ({ net }, wanted) =>
      Promise.all(
        wanted.map((url) =>
          net.fetch(url).then(
            ({ status }) => status,
            () => 0,
          ),
        ),
      ),
    urls,
  )
}

test(
  'WIN-2: the page comes with exactly this policy, also where nothing is found',
  { tag: '@guards' },
  async ({ desk }) => {
    const { app } = await desk.start()
    const headers = await app.evaluate(
      ({ net }, urls) =>
        Promise.all(
          urls.map(async (url) => {
            const found = await net.fetch(url)
            return [
              found.status,
              found.headers.get('content-security-policy'),
              found.headers.get('x-content-type-options'),
            ]
          }),
        ),
      ['app://ui/index.html', 'app://ui/nothing.js'],
    )
    expect(headers).toEqual([
      [200, policy, 'nosniff'],
      [404, policy, 'nosniff'],
    ])
  },
)

const outside = [
  'app://ui/../main/index.js',
  'app://ui/../../package.json',
  'app://ui/../../../../../../etc/passwd',
  'app://ui/%2e%2e/main/index.js',
  'app://ui/%2e%2e%2fmain%2findex.js',
  'app://ui/..%2fmain/index.js',
  'app://ui/..%5cmain%5cindex.js',
  'app://ui/assets/../../main/index.js',
  'app://ui/assets/..%2f..%2fmain/index.js',
  'app://ui/assets/%2e%2e/%2e%2e/main/index.js',
  'app://ui/assets/%252e%252e/%252e%252e/main/index.js',
  'app://ui/....//main/index.js',
  'app://ui/.../main/index.js',
  'app://ui/..;/main/index.js',
  'app://ui/..\\main\\index.js',
  'app://ui//etc/passwd',
  'app://ui///etc/passwd.json',
  'app://ui/etc/passwd',
  'app://ui/index.html%00.js',
  'app://ui/index.html/../../main/index.js',
  'app://ui/assets/',
  'app://ui/assets',
  'app://ui/.env',
  'app://ui/assets/.hidden.js',
  'app://ui/C:/Windows/win.ini',
  'app://ui/file:///etc/passwd',
  'app://ui/proc/self/environ',
  'app://ui/preload/index.cjs',
  'app://ui/index.htm',
  'app://ui/assets/%c0%ae%c0%ae/main/index.js',
  'app://other/index.html',
  'app://ui.evil/index.html',
]

test('WIN-2: no path leads out of the folder of the page', { tag: '@guards' }, async ({ desk }) => {
  const { app } = await desk.start()
  const found = await statusOf(app, outside)
  const open = outside.filter((_url, index) => found[index] !== 404)
  expect(open).toEqual([])
  expect(await statusOf(app, ['app://ui/index.html', 'app://ui/'])).toEqual([200, 200])
})

test(
  'WIN-2: the page reaches nobody and runs nothing that did not come with it',
  { tag: '@guards' },
  async ({ desk, recorder }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    const reached = await reachOut(window, recorder.origin)
    expect(reached.ran, 'ways that worked').toEqual([])
    expect(reached.refusedBy).toEqual(
      expect.arrayContaining([
        'base-uri',
        'connect-src',
        'font-src',
        'form-action',
        'frame-src',
        'img-src',
        'media-src',
        'require-trusted-types-for',
        'script-src-elem',
        'style-src-attr',
        'style-src-elem',
        'trusted-types',
      ]),
    )
    expect(recorder.hits()).toEqual([])
    expect(await statusOf(app, [`${recorder.origin}/heard`]), 'the recorder does hear').toEqual([200])
    expect(recorder.hits()).toEqual(['GET /heard'])
  },
)

/** Tries every way to a stranger and every way to run foreign code. @returns what worked, and which rules stood in the way */
function reachOut(page: Page, target: string): Promise<{ readonly ran: string[]; readonly refusedBy: string[] }> {
  return page.evaluate(async (origin) => {
    // A call from the developer tools may evaluate text; a task of the page may not.
    await new Promise((resolve) => setTimeout(resolve))
    const ran: string[] = []
    const refusedBy = new Set<string>()
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refusedBy.add(effectiveDirective))
    const shared = globalThis as unknown as Record<string, unknown>

    /** Resolves when the policy has refused something by this rule; or after a while, with how long it was. */
    function refusal(rule: string): Promise<string> {
      const limitMs = 3_000
      return new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (effectiveDirective === rule) resolve('refused')
        })
        setTimeout(() => {
          resolve(`not refused within ${limitMs} ms`)
        }, limitMs)
      })
    }

    async function attempt(name: string, way: () => unknown): Promise<void> {
      try {
        const answer = await way()
        if (answer === 'refused' || answer === 'error' || answer === false) return
        ran.push(`${name}: ${String(answer)}`)
      } catch {
        // Thrown or rejected: refused.
      }
    }

    /** Puts an element into the page and waits for the rule that refuses what it asks for. */
    async function element(tag: string, attributes: Readonly<Record<string, string>>, rule: string): Promise<string> {
      const made = document.createElement(tag)
      const over = refusal(rule)
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
      document.body.append(made)
      const how = await over
      made.remove()
      return how
    }

    const url = (name: string): string => `${origin}/${name}`
    await attempt('fetch', () => fetch(url('fetch')))
    await attempt('fetch no-cors', () => fetch(url('no-cors'), { mode: 'no-cors', method: 'POST', body: 'x' }))
    await attempt('fetch own file', () => fetch('app://ui/index.html'))
    await attempt('fetch keepalive', () => fetch(url('keepalive'), { keepalive: true }))
    await attempt(
      'request',
      () =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest()
          request.onload = () => {
            resolve('load')
          }
          request.onerror = () => {
            resolve('error')
          }
          request.open('GET', url('xhr'))
          request.send()
        }),
    )
    // A beacon answers that it was taken, even when the policy then refuses it: the recorder and the violation tell.
    navigator.sendBeacon(url('beacon'), 'x')
    const socket = (make: () => EventTarget) => () =>
      new Promise((resolve) => {
        const made = make()
        for (const name of ['open', 'error'])
          made.addEventListener(name, () => {
            resolve(name)
          })
      })
    await attempt(
      'WebSocket',
      socket(() => new WebSocket(url('socket').replace('http', 'ws'))),
    )
    await attempt(
      'EventSource',
      socket(() => new EventSource(url('events'))),
    )
    await attempt('image', () => element('img', { src: url('image') }, 'img-src'))
    await attempt('image set', () => element('img', { srcset: `${url('srcset')} 1x` }, 'img-src'))
    await attempt('frame', () => element('iframe', { src: url('frame') }, 'frame-src'))
    await attempt('frame of text', async () => {
      const how = await element(
        'iframe',
        { srcdoc: '<script>parent.wasRun = true</script>' },
        'require-trusted-types-for',
      )
      return shared['wasRun'] ?? how
    })
    await attempt('object', () => element('object', { data: url('object') }, 'object-src'))
    await attempt('embed', () => element('embed', { src: url('embed') }, 'object-src'))
    await attempt('audio', () => element('audio', { src: url('audio') }, 'media-src'))
    await attempt('video', () => element('video', { poster: url('poster'), src: url('video') }, 'media-src'))
    await attempt('style sheet', () => element('link', { rel: 'stylesheet', href: url('sheet') }, 'style-src-elem'))
    await attempt('preload', () => element('link', { rel: 'preload', as: 'image', href: url('preload') }, 'img-src'))
    await attempt('prefetch', () => element('link', { rel: 'prefetch', href: url('prefetch') }, 'default-src'))
    await attempt('module preload', () =>
      element('link', { rel: 'modulepreload', href: url('modulepreload') }, 'script-src-elem'),
    )
    await attempt('style element', () => {
      const style = document.createElement('style')
      style.textContent = `body { background: url(${url('background')}); outline-color: rgb(1, 2, 3) }`
      document.head.append(style)
      return getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'
    })
    await attempt('style attribute', () => {
      const made = document.createElement('div')
      made.setAttribute('style', `background: url(${url('style-attribute')}); outline-color: rgb(1, 2, 3)`)
      document.body.append(made)
      return getComputedStyle(made).outlineColor === 'rgb(1, 2, 3)'
    })
    await attempt('font', () => new FontFace('stolen', `url(${url('font')})`).load())
    await attempt('module', () => import(/* @vite-ignore */ url('module')))
    await attempt('worker', () => new Worker(url('worker')))
    await attempt(
      'worker of text',
      socket(() => new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))),
    )
    await attempt('service worker', () => navigator.serviceWorker.register('app://ui/assets/sw.js'))
    for (const method of ['GET', 'POST'])
      await attempt(`form ${method}`, async () => {
        const form = document.createElement('form')
        form.action = url(`form-${method}`)
        form.method = method
        document.body.append(form)
        const refused = refusal('form-action')
        form.requestSubmit()
        return refused
      })
    await attempt('ping', async () => {
      const link = document.createElement('a')
      link.href = '#'
      link.ping = url('ping')
      document.body.append(link)
      link.click()
      return 'refused'
    })

    await attempt('eval', () => (0, eval)('1'))
    await attempt('Function', () => {
      const make = Function as unknown as (text: string) => () => unknown
      return make('return 1')()
    })
    await attempt('timer of text', () => {
      const timer = setTimeout as (text: string) => number
      return timer('globalThis.wasRun = true') > 0 && shared['wasRun'] === true
    })
    await attempt('inline script', () => {
      const script = document.createElement('script')
      script.append('globalThis.wasRun = true')
      document.body.append(script)
      return shared['wasRun'] ?? false
    })
    await attempt('script text', () => {
      document.createElement('script').textContent = '1'
      return 'set'
    })
    await attempt('script address', () => {
      document.createElement('script').src = url('script')
      return 'set'
    })
    await attempt('handler attribute', () => {
      const made = document.createElement('div')
      made.setAttribute('onclick', 'globalThis.wasRun = true')
      made.click()
      return shared['wasRun'] ?? false
    })
    await attempt('script link', async () => {
      const link = document.createElement('a')
      link.href = 'javascript:globalThis.wasRun=true'
      document.body.append(link)
      link.click()
      await new Promise((resolve) => setTimeout(resolve))
      return shared['wasRun'] ?? false
    })
    const html = '<img src=x onerror="globalThis.wasRun=true">'
    await attempt('innerHTML', () => {
      document.createElement('div').innerHTML = html
      return 'set'
    })
    await attempt('outerHTML', () => {
      const made = document.createElement('div')
      document.body.append(made)
      made.outerHTML = html
      return 'set'
    })
    await attempt('insertAdjacentHTML', () => {
      document.body.insertAdjacentHTML('beforeend', html)
      return 'set'
    })
    await attempt('document.write', () => {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is what foreign code would use
      document.write(html)
      return 'written'
    })
    await attempt('parse', () => new DOMParser().parseFromString(html, 'text/html').body.childNodes.length)
    await attempt('fragment', () => document.createRange().createContextualFragment(html).childNodes.length)
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy: (name: string, rules: object) => unknown }
    }
    for (const name of ['default', 'evil', 'svelte-trusted-html'])
      await attempt(`policy ${name}`, () => trustedTypes.createPolicy(name, { createHTML: (text: string) => text }))
    await attempt('base', () => {
      const base = document.createElement('base')
      base.href = origin
      document.head.append(base)
      return !document.baseURI.startsWith('app://ui/')
    })
    // A picture of the page's own still loads: what is left is not simply a page in which nothing does.
    const picture = new Image()
    picture.src = document.createElement('canvas').toDataURL()
    await picture.decode()
    return { ran, refusedBy: [...refusedBy].sort() }
  }, target)
}

const elsewhere = [
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
function elsewhereFor(way: string, recorder: string): readonly string[] {
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
const ways: Readonly<Record<string, (page: Page, urls: readonly string[]) => Promise<void>>> = {
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
async function clickLink(page: Page, url: string, click: { button?: 'middle'; key?: string }): Promise<void> {
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
async function drop(page: Page, url: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [{ mimeType: 'text/uri-list', data: url }], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
  await session.detach()
}

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
