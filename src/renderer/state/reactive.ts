import { createSubscriber } from 'svelte/reactivity'
import type { StoreApi } from 'zustand/vanilla'

/**
 * A zustand store as Svelte reads it: `.current` is tracked wherever it is read.
 * @param store any vanilla store
 */
export function reactive<T>(store: StoreApi<T>): { readonly current: T } {
  const subscribe = createSubscriber((update) => store.subscribe(update))
  return {
    get current() {
      subscribe()
      return store.getState()
    },
  }
}
