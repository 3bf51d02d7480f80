// What the list of servers has to work out for itself: where a row stands, which one leads, what a row is called.
import type { ProblemCode } from '#contract/problem'
import type { BeeperView } from '#contract/view'

/** The address without its scheme, as it was given: `127.0.0.1:23373`. @param origin of a server */
export const hostOf = (origin: string): string => origin.replace(/^https?:\/\//u, '')

/** What a row is called; a stranger by its address. @param beeper of the row */
export const nameOf = ({ name, origin }: BeeperView): string => (name === '' ? hostOf(origin) : name)

/** Whether a person can go on with it. @param beeper of the row */
export const canUse = ({ state }: BeeperView): boolean =>
  state === 'ready' || state === 'signed-out' || state === 'signed-in'

/**
 * The rows in the order in which they were seen first, new ones below, so that none moves away under a pointer.
 * @param seen origins in the order so far
 * @param beepers as main orders them
 */
export function inSeenOrder(seen: readonly string[], beepers: readonly BeeperView[]): readonly BeeperView[] {
  const placeOf = ({ origin }: BeeperView): number => (seen.includes(origin) ? seen.indexOf(origin) : seen.length)
  // Sorting is stable: what was not seen yet keeps the order of main.
  return [...beepers].sort((one, other) => placeOf(one) - placeOf(other))
}

/** Whether a row is a Beeper at all, or was one when it was heard last. @param beeper of the row */
export const isBeeper = ({ state }: BeeperView): boolean => state !== 'not-beeper'

/**
 * The row with the primary button: the first that a person can go on with. Without one it is the Beeper that stands alone.
 * @param rows as they are shown
 * @returns its origin
 */
export function mainOf(rows: readonly BeeperView[]): string | undefined {
  const [only, ...others] = rows.filter(isBeeper)
  return (rows.find(canUse) ?? (others.length === 0 ? only : undefined))?.origin
}

const unsafe: readonly ProblemCode[] = [
  'beeper.cert-untrusted',
  'beeper.cert-expired',
  'beeper.cert-other-host',
  'beeper.no-tls',
]

/** Whether something answers that Drawbridge may not talk to, which is not the same as silence. @param code of the problem */
export const isUnsafe = (code: ProblemCode | undefined): boolean => code !== undefined && unsafe.includes(code)

/** Whether a Beeper is there, whatever can be done with it. @param beeper of the row */
export const isAnswering = (beeper: BeeperView): boolean => canUse(beeper) || beeper.state === 'too-old'

/** Whether what was typed is itself at fault. @param code of the problem */
export const isAboutTyping = (code: ProblemCode): boolean =>
  code === 'beeper.bad-address' || code === 'beeper.needs-https'
