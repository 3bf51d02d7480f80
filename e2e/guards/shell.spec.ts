import type { ElectronApplication } from '@playwright/test'
import { en } from '#messages/en'
import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { address, toRecoveryKey } from '../journeys/roads.ts'
import { code, email, find } from '../pages/screens.ts'
import { Desk } from '../rig/desk.ts'
import { allContents, titleOnPage } from '../rig/main-process.ts'
import { expect, test } from '../rig/test.ts'

const lockOf = (desk: Desk): string => join(desk.profile, 'SingletonLock')

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function bounds(app: ElectronApplication): Promise<Bounds | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
}

function isVisible(app: ElectronApplication): Promise<boolean | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
}

test('RUN-7: a second start ends by itself and shows the window of the first', { tag: '@guards' }, async ({ desk }) => {
  const { app, window } = await desk.start()
  await find.shown(window)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  expect(await isVisible(app)).toBe(false)
  const written = readFileSync(join(desk.profile, 'settings.json'), 'utf8')
  expect(await desk.startAgain()).toBe(0)
  await expect.poll(() => isVisible(app)).toBe(true)
  expect(await allContents(app)).toHaveLength(1)
  expect(readFileSync(join(desk.profile, 'settings.json'), 'utf8'), 'the second start writes nothing').toBe(written)
  await find.shown(window)
})

test('RUN-7: the lock that a killed run leaves behind is taken over', { tag: '@guards' }, async ({ desk }) => {
  const first = await desk.start()
  await find.shown(first.window)
  await desk.kill()
  expect(lstatSync(lockOf(desk)).isSymbolicLink(), 'the lock is still there').toBe(true)
  const second = await desk.start()
  await find.shown(second.window)
  expect(await desk.startAgain(), 'and holds again').toBe(0)
  expect(await allContents(second.app)).toHaveLength(1)
})

/** What a system, a browser or a stranger may hand to a second start. All of it names no place that there is. */
const argumentLists: readonly (readonly string[])[] = [
  ['drawbridge://go/home', 'beeper://login?token=abc', 'https://evil.example/', 'file:///etc/passwd'],
  ['--go=../../etc/passwd', '--go=', '--go', '--go=HOME', '--go=home?x', '--go=connection:', '--go=connection:a/b'],
  ['--demo=1', '-demo', '--DEMO', 'demo', '--demo-', '--no-demo'],
  ['--', '', ' ', '\n', '--go=javascript:alert(1)', '<script>', '%2e%2e', '💥'],
  ['--remote-debugging-port=1', '--inspect=0', '--load-extension=.', '--disable-web-security', '--proxy-server=x:1'],
  [
    '--enable-features=x',
    '--js-flags=--allow-natives-syntax',
    '--renderer-cmd-prefix=true',
    '--allow-insecure-localhost',
  ],
  // Not more: Chromium takes a running app that is sent over 32 kB of arguments for hung, and ends it (seen on 33).
  Array.from({ length: 200 }, (_, n) => `--unheard-of-${n}=${'x'.repeat(100)}`),
]

test(
  'ORI-8: odd arguments of a second start change nothing but to show the window',
  { tag: '@guards' },
  async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    await find.useFirst(window)
    await email.shown(window)
    await email.field(window).fill(address)
    const before = await allContents(app)
    const { progress } = desk.settings()
    for (const list of argumentLists) {
      expect(await desk.startAgain(...list)).toBe(0)
      await email.shown(window)
    }
    await expect(email.field(window), 'what was typed is still there').toHaveValue(address)
    expect(await allContents(app)).toEqual(before)
    expect(desk.browser.opened()).toEqual([])
    expect((await beeper.control.calls()).filter(({ method }) => method !== 'GET')).toEqual([])
    expect(desk.settings().progress).toEqual(progress)
  },
)

test('the window opens where it was, as large as it was', { tag: '@guards' }, async ({ desk }) => {
  const { app, window } = await desk.start()
  await find.shown(window)
  const place = { x: 120, y: 90, width: 700, height: 650 }
  await app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted)
  }, place)
  await expect.poll(() => desk.settings().window).toMatchObject(place)
  await desk.quit()
  const second = await desk.start()
  await find.shown(second.window)
  expect(await bounds(second.app)).toEqual(place)
  await second.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 10, y: 20, width: 800, height: 600 })
  })
  await expect.poll(() => desk.settings().window).toMatchObject({ x: 10, y: 20 })
  await desk.kill()
  const third = await desk.start()
  await find.shown(third.window)
  expect(await bounds(third.app), 'also after a crash').toEqual({ x: 10, y: 20, width: 800, height: 600 })
})

test('the menu has the usual roles, and About tells the versions', { tag: '@guards' }, async ({ desk }) => {
  const { app, window } = await desk.start()
  await find.shown(window)
  const roles = (): Promise<readonly string[]> =>
    app.evaluate(({ Menu }) => {
      const all = (items: readonly Electron.MenuItem[]): readonly (string | undefined)[] =>
        items.flatMap((item) => [item.role || item.id, ...(item.submenu ? all(item.submenu.items) : [])])
      return all(Menu.getApplicationMenu()?.items ?? []).map((role) => (role ?? '').toLowerCase())
    })
  const usual = 'quit undo redo cut copy paste selectall resetzoom zoomin zoomout togglefullscreen minimize close'
  await expect.poll(roles).toEqual(expect.arrayContaining([...usual.split(' '), 'windowmenu', 'help', 'about']))

  const { shown, versions } = await app.evaluate(({ Menu, app: electron, dialog }) => {
    const boxes: unknown[] = []
    dialog.showMessageBox = (...args: unknown[]) => {
      boxes.push(args.at(-1))
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
    Menu.getApplicationMenu()?.getMenuItemById('about')?.click()
    const { electron: own, chrome, node } = process.versions
    return { shown: boxes, versions: [electron.getVersion(), own, chrome, node] }
  })
  const own = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string
  }
  expect(versions[0]).toBe(own.version)
  expect(shown).toEqual([expect.objectContaining({ title: en.native.about.title, message: 'Drawbridge' })])
  const { detail } = shown[0] as { detail: string }
  expect(detail).toContain(en.native.about.version(own.version))
  for (const [name, version] of [
    ['Electron', versions[1]],
    ['Chromium', versions[2]],
    ['Node', versions[3]],
  ])
    expect(detail).toContain(`${name ?? ''} ${version ?? '?'}`)
  expect(detail).toMatch(/keytar \d+\.\d+\.\d+/u)
})

function crash(app: ElectronApplication): Promise<void> {
  return app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('render-process-gone', () => {
          resolve()
        })
        contents?.forcefullyCrashRenderer()
      }),
  )
}

const back = { timeout: 3_000 }

test(
  'WIN-7: a page that crashes is the same screen again within 3 s, on three screens; the fourth time it says so',
  { tag: '@guards' },
  async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    await find.useFirst(window)
    await email.shown(window)
    await email.send(window, address)
    await code.shown(window)
    await code.enter(window, '12')
    await crash(app)
    await expect.poll(() => titleOnPage(app), back).toBe(en.code.title)
    const typed = await app.evaluate(({ BrowserWindow }): Promise<unknown> | undefined =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.querySelector("main input").value'),
    )
    expect(typed, 'the code that was being typed is gone').toBe('')
    expect(await beeper.control.counts()).toMatchObject({ appSetupStart: 1, appSetupEmail: 1 })

    const run = (group: string, verb: string): Promise<unknown> =>
      app.evaluate(
        ({ BrowserWindow }, call) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(call),
        `drawbridge.${group}.${verb}()`,
      )
    await run('account', 'changeAddress')
    await expect.poll(() => titleOnPage(app)).toBe(en.email.title)
    await crash(app)
    await expect.poll(() => titleOnPage(app), back).toBe(en.email.title)
    await run('find', 'leave')
    await expect.poll(() => titleOnPage(app)).toBe(en.find.title)
    await crash(app)
    await expect.poll(() => titleOnPage(app), back).toBe(en.find.title)

    await crash(app)
    await expect.poll(() => titleOnPage(app), back).toBe(en.native.crash.title)
    const [stopped] = await allContents(app)
    expect(stopped?.preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.querySelector("a").click()'),
    )
    await expect.poll(() => titleOnPage(app), back).toBe(en.find.title)
  },
)

test('WIN-7: a crash late on the road loses nothing that was done', { tag: '@guards' }, async ({ desk, beeper }) => {
  const { app, window } = await desk.start()
  await toRecoveryKey(window, beeper)
  const calls = await beeper.control.counts()
  await crash(app)
  await expect.poll(() => titleOnPage(app), back).toBe(en.recoveryKey.askTitle)
  const { appSetupRegister, appSetupResponse } = await beeper.control.counts()
  expect([appSetupRegister, appSetupResponse]).toEqual([calls.appSetupRegister, calls.appSetupResponse])
})

test(
  'RUN-8: an error that nobody caught is logged without its words, and the app goes on',
  { tag: '@guards' },
  async ({ beeper }) => {
    // A desk of its own: that of the fixture fails every test whose log tells of such an error.
    const desk = await Desk.setUp([beeper.port])
    try {
      const { app, window } = await desk.start()
      await find.shown(window)
      await app.evaluate(() => {
        setTimeout(() => {
          throw new Error('the secret is syt_0123456789abcdef')
        })
        void Promise.reject(new Error('the secret is syt_0123456789abcdef'))
      })
      await expect.poll(() => desk.log()).toContain('process.uncaughtException')
      await expect.poll(() => desk.log()).toContain('process.unhandledRejection')
      expect(desk.log()).not.toContain('syt_0123456789abcdef')
      await expect(window.getByText(en.problems.unexpected.title)).toBeVisible()
      await find.useFirst(window)
      await email.shown(window)
      expect(readdirSync(join(desk.profile, 'logs'))).toEqual(['drawbridge.log'])
    } finally {
      await desk.clear()
    }
    expect(existsSync(desk.profile)).toBe(false)
  },
)
