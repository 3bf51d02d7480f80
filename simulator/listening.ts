// A server that can be ended at once, with whoever is still on the line: also those who never said a word.
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Listening {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Listens on `host` (IPv6 without brackets); port 0 takes a free one. Rejects with `EADDRINUSE` when the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<Listening> {
  // Node knows only connections that have sent a request; over TLS not even those that are still shaking hands.
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve()
      })
      for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve({ port: (server.address() as AddressInfo).port, close })
    })
  })
}

/** `http://HOST:PORT`, with brackets round an IPv6 address. */
export function originOf(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${String(port)}`).origin
}
