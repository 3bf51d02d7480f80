// Types over the generated table of operations: what a handler receives and what it has to answer.
import type { z } from 'zod'
import { operations } from '#contract/beeper/gen/operations.gen'
import type { Token } from './tokens.ts'

export type OperationID = keyof typeof operations
type Row<K extends OperationID> = (typeof operations)[K]

type Output<S> = S extends z.ZodType ? z.output<S> : undefined

/** One validated request. `signal` aborts when the client goes away; the world does not stop for that. */
export interface Request<K extends OperationID> {
  readonly path: Output<Row<K>['pathSchema']>
  readonly query: Output<Row<K>['querySchema']>
  readonly body: Output<Row<K>['bodySchema']>
  readonly token: Token | undefined
  readonly signal: AbortSignal
}

type Answer<K extends OperationID> = Output<Row<K>['answerSchema']>
export type Handler<K extends OperationID> = (
  request: Request<K>,
) => Answer<K> | globalThis.Response | Promise<Answer<K> | globalThis.Response>

/** The row with its schemas as what they have in common; the table itself types each one exactly. */
export interface AnyRow {
  readonly method: string
  readonly path: string
  readonly secured: 'no' | 'optional' | 'yes'
  readonly successStatus: number
  readonly bodyType: string | undefined
  readonly bodyRequired: boolean
  readonly bodyStrict: boolean
  readonly pathSchema: z.ZodType | undefined
  readonly querySchema: z.ZodType | undefined
  readonly bodySchema: z.ZodType | undefined
  readonly answerSchema: z.ZodType | undefined
}

export const rowOf = (operationID: OperationID): AnyRow => operations[operationID]
export const operationIDs = Object.keys(operations) as OperationID[]
