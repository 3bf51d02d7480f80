// Sign-in by email: handles, codes, and the registration that follows for a new address (semantics.md, section 3).
import type { Clock } from './clock.ts'
import { ApiFailure } from './failure.ts'
import type { Mailbox } from './mailbox.ts'
import type { People, Person } from './people.ts'
import type { Random } from './random.ts'

const minuteMs = 60_000
/** Our numbers: the service publishes none. */
const handleLifeMs = 30 * minuteMs
const codeLifeMs = 10 * minuteMs
const wrongCodesAllowed = 10
const mailsAllowed = { count: 8, withinMs: 10 * minuteMs }

interface Attempt {
  readonly id: string
  readonly startedAtMs: number
  phase: 'started' | 'mailed' | 'registering' | 'finished'
  email?: string
  code?: { readonly text: string; readonly sentAtMs: number }
  leadToken?: string
  wrongCodes: number
}

export type Answered =
  | { readonly kind: 'known'; readonly person: Person }
  | { readonly kind: 'new'; readonly id: string; readonly leadToken: string; readonly suggestions: string[] }

export class SignIn {
  readonly #attempts = new Map<string, Attempt>()

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly people: People,
    private readonly mailbox: Mailbox,
    /** What a refused code answers with; the real status is not known, so scenarios vary it. */
    private readonly wrongCodeStatus: () => number,
  ) {}

  start(): string {
    return this.#open('started').id
  }

  sendCode(id: string, address: string): void {
    const attempt = this.#find(id)
    if (attempt.phase === 'registering') throw new ApiFailure(409, 'conflict', 'The code was already accepted')
    const email = address.trim().toLowerCase()
    const now = this.clock.now()
    if (this.mailbox.sentSince(email, now - mailsAllowed.withinMs) >= mailsAllowed.count) {
      throw new ApiFailure(429, 'rate_limited', 'Too many mails to this address. Try again later')
    }
    attempt.email = email
    attempt.code = { text: this.mailbox.sendCode(email, now).code, sentAtMs: now }
    attempt.phase = 'mailed'
  }

  answer(id: string, typed: string): Answered {
    const attempt = this.#find(id)
    if (attempt.phase !== 'mailed' || attempt.code === undefined || attempt.email === undefined) {
      throw new ApiFailure(409, 'conflict', 'No code is waiting for an answer')
    }
    if (attempt.wrongCodes >= wrongCodesAllowed) {
      throw new ApiFailure(429, 'rate_limited', 'Too many wrong codes. Start again')
    }
    const isOld = this.clock.now() - attempt.code.sentAtMs > codeLifeMs
    if (isOld || typed.replace(/[\s-]/g, '') !== attempt.code.text) {
      attempt.wrongCodes += 1
      throw new ApiFailure(this.wrongCodeStatus(), 'invalid_code', 'That code is not right or has expired')
    }
    attempt.phase = 'finished'
    const person = this.people.byEmail(attempt.email)
    if (person !== undefined) return { kind: 'known', person }
    // A handle of its own: the contract says to use the one from this answer, so it had better differ.
    const registration = this.#open('registering', attempt.email)
    registration.leadToken = this.random.text(32)
    const suggestions = this.people.suggestions(attempt.email)
    return { kind: 'new', id: registration.id, leadToken: registration.leadToken, suggestions }
  }

  register(id: string, leadToken: string, username: string): Person {
    const attempt = this.#find(id)
    if (attempt.phase !== 'registering' || attempt.leadToken !== leadToken || attempt.email === undefined) {
      throw new ApiFailure(409, 'conflict', 'This registration is not open')
    }
    if (!this.people.isWellFormed(username)) {
      throw new ApiFailure(422, 'invalid_username', 'Use 3 to 31 of a-z, 0-9, dot, dash or underscore, a letter first')
    }
    if (this.people.isTaken(username)) throw new ApiFailure(409, 'username_taken', 'This username is taken')
    attempt.phase = 'finished'
    const person = { email: attempt.email, username, devices: [], hasCrossSigning: false, recoveryKey: undefined }
    return this.people.add(person)
  }

  #open(phase: Attempt['phase'], email?: string): Attempt {
    const id = this.random.text(22)
    const attempt = { id, startedAtMs: this.clock.now(), phase, wrongCodes: 0, ...(email !== undefined && { email }) }
    this.#attempts.set(id, attempt)
    return attempt
  }

  #find(id: string): Attempt {
    const attempt = this.#attempts.get(id)
    if (attempt === undefined) throw new ApiFailure(404, 'not_found', 'Unknown sign-in request')
    const isOld = this.clock.now() - attempt.startedAtMs > handleLifeMs
    if (isOld || attempt.phase === 'finished') throw new ApiFailure(410, 'gone', 'This sign-in request is over')
    return attempt
  }
}
