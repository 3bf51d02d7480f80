import type { SetupStateName } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import type { ScreenName } from '#contract/view'
import type { VerificationStage } from '#contract/view-security'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asked, readingOf, viewWith } from '../testing/security-play.ts'
import { problem, secrets, verificationOf, verificationStates } from '../testing/samples.ts'
import { clicksOn } from '../testing/security-exits.ts'
import { anyEvent } from '../testing/security-walk.ts'
import { step, Witness } from '../testing/security-witness.ts'
import { wishes } from '../testing/states.ts'
import { pick } from '../testing/verification-events.ts'
import { initial } from './security-state.ts'
import type { SecurityEffect, SecurityEvent, SecurityState } from './security-state.ts'
import { next } from './security.ts'

/** What a walk has to have seen, or it would be worth little. */
const secureScreens: Readonly<Record<Exclude<ScreenName, AccountScreen>, true>> = {
  starting: true,
  preparing: true,
  verify: true,
  verification: true,
  'recovery-key': true,
  unlock: true,
  secrets: true,
  'first-sync': true,
  connect: true,
  home: true,
  settings: true,
}
type AccountScreen =
  | 'find' | 'unreachable' | 'email' | 'code' | 'register' | 'authorise' | 'keychain' | 'connection' // prettier-ignore
const stages: Readonly<Record<VerificationStage['at'], true>> = {
  requesting: true,
  incoming: true,
  outgoing: true,
  choosing: true,
  comparing: true,
  scanned: true,
  read: true,
  settling: true,
  done: true,
  ended: true,
  unknown: true,
}
const effects: Readonly<Record<SecurityEffect['type'], true>> = {
  read: true,
  readIn: true,
  readAfresh: true,
  listen: true,
  stopListening: true,
  confirmKey: true,
  noteNewKey: true,
  unlock: true,
  requestVerification: true,
  act: true,
  cancel: true,
  scan: true,
  announce: true,
  withdraw: true,
}
const names: Readonly<Record<SetupStateName, true>> = {
  'needs-login': true,
  initializing: true,
  'needs-cross-signing-setup': true,
  'needs-verification': true,
  'needs-secrets': true,
  'needs-first-sync': true,
  ready: true,
  unsupported: true,
}

/** Anything that may happen, a click on what is drawn just then, or an answer to what is on its way. */
const steps = fc.record({
  kind: fc.constantFrom('any', 'click', 'click', 'answer'),
  event: anyEvent,
  nth: fc.nat(11),
  wish: fc.constantFrom(...wishes),
})
const walks = fc.array(steps, { maxLength: 40, size: 'max' })

const begin: SecurityEvent = { type: 'signedIn', setup: undefined, atMs: 1 }
const shown = (state: Verification['state']): readonly SecurityEvent[] => [
  begin,
  readingOf('needs-verification', [verificationOf(state), asked()]),
  pick(),
]
/** Where walks begin: with nothing known, and in the middle of it, where chance alone seldom comes. */
const beginnings: readonly (readonly SecurityEvent[])[] = [
  [begin],
  ...verificationStates.map(shown),
  [...shown('ready'), { type: 'scannerMoved', isOpen: true }, { type: 'codeScanned', data: secrets.field }],
  [begin, readingOf('needs-cross-signing-setup', []), { type: 'keyRequested' }, { type: 'keyCreated', atMs: 2 }],
]

function answersTo({ underway }: Witness): readonly SecurityEvent[] {
  return [...underway.values()].flatMap((about) => [
    { type: 'verificationAnswered' as const, ...about, verification: undefined, atMs: 3 },
    { type: 'verificationFailed' as const, ...about, problem },
  ])
}

// A failure prints the seed and the path that repeat it.
test(
  'A6: no history leads to a screen without an exit, nor to an action that is not available',
  { timeout: 120_000 },
  () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), walks, (beginning, walk) => {
        const witness = new Witness()
        let state: SecurityState = initial
        for (const event of beginning) [state] = step(witness, state, event, { at: 'go-on' })
        walk.forEach(({ event: other, kind, nth, wish }, index) => {
          const clicks = kind === 'click' ? clicksOn(viewWith(state, { wish }).screen) : []
          const choice = kind === 'answer' ? answersTo(witness) : clicks
          const event = choice[nth % Math.max(1, choice.length)] ?? other
          for (const { type } of next(state, event)[1]) seen.add(type)
          const [now, wrong] = step(witness, state, event, wish)
          expect(wrong, `step ${index}, ${event.type}`).toEqual([])
          state = now
          if (!state.isOn) return
          const { screen } = viewWith(state, { wish })
          seen.add(screen.name)
          if (screen.name === 'verification') seen.add(`at ${screen.verification.stage.at}`)
          if (state.setup !== undefined) seen.add(`said ${state.setup.state}`)
        })
      }),
      { numRuns: 2_000 },
    )
    const wanted = [
      ...Object.keys(secureScreens),
      ...Object.keys(stages).map((at) => `at ${at}`),
      ...Object.keys(effects),
      ...Object.keys(names).map((name) => `said ${name}`),
    ]
    expect(wanted.filter((one) => !seen.has(one))).toEqual([])
  },
)
