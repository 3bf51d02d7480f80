import type { ElectronApplication, Page } from '@playwright/test'
import { commandNames } from '#contract/command-names'
import type { Result } from '#contract/problem'
import type { PublishedView } from '#contract/view'
import { join } from 'node:path'
import { address, toRecoveryKey } from '../journeys/roads.ts'
import { find, firstSync, recoveryKey as key } from '../pages/screens.ts'
import { watchLag } from '../rig/main-process.ts'
import { expect, test } from '../rig/test.ts'
import { sendHostile } from './hostile.ts'
import type { Api } from './hostile.ts'

const mostLagMs = 300
const refused = (detail: string): Record<string, unknown> => ({
  ok: false,
  problem: { code: 'command.refused', detail },
})

/** Asks for the View as the page's own code does. */
function askView(page: Page): Promise<Result<unknown>> {
  return page.evaluate(async () => {
    const { drawbridge } = globalThis as unknown as { drawbridge: Api }
    return (await drawbridge['app']?.['view']?.()) as Result<unknown>
  })
}

/** Leads a window elsewhere, as nothing but main can. @param nth which of the windows, in the order in which they opened */
async function load(app: ElectronApplication, page: Page, url: string, nth = 0): Promise<void> {
  await app.evaluate(
    async ({ BrowserWindow }, wanted) => {
      const windows = BrowserWindow.getAllWindows().sort((one, other) => one.id - other.id)
      // A page that is not found counts as loaded all the same.
      await windows[wanted.nth]?.loadURL(wanted.url).catch(() => undefined)
    },
    { url, nth },
  )
  await page.waitForURL(url)
}

test(
  'IPC-1: the app window, led to another origin with its preload, is refused; back at home it is served again',
  { tag: '@guards' },
  async ({ desk, recorder, beeper }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    expect(await askView(window)).toMatchObject({ ok: true })
    for (const url of [
      `${recorder.origin}/`,
      `${beeper.origin}/v1/info`,
      'data:text/html,<h1>Elsewhere</h1>',
      'app://other/index.html',
    ]) {
      await load(app, window, url)
      expect(await window.evaluate(() => 'drawbridge' in globalThis), `the preload stays at ${url}`).toBe(true)
      expect(await askView(window), url).toMatchObject(refused('sender'))
    }
    await load(app, window, 'app://ui/index.html')
    await find.shown(window)
    expect(await askView(window)).toMatchObject({ ok: true })
  },
)

test(
  'IPC-1: another window with the same preload and the same page is refused, and so is a frame',
  { tag: '@guards' },
  async ({ desk, recorder }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    const preload = join(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs')
    const [second] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate(({ BrowserWindow }, path) => {
        const preferences = { preload: path, sandbox: true, nodeIntegrationInSubFrames: true }
        void new BrowserWindow({ webPreferences: preferences }).loadURL('app://ui/index.html')
      }, preload),
    ])
    await second.waitForLoadState()
    expect(await askView(second)).toMatchObject(refused('sender'))

    // The preload in subframes is what our own windows never ask for; here it is the worst case.
    await load(app, second, `${recorder.origin}/`, 1)
    await second.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = 'app://ui/index.html'
      document.body.append(frame)
    })
    await second.locator('iframe').waitFor({ state: 'attached' })
    const answers = await Promise.all(
      second.frames().map((frame) =>
        frame.evaluate(async () => {
          const { drawbridge } = globalThis as unknown as { drawbridge?: Api }
          return (await drawbridge?.['app']?.['view']?.()) ?? 'no api'
        }),
      ),
    )
    for (const answer of answers)
      if (answer !== 'no api') expect(answer).toMatchObject({ ok: false, problem: { code: 'command.refused' } })
    expect(await askView(window), 'the real one is still served').toMatchObject({ ok: true })
  },
)

test(
  'IPC-2: whatever is not the plain, small input of its command is refused as a problem, and main keeps answering',
  { tag: '@guards' },
  async ({ desk }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    const longestStop = await watchLag(app)
    const { counts, wrong } = await sendHostile(window)
    expect(wrong).toEqual([])
    expect(counts.sent).toBeGreaterThanOrEqual(200)
    expect(counts.unsendable, 'functions and the like do not even leave the page').toBeGreaterThan(0)
    expect(await longestStop()).toBeLessThan(mostLagMs)
    await find.shown(window)
  },
)

test(
  'IPC-3: of a burst of 5,000 calls no more are served than the limit allows, and then the app goes on',
  { tag: '@guards' },
  async ({ desk }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    const longestStop = await watchLag(app)
    const { served, tooMany, other, tookMs } = await window.evaluate(async () => {
      const { drawbridge } = globalThis as unknown as { drawbridge: Api }
      const began = performance.now()
      const answers = await Promise.all(Array.from({ length: 5_000 }, async () => drawbridge['app']?.['view']?.()))
      const details = answers.map((answer) => (answer?.ok === true ? 'served' : answer?.problem.detail))
      const count = (wanted: string): number => details.filter((detail) => detail === wanted).length
      const counted = { served: count('served'), tooMany: count('too-many') }
      return { ...counted, other: 5_000 - counted.served - counted.tooMany, tookMs: performance.now() - began }
    })
    expect(other).toBe(0)
    expect(tooMany).toBe(5_000 - served)
    expect(served).toBeLessThanOrEqual(40 + Math.ceil((tookMs / 1_000) * 20) + 1)
    expect(await longestStop()).toBeLessThan(mostLagMs)
    await expect.poll(async () => (await askView(window)).ok).toBe(true)
  },
)

test(
  'IPC-4: the page finds the commands of the table, as functions, and nothing else',
  { tag: '@guards' },
  async ({ desk }) => {
    const { window } = await desk.start()
    await find.shown(window)
    const found = await window.evaluate(() => {
      const paths: string[] = []
      const walk = (value: unknown, path: string, depth: number): void => {
        if (typeof value === 'function') {
          const own = Reflect.ownKeys(value).filter(
            (key) => !['length', 'name', 'arguments', 'caller', 'prototype'].includes(String(key)),
          )
          paths.push([path, ...own.map(String)].join(' with '))
        } else if (typeof value === 'object' && value !== null && depth < 4) {
          for (const key of Reflect.ownKeys(value))
            walk(
              (value as Record<PropertyKey, unknown>)[key],
              path === '' ? String(key) : `${path}.${String(key)}`,
              depth + 1,
            )
        } else paths.push(`${path}: ${typeof value}`)
      }
      const { drawbridge } = globalThis as unknown as { drawbridge: Record<string, Record<string, unknown>> }
      walk(drawbridge, '', 0)
      const texts = paths.map((path) =>
        String(path.split('.').reduce<unknown>((at, key) => (at as Api)[key], drawbridge)),
      )
      // The page may not put its own functions in their place either.
      try {
        ;(drawbridge['app'] ?? {})['view'] = 'replaced'
      } catch {
        // Refused loudly.
      }
      return { paths: paths.sort(), texts, isKept: typeof drawbridge['app']?.['view'] === 'function' }
    })
    expect(found.paths).toEqual([...commandNames, 'onView'].sort())
    expect(found.isKept).toBe(true)
    expect(found.texts.join(' '), 'no source, and no name of a channel in it').not.toMatch(
      /ipcRenderer|drawbridge:|invoke/u,
    )
  },
)

test('IPC-4: a listener gets the View and no event', { tag: '@guards' }, async ({ desk, beeper }) => {
  const { window } = await desk.start()
  await find.shown(window)
  await window.evaluate(() => {
    const shared = globalThis as unknown as {
      heard: unknown[][]
      drawbridge: { onView: (listener: (...heard: unknown[]) => void) => void }
    }
    shared.heard = []
    shared.drawbridge.onView((...heard) => shared.heard.push(heard))
  })
  await beeper.stop()
  const heard = (): Promise<readonly (readonly string[])[]> =>
    window.evaluate(() =>
      (globalThis as unknown as { heard: object[][] }).heard.map((values) =>
        values.map((value) => Object.keys(value).sort().join()),
      ),
    )
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0)
  for (const values of await heard()) expect(values).toEqual(['rev,view'])
})

test(
  'IPC-5: neither the Views nor the page hold the token, the code or the handles of the sign-in',
  { tag: '@guards' },
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await find.shown(window)
    await window.evaluate(() => {
      const shared = globalThis as unknown as {
        heard: string[]
        drawbridge: { onView: (listener: (published: PublishedView) => void) => void }
      }
      shared.heard = []
      shared.drawbridge.onView((published) => shared.heard.push(JSON.stringify(published)))
    })
    await toRecoveryKey(window, beeper)
    const code = await beeper.control.newestCode(address)
    const token = await desk.keyring.readToken(beeper.origin)
    await key.create(window)
    const groups = await key.show(window)
    // Behind the key the page is made anew, and what it heard goes with it.
    const heard = await window.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
    await key.prove(window, groups)
    await firstSync.shown(window)
    await window.waitForFunction(() => !('heard' in globalThis))
    const { recoveryKey } = (await beeper.control.snapshot()).signedIn ?? {}
    const held = await window.evaluate(async () => {
      const { drawbridge } = globalThis as unknown as { drawbridge: Api }
      const now = JSON.stringify(await drawbridge['app']?.['view']?.())
      return [now, document.documentElement.outerHTML, JSON.stringify([sessionStorage, localStorage])]
    })
    const seen = [...heard, ...held]
    expect(seen.length).toBeGreaterThan(8)
    expect(seen.join('\n'), 'the sweep would find what is there').toContain(address)
    for (const [name, secret] of Object.entries({ token, code, recoveryKey })) {
      expect(secret, name).toBeTruthy()
      expect(
        seen.filter((text) => text.includes(secret ?? '')),
        name,
      ).toEqual([])
    }
  },
)
