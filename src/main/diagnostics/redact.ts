// Takes out of a text what must not be in a log or a report (SEC-2). The log's type keeps free text away already; this is
// for messages and stacks of errors, which quote whatever was at hand. So it does not look for what secrets look like, but
// keeps only what looks like words, short numbers, codes, origins and lines of our stack.

/** Stands in for what was taken out. */
export const taken = '…'

const maxLength = 8_000

/**
 * Keeps the harmless words of a text.
 * @param text any text
 */
export function redact(text: string): string {
  return withoutQuotations(text.slice(0, maxLength)).split('\n').map(redactLine).join('\n')
}

/** JSON, zod, fs and URL all put the value at fault in quotation marks, also over several lines. */
function withoutQuotations(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|$)|`[^`]*(?:`|$)|“[^”]*(?:”|$)|(?<!\w)'[^']*(?:'|$)/gs, taken)
}

// Where V8 says a function and a place: `at name (place:1:2)` or `at place:1:2`. Of the place only the file's name stays,
// because a path holds the name of the person.
const frame =
  /^\s+at (?:(?:async )?([\w.<>[\] ]+?) \()?(?:[^()]*[\\/])?((?:node:)?[\w.-]+?\.[cm]?[jt]s|node:[\w/]+):(\d+):(\d+)\)?$/

const ownModule = /^node:[a-z_]+(?:\/[a-z_]+)*$/

function redactLine(line: string): string {
  const found = frame.exec(line)
  if (found === null) return redactWords(line)
  const [, name, file = '', row = '', column = ''] = found
  const place = `${isHarmless(file) || ownModule.test(file) ? file : taken}:${row}:${column}`
  return name === undefined ? `    at ${place}` : `    at ${redactWords(name)} (${place})`
}

const url = /(\b(?:https?|wss?|app):\/\/[^\s"'`<>]+)/i

function redactWords(line: string): string {
  // URLs by themselves, before their ports are taken for codes; every second piece is one.
  const pieces = withoutNamedValues(line).split(url)
  const shown = pieces.map((piece, n) => (n % 2 === 1 ? originIn(piece) : redactProse(piece)))
  return shown.join('').trim()
}

function redactProse(text: string): string {
  return text
    .replace(spacedKey, (run) => (isProse(run) ? run : taken))
    .replace(spacedDigits, taken)
    .split(/(\s+)/)
    .map((part) => (part.trim() === '' ? part.slice(0, 1) : redactPart(part)))
    .join('')
}

/** `password: hunter`, `token=abc`, `Bearer abc`, `Cookie: a=b; c=d`: the value may look like a word. */
function withoutNamedValues(line: string): string {
  return line
    .replace(/\b(?:set-)?cookie2?\s{0,9}[:=].*/gi, taken)
    .replace(/\b(?:bearer|basic|digest)\s{1,9}\S+/gi, taken)
    .replace(namedValue, taken)
}

// The repetitions have bounds so that a long text without any value costs no more than its length.
const namedValue =
  /[\w-]{0,30}(?:token|secret|passw|passphrase|code|key|session|auth|verifier|state|pin|otp|user|mail)[\w-]{0,30}\s{0,9}(?:=|:|\bis\b)>?\s{0,9}\S+/gi

/** A recovery key, a mail code and a phone number are often written in groups. */
const spacedKey = /\b\w{4}(?:[ -]\w{1,4}){3,}\b/g
const isProse = (run: string): boolean => /^[A-Z]?[a-z]+(?:[ -][a-z]+)*$/.test(run)
const spacedDigits = /\+?\d(?:[ ()./-]*\d){3,}/g

function redactPart(part: string): string {
  const [, open = '', body = '', close = ''] = /^([([{<,;]*)(.*?)([)\]}>,;.:!?]*)$/s.exec(part) ?? []
  return body === '' ? part : `${open}${isHarmless(body) ? body : taken}${close}`
}

function originIn(text: string): string {
  if (!URL.canParse(text)) return taken
  const { protocol, host } = new URL(text)
  // The name before an `@` and everything after the host are gone with this.
  return `${protocol}//${host}`
}

const plainWord = /^(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,24}|[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,4}|[A-Z]{2,4}[a-z]{2,20})$/
const shortNumber = /^\d{1,3}(?:ms|s|kB|MB|%)?$/

/** Words, short numbers, and codes made of such: `beeper.timeout`, `net::ERR_TIMED_OUT`, `don't`. No path, no address. */
function isHarmless(body: string): boolean {
  if (body.length > 80) return false
  const parts = body.split(/[.:_\-()<>[\],;|']+/).filter((part) => part !== '')
  return parts.length > 0 && parts.length <= 8 && parts.every((part) => plainWord.test(part) || shortNumber.test(part))
}
