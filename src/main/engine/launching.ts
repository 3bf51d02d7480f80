// Where an earlier run left the person.
import type { AccountEvent } from '../domain/account-state.ts'
import { nameOf } from '../domain/servers.ts'
import type { Journal } from './journal.ts'
import { isPending } from './pending-request.ts'
import type { Servers } from './servers.ts'

/**
 * What the account has to hear first.
 * @param journal notes of earlier runs
 * @param servers those that are remembered
 * @param wallTime now, ISO 8601
 * @returns nothing where the person was nowhere yet
 */
export function whereWeWere(journal: Journal, servers: Servers, wallTime: string): AccountEvent | undefined {
  const { email, intents } = journal.progress
  const known = servers.current
  if (known === undefined) return undefined
  const { origin } = known
  const marker = servers.markerOf(origin)
  const server = { origin, name: nameOf(known), version: known.version, isDemo: false }
  // With an open intent and no marker the run may have ended between the keychain's write and the note of it.
  const asksKeychain = marker !== undefined || intents.length > 0 || isPending(journal, origin, wallTime)
  if (asksKeychain) return { type: 'launched', server, email: email ?? '', kept: marker }
  return email === undefined ? undefined : { type: 'serverChosen', server, email }
}
