// The stretch from a chosen or remembered Beeper to the first question: keychain, server, and what they answer.
import type { Problem } from '#contract/problem'
import { askAddress, askPermission, codeSent } from './account-sign-in.ts'
import { at, stay } from './account-state.ts'
import type { AccountEvent, At, Credentials, Next, Phase } from './account-state.ts'

const retryAfterMs = 2_000

export function restore(place: At, token: string | undefined, hasMarker: boolean, requestID?: string): Next {
  return [
    { ...place, phase: 'restoring', waitsFor: 'beeper', hasMarker, token, requestID, isSlow: false },
    [
      { type: 'readSetup', server: place.server, token },
      { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
    ],
  ]
}

export const readKeychain = (place: At, hasMarker: boolean): Next => [
  {
    ...place,
    phase: 'restoring',
    waitsFor: 'keychain',
    hasMarker,
    token: undefined,
    requestID: undefined,
    isSlow: false,
  },
  [
    { type: 'readToken', server: place.server },
    { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
  ],
]

export function restoring(state: Phase<'restoring'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'grewSlow':
      return stay({ ...state, isSlow: true })
    case 'tokenRead':
      if (state.waitsFor !== 'keychain') return stay(state)
      if (event.token === undefined && state.hasMarker)
        return stay({
          ...at(state),
          phase: 'keychain-shut',
          isBusy: false,
          problem: { code: 'keychain.empty', retry: 'now' },
        })
      return restore(at(state), event.token, state.hasMarker, event.requestID)
    case 'keychainFailed':
      // Without a marker nothing was saved, so there is nothing to be let in to.
      if (!state.hasMarker) return restore(at(state), undefined, false)
      return stay({ ...at(state), phase: 'keychain-shut', isBusy: false, problem: event.problem })
    case 'setupRead': {
      if (state.waitsFor !== 'beeper') return stay(state)
      if (event.setup.state === 'needs-login')
        return state.requestID === undefined ? askAddress(at(state)) : codeSent(at(state), state.requestID, 1)
      if (state.token === undefined) return askPermission(at(state))
      const credentials: Credentials = { token: state.token, userID: event.setup.userID, source: 'account' }
      return stay({ ...at(state), phase: 'signed-in', credentials, keptIn: 'keychain' })
    }
    case 'setupRefused':
      // A refused token is no longer used but stays in the keychain until the person signs out or a new one is saved.
      return state.token === undefined ? askPermission(at(state)) : restore(at(state), undefined, state.hasMarker)
    case 'setupFailed':
      return unreachable(at(state), state, event.problem)
    default:
      return stay(state)
  }
}

const unreachable = (
  place: At,
  { token, requestID }: Pick<Phase<'restoring'>, 'token' | 'requestID'>,
  problem: Problem,
): Next => [
  { ...place, phase: 'unreachable', token, requestID, problem },
  [{ type: 'wait', ms: retryAfterMs, then: { type: 'retryDue' } }],
]

export function unreachableNext(state: Phase<'unreachable'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'retryDue':
      return [state, [{ type: 'readSetup', server: state.server, token: state.token }]]
    case 'setupFailed':
      return unreachable(at(state), state, event.problem)
    case 'setupRead':
    case 'setupRefused':
      return restoring(
        {
          ...at(state),
          phase: 'restoring',
          waitsFor: 'beeper',
          hasMarker: state.token !== undefined,
          token: state.token,
          requestID: state.requestID,
          isSlow: false,
        },
        event,
      )
    default:
      return stay(state)
  }
}

export function keychainShut(state: Phase<'keychain-shut'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'keychainRetried':
      return readKeychain(at(state), true)
    case 'signInAgainChosen':
      return restore(at(state), undefined, true)
    default:
      return stay(state)
  }
}
