// The screens of the account: finding a Beeper, signing in, permission, keychain, settings.
import type { Screen } from '#contract/view'
import { resendAfterMs } from './account-sign-in.ts'
import type { AccountState, Phase } from './account-state.ts'
import type { AppState } from './app-state.ts'
import { beeperRows, calledBy, isRemote } from './servers.ts'

type SignedIn = Phase<'signed-in'>

function findScreen(state: AppState, opening?: string): Screen {
  const { discovery, finding } = state
  return {
    name: 'find',
    beepers: beeperRows(state),
    isLooking: !discovery.hasLooked && opening === undefined,
    ...finding,
    ...(opening !== undefined && { opening }),
  }
}

function restoringScreen(state: AppState, account: Phase<'restoring'>): Screen {
  const { kept, waitsFor, isSlow, server } = account
  // Opening a server that was just picked stays on the list, so that nothing flashes by.
  if (kept === undefined && waitsFor === 'beeper' && !isSlow) return findScreen(state, server.origin)
  return { name: 'starting', waitsFor, isSlow }
}

/**
 * The screen of every phase before somebody is signed in.
 * @param state everything, for the list of servers
 * @param account where signing in stands
 */
export function accountScreen(state: AppState, account: Exclude<AccountState, SignedIn>): Screen {
  switch (account.phase) {
    case 'away':
      return findScreen(state)
    case 'restoring':
      return restoringScreen(state, account)
    case 'unreachable':
      return { name: 'unreachable', origin: account.server.origin, problem: account.problem }
    case 'keychain-shut':
      return { name: 'keychain', during: 'read', isBusy: account.isBusy, problem: account.problem }
    case 'probing':
      if (account.problem === undefined) return findScreen(state, account.server.origin)
      return { name: 'keychain', during: 'probe', isBusy: account.isBusy, problem: account.problem }
    case 'unsaved':
      return { name: 'keychain', during: 'save', isBusy: account.isBusy, problem: account.problem }
    case 'email':
      return { name: 'email', email: account.email, isBusy: account.isBusy, problem: account.problem }
    case 'code': {
      const { email, busy, sentCount, canResend, problem } = account
      return { name: 'code', email, busy, sentCount, canResend, resendAfterMs, problem }
    }
    case 'register': {
      const { form, isBusy, problem } = account
      const { title, usernamePlaceholder, submitLabel, terms, suggestions } = form
      return { name: 'register', title, usernamePlaceholder, submitLabel, terms, suggestions, isBusy, problem }
    }
    case 'authorise': {
      const { step, reason, server, problem } = account
      return { name: 'authorise', phase: step, reason, beeperName: calledBy(state.servers, server), problem }
    }
  }
}

/** The screen of a permission that is asked for anew while the present one still counts. */
export function renewalScreen({ servers }: AppState, { renewal, server }: SignedIn): Screen {
  const { step, reason, problem } = renewal ?? { step: 'ask', reason: 'expiring', problem: undefined }
  return { name: 'authorise', phase: step, reason, beeperName: calledBy(servers, server), problem }
}

/** Where the sign-in can be looked after. */
export function settingsScreen(account: SignedIn, userID: string | undefined, isContentProtected: boolean): Screen {
  const { credentials, keptIn, keeping, signingOut, server } = account
  return {
    name: 'settings',
    userID: userID ?? credentials.userID ?? '',
    keptIn,
    source: credentials.source,
    isRemote: isRemote(server.origin),
    expiresAtMs: credentials.expiresAtMs,
    keeping,
    signingOut,
    isContentProtected,
  }
}
