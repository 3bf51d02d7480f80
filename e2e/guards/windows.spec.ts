import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { toRecoveryKey } from '../journeys/roads.ts'
import { demo, email, find } from '../pages/screens.ts'
import { allContents } from '../rig/main-process.ts'
import { expect, test } from '../rig/test.ts'
import type { Desk, Started } from '../rig/desk.ts'

const preferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
}
// Whatever Electron leaves out because it was not asked for must stay out.
const unwanted = ['nodeIntegrationInWorker', 'disableBlinkFeatures', 'additionalArguments']

async function withPhone(desk: Desk): Promise<Started & { readonly phonePage: Page }> {
  const started = await desk.start('--demo', '--use-fake-device-for-media-stream')
  await email.shown(started.window)
  const [phonePage] = await Promise.all([started.app.waitForEvent('window'), demo.openPhone(started.window)])
  await phonePage.waitForLoadState()
  return { ...started, phonePage }
}

async function expectLockedDown({ app }: Started, count: number): Promise<void> {
  const contents = await allContents(app)
  expect(contents).toHaveLength(count)
  for (const one of contents) {
    expect(one.type).toBe('window')
    expect(one.preferences, one.url).toMatchObject(preferences)
    for (const name of unwanted) expect(one.preferences[name] ?? false, `${name} of ${one.url}`).toBe(false)
  }
}

/** What of Node can be reached by name: in the page, in an empty frame of it, and in a worker where one may start. */
function nodeWithin(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'electron',
      'ipcRenderer',
    ]
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const inFrame = names.filter((name) => name in (frame.contentWindow ?? {})).map((name) => `frame ${name}`)
    frame.remove()
    const script = `postMessage(${JSON.stringify(names)}.filter((name) => name in self))`
    const inWorker = await new Promise<string[]>((resolve) => {
      try {
        const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
        worker.onmessage = ({ data }: MessageEvent<string[]>) => {
          resolve(data.map((name) => `worker ${name}`))
        }
        worker.onerror = () => {
          resolve([])
        }
      } catch {
        resolve([])
      }
    })
    return [...names.filter((name) => name in globalThis), ...inFrame, ...inWorker]
  })
}

test(
  'WIN-1: the app window is locked down at the first screen and far along the road, and its page sees nothing of Node',
  { tag: '@guards' },
  async ({ desk, beeper }) => {
    const started = await desk.start()
    await find.shown(started.window)
    await expectLockedDown(started, 1)
    expect(await nodeWithin(started.window)).toEqual([])
    await toRecoveryKey(started.window, beeper)
    await expectLockedDown(started, 1)
  },
)

/** How many filters the kernel puts every call of a process through. A container may have set some for all alike. */
function filtersOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
  return Number(/^Seccomp_filters:\s*(\d+)$/mu.exec(status)?.[1])
}

test.describe('in the demo world', () => {
  test.use({ isAbsent: true })

  test(
    'WIN-1: so is the window of the demo’s phone, which has no preload either',
    { tag: '@guards' },
    async ({ desk }) => {
      const started = await withPhone(desk)
      await expectLockedDown(started, 2)
      expect(await nodeWithin(started.phonePage)).toEqual([])
      expect(await started.phonePage.evaluate(() => 'drawbridge' in globalThis)).toBe(false)
      expect(await started.window.evaluate(() => 'drawbridge' in globalThis), 'the probe can see').toBe(true)
    },
  )

  test(
    'WIN-1: the sandbox of every page is really on: the kernel filters its calls',
    { tag: '@guards' },
    async ({ desk }) => {
      test.skip(
        process.env['DRAWBRIDGE_E2E_SANDBOX'] !== '1',
        'Chromium’s sandbox is off: root cannot have it. Run `npm run e2e`, which gives up root, or run as another user.',
      )
      const { app } = await withPhone(desk)
      const pages = await app.evaluate(({ app: electron, webContents }) => ({
        ids: webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
        tabs: electron
          .getAppMetrics()
          .filter(({ type }) => type === 'Tab')
          .map(({ pid }) => pid),
        switches: ['no-sandbox', 'disable-web-security'].filter((name) => electron.commandLine.hasSwitch(name)),
      }))
      expect(pages.switches).toEqual([])
      expect(pages.ids).toHaveLength(2)
      expect(pages.tabs).toEqual(expect.arrayContaining(pages.ids))
      const own = filtersOf(app.process().pid)
      for (const pid of pages.tabs) expect(filtersOf(pid), 'more than main, which has no sandbox').toBeGreaterThan(own)
    },
  )

  test(
    'WIN-4: both kinds of window are denied what they ask for; the app window alone may put text on the clipboard',
    { tag: '@guards' },
    async ({ desk }) => {
      const { app, window, phonePage } = await withPhone(desk)
      const denied = Object.fromEntries(permissions.map((name) => [name, 'denied']))
      for (const page of [window, phonePage]) {
        const mayCopy = page === window
        expect(await states(page)).toEqual({ ...denied, 'clipboard-write': mayCopy ? 'granted' : 'denied' })
        expect(await asks(page)).toEqual({
          geolocation: 'refused',
          notifications: 'denied',
          camera: 'NotAllowedError',
          microphone: 'NotAllowedError',
          'display-capture': 'NotAllowedError',
          midi: 'NotAllowedError',
          hid: '0 devices',
          usb: 'NotFoundError',
          serial: 'NotFoundError',
          'idle-detection': 'denied',
          'window-management': 'NotAllowedError',
          'persistent-storage': 'false',
          'screen-wake-lock': 'NotAllowedError',
          'clipboard-read': 'NotAllowedError',
          'clipboard-sanitized-write': mayCopy ? 'undefined' : 'NotAllowedError',
          fullscreen: 'not full',
          'pointer-lock': 'not locked',
        })
      }
      const isFull = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((one) => one.isFullScreen()),
      )
      expect(isFull).toEqual([false, false])
    },
  )
})

const permissions = [
  'geolocation',
  'notifications',
  'camera',
  'microphone',
  'midi',
  'clipboard-read',
  'persistent-storage',
  'background-sync',
  'screen-wake-lock',
  'idle-detection',
  'window-management',
  'storage-access',
  'local-fonts',
  'accelerometer',
  'display-capture',
  'payment-handler',
  'pointer-lock',
  'keyboard-lock',
]

/** How the check handler answers. */
function states(page: Page): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(
    async (names) => {
      const answers = names.map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName })
        return [name, state] as const
      })
      return Object.fromEntries(await Promise.all(answers))
    },
    [...permissions, 'clipboard-write'],
  )
}

/** How the request and device handlers answer: the value, or the error's name. */
function asks(page: Page): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(async () => {
    type Chooser = Record<'requestDevice' | 'requestPort' | 'requestPermission', (options?: object) => Promise<unknown>>
    const { hid, usb, serial } = navigator as unknown as Record<'hid' | 'usb' | 'serial', Chooser>
    const { IdleDetector, getScreenDetails } = globalThis as unknown as {
      IdleDetector: Chooser
      getScreenDetails: () => Promise<unknown>
    }
    const answers: Record<string, () => Promise<unknown>> = {
      geolocation: () =>
        new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(resolve, ({ code }) => {
            resolve(code === 1 ? 'refused' : code)
          })
        }),
      notifications: () => Notification.requestPermission(),
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      'display-capture': () => navigator.mediaDevices.getDisplayMedia(),
      midi: () => navigator.requestMIDIAccess({ sysex: true }),
      hid: async () => `${String(((await hid.requestDevice({ filters: [] })) as unknown[]).length)} devices`,
      usb: () => usb.requestDevice({ filters: [] }),
      serial: () => serial.requestPort(),
      'idle-detection': () => IdleDetector.requestPermission(),
      'window-management': () => getScreenDetails(),
      'persistent-storage': () => navigator.storage.persist(),
      'screen-wake-lock': () => navigator.wakeLock.request('screen'),
      'clipboard-read': () => navigator.clipboard.readText(),
      'clipboard-sanitized-write': () => navigator.clipboard.writeText('copied'),
    }
    const found: Record<string, string> = {}
    // One after the other: some of these need the page's focus, and a click counts for one request only.
    for (const [name, ask] of Object.entries(answers))
      found[name] = await ask().then(String, (error: unknown) => (error as Error).name)
    // These two promise nothing once denied, so what came of them is asked after a request that did answer.
    void document.body.requestFullscreen().catch(() => undefined)
    void Promise.resolve(document.body.requestPointerLock()).catch(() => undefined)
    await Notification.requestPermission()
    found['fullscreen'] = document.fullscreenElement === null ? 'not full' : 'full'
    found['pointer-lock'] = document.pointerLockElement === null ? 'not locked' : 'locked'
    return found
  })
}
