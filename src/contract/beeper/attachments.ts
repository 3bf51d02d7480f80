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
/** 512 kB; a puzzle has some kilobytes. */
const longest = 700_000
const base64 = /^[\d+/=A-Za-z]+$/u

/** Starts of files in base64, where a group of four letters is three bytes. */
const kinds: readonly (readonly [mime: string, isIt: (content: string) => boolean])[] = [
  ['image/png', (content) => content.startsWith('iVBORw0KGgo')],
  ['image/jpeg', (content) => content.startsWith('/9j/')],
  ['image/gif', (content) => /^R0lGOD[dl]h/u.test(content)],
  ['image/webp', (content) => content.startsWith('UklGR') && content.slice(12, 16) === 'RUJQ'],
  ['audio/ogg', (content) => content.startsWith('T2dnUw')],
  ['audio/wav', (content) => content.startsWith('UklGR') && content.slice(12, 16) === 'QVZF'],
  ['audio/mpeg', (content) => content.startsWith('SUQz') || /^\/\/[suv]/u.test(content)],
]

const memberOf = (value: unknown, key: string): string => {
  if (typeof value !== 'object' || value === null) return ''
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : ''
}

function attachmentFrom(wire: unknown): Attachment | undefined {
  const content = memberOf(wire, 'content')
  if (content.length > longest || !base64.test(content)) return undefined
  const mime = kinds.find(([, isIt]) => isIt(content))?.[0]
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
export const attachmentsFrom = (wire: readonly unknown[] | undefined): readonly Attachment[] =>
  (wire ?? []).slice(0, most).flatMap((one) => attachmentFrom(one) ?? [])
