// Signing in: from a chosen Beeper to a sign-in that is kept. Pure; the engine does what the effects ask.
import { keychainShut, readKeychain, restore, restoring, unreachableNext } from './account-restore.ts'
import { authorise, code, email, register, unsaved } from './account-sign-in.ts'
import { at, stay } from './account-state.ts'
import type { AccountEvent, AccountState, Next, Phase } from './account-state.ts'

function signedIn(state: Phase<'signed-in'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'tokenRefused':
      return restore(at(state), undefined, true)
    // A keychain that was slow has kept the sign-in after all.
    case 'saved':
      return stay({ ...state, keptIn: 'keychain' })
    case 'signedIn':
      return stay({ ...state, keptIn: event.keptIn })
    default:
      return stay(state)
  }
}

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
    case 'email':
      return email(state, event)
    case 'code':
      return code(state, event)
    case 'register':
      return register(state, event)
    case 'authorise':
      return authorise(state, event)
    case 'unsaved':
      return unsaved(state, event)
    case 'signed-in':
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
      return readKeychain({ server: event.server, email: event.email }, event.hasMarker)
    case 'serverChosen':
      return restore({ server: event.server, email: event.email }, undefined, false)
    case 'left':
      return [{ phase: 'away' }, [{ type: 'stopConsent' }]]
    default:
      return inPhase(state, event)
  }
}
