// One HTTP exchange with a Beeper server, over node:http and not fetch: fetch gives up on an answer that is silent for
// five minutes (undici's headers time-out, Node 20.18), and a waiting step must have no cut below ten. node:http also never
// follows a redirect, keeps no cookies and reads no proxy from the environment.
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { lookupFor } from './lookup.ts'
import type { Reach } from './lookup.ts'
import { trust } from './trust.ts'

export interface Exchange {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly signal: AbortSignal
  /** How much of the answer is read before the exchange is cut off; 8 MB, which is more than any of the contract needs. */
  readonly limitBytes?: number
  /** Which addresses the name in the URL may lead to; `anywhere` unless the server chose it. */
  readonly reach?: Reach
}

export interface RawAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: Buffer
}

const defaultLimitBytes = 8 * 1024 * 1024

/** After so long a silence the other side is asked whether it is still there; a waiting step is silent for minutes. */
const silentMs = 30_000

export class BodyTooLarge extends Error {}

interface Way {
  readonly lookup: LookupFunction
  readonly secureContext?: SecureContext
  readonly rejectUnauthorized?: true
}

/**
 * How a connection finds and checks its server; for every kind of connection, so that none is easier on certificates.
 * @param url of `http:`, `https:`, `ws:` or `wss:`
 */
export function wayTo(url: URL, reach: Reach = 'anywhere'): Way {
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:'
  const lookup = lookupFor(isSecure, reach)
  // Said aloud, or NODE_TLS_REJECT_UNAUTHORIZED in the environment would switch it off.
  return isSecure ? { lookup, secureContext: trust(), rejectUnauthorized: true } : { lookup }
}

async function readBody(answer: http.IncomingMessage, limitBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > limitBytes) {
      answer.destroy()
      throw new BodyTooLarge(`answer larger than ${String(limitBytes)} bytes`)
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/**
 * Sends one request and reads the whole answer.
 * @param exchange what to send; its signal ends the exchange at any moment, while the body arrives too
 * @returns status, headers and body, whatever the status is
 * @throws Error from the socket, `AbortError`, or {@link BodyTooLarge}
 */
export function exchange({ method, url, headers, body, signal, limitBytes, reach }: Exchange): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    // A connection of its own for each request: one that the server has meanwhile closed would fail a call that must
    // not be repeated, and on loopback a new one costs next to nothing.
    const options = {
      method,
      signal,
      agent: false as const,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      ...wayTo(url, reach),
    }
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (answer) => {
      readBody(answer, limitBytes ?? defaultLimitBytes).then((bytes) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes })
      }, reject)
    })
    // Node ends an unasked change of protocol without a word: no answer, no error, whatever the signal says.
    request.on('upgrade', (answer, socket) => {
      socket.destroy()
      reject(new Error(`unasked status ${String(answer.statusCode)}`))
    })
    request.on('error', reject)
    // A connection that dies without a word would otherwise never be missed.
    request.on('socket', (socket) => socket.setKeepAlive(true, silentMs))
    request.end(body)
  })
}
