// Pictures and names of the 64 emoji that two devices compare. The pictures are ours, so that a computer without an emoji
// font shows the same as the other device; the names are those of the Matrix specification, section 11.12.2.2.5.
import { emoji } from './gen/emoji.ts'

export interface KnownEmoji {
  /** Its place among the 64; names come in this order. */
  readonly number: number
  /** Where the picture is, on our own page. */
  readonly picture: string
  /** In English. */
  readonly name: string
}

// Files of their own, not parts of the script: only the seven that are shown are loaded.
const pictures = import.meta.glob<string>('./gen/pictures/*.svg', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
})

/** The code points as hex, without the selectors that only say how to draw them (U+FE0E, U+FE0F). */
const pointsOf = (text: string): string =>
  Array.from(text, (char) => char.codePointAt(0) ?? 0)
    .filter((point) => point !== 0xfe0e && point !== 0xfe0f)
    .map((point) => point.toString(16))
    .join('-')

const known = new Map(
  emoji.map(([points, name], number): [string, KnownEmoji] => [
    points,
    { number, name, picture: pictures[`./gen/pictures/${points}.svg`] ?? '' },
  ]),
)

/**
 * Picture and name of an emoji.
 * @param text one emoji, with or without U+FE0F
 * @returns nothing for one that is not among the 64
 */
export const emojiOf = (text: string): KnownEmoji | undefined => known.get(pointsOf(text))
