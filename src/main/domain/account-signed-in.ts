// Signed in: a better permission asked for in time, a sign-in moved into the keychain, and the way out.
import type { Problem } from '#contract/problem'
import { stay } from './account-state.ts'
import type { AccountEffect, AccountEvent, At, Credentials, KeptIn, Next, Phase, Renewal } from './account-state.ts'

type SignedIn = Phase<'signed-in'>

const idle = { isBusy: false, problem: undefined } as const

const watch = (server: At['server'], { expiresAtMs }: Credentials): readonly AccountEffect[] =>
  expiresAtMs === undefined ? [] : [{ type: 'watchExpiry', server, expiresAtMs }]

const waits: Problem = { code: 'keychain.locked', retry: 'now' }

/** Where every way to a sign-in ends. */
export function arrive(place: At, credentials: Credentials, keptIn: KeptIn): Next {
  const fresh = { isExpiring: false, renewal: undefined, hasPutOff: false, keeping: idle, signingOut: idle }
  return [{ ...place, phase: 'signed-in', credentials, keptIn, ...fresh }, watch(place.server, credentials)]
}

const unsavedWith = (place: At, credentials: Credentials, problem: Problem, isBusy: boolean): Next =>
  stay({ ...place, phase: 'unsaved', credentials, problem, isBusy })

/** The ends that a sign-in has in every phase that waits for one. */
export function arrived(place: At, event: AccountEvent): Next | undefined {
  switch (event.type) {
    case 'signedIn':
      return arrive(place, event.credentials, event.keptIn)
    case 'signedInUnsaved':
      return unsavedWith(place, event.credentials, event.problem, false)
    case 'keychainGrewSlow':
      return unsavedWith(place, event.credentials, waits, true)
    default:
      return undefined
  }
}

const startRenewal = (state: SignedIn, renewal: Renewal): SignedIn => ({ ...state, renewal })

/** A permission that is asked for anew. The one there is counts until the new one is there (KEY-6). */
function renewing(state: SignedIn, renewal: Renewal, event: AccountEvent): Next {
  const { server, keeps } = state
  switch (event.type) {
    case 'consentRequested':
      if (renewal.step === 'finishing' || renewal.step === 'checking') return stay(state)
      return [
        startRenewal(state, { ...renewal, step: 'waiting', problem: undefined }),
        [{ type: 'askConsent', server, keeps }],
      ]
    case 'tokenSubmitted':
      if (renewal.step === 'finishing' || renewal.step === 'checking') return stay(state)
      return [
        startRenewal(state, { ...renewal, step: 'checking', problem: undefined }),
        [{ type: 'stopConsent' }, { type: 'checkToken', server, keeps, token: event.token }],
      ]
    case 'consentGiven':
      return stay(startRenewal(state, { ...renewal, step: 'finishing' }))
    case 'consentFailed':
    case 'refused':
      return [
        event.problem === undefined
          ? { ...state, renewal: undefined, hasPutOff: true }
          : startRenewal({ ...state, keeping: idle }, { ...renewal, step: 'ask', problem: event.problem }),
        [{ type: 'stopConsent' }],
      ]
    case 'scopeMissing':
      return stay(state)
    case 'keychainGrewSlow':
      return settled(startRenewal(state, { ...renewal, problem: waits }), event)
    default:
      return settled(state, event)
  }
}

function replaced(state: SignedIn, credentials: Credentials, keptIn: KeptIn, problem?: Problem): Next {
  const known = { ...credentials, userID: credentials.userID ?? state.credentials.userID }
  const fresh = { isExpiring: false, renewal: undefined, hasPutOff: false, keeping: { isBusy: false, problem } }
  const keeps = keptIn === 'keychain' ? keptIn : state.keeps
  const held: readonly AccountEffect[] =
    problem === undefined ? [] : [{ type: 'rememberForThisRun', server: state.server, credentials: known }]
  return [{ ...state, ...fresh, credentials: known, keeps, keptIn }, [...held, ...watch(state.server, known)]]
}

function settled(state: SignedIn, event: AccountEvent): Next {
  const { server, credentials, keptIn } = state
  switch (event.type) {
    case 'signedIn':
      return replaced(state, event.credentials, event.keptIn)
    case 'signedInUnsaved':
      return replaced(state, event.credentials, 'this-run', event.problem)
    case 'keychainGrewSlow':
      return stay({ ...state, keeping: { isBusy: true, problem: waits } })
    case 'scopeMissing':
      if (state.hasPutOff && !event.isClicked) return stay(state)
      return stay(startRenewal(state, { reason: 'scope', step: 'ask', problem: undefined }))
    case 'consentRequested':
      // What is being let go is not renewed.
      if (state.signingOut.isBusy) return stay(state)
      return renewing(state, { reason: 'expiring', step: 'ask', problem: undefined }, event)
    case 'expiryNear':
      return stay({ ...state, isExpiring: true })
    case 'keepRequested':
      if (keptIn === 'keychain' || server.isDemo) return stay(state)
      // One that waits for a window that asks for the password may be asked again: the window may never come.
      if (state.keeping.isBusy && state.keeping.problem === undefined) return stay(state)
      return [{ ...state, keeping: { isBusy: true, problem: undefined } }, [{ type: 'save', server, credentials }]]
    // A keychain that was slow has kept the sign-in after all.
    case 'saved':
      return stay({ ...state, keeps: 'keychain', keptIn: 'keychain', keeping: idle })
    case 'keychainFailed':
      return stay({ ...state, keeping: { isBusy: false, problem: event.problem } })
    case 'refused':
      return stay({ ...state, keeping: { ...state.keeping, isBusy: false } })
    case 'signOutRequested':
      if (state.signingOut.isBusy) return stay(state)
      return [
        { ...state, renewal: undefined, signingOut: { isBusy: true, problem: undefined } },
        [{ type: 'stopConsent' }, { type: 'signOut', server, credentials, keptIn, isRevoked: event.isRevoked }],
      ]
    case 'signOutFailed':
      return stay({ ...state, signingOut: { isBusy: false, problem: event.problem } })
    case 'signedOut':
      return [{ phase: 'away' }, [{ type: 'stopConsent' }]]
    default:
      return stay(state)
  }
}

export const signedIn = (state: SignedIn, event: AccountEvent): Next =>
  state.renewal === undefined ? settled(state, event) : renewing(state, state.renewal, event)
