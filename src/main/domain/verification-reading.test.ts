import type { SetupState } from '#contract/beeper/setup'
import { describe, expect, test } from 'vitest'
import { verificationOf } from '../testing/samples.ts'
import {
  after,
  asked,
  only,
  play,
  readAs,
  readingOf,
  screenOf,
  setupWith,
  showing,
  stageIn,
  strange,
  viewWith,
} from '../testing/security-play.ts'
import {
  accept,
  answerOf,
  cancel,
  failureOf,
  leave,
  openedHere,
  pick,
  request,
  start,
} from '../testing/verification-events.ts'
import type { SecurityState } from './security-state.ts'

const gone = { at: 'ended', why: 'gone', says: '' }
const own = verificationOf

describe('what a list tells', () => {
  test('one that the server no longer tells of has ended, with the time of it, and nothing can be done with it', () => {
    const state = after(showing(own('sas_ready')), readingOf('needs-verification', [], 900))
    expect(screenOf('verification', state).verification).toMatchObject({ stage: gone, canCancel: false, sinceMs: 900 })
    expect(screenOf('verification', after(state, readingOf('needs-verification', [], 950))).verification.sinceMs).toBe(
      900,
    )
    for (const event of [cancel('cancelled'), start, { type: 'scannerMoved', isOpen: true } as const])
      expect(play(state, event)[1]).toEqual([])
  })

  test('one that is told of again goes on', () => {
    const state = after(
      showing(own('ready')),
      readingOf('needs-verification', []),
      readingOf('needs-verification', [own('sas_ready')]),
    )
    expect(stageIn(state).at).toBe('comparing')
  })

  test('one that had ended need not be told of any longer', () => {
    for (const [state, at] of [
      ['done', 'settling'],
      ['cancelled', 'ended'],
      ['error', 'ended'],
    ] as const)
      expect(stageIn(after(showing(own(state)), readingOf('needs-verification', []))).at).toBe(at)
  })

  test('a state keeps its first time until it changes', () => {
    const sinceOf = (state: SecurityState): number => screenOf('verification', state).verification.sinceMs
    const first = after(showing(own('ready')), readingOf('needs-verification', [own('ready')], 500))
    expect(sinceOf(first)).toBe(30)
    expect(sinceOf(after(first, readingOf('needs-verification', [own('sas_ready')], 600)))).toBe(600)
  })

  test('what was done to it and has been overtaken is no longer a problem', () => {
    const failed = after(showing(own('ready')), start, failureOf('sas.start'))
    const same = after(failed, readingOf('needs-verification', [own('ready')]))
    expect(screenOf('verification', same).verification.problem).toBeDefined()
    const onward = after(failed, readingOf('needs-verification', [own('sas_ready')]))
    expect(screenOf('verification', onward).verification.problem).toBeUndefined()
  })

  test('the setup alone tells of one more, and of nothing that has gone', () => {
    const state = after(readAs('ready', [own('ready')]), readingOf(setupWith('ready', { verification: asked() })))
    expect(state.verifications.list.map(({ verificationID }) => verificationID)).toEqual([
      'verification-1',
      'verification-2',
    ])
    const started = after(
      showing(own('ready')),
      readingOf(setupWith('needs-verification', { verification: own('sas_ready') })),
    )
    expect(stageIn(started).at).toBe('comparing')
    expect(stageIn(after(started, readingOf('needs-verification'))).at).toBe('comparing')
  })

  test('one that is told of twice is one', () => {
    const state = readAs('ready', [asked('ready'), strange(), asked('sas_ready')])
    expect(viewWith(state).requests.map(({ verificationID }) => verificationID)).toEqual([
      'verification-3',
      'verification-2',
    ])
    expect(state.verifications.list[0]?.state).toBe('sas_ready')
  })

  test('a flood crowds out neither the screen nor the newest', () => {
    const flood = Array.from({ length: 500 }, (_, n) => strange('requested', { verificationID: `flood-${n}` }))
    const state = after(showing(own('sas_ready')), readingOf('needs-verification', [own('sas_ready'), ...flood]))
    expect(stageIn(state).at).toBe('comparing')
    expect(viewWith(state).requests.length).toBeLessThanOrEqual(60)
    expect(viewWith(state).requests[0]?.verificationID).toBe('flood-499')
  })

  test.each(['constructor', '__proto__', 'toString'])('an ID of the server’s may be %s', (verificationID) => {
    const state = readAs('ready', [asked('requested', { verificationID })])
    expect(structuredClone(viewWith(state).requests)).toMatchObject([
      { verificationID, isBusy: false, problem: undefined },
    ])
    const [busy, effects] = play(state, accept(verificationID))
    expect(effects).toEqual([{ type: 'act', verificationID, action: 'accept' }])
    const failed = after(busy, leave, failureOf('accept', verificationID))
    expect(viewWith(failed).requests).toMatchObject([{ isBusy: false, problem: { code: 'beeper.unreachable' } }])
  })
})

describe('the setup overtakes it', () => {
  type Name = SetupState['state']
  /** Whether the verification stays on the screen: alive, and over. */
  const table: readonly (readonly [begun: Name, now: Name, live: boolean, over: boolean])[] = [
    ['needs-verification', 'needs-verification', true, true],
    ['needs-verification', 'initializing', true, true],
    ['needs-verification', 'unsupported', true, true],
    ['needs-verification', 'needs-secrets', true, false],
    ['needs-verification', 'needs-first-sync', false, false],
    ['needs-verification', 'ready', false, false],
    ['needs-verification', 'needs-cross-signing-setup', false, false],
    ['needs-verification', 'needs-login', false, false],
    ['needs-secrets', 'needs-secrets', true, true],
    ['needs-secrets', 'needs-verification', true, false],
    ['needs-secrets', 'ready', false, false],
    ['ready', 'ready', true, true],
    ['ready', 'needs-first-sync', true, true],
    ['ready', 'initializing', true, true],
    ['ready', 'needs-login', false, false],
    ['needs-first-sync', 'ready', true, true],
  ]
  const stays = (state: SecurityState): boolean => state.verifications.shown !== undefined

  test.each(table)('begun in %s, now %s: alive %s, over %s', (begun, now, live, over) => {
    expect(stays(after(showing(own('ready'), begun), readingOf(now, [own('ready')])))).toBe(live)
    for (const state of ['done', 'cancelled', 'error'] as const)
      expect(stays(after(showing(own('ready'), begun), readingOf(now, [own(state)]))), state).toBe(over)
    // The server may drop one that is over from its list, and that is how it ends then.
    expect(stays(after(showing(own('ready'), begun), readingOf(now, []))), 'dropped').toBe(over)
  })

  test('a restart in between changes nothing of that', () => {
    const restarted = after(showing(own('ready')), readingOf('initializing'), readingOf('ready', [own('done')]))
    expect(stays(restarted)).toBe(false)
    const same = after(
      showing(own('ready')),
      readingOf('initializing'),
      readingOf('needs-verification', [own('ready')]),
    )
    expect(stays(same)).toBe(true)
  })

  test('done, then the keys are missing still: the screen asks for them', () => {
    const done = after(showing(own('sas_ready')), readingOf('needs-verification', [own('done')]))
    expect(stageIn(done)).toEqual({ at: 'settling' })
    expect(viewWith(after(done, readingOf('needs-secrets', [own('done')]))).screen.name).toBe('secrets')
  })

  test.each(['needs-verification', 'needs-secrets'] as const)('a stranger’s changes nothing in %s', (name) => {
    for (const state of ['done', 'cancelled'] as const) {
      const told = strange(state)
      const at = state === 'done' ? 'done' : 'ended'
      const shown = after(showing(strange('ready'), name), readingOf(name, [told]))
      expect(stageIn(shown).at).toBe(at)
      expect(stageIn(after(shown, readingOf('ready', [told]))).at).toBe(at)
      expect(viewWith(after(shown, leave)).screen.name).toBe(name === 'needs-secrets' ? 'secrets' : 'verify')
    }
  })
})

describe('a question that nobody has to answer any more', () => {
  const waiting = after(readAs('needs-verification'), request, openedHere())
  const told = readingOf('needs-verification', [own('requested')])

  test.each(['ready', 'needs-first-sync'] as const)('is taken back once the server says %s', (name) => {
    const [state, effects] = play(waiting, readingOf(name, [own('requested')]))
    expect(only(effects, 'cancel')).toEqual([{ type: 'cancel', verificationID: 'verification-1', reason: 'user' }])
    expect(only(play(state, readingOf(name, [own('requested')]))[1], 'cancel')).toEqual([])
    expect(viewWith(state).requests).toEqual([])
  })

  test('also one that was left, before the answer or after it', () => {
    const before = after(readAs('needs-verification'), request, leave, openedHere(), told)
    for (const state of [before, after(waiting, leave, told)])
      expect(only(play(state, readingOf('ready', [own('requested')]))[1], 'cancel')).toHaveLength(1)
  })

  test('once: what does not go runs out by itself', () => {
    const failed = after(waiting, readingOf('ready', [own('requested')]), failureOf('cancel'))
    expect(only(play(failed, readingOf('ready', [own('requested')]))[1], 'cancel')).toEqual([])
  })

  test.each([
    ['both have said yes', own('ready')],
    ['it is not available', own('requested', { actions: [] })],
  ])('is left alone where %s', (_, one) => {
    expect(only(play(waiting, readingOf('ready', [one]))[1], 'cancel')).toEqual([])
  })

  test.each([
    ['asked from elsewhere', own('requested')],
    ['another device’s', asked()],
    ['asked of a stranger', own('requested', { otherUserID: '@ada:example.com' })],
  ])('is none of ours where it was %s', (_, one) => {
    for (const name of ['needs-verification', 'ready'] as const) {
      expect(only(play(readAs(name, [one]), readingOf('ready', [one]))[1], 'cancel')).toEqual([])
      expect(only(play(readAs(name), readingOf(setupWith('ready', { verification: one })))[1], 'cancel')).toEqual([])
    }
  })

  test('nor is one that was found alive instead of being opened', () => {
    const found = after(readAs('needs-verification'), request, answerOf('request'))
    expect(only(play(found, readingOf('ready', [own('requested')]))[1], 'cancel')).toEqual([])
  })

  test.each(['needs-secrets', 'initializing', 'unsupported'] as const)('may still be needed in %s', (name) => {
    expect(only(play(waiting, readingOf(name, [own('requested')]))[1], 'cancel')).toEqual([])
  })
})

describe('telling the person', () => {
  const peer = { userID: '@sam:beeper.com', deviceID: 'TABLET', deviceName: 'Sam’s tablet', isOwn: true }

  test('once for each that asks, naming who it is', () => {
    const [state, effects] = play(
      readAs('ready'),
      readingOf('ready', [asked(), strange()]),
      readingOf('ready', [asked(), strange()]),
    )
    expect(only(effects, 'announce')).toEqual([
      { type: 'announce', verificationID: 'verification-2', peer },
      {
        type: 'announce',
        verificationID: 'verification-3',
        peer: { userID: '@ada:example.com', deviceID: '', deviceName: '', isOwn: false },
      },
    ])
    expect(state.verifications.announced).toEqual(['verification-2', 'verification-3'])
  })

  test('also of one that only the setup names', () => {
    const named = readingOf(setupWith('ready', { verification: asked() }))
    expect(only(play(readAs('ready'), named, named)[1], 'announce')).toHaveLength(1)
  })

  test.each([
    ['not of one asked from here', own('requested')],
    ['not of one that goes on', asked('ready')],
    ['not of one that is over', asked('cancelled')],
  ])('%s', (_, one) => {
    expect(only(play(readAs('ready'), readingOf('ready', [one]))[1], 'announce')).toEqual([])
  })

  test.each([
    ['accepted', [asked('ready')]],
    ['cancelled', [asked('cancelled')]],
    ['gone', []],
  ])('takes it back when it is %s, once', (_, list) => {
    const [state, effects] = play(readAs('ready', [asked()]), readingOf('ready', list), readingOf('ready', list))
    expect(only(effects, 'withdraw')).toEqual([{ type: 'withdraw', verificationID: 'verification-2' }])
    expect(only(play(state, readingOf('ready', [asked()]))[1], 'announce')).toHaveLength(1)
  })
})

describe('what happens beside it', () => {
  test('another door puts it beside the screen, where it goes on', () => {
    const [state, effects] = play(showing(own('sas_ready')), { type: 'doorOpened', door: 'key' })
    expect(effects).toEqual([])
    expect(viewWith(state)).toMatchObject({ screen: { name: 'unlock' }, requests: [{ kind: 'running' }] })
    expect(stageIn(after(state, pick())).at).toBe('comparing')
  })

  test('a better token: what was asked with the old one is not waited for, and can be asked again', () => {
    const [state, effects] = play(showing(own('ready')), start, { type: 'tokenReplaced' }, start)
    expect(only(effects, 'act')).toHaveLength(2)
    expect(stageIn(state).at).toBe('choosing')
    expect(viewWith(after(readAs('needs-verification'), request, { type: 'tokenReplaced' })).screen.name).toBe('verify')
  })

  test('RUN-4: after sleep the screen is as it was until the server was read, which is at once', () => {
    for (const one of [own('requested'), own('ready'), own('sas_ready'), own('qr_scanned'), asked()]) {
      const [state, effects] = play(showing(one), { type: 'woken' })
      expect(stageIn(state)).toEqual(stageIn(showing(one)))
      expect(effects).toEqual([{ type: 'listen' }, { type: 'readAfresh' }])
      expect(stageIn(after(state, readingOf('needs-verification', [])))).toEqual(gone)
    }
  })
})
