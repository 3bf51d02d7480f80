/**
 * A hue for a name, the same every time, so that a network keeps its colour without anybody keeping a list.
 * @param text any name
 * @returns degrees on the colour wheel
 */
export function hueOf(text: string): number {
  let hash = 2166136261
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0
  // Steps of 24 degrees: neighbours on the wheel would look like the same colour.
  return (hash % 15) * 24
}

const letters = new Intl.Segmenter()

/** The letters on a tile: of the first two words the first one each. @param name what it is called */
export function lettersOf(name: string): string {
  const [one = '', other = ''] = name.trim().split(/\s+/u)
  const first = (word: string): string => letters.segment(word).containing(0)?.segment ?? ''
  return (first(one) + first(other)).toUpperCase() || '?'
}
