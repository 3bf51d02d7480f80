import { performance } from 'node:perf_hooks'
import type { Clock } from '../ports.ts'

/** The clock of this machine. `nowMs` is monotonic: setting the wall clock does not move it (RUN-4). */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallTime: () => new Date().toISOString(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}
