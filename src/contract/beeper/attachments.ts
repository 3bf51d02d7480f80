// Pictures and sounds beside a form, such as a puzzle to solve. Their shape is not published; the one known is that of the
// bridges: base64 with a name. They are shown for what their first bytes prove them to be, whatever they say of themselves.
import { line } from './text.ts'

export interface Attachment {
  readonly kind: 'picture' | 'sound'
  readonly name: string
  /** `data:` URL of a raster picture or a sound. */
  readonly dataURL: string
}

const most = 6
/** 512 kB, of all together too: the window is told of everything at once. A puzzle has some kilobytes. */
const longest = 700_000
const base64 = /^[\d+/A-Za-z]+={0,2}$/u

/**
 * Starts of files in base64, in which four letters are three bytes: a start that is no multiple of three bytes ends within a
 * letter, and the letters after it are those that the rest can make of it.
 */
const kinds: readonly (readonly [mime: string, start: RegExp])[] = [
  ['image/png', /^iVBORw0KGgo/u],
  ['image/jpeg', /^\/9j\//u],
  ['image/gif', /^R0lGOD[dl]h/u],
  // RIFF, four bytes of length, and which kind of RIFF it is.
  ['image/webp', /^UklGR[g-v].{5}XRUJQ/u],
  ['audio/wav', /^UklGR[g-v].{5}XQVZF/u],
  ['audio/ogg', /^T2dnUw/u],
  // With a tag in front, or from its first frame on: layer III of MPEG 1 and 2.
  ['audio/mpeg', /^(?:SUQz|\/\/[I-Po-v])/u],
]

const memberOf = (value: unknown, key: string): string => {
  if (typeof value !== 'object' || value === null) return ''
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : ''
}

function attachmentFrom(wire: unknown, room: number): Attachment | undefined {
  const content = memberOf(wire, 'content')
  if (content.length > room || !base64.test(content)) return undefined
  const mime = kinds.find(([, start]) => start.test(content))?.[0]
  if (mime === undefined) return undefined
  return {
    kind: mime.startsWith('image/') ? 'picture' : 'sound',
    name: line(memberOf(wire, 'filename')),
    dataURL: `data:${mime};base64,${content}`,
  }
}

/**
 * Reads what is recognised among the attachments of a step; the rest is ignored, and nothing fails (semantics 5).
 * @param wire `attachments` as it arrived
 */
export function attachmentsFrom(wire: readonly unknown[] | undefined): readonly Attachment[] {
  const found: Attachment[] = []
  let room = longest
  for (const one of wire ?? []) {
    const attachment = found.length < most ? attachmentFrom(one, room) : undefined
    if (attachment === undefined) continue
    found.push(attachment)
    room -= attachment.dataURL.length
  }
  return found
}
