// From the wire's verification to the one that the app decides by.
import type { z } from 'zod'
import { zVerificationActionKnown, zVerificationStateKnown } from './gen/zod.gen.ts'
import type { zVerification } from './gen/zod.gen.ts'
import type { SetupState } from './setup.ts'

export type VerificationAction = z.output<typeof zVerificationActionKnown>
export type VerificationStateName = z.output<typeof zVerificationStateKnown> | 'unsupported'

/** One verification between this server and another device, as the server tells it. */
export interface Verification {
  readonly verificationID: string
  /** Opened by the other side. */
  readonly isIncoming: boolean
  readonly state: VerificationStateName
  readonly wireState: string
  readonly methods: readonly string[]
  /** What can be done now; the only source for which buttons work (semantics 4). Unknown ones are left out. */
  readonly actions: readonly VerificationAction[]
  readonly otherUserID: string | undefined
  readonly device: { readonly id: string; readonly name: string } | undefined
  /** The payload to draw, one character a byte (0 to 255), whatever the server made of it in JSON. */
  readonly qr: string | undefined
  /** The pictures to compare, in order; empty while there is nothing to compare. */
  readonly emojis: readonly string[]
  readonly decimals: readonly string[]
  readonly error: { readonly code: string; readonly reason: string } | undefined
}

/** What every call about a verification answers: the state of the setup, and the verification unless it has ended. */
export interface VerificationAnswer {
  readonly setup: SetupState
  readonly verification: Verification | undefined
}

/**
 * Reads a verification.
 * @param wire a decoded `Verification`
 */
export function verificationFrom(wire: z.output<typeof zVerification>): Verification {
  const known = zVerificationStateKnown.safeParse(wire.state)
  return {
    verificationID: wire.id,
    isIncoming: wire.direction === 'incoming',
    state: known.success ? known.data : 'unsupported',
    wireState: wire.state,
    methods: wire.methods,
    actions: wire.availableActions.flatMap((action) => {
      const one = zVerificationActionKnown.safeParse(action)
      return one.success ? [one.data] : []
    }),
    otherUserID: wire.otherUserID,
    device: wire.otherDevice && { id: wire.otherDevice.id, name: wire.otherDevice.name ?? '' },
    qr: wire.qr?.data,
    emojis: emojisOf(wire.sas?.emojis ?? ''),
    decimals: wire.sas?.decimals?.match(/\d+/gu) ?? [],
    error: wire.error,
  }
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The separator is not published: whatever is no picture is left out (semantics 4). */
const emojisOf = (text: string): readonly string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment).filter((one) =>
    /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(one),
  )
