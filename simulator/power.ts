// Whether the server is running, and who is connected to it. The control API, the phone and the websites are elsewhere in the
// world: they share the port, and go on while it is down.
import type { Duplex } from 'node:stream'

const elsewhere = '/_sim/'

export class Power {
  #isUp = true
  #runs = 1
  /** Connections over which the server itself was asked last, not its surroundings. */
  readonly #lines = new Set<Duplex>()
  readonly #known = new WeakSet<Duplex>()

  get isUp(): boolean {
    return this.#isUp
  }

  /** How often it has been started: a call that began in another run does not go on in this one. */
  get runs(): number {
    return this.#runs
  }

  /** Notes whom a connection asks; false when nobody is there to answer. */
  answers(line: Duplex | null, path: string): boolean {
    const isElsewhere = path.startsWith(elsewhere)
    if (line !== null) {
      if (isElsewhere) this.#lines.delete(line)
      else this.#lines.add(line)
      if (!this.#known.has(line)) line.once('close', () => this.#lines.delete(line))
      this.#known.add(line)
    }
    return this.#isUp || isElsewhere
  }

  /** Ends everything that is on the line. */
  cut(): void {
    this.#isUp = false
    this.#runs += 1
    for (const line of this.#lines) line.destroy()
    this.#lines.clear()
  }

  start(): void {
    this.#isUp = true
  }
}
