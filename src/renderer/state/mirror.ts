// The window's copy of what main knows. Listens first, then asks, and keeps the higher revision, so nothing that happens
// in between is lost and nothing late wins.
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { BridgeApi } from '#contract/bridge-api'
import type { PublishedView, View } from '#contract/view'
import { reuse } from './reuse.ts'

export interface Mirror {
  /** Nothing until the first View has arrived. */
  readonly store: StoreApi<View | undefined>
  readonly stop: () => void
}

/**
 * Begins to mirror.
 * @param bridge where Views come from
 */
export function mirror(bridge: Pick<BridgeApi, 'app' | 'onView'>): Mirror {
  const store = createStore<View | undefined>(() => undefined)
  let rev = -1
  const take = (published: PublishedView): void => {
    if (published.rev <= rev) return
    rev = published.rev
    store.setState(reuse(store.getState(), published.view), true)
  }
  const stop = bridge.onView(take)
  bridge.app.view().then(
    (answer) => {
      if (answer.ok) take(answer.value)
    },
    // Main is gone or starting over; the next View that it publishes is heard all the same.
    () => undefined,
  )
  return { store, stop }
}
