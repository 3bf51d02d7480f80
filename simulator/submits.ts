// How many submits of each sign-in are under way: from the moment one arrives until its answer is out, or the client has gone.
// Counted at the door, so that one that is held back counts too.

export interface SubmitCount {
  readonly loginSessionID: string
  readonly now: number
  /** Ever at the same time. */
  readonly most: number
  readonly total: number
}

export class Submits {
  readonly #counts = new Map<string, SubmitCount>()

  /** Notes one that has arrived; the function it returns notes its end, however often it is called. */
  begin(loginSessionID: string, gone: AbortSignal): () => void {
    const { most, now, total } = this.of(loginSessionID)
    this.#counts.set(loginSessionID, { loginSessionID, now: now + 1, most: Math.max(most, now + 1), total: total + 1 })
    let isOver = false
    const end = (): void => {
      if (isOver) return
      isOver = true
      const count = this.of(loginSessionID)
      this.#counts.set(loginSessionID, { ...count, now: count.now - 1 })
    }
    gone.addEventListener('abort', end)
    return end
  }

  of(loginSessionID: string): SubmitCount {
    return this.#counts.get(loginSessionID) ?? { loginSessionID, now: 0, most: 0, total: 0 }
  }

  /** Of every sign-in since the world was loaded, also of those that are over or never were. */
  all(): readonly SubmitCount[] {
    return [...this.#counts.values()]
  }
}
