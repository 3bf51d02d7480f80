import { operations } from '#contract/beeper/gen/operations.gen'
import type net from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { infoBody, sendJSON, serve } from '../testing/http-server.ts'
import { codeOf, rawServer, started } from '../testing/short-lived.ts'
import { call } from './request.ts'

describe('what goes wrong below HTTP', () => {
  test.each([
    ['closes without a word', (socket: net.Socket) => socket.end()],
    ['resets', (socket: net.Socket) => socket.resetAndDestroy()],
    [
      'resets within the headers',
      (socket: net.Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Le', () => socket.resetAndDestroy()),
    ],
    [
      'resets within the body',
      (socket: net.Socket) =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":', () => socket.resetAndDestroy()),
    ],
    [
      'ends within the body',
      (socket: net.Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":1}'),
    ],
    [
      'ends within a chunk',
      (socket: net.Socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"a"'),
    ],
    ['speaks another protocol', (socket: net.Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
    ['has endless headers', (socket: net.Socket) => socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`)],
    [
      'switches protocols unasked',
      (socket: net.Socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    ],
  ])('a server that %s is unreachable', async (_, behave) => {
    const origin = await rawServer((socket) => void behave(socket))
    const result = await call('getServerSpec', { origin, signal: AbortSignal.timeout(3_000) }, {})
    expect(codeOf(result)).toBe('beeper.unreachable')
  })

  test('nobody there says so with the code of the system', async () => {
    const server = await serve(() => undefined)
    await server.close()
    const result = await call('getInfo', { origin: server.origin }, {})
    expect(result).toMatchObject({ ok: false, problem: { code: 'beeper.unreachable', detail: 'getInfo ECONNREFUSED' } })
  })

  test('hints before the answer are passed over', async () => {
    const text = JSON.stringify(infoBody('http://127.0.0.1:1'))
    const origin = await rawServer((socket) =>
      socket.end(
        `HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`,
      ),
    )
    expect(codeOf(await call('getInfo', { origin }, {}))).toBe('ok')
  })

  test('a token that no header can carry is a problem, not an exception', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 200, [])
    })
    const result = await call('getAccounts', { origin: server.origin, token: 'a\r\nX-Evil: 1' }, {})
    expect(codeOf(result)).toBe('beeper.unreachable')
    expect(server.heard).toEqual([])
  })

  test('an abort while the body arrives ends the call and the connection', async () => {
    const aborter = new AbortController()
    let closed: () => void = () => undefined
    const isClosed = new Promise<void>((resolve) => (closed = resolve))
    const server = await started((answer) => {
      answer.on('close', closed)
      answer.writeHead(200, { 'content-length': 1000 })
      answer.write('{', () => {
        aborter.abort()
      })
    })
    const result = await call('getInfo', { origin: server.origin, signal: aborter.signal }, {})
    expect(codeOf(result)).toBe('beeper.unreachable')
    await isClosed
  })

  test('an abort before the call sends nothing', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 200, {})
    })
    expect(codeOf(await call('getInfo', { origin: server.origin, signal: AbortSignal.abort() }, {}))).toBe(
      'beeper.unreachable',
    )
    expect(server.heard).toEqual([])
  })

  test('RUN-2: the limit of the operation itself ends a silent call', async () => {
    const server = await started(() => undefined)
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const limits = vi.spyOn(AbortSignal, 'timeout').mockImplementation((limitMs) => timeout(limitMs / 100))
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.timeout')
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}, { limitMs: 5_000 }))).toBe('beeper.timeout')
    expect(limits.mock.calls).toEqual([[operations.getInfo.timeoutMs], [5_000]])
    limits.mockRestore()
  })

  test('a waiting step has no limit under ten minutes', () => {
    expect(operations.submitLoginStep.longPollTimeoutMs).toBeGreaterThanOrEqual(10 * 60_000)
  })
})
