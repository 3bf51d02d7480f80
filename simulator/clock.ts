// The simulator's own time. It runs at a chosen multiple of real time and can be stepped ahead, so that a test does not
// wait a minute for a QR code to rotate and a demo can still be watched at natural speed.

export interface Timer {
  cancel(): void
}

interface Entry {
  readonly at: number
  readonly fire: () => void
  /** Somebody waits for this one and has to be let go even when the plan is dropped. */
  readonly isAwaited: boolean
}

export class Clock {
  #scale: number
  #simulated: number
  #isFiring = false
  #realSince: number
  #entries: Entry[] = []
  #alarm: NodeJS.Timeout | undefined

  /** `startMs` is Unix time in milliseconds; `scale` 10 means ten simulated seconds for each real one, 0 stands still. */
  constructor(startMs: number, scale = 1) {
    this.#simulated = startMs
    this.#scale = scale
    this.#realSince = performance.now()
  }

  get scale(): number {
    return this.#scale
  }

  /** Simulated Unix time in milliseconds. */
  now(): number {
    if (this.#isFiring) return this.#simulated
    return this.#simulated + (performance.now() - this.#realSince) * this.#scale
  }

  /** Somebody sleeps: time has to pass before a call is answered. */
  get isAwaited(): boolean {
    return this.#entries.some(({ isAwaited }) => isAwaited)
  }

  after(delayMs: number, fire: () => void, isAwaited = false): Timer {
    const entry: Entry = { at: this.now() + Math.max(0, delayMs), fire, isAwaited }
    this.#entries.push(entry)
    this.#entries.sort((a, b) => a.at - b.at)
    this.#rearm()
    return {
      cancel: () => {
        this.#entries = this.#entries.filter((other) => other !== entry)
      },
    }
  }

  sleep(delayMs: number): Promise<void> {
    return delayMs <= 0 ? Promise.resolve() : new Promise((resolve) => this.after(delayMs, resolve, true))
  }

  setScale(scale: number): void {
    this.#settleAt(this.now())
    this.#scale = scale
    this.#rearm()
  }

  /** Moves ahead by `ms`. Everything due on the way fires in order, each at its own instant, before this returns. */
  step(ms: number): void {
    const target = this.now() + ms
    for (let next = this.#entries[0]; next !== undefined && next.at <= target; next = this.#entries[0]) {
      this.#fire(next)
    }
    this.#settleAt(target)
    this.#rearm()
  }

  /** Forgets everything that was planned; who sleeps wakes up. */
  clear(): void {
    const awaited = this.#entries.filter((entry) => entry.isAwaited)
    this.#entries = []
    clearTimeout(this.#alarm)
    for (const { fire } of awaited) fire()
  }

  #fire(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry)
    // While an entry fires, `now()` is its due time: what it plans next keeps the distance the network has in reality.
    // Time stands still meanwhile: else a pause of the machine, many times over, would reach into the plans.
    this.#settleAt(Math.max(entry.at, this.#simulated))
    this.#isFiring = true
    try {
      entry.fire()
    } finally {
      this.#isFiring = false
      this.#realSince = performance.now()
    }
  }

  #settleAt(simulatedMs: number): void {
    this.#simulated = simulatedMs
    this.#realSince = performance.now()
  }

  #rearm(): void {
    clearTimeout(this.#alarm)
    const next = this.#entries[0]
    if (next === undefined || this.#scale === 0) return
    const waitMs = Math.min(Math.max(0, (next.at - this.now()) / this.#scale), 2 ** 31 - 1)
    this.#alarm = setTimeout(() => {
      const due = this.#entries[0]
      if (due !== undefined && due.at <= this.now() + 1) this.#fire(due)
      this.#rearm()
    }, waitMs)
    this.#alarm.unref()
  }
}
