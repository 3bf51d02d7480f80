import type { Result } from '#contract/problem'
import dns from 'node:dns'
import type http from 'node:http'
import net from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { TestServer } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { readPicture } from './pictures.ts'
import { dataURL, largest, noRasters, pngOf, rasters } from './testing/picture-bytes.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const small = pngOf(100)
let server: TestServer
async function answering(
  answer: (answer: http.ServerResponse) => unknown,
): Promise<{ origin: string; token: string; signal?: AbortSignal }> {
  server = await started((response) => void answer(response))
  return { origin: server.origin, token: 'SECRET' }
}
const sending =
  (bytes: Buffer, type = 'image/png', status = 200) =>
  (answer: http.ServerResponse): unknown =>
    answer.writeHead(status, { 'content-type': type }).end(bytes)
const codeOf = (result: Result<string>): string => (result.ok ? 'ok' : result.problem.code)

describe('ORI-5: a picture of the server', () => {
  test.each(rasters)('%s is known by its content, whatever the header says', async (type, bytes) => {
    for (const header of [type, 'text/html', 'image/svg+xml', 'application/octet-stream'])
      expect(await readPicture(await answering(sending(bytes, header)), '/picture')).toEqual({
        ok: true,
        value: dataURL(type, bytes),
      })
  })

  test.each(noRasters)('%s is none, whatever the header says', async (_, bytes) => {
    for (const header of ['image/png', 'image/svg+xml', 'text/html'])
      expect(await readPicture(await answering(sending(bytes, header)), '/picture')).toMatchObject({
        ok: false,
        problem: { code: 'picture.unusable', retry: 'never' },
      })
  })

  test.each([
    ['/pictures/cat.png?size=1', '/pictures/cat.png?size=1'],
    ['pictures/cat.png', '/pictures/cat.png'],
    ['../../cat.png', '/cat.png'],
    ['?x=1', '/?x=1'],
    ['//HOST/cat.png', '/cat.png'],
    ['http://HOST/cat.png#part', '/cat.png'],
  ])('"%s" is of the server, which is asked with the token', async (url, path) => {
    const target = await answering(sending(small))
    expect(codeOf(await readPicture(target, url.replace('HOST', new URL(target.origin).host)))).toBe('ok')
    expect(server.heard).toMatchObject([{ method: 'GET', url: path, headers: { authorization: 'Bearer SECRET' } }])
  })

  test('without a token none is sent', async () => {
    const { origin } = await answering(sending(small))
    await readPicture({ origin }, '/picture')
    expect(server.heard[0]?.headers).not.toHaveProperty('authorization')
  })

  test.each([201, 204, 206, 304, 400, 401, 403, 404, 429, 500, 503])('a %d brings none', async (status) => {
    expect(codeOf(await readPicture(await answering(sending(small, 'image/png', status)), '/picture'))).toBe(
      'picture.unusable',
    )
    expect(server.heard).toHaveLength(1)
  })

  test.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed, not even to the server', async (status) => {
    const other = await started((answer) => answer.end(small))
    for (const location of [`${other.origin}/picture`, '/picture/', 'https://pictures.test/']) {
      const target = await answering((answer) => answer.writeHead(status, { location }).end(small))
      expect(codeOf(await readPicture(target, '/picture'))).toBe('picture.unusable')
      expect(server.heard).toHaveLength(1)
    }
    expect(other.connectionCount).toBe(0)
  })

  test('1 MB is read, one byte more is not', async () => {
    expect(codeOf(await readPicture(await answering(sending(pngOf(largest))), '/picture'))).toBe('ok')
    expect(codeOf(await readPicture(await answering(sending(pngOf(largest + 1))), '/picture'))).toBe('picture.unusable')
    expect(codeOf(await readPicture(await answering(sending(pngOf(2 * largest))), '/picture'))).toBe('picture.unusable')
  })

  test('an endless one is cut off at 1 MB', async () => {
    let sent = 0
    let isCut: () => void = () => undefined
    const cut = new Promise<void>((resolve) => (isCut = resolve))
    const piece = Buffer.alloc(64 * 1024)
    const target = await answering((answer) => {
      answer.writeHead(200, { 'content-type': 'image/png' }).write(small)
      const pour = (): void => {
        do sent += piece.length
        while (answer.write(piece))
      }
      answer.on('drain', pour)
      answer.on('close', isCut)
      pour()
    })
    expect(codeOf(await readPicture(target, '/picture'))).toBe('picture.unusable')
    await cut
    expect(sent).toBeGreaterThanOrEqual(largest)
    expect(sent).toBeLessThan(16 * largest)
  })

  test('one of 2 MB is not waited for to its end', async () => {
    const target = await answering((answer) => answer.writeHead(200).write(pngOf(2 * largest)))
    expect(await readPicture({ ...target, signal: AbortSignal.timeout(5_000) }, '/picture')).toMatchObject({
      ok: false,
      problem: { code: 'picture.unusable', retry: 'never', detail: 'too large' },
    })
  })

  test.each([
    ['is cut', (answer: http.ServerResponse) => answer.writeHead(200, { 'content-length': 999 }).write(small, () => answer.socket?.destroy())],
    ['never comes', () => undefined],
    ['trickles', (answer: http.ServerResponse) => answer.writeHead(200).write(small)],
  ] as const)('one that %s may be tried again', async (_, answer) => {
    const target = { ...(await answering(answer)), signal: AbortSignal.timeout(200) }
    expect(await readPicture(target, '/picture')).toMatchObject({
      ok: false,
      problem: { code: 'picture.unusable', retry: 'now' },
    })
  }) // prettier-ignore

  test('an own limit of ten seconds ends a silent one', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const limits = vi.spyOn(AbortSignal, 'timeout').mockImplementation((limitMs) => timeout(limitMs / 100))
    expect(codeOf(await readPicture(await answering(() => undefined), '/picture'))).toBe('picture.unusable')
    expect(limits.mock.calls).toEqual([[10_000]])
  })
})

describe('ORI-5: what is refused before anybody is asked', () => {
  const other = 'http://127.0.0.1:1'

  test.each([
    ['nothing', ''],
    ['plain HTTP elsewhere', 'http://pictures.test/cat.png'],
    ['another port of this computer', `${other}/cat.png`],
    ['another name of this computer', 'http://localhost:1/cat.png'],
    ['this computer by https', 'https://127.0.0.1/cat.png'],
    ['all of 127.0.0.0/8', 'https://127.9.9.9/cat.png'],
    ['in disguise: hex', 'https://0x7f.1/cat.png'],
    ['in disguise: one number', 'https://2130706433/cat.png'],
    ['in disguise: octal', 'https://0177.0.0.1/cat.png'],
    ['in disguise: IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/cat.png'],
    ['in disguise: fullwidth', 'https://\uff11\uff12\uff17.0.0.1/cat.png'],
    ['unspecified', 'https://0.0.0.0/cat.png'],
    ['localhost', 'https://localhost/cat.png'],
    ['localhost with a dot', 'https://localhost./cat.png'],
    ['under localhost', 'https://a.localhost/cat.png'],
    ['10/8', 'https://10.0.0.1/cat.png'],
    ['192.168/16', 'https://192.168.1.1/cat.png'],
    ['172.16/12', 'https://172.31.255.254/cat.png'],
    ['169.254/16', 'https://169.254.169.254/latest/meta-data'],
    ['::1', 'https://[::1]/cat.png'],
    ['fc00::/7', 'https://[fd12:3456::1]/cat.png'],
    ['fe80::/10', 'https://[fe80::1]/cat.png'],
    ['credentials', 'https://me:secret@pictures.test/cat.png'],
    ['credentials for the server', 'http://me@HOST/cat.png'],
    ['a file', 'file:///etc/passwd'],
    ['script', 'javascript:alert(1)'],
    ['a blob', 'blob:https://pictures.test/1'],
    ['the own scheme', 'app://ui/index.html'],
    ['mxc', 'mxc://beeper.com/abc'],
    ['ftp', 'ftp://pictures.test/cat.png'],
    ['ws', 'wss://pictures.test/cat.png'],
    ['no URL', 'https://['],
  ])('%s', async (_, url) => {
    const target = await answering(sending(small))
    const asked = vi.spyOn(dns, 'lookup')
    // How many connections this process opens, to anybody.
    const connected = vi.spyOn(net.Socket.prototype, 'connect')
    const result = await readPicture(target, url.replace('HOST', new URL(target.origin).host))
    expect(result).toMatchObject({ ok: false, problem: { code: 'picture.unusable', retry: 'never' } })
    expect(asked).not.toHaveBeenCalled()
    expect(connected).not.toHaveBeenCalled()
    expect(server.connectionCount).toBe(0)
  })
})

describe('ORI-5: data: URLs', () => {
  const target = { origin: 'http://127.0.0.1:1', token: 'SECRET' }
  const read = async (url: string): Promise<string> => {
    const result = await readPicture(target, url)
    return result.ok ? result.value : result.problem.code
  }

  test.each(rasters)('%s is handed on as what it is', async (type, bytes) => {
    expect(await read(dataURL(type, bytes))).toBe(dataURL(type, bytes))
    expect(await read(dataURL('image/svg+xml', bytes))).toBe(dataURL(type, bytes))
  })

  test.each(noRasters)('%s is refused', async (_, bytes) => {
    expect(await read(dataURL('image/png', bytes))).toBe('picture.unusable')
  })

  test.each([
    ['of no type', dataURL('', small)],
    ['of text', dataURL('text/html', small)],
    ['of a type with parameters', dataURL('image/png;charset=utf-8', small)],
    ['without base64', `data:image/png,${small.toString('latin1')}`],
    ['with an escape', dataURL('image/png', small).replace('=', '%3D')],
    ['with markup after it', `${dataURL('image/png', small)}"><script>`],
    ['with a line break', `${dataURL('image/png', small)}\n`],
    ['in capitals', dataURL('image/png', small).replace('data', 'DATA')],
    ['after a space', ` ${dataURL('image/png', small)}`],
    ['of nothing', 'data:'],
  ])('one %s is refused', async (_, url) => {
    expect(await read(url)).toBe('picture.unusable')
  })

  test('1 MB is taken, one byte more is not, nor is far more', async () => {
    const full = dataURL('image/png', pngOf(largest))
    expect(await read(full)).toBe(full)
    expect(await read(dataURL('image/png', pngOf(largest + 1)))).toBe('picture.unusable')
    expect(await read(dataURL('image/png', pngOf(4 * largest)))).toBe('picture.unusable')
  })
})
