// The machine of secure messages at play: states that it reached itself, and all that it did on the way.
import type { SetupState } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import type { ScreenOf, View } from '#contract/view'
import type { VerificationStage } from '#contract/view-security'
import type { AppState } from '../domain/app-state.ts'
import { initial } from '../domain/security-state.ts'
import type { SecurityEffect, SecurityEvent, SecurityState } from '../domain/security-state.ts'
import { next } from '../domain/security.ts'
import { viewOf } from '../domain/view.ts'
import { about, setupOf, verificationOf } from './samples.ts'
import { signedInState } from './states.ts'

/** One event after the other: the state at the end, and the effects of all of them. */
export function play(
  from: SecurityState,
  ...events: readonly SecurityEvent[]
): readonly [SecurityState, readonly SecurityEffect[]] {
  let state = from
  const effects: SecurityEffect[] = []
  for (const event of events) {
    const [after, more] = next(state, event)
    state = after
    effects.push(...more)
  }
  return [state, effects]
}

/** The state after some events. */
export const after = (from: SecurityState, ...events: readonly SecurityEvent[]): SecurityState =>
  play(from, ...events)[0]

/** A setup that is like the sample of its state but for what the test is about. */
export const setupWith = (state: SetupState['state'], more: Partial<SetupState> = {}): SetupState => ({
  ...setupOf(state),
  ...more,
})

/** What a reading finds; without `verifications` only the setup was told. */
export const readingOf = (
  setup: SetupState | SetupState['state'],
  verifications?: readonly Verification[],
  atMs = 1_000,
): SecurityEvent => ({
  type: 'setupRead',
  setup: typeof setup === 'string' ? setupOf(setup) : setup,
  verifications,
  atMs,
})

/** Signed in, with the server read once. */
export const readAs = (
  setup: SetupState | SetupState['state'],
  verifications: readonly Verification[] = [],
): SecurityState =>
  after(initial, { type: 'signedIn', setup: undefined, atMs: 10 }, readingOf(setup, verifications, 20))

/** One that another device of the person asks for. */
export const asked = (state: Verification['state'] = 'requested', more: Partial<Verification> = {}): Verification =>
  verificationOf(state, {
    verificationID: 'verification-2',
    isIncoming: true,
    device: { id: 'TABLET', name: 'Sam’s tablet' },
    ...more,
  })

/** One that somebody else’s device asks for. */
export const strange = (state: Verification['state'] = 'requested', more: Partial<Verification> = {}): Verification =>
  asked(state, { verificationID: 'verification-3', otherUserID: '@ada:example.com', device: undefined, ...more })

/** A verification on the screen, begun while the server said `setup`. */
export const showing = (
  verification: Verification,
  setup: SetupState | SetupState['state'] = 'needs-verification',
  beside: readonly Verification[] = [],
): SecurityState =>
  after(readAs(setup, [verification, ...beside]), {
    type: 'verificationPicked',
    verificationID: verification.verificationID,
    atMs: 30,
  })

/** The whole app, signed in, with the machine in this state. */
export const appWith = (security: SecurityState, more: Partial<AppState> = {}): AppState => ({
  ...signedInState(undefined),
  security,
  ...more,
})

export const viewWith = (security: SecurityState, more: Partial<AppState> = {}): View =>
  viewOf(appWith(security, more), about)

/** The screen of that name; fails where another one is drawn. */
export function screenOf<Name extends View['screen']['name']>(
  name: Name,
  security: SecurityState,
  more: Partial<AppState> = {},
): ScreenOf<Name> {
  const { screen } = viewWith(security, more)
  if (screen.name !== name) throw new Error(`the screen is ${screen.name}, not ${name}`)
  // The name was compared just above; the compiler does not follow it through the type's parameter.
  return screen as ScreenOf<Name>
}

/** Where the verification on the screen stands. */
export const stageIn = (security: SecurityState): VerificationStage =>
  screenOf('verification', security).verification.stage

/** The effects of one type. */
export const only = <Type extends SecurityEffect['type']>(
  effects: readonly SecurityEffect[],
  type: Type,
): readonly Extract<SecurityEffect, { readonly type: Type }>[] =>
  effects.filter((effect): effect is Extract<SecurityEffect, { readonly type: Type }> => effect.type === type)
