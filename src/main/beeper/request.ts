// One operation of the contract: limits, abort, decoding, and a Problem for everything that is not the promised answer.
import { operations } from '#contract/beeper/gen/operations.gen'
import { zError } from '#contract/beeper/gen/zod.gen'
import type { Problem } from '#contract/problem'
import type { z } from 'zod'
import { codeOfFailure } from './failures.ts'
import { BodyTooLarge, exchange } from './transport.ts'
import type { RawAnswer } from './transport.ts'

type Operations = typeof operations
export type OperationID = keyof Operations

type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? { readonly [Key in Name]: Input<Schema> }
  : { readonly [Key in Name]?: undefined }
type BodyPart<Row> = Row extends { bodyRequired: false; bodySchema: infer Schema extends z.ZodType }
  ? { readonly body?: z.input<Schema> }
  : Row extends { bodySchema: infer Schema }
    ? Part<'body', Schema>
    : unknown

export type Arguments<ID extends OperationID> = Part<'path', Operations[ID]['pathSchema']> & BodyPart<Operations[ID]>
export type Answer<ID extends OperationID> = Operations[ID]['answerSchema'] extends z.ZodType
  ? z.output<Operations[ID]['answerSchema']>
  : undefined

export interface Target {
  readonly origin: string
  readonly token?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** What the server said in so many words when it refused; for borders that tell one refusal from another. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem; readonly refusal: Refusal | undefined }

interface Row {
  readonly method: string
  readonly path: string
  readonly secured: 'no' | 'optional' | 'yes'
  readonly timeoutMs: number
  readonly longPollTimeoutMs: number | undefined
  readonly bodyType: string | undefined
  readonly answerSchema: z.ZodType | undefined
}

/** The server's own words are shown as a quotation of at most this many characters. */
const quoteLimit = 600

function fillPath(template: string, values: Readonly<Record<string, string>> | undefined): string {
  return template.replace(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(values?.[name] ?? ''))
}

/** A dot segment, encoded or not, would be taken for a step up by every URL parser, and an empty one names another path. */
const isFit = (values: Readonly<Record<string, string>> | undefined): boolean =>
  Object.values(values ?? {}).every((value) => !['', '.', '..'].includes(value))

function encodeBody(row: Row, body: unknown): string | undefined {
  if (row.bodyType === undefined) return undefined
  if (row.bodyType === 'application/json') return JSON.stringify(body ?? {})
  const pairs = Object.entries(body ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return new URLSearchParams(pairs).toString()
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // Not JSON is an answer like any other here; the caller says what it means.
    return undefined
  }
}

function refusalFrom({ status, bytes }: RawAnswer): Refusal {
  const body = zError.safeParse(parse(bytes))
  return body.success ? { status, code: body.data.code, message: body.data.message } : { status, code: '', message: '' }
}

/** `Retry-After` in milliseconds, up to a minute; both forms of RFC 9110 are understood. */
function waitFrom(answer: RawAnswer): number | undefined {
  const header = answer.headers['retry-after']
  if (header === undefined) return undefined
  // A date begins with its weekday; `Date.parse` alone would also make one of "-5".
  const dateMs = /^[a-z]{3}/iu.test(header) ? Date.parse(header) : Number.NaN
  const seconds = /^\d+$/u.test(header) ? Number(header) : (dateMs - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 60) * 1000 : undefined
}

function codeOf(status: number): Pick<Problem, 'code' | 'retry'> {
  if (status === 401) return { code: 'beeper.token-refused', retry: 'never' }
  if (status === 403) return { code: 'beeper.missing-scope', retry: 'never' }
  if (status === 404 || status === 410) return { code: 'beeper.not-found', retry: 'never' }
  if (status === 408) return { code: 'beeper.timeout', retry: 'now' }
  if (status === 409) return { code: 'beeper.conflict', retry: 'never' }
  if (status === 429) return { code: 'beeper.rate-limited', retry: 'later' }
  if (status >= 502 && status <= 504) return { code: 'beeper.upstream', retry: 'later' }
  if (status >= 500) return { code: 'beeper.fault', retry: 'later' }
  if (status >= 400) return { code: 'beeper.rejected', retry: 'never' }
  return { code: 'beeper.not-beeper', retry: 'never' }
}

function refused(id: OperationID, answer: RawAnswer): CallResult<never> {
  const refusal = refusalFrom(answer)
  const waitMs = waitFrom(answer)
  const problem: Problem = {
    ...codeOf(answer.status),
    ...(refusal.message !== '' && { says: refusal.message.slice(0, quoteLimit) }),
    ...(waitMs !== undefined && { waitMs }),
    detail: `${id} ${String(answer.status)}`,
  }
  return { ok: false, problem, refusal }
}

const unheard = (problem: Problem): CallResult<never> => ({ ok: false, problem, refusal: undefined })

function fromError(id: OperationID, error: unknown, isTimeout: boolean): CallResult<never> {
  if (error instanceof BodyTooLarge)
    return unheard({ code: 'beeper.unreadable', retry: 'never', detail: `${id} too large` })
  if (isTimeout) return unheard({ code: 'beeper.timeout', retry: 'now', detail: id })
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'network'
  return unheard({ code: codeOfFailure(code), retry: 'now', detail: `${id} ${code}` })
}

const hasTimedOut = (signal: AbortSignal | undefined): boolean =>
  signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError'

function decode<T>(id: OperationID, schema: z.ZodType | undefined, answer: RawAnswer): CallResult<T> {
  if (answer.status < 200 || answer.status > 299) return refused(id, answer)
  // Whatever the schema is, its type is `T`; that is what the compiler cannot carry through the table.
  if (schema === undefined) return { ok: true, value: undefined as T }
  const decoded = schema.safeParse(parse(answer.bytes))
  if (decoded.success) return { ok: true, value: decoded.data as T }
  const where = decoded.error.issues[0]?.path.join('.') ?? ''
  return unheard({ code: 'beeper.unreadable', retry: 'never', detail: `${id} ${where}` })
}

export interface CallOptions<T> {
  /** Waits up to the operation's long-poll limit instead of its usual one. */
  readonly isLongPoll?: boolean
  /** Another limit, for a caller with one of its own. */
  readonly limitMs?: number
  /** Decodes the answer instead of the operation's own schema; for an answer that is of use with a part of it broken. */
  readonly schema?: z.ZodType<T>
}

/**
 * Calls one operation once.
 * @param id operation of the contract
 * @param target server, token and abort signal; the token is sent only where the operation is secured
 * @param args path values and body, as the operation's schemas take them
 * @returns the decoded answer, or the problem; it never rejects
 */
export async function call<ID extends OperationID, T = Answer<ID>>(
  id: ID,
  target: Target,
  args: Arguments<ID>,
  options: CallOptions<T> = {},
): Promise<CallResult<NoInfer<T>>> {
  const row: Row = operations[id]
  const usualLimitMs = options.isLongPoll === true ? (row.longPollTimeoutMs ?? row.timeoutMs) : row.timeoutMs
  const timeout = AbortSignal.timeout(options.limitMs ?? usualLimitMs)
  const given: { path?: Readonly<Record<string, string>> | undefined; body?: unknown } = args
  if (!isFit(given.path)) return unheard({ code: 'beeper.unreadable', retry: 'never', detail: `${id} path` })
  const body = encodeBody(row, given.body)
  try {
    const answer = await exchange({
      method: row.method,
      url: new URL(fillPath(row.path, given.path), target.origin),
      body,
      signal: target.signal === undefined ? timeout : AbortSignal.any([target.signal, timeout]),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && row.bodyType !== undefined && { 'content-type': row.bodyType }),
        ...(target.token !== undefined && row.secured !== 'no' && { authorization: `Bearer ${target.token}` }),
      },
    })
    return decode(id, options.schema ?? row.answerSchema, answer)
  } catch (error) {
    return fromError(id, error, timeout.aborted || hasTimedOut(target.signal))
  }
}
