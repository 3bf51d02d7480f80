// Answers for the page's own scheme: which file, with which headers. Works on web types alone, so it runs in plain Node.
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export const appHost = 'ui'
export const appPage = 'app://ui/index.html'

/** WIN-2. The hash is that of the empty style that the code field adds. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "font-src 'self'",
  "img-src 'self' data:",
  // Sounds of a puzzle, for those who cannot see its picture.
  'media-src data:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ')

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

// The names that the build gives, and nothing else: no empty part, no leading dot, no percent sign, no backslash. What a
// path means to a file system never comes up.
const assetPath = /^(?:\/[\w-][\w.-]*)+$/

/** What is looked at of a request. */
type Asked = Pick<Request, 'url' | 'method' | 'headers'>

/** The path of a URL of ours below the root, or undefined if it is not one of ours. */
export function assetPathOf(url: string): string | undefined {
  // Not `new URL`: it resolves dots, and what it makes of a scheme depends on the scheme.
  const prefix = `app://${appHost}`
  if (!url.startsWith(prefix)) return undefined
  const path = (url.slice(prefix.length).split(/[?#]/, 1)[0] ?? '') || '/'
  if (path === '/') return '/index.html'
  return assetPath.test(path) && extname(path) in types ? path : undefined
}

/**
 * Answers a request with a file of the built page.
 * @param request the page's request
 * @param root the folder of the built page
 */
export async function answerFromFiles(request: Asked, root: string): Promise<Response> {
  const path = request.method === 'GET' ? assetPathOf(request.url) : undefined
  if (path === undefined) return notFound()
  try {
    const base = await realpath(root)
    const file = await realpath(join(base, path))
    // A link inside the folder must not lead out of it.
    if (!file.startsWith(base + sep)) return notFound()
    const body = await readFile(file)
    return new Response(new Uint8Array(body), {
      headers: { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' },
    })
  } catch {
    return notFound()
  }
}

function notFound(): Response {
  return new Response('', { status: 404, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } })
}

/**
 * Answers a request from Vite's dev server, under our own origin, so that every check on the origin is the real one. The
 * policy gives way where hot reloading needs it: its style elements, its overlay and its socket, which Vite first looks for
 * at our own host; refused there by the policy, it would never try the right one.
 * @param request the page's request
 * @param devServer such as `http://localhost:5173`
 * @param fetchFrom fetches from the dev server; `accept` tells Vite a style sheet from a module
 */
export async function answerFromDevServer(
  request: Asked,
  devServer: string,
  fetchFrom: (url: string, accept: string) => Promise<Response>,
): Promise<Response> {
  const asked = new URL(request.url)
  const { origin, host } = new URL(devServer)
  if (asked.host !== appHost || request.method !== 'GET') return notFound()
  const found = await fetchFrom(`${origin}${asked.pathname}${asked.search}`, request.headers.get('Accept') ?? '*/*')
  const answer = new Headers(headers)
  answer.set('Content-Type', found.headers.get('Content-Type') ?? 'text/plain')
  answer.set('Cache-Control', 'no-store')
  answer.set(
    'Content-Security-Policy',
    `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; media-src data:; connect-src 'self' ws://${appHost} ws://${host}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  )
  return new Response(found.body, { status: found.status, headers: answer })
}
