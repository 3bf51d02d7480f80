// What went over the wire, and what is to go wrong with it. Calls are recorded without bodies, tokens or filled-in paths.
import type { OperationID } from './operation.ts'

/**
 * A disturbance for one operation. Members combine: a call can be delayed, then held, then refused in the server's own words,
 * a byte at a time. Of those that stand in the place of the operation the first counts, in the order they have here.
 */
export interface Fault {
  readonly operation: OperationID
  /** Waits this long before anything happens, in simulated milliseconds. */
  readonly delayMs?: number | undefined
  /** Waits until `release`, before anything happens. */
  readonly hold?: boolean | undefined
  /** Cuts the connection before anything happens. */
  readonly dropBeforeEffect?: boolean | undefined
  /** Sends the client elsewhere and does nothing else. */
  readonly redirect?: { readonly status: RedirectStatus; readonly location: string } | undefined
  /** Answers with JSON that grows until the client goes, and does nothing else; with 200 or `status`. */
  readonly endless?: boolean | undefined
  /** Answers with this status and does nothing else. */
  readonly status?: number | undefined
  /** With `status`: what the server says to that. */
  readonly message?: string | undefined
  /** With `status`: the code of the error, or `error` where the endpoint speaks OAuth. */
  readonly code?: string | undefined
  /** With `status`: sent as Retry-After. */
  readonly retryAfterSeconds?: number | undefined
  /** Does everything, then keeps the finished answer back until `release`. */
  readonly holdAnswer?: boolean | undefined
  /** Does everything, then cuts the connection instead of answering. */
  readonly dropAfterEffect?: boolean | undefined
  /** Replaces the body of the answer: broken JSON, a web page, or nothing. */
  readonly body?: 'cut' | 'html' | 'empty' | undefined
  /** Changes members of an answer in JSON after it was checked: for shapes that no contract allows. */
  readonly edits?: readonly Edit[] | undefined
  /** Lets no more than this out of the body in a simulated second; the first byte goes at once. */
  readonly bytesPerSecond?: number | undefined
  /** Cuts the connection after half of the body, or instead of an answer that has none. Not with `endless`. */
  readonly resetMidBody?: boolean | undefined
  /** For how many calls; for good when absent. */
  readonly times?: number | undefined
}

export interface Edit {
  /** Keys and indexes from the top of the answer. What is not there is left alone. */
  readonly path: readonly (string | number)[]
  /** Absent, the member is taken out. */
  readonly value?: unknown
}

export type RedirectStatus = 301 | 302 | 303 | 307 | 308

export interface Call {
  readonly id: number
  readonly operationID: OperationID
  readonly method: string
  /** The path as the contract writes it, with the names of its parameters. */
  readonly path: string
  /** Simulated Unix time in milliseconds. */
  readonly startedAtMs: number
  /** The status of the finished answer, from when it is finished: also of one that is held back or never arrives. */
  outcome?: number
  /** Absent while the call is running; 0 when the client went away or the connection was cut. */
  status?: number
}

export class Traffic {
  #calls: Call[] = []
  #faults: { fault: Fault; left: number }[] = []
  #held: { readonly operation: OperationID; readonly resume: () => void }[] = []
  readonly #bugs: string[] = []

  begin(operationID: OperationID, method: string, path: string, startedAtMs: number): Call {
    const call: Call = { id: this.#calls.length + 1, operationID, method, path, startedAtMs }
    this.#calls.push(call)
    return call
  }

  calls(operationID?: OperationID): readonly Call[] {
    return this.#calls.filter((call) => operationID === undefined || call.operationID === operationID)
  }

  counts(): Partial<Record<OperationID, number>> {
    const counts: Partial<Record<OperationID, number>> = {}
    for (const { operationID } of this.#calls) counts[operationID] = (counts[operationID] ?? 0) + 1
    return counts
  }

  /** Answers of the simulator that break its own contract. Empty, unless the simulator is wrong. */
  get bugs(): readonly string[] {
    return this.#bugs
  }

  reportBug(text: string): void {
    this.#bugs.push(text)
  }

  addFault(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
  }

  /** The fault for the next call of an operation; taking it uses up one of its times. */
  takeFault(operation: OperationID): Fault | undefined {
    const entry = this.#faults.find(({ fault }) => fault.operation === operation)
    if (entry === undefined) return undefined
    entry.left -= 1
    if (entry.left <= 0) this.#faults = this.#faults.filter((other) => other !== entry)
    return entry.fault
  }

  /** Waits for `release`, or until nobody is there any more for whom to wait. */
  hold(operation: OperationID, gone?: AbortSignal): Promise<void> {
    if (gone?.aborted === true) return Promise.resolve()
    return new Promise((resume) => {
      const held = { operation, resume }
      this.#held.push(held)
      gone?.addEventListener('abort', () => {
        this.#held = this.#held.filter((other) => other !== held)
        resume()
      })
    })
  }

  heldCount(operation: OperationID): number {
    return this.#held.filter((held) => held.operation === operation).length
  }

  /** Lets held calls go on and drops the faults that would hold or break further ones. Without a name: all of them. */
  release(operation?: OperationID): void {
    const isMeant = (name: OperationID): boolean => operation === undefined || name === operation
    const released = this.#held.filter((held) => isMeant(held.operation))
    this.#held = this.#held.filter((held) => !isMeant(held.operation))
    this.#faults = this.#faults.filter(({ fault }) => !isMeant(fault.operation))
    for (const { resume } of released) resume()
  }

  clear(): void {
    this.release()
    this.#calls = []
  }
}
