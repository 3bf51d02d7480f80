// All that the window may know, as one plain value. Main builds it, the window mirrors and draws it. No secret is ever
// part of it: tokens stay in main, and the recovery key travels once, as a command's answer.
// The one live code that it does carry is the picture to scan, because the person must see it.
import type { Problem } from './problem.ts'
import type { AccountStatus, ConnectionView, NetworkView, RunningView } from './view-connect.ts'
import type { AffectedNetwork, EncryptionView, RequestView, UnlockView, VerificationView } from './view-security.ts'

export type ChapterName = 'find' | 'sign-in' | 'secure' | 'connect'

export interface Chapter {
  readonly name: ChapterName
  /** `background`: goes on by itself while the person is elsewhere (first sync). */
  readonly status: 'done' | 'current' | 'background' | 'ahead'
}

/** Where a person wants to be. Only a wish: `domain/place.ts` answers it with a screen. */
export type Place =
  | { readonly at: 'go-on' }
  | { readonly at: 'find' }
  | { readonly at: 'connect' }
  | { readonly at: 'connection'; readonly connectionID: string }
  | { readonly at: 'home' }
  | { readonly at: 'settings' }

/** What a probe finds. */
export interface FoundBeeper {
  /** `http://127.0.0.1:23373`; also its identity in commands. */
  readonly origin: string
  readonly name: string
  readonly version: string
  readonly kind: 'desktop' | 'server' | 'other'
  /** `signed-in`: somebody is signed in there, and this app has no sign-in of its own yet. */
  readonly state: 'signed-out' | 'signed-in' | 'too-old' | 'not-beeper'
}

/** One row of the list of servers: found just now, remembered, or both. */
export interface BeeperView {
  readonly origin: string
  /** As the person named it, else as it calls itself; empty for a stranger. */
  readonly name: string
  readonly version: string
  readonly kind: FoundBeeper['kind']
  /**
   * `looking`: remembered, and not asked yet. `refused`: it does not answer, `problem` says why. `ready`: signed in, and this
   * app holds a sign-in for it.
   */
  readonly state: FoundBeeper['state'] | 'looking' | 'refused' | 'ready'
  readonly isRemembered: boolean
  /** On another computer. */
  readonly isRemote: boolean
  readonly problem: Problem | undefined
}

/** Something that is under way on a screen that stays usable meanwhile. */
export interface Task {
  readonly isBusy: boolean
  readonly problem: Problem | undefined
}

export interface AccountView {
  readonly accountID: string
  readonly networkName: string
  readonly networkType: string
  readonly name: string
  readonly status: AccountStatus
  /** The server's own sentence; empty when it has none. */
  readonly statusText: string
}

export type Screen =
  /** Launch with a saved sign-in. `isSlow`: the keychain or Beeper has not answered for 3 s. */
  | { readonly name: 'starting'; readonly waitsFor: 'keychain' | 'beeper'; readonly isSlow: boolean }
  | {
      readonly name: 'find'
      readonly beepers: readonly BeeperView[]
      readonly isLooking: boolean
      /** The origin that was picked and is being opened. */
      readonly opening: string | undefined
      /** The origin on another computer that waits for the person's yes. */
      readonly asking: string | undefined
      /** The origin that is being forgotten. */
      readonly forgetting: string | undefined
      readonly isDemoStarting: boolean
      readonly problem: Problem | undefined
    }
  /** The Beeper of the saved sign-in does not answer; it is tried again by itself. */
  | { readonly name: 'unreachable'; readonly origin: string; readonly problem: Problem }
  | { readonly name: 'email'; readonly email: string; readonly isBusy: boolean; readonly problem: Problem | undefined }
  | {
      readonly name: 'code'
      readonly email: string
      readonly busy: 'no' | 'checking' | 'sending'
      /** How many mails went out for this address; the countdown of `resendAfterMs` starts anew with each. */
      readonly sentCount: number
      readonly canResend: boolean
      readonly resendAfterMs: number
      readonly problem: Problem | undefined
    }
  | {
      readonly name: 'register'
      readonly title: string
      readonly usernamePlaceholder: string
      readonly submitLabel: string
      readonly terms: string
      readonly suggestions: readonly string[]
      readonly isBusy: boolean
      readonly problem: Problem | undefined
    }
  /** Somebody is signed in to this Beeper already: permission is given in the browser. */
  | {
      readonly name: 'authorise'
      /** `checking`: a token that was pasted is being checked. */
      readonly phase: 'ask' | 'waiting' | 'finishing' | 'checking'
      /** `first`: there is no sign-in yet, or it no longer counts. `scope`, `expiring`: there is one, to be replaced by a better one. */
      readonly reason: 'first' | 'expired' | 'scope' | 'expiring'
      readonly beeperName: string
      readonly problem: Problem | undefined
    }
  /** The keychain does not work: tried beforehand, when the sign-in was to be saved, or when a saved one was to be read. */
  | {
      readonly name: 'keychain'
      readonly during: 'probe' | 'save' | 'read'
      readonly isBusy: boolean
      readonly problem: Problem
    }
  /** The server is not ready to be asked anything. `wireState` is what it calls its state. */
  | { readonly name: 'preparing'; readonly wireState: string; readonly sinceMs: number }
  /** The doors: another device, the recovery key, or a new key. */
  | { readonly name: 'verify'; readonly problem: Problem | undefined }
  | {
      readonly name: 'verification'
      readonly verification: VerificationView
      /** This device is not trusted yet, so the recovery key and a new key are other ways on. */
      readonly hasOtherDoors: boolean
    }
  | {
      readonly name: 'recovery-key'
      /** `first`: there is none yet. `reset`: it replaces one that is lost. `backup`: messages are open, and no key is kept. */
      readonly reason: 'first' | 'reset' | 'backup'
      /**
       * `showing`: the window holds the key that the command answered. Without it (after a reload) it must ask anew.
       * `confirmed`: taken, and the server's state does not show it yet.
       */
      readonly phase: 'ask' | 'creating' | 'showing' | 'confirming' | 'confirmed'
      /** What became of an earlier new key that was never confirmed here. */
      readonly unfinished: 'none' | 'nothing-changed' | 'unsure'
      /** The connected networks and what they are; empty with `first`. */
      readonly networks: readonly AffectedNetwork[]
      readonly networksStatus: 'loading' | 'loaded' | 'failed'
      /** Whether the person may go elsewhere instead. */
      readonly canLeave: boolean
      readonly sinceMs: number
      readonly problem: Problem | undefined
    }
  /** The recovery key, as the way to verify this device. */
  | { readonly name: 'unlock'; readonly unlock: UnlockView }
  /** Trusted, and the keys of the messages are missing: from the recovery key, or from another device by itself. */
  | {
      readonly name: 'secrets'
      readonly unlock: UnlockView
      readonly sinceMs: number
      readonly problem: Problem | undefined
    }
  | { readonly name: 'first-sync'; readonly sinceMs: number }
  | {
      readonly name: 'connect'
      readonly status: 'loading' | 'loaded' | 'failed'
      readonly networks: readonly NetworkView[]
      readonly problem: Problem | undefined
      /** Whether the way on leads to Home, with or without a connected account. */
      readonly connectedCount: number
      readonly isSyncing: boolean
    }
  | { readonly name: 'connection'; readonly connection: ConnectionView }
  | {
      readonly name: 'home'
      readonly userID: string
      readonly status: 'loading' | 'loaded' | 'failed'
      readonly accounts: readonly AccountView[]
      readonly problem: Problem | undefined
      readonly security: 'ready' | 'syncing' | 'needs-you' | 'unknown'
      readonly isKeyBackedUp: boolean
      /** The reminder to keep a recovery key, until it is put away. */
      readonly isKeyReminderShown: boolean
      readonly keptIn: 'keychain' | 'this-run'
      /** When the permission runs out, in Unix milliseconds, once that is near. */
      readonly expiresAtMs: number | undefined
    }
  | {
      readonly name: 'settings'
      readonly userID: string
      readonly keptIn: 'keychain' | 'this-run'
      /** Signed in by this app, by permission in the browser, or with a pasted token. */
      readonly source: 'account' | 'oauth' | 'manual'
      readonly isRemote: boolean
      /** Unix milliseconds; absent when the server named no end. */
      readonly expiresAtMs: number | undefined
      /** Moving the sign-in into the keychain. */
      readonly keeping: Task
      readonly signingOut: Task
      /** Whether the window is kept out of screenshots and shared screens while a key or code shows (ONE-4). */
      readonly isContentProtected: boolean
    }

export type ScreenName = Screen['name']
export type ScreenOf<Name extends ScreenName> = Extract<Screen, { readonly name: Name }>

export interface View {
  /** The four chapters of the first run; empty once they are behind. */
  readonly chapters: readonly Chapter[]
  readonly screen: Screen
  /** The Beeper in use. */
  readonly beeper:
    | {
        readonly origin: string
        readonly name: string
        readonly version: string
        /** On another computer. */
        readonly isRemote: boolean
      }
    | undefined
  readonly isDemo: boolean
  /** The Beeper in use stopped answering; what is shown may be old. */
  readonly isOffline: boolean
  readonly appVersion: string
  /** Other devices that ask, and verifications beside the one on the screen; newest first. */
  readonly requests: readonly RequestView[]
  readonly encryption: EncryptionView | undefined
  /** Connections that are under way, or that ended and were not seen yet; in the order in which they were opened. */
  readonly running: readonly RunningView[]
  /** The person's language, BCP 47 such as `pt-BR`; for names that come in more languages than our words. */
  readonly language: string
  /** For words that name a part of the system. */
  readonly system: 'mac' | 'windows' | 'linux'
}

/** A View with its place in the order of publication; the higher revision wins. */
export interface PublishedView {
  readonly rev: number
  readonly view: View
}
