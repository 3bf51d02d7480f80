// Pages the simulator draws: the consent page, the fake websites, the demo phone.
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHTML = (text: string): string => text.replace(/[&<>"']/g, (found) => escapes[found] ?? found)

export interface PageOptions {
  readonly status?: number
  /** Content-Security-Policy; pages without scripts do with the default. */
  readonly policy?: string
  readonly headers?: Record<string, string>
}

export function htmlResponse(page: string, options: PageOptions = {}): Response {
  const { headers, policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'", status = 200 } = options
  return new Response(page, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  })
}
