// Pictures that a server or network names, such as the emoji to compare. The window may load none itself (WIN-2), so they are
// fetched here, from where they may come from, and handed on as `data:` URLs of what they are proved to be (ORI-5).
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import { isPrivate } from './private-network.ts'
import type { Target } from './request.ts'
import { BodyTooLarge, exchange } from './transport.ts'

const limitBytes = 1024 * 1024
const limitMs = 10_000
/** Four characters carry three bytes; what stands before them is short. */
const longestDataURL = Math.ceil(limitBytes / 3) * 4 + 100
const dataShape = /^data:image\/[\w.+-]+;base64,(?<base64>[\d+/=A-Za-z]*)$/u

const types = [
  ['image/png', (head: string) => head.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (head: string) => head.startsWith('\xff\xd8\xff')],
  ['image/gif', (head: string) => /^GIF8[79]a/u.test(head)],
  ['image/webp', (head: string) => head.startsWith('RIFF') && head.startsWith('WEBP', 8)],
] as const

const unusable = (detail: string, retry: Problem['retry'] = 'never'): Result<never> =>
  failed({ code: 'picture.unusable', retry, detail })

/** Goes by the first bytes alone: a header names what somebody wishes, and an SVG can hold script. */
function pictureFrom(bytes: Buffer): Result<string> {
  const head = bytes.toString('latin1', 0, 16)
  const type = types.find(([, isType]) => isType(head))
  if (bytes.length > limitBytes) return unusable('too large')
  return type === undefined ? unusable('no raster picture') : ok(`data:${type[0]};base64,${bytes.toString('base64')}`)
}

function fromDataURL(url: string): Result<string> {
  const base64 = url.length > longestDataURL ? undefined : dataShape.exec(url)?.groups?.['base64']
  return base64 === undefined ? unusable('data') : pictureFrom(Buffer.from(base64, 'base64'))
}

/** The token goes to the server that it is for (ORI-2), and to nobody else. */
async function download({ origin, token, signal }: Target, url: URL): Promise<Result<string>> {
  const isOwn = url.origin === origin
  const limit = AbortSignal.timeout(limitMs)
  try {
    const { status, bytes } = await exchange({
      method: 'GET',
      url,
      headers: {
        accept: types.map(([type]) => type).join(', '),
        ...(isOwn && token !== undefined && { authorization: `Bearer ${token}` }),
      },
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      limitBytes,
      reach: isOwn ? 'anywhere' : 'public',
    })
    return status === 200 ? pictureFrom(bytes) : unusable(`status ${String(status)}`)
  } catch (error) {
    if (error instanceof BodyTooLarge) return unusable('too large')
    return unusable(error instanceof Error ? error.name : 'unknown', 'now')
  }
}

/**
 * Reads a picture.
 * @param target the server that named it, and the token for that server
 * @param url `https:` on the public internet, any path of the server itself, or `data:`
 * @returns a `data:` URL of a PNG, JPEG, GIF or WebP picture of at most 1 MB; problem `picture.unusable`
 */
export async function readPicture(target: Target, url: string): Promise<Result<string>> {
  if (/^\s*data:/iu.test(url)) return fromDataURL(url)
  if (url === '' || !URL.canParse(url, target.origin)) return unusable('url')
  const resolved = new URL(url, target.origin)
  if (resolved.username !== '' || resolved.password !== '') return unusable('url')
  const isOwn = resolved.origin === target.origin
  if (!isOwn && (resolved.protocol !== 'https:' || isPrivate(resolved.hostname))) return unusable('foreign')
  return download(target, resolved)
}
