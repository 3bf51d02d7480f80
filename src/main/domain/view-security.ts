// What the window may know of secure messages: the screens, the cards of other devices, the details.
import type { SetupState } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import type { Screen, ScreenOf } from '#contract/view'
import type {
  AffectedNetwork,
  EncryptionView,
  Peer,
  RequestView,
  VerificationStage,
  VerificationView,
} from '#contract/view-security'
import type { AppState } from './app-state.ts'
import { groupOf, isNetwork } from './networks.ts'
import type { SecurityState, Shown } from './security-state.ts'
import { idOf, isAboutSetup, isLive, isOwn, peerOf, saidOf, turnedDown } from './verification-known.ts'

const nobody: Peer = { userID: '', deviceID: '', deviceName: '', isOwn: true }

type Why = Extract<VerificationStage, { at: 'ended' }>['why']

/** Codes of the Matrix specification (client-server API, "m.key.verification.cancel") that mean something of their own. */
const endings: Readonly<Record<string, Why>> = {
  'm.user': 'cancelled-there',
  'm.timeout': 'timed-out',
  'm.accepted': 'answered-elsewhere',
  'm.unknown_method': 'no-common-way',
  'm.mismatched_sas': 'mismatch-there',
  'm.mismatched_commitment': 'mismatch-there',
  'm.key_mismatch': 'mismatch-there',
}

const byPerson: Readonly<Record<NonNullable<Shown['why']>, Why>> = {
  cancelled: 'cancelled',
  'not-me': 'not-me',
  mismatch: 'mismatch',
  'not-scanned': 'not-scanned',
}

function ended({ why }: Shown, { error }: Verification): VerificationStage {
  const fromServer = (error === undefined ? undefined : saidOf(endings, error.code)) ?? 'error'
  return {
    at: 'ended',
    why: why === undefined ? fromServer : byPerson[why],
    // The reason that this side gave itself is nothing to quote.
    says: why === undefined ? (error?.reason ?? '') : '',
  }
}

/** Somebody else’s changes nothing here; one’s own is a success only where the server has nothing left to say about it. */
const isSettled = ({ begunIn }: Shown, verification: Verification, setup: SetupState | undefined): boolean =>
  !isOwn(verification, setup) ||
  (!isAboutSetup(begunIn) && (setup?.state === 'ready' || setup?.state === 'needs-first-sync'))

function stageOf(shown: Shown, { setup, verifications }: SecurityState): VerificationStage {
  const { verification } = shown
  if (verification === undefined) return { at: 'requesting' }
  if (shown.isGone) return { at: 'ended', why: shown.why === undefined ? 'gone' : byPerson[shown.why], says: '' }
  const { actions, state } = verification
  // What the person has ended is over for them, also while the server still shows it.
  if (isLive(verification) && verifications.ended.includes(verification.verificationID))
    return ended(shown, verification)
  switch (state) {
    case 'requested':
      return verification.isIncoming ? { at: 'incoming', canAccept: actions.includes('accept') } : { at: 'outgoing' }
    case 'ready':
      if (shown.hasRead) return { at: 'read' }
      return {
        at: 'choosing',
        canCompare: actions.includes('sas.start'),
        qr: verification.qr,
        canScan: verification.methods.includes('qr'),
        isScanning: shown.isScanning,
      }
    case 'sas_ready': {
      const { decimals, emojis } = verification
      const canAnswer = actions.includes('sas.confirm') && emojis.length + decimals.length > 0
      return { at: 'comparing', emojis, decimals, canAnswer }
    }
    case 'qr_scanned':
      // Whose code was read is told by whose answer is missing.
      if (shown.hasRead && !actions.includes('qr.confirmScanned')) return { at: 'read' }
      return { at: 'scanned', canAnswer: actions.includes('qr.confirmScanned') }
    case 'done':
      return { at: isSettled(shown, verification, setup) ? 'done' : 'settling' }
    case 'cancelled':
    case 'error':
      return ended(shown, verification)
    case 'unsupported':
      return { at: 'unknown', wireState: verification.wireState }
  }
}

function verificationView(shown: Shown, state: SecurityState): VerificationView {
  const { setup, verifications } = state
  const { verification } = shown
  const verificationID = idOf(shown)
  return {
    verificationID,
    stage: stageOf(shown, state),
    peer: verification === undefined ? nobody : peerOf(verification, setup),
    canCancel:
      verification?.actions.includes('cancel') === true &&
      !shown.isGone &&
      !verifications.ended.includes(verificationID),
    isBusy: saidOf(verifications.doing, verificationID) !== undefined,
    problem: shown.problem,
    sinceMs: shown.sinceMs,
  }
}

/**
 * Verifications that are alive beside the screen, newest first. One that was just refused is no longer shown, and none as long
 * as a new key is on the screen, which an answer would take away.
 */
export function requestsOf({ key, setup, verifications }: SecurityState): readonly RequestView[] {
  const { doing, failures, list, shown } = verifications
  if (key.phase !== 'ask') return []
  const hidden = [idOf(shown), ...turnedDown(verifications)]
  return list
    .filter((one) => isLive(one) && !hidden.includes(one.verificationID))
    .map((one): RequestView => {
      const { verificationID } = one
      return {
        verificationID,
        kind: one.isIncoming && one.state === 'requested' ? 'asks' : 'running',
        peer: peerOf(one, setup),
        isBusy: saidOf(doing, verificationID) !== undefined,
        problem: saidOf(failures, verificationID),
      }
    })
    .reverse()
}

/** What the details panel shows. */
export function encryptionOf(setup: SetupState | undefined): EncryptionView | undefined {
  if (setup === undefined) return undefined
  const { flags, keyMadeAtMs, userID = '', wireState } = setup
  const { secrets } = flags
  return {
    wireState,
    userID,
    keyMadeAtMs,
    flags: {
      initialized: flags.initialized,
      secretStorage: flags.secretStorage,
      crossSigning: flags.crossSigning,
      verified: flags.verified,
      'secrets.masterKey': secrets.masterKey,
      'secrets.selfSigningKey': secrets.selfSigningKey,
      'secrets.userSigningKey': secrets.userSigningKey,
      'secrets.megolmBackupKey': secrets.megolmBackupKey,
      'secrets.recoveryKey': secrets.recoveryKey,
      keyBackup: flags.keyBackup,
      firstSyncDone: flags.firstSyncDone,
      hasBackedUpRecoveryKey: flags.hasBackedUpRecoveryKey,
    },
  }
}

function keyReason(setup: SetupState | undefined): ScreenOf<'recovery-key'>['reason'] {
  switch (setup?.state) {
    case 'needs-cross-signing-setup':
      return 'first'
    case 'ready':
    case 'needs-first-sync':
      return 'backup'
    default:
      return 'reset'
  }
}

const affected = (state: AppState): readonly AffectedNetwork[] =>
  state.networks.networks
    .filter((network) => isNetwork(network) && network.accounts.length > 0)
    .map((network) => ({
      name: network.name,
      type: network.type,
      group: groupOf(network),
      accountNames: network.accounts.map(({ name }) => name),
    }))

function recoveryKeyScreen(state: AppState): Screen {
  const { key, setup } = state.security
  const reason = keyReason(setup)
  return {
    name: 'recovery-key',
    reason,
    phase: key.phase,
    unfinished: key.unfinished,
    networks: reason === 'first' ? [] : affected(state),
    networksStatus: reason === 'first' ? 'loaded' : state.networks.status,
    canLeave:
      key.phase === 'confirmed' || (reason !== 'first' && key.phase !== 'creating' && key.phase !== 'confirming'),
    sinceMs: key.sinceMs,
    problem: key.problem,
  }
}

type SecureScreen = 'preparing' | 'verify' | 'verification' | 'recovery-key' | 'unlock' | 'secrets' | 'first-sync'

/**
 * The screens of the chapter Secure messages.
 * @param state everything the app knows
 * @param name which of them
 */
export function secureScreen(state: AppState, name: SecureScreen): Screen {
  const { setup, sinceMs, unlock, verifications } = state.security
  switch (name) {
    case 'preparing':
      return { name, wireState: setup?.wireState ?? '', sinceMs }
    case 'verify':
      return { name, problem: verifications.problem }
    case 'verification':
      // The place is chosen only while one is on the screen.
      return verifications.shown === undefined
        ? { name: 'verify', problem: verifications.problem }
        : {
            name,
            verification: verificationView(verifications.shown, state.security),
            hasOtherDoors: isAboutSetup(setup?.state),
          }
    case 'recovery-key':
      return recoveryKeyScreen(state)
    case 'unlock':
      return { name, unlock }
    case 'secrets':
      return { name, unlock, sinceMs, problem: verifications.problem }
    case 'first-sync':
      return { name, sinceMs }
  }
}
