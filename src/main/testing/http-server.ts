// Small real servers for tests: one that answers as told, and one that only keeps count of who came.
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TlsOptions } from 'node:tls'

export interface Heard {
  readonly method: string
  readonly url: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

export interface TestServer {
  readonly origin: string
  readonly port: number
  /** Every request that came, with its body, in order of arrival. */
  readonly heard: readonly Heard[]
  /** Connections that were opened, whether or not a request came over them. */
  readonly connectionCount: number
  /** Takes over requests to change the protocol. */
  onUpgrade(take: (request: http.IncomingMessage, socket: Duplex, head: Buffer) => void): void
  close(): Promise<void>
}

type Answer = (answer: http.ServerResponse, heard: Heard) => void

/**
 * Starts a server on 127.0.0.1.
 * @param answer answers one request whose body has arrived
 * @param tls certificate and key of a server that speaks https
 */
export async function serve(answer: Answer, tls?: TlsOptions): Promise<TestServer> {
  const heard: Heard[] = []
  let connectionCount = 0
  const take = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const pieces: Buffer[] = []
    response.on('error', () => undefined)
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(pieces).toString('utf8') }
      heard.push(one)
      answer(response, one)
    })
  }
  const server = tls === undefined ? http.createServer(take) : https.createServer(tls, take)
  const sockets = new Set<Duplex>()
  server.on('connection', (socket: Duplex) => {
    connectionCount += 1
    sockets.add(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    port,
    heard,
    get connectionCount() {
      return connectionCount
    },
    onUpgrade: (takeUpgrade) => void server.on('upgrade', takeUpgrade),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        // Upgraded ones are no longer counted among the server's own.
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Answers with a status and a JSON body. */
export function sendJSON(
  answer: http.ServerResponse,
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** What `/v1/info` of a Beeper says. */
export const infoBody = (origin: string, more: { bundleID?: string; socket?: string } = {}): object => ({
  app: { name: 'Beeper', version: '4.3.0', bundle_id: more.bundleID ?? 'com.automattic.beeper.desktop' },
  platform: { os: 'linux', arch: 'x64' },
  server: {
    status: 'running',
    base_url: origin,
    port: Number(new URL(origin).port),
    hostname: '127.0.0.1',
    remote_access: false,
    mcp_enabled: false,
  },
  endpoints: {
    oauth: Object.fromEntries(
      ['authorization', 'token', 'introspection', 'userinfo', 'revocation', 'registration'].map((name) => [
        `${name}_endpoint`,
        `${origin}/oauth/${name}`,
      ]),
    ),
    spec: `${origin}/v1/spec`,
    mcp: `${origin}/v0/mcp`,
    ws_events: more.socket ?? `${origin}/v1/ws`,
  },
})

/** What `/v1/app/setup` of a Beeper says. */
export const setupBody = (state: string): object => ({
  state,
  e2ee: {
    initialized: true,
    secretStorage: false,
    crossSigning: false,
    verified: false,
    secrets: {
      masterKey: false,
      selfSigningKey: false,
      userSigningKey: false,
      megolmBackupKey: false,
      recoveryKey: false,
    },
    keyBackup: false,
    firstSyncDone: false,
    hasBackedUpRecoveryKey: false,
  },
})
