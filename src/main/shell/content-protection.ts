// Keeps the window out of screenshots and shared screens while a key or code is on it (ONE-4). Does nothing on Linux, where
// Electron has no way to; what macOS 15 records through ScreenCaptureKit sees the window all the same (Electron's manual).
import type { Clock } from '../ports.ts'

/** How long it stays after the secret has left the View: until then the page may still show the last frame with it. */
export const lingerMs = 1_000

/** Electron's BrowserWindow, as far as it is needed here. */
export interface ProtectedWindow {
  isDestroyed(): boolean
  setContentProtection(isOn: boolean): void
}

export interface ContentProtectionParts {
  /** The app window of the moment. */
  readonly appWindow: () => ProtectedWindow | undefined
  /** Whether the person wants it. */
  readonly isWanted: () => boolean
  readonly clock: Clock
}

export interface ContentProtection {
  /**
   * To be called before the window is told of a screen, when the switch was turned, and when a window was opened.
   * @param isSecret whether a secret is on the screen
   */
  follow(isSecret: boolean): void
}

/** Makes the protection; off at first, and never touched while it is not wanted. */
export function createContentProtection({ appWindow, isWanted, clock }: ContentProtectionParts): ContentProtection {
  let on: ProtectedWindow | undefined
  let stopWaiting: (() => void) | undefined

  function switchOff(): void {
    if (on?.isDestroyed() === false) on.setContentProtection(false)
    on = undefined
  }

  function switchOn(): void {
    const window = appWindow()
    if (window === undefined || window === on || window.isDestroyed()) return
    window.setContentProtection(true)
    on = window
  }

  return {
    follow(isSecret) {
      if (!isWanted()) {
        stopWaiting?.()
        stopWaiting = undefined
        switchOff()
      } else if (isSecret) {
        stopWaiting?.()
        stopWaiting = undefined
        switchOn()
      } else if (on !== undefined) {
        stopWaiting ??= clock.after(lingerMs, () => {
          stopWaiting = undefined
          switchOff()
        })
      }
    },
  }
}
