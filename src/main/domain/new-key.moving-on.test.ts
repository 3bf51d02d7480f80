import type { SetupState } from '#contract/beeper/setup'
import { describe, expect, test } from 'vitest'
import { keyAt, left, made, stands, told } from '../testing/new-key-roads.ts'
import type { Stand } from '../testing/new-key-roads.ts'
import { after, play, readAs, readingOf, screenOf, setupWith, viewWith } from '../testing/security-play.ts'
import type { NewKeyNote, SecurityEvent, SecurityState } from './security-state.ts'

type Name = SetupState['state']

/** What became of the key: its phase, what is told of it, and what was noted. */
function outcomeOf(from: SecurityState, ...events: readonly SecurityEvent[]): string {
  const [{ key }, effects] = play(from, ...events)
  const notes = effects.map(told).filter((one) => one === 'forget' || one.startsWith('note'))
  return [key.phase, ...(key.unfinished === 'none' ? [] : [key.unfinished]), ...notes].join(' ')
}

const bare = { ask: 'ask', creating: 'creating', showing: 'ask nothing-changed forget' } as const

describe('ONE-3: the server moves on while a key is made', () => {
  const table: readonly (readonly [from: Name, to: Name, outcomes: Readonly<Record<Stand, string>>])[] = [
    [
      'needs-cross-signing-setup',
      'needs-cross-signing-setup',
      {
        ask: 'ask',
        creating: 'creating',
        showing: 'showing',
        confirming: 'confirming',
        unheard: 'showing',
        confirmed: 'confirmed',
      },
    ],
    // The state that asked for a first key is over: that is what adopting one does.
    ['needs-cross-signing-setup', 'ready', { ...bare, confirming: 'ask forget', unheard: 'ask forget', confirmed: 'ask forget' }],
    ['needs-cross-signing-setup', 'needs-first-sync', { ...bare, confirming: 'ask forget', unheard: 'ask forget', confirmed: 'ask forget' }],
    [
      'needs-verification',
      'needs-secrets',
      { ...bare, confirming: 'ask unsure', unheard: 'ask unsure', confirmed: 'ask unsure' },
    ],
    // What the new key is for stays the same.
    [
      'needs-first-sync',
      'ready',
      {
        ask: 'ask',
        creating: 'creating',
        showing: 'showing',
        confirming: 'confirming',
        unheard: 'showing',
        confirmed: 'confirmed',
      },
    ],
    // A server that starts knows nothing, and is no reason to say anything.
    ['needs-verification', 'initializing', { ...bare, confirming: 'confirming', unheard: 'showing', confirmed: 'confirmed' }],
    ['needs-verification', 'unsupported', { ...bare, confirming: 'confirming', unheard: 'showing', confirmed: 'confirmed' }],
    ['needs-verification', 'needs-login', { ...bare, confirming: 'ask unsure', unheard: 'ask unsure', confirmed: 'ask unsure' }],
  ] // prettier-ignore

  test.each(table)('from %s to %s', (from, to, outcomes) => {
    const seen = stands.map((stand) => [stand, outcomeOf(keyAt(stand, from), readingOf(to))])
    expect(Object.fromEntries(seen)).toEqual(outcomes)
  })

  test.each(stands)('%s: the state that the person reads is never older than the server’s', (stand) => {
    for (const to of ['ready', 'needs-secrets', 'initializing'] as const)
      expect(after(keyAt(stand), readingOf(to)).setup?.state).toBe(to)
  })

  test('a key that comes while the server has moved on is still shown, and can be left', () => {
    const state = after(keyAt('creating', 'needs-cross-signing-setup'), readingOf('ready'), made)
    expect(screenOf('recovery-key', state)).toMatchObject({ phase: 'showing', reason: 'backup', canLeave: true })
    expect(play(state, left)[1].map(told)).toEqual(['forget'])
  })
})

describe('ONE-3: a server that restarts', () => {
  const restart = (state: SecurityState, name: Name): SecurityState =>
    after(state, readingOf('initializing'), readingOf(name))

  test.each(['needs-verification', 'needs-secrets', 'ready'] as const)(
    'in %s: who considers a new key finds the same screen again',
    (name) => {
      expect(screenOf('recovery-key', restart(keyAt('ask', name), name))).toMatchObject({ phase: 'ask' })
    },
  )

  test.each(['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'ready'] as const)(
    'in %s: a key that was on the screen is gone, and the person is told that nothing changed',
    (name) => {
      expect(screenOf('recovery-key', restart(keyAt('showing', name), name))).toMatchObject({
        phase: 'ask',
        unfinished: 'nothing-changed',
      })
    },
  )

  test.each(['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'ready'] as const)(
    'in %s: a confirmation whose fate nobody knows is not taken for one that counted',
    (name) => {
      for (const stand of ['confirming', 'unheard'] as const) {
        const [state, effects] = play(keyAt(stand, name), readingOf('initializing'), readingOf(name))
        expect(effects.map(told)).not.toContain('forget')
        expect(screenOf('recovery-key', state)).toMatchObject({ phase: 'ask', unfinished: 'unsure' })
      }
    },
  )

  test.each(['needs-verification', 'ready'] as const)('in %s: one that counted is found out after it', (name) => {
    const counting = setupWith(name, { isKeyBackedUp: true, keyMadeAtMs: 55 })
    for (const stand of ['confirming', 'unheard', 'confirmed'] as const)
      expect(outcomeOf(keyAt(stand, name), readingOf('initializing'), readingOf(counting))).toBe('ask forget')
  })

  test('the doors come back when the server comes out of it further on', () => {
    expect(viewWith(after(keyAt('ask'), readingOf('initializing'), readingOf('ready'))).screen.name).toBe('connect')
  })
})

describe('ONE-3: what an earlier run left', () => {
  const found = (isSent: boolean, more: Partial<NewKeyNote> = {}): SecurityEvent => ({
    type: 'newKeyFound',
    note: { userID: '@sam:beeper.com', before: { isKept: true, madeAtMs: 5 }, isSent, ...more },
  })
  const kept = (keyMadeAtMs?: number): SetupState => setupWith('ready', { isKeyBackedUp: true, keyMadeAtMs })
  const noneBefore = { before: { isKept: false } }

  test.each([
    ['never sent', found(false), setupWith('needs-verification'), 'ask nothing-changed'],
    ['never sent, and another key counts', found(false), kept(6), 'ask nothing-changed'],
    ['sent, and none counts', found(true), setupWith('needs-verification'), 'ask unsure'],
    ['sent, and the one before counts', found(true), kept(5), 'ask unsure'],
    ['sent, and another one counts', found(true), kept(6), 'ask forget'],
    ['sent, and one counts of which no time is told', found(true), kept(), 'ask unsure'],
    ['sent, and one counts where none did', found(true, noneBefore), kept(), 'ask forget'],
    ['somebody else’s', found(true, { userID: '@ada:example.com' }), kept(6), 'ask forget'],
    ['of nobody knows whom', found(false, { userID: undefined }), kept(6), 'ask nothing-changed'],
  ])('%s', (_, event, setup, outcome) => {
    expect(outcomeOf(readAs(setup), event)).toBe(outcome)
  })

  test.each(['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'ready'] as const)(
    'in %s: is said where a new one is made, and put away with the screen',
    (name) => {
      for (const isSent of [true, false]) {
        const state = after(readAs(name), found(isSent))
        expect(screenOf('recovery-key', state).unfinished).toBe(isSent ? 'unsure' : 'nothing-changed')
        expect(outcomeOf(state, left)).toBe('ask forget')
      }
    },
  )

  test('is about a key of then, never about the one on the screen', () => {
    expect(outcomeOf(keyAt('showing'), found(false))).toBe('showing')
  })
})

describe('ONE-3: leaving', () => {
  const away: Readonly<Record<Stand, string>> = {
    ask: 'ask forget',
    creating: 'creating',
    showing: 'ask forget',
    confirming: 'confirming',
    unheard: 'ask unsure',
    confirmed: 'ask forget',
  }

  test.each(stands)('%s', (stand) => {
    expect(outcomeOf(keyAt(stand), left)).toBe(away[stand])
    const state = after(keyAt(stand), left)
    expect(viewWith(state).screen.name).toBe(state.key.phase === 'ask' ? 'verify' : 'recovery-key')
  })

  test('what is not known when it is left is said when the person comes back', () => {
    const state = after(keyAt('unheard'), left, { type: 'doorOpened', door: 'new-key' })
    expect(screenOf('recovery-key', state)).toMatchObject({ phase: 'ask', unfinished: 'unsure' })
  })

  test('through another door is not possible while a call is on its way', () => {
    for (const stand of ['creating', 'confirming'] as const)
      expect(play(keyAt(stand), { type: 'doorOpened', door: 'key' })).toEqual([keyAt(stand), []])
  })

  test('from Home, back to Home', () => {
    const state = after(keyAt('ask', 'ready'), left)
    expect(viewWith(state, { wish: { at: 'home' } }).screen.name).toBe('home')
  })
})
