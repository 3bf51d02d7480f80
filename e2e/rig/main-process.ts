// Looks into the main process from outside: its windows, what they may do, and whether it keeps answering.
import type { ElectronApplication } from '@playwright/test'

export interface Contents {
  readonly type: string
  readonly url: string
  readonly preferences: Readonly<Record<string, unknown>>
}

/** Every web contents there is: windows, views, popups, developer tools. */
export function allContents(app: ElectronApplication): Promise<readonly Contents[]> {
  return app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // Electron has it and leaves it out of its types.
      const { getLastWebPreferences } = contents as unknown as { getLastWebPreferences: () => Record<string, unknown> }
      return {
        type: contents.getType(),
        url: contents.getURL(),
        preferences: { ...getLastWebPreferences.call(contents) },
      }
    }),
  )
}

/** Begins to measure how long main's loop stands still. @returns the longest stop so far, in milliseconds */
export async function watchLag(app: ElectronApplication): Promise<() => Promise<number>> {
  const tickMs = 10
  await app.evaluate((_electron, everyMs) => {
    let last = performance.now()
    const shared = globalThis as { longestStopMs?: number }
    shared.longestStopMs = 0
    setInterval(() => {
      const now = performance.now()
      shared.longestStopMs = Math.max(shared.longestStopMs ?? 0, now - last - everyMs)
      last = now
    }, everyMs).unref()
  }, tickMs)
  return () => app.evaluate(() => (globalThis as { longestStopMs?: number }).longestStopMs ?? Number.NaN)
}

/**
 * What the app window's page shows as its title, read by main itself: Playwright never speaks again to a page that has
 * crashed.
 */
export function titleOnPage(app: ElectronApplication): Promise<string> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return ''
    return contents.executeJavaScript('document.querySelector("h1")?.innerText ?? ""') as Promise<string>
  })
}
