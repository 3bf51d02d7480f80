// `fetch` for a server behind an authority of our own: the platform's takes none, and trusting one for a whole process
// would also trust it in what is being tested.
import { request as httpsRequest } from 'node:https'

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/** A `fetch` that trusts the certificates of `ca` (PEM) and no others. It follows no redirects; plain http is as ever. */
export function trustingFetch(ca: string): Fetch {
  return async (url, init) => {
    const request = new Request(url, init)
    if (new URL(request.url).protocol !== 'https:') return fetch(request)
    const body = Buffer.from(await request.arrayBuffer())
    return new Promise((resolve, reject) => {
      const headers = Object.fromEntries(request.headers)
      const sent = httpsRequest(request.url, { ca, headers, method: request.method }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const received = new Headers()
          for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
            for (const value of values) received.append(name, value)
          }
          const { statusCode: status = 200 } = incoming
          resolve(new Response(chunks.length === 0 ? null : Buffer.concat(chunks), { status, headers: received }))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
