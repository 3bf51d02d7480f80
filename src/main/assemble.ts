// Builds the adapters, gives them to the engine and joins the engine to the window. Loaded after the window was opened.
import type { Screen } from '#contract/view'
import { en } from '#messages/en'
import { Notification, app, clipboard, dialog, powerMonitor, shell } from 'electron'
import type { BrowserWindow, WebContents } from 'electron'
import { randomUUID } from 'node:crypto'
import { beeper } from './beeper/beeper.ts'
import { createDemo } from './demo.ts'
import { holdsSecret, opensCamera, remember, showsSecret } from './domain/secret-screens.ts'
import type { PageMemory } from './domain/secret-screens.ts'
import { viewOf } from './domain/view.ts'
import type { About } from './domain/view.ts'
import { Engine } from './engine/app.ts'
import { handlersOf } from './engine/handlers.ts'
import { createPublisher, sendTo } from './ipc/publish.ts'
import { serveCommands } from './ipc/serve.ts'
import type { IpcMainLike } from './ipc/serve.ts'
import type { Log } from './ports.ts'
import type { OpenedSettings } from './settings/store.ts'
import { createAppWindow } from './shell/app-window.ts'
import { systemClock } from './shell/clock.ts'
import { createContentProtection } from './shell/content-protection.ts'
import { createFreshPage } from './shell/fresh-page.ts'
import { createKeyClipboard } from './shell/key-clipboard.ts'
import { preferredLanguage } from './shell/language.ts'
import type { Launch } from './shell/launch.ts'
import { createNotificationServer } from './shell/notification-server.ts'
import { createNotifier } from './shell/notifications.ts'
import { createOpener, pages } from './shell/opener.ts'
import { createPhoneWindow } from './shell/phone-window.ts'
import { printPage } from './shell/print-page.ts'
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
  /** Brings the app window up, and opens one where there is none. */
  readonly showApp: () => void
  readonly vaultProcess: string
  readonly launch: Launch
}

export interface Assembled {
  readonly engine: Engine
  openPage(page: keyof typeof pages): void
  startAgain(launch: Launch): void
  /** To be called when the app window was opened anew. */
  windowOpened(): void
  /** Whether the app window may use the camera at this moment. */
  mayUseCamera(): boolean
  /** Ends what must not outlive the run; at most a few seconds. */
  quit(): Promise<void>
}

/**
 * Puts the app together and starts it.
 * @param parts what exists already: window, log, settings
 */
export function assemble(parts: AssembleParts): Assembled {
  const { log, settings, gate, appWindow, showApp, vaultProcess, launch } = parts
  const clock = systemClock
  const phone = createPhoneWindow(en.native.windowTitle)
  const keyClipboard = createKeyClipboard(clipboard, clock, log)
  const keychain = createKeychain({ fork: () => forkVaultProcess(vaultProcess), clock, log })
  const notifier = createNotifier({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    server: createNotificationServer({ platform: process.platform, env: process.env, log }),
    isMarkup: process.platform === 'linux',
    showWindow: showApp,
    words: en.native.notification,
    log,
  })
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
      print: () => printPage(contentsOf(appWindow()), log),
    },
    appWindow: createAppWindow(appWindow, showApp),
    notifier,
    clock,
    log,
    newID: randomUUID,
    words: { consentReturned: en.native.consentPage.done, demoName: 'Beeper' },
  })

  async function askWhere(options: Electron.SaveDialogOptions): ReturnType<typeof dialog.showSaveDialog> {
    const window = appWindow()
    return window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options)
  }

  const about = { appVersion: app.getVersion(), system: systemOf(process.platform), language: preferredLanguage(app) }
  const publisher = createPublisher(viewOf(engine.state.getState(), about), sendTo(appWindow))
  const screen = (): Screen => publisher.current().view.screen
  const secrets = followSecrets(parts, screen)
  engine.state.subscribe((state) => {
    publisher.publish(viewOf(state, about))
    secrets.turned()
  })
  // `suspend` needs no answer: whatever was under way then is aborted and read anew on waking (RUN-4).
  powerMonitor.on('resume', () => {
    engine.woken()
  })
  const handlers = handlersOf(engine, () => publisher.current())
  serveCommands({
    ipcMain: gate,
    handlers,
    appContentsID: () => contentsOf(appWindow())?.id,
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
    windowOpened: secrets.windowOpened,
    mayUseCamera: () => opensCamera(screen()),
    async quit() {
      await Promise.all([engine.quit(), keyClipboard.clearIfStillThere(), notifier.closeAll()])
      keychain.dispose()
      await settings.settled()
    },
  }
}

/**
 * Guards the window while a secret is on it, and makes its page anew afterwards.
 * @param parts window, settings and log
 * @param screen what is published
 * @returns what to call once another View was published, before it is sent, and when the window was opened anew
 */
function followSecrets(
  { appWindow, settings, log }: AssembleParts,
  screen: () => Screen,
): { readonly turned: () => void; readonly windowOpened: () => void } {
  const protection = createContentProtection({
    appWindow,
    isWanted: () => settings.read().isContentProtected !== false,
    clock: systemClock,
  })
  const page = createFreshPage({
    contents: () => contentsOf(appWindow()),
    holdsSecret: () => holdsSecret(screen()),
    log,
  })
  let memory: PageMemory | undefined
  const protect = (): void => {
    protection.follow(showsSecret(screen()))
  }
  return {
    turned() {
      protect()
      const turn = remember(memory, screen())
      memory = turn.memory
      if (turn.isStale) page.renew()
    },
    windowOpened: protect,
  }
}

function contentsOf(window: BrowserWindow | undefined): WebContents | undefined {
  return window === undefined || window.isDestroyed() ? undefined : window.webContents
}

function originInUse(engine: Engine): string | undefined {
  const { state } = engine.account
  return state.phase === 'away' ? undefined : state.server.origin
}

const systemOf = (platform: NodeJS.Platform): About['system'] =>
  platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux'
