// From the wire's bridges and accounts to the networks and accounts that the app shows.
import type { z } from 'zod'
import { zAccountStatusKnown, zBridgeProviderKnown, zBridgeStatusKnown } from './gen/zod.gen.ts'
import type { zAccount, zBridge, zLoginFlow } from './gen/zod.gen.ts'
import { personOf } from './login.ts'
import type { Person } from './login.ts'
import { line, prose } from './text.ts'

export interface ChatAccount {
  readonly accountID: string
  readonly bridgeID: string
  readonly bridgeType: string
  readonly networkName: string
  readonly name: string
  readonly person: Person
  readonly loginID: string | undefined
  readonly status: z.output<typeof zAccountStatusKnown> | 'unsupported'
  readonly statusText: string
}

export interface Network {
  readonly bridgeID: string
  readonly type: string
  readonly name: string
  readonly provider: z.output<typeof zBridgeProviderKnown> | 'unsupported'
  readonly status: z.output<typeof zBridgeStatusKnown> | 'unsupported'
  readonly statusText: string
  readonly allowsSeveral: boolean
  readonly accounts: readonly ChatAccount[]
}

export interface LoginFlow {
  readonly id: string
  readonly name: string
  readonly description: string
}

/**
 * Reads one chat account.
 * @param wire a decoded `Account`
 * @param networkName what to call its network when the account does not say
 */
export function accountFrom(wire: z.output<typeof zAccount>, networkName?: string): ChatAccount {
  const status = zAccountStatusKnown.safeParse(wire.status)
  const person = personOf(wire.user)
  return {
    accountID: wire.accountID,
    bridgeID: wire.bridge.id,
    bridgeType: wire.bridge.type,
    networkName: line(networkName ?? wire.network ?? wire.bridge.type),
    name: person.name,
    person,
    loginID: wire.loginID,
    status: status.success ? status.data : 'unsupported',
    statusText: prose(wire.statusText),
  }
}

/** Reads one network with its accounts. @param wire a decoded `Bridge` */
export function networkFrom(wire: z.output<typeof zBridge>): Network {
  const provider = zBridgeProviderKnown.safeParse(wire.provider)
  const status = zBridgeStatusKnown.safeParse(wire.status)
  return {
    bridgeID: wire.id,
    type: wire.type,
    name: line(wire.displayName),
    provider: provider.success ? provider.data : 'unsupported',
    status: status.success ? status.data : 'unsupported',
    statusText: prose(wire.statusText),
    allowsSeveral: wire.supportsMultipleAccounts,
    accounts: wire.accounts.map((account) => accountFrom(account, wire.displayName)),
  }
}

/** Reads one way to sign in to a network. @param wire a decoded `LoginFlow` */
export const flowFrom = (wire: z.output<typeof zLoginFlow>): LoginFlow => ({
  id: wire.id,
  name: line(wire.name ?? wire.id),
  description: prose(wire.description),
})

/** The Beeper account itself stands in the list of accounts with this bridge type; it is no network (semantics 5). */
export const isBeeperItself = (account: ChatAccount): boolean => account.bridgeType === 'matrix'
