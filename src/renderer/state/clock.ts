import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000)
  return () => {
    clearInterval(timer)
  }
})

/** The time now in milliseconds; where it is read in a component, it is read again every second. */
export function nowMs(): number {
  subscribe()
  return Date.now()
}
