// All verifications of this server: who may open one, who acts on it, how long it stays visible once it is over.
import type { Clock } from './clock.ts'
import { ApiFailure } from './failure.ts'
import { userIDOf } from './people.ts'
import type { Random } from './random.ts'
import type { Setup } from './setup.ts'
import { plainShape, Verification, type OtherDevice, type VerificationShape } from './verification.ts'
import type { Wire } from './wire.ts'

/** Matrix gives a request ten minutes; how long the API still lists a finished one is our number. */
const requestLifeMs = 10 * 60_000
const visibleAfterEndMs = 5 * 60_000

export interface VerificationListener {
  updated(verification: Verification): void
  removed(): void
}

export interface Opening {
  readonly direction: 'incoming' | 'outgoing'
  readonly purpose: 'login' | 'device'
  /** Who asks; for a request of this side the person's only device, when there is just one. */
  readonly from?: OtherDevice
  /** Whose device that is; the signed-in person's when absent. */
  readonly userID?: string | undefined
}

export class Verifications {
  readonly #all = new Map<string, Verification>()
  /** How the next one will be. */
  #nextShape = plainShape

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly setup: Setup,
    private readonly listener: VerificationListener,
    private readonly wire: Wire,
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

  /** Opens one from this side (outgoing) or from another device (incoming). */
  open({ direction, from, purpose, userID }: Opening): Verification {
    const { person } = this.setup.requireSignedIn()
    if (!person.hasCrossSigning) throw new ApiFailure(409, 'conflict', 'There is nothing to verify against yet')
    const own = userIDOf(person)
    const { codes, profile } = this.wire
    const shape = this.#nextShape
    this.#nextShape = plainShape
    const verification = new Verification(
      {
        id: this.random.text(18),
        direction,
        purpose,
        device: from ?? (person.devices.length === 1 ? person.devices[0] : undefined),
        otherUserID: userID ?? own,
        isStranger: userID !== undefined && userID !== own,
        shape,
        hasBinaryCodes: codes === undefined ? profile === 'rich' : codes === 'bytes',
        // How the emoji are told apart in their one string is not published.
        emojiSeparator: profile === 'rich' ? ' ' : '',
      },
      this.random,
    )
    this.#all.set(verification.id, verification)
    this.clock.after(requestLifeMs, () => {
      if (!verification.isLive) return
      this.act(verification, () => {
        verification.stop('cancelled', 'm.timeout', 'Nobody answered in time')
      })
    })
    this.listener.updated(verification)
    return verification
  }

  /** Runs one move of either side, then tells everybody what came of it. One that is no longer here does not move. */
  act(verification: Verification, move: () => void): void {
    if (!this.#all.has(verification.id)) return
    const before = verification.phase
    move()
    if (verification.phase !== before && !verification.isLive) this.#ended(verification)
    this.listener.updated(verification)
  }

  /** Changes a running one, or the next one to be opened. */
  reshape(shape: Partial<VerificationShape>, verification: Verification | undefined): void {
    if (verification === undefined) this.#nextShape = { ...this.#nextShape, ...shape }
    else {
      this.act(verification, () => {
        verification.shape = { ...verification.shape, ...shape }
      })
    }
  }

  /**
   * Takes a code that this side has read off another device: one character a byte, or the bytes in base64 of either alphabet,
   * since what a server takes here is not published. A code nobody shows is refused.
   */
  scan(data: string): Verification {
    const found = this.all().find(({ peerCode }) => peerCode !== undefined && spellings(peerCode).includes(data))
    if (found === undefined) throw new ApiFailure(400, 'invalid_qr', 'This code belongs to no running verification')
    this.act(found, () => {
      found.scannedPeer()
    })
    return found
  }

  /** From one moment to the next it is no longer there. */
  vanish(verification: Verification): void {
    if (this.#all.delete(verification.id)) this.listener.removed()
  }

  clear(): void {
    this.#all.clear()
    this.listener.removed()
  }

  #ended(verification: Verification): void {
    const { device, isStranger, phase } = verification
    if (phase === 'done' && device !== undefined && !isStranger) this.setup.verifiedBy(device)
    this.clock.after(visibleAfterEndMs, () => {
      this.vanish(verification)
    })
  }
}

function spellings(code: string): string[] {
  const bytes = Buffer.from(code, 'latin1')
  const [standard, forURLs] = [bytes.toString('base64'), bytes.toString('base64url')]
  return [code, standard, standard.replace(/=+$/, ''), forURLs, forURLs.padEnd(standard.length, '=')]
}
