// Where the codes land. A person reads them on the demo phone, a test asks for the newest.
import type { Random } from './random.ts'
import type { Secrets } from './secrets.ts'

export interface Mail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly code: string
  readonly sentAtMs: number
}

export class Mailbox {
  readonly #mails: Mail[] = []
  readonly #random: Random
  readonly #seen: Secrets

  constructor(random: Random, seen: Secrets) {
    this.#random = random
    this.#seen = seen
  }

  sendCode(to: string, sentAtMs: number): Mail {
    const code = this.#random.digits(6)
    this.#seen.note('mail-code', code)
    const mail = { id: `mail${this.#mails.length + 1}`, to, subject: 'Your Beeper sign-in code', code, sentAtMs }
    this.#mails.push(mail)
    return mail
  }

  /** Newest first. */
  all(): readonly Mail[] {
    return this.#mails.toReversed()
  }

  newest(to: string): Mail | undefined {
    return this.#mails.findLast((mail) => mail.to === to.trim().toLowerCase())
  }

  sentSince(to: string, sinceMs: number): number {
    return this.#mails.filter((mail) => mail.to === to && mail.sentAtMs >= sinceMs).length
  }
}
