// One verification between this server and another device, as a state machine (semantics.md, section 4). Both sides act on
// it: the client through the API, the other device through the control API or the demo phone.
import type { Verification as WireVerification, VerificationActionKnown } from '#contract/beeper/gen/types.gen'
import { ApiFailure } from './failure.ts'
import type { Device } from './people.ts'
import { otherEmoji, sasEmoji, type SasEmoji } from './sas-emoji.ts'
import type { Random } from './random.ts'

export type VerificationPhase = 'requested' | 'ready' | 'sas_ready' | 'qr_scanned' | 'done' | 'cancelled' | 'error'

/** What differs from a plain verification. Whatever is told in place of the truth leaves the truth as it is. */
export interface VerificationShape {
  /** The methods that both sides know. */
  readonly methods: readonly string[]
  readonly state: string | null
  readonly availableActions: readonly string[] | null
  readonly emojis: string | null
  /** Somebody sits in between: the other device shows other emoji. */
  readonly isIntercepted: boolean
}

export const plainShape: VerificationShape = {
  methods: ['qr', 'sas'],
  state: null,
  availableActions: null,
  emojis: null,
  isIntercepted: false,
}

interface Beginning {
  readonly id: string
  readonly purpose: 'login' | 'device'
  readonly direction: 'incoming' | 'outgoing'
  readonly otherUserID: string
  /** Somebody else's device: what comes of it says nothing about this one. */
  readonly isStranger: boolean
  /** Absent while nobody has answered a request that went to several devices. */
  readonly device: OtherDevice | undefined
  readonly shape: VerificationShape
  /** Whether QR payloads are raw bytes, as in Matrix, or plain letters. */
  readonly hasBinaryCodes: boolean
  readonly emojiSeparator: string
}

/** The device at the other end; a stranger's need not have a name. */
export type OtherDevice = Omit<Device, 'name'> & { readonly name?: string }

export class Verification {
  readonly id: string
  readonly direction: 'incoming' | 'outgoing'
  readonly otherUserID: string
  readonly isStranger: boolean
  phase: VerificationPhase = 'requested'
  shape: VerificationShape
  device: OtherDevice | undefined
  emoji: readonly SasEmoji[] = []
  decimals = ''
  hasConfirmed = false
  hasPeerConfirmed = false
  error: { readonly code: string; readonly reason: string } | undefined
  readonly #beginning: Beginning
  readonly #random: Random
  #codes: { readonly own: string; readonly peer: string } | undefined
  #hasScannedPeer = false

  constructor(beginning: Beginning, random: Random) {
    this.#beginning = beginning
    this.#random = random
    this.id = beginning.id
    this.direction = beginning.direction
    this.otherUserID = beginning.otherUserID
    this.isStranger = beginning.isStranger
    this.device = beginning.device
    this.shape = beginning.shape
  }

  get isLive(): boolean {
    return this.phase !== 'done' && this.phase !== 'cancelled' && this.phase !== 'error'
  }

  /** Whether this side has read the other device's code, which now has to say that it saw a tick. */
  get isRead(): boolean {
    return this.phase === 'ready' && this.#hasScannedPeer
  }

  get hasEmoji(): boolean {
    return this.shape.methods.includes('sas')
  }

  /** The code this server shows, one character a byte. */
  get ownCode(): string | undefined {
    return this.#shownCodes?.own
  }

  /** The code the other device shows, one character a byte. */
  get peerCode(): string | undefined {
    return this.#shownCodes?.peer
  }

  /** The emoji on the other device. */
  get peerEmoji(): readonly SasEmoji[] {
    return this.shape.isIntercepted ? this.emoji.map(otherEmoji) : this.emoji
  }

  get actions(): VerificationActionKnown[] {
    switch (this.phase) {
      case 'requested':
        return this.direction === 'incoming' ? ['accept', 'cancel'] : ['cancel']
      case 'ready':
        return this.#hasScannedPeer || !this.hasEmoji ? ['cancel'] : ['sas.start', 'cancel']
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
    this.#codes = { own: this.#code('own'), peer: this.#code('peer') }
  }

  compare(): void {
    this.phase = 'sas_ready'
    this.#codes = undefined
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
    this.#codes = undefined
    this.hasPeerConfirmed = true
  }

  /** This server has read the code of the other device, which still has to say that it saw a green tick. */
  scannedPeer(): void {
    this.#hasScannedPeer = true
    this.hasConfirmed = true
    this.#codes = undefined
  }

  stop(phase: 'cancelled' | 'error', code: string, reason: string): void {
    this.phase = phase
    this.error = { code, reason }
    this.#codes = undefined
  }

  toWire(): WireVerification {
    const { device, error, ownCode, shape } = this
    const { emojiSeparator, purpose } = this.#beginning
    const emojis = shape.emojis ?? this.emoji.map(({ emoji }) => emoji).join(emojiSeparator)
    return {
      id: this.id,
      purpose,
      direction: this.direction,
      state: shape.state ?? this.phase,
      methods: [...shape.methods],
      availableActions: [...(shape.availableActions ?? this.actions)],
      otherUserID: this.otherUserID,
      ...(device !== undefined && {
        otherDevice: { id: device.id, ...(device.name !== undefined && { name: device.name }) },
      }),
      ...(ownCode !== undefined && { qr: { data: ownCode } }),
      ...(this.phase === 'sas_ready' && { sas: { emojis, decimals: this.decimals } }),
      ...(error !== undefined && { error }),
    }
  }

  get #shownCodes(): { readonly own: string; readonly peer: string } | undefined {
    return this.shape.methods.includes('qr') ? this.#codes : undefined
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
