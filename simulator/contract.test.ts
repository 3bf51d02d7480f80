// The whole surface at once: every operation of the contract is there, lets in whom it should, and reads strictly.
import { request as httpRequest } from 'node:http'
import { describe, expect, test } from 'vitest'
import { zError, zValidationDetails } from '#contract/beeper/gen/zod.gen'
import { operationIDs, rowOf, type OperationID } from './operation.ts'
import { bench, readyBench } from './testing.ts'

const samplePath = (operationID: OperationID): string =>
  rowOf(operationID)
    .path.replace('{bridgeID}', 'local-whatsapp')
    .replace(/\{(\w+)\}/g, 'sample-$1')

const secured = operationIDs.filter((id) => rowOf(id).secured === 'yes')
const withBody = operationIDs.filter((id) => rowOf(id).bodyStrict)

test('every operation of the contract is routed', async () => {
  const { call, control } = await bench()
  for (const operationID of operationIDs) await call(rowOf(operationID).method, samplePath(operationID))
  const counts = await control.counts()
  for (const operationID of operationIDs) expect(counts[operationID], operationID).toBe(1)
})

describe('access', () => {
  test.each(secured)('%s needs a token, signed out or in', async (operationID) => {
    const { call, control } = await bench({ scenario: 'new-account' })
    const { method } = rowOf(operationID)
    for (const scenario of ['new-account', 'ready'] as const) {
      await control.reset(scenario)
      for (const token of [undefined, 'made-up']) {
        const reply = await call(method, samplePath(operationID), { token })
        expect(reply.status).toBe(401)
        expect(zError.parse(reply.body).code).toBe('unauthorized')
      }
    }
  })

  test.each(secured)('%s wants the right scope', async (operationID) => {
    const { call, control } = await bench({ scenario: 'ready' })
    const { method } = rowOf(operationID)
    const reader = await control.token({ scopes: ['read'] })
    const writer = await control.token({ scopes: ['write'] })
    const [right, wrong] = method === 'GET' ? [reader, writer] : [writer, reader]
    expect((await call(method, samplePath(operationID), { token: wrong })).status).toBe(403)
    expect((await call(method, samplePath(operationID), { token: right })).status).not.toBe(403)
  })

  test('the setup state is public while signed out and closed while signed in', async () => {
    const { call, control } = await bench()
    const get = async (token?: string): Promise<number> => (await call('GET', '/v1/app/setup', { token })).status
    expect(await get()).toBe(200)
    expect(await get('dead')).toBe(401)
    await control.reset('ready')
    expect(await get()).toBe(401)
    expect(await get(await control.token())).toBe(200)
    expect(await get(await control.token({ scopes: ['write'] }))).toBe(403)
  })

  test('discovery answers everybody', async () => {
    const { call, control } = await bench()
    for (const scenario of ['new-account', 'ready'] as const) {
      await control.reset(scenario)
      for (const path of ['/v1/info', '/v1/spec', '/.well-known/oauth-authorization-server']) {
        expect((await call('GET', path, { token: 'dead' })).status).toBe(200)
        expect((await call('GET', path)).status).toBe(200)
      }
    }
  })

  test('an expired token is an unknown one', async () => {
    const { call, simulator } = await bench({ scenario: 'ready' })
    const { clock, tokens } = simulator.world
    const issuedAtMs = clock.now()
    const { value: token } = tokens.issue({
      source: 'oauth',
      scopes: ['read'],
      issuedAtMs,
      expiresAtMs: issuedAtMs + 600_000,
    })
    expect((await call('GET', '/v1/accounts', { token })).status).toBe(200)
    clock.step(601_000)
    expect((await call('GET', '/v1/accounts', { token })).status).toBe(401)
  })

  test('while signed in, the calls of a sign-in conflict', async () => {
    const { call } = await bench({ scenario: 'ready' })
    expect((await call('POST', '/v1/app/setup/start')).status).toBe(409)
  })
})

describe('bodies', () => {
  test.each(withBody)('%s refuses an unknown key and says where', async (operationID) => {
    const { call, control } = await bench({ scenario: 'needs-verification' })
    const token = await control.token()
    const row = rowOf(operationID)
    const reply = await call(row.method, samplePath(operationID), { token, body: { surprise: 1 } })
    expect(reply.status).toBe(400)
    const { issues } = zValidationDetails.parse(zError.parse(reply.body).details)
    expect(issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true)
    expect(issues.every(({ path }) => path[0] === 'body')).toBe(true)
  })

  test('broken JSON, a wrong type and a missing body are 400', async () => {
    const { simulator } = await bench()
    const send = async (headers: Record<string, string>, body: string): Promise<number> =>
      (await fetch(`${simulator.origin}/v1/app/setup/email`, { method: 'POST', headers, body })).status
    expect(await send({ 'Content-Type': 'application/json' }, '{"a":')).toBe(400)
    expect(await send({ 'Content-Type': 'text/plain' }, '{}')).toBe(400)
    expect(await send({ 'Content-Type': 'application/json' }, '')).toBe(400)
  })

  test('OAuth reads forms only and answers in its own shape', async () => {
    const { call } = await bench()
    const reply = await call('POST', '/oauth/revoke', { body: { token: 'x' } })
    expect(reply.status).toBe(400)
    expect(reply.body).toMatchObject({ error: 'invalid_request' })
    const revoked = await call('POST', '/oauth/revoke', { form: { token: 'x' } })
    expect([revoked.status, revoked.text]).toEqual([200, ''])
  })
})

test('every answer names the version of the app', async () => {
  const { call } = await bench()
  expect((await call('GET', '/v1/info')).headers.get('X-Beeper-Desktop-Version')).toBe('4.3.73')
  expect((await call('GET', '/v1/accounts')).headers.get('X-Beeper-Desktop-Version')).toBe('4.3.73')
})

test('an old server has no setup and no bridges, and says so in its document', async () => {
  const { call, control } = await bench({ scenario: 'too-old' })
  const token = await control.token()
  expect((await call('GET', '/v1/app/setup', { token })).status).toBe(404)
  expect((await call('POST', '/v1/app/setup/start')).status).toBe(404)
  expect((await call('GET', '/v1/bridges', { token })).status).toBe(404)
  expect((await call('GET', '/v1/accounts', { token })).status).toBe(200)
  const { paths } = (await call('GET', '/v1/spec')).body as { paths: object }
  expect(Object.keys(paths)).toContain('/v1/accounts')
  expect(Object.keys(paths)).not.toContain('/v1/app/setup')
})

test('a name that is not loopback is turned away, and no page elsewhere may read answers', async () => {
  const { simulator, token } = await readyBench()
  const { port } = new URL(simulator.origin)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { Host: `rebound.example:${port}` }
    httpRequest({ host: '127.0.0.1', port, path: '/v1/info', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(403)
  const foreign = { Origin: 'https://elsewhere.example', Authorization: `Bearer ${token}` }
  const read = await fetch(`${simulator.origin}/v1/accounts`, { headers: foreign })
  expect(read.headers.get('access-control-allow-origin')).toBeNull()
  expect((await fetch(`${simulator.controlURL}/snapshot`, { headers: foreign })).status).toBe(403)
  const preflight = await fetch(`${simulator.origin}/v1/accounts`, { method: 'OPTIONS', headers: foreign })
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
})
