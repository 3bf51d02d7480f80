// Texts of servers and networks are plain text, in which some write as in Markdown (R28). They are taken apart for the eye only:
// every character is a character, a link is opened only after its host was shown, and nothing becomes markup (WIN-6).

export type Piece =
  | { readonly kind: 'text' | 'code' | 'strong'; readonly text: string }
  /** `text` as it stands there; `url` without what only belongs to the sentence. Always `https:`. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }

const longestURL = 2_000
const finds =
  /(?<url>https:\/\/[^\s<>"'`\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+)|`(?<code>[^`\n]+)`|\*\*(?<strong>[^*\n]+)\*\*/giu
const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Takes off what a sentence puts after a URL: stops, and brackets that were opened before it. */
function trimmed(url: string): string {
  let end = url.length
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1)
    const opener = closers[last]
    const body = url.slice(0, end)
    const isUnopened = opener !== undefined && body.split(opener).length < body.split(last).length
    if (!isUnopened && !/[.,;:!?…*_]/u.test(last)) break
  }
  return url.slice(0, end)
}

/**
 * Takes a text apart.
 * @param text as the server sent it, cut to a length that people read
 * @returns pieces that make up the whole text in its order; the marks of `code` and **strong** are left out
 */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const add = (until: number): void => {
    if (until > at) pieces.push({ kind: 'text', text: text.slice(at, until) })
  }
  for (const match of text.matchAll(finds)) {
    const { url: found, code, strong } = match.groups ?? {}
    const url = found === undefined ? undefined : trimmed(found)
    const isLink = url !== undefined && /^https:\/\/[^/?#]/iu.test(url) && url.length <= longestURL
    if (found !== undefined && !isLink) continue
    add(match.index)
    if (url !== undefined) pieces.push({ kind: 'link', text: url, url })
    else if (code !== undefined) pieces.push({ kind: 'code', text: code })
    else if (strong !== undefined) pieces.push({ kind: 'strong', text: strong })
    at = match.index + (url ?? match[0]).length
  }
  add(text.length)
  return pieces
}

/** The links of a text, in its order. */
export const linksIn = (text: string): readonly string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []))
