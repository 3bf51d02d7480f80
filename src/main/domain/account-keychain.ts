// The keychain before and after a sign-in: tried before anything is asked, and what to do when it does not keep a token.
import type { Problem } from '#contract/problem'
import { askAddress, askPermission } from './account-sign-in.ts'
import { at, stay } from './account-state.ts'
import type { AccountEvent, At, Next, PermissionReason, Phase } from './account-state.ts'
import { arrive, arrived } from './account-signed-in.ts'

const waits: Problem = { code: 'keychain.locked', retry: 'now' }

/** Goes on to the first question, by way of the keychain unless nothing will be kept in it. */
export function tryKeychain(place: At, then: 'email' | PermissionReason): Next {
  if (place.server.isDemo || place.keeps === 'this-run') return goOn(place, then)
  return [
    { ...place, phase: 'probing', then, isBusy: true, problem: undefined },
    // The wait replaces that for the server: what took long before says nothing of the keychain.
    [
      { type: 'probeKeychain', server: place.server },
      { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
    ],
  ]
}

const goOn = (place: At, then: 'email' | PermissionReason): Next =>
  then === 'email' ? askAddress(place) : askPermission(place, then)

export function probing(state: Phase<'probing'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'keychainProved':
      return goOn(at(state), state.then)
    case 'grewSlow':
      return stay(state.isBusy ? { ...state, problem: waits } : state)
    case 'keychainFailed':
      return stay({ ...state, isBusy: false, problem: event.problem })
    case 'keychainRetried':
      return [{ ...state, isBusy: true }, [{ type: 'probeKeychain', server: state.server }]]
    case 'keptForThisRun':
      return goOn({ ...at(state), keeps: 'this-run' }, state.then)
    default:
      return arrived(at(state), event) ?? stay(state)
  }
}

export function unsaved(state: Phase<'unsaved'>, event: AccountEvent): Next {
  const { server, credentials } = state
  switch (event.type) {
    case 'keychainRetried':
      return [{ ...state, isBusy: true }, [{ type: 'save', server, credentials }]]
    case 'keychainFailed':
    case 'refused':
      return stay({ ...state, isBusy: false, problem: event.problem })
    case 'saved':
      return arrive(at(state), credentials, 'keychain')
    case 'keptForThisRun': {
      const [next, effects] = arrive({ ...at(state), keeps: 'this-run' }, credentials, 'this-run')
      return [next, [{ type: 'rememberForThisRun', server, credentials }, ...effects]]
    }
    default:
      return arrived(at(state), event) ?? stay(state)
  }
}
