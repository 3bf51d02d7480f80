// From the wire's verification to the one that the app decides by.
import type { z } from 'zod'
import { zVerificationActionKnown, zVerificationStateKnown } from './gen/zod.gen.ts'
import type { zVerification } from './gen/zod.gen.ts'
import { qrPayloadFrom } from './qr-payload.ts'
import type { SetupState } from './setup.ts'
import { line, prose } from './text.ts'

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
  /** The three numbers that say the same as the pictures; empty where the server has none. */
  readonly decimals: readonly string[]
  readonly error: { readonly code: string; readonly reason: string } | undefined
}

/** What every call about a verification answers: the state of the setup, and the verification unless it has ended. */
export interface VerificationAnswer {
  readonly setup: SetupState
  readonly verification: Verification | undefined
}

type Wire = z.output<typeof zVerification>

/** More methods than a verification will ever have. */
const methodLimit = 16

/**
 * Reads a verification; nothing that its decoder lets through makes it throw.
 * @param wire a decoded `Verification`
 */
export function verificationFrom(wire: Wire): Verification {
  const known = zVerificationStateKnown.safeParse(wire.state)
  return {
    verificationID: wire.id,
    isIncoming: wire.direction === 'incoming',
    state: known.success ? known.data : 'unsupported',
    wireState: line(wire.state),
    methods: wire.methods.slice(0, methodLimit).map(line),
    actions: [...new Set(wire.availableActions.filter(isAction))],
    otherUserID: userIDFrom(wire.otherUserID),
    device: wire.otherDevice && { id: line(wire.otherDevice.id), name: line(wire.otherDevice.name) },
    qr: wire.qr && qrPayloadFrom(wire.qr.data),
    emojis: emojisFrom(wire.sas?.emojis ?? ''),
    decimals: decimalsFrom(wire.sas?.decimals ?? ''),
    error: wire.error && { code: line(wire.error.code), reason: prose(wire.error.reason) },
  }
}

const isAction = (action: string): action is VerificationAction =>
  zVerificationActionKnown.options.some((known) => known === action)

/** Compared with the person's own, so one that Matrix allows stays whole: up to 255 bytes (appendix "User Identifiers"). */
const userIDFrom = (userID: string | undefined): string | undefined =>
  userID === undefined || userID.length <= 255 ? userID : line(userID)

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Seven pictures with their names in words of any language are shorter; a longer text is not read to its end. */
const sasLimit = 1_000
/** There are seven. A command that says "they match" takes as many as this, each as long as the longest emoji there is. */
const emojiLimit = 16
const emojiUnits = 16

/**
 * The separator is not published (semantics 4), so whatever is no picture is left out: blanks, commas, names. A picture keeps its
 * variation selector; a joiner that joins it to nothing is a separator too.
 */
const emojisFrom = (text: string): readonly string[] =>
  Array.from(graphemes.segment(text.slice(0, sasLimit)), ({ segment }) => segment.replace(/[\u200c\u200d]+$/u, ''))
    .filter((one) => one.length <= emojiUnits && isPicture(one))
    .slice(0, emojiLimit)

const isPicture = (grapheme: string): boolean =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(grapheme)

/**
 * Three numbers of four digits (Matrix, "SAS method: decimal"), however they are separated. Anything else is nothing to compare
 * by: with a number missing, two different ones could look the same.
 */
function decimalsFrom(text: string): readonly string[] {
  const runs = text.slice(0, sasLimit).match(/\d+/gu) ?? []
  const numbers = runs.filter((run) => run.length === 4)
  if (numbers.length === 3) return numbers
  const [only = ''] = runs
  return runs.length === 1 && only.length === 12 ? [only.slice(0, 4), only.slice(4, 8), only.slice(8)] : []
}
