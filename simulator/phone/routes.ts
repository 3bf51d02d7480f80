import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import type { ServerEnv } from '../api.ts'
import { htmlResponse } from '../html.ts'
import { phonePage } from './page.ts'

export function servePhone(app: Hono<ServerEnv>, path: string): void {
  app.get(path, () => {
    const nonce = randomBytes(16).toString('base64')
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "connect-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ')
    return htmlResponse(phonePage(nonce), { policy })
  })
}
