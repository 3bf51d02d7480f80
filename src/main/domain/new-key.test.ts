import { describe, expect, test } from 'vitest'
import { keyAt, left, lost, made, proved, refused, stands, told } from '../testing/new-key-roads.ts'
import type { Stand } from '../testing/new-key-roads.ts'
import { problem, secrets } from '../testing/samples.ts'
import { after, only, play, readingOf, screenOf, setupWith, viewWith } from '../testing/security-play.ts'
import { securityEvents } from '../testing/states.ts'
import type { KeyEvent, SecurityEvent, SecurityState } from './security-state.ts'
import { next } from './security.ts'

function outcomeOf(state: SecurityState, event: SecurityEvent): string {
  const [then, effects] = next(state, event)
  const { phase, problem: why, unfinished } = then.key
  const isSame = JSON.stringify(then) === JSON.stringify(state)
  // What became of an earlier one is told where the next is asked for.
  const isTold = phase === 'ask' && unfinished !== 'none'
  const words = isSame ? ['='] : [phase, ...(isTold ? [unfinished] : []), ...(why ? ['problem'] : [])]
  return [...words, ...effects.map(told)].join(' ')
}

/** One outcome for all events of the type, or one for each in the order of the fixtures. */
type Cell = string | readonly string[]
const nothing = {
  newKeyFound: '=',
  keyCreated: '=',
  keyFailed: '= read',
  keyProved: '=',
  keyNotProved: '=',
  keyConfirmed: '= read',
}

const table: Readonly<Record<Stand, Readonly<Record<KeyEvent['type'], Cell>>>> = {
  ask: {
    ...nothing,
    newKeyFound: ['ask unsure', 'ask nothing-changed'],
    keyRequested: 'creating',
    keyLeft: 'ask forget',
  },
  creating: {
    ...nothing,
    keyRequested: '=',
    keyCreated: 'showing note',
    keyFailed: 'ask problem',
    keyLeft: '=',
  },
  showing: {
    ...nothing,
    // After a reload the window has lost the key, and asks for another one.
    keyRequested: 'creating',
    keyProved: 'confirming note sent confirmKey',
    keyNotProved: 'showing problem',
    keyLeft: 'ask forget',
  },
  confirming: {
    ...nothing,
    keyRequested: '=',
    keyFailed: ['showing problem read', 'ask nothing-changed problem forget read'],
    keyConfirmed: 'confirmed read',
    keyLeft: '=',
  },
  unheard: {
    ...nothing,
    keyRequested: 'creating',
    keyProved: 'confirming note sent confirmKey',
    keyNotProved: 'showing problem',
    keyLeft: 'ask unsure',
  },
  confirmed: {
    ...nothing,
    keyRequested: 'creating',
    keyLeft: 'ask forget',
  },
}

describe('every phase meets every event', () => {
  test.each(stands)('ONE-3: a key that is at %s', (stand) => {
    const types = Object.keys(table[stand]) as KeyEvent['type'][]
    const seen = types.map((type) => [type, securityEvents[type].map((event) => outcomeOf(keyAt(stand), event))])
    const wanted = types.map((type) => {
      const cell = table[stand][type]
      return [type, typeof cell === 'string' ? securityEvents[type].map(() => cell) : cell]
    })
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted))
  })
})

describe('ONE-3: a key is adopted only after a copy was proved', () => {
  test('the key goes out once, and is kept nowhere', () => {
    const [state, effects] = play(keyAt('showing'), { type: 'keyNotProved' }, proved, proved)
    expect(effects.filter(({ type }) => type === 'confirmKey')).toEqual([
      { type: 'confirmKey', recoveryKey: secrets.recoveryKey },
    ])
    expect(JSON.stringify(state)).not.toContain('SECRET')
    expect(JSON.stringify(viewWith(state))).not.toContain('SECRET')
  })

  test('the note says what to compare the server with: whose it is, and the key before', () => {
    const old = setupWith('needs-verification', { isKeyBackedUp: true, keyMadeAtMs: 7 })
    const [, effects] = play(keyAt('creating', old), made, proved)
    const note = { userID: '@sam:beeper.com', before: { isKept: true, madeAtMs: 7 } }
    expect(only(effects, 'noteNewKey')).toEqual([
      { type: 'noteNewKey', note: { ...note, isSent: false } },
      { type: 'noteNewKey', note: { ...note, isSent: true } },
    ])
  })

  test('the note is written before the confirmation goes out', () => {
    expect(next(keyAt('showing'), proved)[1].map(told)).toEqual(['note sent', 'confirmKey'])
  })

  test('a key that was not proved says so, until the next try', () => {
    const asked = after(keyAt('showing'), { type: 'keyNotProved' })
    expect(asked.key.problem).toEqual({ code: 'security.copy-not-proved', retry: 'now' })
    expect(after(asked, proved).key.problem).toBeUndefined()
  })

  test('a key that comes after the sign-in has ended is not shown to the next one', () => {
    const again = after(
      keyAt('creating'),
      { type: 'signedOut' },
      {
        type: 'signedIn',
        setup: setupWith('needs-verification'),
        atMs: 70,
      },
    )
    expect(play(again, made)).toEqual([again, []])
  })
})

describe('ONE-3: the confirmation', () => {
  test.each(['needs-cross-signing-setup', 'needs-verification', 'ready'] as const)(
    'in %s: an answer is no success by itself',
    (name) => {
      const state = after(keyAt('confirmed', name), readingOf(name))
      expect(state.key.phase).toBe('confirmed')
      expect(screenOf('recovery-key', state)).toMatchObject({ phase: 'confirmed', canLeave: true, sinceMs: 60 })
    },
  )

  test('lost after it had its effect: the reading that follows ends it, and the note with it', () => {
    const counting = setupWith('ready', { isKeyBackedUp: true, keyMadeAtMs: 55 })
    for (const stand of ['confirming', 'unheard', 'confirmed'] as const) {
      const [state, effects] = play(keyAt(stand), readingOf(counting))
      expect(state).toMatchObject({ door: 'choose', key: { phase: 'ask', unfinished: 'none' } })
      expect(effects.map(told)).toEqual(['forget', 'readIn'])
    }
  })

  test('lost before it had an effect: the key stays, to be confirmed once more', () => {
    const state = after(keyAt('unheard'), readingOf('needs-verification'))
    expect(state.key).toMatchObject({ phase: 'showing', problem, isSent: true })
    expect(next(state, proved)[1].map(told)).toEqual(['note sent', 'confirmKey'])
  })

  test('refused: nothing has changed, and that is said with the reason', () => {
    const [state, effects] = play(keyAt('confirming'), refused)
    expect(effects.map(told)).toEqual(['forget', 'read'])
    expect(screenOf('recovery-key', state)).toMatchObject({
      phase: 'ask',
      unfinished: 'nothing-changed',
      problem: { code: 'security.new-key-refused' },
    })
  })

  test('refused after an earlier one got lost: that one may have counted, so nothing is promised', () => {
    const [state, effects] = play(keyAt('unheard'), proved, refused)
    expect(state.key).toMatchObject({ phase: 'ask', unfinished: 'unsure' })
    expect(effects.map(told)).not.toContain('forget')
  })

  test('a key that was kept before is not mistaken for the new one where the server tells no time', () => {
    const old = setupWith('needs-verification', { isKeyBackedUp: true })
    const state = after(keyAt('confirming', old), readingOf(old))
    expect(state.key.phase).toBe('confirming')
    expect(after(state, lost).key).toMatchObject({ phase: 'showing', problem })
  })

  test('a key of another time that is kept is the new one, whatever the server lacks besides', () => {
    const old = setupWith('ready', { isKeyBackedUp: true, keyMadeAtMs: 1 })
    expect(after(keyAt('confirming', old), readingOf(old)).key.phase).toBe('confirming')
    expect(after(keyAt('confirming', old), readingOf({ ...old, keyMadeAtMs: 2 })).key.phase).toBe('ask')
    const first = setupWith('ready', { isKeyBackedUp: false })
    expect(after(keyAt('confirming', first), readingOf({ ...first, isKeyBackedUp: true })).key.phase).toBe('ask')
  })
})

describe('ONE-3: two resets', () => {
  test('the second begins anew, with a note of its own', () => {
    const [state, effects] = play(keyAt('showing'), { type: 'keyRequested' }, { type: 'keyCreated', atMs: 90 })
    expect(state.key).toMatchObject({ phase: 'showing', sinceMs: 90, isSent: false })
    expect(effects.map(told)).toEqual(['note'])
  })

  test('what the first has come to stays unsure while the second is made, fails, and is left', () => {
    const again = after(keyAt('unheard'), { type: 'keyRequested' })
    expect(screenOf('recovery-key', after(again, lost)).unfinished).toBe('unsure')
    const [state, effects] = play(again, made, left)
    expect(state.key.unfinished).toBe('unsure')
    expect(effects.map(told)).not.toContain('forget')
  })

  test('the first counts while the second is on the screen: the time of the second is compared with that', () => {
    const after1 = after(keyAt('unheard'), { type: 'keyRequested' }, made)
    expect(after1.key).toMatchObject({ phase: 'showing', before: { isKept: false } })
    const counted = setupWith('needs-verification', { isKeyBackedUp: true, keyMadeAtMs: 55 })
    const after2 = after(keyAt('showing', counted), { type: 'keyRequested' }, made, proved, readingOf(counted))
    expect(after2.key.phase).toBe('confirming')
  })
})
