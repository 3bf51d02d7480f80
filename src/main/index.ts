// The entry point. Opens the window before it loads anything that the window does not need; `assemble.ts` does the rest.
import { en } from '#messages/en'
import { Menu, app, dialog, ipcMain } from 'electron'
import type { BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { Assembled } from './assemble.ts'
import { createLog, fileWriter } from './diagnostics/log.ts'
import { channels } from './ipc/channels.ts'
import { openGate } from './ipc/gate.ts'
import { openSettings } from './settings/store.ts'
import { appPage } from './shell/assets.ts'
import { systemClock } from './shell/clock.ts'
import { stoppedPage, watchErrors, watchPage } from './shell/crash.ts'
import { enableSandbox, installGuards } from './shell/guards.ts'
import { parseLaunch } from './shell/launch.ts'
import { aboutBox, menuTemplate, readVersions } from './shell/menu.ts'
import { registerAppScheme, servePage } from './shell/protocol.ts'
import { takeSingleInstance } from './shell/single-instance.ts'
import { openAppWindow, showWindow } from './shell/window.ts'

const built = join(import.meta.dirname, '..')
/** Vite's server while the page is being developed; never taken from the environment of a packaged app. */
const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const isMac = process.platform === 'darwin'

let appWindow: BrowserWindow | undefined
let assembled: Assembled | undefined
let isQuitting = false

function start(): void {
  enableSandbox(app)
  registerAppScheme()
  const log = createLog(fileWriter(join(app.getPath('userData'), 'logs')), () => systemClock.wallTime())
  watchErrors(process, log, () => assembled?.engine.fail({ code: 'unexpected', retry: 'later' }))
  const settings = openSettings(app.getPath('userData'), log)
  const gate = openGate(ipcMain, channels.command)

  function openWindow(): void {
    const { window: saved } = settings.read()
    const window = openAppWindow({
      title: en.native.windowTitle,
      preload: join(built, 'preload', 'index.cjs'),
      saved,
      onPlaced: (place) => void settings.update({ window: place }),
      isDev: devServer !== undefined,
      mayUseCamera: () => assembled?.mayUseCamera() === true,
    })
    appWindow = window
    watchPage({
      contents: window.webContents,
      reload: () => {
        window.loadURL(appPage).catch(() => undefined)
      },
      showStopped: () => {
        window.loadURL(stoppedPage(en.native.crash)).catch(() => undefined)
      },
      clock: systemClock,
      log,
    })
    const tell = (isVisible: boolean) => () => assembled?.engine.setVisible(isVisible)
    window.on('show', tell(true))
    window.on('restore', tell(true))
    window.on('hide', tell(false))
    window.on('minimize', tell(false))
    window.on('closed', () => {
      appWindow = undefined
      if (!isMac) app.quit()
    })
    assembled?.windowOpened()
  }

  function showApp(): void {
    if (appWindow === undefined) openWindow()
    else showWindow(appWindow)
  }

  async function load(): Promise<void> {
    const { assemble } = await import('./assemble.ts')
    assembled = assemble({
      log,
      settings,
      gate,
      appWindow: () => appWindow,
      showApp,
      vaultProcess: join(built, 'main', 'vault-process.js'),
      launch: parseLaunch(process.argv),
    })
  }

  function setMenu(): void {
    const onAbout = (): void => {
      const box = aboutBox(en.native.about, readVersions(app.getVersion()))
      void (appWindow === undefined ? dialog.showMessageBox(box) : dialog.showMessageBox(appWindow, box))
    }
    const parts = {
      words: en.native.menu,
      isMac,
      isPackaged: app.isPackaged,
      onAbout,
      onPage: (page: 'help' | 'privacy' | 'terms' | 'download') => assembled?.openPage(page),
    }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(parts)))
  }

  // Not awaited at the top: Electron's ready event waits for this module to end.
  void app.whenReady().then(async () => {
    installGuards(app, log)
    servePage({ root: join(built, 'renderer'), devServer })
    openWindow()
    await load()
    setMenu()
  })
  app.on('activate', showApp)
  app.on('window-all-closed', () => {
    if (!isMac) app.quit()
  })
  app.on('before-quit', (event) => {
    if (isQuitting || assembled === undefined) return
    isQuitting = true
    event.preventDefault()
    assembled
      .quit()
      .catch((error: unknown) => {
        log.error('quit.failed', error)
      })
      .finally(() => {
        app.quit()
      })
  })
}

const isFirst = takeSingleInstance(app, (launch) => {
  if (appWindow !== undefined) showWindow(appWindow)
  assembled?.startAgain(launch)
})
if (isFirst) start()
else app.quit()
