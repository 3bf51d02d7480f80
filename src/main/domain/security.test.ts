import { describe, expect, test } from 'vitest'
import { keyAt, stands } from '../testing/new-key-roads.ts'
import { problem, setupOf, setups, verificationOf } from '../testing/samples.ts'
import {
  after,
  asked,
  only,
  play,
  readAs,
  readingOf,
  setupWith,
  showing,
  strange,
  viewWith,
} from '../testing/security-play.ts'
import { securityEvents, securityIn } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import { request, start } from '../testing/verification-events.ts'
import { places } from '../testing/verification-places.ts'
import { initial } from './security-state.ts'
import type { SecurityEvent, SecurityState } from './security-state.ts'
import { next, readAfterMs } from './security.ts'

const states: readonly SecurityState[] = [
  initial,
  securityIn(undefined),
  ...setups.map(securityIn),
  ...stands.map((stand) => keyAt(stand)),
  ...allOf<SecurityState>(places),
  after(readAs('needs-verification'), { type: 'unlockRequested', recoveryKey: 'abcd', isSure: true }),
  { ...readAs('ready'), isOffline: true },
  { ...readAs('ready'), isListening: true },
]

describe('every state and every event', () => {
  test('a machine that is off hears nothing but a sign-in', () => {
    for (const event of allOf<SecurityEvent>(securityEvents))
      if (event.type !== 'signedIn') expect(next(initial, event)).toEqual([initial, []])
  })

  test('A2: no event breaks any state: it stays whole, and no key is kept or shown', () => {
    for (const state of states)
      for (const event of allOf<SecurityEvent>(securityEvents)) {
        const [now] = next(state, event)
        expect(Object.keys(now).sort()).toEqual(Object.keys(initial).sort())
        expect(JSON.stringify(now)).not.toContain('SECRET')
        if (now.isOn) expect(JSON.stringify(viewWith(now))).not.toContain('SECRET')
      }
  })

  test('what the server said last is what is held, whatever was going on', () => {
    for (const state of states.filter(({ isOn }) => isOn))
      for (const setup of setups) expect(after(state, readingOf(setup, [])).setup).toBe(setup)
  })

  test('no event but a reading, a sign-in or its end changes what the server is held to have said', () => {
    const tells = ['setupRead', 'signedIn', 'signedOut']
    for (const state of states)
      for (const event of allOf<SecurityEvent>(securityEvents))
        if (!tells.includes(event.type)) expect(next(state, event)[0].setup, event.type).toBe(state.setup)
  })
})

describe('reading', () => {
  test('begins with a read and the event channel, and ends both on signing out', () => {
    expect(next(initial, { type: 'signedIn', setup: undefined, atMs: 1 })[1]).toEqual([
      { type: 'read', areVerificationsWanted: false },
      { type: 'listen' },
    ])
    for (const state of states.filter(({ isOn }) => isOn)) {
      const [off, effects] = next(state, { type: 'signedOut' })
      expect(off).toEqual(initial)
      expect(effects[0]).toEqual({ type: 'stopListening' })
    }
  })

  test.each([
    ['a screen waits', securityIn(setupOf('needs-first-sync')), 2_000],
    ['nothing is known yet', securityIn(undefined), 2_000],
    ['an unheard-of state may pass', securityIn(setupOf('unsupported')), 2_000],
    ['all is ready', readAs('ready'), 10_000],
    ['all is ready, and one is over', readAs('ready', [verificationOf('done')]), 10_000],
    ['all is ready, and another device asks', readAs('ready', [asked()]), 2_000],
    ['all is ready, and one that is over is on the screen', showing(verificationOf('done'), 'ready'), 2_000],
    ['a new key waits to be seen to count', keyAt('confirmed', 'ready'), 2_000],
    ['events arrive', { ...readAs('needs-verification'), isListening: true }, 15_000],
    ['events arrive and all is ready', { ...readAs('ready'), isListening: true }, 15_000],
    [
      'events arrive, and the server says that nobody is signed in',
      { ...readAs('needs-login'), isListening: true },
      2_000,
    ],
    ['the server is away', { ...readAs('ready'), isListening: true, isOffline: true }, 2_000],
  ])('while %s: comes again', (_, state, ms) => {
    expect(readAfterMs(state)).toBe(ms)
  })

  test('goes on after every answer, good or bad, in every state', () => {
    for (const state of states.filter(({ isOn }) => isOn))
      for (const event of [
        readingOf('ready', []),
        readingOf('needs-verification'),
        { type: 'setupFailed', problem } as const,
      ]) {
        const [now, effects] = next(state, event)
        expect(only(effects, 'readIn')).toEqual([{ type: 'readIn', ms: readAfterMs(now) }])
      }
  })

  test.each(['readDue', 'changeHeard', 'listeningStarted', 'listeningEnded'] as const)(
    '%s says that it is time to look, and nothing else, however often it comes',
    (type) => {
      for (const state of states.filter(({ isOn }) => isOn)) {
        const [now, effects] = play(state, { type }, { type })
        expect({ ...now, isDue: state.isDue, isListening: state.isListening }).toEqual(state)
        expect(only(effects, 'read')).toHaveLength(2)
        expect(effects).toHaveLength(2)
      }
    },
  )

  test.each([
    ['nothing is known yet', false, securityIn(undefined)],
    ['all is ready', false, readAs('ready')],
    ['this device is to be verified', true, readAs('needs-verification')],
    ['keys are missing', true, readAs('needs-secrets')],
    ['one is known', true, readAs('ready', [strange()])],
    ['one is on the screen', true, showing(verificationOf('cancelled'), 'ready')],
    ['all that are known are over', false, readAs('ready', [verificationOf('done')])],
  ])('while %s: all verifications are asked for: %s', (_, areVerificationsWanted, state) => {
    expect(next(state, { type: 'readDue' })[1]).toEqual([{ type: 'read', areVerificationsWanted }])
  })

  test('a state keeps its first time until it changes, by the name that the server gives it', () => {
    const first = after(readAs('ready'), readingOf('needs-first-sync', [], 100))
    const again = after(first, readingOf('needs-first-sync', [], 200))
    expect(again.sinceMs).toBe(100)
    expect(after(again, readingOf('ready', [], 300)).sinceMs).toBe(300)
    const strangeOne = after(first, readingOf(setupWith('unsupported', { wireState: 'a' }), [], 400))
    expect(after(strangeOne, readingOf(setupWith('unsupported', { wireState: 'b' }), [], 500)).sinceMs).toBe(500)
  })

  test('an answer ends being offline', () => {
    const offline = after(readAs('ready'), { type: 'setupFailed', problem })
    expect(offline.isOffline).toBe(true)
    expect(after(offline, readingOf('ready')).isOffline).toBe(false)
  })

  test('that nobody is signed in is counted while it is said in a row, as often as a reading was due', () => {
    const once = after(
      readAs('needs-login'),
      { type: 'changeHeard' },
      readingOf('needs-login'),
      readingOf('needs-login'),
    )
    expect(once.signedOutReads).toBe(1)
    const twice = after(once, { type: 'readDue' }, readingOf('needs-login'))
    expect(twice.signedOutReads).toBe(2)
    expect(after(twice, { type: 'setupFailed', problem }).signedOutReads).toBe(2)
    expect(after(twice, readingOf('initializing')).signedOutReads).toBe(0)
  })
})

describe('a permission that is replaced', () => {
  test('is used at once, and what was asked with the old one is no longer waited for', () => {
    const busy = after(readAs('needs-verification'), { type: 'unlockRequested', recoveryKey: 'abcd', isSure: true })
    const [state, effects] = play(busy, { type: 'tokenReplaced' })
    expect(state.unlock.phase).toBe('ask')
    expect(effects).toEqual([{ type: 'listen' }, { type: 'read', areVerificationsWanted: true }])
  })

  test('leaves a new key where it is; one that was being confirmed can be confirmed again', () => {
    for (const stand of stands.filter((one) => one !== 'confirming' && one !== 'creating'))
      expect(after(keyAt(stand), { type: 'tokenReplaced' }).key).toEqual(keyAt(stand).key)
    expect(after(keyAt('confirming'), { type: 'tokenReplaced' }).key).toMatchObject({ phase: 'showing', isSent: true })
  })

  test('one that was being made is asked for again: what is answered to the old permission is not heard', () => {
    const state = after(keyAt('creating'), { type: 'tokenReplaced' })
    expect(state.key).toMatchObject({ phase: 'ask', problem: undefined })
    expect(after(state, { type: 'keyCreated', atMs: 1 }).key.phase).toBe('ask')
    expect(after(state, { type: 'keyLeft' }).door).toBe('choose')
  })
})

describe('RUN-4: waking', () => {
  test('in every state: listens anew, drops what was being read, and reads; nothing else moves', () => {
    for (const state of states.filter(({ isOn }) => isOn))
      expect(next({ ...state, isListening: true }, { type: 'woken' })).toEqual([
        { ...state, isListening: false },
        [{ type: 'listen' }, { type: 'readAfresh' }],
      ])
  })
})

describe('the doors', () => {
  test.each([
    ['choose', 'verify'],
    ['key', 'unlock'],
    ['new-key', 'recovery-key'],
  ] as const)('%s, while this device is to be verified: %s', (door, name) => {
    expect(viewWith(after(readAs('needs-verification'), { type: 'doorOpened', door })).screen.name).toBe(name)
  })

  test.each([
    ['asking', after(readAs('needs-verification'), request)],
    ['a verification', showing(verificationOf('ready'))],
    ['one that something is done to', after(showing(verificationOf('ready')), start)],
    ['one that is over', showing(verificationOf('cancelled'))],
  ])('are open beside %s, and nothing of it is ended by that', (_, state) => {
    for (const door of ['key', 'new-key'] as const) {
      const [now, effects] = play(state, { type: 'doorOpened', door })
      expect(viewWith(now).screen.name).toBe(door === 'key' ? 'unlock' : 'recovery-key')
      expect(effects).toEqual([])
      expect(now.verifications.list).toEqual(state.verifications.list)
    }
  })

  test('close when the server’s state moves on, and stay as they are while it does not', () => {
    const atKey = after(readAs('needs-verification'), { type: 'doorOpened', door: 'key' })
    expect(after(atKey, readingOf('needs-verification')).door).toBe('key')
    expect(after(atKey, readingOf('needs-secrets')).door).toBe('choose')
    expect(after(atKey, readingOf('initializing'), readingOf('needs-verification')).door).toBe('key')
    expect(after(atKey, readingOf('initializing'), readingOf('ready')).door).toBe('choose')
  })
})
