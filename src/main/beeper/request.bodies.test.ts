import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { infoBody, sendJSON, setupBody } from '../testing/http-server.ts'
import { codeOf, started } from '../testing/short-lived.ts'
import { call } from './request.ts'

const megabyte = 1024 * 1024

describe('ORI-4: bodies', () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  test.each([
    ['HTML', '<!doctype html><p>Hello'],
    ['nothing', ''],
    ['cut JSON', '{"app":{"name":"Bee'],
    ['another shape', '{"app":7}'],
    ['null', 'null'],
    ['an array', '[]'],
    ['a number', '1e999'],
    ['deep nesting', deep],
    ['a prototype', '{"__proto__":{"app":1}}'],
    ['a text', '"{}"'],
    ['two answers', '{}{}'],
    ['bytes of no text', Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
    ['a compressed answer that was not asked for', gzipSync(JSON.stringify(infoBody('http://127.0.0.1:1')))],
  ])('%s is unreadable, not an error, whatever type it says it has', async (_, body) => {
    for (const type of ['application/json', 'text/html', 'image/png', '']) {
      const server = await started((answer) => answer.writeHead(200, { 'content-type': type }).end(body))
      expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.unreadable')
    }
  })

  test.each(['text/html', 'text/plain; charset=utf-8', 'application/octet-stream', ''])(
    'the right answer is read by its content, as "%s" too',
    async (type) => {
      const server = await started((answer) => {
        sendJSON(answer, 200, setupBody('ready'), { 'content-type': type })
      })
      expect(codeOf(await call('appSetupRetrieve', { origin: server.origin }, {}))).toBe('ok')
    },
  )

  test.each([
    ['objects', 5_000, '{"a":', '}'],
    ['arrays', 200_000, '[', ']'],
  ])('an error with %s nested %d deep is told by its status', async (_, depth, open, close) => {
    const text = `{"code":"x","message":"m","details":${open.repeat(depth)}1${close.repeat(depth)}}`
    const server = await started((answer) => answer.writeHead(422).end(text))
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.rejected')
  })

  test('deep nesting where anything is allowed is only carried', async () => {
    const server = await started((answer) => answer.writeHead(200).end(deep))
    expect(codeOf(await call('getServerSpec', { origin: server.origin }, {}))).toBe('ok')
  })

  test('what the contract does not know is left out', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 200, { ...setupBody('ready'), news: 1 })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    expect(result.ok && Object.keys(result.value)).toEqual(['state', 'e2ee'])
  })

  test('an operation without an answer takes any good status', async () => {
    const server = await started((answer) => answer.writeHead(204).end())
    const result = await call('appSetupEmail', { origin: server.origin }, { body: { setupRequestID: 'r', email: 'e' } })
    expect(result).toEqual({ ok: true, value: undefined })
  })

  test.each([
    ['of a length that is told', 200, { 'content-length': String(300 * megabyte) }],
    ['in chunks', 200, {}],
    ['with another type', 200, { 'content-type': 'application/octet-stream' }],
    ['as an error', 500, {}],
  ])('300 MB %s are cut off at 8 MB', async (_, status, headers) => {
    let sent = 0
    let isCut: () => void = () => undefined
    const cut = new Promise<void>((resolve) => (isCut = resolve))
    const piece = Buffer.alloc(256 * 1024, 0x20)
    const server = await started((answer) => {
      answer.writeHead(status, headers)
      const pour = (): void => {
        while (sent < 300 * megabyte) {
          sent += piece.length
          if (!answer.write(piece)) return
        }
        answer.end()
      }
      answer.on('drain', pour)
      answer.on('close', isCut)
      pour()
    })
    const result = await call('getServerSpec', { origin: server.origin }, {})
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'beeper.unreadable', detail: 'getServerSpec too large' },
    })
    await cut
    // What the system keeps on its way between the two is sent, but not read.
    expect(sent).toBeGreaterThanOrEqual(8 * megabyte)
    expect(sent).toBeLessThan(32 * megabyte)
  })

  test('one of just under 8 MB is read', async () => {
    const text = JSON.stringify({ a: 'x'.repeat(8 * megabyte - 100) })
    const server = await started((answer) => answer.writeHead(200).end(text))
    expect(codeOf(await call('getServerSpec', { origin: server.origin }, {}))).toBe('ok')
  })
})
