// Texts of servers and networks are plain text, in which some write as in Markdown (R28). They are taken apart for the eye only:
// every character is a character, a link is opened only after its host was shown, and nothing becomes markup (WIN-6).

export type Piece =
  | { readonly kind: 'text' | 'code' | 'strong'; readonly text: string }
  /** `text` as it stands there; `url` without what only belongs to the sentence. Always `https:`, with a host alone before its path. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }

const longestURL = 2_000
/**
 * Nothing in it makes the engine start over: its work grows with the text alone. An address ends at what cannot be seen (`\p{C}`: controls, bidi marks, joiners), at
 * quotes and at the punctuation of scripts without blanks. Stars make something strong only where they hug it and stand free:
 * masked numbers and addresses (`+1 *** **23, a**@example.com`) are full of them.
 */
const finds =
  /(?<url>https:\/\/[^\s<>"'`\p{C}\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+)|`(?<code>[^`\n]+)`|(?<![^\s("'[])\*\*(?!\s)(?<strong>[^*\n]+)(?<!\s)\*\*(?![^\s)"'\].,;:!?])/giu
/** Letters, digits and dots, or an IPv6 address; a port; then a path or nothing. No name or password before it, no backslash. */
const hosted = /^https:\/\/(?:[\p{L}\p{M}\p{N}_.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:[/?#]|$)/iu
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

const countOf = (text: string, mark: string): number => text.split(mark).length - 1

/** Takes off what a sentence puts after a URL: stops, and brackets that were opened before it. */
function trimmed(url: string): string {
  const surplus = new Map(
    Object.entries(openers).map(([closer, opener]) => [closer, countOf(url, closer) - countOf(url, opener)]),
  )
  let end = url.length
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1)
    const unopened = surplus.get(last) ?? 0
    if (unopened > 0) surplus.set(last, unopened - 1)
    else if (!/[.,;:!?*]/u.test(last)) break
  }
  return url.slice(0, end)
}

/** The URL in what looks like one; nothing where it leads to no plain host, or was cut to be shown (`https://a.b/c…`). */
function urlIn(found: string | undefined): string | undefined {
  if (found === undefined || found.includes('…')) return undefined
  const url = trimmed(found)
  return url.length <= longestURL && hosted.test(url) ? url : undefined
}

/** What is strong may hold a link. */
const strongPieces = (text: string): readonly Piece[] =>
  piecesOf(text).map((piece) => (piece.kind === 'text' ? { ...piece, kind: 'strong' } : piece))

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
    const url = urlIn(found)
    if (found !== undefined && url === undefined) continue
    add(match.index)
    if (url !== undefined) pieces.push({ kind: 'link', text: url, url })
    else if (code !== undefined) pieces.push({ kind: 'code', text: code })
    else if (strong !== undefined) pieces.push(...strongPieces(strong))
    at = match.index + (url ?? match[0]).length
  }
  add(text.length)
  return pieces
}

/** The links of a text, in its order. */
export const linksIn = (text: string): readonly string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []))
