// The servers that a person has chosen so far, and how they stand in the list beside those that answer just now.
import type { Problem } from '#contract/problem'
import type { BeeperView, FoundBeeper } from '#contract/view'
import type { Server, Source } from './account-state.ts'
import type { DiscoveryState } from './discovery.ts'

/** Says that a sign-in was saved, without holding it (KEY-2). */
export interface Marker {
  readonly userID?: string | undefined
  readonly savedAt: string
  readonly source: Source
  /** Unix milliseconds; absent when the server named no end. */
  readonly expiresAtMs?: number | undefined
}

/** A server that was chosen once. */
export interface RememberedServer {
  readonly origin: string
  /** As it calls itself. */
  readonly name: string
  readonly version: string
  readonly kind: FoundBeeper['kind']
  /** As the person calls it. */
  readonly givenName?: string | undefined
  /** How it was seen last. */
  readonly lastState: 'signed-out' | 'signed-in'
  /** When the person said yes to this other computer (ORI-1). */
  readonly allowedAt?: string | undefined
  readonly marker?: Marker | undefined
}

/** Whether a server is on another computer: plain http never leaves this one (ORI-1). */
export const isRemote = (origin: string): boolean => origin.startsWith('https:')

/**
 * Where to look: where Beeper was before, and on the usual ports under both names of this computer.
 * @param ports of this computer
 */
export function originsOf(servers: readonly RememberedServer[], ports: readonly number[]): readonly string[] {
  const usual = ['127.0.0.1', '[::1]'].flatMap((host) => ports.map((port) => `http://${host}:${String(port)}`))
  return [...new Set([...servers.map(({ origin }) => origin), ...usual])]
}

/** What it is called on the screen. */
export const nameOf = ({ givenName, name }: Pick<RememberedServer, 'givenName' | 'name'>): string =>
  givenName ?? (name === '' ? 'Beeper' : name)

/** What the server in use is called: as the person calls it, else as it calls itself. */
export const calledBy = (
  servers: readonly RememberedServer[],
  { origin, name }: Pick<Server, 'origin' | 'name'>,
): string => nameOf({ ...servers.find((one) => one.origin === origin), name })

interface Known {
  readonly discovery: DiscoveryState
  readonly servers: readonly RememberedServer[]
  /** Servers whose sign-in is kept for this run. */
  readonly heldOrigins: readonly string[]
}

function stateOf({ discovery, heldOrigins }: Known, one: RememberedServer): Pick<BeeperView, 'state' | 'problem'> {
  const found = discovery.found.find(({ origin }) => origin === one.origin)
  const problem = discovery.silent[one.origin]
  if (found !== undefined) {
    const isOurs = one.marker !== undefined || heldOrigins.includes(one.origin)
    return { state: found.state === 'signed-in' && isOurs ? 'ready' : found.state, problem: undefined }
  }
  return problem === undefined ? { state: 'looking', problem } : { state: 'refused', problem }
}

function rememberedRow(known: Known, one: RememberedServer): BeeperView {
  const found = known.discovery.found.find(({ origin }) => origin === one.origin)
  const isBeeper = found !== undefined && found.state !== 'not-beeper'
  const { version, kind } = isBeeper ? found : one
  const name = nameOf(isBeeper ? { ...one, name: found.name } : one)
  const { origin } = one
  return { origin, name, version, kind, ...stateOf(known, one), isRemembered: true, isRemote: isRemote(origin) }
}

const foundRow = (found: FoundBeeper): BeeperView => ({
  ...found,
  isRemembered: false,
  isRemote: isRemote(found.origin),
  problem: undefined,
})

const isUsable = ({ state }: BeeperView): boolean =>
  state === 'ready' || state === 'signed-in' || state === 'signed-out'

/** A server that listens on both loopback names is one server: as it is remembered, else under the first name. */
function isTwin(row: BeeperView, rows: readonly BeeperView[]): boolean {
  const first = (origin: string): string => origin.replace('//[::1]', '//127.0.0.1')
  return rows
    .filter((one) => one !== row && first(one.origin) === first(row.origin) && one.state !== 'refused')
    .filter((one) => one.isRemembered || first(one.origin) === one.origin)
    .some((one) => one.version === row.version && one.kind === row.kind)
}

/**
 * The list of servers: first those that are remembered, in their order, then those that answer besides.
 * @param known what was found, what is remembered
 */
export function beeperRows(known: Known): readonly BeeperView[] {
  const remembered = known.servers.map((one) => rememberedRow(known, one))
  const besides = known.discovery.found
    .filter(({ origin }) => !known.servers.some((one) => one.origin === origin))
    .map(foundRow)
  const rows = [...remembered, ...besides].filter((row, _, all) => row.isRemembered || !isTwin(row, all))
  // Other programs listen on these ports too. Who has a Beeper to go on with need not hear of them.
  const hasUsable = rows.some(isUsable)
  return rows.filter((row) => row.state !== 'not-beeper' || row.isRemembered || !hasUsable)
}

/** Why a server that was probed cannot be gone on with; nothing when it can. */
export function obstacleOf(found: FoundBeeper): Problem | undefined {
  if (found.state === 'too-old') return { code: 'beeper.too-old', retry: 'now' }
  if (found.state === 'not-beeper') return { code: 'beeper.not-beeper', retry: 'now' }
  return undefined
}
