// From the wire's bridges and accounts to the networks and accounts that the app shows. The lists are open at both ends: what
// is unknown becomes `unsupported`, and one broken item takes nothing else with it.
import { z } from 'zod'
import { zAccountStatusKnown, zBridgeProviderKnown, zBridgeStatusKnown, zUser } from './gen/zod.gen.ts'
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

/** The envelopes of lists whose items are read one by one. */
export const zItems = z.object({ items: z.array(z.unknown()) })
export const zBareItems = z.array(z.unknown())

// As the contract has them, but only what names a thing has to be right: the person is shown everything that has a name, and
// what else is broken about it is unknown.
const text = z.string().catch('')
const zID = z.string().min(1)
const zReadableAccount = z.object({
  accountID: zID,
  bridge: z.object({ id: zID, type: z.string() }).optional().catch(undefined),
  user: zUser.optional().catch(undefined),
  status: text,
  statusText: text,
  network: text,
  loginID: zID.optional().catch(undefined),
})
const zReadableBridge = z.object({
  id: zID,
  type: text,
  provider: text,
  displayName: text,
  network: text,
  supportsMultipleAccounts: z.boolean().catch(false),
  status: text,
  statusText: text,
  accounts: zBareItems.catch([]),
})
const zReadableFlow = z.object({ id: zID, name: text, description: text })

const firstOf = (...names: readonly string[]): string => line(names.find((name) => name.trim() !== ''))

/** What can be read of a list; of two things with one ID the first counts. */
function readOf<Read>(
  items: readonly unknown[],
  read: (item: unknown) => Read | undefined,
  id: (one: Read) => string,
): readonly Read[] {
  const found = new Map<string, Read>()
  for (const item of items) {
    const one = read(item)
    if (one !== undefined && !found.has(id(one))) found.set(id(one), one)
  }
  return [...found.values()]
}

/** The bridge that an account stands in, where the list says so. */
type Within = Pick<Network, 'bridgeID' | 'type' | 'name'>

/**
 * Reads one chat account.
 * @param wire an `Account` as it arrived
 * @param within the network in whose list it stands; it is named after that
 * @returns nothing where it has no ID or belongs to no network
 */
export function accountFrom(wire: unknown, within?: Within): ChatAccount | undefined {
  const read = zReadableAccount.safeParse(wire)
  if (!read.success) return undefined
  const { accountID, bridge, user, loginID, network, statusText } = read.data
  const bridgeID = bridge?.id ?? within?.bridgeID
  if (bridgeID === undefined) return undefined
  const bridgeType = bridge?.type ?? within?.type ?? ''
  const status = zAccountStatusKnown.safeParse(read.data.status)
  const person = user === undefined ? { name: line(accountID), detail: '', imageURL: undefined } : personOf(user)
  return {
    accountID,
    bridgeID,
    bridgeType,
    networkName: firstOf(within?.name ?? '', network, bridgeType),
    name: person.name,
    person,
    loginID,
    status: status.success ? status.data : 'unsupported',
    statusText: prose(statusText),
  }
}

/** Reads a list of chat accounts. @param items as they arrived; a broken one takes no other with it */
export const accountsFrom = (items: readonly unknown[], within?: Within): readonly ChatAccount[] =>
  readOf(
    items,
    (item) => accountFrom(item, within),
    ({ accountID }) => accountID,
  )

/**
 * Reads one network with its accounts.
 * @param wire a `Bridge` as it arrived
 * @returns nothing where it has no ID
 */
export function networkFrom(wire: unknown): Network | undefined {
  const read = zReadableBridge.safeParse(wire)
  if (!read.success) return undefined
  const { id, type, displayName, network, statusText, supportsMultipleAccounts, accounts } = read.data
  const provider = zBridgeProviderKnown.safeParse(read.data.provider)
  const status = zBridgeStatusKnown.safeParse(read.data.status)
  const name = firstOf(displayName, network, type, id)
  return {
    bridgeID: id,
    type,
    name,
    provider: provider.success ? provider.data : 'unsupported',
    status: status.success ? status.data : 'unsupported',
    statusText: prose(statusText),
    allowsSeveral: supportsMultipleAccounts,
    accounts: accountsFrom(accounts, { bridgeID: id, type, name }),
  }
}

/** Reads a list of networks. @param items as they arrived; a broken one takes no other with it */
export const networksFrom = (items: readonly unknown[]): readonly Network[] =>
  readOf(items, networkFrom, ({ bridgeID }) => bridgeID)

/**
 * Reads one way to sign in to a network.
 * @param wire a `LoginFlow` as it arrived
 * @returns nothing where it has no ID
 */
export function flowFrom(wire: unknown): LoginFlow | undefined {
  const read = zReadableFlow.safeParse(wire)
  if (!read.success) return undefined
  const { id, name, description } = read.data
  return { id, name: firstOf(name, id), description: prose(description) }
}

/** Reads the ways to sign in to a network. @param items as they arrived; a broken one takes no other with it */
export const flowsFrom = (items: readonly unknown[]): readonly LoginFlow[] => readOf(items, flowFrom, ({ id }) => id)

/** The Beeper account itself stands in the list of accounts with this bridge type; it is no network (semantics 5). */
export const isBeeperItself = (account: ChatAccount): boolean => account.bridgeType === 'matrix'
