// Wires the routes of the contract, the control API, the demo phone and the fake websites into one app.
import { Hono } from 'hono'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createServe, type ServerEnv } from './api.ts'
import { serveControl } from './control/routes.ts'
import { isOwnHost } from './loopback.ts'
import { serveAccounts } from './routes/accounts.ts'
import { serveBridges } from './routes/bridges.ts'
import { serveConsent } from './routes/consent.ts'
import { isServed, serveDiscovery } from './routes/discovery.ts'
import { serveEventsUpgrade } from './routes/events.ts'
import { serveLoginSessions } from './routes/login-sessions.ts'
import { serveOAuth } from './routes/oauth.ts'
import { serveSetup } from './routes/setup.ts'
import { serveVerifications } from './routes/verifications.ts'
import { servePhone } from './phone/routes.ts'
import { serveSites } from './site/routes.ts'
import type { World } from './world.ts'

export interface AppOptions {
  readonly world: World
  /** Starts with a slash; holds the random part that keeps other web pages out of the control API. */
  readonly controlPath: string
  readonly log: (line: string) => void
}

export function createApp({ controlPath, log, world }: AppOptions): Hono<ServerEnv> {
  // IDs in paths hold any character (R29): match on the path as sent, so that %2F does not become a separator.
  const getPath = (request: globalThis.Request): string => new URL(request.url).pathname
  const app = new Hono<ServerEnv>({ getPath })

  app.use(async (context, next) => {
    const { socket } = context.env.outgoing
    if (!world.power.answers(socket, context.req.path)) {
      socket?.destroy()
      return RESPONSE_ALREADY_SENT
    }
    if (!isOwnHost(context.req.header('host'), world.origin)) {
      return context.json({ code: 'forbidden', message: 'This server answers to loopback names only' }, 403)
    }
    if (!isServed(world, context.req.path)) return context.json(unknownPath, 404)
    await next()
    return undefined
  })

  const serve = createServe(app, world, log)
  serveDiscovery(serve, world)
  serveSetup(serve, world)
  serveVerifications(serve, world)
  serveAccounts(serve, world)
  serveBridges(serve, world)
  serveLoginSessions(serve, world)
  serveOAuth(serve, world)
  serveEventsUpgrade(serve)

  serveConsent(app, world)
  serveControl(app, world, `${controlPath}/api`)
  servePhone(app, `${controlPath}/phone`)
  serveSites(app, world)

  app.notFound((context) => context.json(unknownPath, 404))
  return app
}

const unknownPath = { code: 'not_found', message: 'This server has no such path' }
