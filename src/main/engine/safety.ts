// Secure messages within the app: the actor, what it means for the rest, and what an earlier run left of it.
import type { SetupState } from '#contract/beeper/setup'
import type { Target } from '../beeper-port.ts'
import type { Server } from '../domain/account-state.ts'
import type { SecurityEffect, SecurityEvent, SecurityState } from '../domain/security-state.ts'
import { initial } from '../domain/security-state.ts'
import { next } from '../domain/security.ts'
import { idOf } from '../domain/verification-known.ts'
import { Actor } from './actor.ts'
import type { Journal } from './journal.ts'
import { securityRunner } from './runners/security.ts'
import { wallMs } from './timers.ts'
import type { Timers } from './timers.ts'
import type { World } from './world.ts'

/** The server's state may lag behind a sign-in; one that says so this often in a row, every 2 s, is signed out. */
const signedOutAfterReads = 3

/** A server that is only starting cannot say yet which key counts. */
const tells = ({ state }: SetupState): boolean =>
  state !== 'needs-login' && state !== 'initializing' && state !== 'unsupported'

export interface SafetyParts {
  readonly world: World
  readonly journal: Journal
  readonly timers: Timers
  /** Server and token of the sign-in, while there is one. */
  readonly target: () => (Target & { readonly token: string }) | undefined
  readonly server: () => Server | undefined
  readonly tokenRefused: () => void
  readonly scopeMissing: (isClicked: boolean) => void
  /** Networks can be shown, or connected too. */
  readonly networksWanted: (use: 'show' | 'connect') => void
  /** The person chose another verification to look at, wherever they were. */
  readonly picked: () => void
  readonly changed: () => void
}

export class Safety {
  readonly actor: Actor<SecurityState, SecurityEvent, SecurityEffect>
  readonly #parts: SafetyParts
  /** What an earlier run noted is told once, and after the first reading, which it is compared with. */
  #isNoteDue = false

  constructor(parts: SafetyParts) {
    this.#parts = parts
    this.actor = new Actor(initial, next, securityRunner(parts))
    this.actor.store.subscribe((state, before) => {
      const { shown } = state.verifications
      if (shown !== undefined && idOf(shown) !== idOf(before.verifications.shown)) parts.picked()
      this.#changed(state)
    })
  }

  /** @param setup what the sign-in itself has told */
  signedIn(setup: SetupState | undefined): void {
    this.#isNoteDue = true
    this.actor.send({ type: 'signedIn', setup, atMs: wallMs(this.#parts.world.clock) })
  }

  #changed(state: SecurityState): void {
    const { networksWanted, changed, tokenRefused } = this.#parts
    const { door, setup, signedOutReads } = state
    if (signedOutReads >= signedOutAfterReads) tokenRefused()
    if (setup !== undefined && tells(setup)) this.#tellNote()
    if (setup?.state === 'ready' || setup?.state === 'needs-first-sync') networksWanted('connect')
    // Consequences of a new key name the networks.
    else if (door === 'new-key') networksWanted('show')
    changed()
  }

  #tellNote(): void {
    if (!this.#isNoteDue) return
    this.#isNoteDue = false
    const { journal } = this.#parts
    const server = this.#parts.server()
    const found = journal.progress.newKeys?.find(({ origin }) => origin === server?.origin)
    if (found === undefined || server?.isDemo === true) return
    const { origin: _origin, ...note } = found
    this.actor.send({ type: 'newKeyFound', note })
  }
}
