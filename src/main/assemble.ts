// Builds the adapters, gives them to the engine and joins the engine to the window. Loaded after the window was opened.
import { en } from '#messages/en'
import { app, clipboard, dialog, shell } from 'electron'
import type { BrowserWindow } from 'electron'
import { randomUUID } from 'node:crypto'
import { beeper } from './beeper/beeper.ts'
import { createDemo } from './demo.ts'
import { viewOf } from './domain/view.ts'
import type { About } from './domain/view.ts'
import { Engine } from './engine/app.ts'
import { handlersOf } from './engine/handlers.ts'
import { createPublisher, sendTo } from './ipc/publish.ts'
import { serveCommands } from './ipc/serve.ts'
import type { IpcMainLike } from './ipc/serve.ts'
import type { Log } from './ports.ts'
import type { OpenedSettings } from './settings/store.ts'
import { systemClock } from './shell/clock.ts'
import { createKeyClipboard } from './shell/key-clipboard.ts'
import type { Launch } from './shell/launch.ts'
import { createOpener, pages } from './shell/opener.ts'
import { createPhoneWindow } from './shell/phone-window.ts'
import { saveRecoveryFile } from './shell/recovery-file.ts'
import { forkVaultProcess } from './vault/fork.ts'
import { createKeychain } from './vault/keychain.ts'

export interface AssembleParts {
  readonly log: Log
  readonly settings: OpenedSettings
  /** Where commands come in. */
  readonly gate: IpcMainLike
  /** The app window of the moment. */
  readonly appWindow: () => BrowserWindow | undefined
  readonly vaultProcess: string
  readonly launch: Launch
}

export interface Assembled {
  readonly engine: Engine
  openPage(page: keyof typeof pages): void
  startAgain(launch: Launch): void
  /** Ends what must not outlive the run; at most a few seconds. */
  quit(): Promise<void>
}

/**
 * Puts the app together and starts it.
 * @param parts what exists already: window, log, settings
 */
export function assemble({ log, settings, gate, appWindow, vaultProcess, launch }: AssembleParts): Assembled {
  const clock = systemClock
  const phone = createPhoneWindow(en.native.windowTitle)
  const keyClipboard = createKeyClipboard(clipboard, clock, log)
  const keychain = createKeychain({ fork: () => forkVaultProcess(vaultProcess), clock, log })
  const opener = createOpener({
    openExternal: (url) => shell.openExternal(url),
    consentOrigin: () => originInUse(engine),
    log,
  })
  const openPage = (page: keyof typeof pages): ReturnType<typeof opener.openPage> => opener.openPage(pages[page])

  const engine: Engine = new Engine({
    beeper,
    vault: keychain,
    settings,
    opener,
    openPage,
    demo: createDemo(phone, log),
    quit: () => {
      app.quit()
    },
    keyCopies: {
      copy: (recoveryKey) => keyClipboard.copy(recoveryKey),
      save: (recoveryKey) => saveRecoveryFile({ askWhere, words: en.native.saveRecoveryKey, log }, recoveryKey),
    },
    clock,
    log,
    newID: randomUUID,
    words: { consentReturned: en.native.consentPage.done, demoName: 'Beeper' },
  })

  async function askWhere(options: Electron.SaveDialogOptions): ReturnType<typeof dialog.showSaveDialog> {
    const window = appWindow()
    return window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options)
  }

  const about = { appVersion: app.getVersion(), system: systemOf(process.platform) }
  const publisher = createPublisher(viewOf(engine.state.getState(), about), sendTo(appWindow))
  engine.state.subscribe((state) => {
    publisher.publish(viewOf(state, about))
  })
  const handlers = handlersOf(engine, () => publisher.current())
  serveCommands({
    ipcMain: gate,
    handlers,
    appContentsID: () => contentsID(appWindow()),
    nowMs: () => clock.nowMs(),
    log,
  })

  function begin({ isDemo, place }: Launch): void {
    if (place !== undefined) engine.go(place)
    if (isDemo) void handlers['find.startDemo'](undefined)
  }

  if (!launch.isDemo) engine.launch()
  begin(launch)

  return {
    engine,
    openPage: (page) => void openPage(page),
    startAgain: begin,
    async quit() {
      await Promise.all([engine.quit(), keyClipboard.clearIfStillThere()])
      keychain.dispose()
      await settings.settled()
    },
  }
}

function contentsID(window: BrowserWindow | undefined): number | undefined {
  return window === undefined || window.isDestroyed() ? undefined : window.webContents.id
}

function originInUse(engine: Engine): string | undefined {
  const { state } = engine.account
  return state.phase === 'away' ? undefined : state.server.origin
}

const systemOf = (platform: NodeJS.Platform): About['system'] =>
  platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux'
