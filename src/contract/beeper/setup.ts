// From the wire's setup state to the state that the app decides by.
import type { z } from 'zod'
import { zAppSetupStateNameKnown } from './gen/zod.gen.ts'
import type { zAppSetupState, zE2EeStatus } from './gen/zod.gen.ts'

export type SetupStateName = z.output<typeof zAppSetupStateNameKnown> | 'unsupported'

/** The server's own account of sign-in and encryption. `wireState` keeps what it said, for the details panel. */
export interface SetupState {
  readonly state: SetupStateName
  readonly wireState: string
  readonly userID: string | undefined
  readonly isKeyBackedUp: boolean
  readonly flags: z.output<typeof zE2EeStatus>
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
