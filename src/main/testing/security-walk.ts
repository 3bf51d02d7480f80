// Random histories of secure messages: what a server may say in any order, what a person may click, what may be answered.
import type { Verification, VerificationAction } from '#contract/beeper/verification'
import fc from 'fast-check'
import type { Doing, SecurityEvent } from '../domain/security-state.ts'
import { setupWith } from './security-play.ts'
import { problem, secrets, setups, verificationOf, verificationStates } from './samples.ts'
import { securityEvents } from './states.ts'
import { allOf } from './tables.ts'

/** The last is a name that every object of the language has. */
export const verificationIDs = ['verification-1', 'verification-2', 'verification-3', 'constructor'] as const
const actions: readonly VerificationAction[] = ['accept', 'sas.start', 'sas.confirm', 'qr.confirmScanned', 'cancel']
const doings: readonly Doing[] = ['request', 'scan', ...actions]
const { emojis, decimals } = verificationOf('sas_ready')

const id = fc.constantFrom(...verificationIDs)
const pictures = fc.constantFrom(emojis, emojis.slice(1), [])
const atMs = fc.nat({ max: 100_000 })

const verification = fc
  .record({
    verificationID: id,
    isIncoming: fc.boolean(),
    state: fc.constantFrom(...verificationStates),
    /** Mostly what the state allows by the book, else whatever comes. */
    actions: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 3 },
      { arbitrary: fc.subarray([...actions]), weight: 1 },
    ),
    otherUserID: fc.constantFrom('@sam:beeper.com', '@ada:example.com', undefined),
    emojis: pictures,
    decimals: fc.constantFrom(decimals, []),
    methods: fc.constantFrom(['qr', 'sas'], ['sas'], []),
    code: fc.constantFrom('m.user', 'm.timeout', 'constructor', undefined),
  })
  .map(({ actions: odd, code, emojis: seen, decimals: numbers, state, ...more }): Verification => ({
    ...verificationOf(state, more),
    ...(odd !== undefined && { actions: odd }),
    ...(state === 'sas_ready' && { emojis: seen, decimals: numbers }),
    error: code === undefined ? undefined : { code, reason: 'Said by the server' },
  }))

const setup = fc
  .record({
    of: fc.constantFrom(...setups, setupWith('unsupported', { wireState: 'on-the-moon' })),
    isKeyBackedUp: fc.boolean(),
    keyMadeAtMs: fc.constantFrom(undefined, 1_000, 2_000),
    verification: fc.option(verification, { nil: undefined }),
  })
  .map(({ of, ...more }) => ({ ...of, ...more }))

const reading: fc.Arbitrary<SecurityEvent> = fc.record({
  type: fc.constant('setupRead'),
  setup,
  verifications: fc.option(fc.array(verification, { maxLength: 4 }), { nil: undefined }),
  atMs,
})

/** What the person does at a verification, be it on the screen or not. */
const click: fc.Arbitrary<SecurityEvent> = fc.oneof(
  fc.record({ type: fc.constant('verificationRequested'), atMs }),
  fc.record({ type: fc.constant('verificationPicked'), verificationID: id, atMs }),
  fc.record({ type: fc.constant('verificationAccepted'), verificationID: id, atMs }),
  fc.record({ type: fc.constant('emojiStarted'), verificationID: id }),
  fc.record({
    type: fc.constant('emojiConfirmed'),
    verificationID: id,
    emojis: fc.oneof(pictures, fc.constant(decimals)),
  }),
  fc.record({ type: fc.constant('scanConfirmed'), verificationID: id }),
  fc.record({
    type: fc.constant('verificationCancelled'),
    verificationID: id,
    why: fc.constantFrom('cancelled', 'not-me', 'mismatch', 'not-scanned'),
  }),
  fc.record({ type: fc.constant('codeScanned'), data: fc.constant(secrets.field) }),
)

const ofRequest = (doing: Doing, verificationID: string): string => (doing === 'request' ? '' : verificationID)

/** Answers come late, twice, and to what was asked long ago. */
const answer: fc.Arbitrary<SecurityEvent> = fc
  .record({
    doing: fc.constantFrom(...doings),
    verificationID: id,
    verification: fc.option(verification, { nil: undefined }),
    isFailed: fc.boolean(),
    atMs,
  })
  .map(({ isFailed, ...more }): SecurityEvent => {
    const about = { doing: more.doing, verificationID: ofRequest(more.doing, more.verificationID) }
    if (isFailed) return { type: 'verificationFailed', ...about, problem }
    return {
      type: 'verificationAnswered',
      ...about,
      // A step is answered with the verification that it was taken in, or with none.
      verification:
        more.doing === 'request' || more.doing === 'scan'
          ? more.verification
          : more.verification && { ...more.verification, verificationID: more.verificationID },
      atMs: more.atMs,
    }
  })

/** Everything that may happen, most of it more than once. */
export const anyEvent: fc.Arbitrary<SecurityEvent> = fc.oneof(
  { arbitrary: reading, weight: 4 },
  { arbitrary: click, weight: 5 },
  { arbitrary: answer, weight: 2 },
  // A sign-out ends the walk for the time being, so it is rare.
  { arbitrary: fc.constantFrom(...allOf<SecurityEvent>(securityEvents)), weight: 4 },
)
