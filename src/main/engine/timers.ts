import type { Clock } from '../ports.ts'

/** Timers by name: setting one again replaces it, so that two of a kind never run side by side. */
export class Timers {
  readonly #clock: Clock
  readonly #running = new Map<string, () => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  set(name: string, delayMs: number, callback: () => void): void {
    this.#running.get(name)?.()
    this.#running.set(name, this.#clock.after(delayMs, callback))
  }

  stop(name: string): void {
    this.#running.get(name)?.()
    this.#running.delete(name)
  }

  stopAll(): void {
    for (const stop of this.#running.values()) stop()
    this.#running.clear()
  }
}

/** The wall clock in Unix milliseconds: for what a person is shown, never for limits (RUN-4). */
export const wallMs = (clock: Clock): number => Date.parse(clock.wallTime())
