// Searching the networks: by what they are called, what kind they are, and who is connected on them. Accents, case, blanks and
// signs do not count, and what begins with the words comes first.
import type { NetworkView } from '#contract/view-connect'

export interface Found {
  readonly network: NetworkView
  /** The accounts that were meant, where the network was found by one. */
  readonly accountIDs: readonly string[]
}

export interface FoundGroup {
  readonly group: NetworkView['group']
  readonly found: readonly Found[]
}

/** Letters that no decomposition takes apart. */
const plain: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['ð', 'd'],
  ['ø', 'o'],
  ['þ', 'th'],
  ['đ', 'd'],
  ['ı', 'i'],
  ['ł', 'l'],
  ['œ', 'oe'],
])

/** What of a text counts when it is searched: words of small letters without accents, with one blank between them. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[ßæðøþđıłœ]/gu, (letter) => plain.get(letter) ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

interface Folded {
  readonly text: string
  /** The same in one word, so that `whats app` finds WhatsApp, and a number is found however it is written. */
  readonly joined: string
}

interface Index {
  readonly name: Folded
  readonly type: Folded
  readonly accounts: readonly { readonly accountID: string; readonly folded: Folded }[]
}

const folded = (text: string): Folded => {
  const one = fold(text)
  return { text: one, joined: one.replaceAll(' ', '') }
}

// The mirror keeps the identity of a network for as long as it says the same, so each is looked at once.
const indexes = new WeakMap<NetworkView, Index>()

function indexOf(network: NetworkView): Index {
  const known = indexes.get(network)
  if (known !== undefined) return known
  const index = {
    name: folded(network.name),
    // What a bridge is written in is nobody's word for the network.
    type: folded(network.type.replace(/go$/iu, '')),
    accounts: network.accounts.map(({ accountID, name }) => ({ accountID, folded: folded(name) })),
  }
  indexes.set(network, index)
  return index
}

/** How well a text fits: 0 it begins so, 1 a word of it does, 2 it is somewhere in it; nothing when it is not. */
function fit({ text, joined }: Folded, wanted: Folded): number | undefined {
  if (text.startsWith(wanted.text) || joined.startsWith(wanted.joined)) return 0
  if (text.includes(` ${wanted.text}`)) return 1
  return text.includes(wanted.text) || joined.includes(wanted.joined) ? 2 : undefined
}

interface Ranked {
  readonly hit: Found
  /** Lower is better. */
  readonly rank: number
}

const nobody: readonly string[] = []

// What stays the same from one key to the next is the same, so that its row has nothing to do.
const plainHits = new WeakMap<NetworkView, Found>()

function plainHit(network: NetworkView): Found {
  const hit = plainHits.get(network) ?? { network, accountIDs: nobody }
  plainHits.set(network, hit)
  return hit
}

function ranked(network: NetworkView, wanted: Folded): Ranked | undefined {
  const { name, type, accounts } = indexOf(network)
  const byName = fit(name, wanted)
  if (byName !== undefined) return { hit: plainHit(network), rank: byName }
  const byType = fit(type, wanted)
  if (byType !== undefined) return { hit: plainHit(network), rank: 3 + byType }
  const fits = accounts.flatMap(({ accountID, folded: account }) => {
    const rank = fit(account, wanted)
    return rank === undefined ? [] : [{ accountID, rank }]
  })
  if (fits.length === 0) return undefined
  const hit = { network, accountIDs: fits.map(({ accountID }) => accountID) }
  return { hit, rank: 6 + Math.min(...fits.map(({ rank }) => rank)) }
}

const order: readonly NetworkView['group'][] = ['this-device', 'cloud', 'self-hosted', 'other']

/**
 * Finds networks.
 * @param networks all of them
 * @param query as it was typed; an empty one finds all, in their own order
 * @returns the groups that have any, the one with the best match first; in each the best first
 */
export function search(networks: readonly NetworkView[], query: string): readonly FoundGroup[] {
  const wanted = folded(query)
  const hits =
    wanted.text === ''
      ? networks.map((network): Ranked => ({ hit: plainHit(network), rank: 0 }))
      : networks.flatMap((network) => ranked(network, wanted) ?? [])
  // Sorting is stable: those that fit equally well stay in their order.
  return order
    .map((group) => ({
      group,
      hits: hits.filter(({ hit }) => hit.network.group === group).sort((one, other) => one.rank - other.rank),
    }))
    .sort((one, other) => (one.hits[0]?.rank ?? Infinity) - (other.hits[0]?.rank ?? Infinity))
    .filter((one) => one.hits.length > 0)
    .map((one) => ({ group: one.group, found: one.hits.map(({ hit }) => hit) }))
}
