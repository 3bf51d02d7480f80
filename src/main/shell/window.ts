// The app window.
import { BrowserWindow, nativeTheme, screen, systemPreferences } from 'electron'
import type { WindowPlace } from '../ports.ts'
import { appPage } from './assets.ts'
import { leastSize, placeWindow } from './bounds.ts'
import { askForCamera, isCameraAlone } from './camera.ts'
import { registerRule } from './guards.ts'

/** `--paper` of the page's tokens behind everything, so that nothing flashes before the first paint. */
const backgrounds = { light: '#fbfaf6', dark: '#10181c' } as const

export interface AppWindowParts {
  readonly title: string
  /** The built preload, one CommonJS file. */
  readonly preload: string
  readonly saved: WindowPlace | undefined
  /** Told half a second after the person moved or resized the window, and when it closes. */
  readonly onPlaced: (place: WindowPlace) => void
  /** Whether the page comes from Vite, which reloads it. */
  readonly isDev: boolean
  /** Whether the scanner is open. */
  readonly mayUseCamera: () => boolean
  readonly icon?: string | undefined
}

/**
 * Opens the app window and loads the page. It shows itself with its first paint.
 * @param parts title, preload, and where it was
 */
export function openAppWindow(parts: AppWindowParts): BrowserWindow {
  const displays = screen.getAllDisplays()
  const primary = screen.getPrimaryDisplay()
  const areas = [primary, ...displays.filter(({ id }) => id !== primary.id)].map(({ workArea }) => workArea)

  const window = new BrowserWindow({
    ...placeWindow(parts.saved, areas),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: parts.title,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    ...(parts.icon === undefined ? {} : { icon: parts.icon }),
    webPreferences: {
      preload: parts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  registerRule(window.webContents, {
    // The page never leads itself anywhere (WIN-3). The static page of crash.ts has a link back, and in development Vite
    // reloads the page by its own script.
    mayNavigate: (url) => {
      const from = window.webContents.getURL()
      return from.startsWith('data:') ? url === appPage : parts.isDev && url.startsWith('app://ui/')
    },
    mayUse: (permission, asked) =>
      permission === 'clipboard-sanitized-write' ||
      (permission === 'media' &&
        isCameraAlone(asked) &&
        window.webContents.getURL() === appPage &&
        parts.mayUseCamera()),
    askSystem: (permission) => (permission === 'media' ? askForCamera(systemPreferences, process.platform) : undefined),
    home: appPage,
  })
  // The title is ours, not the document's.
  window.on('page-title-updated', (event) => {
    event.preventDefault()
  })
  window.once('ready-to-show', () => {
    if (parts.saved?.isMaximized === true) window.maximize()
    window.show()
  })
  rememberPlace(window, parts.onPlaced)
  // A page that fails to load is followed up by whoever watches the window; the promise says nothing more.
  window.loadURL(appPage).catch(() => undefined)
  return window
}

/** Brings a window before the person, wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function rememberPlace(window: BrowserWindow, onPlaced: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | undefined
  const tell = (): void => {
    clearTimeout(timer)
    timer = undefined
    // Normal bounds: those to return to from maximised.
    onPlaced({ ...window.getNormalBounds(), isMaximized: window.isMaximized() })
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(tell, 500)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('close', tell)
  window.on('closed', () => {
    clearTimeout(timer)
  })
}
