// The emoji to tap on the phone, which the documented display carries only as a picture.

const made =
  /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}#*\d\u{e0020}-\u{e007f}]|\u200d|\ufe0f|\u20e3)+$/u
const telling = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u

/** Whether a text is an emoji and nothing beside it, whatever it is made of. */
export const isEmoji = (text: string): boolean => text.length <= 32 && made.test(text) && telling.test(text)

/** Up to ten code points; the longest of today, families and flags of regions, have seven. */
const codePoints = /^(?:emoji_)?u?([0-9a-f]{2,6}(?:[_-][0-9a-f]{2,6}){0,9})(?:\.\w+)?$/iu

function named(part: string): string | undefined {
  const points = codePoints.exec(part)?.[1]?.split(/[_-]/u) ?? []
  const values = points.map((hex) => Number.parseInt(hex, 16))
  // `a9` and `ae` are signs that look like emoji, and parts of addresses that mean nothing.
  if (!values.some((value) => value >= 0x2000) || values.some((value) => value > 0x10ffff)) return undefined
  const text = String.fromCodePoint(...values)
  return isEmoji(text) ? text : undefined
}

/**
 * The emoji that a picture shows. Mostly no picture has to be loaded: the addresses that bridges send name the code
 * points, as hex joined by `_` or `-` (seen: `…/1f98a/emoji.svg`, `…/u1f6ae_200d_1f4a8.svg`).
 * @param imageURL address of the picture
 * @returns the character, or nothing where neither the file nor its folder names one
 */
export function emojiFrom(imageURL: string): string | undefined {
  const [file = '', folder = ''] = (imageURL.split(/[?#]/u, 1)[0] ?? '').split('/').reverse()
  return named(file) ?? named(folder)
}
