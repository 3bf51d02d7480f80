// What the window may know of secure messages: verifications by another device, the recovery key, the details of encryption.
// A part of view.ts, which puts it on screens.
import type { Problem } from './problem.ts'
import type { NetworkView } from './view-connect.ts'

/** Who asks to be verified, or is asked; empty where the server does not say. */
export interface Peer {
  readonly userID: string
  readonly deviceID: string
  readonly deviceName: string
  /** A device of the person's own account. Without a word of the server it counts as somebody else's. */
  readonly isOwn: boolean
}

/** Where a verification stands, for the person. What can be done is only ever what the server lists as available. */
export type VerificationStage =
  /** The server is being asked to open one. */
  | { readonly at: 'requesting' }
  /** The other device asks, and waits for the person's yes. */
  | { readonly at: 'incoming'; readonly canAccept: boolean }
  /** This side asks, and the other device has to say yes. */
  | { readonly at: 'outgoing' }
  /** Both said yes: how is it to be done? Without any of the three ways there is none in common. */
  | {
      readonly at: 'choosing'
      readonly canCompare: boolean
      /** Our own code to draw, one character a byte. */
      readonly qr: string | undefined
      readonly canScan: boolean
      /** The scanner is open; only then may the window use a camera (WIN-4). */
      readonly isScanning: boolean
    }
  /** `canAnswer` is false once the person has answered: the other side has to answer too. */
  | {
      readonly at: 'comparing'
      readonly emojis: readonly string[]
      readonly decimals: readonly string[]
      readonly canAnswer: boolean
    }
  /** The other device has read our code, says the server; the person has to say that it did. */
  | { readonly at: 'scanned'; readonly canAnswer: boolean }
  /** We have read the code of the other device, which has to confirm. */
  | { readonly at: 'read' }
  /** The transaction is done, and the server's state does not show it yet. Never called a success. */
  | { readonly at: 'settling' }
  /** Done, and the server's state does not depend on it: another device was verified from here. */
  | { readonly at: 'done' }
  | {
      readonly at: 'ended'
      readonly why:
        | 'mismatch'
        | 'mismatch-there'
        | 'not-me'
        | 'not-scanned'
        | 'cancelled'
        | 'cancelled-there'
        | 'answered-elsewhere'
        | 'timed-out'
        | 'no-common-way'
        | 'gone'
        | 'error'
      /** The server's own reason, empty where it has none. */
      readonly says: string
    }
  /** A state nobody knows yet. */
  | { readonly at: 'unknown'; readonly wireState: string }

export interface VerificationView {
  /** Empty while the server is being asked to open it. */
  readonly verificationID: string
  readonly stage: VerificationStage
  readonly peer: Peer
  readonly canCancel: boolean
  /** Something that was clicked is on its way. */
  readonly isBusy: boolean
  readonly problem: Problem | undefined
  /** Since when it has stood there, Unix milliseconds. */
  readonly sinceMs: number
}

/** A verification that is not on the screen: somebody asks, or one goes on beside it. */
export interface RequestView {
  readonly verificationID: string
  readonly kind: 'asks' | 'running'
  readonly peer: Peer
  readonly isBusy: boolean
  /** Why the last answer to it did not get through. */
  readonly problem: Problem | undefined
}

/** What the server says of encryption, as the API spells it; for the details panel. */
export interface EncryptionView {
  readonly wireState: string
  readonly userID: string
  readonly flags: Readonly<Record<EncryptionFlag, boolean>>
  readonly keyMadeAtMs: number | undefined
}

export type EncryptionFlag =
  | 'initialized'
  | 'secretStorage'
  | 'crossSigning'
  | 'verified'
  | 'secrets.masterKey'
  | 'secrets.selfSigningKey'
  | 'secrets.userSigningKey'
  | 'secrets.megolmBackupKey'
  | 'secrets.recoveryKey'
  | 'keyBackup'
  | 'firstSyncDone'
  | 'hasBackedUpRecoveryKey'

/** A network that a new recovery key concerns. */
export interface AffectedNetwork {
  readonly name: string
  readonly type: string
  readonly group: NetworkView['group']
  readonly accountNames: readonly string[]
}

/** Where the recovery key that the person typed stands. `accepted`: taken, and the server's state does not show it yet. */
export interface UnlockView {
  readonly phase: 'ask' | 'checking' | 'accepted'
  /** Since when it has stood there, Unix milliseconds. */
  readonly sinceMs: number
  readonly problem: Problem | undefined
}
