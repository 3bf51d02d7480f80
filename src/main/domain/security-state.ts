// What is known of secure messages, what can happen, and what is to be done: the words that the machines of security.ts,
// new-key.ts, unlock.ts and verification.ts share.
import type { SetupState, SetupStateName } from '#contract/beeper/setup'
import type { Verification, VerificationAction } from '#contract/beeper/verification'
import type { InputOf } from '#contract/commands'
import type { Problem } from '#contract/problem'
import type { Peer } from '#contract/view-security'

/** Which way the person has chosen; `choose` shows what the server's state asks for. */
export type Door = InputOf<'security.openDoor'>['door']

/** What is known of the key before the new one, by the server's own clock, to see by its change that the new one counts. */
export interface KeyBefore {
  readonly isKept: boolean
  readonly madeAtMs?: number | undefined
}

/** A new recovery key was made and its confirmation is not known to have counted. Never the key itself. */
export interface NewKeyNote {
  readonly userID?: string | undefined
  readonly before: KeyBefore
  /** The confirmation was sent, and its answer never came. */
  readonly isSent: boolean
}

export interface KeyState {
  readonly phase: 'ask' | 'creating' | 'showing' | 'confirming' | 'confirmed'
  readonly problem: Problem | undefined
  /** What became of an earlier new key that was never confirmed here. */
  readonly unfinished: 'none' | 'nothing-changed' | 'unsure'
  /** The confirmation went out, and whether it arrived is not known. */
  readonly isSent: boolean
  readonly before: KeyBefore
  /** What the server said when it was begun, apart from states that only pass. */
  readonly begunIn: SetupStateName | undefined
  readonly sinceMs: number
}

export interface UnlockState {
  /** `accepted`: the server took the key, and its state does not show it yet. */
  readonly phase: 'ask' | 'checking' | 'accepted'
  readonly sinceMs: number
  readonly problem: Problem | undefined
}

/** Why the person ended a verification. */
export type Reason = InputOf<'security.cancelVerification'>['why']

/** The verification on the screen. */
export interface Shown {
  /** Absent while the server is being asked to open it. */
  readonly verification: Verification | undefined
  /** It was alive, and the server no longer tells of it. */
  readonly isGone: boolean
  readonly why: Reason | undefined
  /** The code of the other device was handed in. */
  readonly hasRead: boolean
  readonly isScanning: boolean
  readonly sinceMs: number
  /** The state of the setup when it came on the screen: what its end should change. */
  readonly begunIn: SetupStateName | undefined
  readonly problem: Problem | undefined
}

/** What is on its way to the server for a verification. */
export type Doing = 'request' | 'scan' | VerificationAction

export interface VerificationState {
  /** All that the server told of when it was read last, oldest first. */
  readonly list: readonly Verification[]
  readonly shown: Shown | undefined
  /** By verification ID; by the empty text for one that is being opened. */
  readonly doing: Readonly<Record<string, readonly Doing[]>>
  /** Answers to requests beside the screen that did not get through, by ID. */
  readonly failures: Readonly<Record<string, Problem>>
  /** Opened by this app, and not taken back by it. */
  readonly opened: readonly string[]
  /** Ended by the person, and the server took it; its list may show that a moment later. */
  readonly ended: readonly string[]
  /** Requests that the person has been told of. */
  readonly announced: readonly string[]
  /** Why none could be opened; shown at the doors. */
  readonly problem: Problem | undefined
}

export interface SecurityState {
  readonly isOn: boolean
  readonly setup: SetupState | undefined
  /** What it said last that was not only passing. */
  readonly settledIn: SetupStateName | undefined
  /** When the server was first seen in its present state, milliseconds since 1970; for showing elapsed time. */
  readonly sinceMs: number
  /** How often in a row the server has said that nobody is signed in, as often as a reading was due. */
  readonly signedOutReads: number
  /** A reading has been due since the last one. */
  readonly isDue: boolean
  readonly isOffline: boolean
  /** Events arrive by themselves, so reading can be rare. */
  readonly isListening: boolean
  readonly door: Door
  readonly key: KeyState
  readonly unlock: UnlockState
  readonly verifications: VerificationState
}

/** What a reading found. Without `verifications` only the setup was told, and the one that it names. */
export interface Reading {
  readonly setup: SetupState
  readonly verifications?: readonly Verification[] | undefined
  readonly atMs: number
}

export type VerificationEvent =
  | { readonly type: 'verificationRequested'; readonly atMs: number }
  | { readonly type: 'verificationPicked'; readonly verificationID: string; readonly atMs: number }
  | { readonly type: 'verificationAccepted'; readonly verificationID: string; readonly atMs: number }
  | { readonly type: 'emojiStarted'; readonly verificationID: string }
  | { readonly type: 'emojiConfirmed'; readonly verificationID: string; readonly emojis: readonly string[] }
  | { readonly type: 'scanConfirmed'; readonly verificationID: string }
  | { readonly type: 'verificationCancelled'; readonly verificationID: string; readonly why: Reason }
  | { readonly type: 'scannerMoved'; readonly isOpen: boolean }
  | { readonly type: 'codeScanned'; readonly data: string }
  | { readonly type: 'verificationLeft' }
  /** The server answered what was asked of it. `verificationID` is empty for one that was to be opened. */
  | {
      readonly type: 'verificationAnswered'
      readonly verificationID: string
      readonly doing: Doing
      /** Absent where the answer did not tell it. */
      readonly verification: Verification | undefined
      /** It was opened by this very request, and not found alive. */
      readonly isOpenedHere?: boolean
      readonly atMs: number
    }
  | {
      readonly type: 'verificationFailed'
      readonly verificationID: string
      readonly doing: Doing
      readonly problem: Problem
    }

export type KeyEvent =
  /** An earlier run left this note. */
  | { readonly type: 'newKeyFound'; readonly note: NewKeyNote }
  | { readonly type: 'keyRequested' }
  | { readonly type: 'keyCreated'; readonly atMs: number }
  | { readonly type: 'keyFailed'; readonly problem: Problem }
  | { readonly type: 'keyProved'; readonly recoveryKey: string }
  | { readonly type: 'keyNotProved' }
  | { readonly type: 'keyConfirmed'; readonly atMs: number }
  | { readonly type: 'keyLeft' }

export type UnlockEvent =
  | { readonly type: 'unlockRequested'; readonly recoveryKey: string; readonly isSure: boolean }
  | { readonly type: 'unlockFailed'; readonly problem: Problem }
  | { readonly type: 'unlocked'; readonly atMs: number }

export type SecurityEvent =
  | { readonly type: 'signedIn'; readonly setup: SetupState | undefined; readonly atMs: number }
  | { readonly type: 'signedOut' }
  /** The same sign-in with a better token. */
  | { readonly type: 'tokenReplaced' }
  | ({ readonly type: 'setupRead' } & Reading)
  | { readonly type: 'setupFailed'; readonly problem: Problem }
  | { readonly type: 'readDue' }
  | { readonly type: 'listeningStarted' }
  | { readonly type: 'changeHeard' }
  | { readonly type: 'listeningEnded' }
  /** The computer slept: what was under way may be long over. */
  | { readonly type: 'woken' }
  | { readonly type: 'doorOpened'; readonly door: Door }
  | VerificationEvent
  | KeyEvent
  | UnlockEvent

export type SecurityEffect =
  | { readonly type: 'read'; readonly areVerificationsWanted: boolean }
  | { readonly type: 'readIn'; readonly ms: number }
  /** Drops what is being read, and reads anew within 2 s. */
  | { readonly type: 'readAfresh' }
  | { readonly type: 'listen' }
  | { readonly type: 'stopListening' }
  | { readonly type: 'confirmKey'; readonly recoveryKey: string }
  /** Keeps, or takes away, the note that a new key is not confirmed. */
  | { readonly type: 'noteNewKey'; readonly note: NewKeyNote | undefined }
  | { readonly type: 'unlock'; readonly recoveryKey: string }
  | {
      readonly type: 'requestVerification'
      readonly userID: string | undefined
      /** Those that the person has turned down: they are not gone on with. */
      readonly except: readonly string[]
    }
  | {
      readonly type: 'act'
      readonly verificationID: string
      readonly action: Exclude<VerificationAction, 'cancel'>
    }
  | { readonly type: 'cancel'; readonly verificationID: string; readonly reason: 'user' | 'mismatch' }
  | { readonly type: 'scan'; readonly verificationID: string; readonly data: string }
  /** Another device asks. */
  | { readonly type: 'announce'; readonly verificationID: string; readonly peer: Peer }
  | { readonly type: 'withdraw'; readonly verificationID: string }

export type Next = readonly [SecurityState, readonly SecurityEffect[]]

export const freshKey: KeyState = {
  phase: 'ask',
  problem: undefined,
  unfinished: 'none',
  isSent: false,
  before: { isKept: false },
  begunIn: undefined,
  sinceMs: 0,
}

export const idleUnlock: UnlockState = { phase: 'ask', sinceMs: 0, problem: undefined }

export const noVerifications: VerificationState = {
  list: [],
  shown: undefined,
  doing: {},
  failures: {},
  opened: [],
  ended: [],
  announced: [],
  problem: undefined,
}

export const initial: SecurityState = {
  isOn: false,
  setup: undefined,
  settledIn: undefined,
  sinceMs: 0,
  signedOutReads: 0,
  isDue: true,
  isOffline: false,
  isListening: false,
  door: 'choose',
  key: freshKey,
  unlock: idleUnlock,
  verifications: noVerifications,
}

export const stay = (state: SecurityState): Next => [state, []]

/** Looks at what an answer has come to; also where nobody waits for it any more, because it has dropped a reading. */
export const readAgain: SecurityEffect = { type: 'read', areVerificationsWanted: false }
