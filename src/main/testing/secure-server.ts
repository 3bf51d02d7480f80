// A server that has opinions about secure messages: it takes steps, forgets, loses answers after their effect, and says when it
// has changed. It stands behind the engine's port, so nothing is sent over a wire.
import type { SetupState } from '#contract/beeper/setup'
import type { Verification, VerificationAction, VerificationAnswer } from '#contract/beeper/verification'
import type { InputOf } from '#contract/commands'
import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import { groupsOf } from '#contract/recovery-key'
import type { Beeper, EventListener, Target } from '../beeper-port.ts'
import { deferred } from './fake-world.ts'
import type { Deferred } from './fake-world.ts'
import { setupOf, verificationOf } from './samples.ts'

/** What may be asked of it that changes something. */
export type Asked = VerificationAction | 'request' | 'scan' | 'unlock' | 'createKey' | 'confirmKey'

interface Fault {
  readonly problem: Problem
  /** It was done, and only the answer got lost. */
  readonly hasEffect: boolean
}

/** The keys that it makes, in turn. */
export const newKeys = ['SECRET-new1 1111 aaaa', 'SECRET-new2 2222 bbbb'] as const

/** What a person sends who has a copy of it. */
export const proofOf = (recoveryKey: string): InputOf<'security.confirmRecoveryKey'> => ({
  recoveryKey,
  group: 3,
  typedGroup: groupsOf(recoveryKey)[3] ?? '',
})

/** When the key in force was made, where there is one. */
export const oldKeyMadeAtMs = 1_600_000_000_000

export class SecureServer {
  setup: SetupState
  list: readonly Verification[] = []
  /** The list alone cannot be read. */
  listProblem: Problem | undefined
  /** Nothing can be read. */
  readProblem: Problem | undefined
  /** What was asked that changes something, in order, whatever came of it. */
  readonly sent: string[] = []
  /** The tokens it was asked with. */
  readonly tokens = new Set<string | undefined>()
  /** Whoever listens at the moment, and how often somebody began to. */
  listener: EventListener | undefined
  listenCount = 0
  /** Readings of the setup that wait for their answer, oldest first. */
  readonly reads: (Deferred<undefined> & { readonly signal: AbortSignal | undefined })[] = []
  areReadsHeld = false
  readonly #faults = new Map<Asked, readonly Fault[]>()
  readonly #held = new Map<Asked, Deferred<'answered' | 'cut'>>()
  #keyCount = 0

  constructor(setup: SetupState) {
    this.setup = setup
  }

  /** The next answer to this is a problem; the call may have had its effect all the same. */
  fail(asked: Asked, code: ProblemCode, hasEffect = false): void {
    const faults = this.#faults.get(asked) ?? []
    this.#faults.set(asked, [...faults, { problem: { code, retry: 'now' }, hasEffect }])
  }

  /** The next answer to this is lost after its effect. */
  lose(asked: Asked): void {
    this.fail(asked, 'beeper.timeout', true)
  }

  /** Holds answers to this, after their effect. @returns lets them go */
  hold(asked: Asked): () => void {
    const held = deferred<'answered' | 'cut'>()
    this.#held.set(asked, held)
    return () => {
      this.#held.delete(asked)
      held.resolve('answered')
    }
  }

  /** Ends all connections: what is held is never answered, and nobody is listened to any more. */
  cut(): void {
    for (const held of this.#held.values()) held.resolve('cut')
    this.#held.clear()
    this.listener?.ended()
  }

  /** Puts one in the place of the one with its ID, or adds it. */
  put(one: Verification): Verification {
    const isThere = this.list.some(({ verificationID }) => verificationID === one.verificationID)
    this.list = isThere
      ? this.list.map((other) => (other.verificationID === one.verificationID ? one : other))
      : [...this.list, one]
    return one
  }

  get port(): Partial<Beeper> {
    return {
      glanceAtSetup: ({ token, signal }) => this.#read(token, signal),
      readVerifications: () => {
        const problem = this.listProblem ?? this.readProblem
        return Promise.resolve(problem === undefined ? ok(this.list) : failed(problem))
      },
      requestVerification: (at) => this.#do('request', 'request', at, () => this.#open()),
      actOnVerification: (at, id, action) => this.#do(action, `${action} ${id}`, at, () => this.#step(id, action)),
      cancelVerification: (at, id, reason) =>
        this.#do('cancel', `cancel ${id} ${reason}`, at, () => this.#cancel(id, reason)),
      scanCode: (at, data) => this.#do('scan', `scan ${data}`, at, () => this.#scan()),
      unlock: (at) => this.#do('unlock', 'unlock', at, () => this.#trust()),
      createKey: (at) => this.#do('createKey', 'createKey', at, () => this.#newKey()),
      confirmKey: (at) => this.#do('confirmKey', 'confirmKey', at, () => this.#adopt()),
      listen: (_, listener) => {
        this.listener = listener
        this.listenCount += 1
        return () => {
          if (this.listener === listener) this.listener = undefined
        }
      },
    }
  }

  async #read(token: string | undefined, signal: AbortSignal | undefined): Promise<Result<SetupState>> {
    this.tokens.add(token)
    // What is answered is what was true when it was asked.
    const { readProblem, setup } = this
    if (this.areReadsHeld) {
      const held = deferred<undefined>()
      this.reads.push({ ...held, signal })
      await held.promise
    }
    return readProblem === undefined ? ok(setup) : failed(readProblem)
  }

  async #do<T>(asked: Asked, words: string, { token }: Target, effect: () => T): Promise<Result<T>> {
    this.sent.push(words)
    this.tokens.add(token)
    const [fault, ...others] = this.#faults.get(asked) ?? []
    this.#faults.set(asked, others)
    const result = fault?.hasEffect === false ? undefined : effect()
    const end = await this.#held.get(asked)?.promise
    if (end === 'cut') return failed({ code: 'beeper.unreachable', retry: 'now' })
    if (fault === undefined && result !== undefined) return ok(result)
    return failed(fault?.problem ?? { code: 'unexpected', retry: 'now' })
  }

  #answer(verification: Verification): VerificationAnswer {
    return { setup: this.setup, verification: this.put(verification) }
  }

  #side(verificationID: string): Pick<Verification, 'verificationID' | 'isIncoming'> {
    const one = this.list.find((other) => other.verificationID === verificationID)
    return { verificationID, isIncoming: one?.isIncoming === true }
  }

  #open(): VerificationAnswer {
    const verificationID = `asked-${String(this.list.length + 1)}`
    return this.#answer(verificationOf('requested', { verificationID }))
  }

  #step(verificationID: string, action: Exclude<VerificationAction, 'cancel'>): VerificationAnswer {
    const side = this.#side(verificationID)
    switch (action) {
      case 'accept':
        return this.#answer(verificationOf('ready', side))
      case 'sas.start':
        return this.#answer(verificationOf('sas_ready', side))
      case 'sas.confirm':
        // The other side has to say so too.
        return this.#answer(verificationOf('sas_ready', { ...side, actions: ['cancel'] }))
      case 'qr.confirmScanned':
        return this.#answer(verificationOf('done', side))
    }
  }

  #cancel(verificationID: string, reason: 'user' | 'mismatch'): VerificationAnswer {
    const code = reason === 'mismatch' ? 'm.mismatched_sas' : 'm.user'
    return this.#answer(
      verificationOf('cancelled', { ...this.#side(verificationID), error: { code, reason: 'Cancelled' } }),
    )
  }

  #scan(): VerificationAnswer {
    const one = this.list.find(({ state }) => state === 'ready') ?? verificationOf('ready')
    return this.#answer({ ...one, actions: ['cancel'], qr: undefined })
  }

  #trust(): SetupState {
    this.setup = { ...setupOf('needs-first-sync'), isKeyBackedUp: true, keyMadeAtMs: this.setup.keyMadeAtMs }
    return this.setup
  }

  #newKey(): string {
    this.#keyCount += 1
    return newKeys[this.#keyCount % 2 === 1 ? 0 : 1]
  }

  #adopt(): SetupState {
    const next = setupOf(this.setup.state === 'ready' ? 'ready' : 'needs-first-sync')
    this.setup = { ...next, isKeyBackedUp: true, keyMadeAtMs: (this.setup.keyMadeAtMs ?? oldKeyMadeAtMs) + 1_000 }
    return this.setup
  }
}
