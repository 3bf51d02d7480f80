// The recovery key that the person has: read before it is sent, and believed to have opened anything only when the server's
// state says so.
import { readRecoveryKey } from '#contract/recovery-key'
import { readAgain, stay } from './security-state.ts'
import type { Next, SecurityState, UnlockEvent } from './security-state.ts'
import { isAboutSetup } from './verification-known.ts'

/**
 * The part of the security machine that opens messages with a key. The key itself only passes through.
 * @param state where it stands
 * @param event what happened
 */
export function unlockNext(state: SecurityState, event: UnlockEvent): Next {
  const { unlock } = state
  switch (event.type) {
    case 'unlockRequested': {
      // Only where a screen asks for it: a key is not sent elsewhere.
      if (unlock.phase === 'checking' || !isAboutSetup(state.setup?.state)) return stay(state)
      const typed = readRecoveryKey(event.recoveryKey)
      if (!typed.isKey && (!event.isSure || typed.recoveryKey === '')) {
        const problem = { code: 'security.not-a-key', retry: 'now' } as const
        return stay({ ...state, unlock: { ...unlock, phase: 'ask', problem } })
      }
      return [
        { ...state, unlock: { ...unlock, phase: 'checking', problem: undefined } },
        [{ type: 'unlock', recoveryKey: typed.recoveryKey }],
      ]
    }
    case 'unlockFailed':
      // Whoever waits no longer has dropped a reading for this answer.
      if (unlock.phase !== 'checking') return [state, [readAgain]]
      // Whether a key whose answer got lost was taken is told by the state.
      return [{ ...state, unlock: { ...unlock, phase: 'ask', problem: event.problem } }, [readAgain]]
    case 'unlocked':
      if (unlock.phase !== 'checking') return [state, [readAgain]]
      return [{ ...state, unlock: { phase: 'accepted', sinceMs: event.atMs, problem: undefined } }, [readAgain]]
  }
}
