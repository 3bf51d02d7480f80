// Patterns from the server are Go's RE2 syntax, and run in an engine whose time grows with the text alone (PAT-1). JavaScript's
// own would read some of them wrongly without a word, and others could stop the whole program.
import { RE2JS, RE2JSException } from 're2js'

/** In UTF-16 units (PAT-2). */
const longestPattern = 1_024
const longestText = 8_192
/** How much a pattern may weigh once it is unfolded; a plain one weighs little more than its length. */
const heaviest = 5_000
/** Weight times length of the text: a tenth of a microsecond each, at the worst (re2js 2.10). */
const mostSteps = 500_000

/** A quotation, flags (which a repeat after them passes over), an escape, a class, a counted repeat, or a character. */
const tokens =
  /\\Q(?<quoted>.*?)(?:\\E|$)|(?<flags>\(\?[a-zA-Z-]*\))|\\(?:[pP](?:\{[^}]*\}|.)|x\{[^}]*\}|.)|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\{(?<least>0|[1-9]\d*)(?:,(?<most>(?:0|[1-9]\d*)?))?\}|./gsu

/** A class of characters is a list of ranges, and those of whole scripts have hundreds of them. */
const weightOf = (token: string): number => 1 + (token.length >> 2) + 20 * (token.match(/\\[pP]/gu)?.length ?? 0)

/**
 * What a pattern grows to. Counted repeats are unfolded when a pattern is compiled, so nested ones are a bomb though the engine is
 * linear. It never comes out lighter than the program that the engine makes of it.
 * @param pattern whatever the server sent
 */
export function weightOfPattern(pattern: string): number {
  // Of each group that is open: how much is in it, and of that the last thing, which is what a repeat repeats.
  const open: { sum: number; last: number }[] = []
  let group = { sum: 4, last: 0 }
  const add = (weight: number): void => {
    group.sum += weight
    group.last = weight
  }
  for (const match of pattern.matchAll(tokens)) {
    const { quoted, flags, least, most } = match.groups ?? {}
    const [token] = match
    if (flags !== undefined) continue
    if (quoted !== undefined) {
      // An empty one is passed over by a repeat too.
      if (quoted !== '') add(quoted.length)
    } else if (least !== undefined) {
      const times = Math.max(1, Number(least), Number(most ?? 0))
      const more = (times - 1) * group.last + 2 * times
      group = { sum: group.sum + more, last: group.last + more }
    } else if (token === '(') {
      open.push(group)
      group = { sum: 4, last: 0 }
    } else if (token === ')') {
      const { sum } = group
      group = open.pop() ?? { sum: 4, last: 0 }
      add(sum)
    } else if ('*+?|'.includes(token)) {
      group = { sum: group.sum + 2, last: group.last + 2 }
    } else add(weightOf(token))
  }
  return open.reduce((all, { sum }) => all + sum, group.sum)
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    // No pattern of its kind; which one it was is known to nobody here.
    if (error instanceof RE2JSException) return undefined
    throw error
  }
}

/**
 * Whether a value looks as a pattern wants it, anywhere in it, as Go's `MatchString` has it.
 * @param pattern RE2, as the server sent it
 * @param value what a person typed or a page holds
 * @returns `unusable` when the pattern cannot be read, or when it or the value is too much; that never fails a step (PAT-2)
 */
export function fits(pattern: string, value: string): boolean | 'unusable' {
  if (pattern.length > longestPattern || value.length > longestText) return 'unusable'
  const weight = weightOfPattern(pattern)
  if (weight > heaviest || weight * (value.length + 1) > mostSteps) return 'unusable'
  return compile(pattern)?.test(value) ?? 'unusable'
}
