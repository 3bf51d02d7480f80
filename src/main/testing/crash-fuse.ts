// The point at which main dies. Every call of a port passes three: before it goes out; after it had its effect and before
// its answer; after the answer, when whatever follows at once has begun.
import { deferred } from './fake-world.ts'

/** What becomes of a write to the disk or the keychain that the crash finds under way. */
export type Cut = 'lost' | 'landed'

export interface Point {
  readonly name: string
  /** A write is under way there, so that both ends of it are to be tried. */
  readonly isCutting: boolean
}

export const never = (): Promise<never> => new Promise(() => undefined)
/** A turn of the event loop: everything that is already resolved has run after it. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Knows every point that one run passes, and ends the run at one of them. */
export class Fuse {
  readonly points: Point[] = []
  /** What had its effect, in order. */
  readonly landed: string[] = []
  isBlown = false
  readonly #at: { readonly point: string; readonly cut: Cut } | undefined
  readonly #blown = deferred<undefined>()
  readonly #names = new Map<string, number>()
  readonly #writes = new Set<() => unknown>()
  readonly #pending = new Set<Promise<unknown>>()
  readonly #closers: (() => void)[] = []
  #isArmed = false

  /** @param at where the run is to end; nowhere if not given */
  constructor(at?: { readonly point: string; readonly cut: Cut }) {
    this.#at = at
  }

  /** From here on points count. */
  arm(): void {
    this.#isArmed = true
  }

  /** The process is gone: its sockets close, and a write under way has landed or not. */
  blow(): void {
    this.isBlown = true
    for (const land of this.#writes) if (this.#at?.cut === 'landed') land()
    this.#writes.clear()
    for (const close of this.#closers) close()
    this.#blown.resolve(undefined)
  }

  /** Closes something when the process is gone. */
  whenBlown(close: () => void): void {
    this.#closers.push(close)
  }

  /** Passes a point. @returns whether the run is over */
  pass(name: string): boolean {
    if (this.isBlown || !this.#isArmed) return this.isBlown
    this.points.push({ name, isCutting: this.#writes.size > 0 })
    if (name === this.#at?.point) this.blow()
    return this.isBlown
  }

  /** @returns the name of this call, unlike all others; nothing when it does not go out */
  begin(what: string): string | undefined {
    const count = (this.#names.get(what) ?? 0) + (this.#isArmed ? 1 : 0)
    this.#names.set(what, count)
    const name = count > 1 ? `${what} (${String(count)})` : what
    return this.pass(`before ${name} goes out`) ? undefined : name
  }

  /** Brings an answer to the engine, if there still is one. */
  async end<T>(name: string, what: string, answer: T): Promise<T> {
    this.landed.push(what)
    if (this.pass(`after ${name} had its effect, before its answer`)) return never()
    // The next tick comes after all that the answer sets off at once.
    process.nextTick(() => this.pass(`after the answer to ${name}`))
    return answer
  }

  /** A call of a port. @param go has the effect */
  call<T>(what: string, go: () => Promise<T>): Promise<T> {
    const name = this.begin(what)
    if (name === undefined) return never()
    return this.waitFor(go().then((answer) => this.end(name, what, answer)))
  }

  /** A call that changes something which outlives the run, and may be cut. */
  write<T>(what: string, land: () => T): Promise<T> {
    return this.call(what, async () => {
      const cut = (): void => {
        land()
        this.landed.push(what)
      }
      this.#writes.add(cut)
      await turn()
      return this.#writes.delete(cut) ? land() : never()
    })
  }

  read<T>(what: string, look: () => T): Promise<T> {
    return this.call(what, async () => {
      await turn()
      return look()
    })
  }

  /** Makes {@link still} wait for this too. */
  waitFor<T>(promise: Promise<T>): Promise<T> {
    this.#pending.add(promise)
    void promise.finally(() => this.#pending.delete(promise))
    return promise
  }

  /** Waits until the run waits for nobody but the person, or is over. */
  async still(): Promise<void> {
    for (;;) {
      await turn()
      if (this.isBlown || this.#pending.size === 0) return
      await Promise.race([this.#blown.promise, ...this.#pending])
    }
  }
}
