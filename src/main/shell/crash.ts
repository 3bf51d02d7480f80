// When the page dies or hangs, it is made anew from the View, which main holds; when it keeps dying, a page without any
// script says so (WIN-7). Errors that nobody caught are logged (RUN-8).
import type { Messages } from '#messages/en'
import { word } from '../ports.ts'
import type { Clock, Log } from '../ports.ts'
import { appPage } from './assets.ts'

export const reloads = { most: 3, withinMs: 60_000 } as const
/** How long a page may hang before it is ended. */
export const hungAfterMs = 10_000

/** The part of Electron's web contents that is needed here. */
export interface WatchedContents {
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown
  on(event: 'unresponsive' | 'responsive', listener: () => void): unknown
  isDestroyed(): boolean
  forcefullyCrashRenderer(): void
}

export interface PageWatchParts {
  readonly contents: WatchedContents
  /** Loads the page again. */
  readonly reload: () => void
  /** Loads the static page. */
  readonly showStopped: () => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Watches the app window's page.
 * @param parts the page, and what to do about it
 */
export function watchPage({ contents, reload, showStopped, clock, log }: PageWatchParts): void {
  let recent: readonly number[] = []
  let stopWaiting: (() => void) | undefined

  contents.on('render-process-gone', (_event, { reason }) => {
    stopWaiting?.()
    if (reason === 'clean-exit') return
    const now = clock.nowMs()
    recent = recent.filter((at) => now - at < reloads.withinMs)
    const isTooOften = recent.length >= reloads.most
    log.warn('page.gone', { reason: word(reason), reloads: recent.length, isTooOften })
    recent = [...recent, now]
    // Not within the event: Electron is still taking the old page down.
    clock.after(0, () => {
      if (contents.isDestroyed()) return
      if (isTooOften) showStopped()
      else reload()
    })
  })
  contents.on('unresponsive', () => {
    stopWaiting?.()
    stopWaiting = clock.after(hungAfterMs, () => {
      log.warn('page.hung')
      if (!contents.isDestroyed()) contents.forcefullyCrashRenderer()
    })
  })
  contents.on('responsive', () => {
    stopWaiting?.()
  })
}

/**
 * The static page as a URL: no script, no request, and an origin that may not send commands. Its link is the one
 * navigation that the app window's rule allows, and only from here.
 * @param words what it says
 */
export function stoppedPage({ title, text, reload }: Messages['native']['crash']): string {
  const style = 'body{font:16px/1.5 system-ui;max-width:32em;margin:20vh auto;padding:0 2em}'
  const html = `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark"><title>${escape(title)}</title><style>${style}</style></head>
<body><h1>${escape(title)}</h1><p>${escape(text)}</p><p><a href="${appPage}">${escape(reload)}</a></p></body></html>`
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`)
}

/** Node's process, as far as it is needed here. */
interface ProcessLike {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/**
 * Logs what nobody caught, and goes on. Without this Electron shows a dialog with a stack.
 * @param watched Node's process
 * @param log where to
 * @param onUnexpected shows it to the person as `unexpected`
 */
export function watchErrors(watched: ProcessLike, log: Log, onUnexpected: () => void): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    watched.on(event, (error) => {
      log.error(`process.${event}`, error)
      onUnexpected()
    })
  }
}
