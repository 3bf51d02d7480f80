// One HTTP exchange with a Beeper server, over node:http and not fetch: fetch gives up on an answer that is silent for
// five minutes (undici's headers time-out, Node 20.18), and a waiting step must have no cut below ten. node:http also never
// follows a redirect, keeps no cookies and reads no proxy from the environment.
import http from 'node:http'
import https from 'node:https'

export interface Exchange {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal
}

export interface RawAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
}

/** More than any answer of the contract needs; a server that sends more is cut off. */
const bodyLimit = 8 * 1024 * 1024

export class BodyTooLarge extends Error {}

async function readBody(answer: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > bodyLimit) {
      answer.destroy()
      throw new BodyTooLarge('answer larger than 8 MB')
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/**
 * Sends one request and reads the whole answer.
 * @param exchange what to send; its signal ends the exchange at any moment, while the body arrives too
 * @returns status, headers and body as text, whatever the status is
 * @throws Error from the socket, `AbortError`, or {@link BodyTooLarge}
 */
export function exchange({ method, url, headers, body, signal }: Exchange): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:'
    // A connection of its own for each request: one that the server has meanwhile closed would fail a call that must
    // not be repeated, and on loopback a new one costs next to nothing.
    const options = {
      method,
      signal,
      agent: false as const,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    }
    const request = (secure ? https : http).request(url, options, (answer) => {
      readBody(answer).then((text) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
      }, reject)
    })
    // Node ends an unasked change of protocol without a word: no answer, no error, whatever the signal says.
    request.on('upgrade', (answer, socket) => {
      socket.destroy()
      reject(new Error(`unasked status ${String(answer.statusCode)}`))
    })
    request.on('error', reject)
    request.end(body)
  })
}
