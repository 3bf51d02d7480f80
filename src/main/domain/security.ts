// Secure messages: what the server says of encryption, and the two things a person can do about it here. The state shown
// is always the one that the server reports; an accepted key or a finished reset proves nothing by itself.
import type { SetupState } from '#contract/beeper/setup'
import type { Problem } from '#contract/problem'

export interface KeyState {
  readonly phase: 'ask' | 'creating' | 'showing' | 'confirming'
  readonly problem: Problem | undefined
}

export interface SecurityState {
  readonly isOn: boolean
  readonly setup: SetupState | undefined
  /** When the server was first seen in its present state, milliseconds since 1970; for showing elapsed time. */
  readonly sinceMs: number
  /** How often in a row the server has said that nobody is signed in. */
  readonly signedOutReads: number
  readonly isOffline: boolean
  /** Events arrive by themselves, so reading can be rare. */
  readonly isListening: boolean
  readonly key: KeyState
  readonly unlock: { readonly isBusy: boolean; readonly problem: Problem | undefined }
}

export type SecurityEvent =
  | { readonly type: 'signedIn'; readonly setup: SetupState | undefined; readonly atMs: number }
  | { readonly type: 'signedOut' }
  /** The same sign-in with a better token. */
  | { readonly type: 'tokenReplaced' }
  | { readonly type: 'setupRead'; readonly setup: SetupState; readonly atMs: number }
  | { readonly type: 'setupFailed'; readonly problem: Problem }
  | { readonly type: 'readDue' }
  | { readonly type: 'listeningStarted' }
  | { readonly type: 'listeningEnded' }
  | { readonly type: 'keyRequested' }
  | { readonly type: 'keyCreated' }
  | { readonly type: 'keyFailed'; readonly problem: Problem }
  | { readonly type: 'keyProved'; readonly recoveryKey: string }
  | { readonly type: 'keyNotProved' }
  | { readonly type: 'unlockRequested'; readonly recoveryKey: string }
  | { readonly type: 'unlockFailed'; readonly problem: Problem }
  | { readonly type: 'unlocked'; readonly setup: SetupState; readonly atMs: number }

export type SecurityEffect =
  | { readonly type: 'read' }
  | { readonly type: 'readIn'; readonly ms: number }
  | { readonly type: 'listen' }
  | { readonly type: 'stopListening' }
  | { readonly type: 'confirmKey'; readonly recoveryKey: string }
  | { readonly type: 'unlock'; readonly recoveryKey: string }

type Next = readonly [SecurityState, readonly SecurityEffect[]]

const freshKey: KeyState = { phase: 'ask', problem: undefined }
const idleUnlock = { isBusy: false, problem: undefined }

export const initial: SecurityState = {
  isOn: false,
  setup: undefined,
  sinceMs: 0,
  signedOutReads: 0,
  isOffline: false,
  isListening: false,
  key: freshKey,
  unlock: idleUnlock,
}

/** [Note: how often to read] Every 2 s while a screen waits, 10 s in the background, 15 s where events arrive (semantics 3). */
export function readAfterMs(state: SecurityState): number {
  if (state.isOffline) return 2_000
  if (state.setup?.state === 'needs-login') return 2_000
  if (state.isListening) return 15_000
  return state.setup?.state === 'ready' ? 10_000 : 2_000
}

const stay = (state: SecurityState): Next => [state, []]

function read(state: SecurityState, setup: SetupState, atMs: number): SecurityState {
  const isSame = state.setup?.wireState === setup.wireState
  return {
    ...state,
    setup,
    sinceMs: isSame ? state.sinceMs : atMs,
    signedOutReads: setup.state === 'needs-login' ? state.signedOutReads + 1 : 0,
    isOffline: false,
    // A state that has moved on has answered what was asked on its screen.
    key: isSame ? state.key : freshKey,
    unlock: isSame ? state.unlock : idleUnlock,
  }
}

/** Answers to what was asked with the old token are not heard: the person may ask once more. */
const unheard = (state: SecurityState): SecurityState => ({
  ...state,
  unlock: idleUnlock,
  key: state.key.phase === 'confirming' ? { phase: 'showing', problem: undefined } : state.key,
})

function keyNext(state: SecurityState, event: SecurityEvent): Next {
  switch (event.type) {
    case 'keyRequested':
      return stay({ ...state, key: { phase: 'creating', problem: undefined } })
    case 'keyCreated':
      return stay({ ...state, key: { phase: 'showing', problem: undefined } })
    case 'keyNotProved':
      return stay({ ...state, key: { phase: 'showing', problem: { code: 'security.copy-not-proved', retry: 'now' } } })
    case 'keyFailed':
      // A key that is on the screen stays there: only making one, not adopting one, starts over.
      return stay({
        ...state,
        key: { phase: state.key.phase === 'creating' ? 'ask' : 'showing', problem: event.problem },
      })
    case 'keyProved':
      if (state.key.phase !== 'showing') return stay(state)
      return [
        { ...state, key: { phase: 'confirming', problem: undefined } },
        [{ type: 'confirmKey', recoveryKey: event.recoveryKey }],
      ]
    default:
      return unlockNext(state, event)
  }
}

function unlockNext(state: SecurityState, event: SecurityEvent): Next {
  switch (event.type) {
    case 'unlockRequested':
      if (state.unlock.isBusy) return stay(state)
      return [
        { ...state, unlock: { isBusy: true, problem: undefined } },
        [{ type: 'unlock', recoveryKey: event.recoveryKey }],
      ]
    case 'unlockFailed':
      return stay({ ...state, unlock: { isBusy: false, problem: event.problem } })
    case 'unlocked':
      return [{ ...read(state, event.setup, event.atMs), unlock: idleUnlock }, [{ type: 'read' }]]
    default:
      return stay(state)
  }
}

/**
 * The machine of secure messages.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done
 */
export function next(state: SecurityState, event: SecurityEvent): Next {
  if (event.type === 'signedIn') {
    const on = { ...initial, isOn: true }
    return [event.setup === undefined ? on : read(on, event.setup, event.atMs), [{ type: 'read' }, { type: 'listen' }]]
  }
  if (!state.isOn) return stay(state)
  switch (event.type) {
    case 'signedOut':
      return [initial, [{ type: 'stopListening' }]]
    case 'setupRead': {
      const now = read(state, event.setup, event.atMs)
      return [now, [{ type: 'readIn', ms: readAfterMs(now) }]]
    }
    case 'setupFailed': {
      const now = { ...state, isOffline: true }
      return [now, [{ type: 'readIn', ms: readAfterMs(now) }]]
    }
    case 'readDue':
      return [state, [{ type: 'read' }]]
    case 'tokenReplaced':
      return [unheard(state), [{ type: 'listen' }, { type: 'read' }]]
    case 'listeningStarted':
      // Nothing is replayed, so what happened before the first event has to be read.
      return [{ ...state, isListening: true }, [{ type: 'read' }]]
    case 'listeningEnded':
      return [{ ...state, isListening: false }, [{ type: 'read' }]]
    default:
      return keyNext(state, event)
  }
}
