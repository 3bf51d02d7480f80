// Where this server stands between signed out and usable (semantics.md, section 3), and what moves it on.
import type { AppSetupState, E2EeStatus } from '#contract/beeper/gen/types.gen'
import type { Clock, Timer } from './clock.ts'
import { ApiFailure } from './failure.ts'
import { homeserver, userIDOf, type Device, type Person } from './people.ts'
import type { Random } from './random.ts'

/** How long the server stays in a state it leaves by itself, in simulated milliseconds. */
const initializingMs = 1_200
const firstSyncMs = 4_000

export interface SignedIn {
  readonly person: Person
  readonly deviceID: string
}

// What each state has already achieved; every state has all of the ones before it.
const order = ['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'needs-first-sync', 'ready']

export class Setup {
  #state = 'needs-login'
  #signedIn: SignedIn | undefined
  #pendingKey: string | undefined
  #timer: Timer | undefined
  readonly #clock: Clock
  readonly #random: Random
  readonly #onChange: () => void

  constructor(clock: Clock, random: Random, onChange: () => void) {
    this.#clock = clock
    this.#random = random
    this.#onChange = onChange
  }

  get state(): string {
    return this.#state
  }

  get signedIn(): SignedIn | undefined {
    return this.#signedIn
  }

  /** What every handler behind a token may rely on. */
  requireSignedIn(): SignedIn {
    if (this.#signedIn === undefined) throw new ApiFailure(401, 'unauthorized', 'Nobody is signed in')
    return this.#signedIn
  }

  signIn(person: Person): SignedIn {
    const next = person.hasCrossSigning ? 'needs-verification' : 'needs-cross-signing-setup'
    return this.place(person, 'initializing', { afterMs: initializingMs, next })
  }

  /** Puts the server straight into a state: for scenarios, which start in the middle of a story. */
  place(person: Person, state: string, move?: { readonly afterMs: number; readonly next: string }): SignedIn {
    this.#signedIn = { person, deviceID: this.#random.text(10, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') }
    this.#go(state, move)
    return this.#signedIn
  }

  signOut(): void {
    this.#signedIn = undefined
    this.#pendingKey = undefined
    this.#go('needs-login')
  }

  /** Another device of the account now trusts this one. */
  verifiedBy(device: Device): void {
    if (this.#state !== 'needs-verification' && this.#state !== 'needs-secrets') return
    if (device.sharesSecrets) this.#unlocked()
    else this.#go('needs-secrets')
  }

  /** Unlocks with the key the person typed. Blanks do not count, as in Matrix. Fails with 400 for another key. */
  useRecoveryKey(typed: string): void {
    const { person } = this.requireSignedIn()
    if (person.recoveryKey === undefined) throw new ApiFailure(409, 'conflict', 'This account has no recovery key yet')
    if (squeeze(typed) !== squeeze(person.recoveryKey.key)) throw wrongKey()
    if (this.#state !== 'ready' && this.#state !== 'needs-first-sync') this.#unlocked()
  }

  /** Makes a key that counts only after `confirmKey`. A second call replaces the first key; the old one stays in force. */
  newKey(existing: string | undefined): string {
    const { person } = this.requireSignedIn()
    if (this.#state === 'initializing') throw new ApiFailure(409, 'conflict', 'Encryption is not set up yet')
    const current = person.recoveryKey?.key
    if (existing !== undefined && current !== undefined && squeeze(existing) !== squeeze(current)) throw wrongKey()
    this.#pendingKey = this.#random.recoveryKey()
    return this.#pendingKey
  }

  confirmKey(key: string): void {
    const { person } = this.requireSignedIn()
    // Confirming what is already in force is a repeat whose answer got lost, not a mistake.
    if (this.#pendingKey === undefined && person.recoveryKey?.key === key) return
    if (this.#pendingKey === undefined) throw new ApiFailure(409, 'conflict', 'There is no new recovery key to confirm')
    if (this.#pendingKey !== key) throw wrongKey()
    person.recoveryKey = { key, generatedAtMs: Math.round(this.#clock.now()) }
    person.hasCrossSigning = true
    this.#pendingKey = undefined
    if (this.#state === 'ready' || this.#state === 'needs-first-sync') this.#onChange()
    else this.#unlocked()
  }

  snapshot(): Omit<AppSetupState, 'verification'> {
    const signedIn = this.#signedIn
    if (signedIn === undefined) return { state: this.#state, e2ee: this.#encryption() }
    const matrix = { userID: userIDOf(signedIn.person), deviceID: signedIn.deviceID, homeserver }
    return { state: this.#state, e2ee: this.#encryption(), matrix }
  }

  #unlocked(): void {
    this.#go('needs-first-sync', { afterMs: firstSyncMs, next: 'ready' })
  }

  #go(state: string, move?: { readonly afterMs: number; readonly next: string }): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#state = state
    if (move !== undefined) {
      this.#timer = this.#clock.after(move.afterMs, () => {
        this.#go(move.next)
      })
    }
    this.#onChange()
  }

  #encryption(): E2EeStatus {
    const has = (from: string): boolean => order.indexOf(this.#state) >= order.indexOf(from)
    const person = this.#signedIn?.person
    const hasSecrets = has('needs-first-sync')
    const hasKeys = person?.hasCrossSigning === true && has('needs-verification')
    const generatedAt = person?.recoveryKey?.generatedAtMs
    return {
      initialized: has('needs-cross-signing-setup'),
      secretStorage: hasKeys,
      crossSigning: hasKeys,
      verified: has('needs-secrets'),
      secrets: {
        masterKey: hasSecrets,
        selfSigningKey: hasSecrets,
        userSigningKey: hasSecrets,
        megolmBackupKey: hasSecrets,
        recoveryKey: hasSecrets,
      },
      keyBackup: hasKeys,
      firstSyncDone: has('ready'),
      hasBackedUpRecoveryKey: has('needs-cross-signing-setup') && person?.recoveryKey !== undefined,
      ...(generatedAt !== undefined && { recoveryKeyGeneratedAt: generatedAt }),
    }
  }
}

const squeeze = (key: string): string => key.replace(/\s+/g, '')
const wrongKey = (): ApiFailure => new ApiFailure(400, 'invalid_recovery_key', 'That recovery key is not right')
