// The app window for the engine: whether the person looks at it, and how to bring it up.

/** Electron's BrowserWindow, as far as it is needed here. */
export interface WatchedWindow {
  isDestroyed(): boolean
  isVisible(): boolean
  isMinimized(): boolean
  isFocused(): boolean
}

export interface AppWindow {
  isWatched(): boolean
  show(): void
}

/**
 * Makes the engine's view of the window.
 * @param current the app window of the moment
 * @param show brings it up, and opens one where there is none
 */
export const createAppWindow = (current: () => WatchedWindow | undefined, show: () => void): AppWindow => ({
  isWatched() {
    const window = current()
    if (window === undefined || window.isDestroyed()) return false
    // Each by itself: systems differ in whether a minimised window counts as visible, and a hidden one as focused.
    return window.isVisible() && !window.isMinimized() && window.isFocused()
  },
  show,
})
