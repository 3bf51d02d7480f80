// Every place where a verification may stand on the screen, and what may happen to it there.
import type { Verification } from '#contract/beeper/verification'
import type { Doing, KeyEvent, SecurityEvent, SecurityState, UnlockEvent } from '../domain/security-state.ts'
import { after, asked, readAs, readingOf, showing, strange } from './security-play.ts'
import { problem, setupOf, verificationOf, verificationStates } from './samples.ts'
import { subjectID } from './verification-events.ts'

const beside = asked()

const own = (state: Verification['state'], more: Partial<Verification> = {}): Verification =>
  verificationOf(state, more)
/** Opened here, asked for by the person’s other device, and by somebody else’s. */
export const threeOf = (state: Verification['state']): readonly Verification[] => [
  own(state),
  own(state, { isIncoming: true }),
  strange(state, { verificationID: subjectID }),
]

/** On the screen in each state, with another device asking beside it. */
export const shownIn = (state: Verification['state']): readonly SecurityState[] =>
  threeOf(state).map((one) => showing(one, 'needs-verification', [beside]))

const scanning = after(showing(own('ready'), 'needs-verification', [beside]), { type: 'scannerMoved', isOpen: true })
const scanned: SecurityEvent = { type: 'codeScanned', data: 'MATRIX' }
const none = readAs('needs-verification', [beside])

const on = (state: Verification['state'], event: SecurityEvent, more: Partial<Verification> = {}): SecurityState =>
  after(showing(own(state, more), 'needs-verification', [beside]), event)

export const places = {
  'nothing shown': [none],
  ...(Object.fromEntries(verificationStates.map((state) => [state, shownIn(state)])) as Readonly<
    Record<Verification['state'], readonly SecurityState[]>
  >),
  gone: [after(showing(own('ready'), 'needs-verification', [beside]), readingOf('needs-verification', [beside]))],
  scanning: [scanning],
  read: [
    after(scanning, scanned, {
      type: 'verificationAnswered',
      verificationID: subjectID,
      doing: 'scan',
      verification: undefined,
      atMs: 40,
    }),
  ],
  // Nothing could be taken up when it was asked for.
  'on its way: request': [
    after(
      readAs('needs-verification'),
      { type: 'verificationRequested', atMs: 30 },
      readingOf('needs-verification', [beside]),
    ),
  ],
  'on its way: accept': [
    on('requested', { type: 'verificationAccepted', verificationID: subjectID, atMs: 30 }, { isIncoming: true }),
  ],
  'on its way: sas.start': [on('ready', { type: 'emojiStarted', verificationID: subjectID })],
  'on its way: sas.confirm': [
    on('sas_ready', { type: 'emojiConfirmed', verificationID: subjectID, emojis: own('sas_ready').emojis }),
  ],
  'on its way: qr.confirmScanned': [on('qr_scanned', { type: 'scanConfirmed', verificationID: subjectID })],
  'on its way: scan': [after(scanning, scanned)],
  'on its way: cancel': [
    on('sas_ready', { type: 'verificationCancelled', verificationID: subjectID, why: 'mismatch' }),
  ],
} as const satisfies Readonly<Record<string, readonly SecurityState[]>>
export type PlaceName = keyof typeof places

const doings: readonly Doing[] = [
  'request',
  'accept',
  'sas.start',
  'scan',
  'sas.confirm',
  'qr.confirmScanned',
  'cancel',
]
const about = (doing: Doing) => ({ doing, verificationID: doing === 'request' ? '' : subjectID })

/** What may happen where a verification stands; some of it depends on what is there. */
export type Happening = SecurityEvent | ((state: SecurityState) => SecurityEvent)

const again = (state: SecurityState, setup = state.setup ?? setupOf('needs-verification')): SecurityEvent =>
  readingOf(setup, state.verifications.list)

export type HappeningName = Exclude<SecurityEvent['type'], KeyEvent['type'] | UnlockEvent['type']>

/** All that has to do with verifications; a new key, and one that is typed, have tables of their own. */
export const happenings: Readonly<Record<HappeningName, readonly Happening[]>> = {
  verificationRequested: [{ type: 'verificationRequested', atMs: 70 }],
  verificationPicked: [
    { type: 'verificationPicked', verificationID: beside.verificationID, atMs: 70 },
    { type: 'verificationPicked', verificationID: 'unheard-of', atMs: 70 },
  ],
  verificationAccepted: [
    { type: 'verificationAccepted', verificationID: subjectID, atMs: 70 },
    { type: 'verificationAccepted', verificationID: beside.verificationID, atMs: 70 },
  ],
  emojiStarted: [{ type: 'emojiStarted', verificationID: subjectID }],
  emojiConfirmed: [
    { type: 'emojiConfirmed', verificationID: subjectID, emojis: own('sas_ready').emojis },
    { type: 'emojiConfirmed', verificationID: subjectID, emojis: ['🐱'] },
  ],
  scanConfirmed: [{ type: 'scanConfirmed', verificationID: subjectID }],
  verificationCancelled: [{ type: 'verificationCancelled', verificationID: subjectID, why: 'mismatch' }],
  scannerMoved: [
    { type: 'scannerMoved', isOpen: true },
    { type: 'scannerMoved', isOpen: false },
  ],
  codeScanned: [scanned],
  verificationLeft: [{ type: 'verificationLeft' }],
  verificationAnswered: doings.map((doing) => ({
    type: 'verificationAnswered' as const,
    ...about(doing),
    verification: undefined,
    atMs: 70,
  })),
  verificationFailed: doings.map((doing) => ({ type: 'verificationFailed' as const, ...about(doing), problem })),
  // The same again, the list empty, the setup further on with the same list, and the setup alone.
  setupRead: [
    (state: SecurityState) => again(state),
    readingOf('needs-verification', []),
    (state: SecurityState) => again(state, setupOf('needs-secrets')),
    (state: SecurityState) => again(state, setupOf('ready')),
    (state: SecurityState) => again(state, setupOf('initializing')),
    readingOf('needs-verification'),
  ],
  setupFailed: [{ type: 'setupFailed', problem }],
  readDue: [{ type: 'readDue' }],
  changeHeard: [{ type: 'changeHeard' }],
  listeningStarted: [{ type: 'listeningStarted' }],
  listeningEnded: [{ type: 'listeningEnded' }],
  woken: [{ type: 'woken' }],
  tokenReplaced: [{ type: 'tokenReplaced' }],
  doorOpened: [{ type: 'doorOpened', door: 'key' }],
  signedOut: [{ type: 'signedOut' }],
  signedIn: [{ type: 'signedIn', setup: undefined, atMs: 70 }],
}
