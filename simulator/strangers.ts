// Servers that are not Beeper, for tests of finding one: something else may well listen where Beeper is expected.
import { createServer, type ServerResponse } from 'node:http'
import { listen, originOf } from './listening.ts'

type Answer = (response: ServerResponse) => void

const answers = {
  /** A web page on every path. */
  html: (response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end('<!doctype html><title>Welcome</title><h1>It works!</h1>')
  },
  /** JSON of something else on every path. */
  json: (response) => {
    sendJSON(response, 200, { hello: 'world' })
  },
  'not-found': (response) => {
    response.writeHead(404).end()
  },
  /** Takes the request and never answers. */
  silent: () => undefined,
  /** An error that reads like one of an API. */
  teapot: (response) => {
    sendJSON(response, 500, { error: 'I am a teapot' })
  },
} satisfies Record<string, Answer>

export type StrangerKind = keyof typeof answers

export interface Stranger {
  readonly origin: string
  close(): Promise<void>
}

/** Starts a stranger; by default on a free port of 127.0.0.1. Rejects with `EADDRINUSE` when the port is taken. */
export async function startStranger(
  kind: StrangerKind,
  { host = '127.0.0.1', port = 0 }: { readonly port?: number; readonly host?: string } = {},
): Promise<Stranger> {
  const answer: Answer = answers[kind]
  const server = createServer((request, response) => {
    request.resume()
    answer(response)
  })
  const listening = await listen(server, port, host)
  return { origin: originOf('http', host, listening.port), close: listening.close }
}

function sendJSON(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
