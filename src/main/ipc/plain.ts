// Whether something that arrived over IPC is plain data of modest size (IPC-2). Structured clone lets much more through:
// a string of 50 MB, Map, Date, typed arrays, cycles.

export const limits = { depth: 6, bytes: 64 * 1024, stringLength: 4096 } as const

/**
 * Answers whether a value is plain: undefined, null, booleans, finite numbers, strings, arrays and objects of such, within
 * the {@link limits}. Never throws, whatever it is given, and stops at the first thing that is not plain.
 * @param value what arrived
 */
export function isPlain(value: unknown): boolean {
  try {
    return weigh(value, 0, 0) <= limits.bytes
  } catch {
    // A forged object may throw from a getter or a proxy trap.
    return false
  }
}

const tooMuch = Number.POSITIVE_INFINITY

/** Bytes so far with `value` added; infinite once anything is wrong. */
function weigh(value: unknown, depth: number, before: number): number {
  if (before > limits.bytes) return tooMuch
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
      return before + 4
    case 'number':
      return Number.isFinite(value) ? before + 8 : tooMuch
    case 'string':
      return value.length > limits.stringLength ? tooMuch : before + Buffer.byteLength(value)
    case 'object':
      if (value === null) return before + 4
      // A cycle ends here too: it is deeper than any limit.
      if (depth >= limits.depth) return tooMuch
      return Array.isArray(value) ? weighArray(value, depth, before) : weighObject(value, depth, before)
    case 'bigint':
    case 'symbol':
    case 'function':
      return tooMuch
  }
}

function weighArray(values: readonly unknown[], depth: number, before: number): number {
  // The keys are compared with the length so that a sparse array of a milliard holes costs nothing.
  if (Object.getPrototypeOf(values) !== Array.prototype || values.length > limits.bytes) return tooMuch
  if (Reflect.ownKeys(values).length !== values.length + 1) return tooMuch
  let total = before + 8
  for (let at = 0; at < values.length && total <= limits.bytes; at += 1) {
    const property = Object.getOwnPropertyDescriptor(values, at)
    if (property === undefined || !('value' in property)) return tooMuch
    total = weigh(property.value, depth + 1, total)
  }
  return total
}

function weighObject(value: object, depth: number, before: number): number {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return tooMuch
  let total = before + 8
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (typeof key !== 'string' || key === '__proto__' || property === undefined || !('value' in property))
      return tooMuch
    total = weigh(property.value, depth + 1, weigh(key, depth, total))
    if (total > limits.bytes) return tooMuch
  }
  return total
}
