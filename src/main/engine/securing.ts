// What a person does to make messages safe. The commands about a recovery key answer it or carry it, because it must not become
// state.
import type { InputOf } from '#contract/commands'
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { provesCopy, readRecoveryKey } from '#contract/recovery-key'
import { screenFor } from '../domain/place.ts'
import type { SecurityEvent } from '../domain/security-state.ts'
import type { Engine } from './app.ts'
import { wallMs } from './timers.ts'

type Taken = Result<undefined>

const taken: Taken = ok(undefined)
const notNow = failed({ code: 'command.not-now', retry: 'never' })

/** As many as the settings take. */
const mostKept = 200

/** Makes what the commands `security.*` do. */
export function securingOf(engine: Engine) {
  const { world, account, security, journal } = engine

  function tell(event: SecurityEvent): Taken {
    security.send(event)
    return taken
  }

  function refused(code: string): void {
    if (code === 'beeper.missing-scope') account.send({ type: 'scopeMissing', isClicked: true })
    if (code === 'beeper.token-refused') account.send({ type: 'tokenRefused' })
  }

  const now = (): { readonly atMs: number } => ({ atMs: wallMs(world.clock) })

  async function createRecoveryKey({
    acceptLoss,
    existingRecoveryKey,
  }: InputOf<'security.createRecoveryKey'>): Promise<Result<{ readonly recoveryKey: string }>> {
    const target = engine.target()
    const { state } = account
    const { key: present, setup } = security.state
    const isBusy = present.phase !== 'ask' && present.phase !== 'showing'
    const isAsked = screenFor(engine.state.getState()).name === 'recovery-key'
    // Replacing a key that may be in force takes more than a click: it can make old messages unreadable.
    const isAllowed = acceptLoss || setup?.state === 'needs-cross-signing-setup'
    if (target === undefined || state.phase !== 'signed-in' || isBusy || !isAsked || !isAllowed) return notNow
    security.send({ type: 'keyRequested' })
    const close = await journal.open('appSetupVerificationRecoveryKeyReset', state.server)
    const existing = existingRecoveryKey === undefined ? '' : readRecoveryKey(existingRecoveryKey).recoveryKey
    const key = await world.beeper.createKey(target, existing === '' ? undefined : existing)
    // A key of a sign-in that is over belongs to nobody here, and never counts.
    const isHeard = engine.target()?.token === target.token
    if (isHeard) {
      security.send(key.ok ? { type: 'keyCreated', ...now() } : { type: 'keyFailed', problem: key.problem })
      if (!key.ok) refused(key.problem.code)
    }
    await close()
    if (!isHeard) return notNow
    return key.ok ? ok({ recoveryKey: key.value }) : key
  }

  function confirmRecoveryKey(input: InputOf<'security.confirmRecoveryKey'>): Taken {
    const { recoveryKey, group, typedGroup } = input
    return tell(
      provesCopy(recoveryKey, group, typedGroup) ? { type: 'keyProved', recoveryKey } : { type: 'keyNotProved' },
    )
  }

  async function dismissReminder(): Promise<Taken> {
    const { state } = account
    if (state.phase !== 'signed-in') return notNow
    const { isDemo, origin } = state.server
    const added = (origins: readonly string[] = []): readonly string[] =>
      [...new Set([...origins, origin])].slice(-mostKept)
    // Of the demo nothing is written.
    if (!isDemo) await journal.note({ keyRemindersDismissed: added(journal.progress.keyRemindersDismissed) })
    engine.settingsChanged({ keyRemindersDismissed: added(engine.state.getState().keyRemindersDismissed) })
    return taken
  }

  return {
    'security.checkAgain': () => tell({ type: 'readDue' }),
    'security.openDoor': ({ door }: InputOf<'security.openDoor'>) => tell({ type: 'doorOpened', door }),
    'security.requestVerification': () => tell({ type: 'verificationRequested', ...now() }),
    'security.showVerification': (input: InputOf<'security.showVerification'>) =>
      tell({ type: 'verificationPicked', ...input, ...now() }),
    'security.acceptVerification': (input: InputOf<'security.acceptVerification'>) =>
      tell({ type: 'verificationAccepted', ...input, ...now() }),
    'security.startEmoji': (input: InputOf<'security.startEmoji'>) => tell({ type: 'emojiStarted', ...input }),
    'security.confirmEmoji': (input: InputOf<'security.confirmEmoji'>) => tell({ type: 'emojiConfirmed', ...input }),
    'security.confirmScanned': (input: InputOf<'security.confirmScanned'>) => tell({ type: 'scanConfirmed', ...input }),
    'security.scanner': (input: InputOf<'security.scanner'>) => tell({ type: 'scannerMoved', ...input }),
    'security.scanCode': (input: InputOf<'security.scanCode'>) => tell({ type: 'codeScanned', ...input }),
    'security.cancelVerification': (input: InputOf<'security.cancelVerification'>) =>
      tell({ type: 'verificationCancelled', ...input }),
    'security.leaveVerification': () => tell({ type: 'verificationLeft' }),
    'security.createRecoveryKey': createRecoveryKey,
    'security.copyRecoveryKey': ({ recoveryKey }: InputOf<'security.copyRecoveryKey'>) =>
      world.keyCopies.copy(recoveryKey),
    'security.saveRecoveryKey': ({ recoveryKey }: InputOf<'security.saveRecoveryKey'>) =>
      world.keyCopies.save(recoveryKey),
    'security.printRecoveryKey': () => world.keyCopies.print(),
    'security.confirmRecoveryKey': confirmRecoveryKey,
    'security.leaveRecoveryKey': () => tell({ type: 'keyLeft' }),
    'security.unlock': (input: InputOf<'security.unlock'>) => tell({ type: 'unlockRequested', ...input }),
    'security.dismissReminder': dismissReminder,
  }
}
