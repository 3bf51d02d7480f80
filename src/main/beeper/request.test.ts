import { operations } from '#contract/beeper/gen/operations.gen'
import http from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { infoBody, sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { call } from './request.ts'
import type { CallResult, OperationID } from './request.ts'

const ids = Object.keys(operations) as OperationID[]
const values = {
  bridgeID: 'local-whatsapp', loginSessionID: 's1', stepID: 'qr', loginID: 'l1', accountID: 'a1', verificationID: 'v1',
} // prettier-ignore
const body = {
  setupRequestID: 'SECRETrequest',
  email: 'sam@example.com',
  response: 'SECRETcode',
  type: 'user_input',
  fields: { f: 'SECRETfield' },
}

/** Calls any operation with more than it needs; what the call itself does is the same for all of them. */
function anyCall(id: OperationID, target: Parameters<typeof call>[1]): Promise<CallResult<unknown>> {
  return call(id, target, { path: values, body })
}

const servers: TestServer[] = []
const closers: (() => void)[] = []
async function started(answer: Parameters<typeof serve>[0]): Promise<TestServer> {
  const server = await serve(answer)
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** A server below HTTP: does what it likes with each connection. */
async function rawServer(behave: (socket: net.Socket) => void): Promise<string> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      behave(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

const codeOf = (result: CallResult<unknown>): string => (result.ok ? 'ok' : result.problem.code)

describe('every operation', () => {
  test.each([301, 302, 303, 307, 308])(
    'ORI-3: a redirect (%d) is an error, and nobody else hears of the call',
    async (status) => {
      const other = await started((answer) => {
        sendJSON(answer, 200, {})
      })
      const server = await started((answer) =>
        answer.writeHead(status, { location: `${other.origin}/v1/stolen` }).end(),
      )
      for (const id of ids) {
        const result = await anyCall(id, { origin: server.origin, token: 'SECRETtoken' })
        expect(codeOf(result), id).toBe('beeper.not-beeper')
      }
      expect(server.heard).toHaveLength(ids.length)
      expect(other.connectionCount).toBe(0)
    },
  )

  test.each(ids)('%s: goes out once as the contract says, with the token only where it is secured', async (id) => {
    const server = await started((answer) => {
      sendJSON(answer, 500, { code: 'x', message: 'y' })
    })
    const row = operations[id]
    expect(codeOf(await anyCall(id, { origin: server.origin, token: 'SECRETtoken' }))).toBe('beeper.fault')
    expect(server.heard).toHaveLength(1)
    const [heard] = server.heard
    const path = row.path.replace(/\{(\w+)\}/gu, (_, name: string) => String(Reflect.get(values, name)))
    expect(heard).toMatchObject({ method: row.method, url: path })
    expect(heard?.headers.authorization).toBe(row.secured === 'no' ? undefined : 'Bearer SECRETtoken')
    expect(heard?.headers['content-type']).toBe(row.bodyType)
    expect(heard?.body === '').toBe(row.bodyType === undefined)
    expect(heard?.url).not.toContain('SECRET')
  })

  test.each(ids)('%s: sends no authorization without a token', async (id) => {
    const server = await started((answer) => {
      sendJSON(answer, 500, {})
    })
    await anyCall(id, { origin: server.origin })
    expect(server.heard[0]?.headers).not.toHaveProperty('authorization')
  })

  test('ORI-4: keeps no cookie, says no more about itself than it must', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 500, {}, { 'set-cookie': ['a=SECRET; Path=/', 'b=2'] })
    })
    for (const id of ids) await anyCall(id, { origin: server.origin })
    const names = new Set(server.heard.flatMap(({ headers }) => Object.keys(headers)))
    expect([...names].sort()).toEqual(['accept', 'connection', 'content-length', 'content-type', 'host'])
  })

  test('RUN-2: no answer at all ends with the signal of the caller', async () => {
    const server = await started(() => undefined)
    const results = await Promise.all(
      ids.map((id) => anyCall(id, { origin: server.origin, signal: AbortSignal.timeout(200) })),
    )
    expect(new Set(results.map(codeOf))).toEqual(new Set(['beeper.timeout']))
  })

  test('RUN-2: an answer that trickles ends the same way', async () => {
    const server = await started((answer) => {
      answer.writeHead(200)
      const timer = setInterval(() => answer.write(' '), 20)
      answer.on('close', () => {
        clearInterval(timer)
      })
    })
    const trickled = ids.filter((id) => operations[id].answerSchema !== undefined)
    const results = await Promise.all(
      trickled.map((id) => anyCall(id, { origin: server.origin, signal: AbortSignal.timeout(200) })),
    )
    expect(new Set(results.map(codeOf))).toEqual(new Set(['beeper.timeout']))
  })
})

describe('ORI-4: a proxy of the environment', () => {
  const names = [
    'HTTP_PROXY',
    'http_proxy',
    'HTTPS_PROXY',
    'https_proxy',
    'ALL_PROXY',
    'all_proxy',
    'NODE_USE_ENV_PROXY',
  ]
  const before = names.map((name) => [name, process.env[name]] as const)
  let proxy: TestServer

  beforeEach(async () => {
    proxy = await started((answer) => {
      sendJSON(answer, 200, {})
    })
    for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.origin
  })
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  })

  test('is not used', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 200, setupBody('ready'))
    })
    expect(await call('appSetupRetrieve', { origin: server.origin, token: 'SECRET' }, {})).toMatchObject({ ok: true })
    expect(proxy.connectionCount).toBe(0)
  })
})

describe('statuses', () => {
  test.each([
    [400, 'beeper.rejected', 'never'],
    [401, 'beeper.token-refused', 'never'],
    [403, 'beeper.missing-scope', 'never'],
    [404, 'beeper.not-found', 'never'],
    [408, 'beeper.timeout', 'now'],
    [409, 'beeper.conflict', 'never'],
    [410, 'beeper.not-found', 'never'],
    [418, 'beeper.rejected', 'never'],
    [422, 'beeper.rejected', 'never'],
    [429, 'beeper.rate-limited', 'later'],
    [500, 'beeper.fault', 'later'],
    [501, 'beeper.fault', 'later'],
    [502, 'beeper.upstream', 'later'],
    [503, 'beeper.upstream', 'later'],
    [504, 'beeper.upstream', 'later'],
    [599, 'beeper.fault', 'later'],
    [304, 'beeper.not-beeper', 'never'],
    [300, 'beeper.not-beeper', 'never'],
  ] as const)('%d is %s, to be tried again %s', async (status, code, retry) => {
    const server = await started((answer) => {
      sendJSON(answer, status, { code: 'some_code', message: 'Some words.' })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    const hasBody = status !== 304
    expect(result).toEqual({
      ok: false,
      problem: { code, retry, detail: `appSetupRetrieve ${String(status)}`, ...(hasBody && { says: 'Some words.' }) },
      refusal: { status, code: hasBody ? 'some_code' : '', message: hasBody ? 'Some words.' : '' },
    })
  })

  test.each([
    ['HTML', '<html><body>502</body></html>', ''],
    ['nothing', '', ''],
    ['cut JSON', '{"code":"x","mess', ''],
    ['another shape', '{"error":"old","code":"x"}', ''],
    ['a huge text', JSON.stringify({ code: 'x', message: 'm'.repeat(100_000) }), 'm'.repeat(600)],
    ['null', 'null', ''],
    ['details of any kind', '{"code":"x","message":"m","details":{"issues":7}}', 'm'],
  ])('never fails while reading an error: %s', async (_, text, says) => {
    const server = await started((answer) => answer.writeHead(422).end(text))
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    expect(result.ok).toBe(false)
    if (!result.ok) expect([result.problem.code, result.problem.says ?? '']).toEqual(['beeper.rejected', says])
  })

  test.each([
    ['0', 0],
    ['7', 7_000],
    ['60', 60_000],
    ['86400', 60_000],
    ['99999999999999999999', 60_000],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 60_000],
  ])('Retry-After "%s" is %s ms', async (header, waitMs) => {
    const server = await started((answer) => {
      sendJSON(answer, 429, {}, { 'retry-after': header })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    expect(result.ok ? 'ok' : result.problem.waitMs).toBe(waitMs)
  })

  test('Retry-After as a date counts from now', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 503, {}, { 'retry-after': new Date(Date.now() + 20_000).toUTCString() })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    const waitMs = result.ok ? 0 : (result.problem.waitMs ?? 0)
    expect(waitMs).toBeGreaterThan(15_000)
    expect(waitMs).toBeLessThanOrEqual(20_000)
  })
})

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
  ])('%s is unreadable, not an error', async (_, text) => {
    const server = await started((answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end(text))
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.unreadable')
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

  test('an endless body is cut off at 8 MB', async () => {
    let sent = 0
    let isCut = false
    const piece = Buffer.alloc(256 * 1024, 0x20)
    const server = await started((answer) => {
      answer.writeHead(200, { 'content-type': 'application/json' })
      const pour = (): void => {
        while (!isCut) {
          sent += piece.length
          if (!answer.write(piece)) break
        }
      }
      answer.on('drain', pour)
      answer.on('close', () => (isCut = true))
      pour()
    })
    const result = await call('getServerSpec', { origin: server.origin }, {})
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'beeper.unreadable', detail: 'getServerSpec too large' },
    })
    expect(sent).toBeGreaterThanOrEqual(8 * 1024 * 1024)
    expect(sent).toBeLessThan(32 * 1024 * 1024)
  })

  test('one of just under 8 MB is read', async () => {
    const text = JSON.stringify({ a: 'x'.repeat(8 * 1024 * 1024 - 100) })
    const server = await started((answer) => answer.writeHead(200).end(text))
    expect(codeOf(await call('getServerSpec', { origin: server.origin }, {}))).toBe('ok')
  })
})

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
    const beganMs = performance.now()
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.timeout')
    expect(performance.now() - beganMs).toBeLessThan(4_500)
  })

  test('a waiting step has no limit under ten minutes', () => {
    expect(operations.submitLoginStep.longPollTimeoutMs).toBeGreaterThanOrEqual(10 * 60_000)
  })
})

describe('paths', () => {
  const session = (loginSessionID: string): { path: { bridgeID: string; loginSessionID: string } } => ({
    path: { bridgeID: 'b', loginSessionID },
  })

  test.each([
    ['a/b:c.d%', 'a%2Fb%3Ac.d%25'],
    ['?x=1#y', '%3Fx%3D1%23y'],
    ['ä b', '%C3%A4%20b'],
    ['@sam:beeper.com', '%40sam%3Abeeper.com'],
    ['...', '...'],
    ['a/../../b', 'a%2F..%2F..%2Fb'],
  ])('an ID "%s" stays one part of the path', async (id, encoded) => {
    const server = await started((answer) => {
      sendJSON(answer, 404, {})
    })
    await call('getLoginSession', { origin: server.origin }, session(id))
    expect(server.heard[0]?.url).toBe(`/v1/bridges/b/login-sessions/${encoded}`)
  })

  test.each(['.', '..', ''])('an ID "%s" would name another path and is refused', async (id) => {
    const server = await started((answer) => {
      sendJSON(answer, 200, {})
    })
    expect(codeOf(await call('getLoginSession', { origin: server.origin }, session(id)))).toBe('beeper.unreadable')
    expect(server.heard).toEqual([])
  })
})

test('forms are form-encoded', async () => {
  const server = await started((answer) => {
    sendJSON(answer, 400, {})
  })
  await call('oauth_revoke_token', { origin: server.origin }, { body: { token: 'a&b=c' } })
  expect(server.heard[0]).toMatchObject({
    body: 'token=a%26b%3Dc',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
})

test('each call has a connection of its own, so that none fails for another one', async () => {
  const server = await started((answer) => {
    sendJSON(answer, 200, setupBody('ready'), { connection: 'keep-alive' })
  })
  for (let n = 0; n < 3; n += 1) await call('appSetupRetrieve', { origin: server.origin }, {})
  expect(server.connectionCount).toBe(3)
  expect(http.globalAgent.requests).toEqual({})
})
