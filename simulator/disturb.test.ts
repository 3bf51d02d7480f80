// Faults that stand in the place of an operation, and those that keep a finished answer back.
import { get as httpGet } from 'node:http'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { zError, zOAuthError } from '#contract/beeper/gen/zod.gen'
import type { CommandInput } from './control/commands.ts'
import { operationIDs, rowOf } from './operation.ts'
import { bench, readyBench, until, type Bench } from './testing.ts'

type FaultInput = CommandInput<'fault'>

const askForCode = async (it: Bench, email: string): Promise<number> => {
  const { setupRequestID } = (await it.call('POST', '/v1/app/setup/start')).body as { setupRequestID: string }
  return (await it.call('POST', '/v1/app/setup/email', { body: { setupRequestID, email } })).status
}

describe('a held answer', () => {
  test('waits with its effect done, and arrives when it is released', async () => {
    const it = await bench({ scenario: 'existing-account' })
    await it.control.fault({ operation: 'appSetupEmail', holdAnswer: true })
    let answered = false
    const held = askForCode(it, 'ada@example.com').then((status) => {
      answered = true
      return status
    })
    await until(async () => (await it.control.calls('appSetupEmail')).some(({ outcome }) => outcome === 204))
    expect(await it.control.newestCode('ada@example.com')).toMatch(/^\d{6}$/)
    expect(answered).toBe(false)
    expect(it.simulator.world.traffic.heldCount('appSetupEmail')).toBe(1)
    expect((await it.control.calls('appSetupEmail'))[0]?.status).toBeUndefined()
    await it.control.release('appSetupEmail')
    expect(await held).toBe(204)
    expect((await it.control.calls('appSetupEmail'))[0]).toMatchObject({ outcome: 204, status: 204 })
  })

  test('may be lost as well: held before, held after, then cut', async () => {
    const it = await bench({ scenario: 'existing-account' })
    await it.control.fault({ operation: 'getInfo', hold: true, holdAnswer: true, dropAfterEffect: true })
    const lost = it.call('GET', '/v1/info')
    const { traffic } = it.simulator.world
    await until(() => traffic.heldCount('getInfo') === 1)
    expect(traffic.calls('getInfo')[0]?.outcome).toBeUndefined()
    await it.control.release()
    await until(() => traffic.heldCount('getInfo') === 1)
    expect(traffic.calls('getInfo')[0]?.outcome).toBe(200)
    await it.control.release()
    await expect(lost).rejects.toThrow()
    expect(traffic.calls('getInfo')[0]).toMatchObject({ outcome: 200, status: 0 })
  })

  test('of a refusal is held too, and nobody waits for who has gone', async () => {
    const it = await readyBench()
    await it.control.fault({ operation: 'getAccounts', status: 503, holdAnswer: true })
    const controller = new AbortController()
    const gone = it.call('GET', '/v1/accounts', { token: it.token, signal: controller.signal })
    const { traffic } = it.simulator.world
    await until(() => traffic.heldCount('getAccounts') === 1)
    controller.abort()
    await expect(gone).rejects.toThrow()
    await until(() => traffic.calls('getAccounts')[0]?.status !== undefined)
    expect(traffic.calls('getAccounts')[0]).toMatchObject({ outcome: 503, status: 0 })
    expect(traffic.heldCount('getAccounts')).toBe(0)
  })
})

describe('a redirect', () => {
  const location = 'http://127.0.0.1:9/elsewhere?x=1'

  test.each([301, 302, 303, 307, 308] as const)('%i is sent, and nothing else is done', async (status) => {
    const it = await bench({ scenario: 'existing-account' })
    await it.control.fault({ operation: 'appSetupEmail', redirect: { status, location } })
    expect(await askForCode(it, 'ada@example.com')).toBe(status)
    const reply = await it.call('POST', '/v1/app/setup/email', {
      body: { setupRequestID: 'x', email: 'x@example.com' },
    })
    expect([reply.headers.get('location'), reply.text]).toEqual([location, ''])
    expect((await it.control.snapshot()).mails).toEqual([])
  })

  test('is there for every operation', async () => {
    const it = await bench()
    for (const operation of operationIDs) {
      await it.control.fault({ operation, redirect: { status: 307, location }, times: 1 })
      const { method, path } = rowOf(operation)
      const reply = await it.call(method, path.replace(/\{\w+\}/g, 'sample'))
      expect([operation, reply.status, reply.headers.get('location')]).toEqual([operation, 307, location])
    }
  })

  test.each(['', 'http://127.0.0.1/\r\nSet-Cookie: a=b', 'with blanks'])('to %j is refused', async (target) => {
    const { control } = await bench()
    const redirect = { status: 307, location: target } as const
    await expect(control.fault({ operation: 'getInfo', redirect })).rejects.toMatchObject({ status: 400 })
  })
})

describe('the server’s own words', () => {
  test('are what a refusal says, where semantics.md saw them: a client that is out of date', async () => {
    const it = await bench()
    const [code, message] = ['client_outdated', 'Please update your client']
    await it.control.fault({ operation: 'appSetupEmail', status: 429, code, message, retryAfterSeconds: 9 })
    const body = { setupRequestID: 'x', email: 'x@example.com' }
    const reply = await it.call('POST', '/v1/app/setup/email', { body })
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '9'])
    expect(zError.parse(reply.body)).toMatchObject({ code, message })
  })

  test('come in the shape of OAuth at its endpoints, and on a page where a person reads them', async () => {
    const it = await bench()
    const words = { status: 503, code: 'temporarily_unavailable', message: 'Later' }
    await it.control.fault({ operation: 'oauth_token', ...words })
    await it.control.fault({ operation: 'oauth_authorize', ...words, retryAfterSeconds: 9 })
    const token = await it.call('POST', '/oauth/token', { form: {} })
    expect([token.status, zOAuthError.parse(token.body)]).toEqual([
      503,
      { error: 'temporarily_unavailable', error_description: 'Later' },
    ])
    const page = await it.call('GET', '/oauth/authorize')
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '9'])
    expect(page.text).toContain('Later')
  })

  test('may be spoiled like any other answer, also one without a body', async () => {
    const it = await bench({ scenario: 'existing-account' })
    await it.control.fault({ operation: 'getInfo', status: 502, body: 'html' })
    const page = await it.call('GET', '/v1/info')
    expect([page.status, page.headers.get('content-type'), page.headers.get('x-beeper-desktop-version')]).toEqual([
      502, 'text/html', null,
    ]) // prettier-ignore
    for (const body of ['html', 'cut', 'empty'] as const) {
      await it.control.fault({ operation: 'appSetupEmail', body, times: 1 })
      expect(await askForCode(it, 'ada@example.com')).toBe(body === 'html' ? 200 : 204)
    }
  })
})

const faults: readonly Omit<FaultInput, 'operation'>[] = [
  { status: 503, message: 'Later', code: 'later', retryAfterSeconds: 1, delayMs: 1 },
  { bytesPerSecond: 1_000_000, body: 'cut' },
  { body: 'empty', resetMidBody: true },
  { body: 'html', bytesPerSecond: 1_000_000 },
  { redirect: { status: 303, location: 'http://127.0.0.1:9/' }, body: 'html', resetMidBody: true },
  { dropBeforeEffect: true, endless: true, holdAnswer: true },
  { dropAfterEffect: true, bytesPerSecond: 1 },
]

test.each(faults)('%j breaks calls and not the simulator', async (fault) => {
  const it = await bench({ scenario: 'ready' })
  const token = await it.control.token()
  for (const operation of operationIDs) {
    await it.control.fault({ operation, times: 1, ...fault })
    const { method, path } = rowOf(operation)
    const place = path.replace('{bridgeID}', 'local-whatsapp').replace(/\{\w+\}/g, 'sample')
    const headers = { Authorization: `Bearer ${token}` }
    const arrived = await fetch(`${it.simulator.origin}${place}`, { method, headers, redirect: 'manual' })
      .then(async (response) => {
        await response.arrayBuffer()
        return response.status
      })
      .catch(() => 0)
    const [call] = it.simulator.world.traffic.calls(operation)
    await until(() => call?.status !== undefined)
    expect(call?.status, operation).toBe(arrived)
  }
})

describe('on the events', () => {
  /** What comes of connecting: the first frame, or the status and place of a refusal. */
  const connect = async (it: Bench, fault: Omit<FaultInput, 'operation'>): Promise<unknown> => {
    const token = await it.control.token()
    await it.control.fault({ operation: 'connectEvents', times: 1, ...fault })
    const headers = { Authorization: `Bearer ${token}` }
    const socket = new WebSocket(`${it.simulator.origin.replace('http', 'ws')}/v1/ws`, { headers })
    return new Promise((resolve) => {
      socket.on('message', (data: Buffer) => {
        resolve((JSON.parse(data.toString('utf8')) as { type: string }).type)
        socket.terminate()
      })
      socket.on('unexpected-response', (_request, response) => {
        const { headers: received, statusCode } = response
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
        response.on('end', () => {
          resolve([
            statusCode,
            received.location ?? received['retry-after'],
            (JSON.parse(text) as { code: string }).code,
          ])
        })
      })
      socket.on('error', () => {
        resolve('cut')
      })
    })
  }

  test('a refusal, a redirect and a cut line are played', async () => {
    const it = await bench({ scenario: 'ready' })
    expect(await connect(it, { status: 429, code: 'slow', retryAfterSeconds: 4 })).toEqual([429, '4', 'slow'])
    const redirect = { status: 308, location: 'http://127.0.0.1:9/' } as const
    expect(await connect(it, { redirect })).toEqual([308, 'http://127.0.0.1:9/', 'unauthorized'])
    expect(await connect(it, { dropBeforeEffect: true })).toBe('cut')
    expect(await connect(it, { dropAfterEffect: true })).toBe('cut')
    const calls = await it.control.calls('connectEvents')
    expect(calls.map(({ outcome, status }) => [outcome, status])).toEqual([
      [429, 429],
      [308, 308],
      [undefined, 0],
      [101, 0],
    ])
  })

  test('a held connection opens when it is released', async () => {
    const it = await bench({ scenario: 'ready' })
    const { traffic } = it.simulator.world
    const opened = connect(it, { hold: true, holdAnswer: true })
    for (const outcome of [undefined, 101]) {
      await until(() => traffic.heldCount('connectEvents') === 1)
      expect(traffic.calls('connectEvents')[0]?.outcome).toBe(outcome)
      await it.control.release()
    }
    expect(await opened).toBe('ready')
  })

  test('who hangs up while it is held is not waited for', async () => {
    const it = await bench({ scenario: 'ready' })
    const { traffic } = it.simulator.world
    await it.control.fault({ operation: 'connectEvents', holdAnswer: true })
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' }
    const request = httpGet(`${it.simulator.origin}/v1/ws`, { headers })
    const failed = new Promise((resolve) => request.once('error', resolve))
    await until(() => traffic.heldCount('connectEvents') === 1)
    request.destroy(new Error('gone'))
    await failed
    await until(() => traffic.calls('connectEvents')[0]?.status === 0)
    expect(traffic.heldCount('connectEvents')).toBe(0)
  })
})
