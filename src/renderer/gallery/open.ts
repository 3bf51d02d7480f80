// Opens the whole window on a fixed View, for tests. Imports the fake first: it stands where the preload would be.
import { fake } from './fake.ts'
import { tick } from 'svelte'
import { cleanup, render } from 'vitest-browser-svelte'
import { page } from 'vitest/browser'
import type { View } from '#contract/view'
import App from '../App.svelte'
import { viewWith } from './views.ts'
import '../ui/base.css'

const between = viewWith({ name: 'first-sync', sinceMs: 0 })

/** Lets what is arriving arrive at once; what turns for ever goes on turning. */
export function settle(): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  }
}

/**
 * Opens the window anew.
 * @param view what main would have published
 * @param size of the window, in pixels
 */
export async function open(view: View, size = { width: 960, height: 680 }): Promise<void> {
  await page.viewport(size.width, size.height)
  cleanup()
  fake.reset()
  // Another screen first, so that the one wanted is met as if it were new.
  fake.show(
    view.screen.name === between.screen.name
      ? viewWith({ name: 'starting', waitsFor: 'beeper', isSlow: false })
      : between,
  )
  await render(App)
  fake.show(view)
  await tick()
  settle()
}

export { fake }
