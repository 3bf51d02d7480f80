// Confirming by another device, as fixed Views: the doors, each stage of a verification, and the cards of other devices.
import type { View } from '#contract/view'
import type { EncryptionView, Peer, RequestView, VerificationStage, VerificationView } from '#contract/view-security'
import { encryptionWith } from './secure-views.ts'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined
const before = (ms: number): number => Date.now() - ms

export const phone: Peer = { userID: '@ada:beeper.com', deviceID: 'JLAFKJWSCS', deviceName: 'Pixel 9', isOwn: true }
export const stranger: Peer = {
  userID: '@sam:example.org',
  deviceID: 'QWERTZUIOP',
  deviceName: 'Laptop of Sam',
  isOwn: false,
}
const nobody: Peer = { userID: '', deviceID: '', deviceName: '', isOwn: true }
const nameless: Peer = { userID: '', deviceID: 'XXCVBNMASD', deviceName: '', isOwn: false }
const longPeer: Peer = {
  userID: `@${'ada'.repeat(40)}:matrix.the-old-computer-under-the-stairs.example.org`,
  deviceID: 'ABCDEFGHIJ'.repeat(8),
  deviceName: `Dampfschifffahrtselektrizitätenhauptbetriebswerk ${'and the phone of the kitchen '.repeat(4)}`,
  isOwn: true,
}
/** A name that runs the other way, and one that tries to turn its surroundings. */
const arabic: Peer = { ...phone, deviceName: 'هاتف آدا في المطبخ' }
const turning: Peer = { ...stranger, userID: '@\u202emas:example.org', deviceName: '\u202eenohp ruoy' }

export const sevenEmoji = ['🐶', '🔧', '☎️', '🌏', '👓', '✂️', '🎺'] as const
const decimals = ['1342', '5907', '8120']

/** As Matrix has it: bytes that are no text. */
export const qrBytes = `MATRIX\x02\x01\x00\x0cf6a8b2c4d0e1${Array.from({ length: 80 }, (_, at) => String.fromCharCode((at * 37 + 5) % 256)).join('')}`

export const encryption: EncryptionView = encryptionWith()

const verification: VerificationView = {
  verificationID: 'v1',
  stage: { at: 'outgoing' },
  peer: phone,
  canCancel: true,
  isBusy: false,
  problem: none,
  sinceMs: 0,
}

interface More extends Partial<VerificationView> {
  /** How long it has stood there. */
  readonly forMs?: number
  readonly hasOtherDoors?: boolean
  readonly view?: Partial<View>
}

/** A View of a verification in some stage. @param stage where it stands @param more what differs from the ordinary */
export function verificationView(stage: VerificationStage, more: More = {}): View {
  const { forMs = 3000, hasOtherDoors = true, view = {}, ...rest } = more
  return viewWith(
    {
      name: 'verification',
      verification: { ...verification, sinceMs: before(forMs), ...rest, stage },
      hasOtherDoors,
    },
    { encryption, ...view },
  )
}

export type Choosing = Extract<VerificationStage, { at: 'choosing' }>
export const choosing: Choosing = {
  at: 'choosing',
  canCompare: true,
  qr: qrBytes,
  canScan: true,
  isScanning: false,
}
export const comparing: Extract<VerificationStage, { at: 'comparing' }> = {
  at: 'comparing',
  emojis: sevenEmoji,
  decimals,
  canAnswer: true,
}
type Why = Extract<VerificationStage, { at: 'ended' }>['why']
const ended = (why: Why, says = '', more: More = {}): View => verificationView({ at: 'ended', why, says }, more)

/** Another device that asks. @param more what differs from the ordinary */
export const request = (more: Partial<RequestView> = {}): RequestView => ({
  verificationID: 'r1',
  kind: 'asks',
  peer: phone,
  isBusy: false,
  problem: none,
  ...more,
})
const several: readonly RequestView[] = [
  request({ verificationID: 'r5', peer: stranger }),
  request({ verificationID: 'r4', peer: { ...phone, deviceName: 'iPad in the kitchen' } }),
  request({ verificationID: 'r3', kind: 'running' }),
  request({ verificationID: 'r2' }),
  request({ verificationID: 'r1', peer: nameless }),
]
const email = { name: 'email', email: '', isBusy: false, problem: none } as const

export const verificationViews = {
  verify: viewWith({ name: 'verify', problem: none }, { encryption }),
  'verify-nobody': viewWith(
    { name: 'verify', problem: problemOf('security.nothing-to-verify-with', { detail: 'createVerification 409' }) },
    { encryption },
  ),
  'verification-requesting': verificationView(
    { at: 'requesting' },
    { verificationID: '', peer: nobody, canCancel: false },
  ),
  'verification-outgoing': verificationView({ at: 'outgoing' }, { forMs: 12_000 }),
  'verification-outgoing-slow': verificationView({ at: 'outgoing' }, { forMs: 95_000 }),
  'verification-incoming': verificationView({ at: 'incoming', canAccept: true }),
  'verification-incoming-busy': verificationView({ at: 'incoming', canAccept: true }, { isBusy: true }),
  'verification-incoming-not-yet': verificationView({ at: 'incoming', canAccept: false }),
  'verification-incoming-long': verificationView({ at: 'incoming', canAccept: true }, { peer: longPeer }),
  'verification-incoming-arabic': verificationView({ at: 'incoming', canAccept: true }, { peer: arabic }),
  'verification-stranger': verificationView({ at: 'incoming', canAccept: true }, { peer: stranger }),
  'verification-stranger-turning': verificationView({ at: 'incoming', canAccept: true }, { peer: turning }),
  'verification-stranger-nameless': verificationView(
    { at: 'incoming', canAccept: true },
    { peer: nameless, hasOtherDoors: false },
  ),
  'verification-choosing': verificationView(choosing),
  'verification-choosing-no-code': verificationView({ ...choosing, qr: none }),
  'verification-choosing-code-only': verificationView({ ...choosing, canCompare: false, canScan: false }),
  'verification-choosing-none': verificationView({ ...choosing, canCompare: false, canScan: false, qr: none }),
  'verification-choosing-problem': verificationView(choosing, {
    problem: problemOf('beeper.timeout', { detail: 'startEmoji: timeout' }),
  }),
  'verification-scanning': verificationView({ ...choosing, isScanning: true }),
  'verification-comparing': verificationView(comparing),
  'verification-comparing-german': verificationView(comparing, { view: { language: 'de-DE' } }),
  'verification-comparing-arabic': verificationView(comparing, { peer: arabic, view: { language: 'ar' } }),
  'verification-comparing-unlisted': verificationView({
    ...comparing,
    emojis: ['🦊', '❤️‍🔥', ...sevenEmoji.slice(2)],
    decimals: [],
  }),
  'verification-comparing-numbers': verificationView({ ...comparing, emojis: [] }),
  'verification-comparing-nothing': verificationView({ ...comparing, emojis: [], decimals: [], canAnswer: false }),
  'verification-comparing-waiting': verificationView({ ...comparing, canAnswer: false }, { forMs: 21_000 }),
  'verification-comparing-long': verificationView(comparing, { peer: longPeer }),
  'verification-comparing-late': verificationView(comparing, { problem: problemOf('security.too-late') }),
  'verification-scanned': verificationView({ at: 'scanned', canAnswer: true }),
  'verification-scanned-waiting': verificationView({ at: 'scanned', canAnswer: false }, { forMs: 14_000 }),
  'verification-read': verificationView({ at: 'read' }),
  'verification-settling': verificationView({ at: 'settling' }, { canCancel: false }),
  'verification-settling-slow': verificationView({ at: 'settling' }, { canCancel: false, forMs: 47_000 }),
  'verification-done': verificationView({ at: 'done' }, { canCancel: false, hasOtherDoors: false }),
  'verification-done-stranger': verificationView(
    { at: 'done' },
    { canCancel: false, hasOtherDoors: false, peer: stranger },
  ),
  'verification-mismatch': ended('mismatch'),
  'verification-mismatch-there': ended('mismatch-there', 'The emoji did not match.'),
  'verification-not-me': ended('not-me', '', { hasOtherDoors: false }),
  'verification-not-scanned': ended('not-scanned'),
  'verification-cancelled': ended('cancelled'),
  'verification-cancelled-there': ended('cancelled-there', 'The user cancelled the verification.'),
  'verification-elsewhere': ended('answered-elsewhere'),
  'verification-timed-out': ended('timed-out', 'The verification process timed out.'),
  'verification-no-way': ended('no-common-way'),
  'verification-gone': ended('gone'),
  'verification-error': ended('error', 'Unexpected message: m.key.verification.key. '.repeat(6)),
  'verification-unknown': verificationView({ at: 'unknown', wireState: 'waiting_for_moonrise' }),
  'request-own': viewWith(email, { requests: [request()] }),
  'request-stranger': viewWith(email, { requests: [request({ peer: stranger })] }),
  'request-running': viewWith(email, { requests: [request({ kind: 'running' })], isDemo: true }),
  'request-long': viewWith(email, { requests: [request({ peer: longPeer })] }),
  'request-turning': viewWith(email, {
    requests: [request({ peer: turning }), request({ peer: arabic, verificationID: 'r2' })],
  }),
  'request-problem': viewWith(email, {
    requests: [request({ problem: problemOf('security.verification-gone', { detail: 'acceptVerification 404' }) })],
  }),
  'requests-several': viewWith({ name: 'verify', problem: none }, { requests: several, encryption }),
} satisfies Record<string, View>
