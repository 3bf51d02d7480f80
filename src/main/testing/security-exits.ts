// What a person can do on each screen of secure messages: the buttons, and which of them lead on. A screen or stage without an
// entry does not compile.
import type { Screen } from '#contract/view'
import type { VerificationStage, VerificationView } from '#contract/view-security'
import type { SecurityEffect, SecurityEvent } from '../domain/security-state.ts'
import { secrets } from './samples.ts'

/** A button that is drawn, and what it must set off. */
export interface Pressed {
  readonly event: SecurityEvent
  readonly effect: SecurityEffect['type']
}

export interface Exits {
  /** One of these must be taken. */
  readonly leads: readonly SecurityEvent[]
  /** It goes by itself, as long as the server is read. */
  readonly isPassing: boolean
  /** What is offered works, whether it leads on or not. */
  readonly buttons: readonly Pressed[]
}

const atMs = 7
const leave: SecurityEvent = { type: 'verificationLeft' }
const passing: Exits = { leads: [], isPassing: true, buttons: [] }
const scanner: SecurityEvent = { type: 'scannerMoved', isOpen: true }
const door = (to: 'choose' | 'key' | 'new-key'): SecurityEvent => ({ type: 'doorOpened', door: to })
const ask: SecurityEvent = { type: 'verificationRequested', atMs }
const unlock: SecurityEvent = { type: 'unlockRequested', recoveryKey: secrets.recoveryKey, isSure: true }

type Offered<At extends VerificationStage['at']> = (
  stage: Extract<VerificationStage, { readonly at: At }>,
  verificationID: string,
) => readonly Pressed[]

const act = (event: SecurityEvent): Pressed => ({ event, effect: 'act' })
const none = (): readonly Pressed[] => []

const offered: { readonly [At in VerificationStage['at']]: Offered<At> } = {
  requesting: none,
  incoming: ({ canAccept }, verificationID) =>
    canAccept ? [act({ type: 'verificationAccepted', verificationID, atMs })] : [],
  outgoing: none,
  choosing: ({ canCompare, isScanning }, verificationID) => [
    ...(canCompare ? [act({ type: 'emojiStarted', verificationID })] : []),
    ...(isScanning ? [{ event: { type: 'codeScanned', data: 'MATRIX' }, effect: 'scan' } as const] : []),
  ],
  comparing: ({ canAnswer, decimals, emojis }, verificationID) =>
    canAnswer ? [act({ type: 'emojiConfirmed', verificationID, emojis: emojis.length > 0 ? emojis : decimals })] : [],
  scanned: ({ canAnswer }, verificationID) => (canAnswer ? [act({ type: 'scanConfirmed', verificationID })] : []),
  read: none,
  settling: none,
  done: none,
  ended: none,
  unknown: none,
}

function buttonsOf({ canCancel, isBusy, stage, verificationID }: VerificationView): readonly Pressed[] {
  if (isBusy) return []
  // The register pairs each name with its own stage; a lookup by a union of names cannot say so.
  const own = offered[stage.at] as Offered<VerificationStage['at']>
  const cancel = {
    event: { type: 'verificationCancelled', verificationID, why: 'cancelled' },
    effect: 'cancel',
  } as const
  return [...own(stage, verificationID), ...(canCancel ? [cancel] : [])]
}

/** Elsewhere in the app other machines have the way on. */
const elsewhere = (): Exits => passing

const exits: { readonly [Name in Screen['name']]: (screen: Extract<Screen, { readonly name: Name }>) => Exits } = {
  starting: elsewhere,
  preparing: () => ({ leads: [{ type: 'readDue' }], isPassing: true, buttons: [] }),
  verify: () => ({
    leads: [ask, door('key'), door('new-key')],
    isPassing: false,
    // A request may be under way from before; then the door leads to what came of it.
    buttons: [],
  }),
  // It can always be left alone, whatever the server lets one do with it.
  verification: ({ verification }) => ({
    leads: verification.stage.at === 'choosing' ? [leave, scanner] : [leave],
    isPassing: false,
    buttons: buttonsOf(verification),
  }),
  'recovery-key': ({ canLeave, phase }) => {
    const on: Readonly<Record<typeof phase, readonly SecurityEvent[]>> = {
      ask: [{ type: 'keyRequested' }],
      creating: [],
      showing: [{ type: 'keyProved', recoveryKey: secrets.recoveryKey }],
      confirming: [],
      confirmed: [],
    }
    // An answer is on its way, which comes or runs into its limit.
    const isPassing = phase === 'creating' || phase === 'confirming'
    return { leads: [...on[phase], ...(canLeave ? [{ type: 'keyLeft' } as const] : [])], isPassing, buttons: [] }
  },
  unlock: ({ unlock: { phase } }) => ({
    leads: [door('choose')],
    isPassing: false,
    buttons: phase === 'checking' ? [] : [{ event: unlock, effect: 'unlock' }],
  }),
  secrets: ({ unlock: { phase } }) => ({
    leads: [ask, door('new-key')],
    isPassing: false,
    buttons: phase === 'checking' ? [] : [{ event: unlock, effect: 'unlock' }],
  }),
  'first-sync': elsewhere,
  find: elsewhere,
  unreachable: elsewhere,
  email: elsewhere,
  code: elsewhere,
  register: elsewhere,
  authorise: elsewhere,
  keychain: elsewhere,
  connect: elsewhere,
  connection: elsewhere,
  home: elsewhere,
  settings: elsewhere,
}

/** What can be done on a screen. */
export function exitsOf(screen: Screen): Exits {
  // As above: a lookup by a union of names.
  const of = exits[screen.name] as (screen: Screen) => Exits
  return of(screen)
}

/** What can be clicked on a screen. */
export function clicksOn(screen: Screen): readonly SecurityEvent[] {
  const { buttons, leads } = exitsOf(screen)
  return [...leads, ...buttons.map(({ event }) => event)]
}
