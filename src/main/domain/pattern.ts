// Patterns from the server are Go's RE2 syntax, and run in an engine whose time grows with the text alone (PAT-1). JavaScript's
// own would read some of them wrongly without a word, and others could stop the whole program.
import { RE2JS } from 're2js'

/** In UTF-16 units (PAT-2). */
const longestPattern = 1_024
const longestText = 8_192
/** How many steps the counted repeats of a pattern may unfold to, multiplied where they are nested. */
const mostRepeats = 1_000

/** Counted repeats are unfolded when a pattern is compiled, so nested ones are a bomb though the engine is linear. */
function isBomb(pattern: string): boolean {
  let product = 1
  for (const [, least = '0', , most = ''] of pattern.matchAll(/\{(\d{1,6})(,(\d{0,6}))?\}/gu)) {
    product *= Math.max(1, Number(least), Number(most))
    if (product > mostRepeats) return true
  }
  return false
}

function compile(pattern: string): RE2JS | undefined {
  if (pattern.length > longestPattern || isBomb(pattern)) return undefined
  try {
    return RE2JS.compile(pattern)
  } catch {
    // The engine says by throwing that this is no pattern of its kind; which one it was is known to nobody here.
    return undefined
  }
}

/**
 * Whether a value looks as a pattern wants it, anywhere in it, as Go's `MatchString` has it.
 * @param pattern RE2, as the server sent it
 * @param value what a person typed or a page holds
 * @returns `unusable` when the pattern cannot be read or is too long, or the value is; that never fails a step (PAT-2)
 */
export function fits(pattern: string, value: string): boolean | 'unusable' {
  if (value.length > longestText) return 'unusable'
  return compile(pattern)?.matcher(value).find() ?? 'unusable'
}
