import { readRecoveryKey } from '#contract/recovery-key'
import { describe, expect, test } from 'vitest'
import { problem, secrets } from '../testing/samples.ts'
import { after, play, readAs, readingOf, screenOf } from '../testing/security-play.ts'
import { securityEvents } from '../testing/states.ts'
import type { SecurityEvent, SecurityState, UnlockEvent, UnlockState } from './security-state.ts'
import { next } from './security.ts'

/** Has the form that Matrix gives its keys. */
const good = 'EsT5 AKBZ LNxa RnXE m5C7 2sx4 ibTf 7wf8 CgvR o2r8 9CLp UnZF'
const unlockOf = (recoveryKey: string, isSure = false): SecurityEvent => ({
  type: 'unlockRequested',
  recoveryKey,
  isSure,
})
const sent = unlockOf(secrets.recoveryKey, true)
const refused: SecurityEvent = { type: 'unlockFailed', problem: { code: 'security.key-refused', retry: 'now' } }
const lost: SecurityEvent = { type: 'unlockFailed', problem }
const taken: SecurityEvent = { type: 'unlocked', atMs: 60 }

const atKey = (...events: readonly SecurityEvent[]): SecurityState =>
  after(readAs('needs-verification'), { type: 'doorOpened', door: 'key' }, ...events)

const roads: Readonly<Record<UnlockState['phase'], readonly SecurityEvent[]>> = {
  ask: [],
  checking: [sent],
  accepted: [sent, taken],
}
const phases = Object.keys(roads) as UnlockState['phase'][]

function outcomeOf(state: SecurityState, event: SecurityEvent): string {
  const [then, effects] = next(state, event)
  const { phase, problem: why } = then.unlock
  const isSame = JSON.stringify(then) === JSON.stringify(state)
  return [...(isSame ? ['='] : [phase, ...(why ? [why.code] : [])]), ...effects.map(({ type }) => type)].join(' ')
}

/** The key of the fixtures has no key’s form: sent by who is sure, and by nobody else. */
const table: Readonly<Record<UnlockState['phase'], Readonly<Record<UnlockEvent['type'], readonly string[]>>>> = {
  ask: {
    unlockRequested: ['checking unlock', 'ask security.not-a-key'],
    unlockFailed: ['= read'],
    unlocked: ['= read'],
  },
  checking: {
    unlockRequested: ['=', '='],
    unlockFailed: ['ask beeper.unreachable read'],
    unlocked: ['accepted read'],
  },
  accepted: {
    unlockRequested: ['checking unlock', 'ask security.not-a-key'],
    unlockFailed: ['= read'],
    unlocked: ['= read'],
  },
}

describe('every phase meets every event', () => {
  test.each(phases)('%s', (phase) => {
    const types = Object.keys(table[phase]) as UnlockEvent['type'][]
    const seen = types.map((type) => [
      type,
      securityEvents[type].map((event) => outcomeOf(atKey(...roads[phase]), event)),
    ])
    expect(Object.fromEntries(seen)).toEqual(table[phase])
  })
})

describe('a key is read before it is sent', () => {
  test('what has no key’s form stays here, with the reason', () => {
    const [state, effects] = play(atKey(), unlockOf('EsTc 1234'))
    expect(effects).toEqual([])
    expect(screenOf('unlock', state).unlock).toEqual({
      phase: 'ask',
      sinceMs: 0,
      problem: { code: 'security.not-a-key', retry: 'now' },
    })
  })

  test('who is sure sends it all the same, in the form that keys are written in', () => {
    expect(play(atKey(), unlockOf('abcd-efgh', true))[1]).toEqual([{ type: 'unlock', recoveryKey: 'abcd efgh' }])
  })

  test('nothing at all is never sent, however sure', () => {
    expect(play(atKey(), unlockOf(' -\n', true))[1]).toEqual([])
  })

  test('it is sent only where a screen asks for it', () => {
    for (const name of [
      'needs-login',
      'initializing',
      'needs-cross-signing-setup',
      'needs-first-sync',
      'ready',
      'unsupported',
    ] as const)
      expect(play(readAs(name), sent)).toEqual([readAs(name), []])
    expect(play(readAs('needs-secrets'), sent)[1]).toHaveLength(1)
  })

  test('what has a key’s form goes out at once, without the dashes and line breaks it was typed with', () => {
    expect(readRecoveryKey(good)).toEqual({ isKey: true, recoveryKey: good })
    expect(play(atKey(), unlockOf(good.replaceAll(' ', ' -\n')))[1]).toEqual([{ type: 'unlock', recoveryKey: good }])
  })

  test('the reason goes away with the next try', () => {
    const wrong = atKey(unlockOf('EsTc'))
    expect(after(wrong, sent).unlock).toMatchObject({ phase: 'checking', problem: undefined })
  })
})

describe('a key that was sent', () => {
  test('is sent once, however often it is clicked', () => {
    expect(play(atKey(), sent, sent, unlockOf(good))[1].filter(({ type }) => type === 'unlock')).toHaveLength(1)
  })

  test('of another account: says so, and can be typed again', () => {
    const state = atKey(sent, refused)
    expect(screenOf('unlock', state).unlock).toMatchObject({ phase: 'ask', problem: { code: 'security.key-refused' } })
    expect(next(state, sent)[1]).toEqual([
      { type: 'unlock', recoveryKey: readRecoveryKey(secrets.recoveryKey).recoveryKey },
    ])
  })

  test('whose answer got lost: the state is read, because it may have been taken', () => {
    const [state, effects] = play(atKey(sent), lost)
    expect(effects).toEqual([{ type: 'read', areVerificationsWanted: false }])
    expect(state.unlock).toMatchObject({ phase: 'ask', problem })
    expect(screenOf('secrets', after(state, readingOf('needs-secrets'))).unlock.problem).toBeUndefined()
  })

  test('that was taken proves nothing: the screen says since when it waits, and goes with the state only', () => {
    const state = atKey(sent, taken)
    expect(screenOf('unlock', state).unlock).toEqual({ phase: 'accepted', sinceMs: 60, problem: undefined })
    const waiting = after(state, readingOf('needs-verification', []), readingOf('needs-verification', []))
    expect(screenOf('unlock', waiting).unlock).toEqual({ phase: 'accepted', sinceMs: 60, problem: undefined })
    expect(after(waiting, readingOf('ready')).unlock.phase).toBe('ask')
  })

  test('that was taken, and the device is not trusted all the same: another can be tried, and every door is open', () => {
    const state = after(atKey(sent, taken), readingOf('needs-verification', []))
    expect(after(state, sent).unlock.phase).toBe('checking')
    expect(after(state, { type: 'doorOpened', door: 'choose' })).toMatchObject({
      door: 'choose',
      unlock: { phase: 'ask' },
    })
  })

  test('leads from the doors to what is missing still, with an empty field', () => {
    for (const events of [[sent], [sent, taken], [sent, refused]]) {
      const state = after(atKey(...events), readingOf('needs-secrets', []))
      expect(screenOf('secrets', state).unlock).toEqual({ phase: 'ask', sinceMs: 0, problem: undefined })
    }
  })

  test('is still heard of when the person has gone back to the doors meanwhile', () => {
    const state = after(atKey(sent), { type: 'doorOpened', door: 'choose' })
    expect(state.unlock.phase).toBe('checking')
    expect(after(state, { type: 'doorOpened', door: 'key' }, refused).unlock.problem?.code).toBe('security.key-refused')
  })

  test('A2: is kept nowhere', () => {
    for (const events of [[sent], [sent, taken], [sent, refused], [unlockOf(secrets.recoveryKey)]])
      expect(JSON.stringify(atKey(...events))).not.toContain('SECRET')
  })
})
