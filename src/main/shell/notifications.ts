// Notifications of the desktop. The titles are ours; the names in them come from a server and from strangers, and are shown
// as names only.
import type { Peer } from '#contract/view-security'
import type { Messages } from '#messages/en'
import type { Log } from '../ports.ts'
import type { NotificationServer } from './notification-server.ts'

/** Desktops show about two lines; the rest of a name would push our own words out. */
const nameLimit = 48

/** Electron's Notification, as far as it is needed here. */
export interface Shown {
  on(event: 'click' | 'failed', listener: () => void): unknown
  show(): void
  close(): void
}

export interface NotifierParts {
  readonly isSupported: () => boolean
  readonly create: (options: { readonly title: string; readonly body: string }) => Shown
  readonly server: NotificationServer
  /** Whether the desktop reads the text as markup, as Linux does. */
  readonly isMarkup: boolean
  readonly showWindow: () => void
  readonly words: Messages['native']['notification']
  readonly log: Log
}

export interface DesktopNotifier {
  /**
   * Says that another device asks to be verified.
   * @param peer who
   * @param onClick called after the window was brought up; no more once the notification was taken away
   * @returns takes it away
   */
  verificationAsked(peer: Peer, onClick: () => void): () => void
  /** For quitting: a notification that stays behind would lead nowhere. */
  closeAll(): Promise<void>
}

/**
 * Makes the notifier. Where nothing can be shown it does nothing, and says so in the log once.
 * @param parts Electron's Notification, the window, the words
 */
export function createNotifier(parts: NotifierParts): DesktopNotifier {
  const { isSupported, create, server, isMarkup, showWindow, words, log } = parts
  /** Also keeps them from the garbage collector, which would take the click along. */
  const shown = new Set<Shown>()
  /** Being taken away. */
  const closing = new Set<Promise<void>>()
  let isEnding = false
  let wasLogged = false

  function logOnce(event: string): void {
    if (!wasLogged) log.warn(event)
    wasLogged = true
  }

  function attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      log.error('notification.threw', error)
    }
  }

  async function show(
    title: string,
    body: string,
    onClick: () => void,
    isWanted: () => boolean,
  ): Promise<Shown | undefined> {
    if (!(await server.isReady())) {
      logOnce('notification.no-server')
      return undefined
    }
    if (!isWanted() || isEnding) return undefined
    let notification: Shown | undefined
    attempt(() => {
      notification = create({ title, body })
      notification.on('failed', () => {
        logOnce('notification.failed')
      })
      notification.on('click', () => {
        showWindow()
        if (isWanted()) onClick()
      })
      notification.show()
      shown.add(notification)
    })
    return notification
  }

  function close(notification: Shown | undefined): void {
    if (notification === undefined || !shown.delete(notification)) return
    const closed = closeIfRunning(notification).finally(() => closing.delete(closed))
    closing.add(closed)
  }

  /** Closing waits for the server as showing does. */
  async function closeIfRunning(notification: Shown): Promise<void> {
    if (!(await server.isRunning())) return
    attempt(() => {
      notification.close()
    })
  }

  return {
    verificationAsked(peer, onClick) {
      if (!isSupported()) {
        logOnce('notification.unsupported')
        return () => undefined
      }
      let isWanted = true
      const kind = peer.isOwn ? words.verification.own : words.verification.other
      const device = nameOf(peer.deviceName) || nameOf(peer.deviceID)
      const text = kind.text(device, nameOf(peer.userID))
      const showing = show(kind.title, isMarkup ? withoutMarkup(text) : text, onClick, () => isWanted)
      return () => {
        isWanted = false
        void showing.then(close)
      }
    },
    async closeAll() {
      isEnding = true
      for (const notification of [...shown]) close(notification)
      await Promise.all(closing)
    },
  }
}

/**
 * A name in one line: what breaks lines or turns the direction of the words around it is taken out, which a page does not need
 * but a line of plain text does.
 */
function nameOf(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
  const signs = Array.from(line)
  return signs.length <= nameLimit ? line : `${signs.slice(0, nameLimit - 1).join('')}…`
}

/**
 * Signs that look alike in place of those that begin markup: a name must not become a link. Not escaped, because servers that know
 * no markup would show that.
 */
function withoutMarkup(text: string): string {
  return text.replaceAll('&', '＆').replaceAll('<', '‹').replaceAll('>', '›')
}
