import { describe, expect, test } from 'vitest'
import { problem, verificationOf } from '../testing/samples.ts'
import {
  after,
  asked,
  only,
  play,
  readAs,
  readingOf,
  screenOf,
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
  pick,
  request,
  silent,
  start,
} from '../testing/verification-events.ts'
import type { SecurityState } from './security-state.ts'
import { next } from './security.ts'

const shownID = (state: SecurityState): string => screenOf('verification', state).verification.verificationID

describe('asking the other devices', () => {
  test('opens one, and shows it when the server has answered', () => {
    const [state, effects] = play(readAs('needs-verification'), request)
    expect(effects).toEqual([{ type: 'requestVerification', userID: '@sam:beeper.com', except: [] }])
    expect(stageIn(state)).toEqual({ at: 'requesting' })
    expect(stageIn(after(state, answerOf('request')))).toEqual({ at: 'outgoing' })
  })

  test.each([
    ['opened here', verificationOf('ready')],
    ['that another device has begun', asked()],
  ])('goes on with one %s instead of opening a second', (_, live) => {
    const [state, effects] = play(readAs('needs-verification', [live]), request)
    expect(effects).toEqual([])
    expect(shownID(state)).toBe(live.verificationID)
  })

  test('goes on with the newest of several, and never with a stranger’s or one that is over', () => {
    const list = [verificationOf('ready'), asked('ready'), strange(), verificationOf('done', { verificationID: 'old' })]
    expect(shownID(after(readAs('needs-verification', list), request))).toBe('verification-2')
    const [, effects] = play(readAs('needs-verification', [strange(), asked('cancelled')]), request)
    expect(only(effects, 'requestVerification')).toHaveLength(1)
  })

  test('does not take up one that the person is just turning away', () => {
    const refused = after(readAs('needs-verification', [asked()]), cancel('not-me', 'verification-2'))
    expect(only(play(refused, request)[1], 'requestVerification')).toHaveLength(1)
  })

  test('asks once, also when the person leaves and asks again before the answer', () => {
    const [state, effects] = play(readAs('needs-verification'), request, request, leave, request)
    expect(only(effects, 'requestVerification')).toHaveLength(1)
    expect(stageIn(state)).toEqual({ at: 'requesting' })
    expect(stageIn(after(state, answerOf('request')))).toEqual({ at: 'outgoing' })
  })

  test('says at the doors why it could not be asked, until the next try', () => {
    const state = after(readAs('needs-verification'), request, failureOf('request'))
    expect(screenOf('verify', state).problem).toEqual(problem)
    expect(after(state, request).verifications.problem).toBeUndefined()
    expect(
      after(state, { type: 'doorOpened', door: 'key' }, { type: 'doorOpened', door: 'choose' }).verifications.problem,
    ).toBeUndefined()
  })

  test('a failure takes nothing from the screen that the person has gone on with meanwhile', () => {
    const asking = after(readAs('needs-verification'), request, readingOf('needs-verification', [asked()]))
    for (const event of [accept('verification-2'), pick('verification-2')])
      expect(shownID(after(asking, event, failureOf('request')))).toBe('verification-2')
  })

  test('one that was left comes as a card', () => {
    const state = after(readAs('needs-verification'), request, leave, answerOf('request'))
    expect(viewWith(after(state, readingOf('needs-verification', [verificationOf('requested')])))).toMatchObject({
      screen: { name: 'verify' },
      requests: [{ verificationID: 'verification-1', kind: 'running' }],
    })
  })

  test('what the answer allows can be done at once, though the list was read before it', () => {
    const state = after(
      readAs('needs-verification', [verificationOf('done')]),
      request,
      answerOf('request', verificationOf('ready')),
    )
    expect(next(state, start)[1]).toEqual([{ type: 'act', verificationID: 'verification-1', action: 'sas.start' }])
  })

  test('asked for while the state moved on: asking again shows that it is asked for', () => {
    const state = after(readAs('needs-verification'), request, readingOf('needs-secrets', []), request)
    expect(stageIn(state)).toEqual({ at: 'requesting' })
  })

  test('an answer without a verification leads back to the doors and says so, and the list tells of what was opened', () => {
    const [state, effects] = play(readAs('needs-verification'), request, silent('request'))
    expect(screenOf('verify', state).problem).toEqual({ code: 'security.verification-gone', retry: 'now' })
    expect(only(effects, 'read')).toEqual([{ type: 'read', areVerificationsWanted: true }])
    expect(
      viewWith(after(state, readingOf('needs-verification', [verificationOf('requested')]))).requests,
    ).toHaveLength(1)
  })
})

describe('several at once', () => {
  const both = readAs('needs-verification', [verificationOf('ready'), asked()])

  test('accepting one puts it on the screen, and the other goes on beside it', () => {
    const state = after(both, pick(), accept('verification-2'))
    expect(viewWith(state)).toMatchObject({
      screen: { name: 'verification', verification: { verificationID: 'verification-2', isBusy: true } },
      requests: [{ verificationID: 'verification-1', kind: 'running', isBusy: false }],
    })
  })

  test('each has its own answer on its way', () => {
    const [state, effects] = play(both, pick(), start, accept('verification-2'))
    expect(effects).toEqual([
      { type: 'act', verificationID: 'verification-1', action: 'sas.start' },
      { type: 'act', verificationID: 'verification-2', action: 'accept' },
    ])
    const failed = after(state, failureOf('sas.start'))
    expect(viewWith(failed)).toMatchObject({
      screen: { verification: { verificationID: 'verification-2', isBusy: true, problem: undefined } },
      requests: [{ verificationID: 'verification-1', isBusy: false, problem }],
    })
  })

  test('one that is turned away beside the screen is sent, and takes nothing from the screen', () => {
    const [state, effects] = play(both, pick(), cancel('not-me', 'verification-2'))
    expect(effects).toEqual([{ type: 'cancel', verificationID: 'verification-2', reason: 'user' }])
    expect(stageIn(state).at).toBe('choosing')
    expect(viewWith(state).requests).toEqual([])
  })

  test('going back to one asks nothing of the server', () => {
    const state = after(both, pick('verification-2'))
    expect(play(state, pick())[1]).toEqual([])
    expect(shownID(after(state, pick()))).toBe('verification-1')
    expect(play(state, pick('verification-2'))).toEqual([state, []])
  })

  test('the problem of one is never shown at the other', () => {
    const comparing = readAs('needs-verification', [verificationOf('sas_ready'), asked()])
    const state = after(comparing, pick('verification-2'), {
      type: 'emojiConfirmed',
      verificationID: 'verification-1',
      emojis: ['🐸'],
    })
    expect(screenOf('verification', state).verification.problem).toBeUndefined()
  })
})
