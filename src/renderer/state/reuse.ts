/** Whether a value is a plain object or array, the only things that a View is built from. */
const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * Structural sharing: IPC clones everything, so what did not change takes the identity that it had before.
 * Answers `prev` itself where both say the same, else `next` with every unchanged branch taken from `prev`.
 * @param prev the value so far
 * @param next the value that arrived; it may be changed by this
 */
export function reuse<T>(prev: unknown, next: T): T {
  if (Object.is(prev, next)) return next
  if (!isBranch(prev) || !isBranch(next) || Array.isArray(prev) !== Array.isArray(next)) return next
  const keys = Object.keys(next)
  let isSame = keys.length === Object.keys(prev).length
  const shared: Record<string, unknown> = next
  for (const key of keys) {
    shared[key] = reuse(prev[key], next[key])
    if (!Object.is(shared[key], prev[key]) || !(key in prev)) isSame = false
  }
  // Same content means same type, which the compiler cannot see through `unknown`.
  return isSame ? (prev as T) : next
}
