import type { Verification } from '#contract/beeper/verification'
import { describe, expect, test } from 'vitest'
import { about, problem, setupOf, verificationOf } from '../testing/samples.ts'
import { after, asked, readAs, readingOf, screenOf, showing, strange, viewWith } from '../testing/security-play.ts'
import { restingState } from '../testing/states.ts'
import { accept, answerOf, cancel, failureOf, leave, pick, silent } from '../testing/verification-events.ts'
import { viewOf } from './view.ts'

const one = verificationOf

describe('cards', () => {
  const cards = (...list: readonly Verification[]) => viewWith(readAs('needs-verification', list)).requests

  test('one for each that is alive, newest first; those that are over have none', () => {
    const list = [
      one('requested'),
      asked(),
      strange(),
      one('done', { verificationID: 'a' }),
      one('cancelled', { verificationID: 'b' }),
    ]
    expect(cards(...list).map(({ kind, verificationID }) => [verificationID, kind])).toEqual([
      ['verification-3', 'asks'],
      ['verification-2', 'asks'],
      ['verification-1', 'running'],
    ])
    expect(cards(asked('sas_ready'), one('unsupported'))).toMatchObject([{ kind: 'running' }, { kind: 'running' }])
  })

  test('a stranger’s looks different from one’s own', () => {
    expect(cards(asked(), strange()).map(({ peer }) => peer.isOwn)).toEqual([false, true])
  })

  test('none of one that no command could name, wherever it is told', () => {
    for (const verificationID of ['', 'x'.repeat(513)]) {
      const nameless = asked('requested', { verificationID })
      expect(cards(nameless)).toEqual([])
      const named = after(readAs('ready'), readingOf({ ...setupOf('ready'), verification: nameless }))
      expect(viewWith(named).requests).toEqual([])
    }
  })

  test('none while a new key is on the screen, which an answer would take away; they come back after it', () => {
    const shown = after(readAs('ready', [asked()]), { type: 'doorOpened', door: 'new-key' }, { type: 'keyRequested' })
    expect(viewWith(shown).requests).toEqual([])
    const failed = after(shown, { type: 'keyFailed', problem })
    expect(viewWith(failed).requests).toHaveLength(1)
  })

  test('not of the one on the screen', () => {
    expect(viewWith(showing(one('ready'), 'ready', [asked()])).requests).toMatchObject([
      { verificationID: 'verification-2' },
    ])
  })

  test('one that is accepted goes to the screen; left, it says that it is busy', () => {
    const state = after(readAs('ready', [asked()]), accept('verification-2'))
    expect(viewWith(state).requests).toEqual([])
    expect(viewWith(after(state, leave)).requests).toMatchObject([{ isBusy: true }])
  })

  test('one that is turned away disappears at once, and comes back only where that failed', () => {
    const refused = after(readAs('ready', [asked()]), cancel('not-me', 'verification-2'))
    expect(viewWith(refused).requests).toEqual([])
    // Whatever the answer tells of it.
    expect(viewWith(after(refused, silent('cancel', 'verification-2'))).requests).toEqual([])
    expect(viewWith(after(refused, answerOf('cancel', asked('cancelled')))).requests).toEqual([])
    const failed = after(refused, failureOf('cancel', 'verification-2'))
    expect(viewWith(failed).requests).toMatchObject([
      { verificationID: 'verification-2', kind: 'asks', isBusy: false, problem },
    ])
    expect(viewWith(after(failed, cancel('not-me', 'verification-2'))).requests).toEqual([])
    expect(viewWith(after(failed, readingOf('ready', []), readingOf('ready', [asked()]))).requests).toMatchObject([
      { problem: undefined },
    ])
  })

  test('nobody is asked anything before somebody is signed in', () => {
    expect(viewOf({ ...restingState, security: readAs('ready', [asked()]) }, about)).toMatchObject({
      requests: [],
      encryption: undefined,
    })
  })

  test('one that was picked is the one on the screen', () => {
    const state = after(readAs('ready', [one('ready'), asked()]), pick('verification-2'))
    expect(screenOf('verification', state).verification).toMatchObject({
      verificationID: 'verification-2',
      stage: { at: 'incoming' },
    })
  })
})
