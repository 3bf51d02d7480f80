// What a fault does to a call: what happens before the operation or in its place, and how the answer leaves.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import type { ServerEnv } from './api.ts'
import { ApiFailure, OAuthFailure } from './failure.ts'
import { rowOf, type OperationID } from './operation.ts'
import { isPoured, pour } from './pour.ts'
import type { Edit, Fault } from './traffic.ts'
import type { World } from './world.ts'

const json = { 'Content-Type': 'application/json' }
const html = { 'Content-Type': 'text/html' }

/** What goes back to Hono, and what became of the answer in the words of `Call.status`. */
export interface Delivery {
  readonly response: Response
  readonly status: number
}

/** Waits before anything happens, as the fault has it. */
export async function pause(fault: Fault, operationID: OperationID, world: World): Promise<void> {
  if (fault.delayMs !== undefined) await world.clock.sleep(fault.delayMs)
  if (fault.hold === true) await world.traffic.hold(operationID)
}

/** The answer that stands in the place of the operation; `undefined` when it is to run. Fails when the fault refuses. */
export async function before(
  fault: Fault | undefined,
  operationID: OperationID,
  context: Context<ServerEnv>,
  world: World,
): Promise<Response | undefined> {
  if (fault === undefined) return undefined
  await pause(fault, operationID, world)
  if (fault.dropBeforeEffect === true) return cut(context)
  if (fault.redirect !== undefined) {
    const { location, status } = fault.redirect
    return new Response(null, { status, headers: { Location: location } })
  }
  if (fault.endless === true) return new Response(null, { status: fault.status ?? 200, headers: json })
  if (fault.status !== undefined) throw refusal(fault, fault.status, operationID)
  return undefined
}

/** Sends an answer as the fault has it, and returns once it is on its way or lost. */
export async function deliver(
  fault: Fault | undefined,
  response: Response,
  operationID: OperationID,
  context: Context<ServerEnv>,
  world: World,
): Promise<Delivery> {
  if (response === RESPONSE_ALREADY_SENT) return { response, status: 0 }
  const { signal } = context.req.raw
  if (fault?.holdAnswer === true) await world.traffic.hold(operationID, signal)
  if (fault?.dropAfterEffect === true) return { response: cut(context), status: 0 }
  response.headers.set('X-Beeper-Desktop-Version', world.server.version)
  response.headers.set('Cache-Control', 'no-store')
  const edited = fault?.edits === undefined ? response : await edit(fault.edits, response)
  const answer = fault?.body === undefined ? edited : await spoil(fault.body, edited)
  if (fault?.status !== undefined && fault.retryAfterSeconds !== undefined) {
    answer.headers.set('Retry-After', String(fault.retryAfterSeconds))
  }
  if (fault === undefined || !isPoured(fault)) {
    return { response: answer, status: signal.aborted ? 0 : answer.status }
  }
  const isWhole = await pour(fault, answer, context.env.outgoing, world.clock)
  return { response: RESPONSE_ALREADY_SENT, status: isWhole ? answer.status : 0 }
}

function refusal(fault: Fault, status: number, operationID: OperationID): ApiFailure | OAuthFailure {
  const { code = 'simulated', message = 'The simulator was told to refuse this' } = fault
  const { path, secured } = rowOf(operationID)
  const speaksOAuth = path.startsWith('/oauth/') && secured === 'no'
  return speaksOAuth ? new OAuthFailure(code, message, status) : new ApiFailure(status, code, message)
}

/** What is no JSON has no members, and stays as it is. */
async function edit(edits: readonly Edit[], response: Response): Promise<Response> {
  if (response.headers.get('Content-Type')?.includes('json') !== true) return response
  const answer: unknown = await response.json()
  for (const { path, value } of edits) {
    const holder = path.slice(0, -1).reduce<unknown>((at, key) => (isHolder(at) ? at[key] : undefined), answer)
    const last = path.at(-1)
    if (!isHolder(holder) || last === undefined) continue
    if (value === undefined) Reflect.deleteProperty(holder, last)
    else holder[last] = value
  }
  return Response.json(answer, { status: response.status, headers: response.headers })
}

const isHolder = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null

// What has no body has none to spoil; a web page gets in everywhere.
async function spoil(how: 'cut' | 'html' | 'empty', response: Response): Promise<Response> {
  const { headers, status } = response
  const isBare = response.body === null
  if (how === 'html') {
    return new Response('<!doctype html><title>Gateway</title>', {
      status: status === 204 ? 200 : status,
      headers: html,
    })
  }
  if (isBare) return response
  return new Response(how === 'empty' ? '' : (await response.text()).slice(0, -5), { status, headers })
}

function cut(context: Context<ServerEnv>): Response {
  context.env.outgoing.socket?.destroy()
  return RESPONSE_ALREADY_SENT
}
