// Signing in: from a chosen Beeper to a sign-in that is kept. Pure; the engine does what the effects ask.
import { probing, unsaved } from './account-keychain.ts'
import { keychainShut, readKeychain, restore, restoring, unreachableNext } from './account-restore.ts'
import { authorise, code, email, register } from './account-sign-in.ts'
import { signedIn } from './account-signed-in.ts'
import { at, stay } from './account-state.ts'
import type { AccountEvent, AccountState, Kept, Next, Phase } from './account-state.ts'

/** What is known of a sign-in without its token, which is not used any more. */
const known = ({ credentials: { source, expiresAtMs } }: Phase<'signed-in'>): Kept => ({ source, expiresAtMs })

function inPhase(state: AccountState, event: AccountEvent): Next {
  switch (state.phase) {
    case 'away':
      return stay(state)
    case 'restoring':
      return restoring(state, event)
    case 'unreachable':
      return unreachableNext(state, event)
    case 'keychain-shut':
      return keychainShut(state, event)
    case 'probing':
      return probing(state, event)
    case 'email':
      return event.type === 'checkedAgain' && !state.isBusy ? restore(at(state)) : email(state, event)
    case 'code':
      return code(state, event)
    case 'register':
      return register(state, event)
    case 'authorise':
      return event.type === 'checkedAgain' && state.step === 'ask' ? restore(at(state)) : authorise(state, event)
    case 'unsaved':
      return unsaved(state, event)
    case 'signed-in':
      if (event.type === 'tokenRefused') return restore(at(state), { kept: known(state) })
      if (event.type === 'expired') return restore(at(state), { kept: known(state), hasExpired: true })
      return signedIn(state, event)
  }
}

/**
 * The account machine.
 * @param state where it stands
 * @param event what happened
 * @returns the next state and what is to be done; the same state when the event says nothing there
 */
export function next(state: AccountState, event: AccountEvent): Next {
  switch (event.type) {
    case 'launched':
      return readKeychain({ server: event.server, email: event.email, keeps: 'keychain' }, event.kept)
    case 'serverChosen':
      return restore({ server: event.server, email: event.email, keeps: 'keychain' })
    case 'left':
      return [{ phase: 'away' }, [{ type: 'stopConsent' }]]
    default:
      return inPhase(state, event)
  }
}

/** Whether the same sign-in has another token than before. */
export const isRenewed = (state: AccountState, before: AccountState): boolean =>
  state.phase === 'signed-in' && before.phase === 'signed-in' && state.credentials.token !== before.credentials.token
