// The events on their way out (semantics.md, section 8): who has subscribed, and the ways in which frames can arrive late,
// twice, out of date or not at all.
import type { Clock } from './clock.ts'

/** One open connection. */
export interface Subscriber {
  seq: number
  wantsState: boolean
  deliver(text: string): void
  /** Closes with a code; without one the line is cut. */
  end(code?: number): void
}

export interface EventManner {
  isDoubled: boolean
  delayMs: number
  isMuted: boolean
}

type Content = Readonly<Record<string, unknown>>

interface MadeEvent {
  readonly type: string
  readonly ts: string | number
  readonly content: Content
}

const plainManner: Readonly<EventManner> = { isDoubled: false, delayMs: 0, isMuted: false }

export class EventChannel {
  readonly #subscribers = new Set<Subscriber>()
  #manner: EventManner = { ...plainManner }
  /** The newest of each type, the newest of all at the end. */
  #made: MadeEvent[] = []

  constructor(
    private readonly clock: Clock,
    /** `ts` is text in one document and a number in the other. */
    private readonly stamp: () => string | number,
  ) {}

  get subscriberCount(): number {
    return this.#listening().length
  }

  join(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  setManner(manner: Partial<EventManner>): void {
    this.#manner = { ...this.#manner, ...manner }
  }

  /** Makes an event and sends it in today's manner to whoever is there now. */
  push(type: string, content: Content): void {
    const made = { type, ts: this.stamp(), content }
    this.#made = [...this.#made.filter((other) => other.type !== type), made]
    const { delayMs, isDoubled, isMuted } = this.#manner
    if (isMuted) return
    const receivers = this.#listening()
    const send = (): void => {
      for (let copy = 0; copy < (isDoubled ? 2 : 1); copy += 1) this.#send(made, receivers)
    }
    if (delayMs === 0) send()
    else this.clock.after(delayMs, send)
  }

  /** Sends the newest event of a type, or of all, once more. Answers how many got it. */
  repeat(type: string | undefined): number {
    const made = this.#made.findLast((one) => type === undefined || one.type === type)
    return made === undefined ? 0 : this.#send(made, this.#listening())
  }

  /** Sends anything that has a type. Answers how many got it. */
  sendEvent(type: string, content: Content): number {
    return this.#send({ type, ts: this.stamp(), content }, this.#listening())
  }

  /** Sends any text. Answers how many got it. */
  sendText(text: string): number {
    const receivers = this.#listening()
    for (const receiver of receivers) receiver.deliver(text)
    return receivers.length
  }

  /** Ends all connections. Answers how many there were. */
  endAll(code?: number): number {
    const all = [...this.#subscribers]
    for (const subscriber of all) subscriber.end(code)
    return all.length
  }

  clear(): void {
    this.#manner = { ...plainManner }
    this.#made = []
  }

  #listening(): Subscriber[] {
    return [...this.#subscribers].filter(({ wantsState }) => wantsState)
  }

  #send({ content, ts, type }: MadeEvent, receivers: readonly Subscriber[]): number {
    for (const receiver of receivers) {
      receiver.seq += 1
      receiver.deliver(JSON.stringify({ type, seq: receiver.seq, ts, ...content }))
    }
    return receivers.length
  }
}
