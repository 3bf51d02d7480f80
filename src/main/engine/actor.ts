// Runs a machine: one event at a time, effects after the state they belong to, silence after disposal.
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'

type Next<S, E, F> = (state: S, event: E) => readonly [S, readonly F[]]

export class Actor<S, E, F> {
  readonly store: StoreApi<S>
  readonly #next: Next<S, E, F>
  readonly #run: (effect: F, send: (event: E) => void) => void
  readonly #waiting: E[] = []
  #isBusy = false
  #isDisposed = false

  constructor(initial: S, next: Next<S, E, F>, run: (effect: F, send: (event: E) => void) => void) {
    this.store = createStore<S>(() => initial)
    this.#next = next
    this.#run = run
  }

  get state(): S {
    return this.store.getState()
  }

  /** Takes an event. One that arrives while another is being taken waits its turn; after disposal nothing happens. */
  readonly send = (event: E): void => {
    this.#waiting.push(event)
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      for (let one = this.#waiting.shift(); one !== undefined; one = this.#waiting.shift()) this.#take(one)
    } finally {
      this.#isBusy = false
    }
  }

  #take(event: E): void {
    if (this.#isDisposed) return
    const [state, effects] = this.#next(this.state, event)
    this.store.setState(state, true)
    for (const effect of effects) this.#run(effect, this.send)
  }

  dispose(): void {
    this.#isDisposed = true
  }
}
