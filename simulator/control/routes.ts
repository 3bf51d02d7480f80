// The control API over HTTP: GET for what there is, POST /NAME for a command. Only who knows the random path gets in; no CORS
// header is ever sent, and a browser page of another origin is refused.
import type { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ServerEnv } from '../api.ts'
import { ApiFailure } from '../failure.ts'
import type { OperationID } from '../operation.ts'
import type { World } from '../world.ts'
import { commands, isCommandName, type CommandName } from './commands.ts'
import { performers } from './perform.ts'
import { snapshot } from './snapshot.ts'

export function serveControl(app: Hono<ServerEnv>, world: World, base: string): void {
  app.use(`${base}/*`, async (context, next) => {
    const origin = context.req.header('origin')
    if (origin !== undefined && origin !== new URL(context.req.url).origin)
      return context.json({ code: 'forbidden', message: 'Not from there' }, 403)
    context.header('Cache-Control', 'no-store')
    await next()
    return undefined
  })

  app.get(`${base}/snapshot`, (context) => context.json(snapshot(world)))

  app.get(`${base}/mail`, (context) => {
    const mail = world.mailbox.newest(context.req.query('address') ?? '')
    return mail === undefined ? context.json({ code: 'not_found', message: 'No mail yet' }, 404) : context.json(mail)
  })

  app.get(`${base}/calls`, (context) => {
    const operation = context.req.query('operation') as OperationID | undefined
    return context.json({ calls: world.traffic.calls(operation), counts: world.traffic.counts() })
  })

  app.post(`${base}/:command`, async (context) => {
    const name = context.req.param('command')
    if (!isCommandName(name)) return context.json({ code: 'not_found', message: 'No such command' }, 404)
    const body: unknown = await context.req.json().catch(() => ({}))
    const input = commands[name].safeParse(body)
    if (!input.success) return context.json({ code: 'bad_request', message: input.error.message }, 400)
    try {
      return context.json(perform(world, name, input.data) ?? {})
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      return context.json({ code: error.code, message: error.message }, error.status as ContentfulStatusCode)
    }
  })
}

// The table pairs each command with its own input; this is where the pairing is used, so the type is spelled loosely once.
function perform(world: World, name: CommandName, input: unknown): unknown {
  return (performers[name] as (world: World, input: unknown) => unknown)(world, input)
}
