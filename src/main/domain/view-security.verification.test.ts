import type { SetupState } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import type { VerificationStage } from '#contract/view-security'
import { describe, expect, test } from 'vitest'
import { problem, verificationOf } from '../testing/samples.ts'
import { after, asked, readAs, readingOf, screenOf, showing, stageIn, strange } from '../testing/security-play.ts'
import { answerOf, cancel, failureOf, request, silent, start } from '../testing/verification-events.ts'

type At = VerificationStage['at']
const one = verificationOf
const { decimals, emojis } = one('sas_ready')
const fresh: VerificationStage = {
  at: 'choosing',
  canCompare: true,
  qr: 'MATRIX\u0002\u00ff',
  canScan: true,
  isScanning: false,
}
const readCode = after(
  showing(one('ready')),
  { type: 'scannerMoved', isOpen: true },
  { type: 'codeScanned', data: 'M' },
  silent('scan'),
)

/** Every stage, from every state that leads to it. */
const stages: {
  readonly [Name in At]: readonly (readonly [from: string, stage: VerificationStage, seen: VerificationStage])[]
} = {
  requesting: [['nothing yet', { at: 'requesting' }, stageIn(after(readAs('needs-verification'), request))]],
  incoming: [
    ['asked', { at: 'incoming', canAccept: true }, stageIn(showing(asked()))],
    [
      'asked, and not to be accepted yet',
      { at: 'incoming', canAccept: false },
      stageIn(showing(asked('requested', { actions: [] }))),
    ],
  ],
  outgoing: [['asking', { at: 'outgoing' }, stageIn(showing(one('requested')))]],
  choosing: [
    ['both ways', fresh, stageIn(showing(one('ready')))],
    ['without our code', { ...fresh, qr: undefined }, stageIn(showing(one('ready', { qr: undefined })))],
    ['without pictures', { ...fresh, canCompare: false }, stageIn(showing(one('ready', { actions: ['cancel'] })))],
    ['without scanning', { ...fresh, canScan: false }, stageIn(showing(one('ready', { methods: ['sas'] })))],
    [
      'without any way in common',
      { at: 'choosing', canCompare: false, qr: undefined, canScan: false, isScanning: false },
      stageIn(showing(one('ready', { actions: ['cancel'], methods: [], qr: undefined }))),
    ],
    [
      'scanning',
      { ...fresh, isScanning: true },
      stageIn(after(showing(one('ready')), { type: 'scannerMoved', isOpen: true })),
    ],
  ],
  comparing: [
    [
      'pictures and numbers',
      { at: 'comparing', emojis, decimals, canAnswer: true },
      stageIn(showing(one('sas_ready'))),
    ],
    [
      'numbers alone',
      { at: 'comparing', emojis: [], decimals, canAnswer: true },
      stageIn(showing(one('sas_ready', { emojis: [] }))),
    ],
    [
      'nothing to compare yet',
      { at: 'comparing', emojis: [], decimals: [], canAnswer: false },
      stageIn(showing(one('sas_ready', { emojis: [], decimals: [] }))),
    ],
    [
      'answered, and waiting for the other side',
      { at: 'comparing', emojis, decimals, canAnswer: false },
      stageIn(showing(one('sas_ready', { actions: ['cancel'] }))),
    ],
  ],
  scanned: [
    ['read by the other device', { at: 'scanned', canAnswer: true }, stageIn(showing(one('qr_scanned')))],
    ['and answered', { at: 'scanned', canAnswer: false }, stageIn(showing(one('qr_scanned', { actions: ['cancel'] })))],
  ],
  read: [['we have read theirs', { at: 'read' }, stageIn(readCode)]],
  settling: [
    ['done, for this device', { at: 'settling' }, stageIn(showing(one('done')))],
    ['done, for the keys', { at: 'settling' }, stageIn(showing(one('done'), 'needs-secrets'))],
  ],
  done: [
    ['done, for another device', { at: 'done' }, stageIn(showing(one('done'), 'ready'))],
    ['done, while messages come', { at: 'done' }, stageIn(showing(asked('done'), 'needs-first-sync'))],
    ['done, with somebody else', { at: 'done' }, stageIn(showing(strange('done')))],
  ],
  ended: [
    [
      'cancelled there',
      { at: 'ended', why: 'cancelled-there', says: 'Cancelled there' },
      stageIn(showing(one('cancelled'))),
    ],
    [
      'gone',
      { at: 'ended', why: 'gone', says: '' },
      stageIn(after(showing(one('ready')), readingOf('needs-verification', []))),
    ],
  ],
  unknown: [['a state nobody knows', { at: 'unknown', wireState: 'on_hold' }, stageIn(showing(one('unsupported')))]],
}

describe('where a verification stands', () => {
  for (const [at, rows] of Object.entries(stages))
    test.each(rows.map(([from, stage, seen]) => ({ from, stage, seen })))(`${at}: $from`, ({ stage, seen }) => {
      expect(seen.at).toBe(at)
      expect(seen).toEqual(stage)
    })

  const begun: readonly SetupState['state'][] = [
    'initializing',
    'unsupported',
    'needs-cross-signing-setup',
    'ready',
    'needs-first-sync',
  ]
  test.each(begun)(
    'begun in %s, it is no success as long as the server says that this device is not verified',
    (name) => {
      for (const now of ['needs-verification', 'needs-secrets'] as const)
        expect(stageIn(after(showing(asked('ready'), name), readingOf(now, [asked('done')])))).toEqual({
          at: 'settling',
        })
    },
  )

  test.each(['initializing', 'unsupported', 'needs-cross-signing-setup'] as const)(
    'done while the server says %s is no success either: nobody knows yet what will come of it',
    (name) => {
      expect(stageIn(showing(asked('done'), name)).at).not.toBe('done')
    },
  )
})

describe('how it ended', () => {
  test.each([
    ['m.user', 'cancelled-there'],
    ['m.timeout', 'timed-out'],
    ['m.accepted', 'answered-elsewhere'],
    ['m.unknown_method', 'no-common-way'],
    ['m.mismatched_sas', 'mismatch-there'],
    ['m.mismatched_commitment', 'mismatch-there'],
    ['m.key_mismatch', 'mismatch-there'],
    ['m.unexpected_message', 'error'],
    ['com.example.other', 'error'],
    ['', 'error'],
    ['constructor', 'error'],
    ['__proto__', 'error'],
    ['toString', 'error'],
  ] as const)('with the code %s: %s, in the server’s words', (code, why) => {
    for (const state of ['cancelled', 'error'] as const)
      expect(stageIn(showing(one(state, { error: { code, reason: 'Said there' } })))).toEqual({
        at: 'ended',
        why,
        says: 'Said there',
      })
  })

  test('without a reason none is made up', () => {
    expect(stageIn(showing(one('error', { error: undefined })))).toEqual({ at: 'ended', why: 'error', says: '' })
    expect(stageIn(showing(one('cancelled', { error: { code: 'm.timeout', reason: '' } })))).toMatchObject({
      why: 'timed-out',
      says: '',
    })
  })

  test.each(['cancelled', 'not-me', 'mismatch', 'not-scanned'] as const)(
    'by the person (%s): in our words, and never with the reason that this side gave itself',
    (why) => {
      const told = one('cancelled', { error: { code: 'm.user', reason: 'Cancelled by the user' } })
      expect(stageIn(after(showing(one('qr_scanned')), cancel(why), answerOf('cancel', told)))).toEqual({
        at: 'ended',
        why,
        says: '',
      })
    },
  )
})

describe('the verification on the screen', () => {
  const screen = (verification: Verification, setup: SetupState['state'] = 'needs-verification') =>
    screenOf('verification', showing(verification, setup))

  test('says who is on the other side, as far as the server says it', () => {
    const peer = { userID: '@sam:beeper.com', deviceID: 'PHONE', deviceName: 'Sam’s phone', isOwn: true }
    expect(screen(one('ready')).verification.peer).toEqual(peer)
    expect(screen(one('ready', { device: undefined })).verification.peer).toEqual({
      ...peer,
      deviceID: '',
      deviceName: '',
    })
    const asking = screenOf('verification', after(readAs('needs-verification'), request)).verification
    expect(asking).toMatchObject({
      verificationID: '',
      peer: { userID: '', deviceID: '', deviceName: '', isOwn: true },
      isBusy: true,
      sinceMs: 30,
    })
  })

  test.each([
    ['opened here, towards nobody named', one('ready', { otherUserID: undefined }), true],
    ['that came in from nobody named', asked('ready', { otherUserID: undefined }), false],
    ['of somebody else', strange('ready'), false],
    ['opened here, towards somebody else', one('ready', { otherUserID: '@ada:example.com' }), false],
  ])('one %s: is the person’s own: %j', (_, verification, isOwn) => {
    expect(screen(verification).verification.peer.isOwn).toBe(isOwn)
  })

  test('can be cancelled where the server lists it', () => {
    expect(screen(one('ready')).verification.canCancel).toBe(true)
    expect(screen(one('ready', { actions: ['sas.start'] })).verification.canCancel).toBe(false)
  })

  test('is busy with what was clicked, and shows what stood in the way', () => {
    const busy = after(showing(one('ready')), start)
    expect(screenOf('verification', busy).verification).toMatchObject({ isBusy: true, problem: undefined })
    expect(screenOf('verification', after(busy, failureOf('sas.start'))).verification).toMatchObject({
      isBusy: false,
      problem,
    })
  })

  test.each([
    ['needs-verification', true],
    ['needs-secrets', true],
    ['ready', false],
    ['needs-first-sync', false],
    ['initializing', false],
  ] as const)('in %s there are other doors: %s', (name, hasOtherDoors) => {
    expect(screen(one('ready'), name).hasOtherDoors).toBe(hasOtherDoors)
  })
})
