// The push channel (semantics.md, section 8): bearer on the upgrade, one subscription per connection, no replay.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { zWsSubscriptionsSet } from '#contract/beeper/gen/zod.gen'
import { pause } from './disturb.ts'
import type { Subscriber } from './event-channel.ts'
import { isOwnHost } from './loopback.ts'
import type { Token } from './tokens.ts'
import type { Fault } from './traffic.ts'
import type { World, WorldEvent } from './world.ts'

const path = '/v1/ws'

interface Connection extends Subscriber {
  readonly socket: WebSocket
  readonly token: Token
}

/** Serves the events of `world` on `server`. Returns what closes every connection. */
export function serveEvents(server: Server, world: World): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  const connections = new Set<Connection>()

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Who is turned away may hang up first; that must not end the process.
    stream.on('error', () => undefined)
    upgrade(request, stream, head).catch((error: unknown) => {
      world.traffic.reportBug(`connectEvents threw: ${String(error)}`)
      stream.destroy()
    })
  })

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    if (!world.power.answers(stream, path)) {
      stream.destroy()
      return
    }
    const { runs } = world.power
    const call = world.traffic.begin('connectEvents', 'GET', path, world.clock.now())
    const fault = world.traffic.takeFault('connectEvents')
    if (fault !== undefined) await pause(fault, 'connectEvents', world)
    const decision = fault?.dropBeforeEffect === true ? undefined : decide(request, fault, world)
    if (decision !== undefined) call.outcome = decision.status
    const gone = fault?.holdAnswer === true ? whenGone(stream) : undefined
    if (gone !== undefined) await world.traffic.hold('connectEvents', gone)
    const isLost = fault?.dropAfterEffect === true || gone?.aborted === true || world.power.runs !== runs
    if (decision === undefined || isLost) {
      call.status = 0
      stream.destroy()
      return
    }
    call.status = decision.status
    const { token } = decision
    if (token === undefined) refuse(stream, decision)
    else {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        open(connectionOf(socket, token))
      })
    }
  }

  const open = (connection: Connection): void => {
    connections.add(connection)
    const leave = world.channel.join(connection)
    const { socket } = connection
    socket.on('close', () => {
      connections.delete(connection)
      leave()
    })
    socket.on('error', () => {
      socket.terminate()
    })
    socket.on('message', (data: Buffer) => {
      receive(connection, data.toString('utf8'))
    })
    send(connection, { type: 'ready', version: 1, chatIDs: [], app: { state: false } })
  }

  const drop = (isMeant: (connection: Connection) => boolean): void => {
    for (const connection of connections) if (isMeant(connection)) connection.socket.close(1008, 'token revoked')
  }

  const { channel } = world
  const unlisten = world.listen((event: WorldEvent) => {
    switch (event.type) {
      case 'state':
        channel.push('app.state.updated', { appState: world.state() })
        break
      case 'verification':
        channel.push('verification.updated', { verification: event.verification.toWire() })
        break
      case 'verification-removed':
        channel.push('verification.removed', {})
        break
      case 'token-revoked':
        drop(({ token }) => token.id === event.token.id)
        break
      case 'reloaded':
        drop(() => true)
        break
      case 'down':
        channel.endAll()
        break
    }
  })

  return () => {
    unlisten()
    for (const { socket } of connections) socket.terminate()
    sockets.close()
  }
}

const connectionOf = (socket: WebSocket, token: Token): Connection => ({
  socket,
  token,
  seq: 0,
  wantsState: false,
  deliver: (text) => {
    if (socket.readyState === socket.OPEN) socket.send(text)
  },
  end: (code) => {
    if (code === undefined) socket.terminate()
    else socket.close(code)
  },
})

function receive(connection: Connection, text: string): void {
  const fail = (code: string, message: string): void => {
    send(connection, { type: 'error', code, message })
  }
  let command: unknown
  try {
    command = JSON.parse(text)
  } catch {
    fail('INVALID_PAYLOAD', 'No JSON')
    return
  }
  const type = typeof command === 'object' && command !== null && 'type' in command ? command.type : undefined
  if (type !== 'subscriptions.set') {
    fail('INVALID_COMMAND', 'Only subscriptions.set is known')
    return
  }
  const parsed = zWsSubscriptionsSet.strict().safeParse(command)
  if (!parsed.success) {
    fail('INVALID_PAYLOAD', parsed.error.issues.map(({ message }) => message).join('; '))
    return
  }
  const { app, chatIDs = [], requestID } = parsed.data
  connection.wantsState = app?.state === true
  send(connection, {
    type: 'subscriptions.updated',
    ...(requestID !== undefined && { requestID }),
    chatIDs,
    app: { state: connection.wantsState },
  })
}

function send(connection: Connection, frame: Record<string, unknown>): void {
  connection.deliver(JSON.stringify(frame))
}

interface Decision {
  readonly status: number
  /** Only with 101. */
  readonly token?: Token
  readonly headers?: readonly string[]
  readonly code?: string
  readonly message?: string
}

function decide(request: IncomingMessage, fault: Fault | undefined, world: World): Decision {
  const isHere = request.url?.split('?')[0] === path && isOwnHost(request.headers.host, world.origin)
  if (!isHere) return { status: 404, code: 'not_found' }
  if (fault?.redirect !== undefined) {
    return { status: fault.redirect.status, headers: [`Location: ${fault.redirect.location}`] }
  }
  if (fault?.status !== undefined) {
    const { code = 'simulated', message = 'The simulator was told to refuse this', retryAfterSeconds, status } = fault
    return {
      status,
      code,
      message,
      headers: retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`],
    }
  }
  const value = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = value === undefined ? undefined : world.tokens.find(value, world.clock.now())
  if (token === undefined) return { status: 401 }
  return token.scopes.includes('read') ? { status: 101, token } : { status: 403 }
}

/** Aborts when the client hangs up, which is heard only while somebody listens. It has nothing to say before the answer. */
function whenGone(stream: Duplex): AbortSignal {
  const gone = new AbortController()
  const abort = (): void => {
    gone.abort()
  }
  stream.once('end', abort).once('close', abort).resume()
  return gone.signal
}

function refuse(stream: Duplex, decision: Decision): void {
  const { code = 'unauthorized', headers = [], message = 'No events for you here', status } = decision
  const body = JSON.stringify({ code, message })
  const head = [`HTTP/1.1 ${String(status)} Refused`, 'Connection: close', 'Content-Type: application/json', ...headers]
  stream.end([...head, `Content-Length: ${String(Buffer.byteLength(body))}`, '', body].join('\r\n'))
}
