// All verifications of this server: who may open one, who acts on it, how long it stays visible once it is over.
import type { Clock } from './clock.ts'
import { ApiFailure } from './failure.ts'
import { userIDOf, type Device } from './people.ts'
import type { Random } from './random.ts'
import type { Setup } from './setup.ts'
import { Verification } from './verification.ts'

/** Matrix gives a request ten minutes; how long the API still lists a finished one is our number. */
const requestLifeMs = 10 * 60_000
const visibleAfterEndMs = 5 * 60_000

export interface VerificationListener {
  updated(verification: Verification): void
  removed(): void
}

export class Verifications {
  readonly #all = new Map<string, Verification>()

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly setup: Setup,
    private readonly listener: VerificationListener,
    private readonly hasBinaryCodes: () => boolean,
  ) {}

  all(): readonly Verification[] {
    return [...this.#all.values()]
  }

  /** The one `GET /v1/app/setup` carries: the newest that still waits for somebody. */
  current(): Verification | undefined {
    return this.all().findLast((verification) => verification.isLive)
  }

  find(id: string): Verification {
    const found = this.#all.get(id)
    if (found === undefined) throw new ApiFailure(404, 'not_found', 'No such verification')
    return found
  }

  /** Opens one from this side (outgoing) or from a device of the person (incoming). */
  open(direction: 'incoming' | 'outgoing', purpose: 'login' | 'device', from?: Device): Verification {
    const { person } = this.setup.requireSignedIn()
    if (!person.hasCrossSigning) throw new ApiFailure(409, 'conflict', 'There is nothing to verify against yet')
    const device = from ?? (person.devices.length === 1 ? person.devices[0] : undefined)
    const { hasBinaryCodes } = this
    const beginning = { direction, purpose, device, otherUserID: userIDOf(person), hasBinaryCodes: hasBinaryCodes() }
    const verification = new Verification({ id: this.random.text(18), ...beginning }, this.random)
    this.#all.set(verification.id, verification)
    this.clock.after(requestLifeMs, () => {
      if (verification.isLive) {
        this.act(verification, () => {
          verification.stop('cancelled', 'm.timeout', 'Nobody answered in time')
        })
      }
    })
    this.listener.updated(verification)
    return verification
  }

  /** Runs one move of either side, then tells everybody what came of it. */
  act(verification: Verification, move: () => void): void {
    const before = verification.phase
    move()
    if (verification.phase !== before && !verification.isLive) this.#ended(verification)
    this.listener.updated(verification)
  }

  /** Takes a code that this side has read off another device. A code nobody shows is refused. */
  scan(data: string): Verification {
    const found = this.all().find((verification) => verification.peerCode === data)
    if (found === undefined) throw new ApiFailure(400, 'invalid_qr', 'This code belongs to no running verification')
    this.act(found, () => {
      found.scannedPeer()
    })
    return found
  }

  clear(): void {
    this.#all.clear()
    this.listener.removed()
  }

  #ended(verification: Verification): void {
    if (verification.phase === 'done' && verification.device !== undefined) this.setup.verifiedBy(verification.device)
    this.clock.after(visibleAfterEndMs, () => {
      if (this.#all.delete(verification.id)) this.listener.removed()
    })
  }
}
