// The door of the API: one `serve` for every operation of the contract. It takes method, path, access and shapes from the
// generated table, so a route cannot drift from the document, and checks both directions.
import type { Context, Hono } from 'hono'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { HttpBindings } from '@hono/node-server'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { authorize } from './access.ts'
import { before, deliver } from './disturb.ts'
import { ApiFailure, OAuthFailure } from './failure.ts'
import { htmlResponse } from './html.ts'
import { rowOf, type AnyRow, type Handler, type OperationID, type Request } from './operation.ts'
import { faultPage } from './routes/consent-page.ts'
import { noteGiven, noteTold } from './secrets.ts'
import { decodeRequest } from './validate.ts'
import type { World } from './world.ts'

export interface ServerEnv {
  readonly Bindings: HttpBindings
}

export type Serve = <K extends OperationID>(operationID: K, handler: Handler<K>) => void

/** Makes the function that registers operations on `app`. `log` gets one line a call and never a secret. */
export function createServe(app: Hono<ServerEnv>, world: World, log: (line: string) => void): Serve {
  return (operationID, handler) => {
    const row = rowOf(operationID)
    const pattern = row.path.replaceAll(/\{(\w+)\}/g, ':$1')
    app.on(row.method, pattern, async (context) => {
      const { runs } = world.power
      const call = world.traffic.begin(operationID, row.method, row.path, world.clock.now())
      const fault = world.traffic.takeFault(operationID)
      const submitted =
        operationID === 'submitLoginStep'
          ? world.submits.begin(context.req.param('loginSessionID') ?? '', context.req.raw.signal)
          : undefined
      const respond = async (): Promise<Response> => {
        await noteGiven(world, operationID, context)
        const early = await before(fault, operationID, context, world)
        // Who waited while Beeper was restarted is nobody's client any more.
        if (world.power.runs !== runs) return RESPONSE_ALREADY_SENT
        if (early !== undefined) return early
        const token = authorize(world, row, context.req.header('authorization'))
        const decoded = await decodeRequest(row, context)
        const request = { ...decoded, token, signal: context.req.raw.signal } as Request<typeof operationID>
        const answer = await handler(request)
        noteTold(world, operationID, answer)
        if (answer instanceof Response) return answer
        return encode(row, operationID, answer, context, world)
      }
      const response = await respond().catch((error: unknown) => explain(error, operationID, context, world, log))
      if (response !== RESPONSE_ALREADY_SENT) call.outcome = response.status
      const delivery = await deliver(fault, response, operationID, context, world)
      submitted?.()
      call.status = delivery.status
      log(`${row.method} ${row.path} ${call.status === 0 ? 'no answer' : String(call.status)}`)
      return delivery.response
    })
  }
}

function encode(
  row: AnyRow,
  operationID: OperationID,
  answer: unknown,
  context: Context<ServerEnv>,
  world: World,
): Response {
  const status = row.successStatus as ContentfulStatusCode
  if (row.answerSchema === undefined) return new Response(null, { status })
  const checked = row.answerSchema.safeParse(answer)
  if (checked.success) return context.json(answer as object, status)
  const issues = checked.error.issues.map(({ message, path }) => `${path.join('.')}: ${message}`)
  world.traffic.reportBug(`${operationID} answers out of shape: ${issues.join('; ')}`)
  return context.json({ code: 'simulator_bug', message: 'The simulator broke its own contract' }, 500)
}

function explain(
  error: unknown,
  operationID: OperationID,
  context: Context<ServerEnv>,
  world: World,
  log: (line: string) => void,
): Response {
  // This one answers a browser, so a person has to be able to read it.
  if (operationID === 'oauth_authorize' && (error instanceof OAuthFailure || error instanceof ApiFailure)) {
    return htmlResponse(faultPage(error.message), { status: error.status })
  }
  if (error instanceof ApiFailure) {
    const { code, details, message } = error
    const body = { code, message, ...(details !== undefined && { details }) }
    return context.json(body, error.status as ContentfulStatusCode)
  }
  if (error instanceof OAuthFailure) {
    const body = { error: error.error, error_description: error.description }
    return context.json(body, error.status as ContentfulStatusCode)
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  world.traffic.reportBug(`${operationID} threw: ${text}`)
  log(`BUG in ${operationID}: ${text}`)
  return context.json({ code: 'simulator_bug', message: 'The simulator has a bug' }, 500)
}
