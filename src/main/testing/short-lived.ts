// Servers that end with the test that started them.
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import type { CallResult } from '../beeper/request.ts'
import { serve } from './http-server.ts'
import type { TestServer } from './http-server.ts'

const servers: TestServer[] = []
const closers: (() => void)[] = []

/** A server that answers as told. */
export async function started(answer: Parameters<typeof serve>[0]): Promise<TestServer> {
  const server = await serve(answer)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** A server below HTTP: does what it likes with each connection. */
export async function rawServer(behave: (socket: net.Socket) => void): Promise<string> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      behave(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

/** What came of a call, in a word. */
export const codeOf = (result: CallResult<unknown>): string => (result.ok ? 'ok' : result.problem.code)
