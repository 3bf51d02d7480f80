// The demo's phone: a page of the demo world in a small window of its own. It is a web page like any other, so it gets
// nothing: no preload, a session in memory, and no way out of its own folder on the loopback server.
import { BrowserWindow } from 'electron'
import { randomBytes } from 'node:crypto'
import { registerRule } from './guards.ts'
import { isLoopbackPage, isWithinPhone } from './phone-url.ts'

export interface PhoneWindow {
  /** Opens the phone, or brings it to the front. */
  open(url: string): void
  close(): void
}

/**
 * Makes the phone; nothing opens yet.
 * @param title the window's title
 */
export function createPhoneWindow(title: string): PhoneWindow {
  let current: BrowserWindow | undefined

  return {
    open(url) {
      if (!isLoopbackPage(url)) return
      if (current !== undefined && !current.isDestroyed()) {
        current.show()
        current.focus()
        return
      }
      const window = new BrowserWindow({
        width: 400,
        height: 800,
        title,
        autoHideMenuBar: true,
        fullscreenable: false,
        webPreferences: {
          // Without `persist:` the session lives in memory, and its name is used once.
          partition: `phone-${randomBytes(16).toString('hex')}`,
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
      current = window
      registerRule(window.webContents, { mayNavigate: (wanted) => isWithinPhone(wanted, url), home: url })
      window.removeMenu()
      window.on('page-title-updated', (event) => {
        event.preventDefault()
      })
      window.on('closed', () => {
        if (current === window) current = undefined
      })
      window.loadURL(url).catch(() => undefined)
    },
    close() {
      current?.destroy()
      current = undefined
    },
  }
}
