// The event channel. At most once and without replay, so it only ever says "look": whoever listens reads the state after
// each connect and keeps a slow poll beside it (semantics 8). Chat frames are dropped unread.
import { zWsAppStateUpdated } from '#contract/beeper/gen/zod.gen'
import { setupFrom } from '#contract/beeper/setup'
import WebSocket from 'ws'
import type { EventListener } from '../beeper-port.ts'
import { call } from './request.ts'
import type { Target } from './request.ts'
import { wayTo } from './transport.ts'

const defaultPath = '/v1/ws'
const firstPauseMs = 1_000
const longestPauseMs = 30_000
/** A frame of ours is a few kB; anything larger is not meant for us. */
const frameLimit = 1024 * 1024
const handshakeLimitMs = 10_000

/** The announced endpoint, if it stays on the server that the token belongs to (ORI-2); else the documented path. */
export function socketURL(origin: string, announced: string): string {
  const fallback = new URL(defaultPath, origin)
  const url = URL.canParse(announced, origin) ? new URL(announced, origin) : fallback
  const chosen = url.host === fallback.host ? url : fallback
  // A WebSocket URL has no fragment, and the only credentials sent are ours.
  chosen.hash = chosen.username = chosen.password = ''
  chosen.protocol = fallback.protocol === 'https:' ? 'wss:' : 'ws:'
  return chosen.href
}

function parse(data: WebSocket.RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '')
  } catch {
    // A frame that is not JSON is one of those to ignore.
    return undefined
  }
}

const isReady = (frame: unknown): boolean =>
  typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === 'ready'
const isVerification = (frame: unknown): boolean =>
  typeof frame === 'object' &&
  frame !== null &&
  'type' in frame &&
  typeof frame.type === 'string' &&
  frame.type.startsWith('verification.')

/**
 * Listens until told to stop, connecting again after a growing pause.
 * @param target server and token
 * @param listener `started` once events flow, and for a change without its state; `ended` whenever they stop flowing
 * @returns stops listening
 */
export function listen(target: Target & { readonly token: string }, listener: EventListener): () => void {
  let socket: WebSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let pauseMs = firstPauseMs
  let isStopped = false

  function receive(data: WebSocket.RawData): void {
    if (isStopped) return
    const frame = parse(data)
    if (isReady(frame)) {
      socket?.send(JSON.stringify({ type: 'subscriptions.set', chatIDs: [], app: { state: true } }))
      pauseMs = firstPauseMs
      listener.started()
      return
    }
    const update = zWsAppStateUpdated.safeParse(frame)
    if (update.success) listener.setupUpdated(setupFrom(update.data.appState))
    // Its effect on the setup state is read, not guessed.
    else if (isVerification(frame)) listener.started()
  }

  function again(): void {
    socket = undefined
    if (isStopped) return
    listener.ended()
    timer = setTimeout(attempt, pauseMs)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  async function connect(): Promise<void> {
    const info = await call('getInfo', { origin: target.origin }, {})
    if (isStopped) return
    const url = socketURL(target.origin, info.ok ? info.value.endpoints.ws_events : defaultPath)
    socket = new WebSocket(url, {
      headers: { authorization: `Bearer ${target.token}` },
      maxPayload: frameLimit,
      followRedirects: false,
      handshakeTimeout: handshakeLimitMs,
      ...wayTo(new URL(url)),
    })
    socket.on('message', receive)
    // `close` follows every error, and is where the next attempt is planned.
    socket.on('error', () => undefined)
    socket.on('close', again)
  }

  // A token or an address that no request can carry is refused by throwing; it counts as one more failed attempt.
  const attempt = (): void => void connect().catch(again)

  attempt()
  return () => {
    isStopped = true
    clearTimeout(timer)
    socket?.terminate()
  }
}
