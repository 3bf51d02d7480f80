// Makes the page anew once a secret that it held is behind it (SEC-6): its heap, its undo lists and what it drew go with the
// old page. The new one asks for the View by itself and puts the focus where a new screen has it. Measured on Electron 33: 45 ms,
// with at most one frame that has nothing on it but the colour of the paper.
import type { Log } from '../ports.ts'
import { appPage } from './assets.ts'

/** The part of Electron's web contents that is needed here. */
export interface FreshContents {
  isDestroyed(): boolean
  isCrashed(): boolean
  isLoadingMainFrame(): boolean
  getURL(): string
  reload(): void
  once(event: 'did-stop-loading', listener: () => void): unknown
}

export interface FreshPageParts {
  /** The page of the app window of the moment. */
  readonly contents: () => FreshContents | undefined
  /** Whether the page holds another secret by now, which a reload would take from the person. */
  readonly holdsSecret: () => boolean
  readonly log: Log
}

export interface FreshPage {
  /** To be called when the page has left a screen with a secret. */
  renew(): void
}

/**
 * Makes what reloads the page. A reload ends no process, so crash.ts does not count it (seen on Electron 33: the same
 * process, no `render-process-gone`).
 * @param parts the page, and what it holds
 */
export function createFreshPage({ contents, holdsSecret, log }: FreshPageParts): FreshPage {
  const waiting = new WeakSet<FreshContents>()

  function renew(page: FreshContents): void {
    // A page that died took the secret along and is loaded by crash.ts; the static page never had it.
    if (page.isDestroyed() || page.isCrashed() || page.getURL() !== appPage) return
    if (page.isLoadingMainFrame()) {
      wait(page)
      return
    }
    log.info('page.renewed')
    page.reload()
  }

  /** A page draws before it has come to rest, so one that is still loading may have got a secret already. */
  function wait(page: FreshContents): void {
    if (waiting.has(page)) return
    waiting.add(page)
    page.once('did-stop-loading', () => {
      waiting.delete(page)
      // Then its turn comes when that one is left.
      if (!holdsSecret()) renew(page)
    })
  }

  return {
    renew() {
      const page = contents()
      if (page !== undefined) renew(page)
    },
  }
}
