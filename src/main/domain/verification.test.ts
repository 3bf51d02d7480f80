import type { VerificationAction } from '#contract/beeper/verification'
import { describe, expect, test } from 'vitest'
import { problem, secrets, verificationOf } from '../testing/samples.ts'
import { after, asked, only, play, readingOf, screenOf, showing, stageIn, viewWith } from '../testing/security-play.ts'
import { accept, answerOf, cancel, failureOf, leave, say, silent, start } from '../testing/verification-events.ts'
import type { SecurityEvent, SecurityState } from './security-state.ts'
import { next } from './security.ts'

describe('A6: what the person confirms', () => {
  const { decimals, emojis } = verificationOf('sas_ready')
  test('is what they saw', () => {
    expect(next(showing(verificationOf('sas_ready')), say(emojis))[1]).toEqual([
      { type: 'act', verificationID: 'verification-1', action: 'sas.confirm' },
    ])
  })

  test.each([
    ['other pictures', [...emojis.slice(1), '🐸']],
    ['fewer', emojis.slice(1)],
    ['in another order', [...emojis].reverse()],
    ['none', []],
    ['the numbers, where there are pictures', decimals],
  ])('and never %s', (_, said) => {
    const [state, effects] = play(showing(verificationOf('sas_ready')), say(said))
    expect(effects).toEqual([])
    expect(screenOf('verification', state).verification.problem).toEqual({ code: 'security.too-late', retry: 'now' })
  })

  test('is the numbers where there are no pictures, and nothing where there is nothing to see', () => {
    const numbers = showing(verificationOf('sas_ready', { emojis: [] }))
    expect(only(play(numbers, say(decimals))[1], 'act')).toHaveLength(1)
    const nothing = showing(verificationOf('sas_ready', { emojis: [], decimals: [] }))
    expect(play(nothing, say([]))[1]).toEqual([])
  })

  test('pictures that changed after they were shown are another question', () => {
    const changed = verificationOf('sas_ready', { emojis: [...emojis].reverse() })
    const state = after(showing(verificationOf('sas_ready')), readingOf('needs-verification', [changed]))
    expect(play(state, say(emojis))[1]).toEqual([])
    expect(only(play(state, say(changed.emojis))[1], 'act')).toHaveLength(1)
  })

  test('no reading, answer, timer or wake confirms anything', () => {
    const ready: SecurityEvent = readingOf('needs-verification', [verificationOf('sas_ready'), asked('qr_scanned')])
    const [, effects] = play(
      showing(verificationOf('sas_ready')),
      ready,
      { type: 'readDue' },
      { type: 'changeHeard' },
      { type: 'woken' },
      answerOf('sas.start', verificationOf('sas_ready')),
      ready,
    )
    expect(only(effects, 'act')).toEqual([])
  })
})

describe('what is on its way', () => {
  test.each<[Exclude<VerificationAction, 'cancel'>, SecurityState, SecurityEvent]>([
    ['accept', showing(asked()), accept('verification-2')],
    ['sas.start', showing(verificationOf('ready')), start],
    ['sas.confirm', showing(verificationOf('sas_ready')), say()],
    [
      'qr.confirmScanned',
      showing(verificationOf('qr_scanned')),
      { type: 'scanConfirmed', verificationID: 'verification-1' },
    ],
  ])('%s goes out once, and only where the server lists it', (action, state, event) => {
    const [busy, effects] = play(state, event, event)
    expect(only(effects, 'act').map((effect) => effect.action)).toEqual([action])
    expect(screenOf('verification', busy).verification.isBusy).toBe(true)
    const { list } = state.verifications
    const unlisted = after(
      state,
      readingOf(
        'needs-verification',
        list.map((one) => ({ ...one, actions: ['cancel'] })),
      ),
    )
    expect(play(unlisted, event)).toEqual([unlisted, []])
  })

  test('does not keep the person from ending it, once', () => {
    const busy = after(showing(verificationOf('ready')), start)
    expect(play(busy, cancel('cancelled'), cancel('cancelled'))[1]).toEqual([
      { type: 'cancel', verificationID: 'verification-1', reason: 'user' },
    ])
  })

  test('is not sent a second time because ending it failed', () => {
    const [, effects] = play(
      showing(asked()),
      accept('verification-2'),
      cancel('cancelled', 'verification-2'),
      failureOf('cancel', 'verification-2'),
      accept('verification-2'),
    )
    expect(only(effects, 'act')).toHaveLength(1)
  })

  test('fails with a reason beside the buttons, which work again', () => {
    const state = after(showing(asked()), accept('verification-2'), failureOf('accept', 'verification-2'))
    expect(screenOf('verification', state).verification).toMatchObject({ problem, isBusy: false })
    expect(after(state, accept('verification-2')).verifications.shown?.problem).toBeUndefined()
  })

  test('is read after every answer, good or bad', () => {
    for (const event of [
      silent('sas.start'),
      failureOf('sas.start'),
      answerOf('sas.start', verificationOf('sas_ready')),
    ])
      expect(only(play(showing(verificationOf('ready')), event)[1], 'read')).toEqual([
        { type: 'read', areVerificationsWanted: true },
      ])
  })

  test('a late answer brings nothing back to life', () => {
    const started = after(showing(verificationOf('ready')), start)
    const over = after(started, cancel('cancelled'), answerOf('cancel', verificationOf('cancelled')))
    const late = after(over, answerOf('sas.start', verificationOf('sas_ready')))
    expect(stageIn(late)).toEqual({ at: 'ended', why: 'cancelled', says: '' })
  })
})

describe('ending one', () => {
  test.each([
    ['cancelled', 'user'],
    ['not-me', 'user'],
    ['mismatch', 'mismatch'],
    ['not-scanned', 'user'],
  ] as const)('%s is sent as %s, and says so when it is over', (why, reason) => {
    const [state, effects] = play(showing(verificationOf('sas_ready')), cancel(why))
    expect(effects).toEqual([{ type: 'cancel', verificationID: 'verification-1', reason }])
    const ended = { at: 'ended', why, says: '' }
    expect(stageIn(after(state, answerOf('cancel', verificationOf('cancelled'))))).toEqual(ended)
    // The server need not tell of one that is over: neither in its answer nor in its list.
    expect(stageIn(after(state, silent('cancel')))).toEqual(ended)
    expect(stageIn(after(state, silent('cancel'), readingOf('needs-verification', [])))).toEqual(ended)
    expect(stageIn(after(state, readingOf('needs-verification', [])))).toEqual(ended)
  })

  test('says what the person said also when the answer got lost after it had its effect', () => {
    const code = { code: 'm.mismatched_sas', reason: 'The emojis did not match' }
    const state = after(showing(verificationOf('sas_ready')), cancel('mismatch'), failureOf('cancel'))
    expect(screenOf('verification', state).verification).toMatchObject({
      problem,
      isBusy: false,
      stage: { at: 'comparing', canAnswer: true },
    })
    const told = readingOf('needs-verification', [verificationOf('cancelled', { error: code })])
    expect(stageIn(after(state, told))).toEqual({ at: 'ended', why: 'mismatch', says: '' })
  })

  test('no yes goes out after the no was taken', () => {
    const state = after(showing(verificationOf('sas_ready')), cancel('mismatch'), silent('cancel'))
    expect(only(play(state, say())[1], 'act')).toEqual([])
  })

  test('leaving ends nothing', () => {
    const [state, effects] = play(showing(verificationOf('sas_ready')), leave)
    expect(effects).toEqual([])
    expect(viewWith(state)).toMatchObject({ screen: { name: 'verify' }, requests: [{ kind: 'running' }] })
  })
})

describe('the scanner', () => {
  const open: SecurityEvent = { type: 'scannerMoved', isOpen: true }
  const scan: SecurityEvent = { type: 'codeScanned', data: secrets.field }

  test('hands in what was read, once, and keeps it nowhere', () => {
    const [state, effects] = play(showing(verificationOf('ready')), open, scan, scan)
    expect(effects).toEqual([{ type: 'scan', verificationID: 'verification-1', data: secrets.field }])
    expect(JSON.stringify(state)).not.toContain('SECRET')
  })

  test('WIN-4: is shut with the code that was read, with the state that allowed it, and with the screen', () => {
    const scanning = after(showing(verificationOf('ready')), open)
    expect(stageIn(scanning)).toMatchObject({ at: 'choosing', isScanning: true })
    expect(stageIn(after(scanning, scan, silent('scan')))).toEqual({ at: 'read' })
    const onward = after(scanning, readingOf('needs-verification', [verificationOf('sas_ready')]))
    expect(
      after(onward, readingOf('needs-verification', [verificationOf('ready')])).verifications.shown?.isScanning,
    ).toBe(false)
    expect(after(scanning, cancel('cancelled')).verifications.shown?.isScanning).toBe(false)
    expect(after(scanning, { type: 'scannerMoved', isOpen: false }).verifications.shown?.isScanning).toBe(false)
  })

  test('takes another code after one that the server did not know', () => {
    const state = after(showing(verificationOf('ready')), open, scan, failureOf('scan'))
    expect(screenOf('verification', state).verification).toMatchObject({ problem, stage: { isScanning: true } })
    expect(only(play(state, scan)[1], 'scan')).toHaveLength(1)
  })

  test('without it nothing is handed in', () => {
    expect(play(showing(verificationOf('ready')), scan)[1]).toEqual([])
  })

  test('a code that was of another verification says nothing of the one on the screen', () => {
    const state = after(showing(verificationOf('ready'), 'needs-verification', [asked('ready')]), open, scan, {
      type: 'verificationAnswered',
      verificationID: 'verification-1',
      doing: 'scan',
      verification: asked('done'),
      atMs: 40,
    })
    const { stage, verificationID } = screenOf('verification', state).verification
    expect([verificationID, stage.at]).not.toEqual(['verification-1', 'read'])
  })
})
