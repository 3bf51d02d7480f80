// The demo's phone: a page of the demo world in a small window of its own. It is a web page like any other, so it gets
// nothing: no preload, a session in memory, and no way out of its own folder on the loopback server.
import { BrowserWindow } from 'electron'
import { randomBytes } from 'node:crypto'
import { registerRule } from './guards.ts'

export interface PhoneWindow {
  /** Opens the phone, or brings it to the front. */
  open(url: string): void
  close(): void
}

/**
 * Whether a URL stays within the phone's page.
 * @param url where it wants to go
 * @param home the URL that the phone was opened with
 */
export function isWithinPhone(url: string, home: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(home)) return false
  const wanted = new URL(url)
  const start = new URL(home)
  const folder = start.pathname.endsWith('/') ? start.pathname : `${start.pathname}/`
  const isPlain = wanted.username === '' && wanted.password === ''
  return (
    isPlain &&
    wanted.origin === start.origin &&
    (wanted.pathname === start.pathname || wanted.pathname.startsWith(folder))
  )
}

/** Whether a URL is a page of a server on this machine, reached by number. */
export function isLoopbackPage(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  return protocol === 'http:' && hostname === '127.0.0.1' && username === '' && password === ''
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
      registerRule(window.webContents, { mayNavigate: (wanted) => isWithinPhone(wanted, url) })
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
