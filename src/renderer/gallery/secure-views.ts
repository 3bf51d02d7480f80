// Making messages safe, as fixed Views: the recovery key that is typed, the one that is made, and what is waited for.
import type { ScreenOf, View } from '#contract/view'
import type { AffectedNetwork, EncryptionView, UnlockView } from '#contract/view-security'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined
const ago = (seconds: number): number => Date.now() - seconds * 1000

/** The details as they are while this device is not trusted. @param more what differs from that */
export const encryptionWith = (more: Partial<EncryptionView> = {}): EncryptionView => ({
  wireState: 'needs-verification',
  userID: '@ada:beeper.com',
  keyMadeAtMs: Date.UTC(2024, 2, 5, 12),
  flags: {
    initialized: true,
    secretStorage: true,
    crossSigning: true,
    verified: false,
    'secrets.masterKey': false,
    'secrets.selfSigningKey': false,
    'secrets.userSigningKey': false,
    'secrets.megolmBackupKey': false,
    'secrets.recoveryKey': false,
    keyBackup: true,
    firstSyncDone: false,
    hasBackedUpRecoveryKey: true,
  },
  ...more,
})

/** And once all is well. @param more what differs from that */
export const readyEncryption = (more: Partial<EncryptionView> = {}): EncryptionView => ({
  ...encryptionWith({ wireState: 'ready' }),
  flags: {
    initialized: true,
    secretStorage: true,
    crossSigning: true,
    verified: true,
    'secrets.masterKey': true,
    'secrets.selfSigningKey': true,
    'secrets.userSigningKey': true,
    'secrets.megolmBackupKey': true,
    'secrets.recoveryKey': true,
    keyBackup: true,
    firstSyncDone: true,
    hasBackedUpRecoveryKey: true,
  },
  ...more,
})

const detailed: Partial<View> = { encryption: encryptionWith() }

const network = (
  name: string,
  group: AffectedNetwork['group'],
  ...accountNames: readonly string[]
): AffectedNetwork => ({ name, type: name.toLowerCase(), group, accountNames })

const affectedNetworks: readonly AffectedNetwork[] = [
  network('WhatsApp', 'this-device', 'Ada Example'),
  network('Signal', 'this-device', '+1 415 555 0123'),
  network('Telegram', 'cloud', '@ada', '@ada_at_work'),
  network('Slack', 'cloud', 'ada@example.com'),
]
const cloudNetworks = affectedNetworks.filter(({ group }) => group === 'cloud')
const manyNetworks: readonly AffectedNetwork[] = [
  ...affectedNetworks,
  ...Array.from({ length: 40 }, (_, index) =>
    network(`Network ${String(index + 1)}`, index % 3 === 0 ? 'self-hosted' : 'this-device', 'Ada'),
  ),
  network('Something new', 'other'),
]
const longNetworks: readonly AffectedNetwork[] = [
  network(
    'Dampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeam',
    'this-device',
    'ada-with-a-very-long-address-that-never-seems-to-end@mail.example.org',
    'The account that Ada shares with Sam and half of the people who live in this street',
  ),
  network('\u202eشبكة الدردشة', 'cloud', '<b>@ada</b>'),
  network('x'.repeat(300), 'other', 'y'.repeat(300)),
]

type Key = ScreenOf<'recovery-key'>

/** The screen of a new key. @param more what differs from the first one, that nobody has asked for yet */
export const keyView = (more: Partial<Omit<Key, 'name'>> = {}, view: Partial<View> = {}): View =>
  viewWith(
    {
      name: 'recovery-key',
      reason: 'first',
      phase: 'ask',
      unfinished: 'none',
      networks: [],
      networksStatus: 'loaded',
      canLeave: false,
      sinceMs: ago(0),
      problem: none,
      ...more,
    },
    { ...detailed, ...view },
  )

/** The screen of a new key that replaces a lost one. @param more what differs from that */
export const resetView = (more: Partial<Omit<Key, 'name'>> = {}): View =>
  keyView({ reason: 'reset', networks: affectedNetworks, canLeave: true, ...more })

/** The screen of a new key while messages are open. @param more what differs from that */
export const backupView = (more: Partial<Omit<Key, 'name'>> = {}): View => resetView({ reason: 'backup', ...more })

const ask: UnlockView = { phase: 'ask', sinceMs: ago(0), problem: none }

/** The door of the recovery key. @param unlock what differs from an empty field */
export const unlockView = (unlock: Partial<UnlockView> = {}): View =>
  viewWith({ name: 'unlock', unlock: { ...ask, ...unlock } }, detailed)

/** Trusted, and messages still locked. @param unlock what differs from an empty field @param problem of asking a device */
const secretsView = (unlock: Partial<UnlockView> = {}, problem: ScreenOf<'secrets'>['problem'] = none): View =>
  viewWith({ name: 'secrets', unlock: { ...ask, ...unlock }, sinceMs: ago(83), problem }, detailed)

const unreachable = problemOf('beeper.unreachable', { detail: 'POST recovery-key: ECONNREFUSED' })

export const secureViews = {
  preparing: viewWith({ name: 'preparing', wireState: 'initializing', sinceMs: ago(2) }, detailed),
  'preparing-long': viewWith({ name: 'preparing', wireState: 'initializing', sinceMs: ago(83) }),
  'preparing-unknown': viewWith({ name: 'preparing', wireState: 'needs-coffee', sinceMs: ago(83) }),
  'recovery-key': keyView(),
  'recovery-key-lost': keyView({ phase: 'showing' }),
  'recovery-key-unfinished': keyView({ unfinished: 'nothing-changed' }),
  'recovery-key-creating': keyView({ phase: 'creating' }),
  'recovery-key-refused': keyView({ problem: problemOf('security.new-key-refused'), unfinished: 'nothing-changed' }),
  'recovery-key-confirming': resetView({ phase: 'confirming' }),
  'recovery-key-confirmed': resetView({ phase: 'confirmed', sinceMs: ago(3) }),
  'recovery-key-confirmed-long': resetView({ phase: 'confirmed', sinceMs: ago(25) }),
  reset: resetView(),
  'reset-unsure': resetView({ unfinished: 'unsure' }),
  'reset-lost': resetView({ phase: 'showing' }),
  'reset-loading': resetView({ networks: [], networksStatus: 'loading' }),
  'reset-unread': resetView({ networks: [], networksStatus: 'failed' }),
  'reset-none': resetView({ networks: [] }),
  'reset-many': resetView({ networks: manyNetworks }),
  'reset-long': resetView({ networks: longNetworks }),
  'reset-old-key-refused': resetView({ problem: problemOf('security.old-key-refused') }),
  'reset-new-key-refused': resetView({ problem: problemOf('security.new-key-refused') }),
  backup: backupView(),
  'backup-cloud': backupView({ networks: cloudNetworks }),
  unlock: unlockView(),
  'unlock-checking': unlockView({ phase: 'checking' }),
  'unlock-not-a-key': unlockView({ problem: problemOf('security.not-a-key') }),
  'unlock-refused': unlockView({ problem: problemOf('security.key-refused') }),
  'unlock-unasked': unlockView({ problem: unreachable }),
  'unlock-accepted': unlockView({ phase: 'accepted', sinceMs: ago(3) }),
  'unlock-accepted-long': unlockView({ phase: 'accepted', sinceMs: ago(25) }),
  secrets: secretsView(),
  'secrets-unasked': secretsView({}, problemOf('security.nothing-to-verify-with')),
  'secrets-accepted-long': secretsView({ phase: 'accepted', sinceMs: ago(25) }),
  'first-sync': viewWith({ name: 'first-sync', sinceMs: ago(83) }, detailed),
} satisfies Record<string, View>
