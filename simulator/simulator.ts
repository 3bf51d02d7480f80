// The simulator as a whole: a world behind a real HTTP server on this computer. Runs alone (cli.ts), inside a test, or
// inside the app as its demo.
import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { serveEvents } from './events.ts'
import { beginningOf, type ScenarioName } from './scenarios/register.ts'
import { createApp } from './server.ts'
import { World } from './world.ts'

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number
  scenario?: ScenarioName
  /** The same seed gives the same codes, keys and tokens. */
  seed?: number
  /** 1 is real time, 10 ten times faster. */
  timeScale?: number
  /** Gets one line a call; never a secret. */
  log?: (line: string) => void
}

export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly phoneURL: string
  /** Base of the control API; knowing it is the permission to use it. */
  readonly controlURL: string
  readonly world: World
  close(): Promise<void>
}

/** Starts a simulator. Rejects with `EADDRINUSE` when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { log = () => undefined, port = 0, scenario = 'new-account', seed = 1, timeScale = 1 } = options
  const world = new World(timeScale)
  // The one thing that is not repeatable: other pages in a browser must not be able to guess it.
  const controlPath = `/_sim/${randomBytes(16).toString('hex')}`
  const app = createApp({ world, controlPath, log })
  // Elsewhere in this process the platform's own Request and Response stay what they are.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const server = createServer((request, response) => void listener(request, response))
  const stopEvents = serveEvents(server, world)
  const origin = `http://127.0.0.1:${String(await listen(server, port))}`
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
      return new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
