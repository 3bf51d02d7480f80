/** How many commands may come: 20 a second for long, 40 at once, 100 unanswered (IPC-3). */
export const rate = { perSecond: 20, burst: 40, inFlight: 100 } as const

export interface Turnstile {
  /** Takes a place, or answers false when there is none. */
  enter(): boolean
  /** Gives the place back. */
  leave(): void
}

/**
 * Makes the turnstile in front of the commands: a bucket of tokens and a count of those under way.
 * @param nowMs a clock that only grows
 */
export function createTurnstile(nowMs: () => number): Turnstile {
  let tokens: number = rate.burst
  let filledAt = nowMs()
  let inFlight = 0
  return {
    enter() {
      const now = nowMs()
      tokens = Math.min(rate.burst, tokens + ((now - filledAt) / 1000) * rate.perSecond)
      filledAt = now
      if (tokens < 1 || inFlight >= rate.inFlight) return false
      tokens -= 1
      inFlight += 1
      return true
    },
    leave() {
      inFlight -= 1
    },
  }
}
