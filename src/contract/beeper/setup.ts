// From the wire's setup state to the state that the app decides by.
import type { z } from 'zod'
import { zAppSetupStateNameKnown } from './gen/zod.gen.ts'
import type { zAppSetupState, zE2EeStatus } from './gen/zod.gen.ts'
import { verificationFrom } from './verification.ts'
import type { Verification } from './verification.ts'

export type SetupStateName = z.output<typeof zAppSetupStateNameKnown> | 'unsupported'

/** The server's own account of sign-in and encryption. `wireState` keeps what it said, for the details panel. */
export interface SetupState {
  readonly state: SetupStateName
  readonly wireState: string
  readonly userID: string | undefined
  readonly isKeyBackedUp: boolean
  readonly flags: z.output<typeof zE2EeStatus>
  /** When the recovery key in force was made, in Unix milliseconds, where the server says so. */
  readonly keyMadeAtMs: number | undefined
  /** The verification that waits for somebody, while there is one. */
  readonly verification: Verification | undefined
}

/** The document does not say seconds or milliseconds; no key is from before 1973 or from after the year 5138 (semantics 3). */
const millisecondsFrom = 1e11
/** The end of the calendar of ECMAScript, which is no date that anybody could be shown. */
const lastMs = 8.64e15

function keyMadeAtMs(madeAt: number | undefined): number | undefined {
  // Some servers say "never" with a zero or an endless number.
  if (madeAt === undefined || madeAt <= 0 || madeAt > lastMs) return undefined
  return Math.floor(madeAt > millisecondsFrom ? madeAt : madeAt * 1000)
}

/**
 * Reads a setup state; a name that is not known today becomes `unsupported`.
 * @param wire a decoded `AppSetupState`
 */
export function setupFrom(wire: z.output<typeof zAppSetupState>): SetupState {
  const known = zAppSetupStateNameKnown.safeParse(wire.state)
  return {
    state: known.success ? known.data : 'unsupported',
    wireState: wire.state,
    userID: wire.matrix?.userID,
    isKeyBackedUp: wire.e2ee.hasBackedUpRecoveryKey,
    flags: wire.e2ee,
    keyMadeAtMs: keyMadeAtMs(wire.e2ee.recoveryKeyGeneratedAt),
    verification: wire.verification && verificationFrom(wire.verification),
  }
}

/** What a new account needs: handles to register with, and the server's own words for the form. */
export interface RegistrationForm {
  readonly requestID: string
  readonly leadToken: string
  readonly title: string
  readonly usernamePlaceholder: string
  readonly submitLabel: string
  readonly terms: string
  readonly suggestions: readonly string[]
}
