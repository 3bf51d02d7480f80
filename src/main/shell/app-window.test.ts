import { expect, test } from 'vitest'
import { createAppWindow } from './app-window.ts'

const watched = { isDestroyed: false, isVisible: true, isMinimized: false, isFocused: true }
const windowOf = (state: typeof watched) => ({
  isDestroyed: () => state.isDestroyed,
  isVisible: () => state.isVisible,
  isMinimized: () => state.isMinimized,
  isFocused: () => state.isFocused,
})

test.each([
  [{}, true],
  [{ isDestroyed: true }, false],
  [{ isVisible: false }, false],
  [{ isMinimized: true }, false],
  [{ isFocused: false }, false],
])('a window with %j is watched: %s', (change, isWatched) => {
  const window = windowOf({ ...watched, ...change })
  expect(
    createAppWindow(
      () => window,
      () => undefined,
    ).isWatched(),
  ).toBe(isWatched)
})

test('no window is watched by nobody, and is brought up all the same', () => {
  let shown = 0
  const appWindow = createAppWindow(
    () => undefined,
    () => (shown += 1),
  )
  expect(appWindow.isWatched()).toBe(false)
  appWindow.show()
  expect(shown).toBe(1)
})
