// The simulator as a whole: a world behind a real HTTP server on this computer. Runs alone (cli.ts), inside a test, or
// inside the app as its demo.
import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import { serveEvents } from './events.ts'
import { listen, originOf } from './listening.ts'
import { isAddressHere, isHostName } from './loopback.ts'
import { beginningOf, type ScenarioName } from './scenarios/register.ts'
import { createApp } from './server.ts'
import { World } from './world.ts'

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** Where to listen, on this computer only: `127.0.0.1` (default), another of 127.0.0.0/8, `::1` or `localhost`. */
  host?: string
  /** PEM. With it the server speaks https and wss, and nothing else. */
  tls?: { readonly key: string; readonly cert: string }
  /** The host in `origin`, where that is not `host`: a certificate may hold only a name. It has to lead to `host`. */
  name?: string
  scenario?: ScenarioName
  /** The same seed gives the same codes, keys and tokens. */
  seed?: number
  /** 1 is real time, 10 ten times faster. */
  timeScale?: number
  /** Gets one line a call; never a secret. */
  log?: (line: string) => void
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, or what `tls`, `host` and `name` make of it */
  readonly origin: string
  readonly phoneURL: string
  /** Base of the control API; knowing it is the permission to use it. */
  readonly controlURL: string
  readonly world: World
  close(): Promise<void>
}

/** Starts a simulator. Rejects with `EADDRINUSE` when the port is taken, with a `RangeError` for a bad `host` or `name`. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    host = '127.0.0.1',
    log = () => undefined,
    name,
    port = 0,
    scenario = 'new-account',
    seed = 1,
    timeScale = 1,
  } = options
  if (!isAddressHere(host)) throw new RangeError(`${host} is not an address of this computer alone`)
  if (name !== undefined && !isHostName(name)) throw new RangeError(`${name} is no host name`)
  const world = new World(timeScale)
  // The one thing that is not repeatable: other pages in a browser must not be able to guess it.
  const controlPath = `/_sim/${randomBytes(16).toString('hex')}`
  const app = createApp({ world, controlPath, log })
  const server = createFor(app.fetch, options.tls)
  const stopEvents = serveEvents(server, world)
  const listening = await listen(server, port, host)
  const scheme = options.tls === undefined ? 'http' : 'https'
  const origin = originOf(scheme, name ?? host, listening.port)
  world.origin = origin
  world.load(scenario, seed, beginningOf(scenario))
  return {
    origin,
    phoneURL: `${origin}${controlPath}/phone`,
    controlURL: `${origin}${controlPath}/api`,
    world,
    close: () => {
      stopEvents()
      world.sessions.clear()
      world.traffic.release()
      world.clock.clear()
      return listening.close()
    },
  }
}

function createFor(fetch: Parameters<typeof getRequestListener>[0], tls: SimulatorOptions['tls']): Server {
  // Elsewhere in this process the platform's own Request and Response stay what they are.
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false })
  if (tls === undefined) return createServer((request, response) => void listener(request, response))
  return createSecureServer({ key: tls.key, cert: tls.cert }, (request, response) => void listener(request, response))
}
