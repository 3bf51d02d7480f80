// Where this server stands between signed out and usable (semantics.md, section 3), and what moves it on.
import type { AppSetupState, E2EeStatus } from '#contract/beeper/gen/types.gen'
import type { Clock, Timer } from './clock.ts'
import { ApiFailure } from './failure.ts'
import { homeserver, userIDOf, type Device, type Person } from './people.ts'
import type { Random } from './random.ts'

/** How long the server stays in a state it leaves by itself, in simulated milliseconds. */
const initializingMs = 1_200
const firstSyncMs = 4_000

/** A change that the server makes by itself, and what follows after that. */
interface Move {
  readonly afterMs: number
  readonly next: string
  readonly then?: Move | undefined
}

/** Flags that are told in place of the real ones. */
export type ForcedFlags = Partial<Omit<E2EeStatus, 'secrets'>> & { readonly secrets?: Partial<E2EeStatus['secrets']> }

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
  /** What the timer will do. */
  #move: Move | undefined
  /** What is told while the state no longer follows what happens. */
  #held: string | undefined
  #forced: ForcedFlags = {}
  readonly #clock: Clock
  readonly #random: Random
  readonly #onChange: () => void

  constructor(clock: Clock, random: Random, onChange: () => void) {
    this.#clock = clock
    this.#random = random
    this.#onChange = onChange
  }

  /** What is told, which is what is true unless it is held. */
  get state(): string {
    return this.#held ?? this.#state
  }

  /** What is true behind a state that is held. */
  get stateBehind(): string | undefined {
    return this.#held === undefined ? undefined : this.#state
  }

  /** The key that was made and waits for its confirmation. */
  get pendingKey(): string | undefined {
    return this.#pendingKey
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
  place(person: Person, state: string, move?: Move): SignedIn {
    this.#held = undefined
    this.#signedIn = { person, deviceID: this.#random.text(10, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') }
    this.#go(state, move)
    return this.#signedIn
  }

  signOut(): void {
    this.#signedIn = undefined
    this.#pendingKey = undefined
    this.#held = undefined
    this.#go('needs-login')
  }

  /** Puts it into any state, held or not, whatever else is true. */
  force(state: string, move?: Move): void {
    if (this.#held !== undefined) this.#held = state
    this.#go(state, move)
  }

  /** While held, the state that is told stands still; what happens goes on behind it and is told on release. */
  hold(isHeld: boolean): void {
    this.#held = isHeld ? this.state : undefined
    this.#onChange()
  }

  /** Flags to tell in place of the real ones, on top of those that are forced already; `null` takes them all back. */
  forceFlags(flags: ForcedFlags | null): void {
    const { secrets } = this.#forced
    this.#forced = flags === null ? {} : { ...this.#forced, ...flags, secrets: { ...secrets, ...flags.secrets } }
    this.#onChange()
  }

  /** A restart of the server: a key that nobody has confirmed is forgotten. */
  forgetPendingKey(): void {
    this.#pendingKey = undefined
  }

  /** Starts up for a while before it is what it was. What it waits for in that state begins anew. */
  startUp(takesMs: number): void {
    if (this.#signedIn === undefined) return
    this.#go('initializing', { afterMs: takesMs, next: this.#state, then: this.#move })
  }

  /** Another device of the account now trusts this one. */
  verifiedBy(device: Pick<Device, 'sharesSecrets'>): void {
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

  /** What is told of the setup; with `state` as it would be told in that one. */
  snapshot(state = this.state): Omit<AppSetupState, 'verification'> {
    const signedIn = this.#signedIn
    const e2ee = this.#encryption(state)
    if (signedIn === undefined) return { state, e2ee }
    return { state, e2ee, matrix: { userID: userIDOf(signedIn.person), deviceID: signedIn.deviceID, homeserver } }
  }

  #unlocked(): void {
    this.#go('needs-first-sync', { afterMs: firstSyncMs, next: 'ready' })
  }

  #go(state: string, move?: Move): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#move = move
    this.#state = state
    if (move !== undefined) {
      this.#timer = this.#clock.after(move.afterMs, () => {
        this.#go(move.next, move.then)
      })
    }
    this.#onChange()
  }

  #encryption(state: string): E2EeStatus {
    const has = (from: string): boolean => order.indexOf(state) >= order.indexOf(from)
    const { secrets, ...flags } = this.#forced
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
        ...secrets,
      },
      keyBackup: hasKeys,
      firstSyncDone: has('ready'),
      hasBackedUpRecoveryKey: has('needs-cross-signing-setup') && person?.recoveryKey !== undefined,
      ...(generatedAt !== undefined && { recoveryKeyGeneratedAt: generatedAt }),
      ...flags,
    }
  }
}

const squeeze = (key: string): string => key.replace(/\s+/g, '')
const wrongKey = (): ApiFailure => new ApiFailure(400, 'invalid_recovery_key', 'That recovery key is not right')
