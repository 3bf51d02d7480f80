// A server on this computer that stands for any stranger's: it answers everything and notes who came.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Recorder {
  readonly origin: string
  /** `GET /path` for each request and each attempt at a WebSocket, oldest first. */
  hits(): readonly string[]
  close(): Promise<void>
}

const page = '<!doctype html><meta charset="utf-8"><title>elsewhere</title><h1>Elsewhere</h1>'

export async function startRecorder(): Promise<Recorder> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ''} ${request.url ?? ''}`)
    // Open to everyone, so that nothing but the app's own guards stands in the way.
    response.writeHead(200, { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' })
    response.end(page)
  })
  server.on('upgrade', (request, socket) => {
    hits.push(`WEBSOCKET ${request.url ?? ''}`)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    hits: () => [...hits],
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
