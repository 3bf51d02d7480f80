// [Note: foreign text] Texts of servers and networks are shown as text, and never longer than a person reads (WIN-6). What is
// an identity or a secret to hand on stays whole: it is not for reading.

const mark = '…'

function cut(text: string, limit: number): string {
  const clean = text.replaceAll('\0', '\uFFFD')
  if (clean.length <= limit) return clean
  // Half of a surrogate pair would show as a box.
  return clean.slice(0, limit - mark.length).replace(/[\uD800-\uDBFF]$/u, '') + mark
}

/** A name, label or other single line: at most 200 UTF-16 units. */
export const line = (text: string | undefined): string => cut(text ?? '', 200)

/** Instructions and explanations, which may have lines: at most 2,000 UTF-16 units. */
export const prose = (text: string | undefined): string => cut(text ?? '', 2_000)
