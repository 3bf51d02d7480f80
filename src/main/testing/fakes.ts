// Fakes of the ports for tests in any room.
import type { Clock, Facts, Log } from '../ports.ts'

export interface FakeClock extends Clock {
  /** Moves time on and calls what is due, in order. */
  pass(ms: number): void
  /** Moves the wall clock alone, as a person or a time server does. */
  moveWall(ms: number): void
  /** How many callbacks are waiting. */
  readonly waiting: number
}

export function fakeClock(): FakeClock {
  let now = 0
  let wall = 1_700_000_000_000
  let timers: { readonly at: number; readonly callback: () => void }[] = []
  return {
    nowMs: () => now,
    wallTime: () => new Date(wall + now).toISOString(),
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pass(ms) {
      const end = now + ms
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        now = next.at
        next.callback()
      }
      now = end
    },
    moveWall(ms) {
      wall += ms
    },
    get waiting() {
      return timers.length
    },
  }
}

export interface FakeLog extends Log {
  readonly lines: {
    readonly level: string
    readonly event: string
    readonly facts?: Facts | undefined
    readonly error?: unknown
  }[]
}

export function fakeLog(): FakeLog {
  const lines: FakeLog['lines'] = []
  return {
    lines,
    info: (event, facts) => void lines.push({ level: 'info', event, facts }),
    warn: (event, facts) => void lines.push({ level: 'warn', event, facts }),
    error: (event, error, facts) => void lines.push({ level: 'error', event, error, facts }),
  }
}

/** Lets everything that is already resolved run. */
export async function settle(): Promise<void> {
  for (let n = 0; n < 40; n += 1) await Promise.resolve()
}
