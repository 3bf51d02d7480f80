// Secure messages: what the server says of encryption, and what a person can do about it here. The state shown is always
// the one that the server reports; an accepted key or a finished transaction proves nothing by itself.
import type { SetupState } from '#contract/beeper/setup'
import { isPassing, keyAfterReading, newKeyNext } from './new-key.ts'
import { idleUnlock, initial, stay } from './security-state.ts'
import type { KeyState, Next, Reading, SecurityEffect, SecurityEvent, SecurityState } from './security-state.ts'
import { unlockNext } from './unlock.ts'
import { isAboutSetup, isLive } from './verification-known.ts'
import { verificationsAfterReading } from './verification-reading.ts'
import { verificationNext } from './verification.ts'

/** [Note: how often to read] Every 2 s while a screen waits, 10 s in the background, 15 s where events arrive (semantics 3). */
export function readAfterMs(state: SecurityState): number {
  if (state.isOffline) return 2_000
  if (state.setup?.state === 'needs-login') return 2_000
  if (state.isListening) return 15_000
  const isWaiting = hasLive(state) || state.key.phase === 'confirmed'
  return state.setup?.state === 'ready' && !isWaiting ? 10_000 : 2_000
}

const hasLive = ({ verifications: { list, shown } }: SecurityState): boolean => shown !== undefined || list.some(isLive)

/** All verifications are worth reading where one is needed or known; elsewhere the setup names one that comes in. */
function read(state: SecurityState): SecurityEffect {
  return { type: 'read', areVerificationsWanted: isAboutSetup(state.setup?.state) || hasLive(state) }
}

function taken(state: SecurityState, setup: SetupState, atMs: number): SecurityState {
  const isSame = state.setup?.wireState === setup.wireState
  return {
    ...state,
    setup,
    settledIn: isPassing(setup) ? state.settledIn : setup.state,
    sinceMs: isSame ? state.sinceMs : atMs,
    // Events may ask for many readings in one moment; only as many as were due say that it lasts.
    signedOutReads: setup.state === 'needs-login' ? state.signedOutReads + (state.isDue ? 1 : 0) : 0,
    isDue: false,
    isOffline: false,
    // A state that has moved on has answered what was asked on its screen.
    unlock: isSame ? state.unlock : idleUnlock,
  }
}

function afterReading(state: SecurityState, reading: Reading): Next {
  const { setup, atMs } = reading
  const [keyed, forKey] = keyAfterReading(state, setup)
  const [now, forVerifications] = verificationsAfterReading(taken(keyed, setup, atMs), reading)
  return [now, [...forKey, ...forVerifications, { type: 'readIn', ms: readAfterMs(now) }]]
}

/** What becomes of a new key whose call went out with the old token. One that was made unheard was seen by nobody. */
function keyUnheard(key: KeyState): KeyState {
  if (key.phase === 'creating') return { ...key, phase: 'ask' }
  return key.phase === 'confirming' ? { ...key, phase: 'showing', problem: undefined } : key
}

/** Answers to what was asked with the old token are not heard: the person may ask once more. */
const unheard = (state: SecurityState): SecurityState => ({
  ...state,
  unlock: idleUnlock,
  key: keyUnheard(state.key),
  verifications: {
    ...state.verifications,
    doing: {},
    shown: state.verifications.shown?.verification === undefined ? undefined : state.verifications.shown,
  },
})

function doorOpened(state: SecurityState, door: SecurityState['door']): Next {
  const isBusy = state.key.phase === 'creating' || state.key.phase === 'confirming'
  if (isBusy) return stay(state)
  // Another way was chosen: what goes on at a verification goes on beside the screen.
  const { verifications, unlock } = state
  return stay({
    ...state,
    door,
    unlock: unlock.phase === 'checking' ? unlock : idleUnlock,
    verifications: { ...verifications, shown: undefined, problem: undefined },
  })
}

function listening(state: SecurityState, isListening: boolean): Next {
  return [{ ...state, isListening }, [read(state)]]
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
    const now = event.setup === undefined ? on : taken(on, event.setup, event.atMs)
    return [now, [read(now), { type: 'listen' }]]
  }
  if (!state.isOn) return stay(state)
  switch (event.type) {
    case 'signedOut': {
      const { announced } = state.verifications
      const gone = announced.map((verificationID) => ({ type: 'withdraw', verificationID }) as const)
      return [initial, [{ type: 'stopListening' }, ...gone]]
    }
    case 'setupRead':
      return afterReading(state, event)
    case 'setupFailed': {
      const now = { ...state, isOffline: true }
      return [now, [{ type: 'readIn', ms: readAfterMs(now) }]]
    }
    case 'readDue':
      return [{ ...state, isDue: true }, [read(state)]]
    case 'changeHeard':
      return [state, [read(state)]]
    case 'tokenReplaced':
      return [unheard(state), [{ type: 'listen' }, read(state)]]
    // Nothing is replayed, so what happened before the first event has to be read.
    case 'listeningStarted':
      return listening(state, true)
    case 'listeningEnded':
      return listening(state, false)
    case 'woken':
      return [{ ...state, isListening: false }, [{ type: 'listen' }, { type: 'readAfresh' }]]
    case 'doorOpened':
      return doorOpened(state, event.door)
    case 'newKeyFound':
    case 'keyRequested':
    case 'keyCreated':
    case 'keyFailed':
    case 'keyProved':
    case 'keyNotProved':
    case 'keyConfirmed':
    case 'keyLeft':
      return newKeyNext(state, event)
    case 'unlockRequested':
    case 'unlockFailed':
    case 'unlocked':
      return unlockNext(state, event)
    default:
      return verificationNext(state, event)
  }
}
