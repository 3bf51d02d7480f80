import { describe, expect, test } from 'vitest'
import { appWith } from '../testing/security-play.ts'
import { happenings, places } from '../testing/verification-places.ts'
import type { Happening, HappeningName, PlaceName } from '../testing/verification-places.ts'
import type { SecurityEffect, SecurityState } from './security-state.ts'
import { next } from './security.ts'
import { secureScreen } from './view-security.ts'

/** Where the verification stands afterwards, `=` for a place that stays the same, and the effects in order. */
type Outcome = string
/** One outcome for all, or one for each state of the place in the order of the fixtures; in its place, one for each of the events. */
type Cell = Outcome | readonly (Outcome | readonly Outcome[])[]
type Row = Readonly<Record<HappeningName, Cell>>

/** Events that say nothing in a place. They are named all the same: a new one does not compile before every place has its word. */
const nothing = <T extends HappeningName>(...types: readonly T[]): Readonly<Record<T, Outcome>> =>
  Object.fromEntries(types.map((type) => [type, '='])) as Record<T, Outcome>

/** Events only say that it is time to look. */
const anywhere = {
  setupFailed: '= readIn',
  readDue: '= read',
  changeHeard: '= read',
  listeningStarted: '= read',
  listeningEnded: '= read',
  woken: '= listen readAfresh',
  signedIn: 'doors read listen',
} as const
/** The one that asks beside it, and one that nobody knows; the subject cannot be accepted. */
const besides = {
  verificationPicked: [['other-incoming', '=']],
  verificationAccepted: [['=', 'other-incoming-busy accept']],
} as const
const unasked = { verificationAnswered: '= read', verificationFailed: '= read' } as const
const left = { verificationLeft: 'doors', doorOpened: 'doors', signedOut: 'off stopListening withdraw' } as const

// Read again, with an empty list, after the setup came to need secrets, is ready, starts; and the setup alone.
const live = ['= readIn', 'ended-gone withdraw readIn', '= readIn', 'doors readIn', '= readIn', '= readIn']
const liveStranger = ['= readIn', 'ended-gone withdraw readIn', '= readIn', '= readIn', '= readIn', '= readIn']
const over = ['= readIn', '= withdraw readIn', 'doors readIn', 'doors readIn', '= readIn', '= readIn']
const overStranger = ['= readIn', '= withdraw readIn', '= readIn', '= readIn', '= readIn', '= readIn']
const busy = ['= readIn', 'ended-gone-busy withdraw readIn', '= readIn', 'doors readIn', '= readIn', '= readIn']

// prettier-ignore
const ended: Row = {
  ...anywhere,
  verificationRequested: 'other-incoming',
  ...besides,
  ...unasked,
  setupRead: [over, over, overStranger],
  ...left,
  tokenReplaced: '= listen read',
  ...nothing('emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'verificationCancelled', 'scannerMoved', 'codeScanned'),
}

// prettier-ignore
const table: Readonly<Record<PlaceName, Row>> = {
  'nothing shown': {
    ...anywhere,
    signedIn: '= read listen',
    signedOut: 'off stopListening withdraw',
    verificationRequested: 'other-incoming',
    ...besides,
    ...unasked,
    setupRead: [['= readIn', '= withdraw readIn', '= readIn', '= readIn', '= readIn', '= readIn']],
    tokenReplaced: '= listen read',
    ...nothing('emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'verificationCancelled', 'scannerMoved', 'codeScanned', 'verificationLeft', 'doorOpened'),
  },
  // Opened here, asked for by another device of the person, and by somebody else’s: so in the next eight.
  requested: {
    ...anywhere,
    ...besides,
    verificationAccepted: [['=', 'other-incoming-busy accept'], ['incoming-busy accept', 'other-incoming-busy accept'], ['incoming-busy accept', 'other-incoming-busy accept']],
    verificationCancelled: ['outgoing-busy cancel:mismatch', 'incoming-busy cancel:mismatch', 'incoming-busy cancel:mismatch'],
    ...unasked,
    setupRead: [
      ['= readIn', 'ended-gone withdraw readIn', '= readIn', 'doors readIn', '= readIn', '= readIn'],
      ['= readIn', 'ended-gone withdraw withdraw readIn', '= readIn', 'doors readIn', '= readIn', '= readIn'],
      ['= readIn', 'ended-gone withdraw withdraw readIn', '= readIn', '= readIn', '= readIn', '= readIn'],
    ],
    tokenReplaced: '= listen read',
    ...left,
    signedOut: ['off stopListening withdraw', 'off stopListening withdraw withdraw', 'off stopListening withdraw withdraw'],
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  ready: {
    ...anywhere,
    ...besides,
    emojiStarted: 'choosing-busy sas.start',
    verificationCancelled: 'choosing-busy cancel:mismatch',
    scannerMoved: [['choosing-scanning', '=']],
    verificationAnswered: [['= read', '= read', '= read', 'read read', '= read', '= read', '= read']],
    verificationFailed: '= read',
    setupRead: [live, live, liveStranger],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('verificationRequested', 'emojiConfirmed', 'scanConfirmed', 'codeScanned'),
  },
  sas_ready: {
    ...anywhere,
    ...besides,
    emojiConfirmed: [['comparing-busy sas.confirm', 'comparing!']],
    verificationCancelled: 'comparing-busy cancel:mismatch',
    ...unasked,
    setupRead: [live, live, liveStranger],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('verificationRequested', 'emojiStarted', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  qr_scanned: {
    ...anywhere,
    ...besides,
    scanConfirmed: 'scanned-busy qr.confirmScanned',
    verificationCancelled: 'scanned-busy cancel:mismatch',
    ...unasked,
    setupRead: [live, live, liveStranger],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scannerMoved', 'codeScanned'),
  },
  done: ended,
  cancelled: ended,
  error: ended,
  unsupported: {
    ...anywhere,
    ...besides,
    verificationCancelled: 'unknown-busy cancel:mismatch',
    ...unasked,
    setupRead: [live, live, liveStranger],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  // What the server no longer tells of cannot be acted on.
  gone: {
    ...anywhere,
    verificationRequested: 'other-incoming',
    ...besides,
    ...unasked,
    setupRead: [over],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'verificationCancelled', 'scannerMoved', 'codeScanned'),
  },
  scanning: {
    ...anywhere,
    ...besides,
    emojiStarted: 'choosing-scanning-busy sas.start',
    verificationCancelled: 'choosing-busy cancel:mismatch',
    scannerMoved: [['=', 'choosing']],
    codeScanned: 'choosing-scanning-busy scan',
    verificationAnswered: [['= read', '= read', '= read', 'read read', '= read', '= read', '= read']],
    verificationFailed: '= read',
    setupRead: [live],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('verificationRequested', 'emojiConfirmed', 'scanConfirmed'),
  },
  read: {
    ...anywhere,
    ...besides,
    emojiStarted: 'read-busy sas.start',
    verificationCancelled: 'read-busy cancel:mismatch',
    ...unasked,
    setupRead: [live],
    ...left,
    tokenReplaced: '= listen read',
    ...nothing('verificationRequested', 'emojiConfirmed', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  // Answers and failures come in the order request, accept, sas.start, scan, sas.confirm, qr.confirmScanned, cancel.
  'on its way: request': {
    ...anywhere,
    ...besides,
    verificationAnswered: [['doors! read', '= read', '= read', '= read', '= read', '= read', '= read']],
    verificationFailed: [['doors! read', '= read', '= read', '= read', '= read', '= read', '= read']],
    setupRead: [['= readIn', '= withdraw readIn', 'doors readIn', 'doors readIn', '= readIn', '= readIn']],
    tokenReplaced: 'doors listen read',
    ...left,
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'verificationCancelled', 'scannerMoved', 'codeScanned'),
  },
  'on its way: accept': {
    ...anywhere,
    ...besides,
    verificationCancelled: '= cancel:mismatch',
    verificationAnswered: [['= read', 'incoming read', '= read', '= read', '= read', '= read', '= read']],
    verificationFailed: [['= read', 'incoming! read', '= read', '= read', '= read', '= read', '= read']],
    setupRead: [['= readIn', 'ended-gone-busy withdraw withdraw readIn', '= readIn', 'doors readIn', '= readIn', '= readIn']],
    tokenReplaced: 'incoming listen read',
    ...left,
    signedOut: 'off stopListening withdraw withdraw',
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  'on its way: sas.start': {
    ...anywhere,
    ...besides,
    verificationCancelled: '= cancel:mismatch',
    scannerMoved: [['choosing-scanning-busy', '=']],
    verificationAnswered: [['= read', '= read', 'choosing read', 'read-busy read', '= read', '= read', '= read']],
    verificationFailed: [['= read', '= read', 'choosing! read', '= read', '= read', '= read', '= read']],
    setupRead: [busy],
    tokenReplaced: 'choosing listen read',
    ...left,
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'codeScanned'),
  },
  'on its way: sas.confirm': {
    ...anywhere,
    ...besides,
    verificationCancelled: '= cancel:mismatch',
    verificationAnswered: [['= read', '= read', '= read', '= read', 'comparing read', '= read', '= read']],
    verificationFailed: [['= read', '= read', '= read', '= read', 'comparing! read', '= read', '= read']],
    setupRead: [busy],
    tokenReplaced: 'comparing listen read',
    ...left,
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  'on its way: qr.confirmScanned': {
    ...anywhere,
    ...besides,
    verificationCancelled: '= cancel:mismatch',
    verificationAnswered: [['= read', '= read', '= read', '= read', '= read', 'scanned read', '= read']],
    verificationFailed: [['= read', '= read', '= read', '= read', '= read', 'scanned! read', '= read']],
    setupRead: [busy],
    tokenReplaced: 'scanned listen read',
    ...left,
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'scannerMoved', 'codeScanned'),
  },
  'on its way: scan': {
    ...anywhere,
    ...besides,
    verificationCancelled: 'choosing-busy cancel:mismatch',
    scannerMoved: [['=', 'choosing-busy']],
    verificationAnswered: [['= read', '= read', '= read', 'read read', '= read', '= read', '= read']],
    verificationFailed: [['= read', '= read', '= read', 'choosing-scanning! read', '= read', '= read', '= read']],
    setupRead: [busy],
    tokenReplaced: 'choosing-scanning listen read',
    ...left,
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'codeScanned'),
  },
  // The person said that the pictures differ, and that stays said.
  'on its way: cancel': {
    ...anywhere,
    ...besides,
    verificationAnswered: [['= read', '= read', '= read', '= read', '= read', '= read', 'ended-mismatch read']],
    verificationFailed: [['= read', '= read', '= read', '= read', '= read', '= read', 'comparing! read']],
    setupRead: [['= readIn', 'ended-mismatch-busy withdraw readIn', '= readIn', 'doors readIn', '= readIn', '= readIn']],
    tokenReplaced: 'comparing listen read',
    ...left,
    ...nothing('verificationRequested', 'emojiStarted', 'emojiConfirmed', 'scanConfirmed', 'verificationCancelled', 'scannerMoved', 'codeScanned'),
  },
}

const told = (effect: SecurityEffect): string => {
  if (effect.type === 'act') return effect.action
  return effect.type === 'cancel' ? `cancel:${effect.reason}` : effect.type
}

function placeOf(state: SecurityState): Outcome {
  if (!state.isOn) return 'off'
  const screen = secureScreen(appWith(state), 'verification')
  if (screen.name !== 'verification') return screen.name === 'verify' && screen.problem ? 'doors!' : 'doors'
  const { isBusy, problem, stage, verificationID } = screen.verification
  const words: readonly (readonly [string, boolean])[] = [
    ['other', verificationID === 'verification-2'],
    [stage.at, true],
    [stage.at === 'ended' ? stage.why : '', stage.at === 'ended'],
    ['scanning', stage.at === 'choosing' && stage.isScanning],
    ['busy', isBusy],
  ]
  const said = words.flatMap(([word, isTrue]) => (isTrue ? [word] : [])).join('-')
  return problem === undefined ? said : `${said}!`
}

function outcomeOf(state: SecurityState, happening: Happening): Outcome {
  const [after, effects] = next(state, typeof happening === 'function' ? happening(state) : happening)
  const place = placeOf(after)
  return [place === placeOf(state) ? '=' : place, ...effects.map(told)].join(' ')
}

describe('every place meets every event', () => {
  test.each(Object.keys(places) as PlaceName[])('%s', (name) => {
    const states: readonly SecurityState[] = places[name]
    const types = Object.keys(happenings) as HappeningName[]
    const seen = types.map((type) => [
      type,
      states.map((state) => happenings[type].map((happening) => outcomeOf(state, happening))),
    ])
    const wanted = types.map((type) => {
      const cell = table[name][type]
      const rows = typeof cell === 'string' ? states.map(() => cell) : cell
      // One list of outcomes is that of all states.
      const all = rows.length === 1 ? states.map(() => rows[0] ?? '') : rows
      return [type, all.map((row) => (typeof row === 'string' ? happenings[type].map(() => row) : row))]
    })
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted))
  })
})
