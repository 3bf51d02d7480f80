// The push channel (semantics.md, section 8): bearer on the upgrade, one subscription per connection, no replay.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { zWsSubscriptionsSet } from '#contract/beeper/gen/zod.gen'
import { isLoopbackHost } from './loopback.ts'
import type { Token } from './tokens.ts'
import type { World, WorldEvent } from './world.ts'

const path = '/v1/ws'

interface Connection {
  readonly socket: WebSocket
  readonly token: Token
  seq: number
  wantsState: boolean
}

/** Serves the events of `world` on `server`. Returns what closes every connection. */
export function serveEvents(server: Server, world: World): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  const connections = new Set<Connection>()

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const call = world.traffic.begin('connectEvents', 'GET', path, world.clock.now())
    const fault = world.traffic.takeFault('connectEvents')
    const value = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const token = value === undefined ? undefined : world.tokens.find(value, world.clock.now())
    const isHere = request.url?.split('?')[0] === path && isLoopbackHost(request.headers.host)
    const refused = !isHere
      ? 404
      : (fault?.status ?? (token === undefined ? 401 : token.scopes.includes('read') ? 0 : 403))
    if (fault?.dropBeforeEffect === true) {
      call.status = 0
      stream.destroy()
      return
    }
    if (refused !== 0 || token === undefined) {
      call.status = refused
      refuse(stream, refused)
      return
    }
    call.status = 101
    sockets.handleUpgrade(request, stream, head, (socket) => {
      open({ socket, token, seq: 0, wantsState: false })
    })
  })

  const open = (connection: Connection): void => {
    connections.add(connection)
    const { socket } = connection
    socket.on('close', () => connections.delete(connection))
    socket.on('error', () => {
      socket.terminate()
    })
    socket.on('message', (data: Buffer) => {
      receive(connection, data.toString('utf8'))
    })
    send(connection, { type: 'ready', version: 1, chatIDs: [], app: { state: false } })
  }

  // `ts` is text in one document and a number in the other.
  const push = (type: string, content: Record<string, unknown>): void => {
    const now = world.clock.now()
    const ts = world.wire.profile === 'strict' ? new Date(now).toISOString() : Math.round(now)
    for (const connection of connections) {
      if (!connection.wantsState) continue
      connection.seq += 1
      send(connection, { type, seq: connection.seq, ts, ...content })
    }
  }

  const drop = (isMeant: (connection: Connection) => boolean): void => {
    for (const connection of connections) if (isMeant(connection)) connection.socket.close(1008, 'token revoked')
  }

  const unlisten = world.listen((event: WorldEvent) => {
    switch (event.type) {
      case 'state':
        push('app.state.updated', { appState: world.state() })
        break
      case 'verification':
        push('verification.updated', { verification: event.verification.toWire() })
        break
      case 'verification-removed':
        push('verification.removed', {})
        break
      case 'token-revoked':
        drop(({ token }) => token.id === event.token.id)
        break
      case 'reloaded':
        drop(() => true)
        break
    }
  })

  return () => {
    unlisten()
    for (const { socket } of connections) socket.terminate()
    sockets.close()
  }
}

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

function send({ socket }: Connection, frame: Record<string, unknown>): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
}

function refuse(stream: Duplex, status: number): void {
  // Who is turned away may hang up first; that must not end the process.
  stream.on('error', () => undefined)
  const body = JSON.stringify({
    code: status === 404 ? 'not_found' : 'unauthorized',
    message: 'No events for you here',
  })
  const length = String(Buffer.byteLength(body))
  const head = [`HTTP/1.1 ${String(status)} Refused`, 'Connection: close', 'Content-Type: application/json']
  stream.end([...head, `Content-Length: ${length}`, '', body].join('\r\n'))
}
