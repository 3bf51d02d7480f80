// The shapes in which a secret may lie about: as it is, or in a coding that hides it from no one.

export type Coding = 'raw' | 'url' | 'json' | 'base64' | 'hex' | 'utf16'

export interface Form {
  readonly coding: Coding
  readonly bytes: Buffer
}

/**
 * Every form of a value, each once: a coding that leaves the value as it is has none of its own.
 * @param value the secret; written in groups, as a recovery key is, it is also looked for without its blanks
 */
export function formsOf(value: string): readonly Form[] {
  const bare = value.replaceAll(/\s/gu, '')
  const forms = new Map<string, Form>()
  for (const written of new Set([value, bare]))
    for (const { coding, bytes } of codings(written)) {
      const key = bytes.toString('latin1')
      if (!forms.has(key)) forms.set(key, { coding, bytes })
    }
  return [...forms.values()]
}

function codings(value: string): readonly Form[] {
  const bytes = Buffer.from(value)
  const hex = bytes.toString('hex')
  const as = (coding: Coding, texts: readonly string[]): readonly Form[] =>
    texts.map((text) => ({ coding, bytes: Buffer.from(text) }))
  return [
    ...as('raw', [value]),
    ...as('url', inURL(value)),
    ...as('json', inJSON(value)),
    ...as('base64', inBase64(bytes)),
    ...as('hex', [hex, hex.toUpperCase()]),
    { coding: 'utf16', bytes: Buffer.from(value, 'utf16le') },
  ]
}

/** As a part of a URL, with its percents in either case; as a form is sent; and as part of a URL within a URL. */
function inURL(value: string): readonly string[] {
  const part = encodeURIComponent(value)
  const lower = part.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase())
  const form = new URLSearchParams({ '': value }).toString().slice('='.length)
  return [part, lower, form, encodeURIComponent(part)]
}

/** As a string of JSON, as such within such, and with nothing but ASCII in it. */
function inJSON(value: string): readonly string[] {
  const bodyOf = (text: string): string => JSON.stringify(text).slice(1, -1)
  const ascii = bodyOf(value).replaceAll(
    /[\u007f-\uffff]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return [bodyOf(value), bodyOf(bodyOf(value)), ascii]
}

/**
 * Within a longer text in base64 a value begins at one of three places of a group of four letters. The letters at its ends,
 * which also hold bits of what is around it, are cut off. Each in both alphabets.
 */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const whole = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
