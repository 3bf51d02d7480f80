// The desktop around the app, as a person uses it: clipboard, the dialog that asks where to save, printer, notifications.
import type { ElectronApplication } from '@playwright/test'
import { chmodSync, writeFileSync } from 'node:fs'
import type { Desk } from './desk.ts'

// [Note: a turn of its own] What is evaluated in main may run in the middle of the app's own code, as V8's interrupts do: a socket
// that is closed there was being read a line earlier, and Node throws. So whatever makes the app act waits for a turn of the
// event loop first, as every real event does.

/** The clipboard is one for the whole screen: journeys that use it do not run side by side. */
export const clipboard = {
  // Electron's answers at once up to 44, later with a promise.
  text: (app: ElectronApplication): Promise<string> => app.evaluate(async ({ clipboard: system }) => system.readText()),
  put: (app: ElectronApplication, text: string): Promise<void> =>
    app.evaluate(async ({ clipboard: system }, copied) => {
      await system.writeText(copied)
    }, text),
  /** @param png of a picture */
  putPicture: (app: ElectronApplication, png: Buffer): Promise<void> =>
    app.evaluate(async ({ clipboard: system, ClipboardItem, nativeImage }, base64) => {
      const bytes = Buffer.from(base64, 'base64')
      // The way up to Electron 44, which later ones do not know.
      const { writeImage } = system as { writeImage?: (image: Electron.NativeImage) => void }
      if (writeImage !== undefined) writeImage(nativeImage.createFromBuffer(bytes))
      else await system.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
    }, png.toString('base64')),
}

/** Does at once what main has put off for exactly this long. @returns how many there were */
export const bringForward = (app: ElectronApplication, delayMs: number): Promise<number> =>
  app.evaluate(async (_electron, ms) => {
    await new Promise((turn) => setImmediate(turn))
    // later-main.cjs has put it there.
    const hooks = globalThis as unknown as { bringForward: (delayMs: number) => number }
    return hooks.bringForward(ms)
  }, delayMs)

interface HeldDisk {
  readonly disk: { hold(): void; heldCount(): number; release(): void }
}

/** The disk, on which nothing is written while it is held. disk-main.cjs has put it there. */
export const disk = {
  hold: (app: ElectronApplication): Promise<void> =>
    app.evaluate(() => {
      ;(globalThis as unknown as HeldDisk).disk.hold()
    }),
  /** How many writes wait for it. */
  heldCount: (app: ElectronApplication): Promise<number> =>
    app.evaluate(() => (globalThis as unknown as HeldDisk).disk.heldCount()),
  release: (app: ElectronApplication): Promise<void> =>
    app.evaluate(async () => {
      await new Promise((turn) => setImmediate(turn))
      ;(globalThis as unknown as HeldDisk).disk.release()
    }),
}

/** Answers the dialog that asks where to save. @param path where; nothing closes the dialog */
export const saveAt = (app: ElectronApplication, path: string | undefined): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === undefined, filePath: filePath ?? '' })
  }, path)

/** A printer whose dialog stays open until it is answered. */
export const printer = {
  connect: (app: ElectronApplication): Promise<void> =>
    app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined) throw new Error('there is no window')
      contents.print = (_options, callback) => {
        Object.assign(globalThis, { answer: callback })
      }
    }),
  isAsked: (app: ElectronApplication): Promise<boolean> => app.evaluate(() => 'answer' in globalThis),
  /** How many sheets the page would fill. */
  sheets: (app: ElectronApplication): Promise<number> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const pdf = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({})
      return pdf?.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0
    }),
  answer: (app: ElectronApplication, isDone: boolean, reason = ''): Promise<void> =>
    app.evaluate(
      async (_electron, given) => {
        await new Promise((turn) => setImmediate(turn))
        const { answer } = globalThis as { answer?: (isDone: boolean, reason: string) => void }
        Reflect.deleteProperty(globalThis, 'answer')
        answer?.(given.isDone, given.reason)
      },
      { isDone, reason },
    ),
}

export interface Told {
  readonly title: string
  readonly body: string
  readonly isClosed: boolean
}

interface Notified {
  told: { title: string; body: string; isClosed: boolean }[]
  click: (index: number) => void
}

/** What the person is told outside the window. Shown by nobody: the desktop of a test has no place for it. */
export const notifications = {
  /** To be called before the app is started: it asks the message bus whether somebody shows them. */
  offer(desk: Desk): void {
    const path = `${desk.browser.folder}/dbus-send`
    writeFileSync(path, '#!/bin/sh\nexit 0\n')
    chmodSync(path, 0o755)
  },
  watch: (app: ElectronApplication): Promise<void> =>
    app.evaluate(({ Notification }) => {
      const shown: Electron.Notification[] = []
      const told: Notified['told'] = []
      Notification.isSupported = () => true
      Notification.prototype.show = function show(this: Electron.Notification) {
        shown.push(this)
        told.push({ title: this.title, body: this.body, isClosed: false })
      }
      Notification.prototype.close = function close(this: Electron.Notification) {
        const one = told[shown.indexOf(this)]
        if (one !== undefined) one.isClosed = true
      }
      const click = (index: number): void => {
        shown[index]?.emit('click')
      }
      Object.assign(globalThis, { told, click })
    }),
  told: (app: ElectronApplication): Promise<readonly Told[]> =>
    app.evaluate(() => (globalThis as unknown as Notified).told),
  click: (app: ElectronApplication, index: number): Promise<void> =>
    app.evaluate(async (_electron, at) => {
      await new Promise((turn) => setImmediate(turn))
      ;(globalThis as unknown as Notified).click(at)
    }, index),
}

/** Whether the person looks at the window, as the system tells it: there is no window manager here that would move the focus. */
export const lookAtWindow = (app: ElectronApplication, isFocused: boolean): Promise<void> =>
  app.evaluate(({ BrowserWindow }, value) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window !== undefined) window.isFocused = () => value
  }, isFocused)

/** Notes from now on how the window is kept out of screenshots. @returns what it was told so far, oldest first */
export async function watchProtection(app: ElectronApplication): Promise<() => Promise<readonly boolean[]>> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const protections: boolean[] = []
    if (window !== undefined)
      window.setContentProtection = (isOn) => {
        protections.push(isOn)
      }
    Object.assign(globalThis, { protections })
  })
  return () => app.evaluate(() => (globalThis as unknown as { protections: boolean[] }).protections)
}

/** The computer goes to sleep. */
export const sleep = (app: ElectronApplication): Promise<void> =>
  app.evaluate(async ({ powerMonitor }) => {
    await new Promise((turn) => setImmediate(turn))
    powerMonitor.emit('suspend')
  })

/** It wakes up again. */
export const wake = (app: ElectronApplication): Promise<void> =>
  app.evaluate(async ({ powerMonitor }) => {
    await new Promise((turn) => setImmediate(turn))
    powerMonitor.emit('resume')
  })
