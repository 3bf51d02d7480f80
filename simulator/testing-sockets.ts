// Sockets for the simulator's own tests. Every frame that arrives is held against the contract.
import { afterEach } from 'vitest'
import { WebSocket } from 'ws'
import { zWsServerMessage } from '#contract/beeper/gen/zod.gen'
import { until, type Bench } from './testing.ts'

export interface Frame {
  readonly type: string
  readonly [key: string]: unknown
}

const open: WebSocket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate()
})

/** Rejects with the status of the refusal. */
export async function connect(it: Bench, token?: string): Promise<{ socket: WebSocket; frames: Frame[] }> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const socket = new WebSocket(`${it.simulator.origin.replace('http', 'ws')}/v1/ws`, { headers })
  open.push(socket)
  const frames: Frame[] = []
  socket.on('message', (data: Buffer) => {
    frames.push(zWsServerMessage.parse(JSON.parse(data.toString('utf8'))))
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { socket, frames }
}

export const subscribe = (socket: WebSocket): void => {
  socket.send(JSON.stringify({ type: 'subscriptions.set', requestID: 'r1', chatIDs: [], app: { state: true } }))
}

/** A socket that gets the events, and what has arrived since it does. */
export async function listener(it: Bench, token: string): Promise<{ socket: WebSocket; frames: Frame[] }> {
  const { frames, socket } = await connect(it, token)
  subscribe(socket)
  await until(() => frames.length === 2)
  frames.length = 0
  return { frames, socket }
}
