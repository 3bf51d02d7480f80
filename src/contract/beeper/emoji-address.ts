// The emoji to tap on the phone, which the documented display carries only as a picture.

/** Whether a text is an emoji, whatever it is made of. */
export const isEmoji = (text: string): boolean => /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)

/**
 * The emoji that a picture shows. Mostly no picture has to be loaded: the addresses that bridges send name the code
 * points, as hex joined by `_` or `-` (seen: `…/1f98a/emoji.svg`, `…/u1f6ae_200d_1f4a8.svg`).
 * @param imageURL address of the picture
 * @returns the character, or nothing where the address does not name one
 */
export function emojiFrom(imageURL: string): string | undefined {
  for (const part of imageURL.split('/').reverse()) {
    const name = /^(?:emoji_)?u?([0-9a-f]{2,6}(?:[_-][0-9a-f]{2,6})*)(?:\.\w+)?$/iu.exec(part)?.[1]
    if (name === undefined) continue
    const points = name.split(/[_-]/u).map((hex) => Number.parseInt(hex, 16))
    if (points.some((point) => point > 0x10ffff)) continue
    const text = String.fromCodePoint(...points)
    if (isEmoji(text)) return text
  }
  return undefined
}
