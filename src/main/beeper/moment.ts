/**
 * A moment that a server named, in Unix milliseconds.
 * @returns none for what no calendar holds, such as the zero and the endless numbers that some servers mean "never" by
 */
export const momentFrom = (unixMs: number): number | undefined =>
  unixMs > 0 && unixMs <= 8.64e15 ? Math.floor(unixMs) : undefined
