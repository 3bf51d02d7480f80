// One verification between this server and another device, as a state machine (semantics.md, section 4). Both sides act on
// it: the client through the API, the other device through the control API or the demo phone.
import type { Verification as WireVerification, VerificationActionKnown } from '#contract/beeper/gen/types.gen'
import { ApiFailure } from './failure.ts'
import type { Device } from './people.ts'
import { sasEmoji, type SasEmoji } from './sas-emoji.ts'
import type { Random } from './random.ts'

export type VerificationPhase = 'requested' | 'ready' | 'sas_ready' | 'qr_scanned' | 'done' | 'cancelled' | 'error'

interface Beginning {
  readonly id: string
  readonly purpose: 'login' | 'device'
  readonly direction: 'incoming' | 'outgoing'
  readonly otherUserID: string
  /** Absent while nobody has answered a request that went to several devices. */
  readonly device: Device | undefined
  /** Whether QR payloads are raw bytes, as in Matrix, or plain letters. */
  readonly hasBinaryCodes: boolean
}

export class Verification {
  readonly id: string
  readonly direction: 'incoming' | 'outgoing'
  phase: VerificationPhase = 'requested'
  device: Device | undefined
  /** The code this server shows, and the one the other device shows. */
  ownCode: string | undefined
  peerCode: string | undefined
  emoji: readonly SasEmoji[] = []
  decimals = ''
  hasConfirmed = false
  hasPeerConfirmed = false
  error: { readonly code: string; readonly reason: string } | undefined
  readonly #beginning: Beginning
  readonly #random: Random
  #hasScannedPeer = false

  constructor(beginning: Beginning, random: Random) {
    this.#beginning = beginning
    this.#random = random
    this.id = beginning.id
    this.direction = beginning.direction
    this.device = beginning.device
  }

  get isLive(): boolean {
    return this.phase !== 'done' && this.phase !== 'cancelled' && this.phase !== 'error'
  }

  get actions(): VerificationActionKnown[] {
    switch (this.phase) {
      case 'requested':
        return this.direction === 'incoming' ? ['accept', 'cancel'] : ['cancel']
      case 'ready':
        return this.#hasScannedPeer ? ['cancel'] : ['sas.start', 'cancel']
      case 'sas_ready':
        return this.hasConfirmed ? ['cancel'] : ['sas.confirm', 'cancel']
      case 'qr_scanned':
        return ['qr.confirmScanned', 'cancel']
      case 'done':
      case 'cancelled':
      case 'error':
        return []
    }
  }

  /** Fails with 409 when the action is not among `actions`: the list is a promise, not a hint. */
  require(action: VerificationActionKnown): void {
    if (!this.actions.includes(action)) {
      throw new ApiFailure(409, 'conflict', `${action} is not possible while the verification is ${this.phase}`)
    }
  }

  /** Either side has accepted the request of the other. */
  accepted(by: Device | undefined): void {
    this.device ??= by
    this.phase = 'ready'
    this.ownCode = this.#code('own')
    this.peerCode = this.#code('peer')
  }

  compare(): void {
    this.phase = 'sas_ready'
    this.ownCode = undefined
    this.peerCode = undefined
    this.emoji = Array.from({ length: 7 }, () => sasEmoji[this.#random.below(64)]).filter((item) => item !== undefined)
    this.decimals = Array.from({ length: 3 }, () => String(1000 + this.#random.below(8192))).join(' ')
  }

  confirmed(by: 'self' | 'peer'): void {
    if (by === 'self') this.hasConfirmed = true
    else this.hasPeerConfirmed = true
    if (this.hasConfirmed && this.hasPeerConfirmed) this.phase = 'done'
  }

  /** The other device has read the code this server shows; it vouches for its side by doing so. */
  scannedByPeer(): void {
    this.phase = 'qr_scanned'
    this.ownCode = undefined
    this.hasPeerConfirmed = true
  }

  /** This server has read the code of the other device, which still has to say that it saw a green tick. */
  scannedPeer(): void {
    this.#hasScannedPeer = true
    this.hasConfirmed = true
    this.ownCode = undefined
    this.peerCode = undefined
  }

  stop(phase: 'cancelled' | 'error', code: string, reason: string): void {
    this.phase = phase
    this.error = { code, reason }
    this.ownCode = undefined
    this.peerCode = undefined
  }

  toWire(): WireVerification {
    const { device, error, ownCode } = this
    return {
      id: this.id,
      purpose: this.#beginning.purpose,
      direction: this.direction,
      state: this.phase,
      methods: ['qr', 'sas'],
      availableActions: this.actions,
      otherUserID: this.#beginning.otherUserID,
      ...(device !== undefined && { otherDevice: { id: device.id, name: device.name } }),
      ...(ownCode !== undefined && { qr: { data: ownCode } }),
      ...(this.phase === 'sas_ready' && {
        sas: { emojis: this.emoji.map(({ emoji }) => emoji).join(''), decimals: this.decimals },
      }),
      ...(error !== undefined && { error }),
    }
  }

  // Matrix: "MATRIX", version 2, mode, length and text of the flow ID, two keys, a shared secret. As plain letters the same
  // bytes travel in base64, since what a server puts into a JSON string here is not published.
  #code(side: 'own' | 'peer'): string {
    const flow = `${this.id}${side}`
    const bytes = [2, side === 'own' ? 2 : 1, 0, flow.length, ...Buffer.from(flow), ...this.#random.bytes(80)]
    const body = Buffer.from(bytes)
    return `MATRIX${this.#beginning.hasBinaryCodes ? body.toString('latin1') : body.toString('base64url')}`
  }
}
