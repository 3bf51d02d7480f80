// Sends the View to the window: whole, with a growing revision, at most once a tick however often it changed.
import type { PublishedView, View } from '#contract/view'
import { channels } from './channels.ts'

export interface Publisher {
  /** Takes a new View; it is sent at the end of the tick. */
  publish(view: View): void
  /** The newest View, also one that is not sent yet. */
  current(): PublishedView
}

/**
 * Makes the publisher.
 * @param first the View before anything happened
 * @param send sends to the app window, if there is one
 */
export function createPublisher(first: View, send: (published: PublishedView) => void): Publisher {
  let published: PublishedView = { rev: 1, view: first }
  let isPlanned = false
  return {
    publish(view) {
      if (view === published.view) return
      published = { rev: published.rev + 1, view }
      if (isPlanned) return
      isPlanned = true
      setImmediate(() => {
        isPlanned = false
        send(published)
      })
    },
    current: () => published,
  }
}

/** A window that Views can be sent to; Electron's BrowserWindow fits. */
interface Receiver {
  isDestroyed(): boolean
  readonly webContents: { isDestroyed(): boolean; send(channel: string, published: PublishedView): void }
}

/**
 * Makes the `send` of {@link createPublisher}.
 * @param appWindow the app window of the moment
 */
export function sendTo(appWindow: () => Receiver | undefined): (published: PublishedView) => void {
  return (published) => {
    const receiver = appWindow()
    if (receiver === undefined || receiver.isDestroyed() || receiver.webContents.isDestroyed()) return
    receiver.webContents.send(channels.view, published)
  }
}
