// Who exists in this world: Beeper accounts, the devices they own and the keys they wrote down.

export interface Device {
  readonly id: string
  readonly name: string
  /** Whether this device hands over the secrets once it has verified another one. */
  readonly sharesSecrets: boolean
  /** It acts by itself, this long after it was asked (simulated milliseconds); absent: only when somebody takes it in hand. */
  readonly answersAfterMs?: number
  /** What it then says of the emoji: what is true (when absent), or always that they differ. */
  readonly compares?: 'right' | 'wrong'
}

interface RecoveryKey {
  readonly key: string
  readonly generatedAtMs: number
}

export interface Person {
  readonly email: string
  readonly username: string
  readonly fullName?: string
  /** Other devices that are signed in to the account; never the one the simulated server runs on. */
  readonly devices: Device[]
  hasCrossSigning: boolean
  recoveryKey: RecoveryKey | undefined
}

export const homeserver = 'https://matrix.beeper.com'
export const userIDOf = (person: Person): string => `@${person.username}:beeper.com`

// Names the real service would never hand out, and one that a demo can always run into.
const reserved = new Set(['admin', 'beeper', 'help', 'root', 'support', 'taken'])
const allowedName = /^[a-z][a-z0-9._-]{2,30}$/

export class People {
  readonly #people: Person[] = []

  add(person: Person): Person {
    this.#people.push(person)
    return person
  }

  all(): readonly Person[] {
    return this.#people
  }

  byEmail(email: string): Person | undefined {
    return this.#people.find((person) => person.email === email.trim().toLowerCase())
  }

  isTaken(username: string): boolean {
    return reserved.has(username) || this.#people.some((person) => person.username === username)
  }

  isWellFormed(username: string): boolean {
    return allowedName.test(username)
  }

  /** Up to three free names made from an address. */
  suggestions(email: string): string[] {
    const base = (email.split('@')[0] ?? '').toLowerCase().replace(/[^a-z0-9]/g, '') || 'friend'
    const candidates = [base, `${base}.chats`, `${base}24`, `hello.${base}`]
    return candidates.filter((name) => this.isWellFormed(name) && !this.isTaken(name)).slice(0, 3)
  }
}
