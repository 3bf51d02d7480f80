// The event channel. At most once and without replay, so it only ever says "look": whoever listens reads the state after
// each connect and keeps a slow poll beside it (semantics 8). What a frame carries is not read: it may be late or doubled, and
// chat frames are none of our business.
import WebSocket from 'ws'
import { z } from 'zod'
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

/** Frames are open, and of all that they may hold this is what counts. */
const zFrame = z.object({ type: z.string(), app: z.object({ state: z.boolean() }).optional().catch(undefined) })

const subscription = JSON.stringify({ type: 'subscriptions.set', chatIDs: [], app: { state: true } })

/** Setup or a verification has changed: its effect on the state is read, not guessed. */
const isChange = (type: string): boolean => type === 'app.state.updated' || type.startsWith('verification.')

/**
 * Listens until told to stop, connecting again after a growing pause.
 * @param target server and token
 * @param listener `started` once events flow: when the server confirms the subscription, or sends the first event without having
 *   done so. Not with `ready`: what changed between a reading and the confirmation would be missed (semantics 8). `ended` whenever
 *   they stop flowing, and after every attempt that failed.
 * @returns stops listening
 */
export function listen(target: Target & { readonly token: string }, listener: EventListener): () => void {
  let socket: WebSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let pauseMs = firstPauseMs
  let isFlowing = false
  let isStopped = false

  function receive(data: WebSocket.RawData): void {
    const frame = zFrame.safeParse(parse(data))
    if (isStopped || !frame.success) return
    const { type, app } = frame.data
    if (type === 'ready') socket?.send(subscription)
    else if (isFlowing && isChange(type)) listener.changed()
    else if (!isFlowing && (isChange(type) || (type === 'subscriptions.updated' && app?.state !== false))) {
      isFlowing = true
      pauseMs = firstPauseMs
      listener.started()
    }
  }

  function again(): void {
    socket = undefined
    isFlowing = false
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
