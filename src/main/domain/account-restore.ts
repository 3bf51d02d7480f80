// The stretch from a chosen or remembered Beeper to the first question: keychain, server, and what they answer.
import type { Problem } from '#contract/problem'
import { tryKeychain } from './account-keychain.ts'
import { codeSent } from './account-sign-in.ts'
import { arrive, arrived } from './account-signed-in.ts'
import { at, stay } from './account-state.ts'
import type { AccountEvent, At, Kept, KeptIn, Next, PermissionReason, Phase } from './account-state.ts'

const retryAfterMs = 2_000

/** What is at hand when the server is asked for its state. */
interface Hand {
  readonly kept: Kept | undefined
  readonly token: string | undefined
  readonly keptIn: KeptIn
  readonly requestID: string | undefined
  readonly hasExpired: boolean
}

const empty: Hand = {
  kept: undefined,
  token: undefined,
  keptIn: 'keychain',
  requestID: undefined,
  hasExpired: false,
}

/** Asks the server, with what is at hand. */
export function restore(place: At, hand: Partial<Hand> = {}): Next {
  const asking = { ...empty, ...hand, waitsFor: 'beeper', isSlow: false } as const
  return [
    { ...place, phase: 'restoring', ...asking },
    [
      { type: 'readSetup', server: place.server, token: asking.token },
      { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
    ],
  ]
}

export const readKeychain = (place: At, kept: Kept | undefined): Next => [
  { ...place, phase: 'restoring', waitsFor: 'keychain', ...empty, kept, isSlow: false },
  [
    { type: 'readToken', server: place.server },
    { type: 'wait', ms: 3_000, then: { type: 'grewSlow' } },
  ],
]

function tokenRead(state: Phase<'restoring'>, event: AccountEvent & { readonly type: 'tokenRead' }): Next {
  const { token, keptIn, requestID } = event
  if (token === undefined && state.kept !== undefined)
    return shut(state, state.kept, { code: 'keychain.empty', retry: 'now' })
  return restore({ ...at(state), keeps: keptIn }, { kept: state.kept, token, keptIn, requestID })
}

const shut = (place: At, kept: Kept, problem: Problem): Next =>
  stay({ ...at(place), phase: 'keychain-shut', kept, isBusy: false, problem })

export function restoring(state: Phase<'restoring'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'grewSlow':
      return stay({ ...state, isSlow: true })
    // The window that asks for the password may belong to a keychain that is gone.
    case 'keychainRetried':
      return state.waitsFor === 'keychain' ? [state, [{ type: 'readToken', server: state.server }]] : stay(state)
    case 'tokenRead':
      return state.waitsFor === 'keychain' ? tokenRead(state, event) : stay(state)
    case 'keychainFailed':
      if (state.waitsFor !== 'keychain') return stay(state)
      // Without a marker nothing was saved, so there is nothing to be let in to.
      return state.kept === undefined ? restore(at(state)) : shut(state, state.kept, event.problem)
    case 'setupRead':
      if (state.waitsFor !== 'beeper') return stay(state)
      if (event.setup.state === 'needs-login')
        return state.requestID === undefined ? tryKeychain(at(state), 'email') : codeSent(at(state), state.requestID, 1)
      if (state.token === undefined) return tryKeychain(at(state), reason(state))
      return arrive(at(state), { ...known(state), token: state.token, userID: event.setup.userID }, state.keptIn)
    case 'setupRefused':
      if (state.waitsFor !== 'beeper') return stay(state)
      // A refused token is no longer used but stays in the keychain until the person signs out or a new one is saved.
      return state.token === undefined
        ? tryKeychain(at(state), reason(state))
        : restore(at(state), { kept: state.kept })
    case 'setupFailed':
      return state.waitsFor === 'beeper' ? unreachable(at(state), state, event.problem) : stay(state)
    case 'expired':
      return restore(at(state), { kept: state.kept, hasExpired: true })
    // One that was on its way while the server was asked once more.
    default:
      return arrived(at(state), event) ?? stay(state)
  }
}

/** What the note of a saved sign-in says about it; one that was found without a note came from a sign-in of this app. */
const known = ({ kept }: Pick<Hand, 'kept'>): Kept => kept ?? { source: 'account' }

const reason = ({ hasExpired }: Hand): PermissionReason => (hasExpired ? 'expired' : 'first')

const handOf = ({ kept, token, keptIn, requestID, hasExpired }: Hand): Hand => ({
  kept,
  token,
  keptIn,
  requestID,
  hasExpired,
})

const unreachable = (place: At, hand: Hand, problem: Problem): Next => [
  { ...place, phase: 'unreachable', ...handOf(hand), problem },
  [{ type: 'wait', ms: retryAfterMs, then: { type: 'retryDue' }, isForEyes: true }],
]

export function unreachableNext(state: Phase<'unreachable'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'retryDue':
    case 'checkedAgain':
      return [state, [{ type: 'readSetup', server: state.server, token: state.token }]]
    case 'setupFailed':
      return unreachable(at(state), state, event.problem)
    case 'setupRead':
    case 'setupRefused':
      return restoring({ ...at(state), phase: 'restoring', ...handOf(state), waitsFor: 'beeper', isSlow: false }, event)
    default:
      return arrived(at(state), event) ?? stay(state)
  }
}

export function keychainShut(state: Phase<'keychain-shut'>, event: AccountEvent): Next {
  switch (event.type) {
    case 'keychainRetried':
      return readKeychain(at(state), state.kept)
    case 'signInAgainChosen':
      return restore(at(state), { kept: state.kept })
    default:
      return stay(state)
  }
}
