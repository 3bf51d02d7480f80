// What browsers and their extensions give away of cookies, headers and storage in one piece, taken apart by name. It is parsed as
// text alone; a text in which nothing matches is a single value.
import type { CookieField } from '#contract/beeper/login'

interface Pair {
  readonly name: string
  readonly value: string
}

const isPair = ({ name, value }: { readonly name: unknown; readonly value: unknown }): boolean =>
  typeof name === 'string' && (typeof value === 'string' || typeof value === 'number')

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/** An export: `[{name, value}]`, `{cookies: [...]}`, `{name: value}` or `{name: {value}}`. */
function pairsOfJSON(text: string): readonly Pair[] | undefined {
  if (!/^\s*[[{]/u.test(text)) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // It only begins like JSON: a value may.
    return undefined
  }
  const inner = memberOf(parsed, 'cookies')
  const rows: unknown[] = Array.isArray(parsed) ? parsed : Array.isArray(inner) ? inner : []
  const listed = rows.map((row) => ({ name: memberOf(row, 'name'), value: memberOf(row, 'value') }))
  const keyed = Array.isArray(parsed)
    ? []
    : Object.entries(parsed as Record<string, unknown>).map(([name, value]) => ({
        name,
        value: memberOf(value, 'value') ?? value,
      }))
  return [...listed, ...keyed].filter(isPair).map(({ name, value }) => ({ name: String(name), value: String(value) }))
}

/** `name=value; name=value`, on one line or several. */
const pairsOfCookies = (text: string): readonly Pair[] =>
  text.split(/[;\n\r]+/u).flatMap((part) => {
    const at = part.indexOf('=')
    return at <= 0 ? [] : [{ name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() }]
  })

/** Lines of a table: name and value first, or the seven columns of a `cookies.txt`. */
const pairsOfTable = (text: string): readonly Pair[] =>
  text.split(/[\n\r]+/u).flatMap((line) => {
    const columns = line.split('\t')
    const [name = '', value = ''] = columns.length === 7 ? columns.slice(5) : columns
    return columns.length < 2 ? [] : [{ name: name.trim(), value: value.trim() }]
  })

/** `Name: value`, a line each. */
const headersOf = (text: string): readonly Pair[] =>
  text.split(/[\n\r]+/u).flatMap((line) => {
    const match = /^\s*([\w-]+):\s*(.+)$/u.exec(line)
    return match ? [{ name: match[1] ?? '', value: (match[2] ?? '').trim() }] : []
  })

function pairsIn(text: string): readonly Pair[] {
  const json = pairsOfJSON(text)
  if (json) return json
  const headers = headersOf(text)
  const cookies = headers.filter(({ name }) => /^cookie$/iu.test(name)).map(({ value }) => value)
  const rest = headers.length === 0 ? [text] : cookies
  return [...headers, ...rest.flatMap(pairsOfCookies), ...pairsOfTable(text)]
}

/** Header names count without their case (R18), all others as they are. */
const isNamed = ({ name, id, kind }: CookieField, found: string): boolean =>
  kind === 'header' ? name.toLowerCase() === found.toLowerCase() : name === found || (kind === 'other' && id === found)

/**
 * Finds the values that are asked for in something that was pasted.
 * @param text as it was pasted: a header, a line of cookies, a table, or JSON
 * @param fields what is asked for
 * @returns values by field ID; nothing in it means that the text is a single value
 */
export function valuesIn(text: string, fields: readonly CookieField[]): Readonly<Record<string, string>> {
  const pairs = pairsIn(text)
  return Object.fromEntries(
    fields.flatMap((field) => {
      const found = pairs.find(({ name, value }) => value !== '' && isNamed(field, name))
      return found ? [[field.id, found.value] as const] : []
    }),
  )
}
