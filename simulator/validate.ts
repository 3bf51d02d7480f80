// Reads a request as its row of the table describes it. What does not fit is answered with 400 and the place of the fault.
import type { Context } from 'hono'
import { z } from 'zod'
import { ApiFailure, OAuthFailure } from './failure.ts'
import type { AnyRow } from './operation.ts'

interface Decoded {
  readonly path: unknown
  readonly query: unknown
  readonly body: unknown
}

export async function decodeRequest(row: AnyRow, context: Context): Promise<Decoded> {
  const isOAuth = row.path.startsWith('/oauth/')
  const check = (schema: z.ZodType | undefined, value: unknown, place: string): unknown => {
    if (schema === undefined) return undefined
    const result = schema.safeParse(value)
    if (!result.success) throw refusal(result.error.issues, place, isOAuth)
    return result.data
  }
  return {
    path: check(row.pathSchema, context.req.param(), 'path'),
    query: check(row.querySchema, context.req.query(), 'query'),
    body: check(bodySchema(row), row.bodySchema === undefined ? undefined : await readBody(row, context), 'body'),
  }
}

function bodySchema(row: AnyRow): z.ZodType | undefined {
  const { bodySchema: schema } = row
  return row.bodyStrict && schema instanceof z.ZodObject ? schema.strict() : schema
}

async function readBody(row: AnyRow, context: Context): Promise<unknown> {
  const text = await context.req.text()
  if (text === '' && !row.bodyRequired) return {}
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== row.bodyType)
    throw refusal(
      [{ code: 'invalid_type', message: `Send ${String(row.bodyType)}`, path: [] }],
      'body',
      row.path.startsWith('/oauth/'),
    )
  if (row.bodyType === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw refusal(
      [{ code: 'invalid_json', message: 'The body is no JSON', path: [] }],
      'body',
      row.path.startsWith('/oauth/'),
    )
  }
}

interface Issue {
  readonly code?: string
  readonly message: string
  readonly path: readonly PropertyKey[]
}

function refusal(issues: readonly Issue[], place: string, isOAuth: boolean): ApiFailure | OAuthFailure {
  const told = issues.map(({ code, message, path }) => ({
    code: code ?? 'invalid',
    message,
    path: [place, ...path.map((key) => (typeof key === 'number' ? key : String(key)))],
  }))
  const summary = told.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ')
  if (isOAuth) return new OAuthFailure('invalid_request', summary)
  return new ApiFailure(400, 'validation_error', 'The request does not fit', { issues: told })
}
