import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates, everywhere, phases, stateIn } from '../testing/account-states.ts'
import type { Phase } from '../testing/account-states.ts'
import { about, demoServer, secrets } from '../testing/samples.ts'
import { restingState } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import type { AccountEffect, AccountEvent, AccountState } from './account-state.ts'
import { next } from './account.ts'
import { viewOf } from './view.ts'

type Type = AccountEvent['type']
type Doing = AccountEffect['type']

const events = allOf<AccountEvent>(accountEvents)
const bare = allOf<AccountState>(accountStates)
/** Every state, also as it is once the person does without the keychain, and in the demo. */
const states: readonly AccountState[] = [
  ...bare,
  ...bare.map((state) => (state.phase === 'away' ? state : { ...state, keeps: 'this-run' as const })),
  ...bare.map((state) => (state.phase === 'away' ? state : { ...state, server: demoServer })),
]

/** What goes out only because a person did something, and what they did. */
const clicks: Partial<Record<Doing, readonly Type[]>> = {
  sendCode: ['codeRequested'],
  respond: ['codeSubmitted'],
  register: ['usernameSubmitted'],
  askConsent: ['consentRequested'],
  checkToken: ['tokenSubmitted'],
  signOut: ['signOutRequested'],
  save: ['keepRequested', 'keychainRetried'],
}

/** Without the keychain nothing is asked of it, unless the person asks. `launched` begins a new sign-in. */
const ofKeychain: Partial<Record<Doing, readonly Type[]>> = {
  readToken: ['launched', 'keychainRetried'],
  probeKeychain: ['keychainRetried'],
  save: ['keepRequested', 'keychainRetried'],
}

/** The ends of a sign-in; nothing else takes the person out of it. */
const ends: readonly Type[] = ['left', 'signedOut', 'tokenRefused', 'expired', 'launched', 'serverChosen']

/** What is wrong with a step; nothing if it is as it must be. */
function wrongIn(state: AccountState, event: AccountEvent): readonly string[] {
  const [after, effects] = next(state, event)
  const isNew = everywhere.includes(event.type)
  const place = state.phase === 'away' ? undefined : state
  const isAddressTyped = event.type === 'codeRequested' && state.phase === 'email' && !state.isBusy
  const wrong: readonly (readonly [what: string, isWrong: boolean])[] = [
    ['a phase that nobody knows', !phases.includes(after.phase)],
    ['done without a click', effects.some(({ type }) => clicks[type]?.includes(event.type) === false)],
    [
      'the keychain asked although it is done without',
      place?.keeps === 'this-run' && effects.some(({ type }) => ofKeychain[type]?.includes(event.type) === false),
    ],
    [
      'the demo in the keychain',
      // It never comes to these two.
      place?.server.isDemo === true && !['probing', 'unsaved'].includes(state.phase) && !isNew &&
        effects.some(({ type }) => type === 'save' || type === 'probeKeychain'),
    ],
    ['a sign-in that ended by itself', state.phase === 'signed-in' && after.phase !== 'signed-in' && !ends.includes(event.type)],
    ['a server that was lost', place !== undefined && after.phase === 'away' && !['left', 'signedOut'].includes(event.type)],
    [
      'an effect for another server',
      after.phase !== 'away' && effects.some((effect) => 'server' in effect && effect.server !== after.server),
    ],
    ['another server', !isNew && place !== undefined && after.phase !== 'away' && after.server !== place.server],
    [
      'another address',
      !isNew && place !== undefined && after.phase !== 'away' && after.email !== (isAddressTyped ? event.email : place.email),
    ],
  ] // prettier-ignore
  return wrong.filter(([, isWrong]) => isWrong).map(([what]) => `${what}: ${state.phase}, ${event.type}`)
}

/** The secrets that the window would see. */
function shownOf(state: AccountState): readonly string[] {
  const text = JSON.stringify(viewOf({ ...restingState, account: state }, about))
  return Object.values(secrets).filter((secret) => text.includes(secret))
}

describe('every step', () => {
  test.each(phases)('%s: keeps what must be kept, and does nothing that nobody asked for', (phase) => {
    const here = states.filter((state) => state.phase === phase)
    expect(here.length).toBeGreaterThan(0)
    expect(here.flatMap((state) => events.flatMap((event) => wrongIn(state, event)))).toEqual([])
  })

  test.each(phases)('%s can be left', (phase) => {
    for (const state of accountStates[phase])
      expect(next(state, { type: 'left' })).toEqual([{ phase: 'away' }, [{ type: 'stopConsent' }]])
  })

  test('IPC-5: no secret of any state, nor of what follows it, is in the View', () => {
    for (const state of states) {
      expect(shownOf(state), state.phase).toEqual([])
      for (const event of events) expect(shownOf(next(state, event)[0]), `${state.phase}, ${event.type}`).toEqual([])
    }
    // The look is worth something: it finds a secret where one is.
    expect(shownOf(stateIn('email', { email: secrets.token }))).toEqual([secrets.token])
  })

  test('1,000 walks from anywhere', { timeout: 30_000 }, () => {
    const reached = new Set<Phase>()
    const walk = fc.array(fc.nat(events.length - 1), { maxLength: 40, size: 'max' })
    fc.assert(
      fc.property(fc.nat(states.length - 1), walk, (start, picks) => {
        let state: AccountState = states[start] ?? { phase: 'away' }
        const wrong: string[] = []
        for (const pick of picks) {
          const event = events[pick]
          if (event === undefined) continue
          wrong.push(...wrongIn(state, event))
          ;[state] = next(state, event)
          wrong.push(...shownOf(state))
          reached.add(state.phase)
        }
        expect(wrong).toEqual([])
      }),
      { numRuns: 1_000 },
    )
    expect([...reached].sort()).toEqual([...phases].sort())
  })
})
