import { afterEach, describe, expect, test } from 'vitest'
import { infoBody, sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { probe } from './discovery.ts'

const servers: TestServer[] = []
async function beeperThat(setup: readonly [number, unknown], bundleID?: string): Promise<string> {
  const server = await serve((answer, { url, headers }) => {
    const isInfo = url === '/v1/info'
    const [status, body] = isInfo
      ? [200, infoBody(`http://${headers.host ?? ''}`, bundleID === undefined ? {} : { bundleID })]
      : setup
    sendJSON(answer, status, body)
  })
  servers.push(server)
  return server.origin
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

describe('probe', () => {
  test.each([
    ['nobody signed in', [200, setupBody('needs-login')], 'signed-out'],
    ['somebody signed in, and it says so', [200, setupBody('ready')], 'signed-in'],
    ['a state it has never heard of', [200, setupBody('needs-account-migration')], 'signed-in'],
    ['a 401', [401, {}], 'signed-in'],
    ['a 403', [403, {}], 'signed-in'],
    ['no setup paths', [404, {}], 'too-old'],
  ] as const)('finds a Beeper with %s', async (_, setup, state) => {
    const origin = await beeperThat(setup)
    expect(await probe(origin)).toEqual({ origin, name: 'Beeper', version: '4.3.0', kind: 'desktop', state })
  })

  test.each([
    ['com.automattic.beeper.desktop', 'desktop'],
    ['com.automattic.beeper.server', 'server'],
    ['org.example', 'other'],
  ])('tells what kind it is: %s', async (bundleID, kind) => {
    expect(await probe(await beeperThat([200, setupBody('ready')], bundleID))).toMatchObject({ kind })
  })

  test.each([
    ['is broken just now', [500, {}]],
    ['is overrun', [429, {}]],
    ['says nonsense', [200, { state: 7 }]],
  ] as const)('says nothing yet about a Beeper that %s', async (_, setup) => {
    expect(await probe(await beeperThat(setup))).toBeUndefined()
  })

  test.each([
    ['a web page', 200, '<!doctype html>'],
    ['a page that is not there', 404, 'no'],
    ['a redirect', 302, ''],
    ['another kind of JSON', 200, '{"name":"printer"}'],
    ['a fault', 500, ''],
  ])('something else that listens: %s', async (_, status, text) => {
    const server = await serve((answer) => answer.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(text))
    servers.push(server)
    expect(await probe(server.origin)).toEqual({
      origin: server.origin,
      name: '',
      version: '',
      kind: 'other',
      state: 'not-beeper',
    })
  })

  test('nobody there is nothing', async () => {
    const server = await serve(() => undefined)
    await server.close()
    expect(await probe(server.origin)).toBeUndefined()
  })

  test('somebody who never answers is nothing, and that soon', async () => {
    const server = await serve(() => undefined)
    servers.push(server)
    const beganMs = performance.now()
    expect(await probe(server.origin)).toBeUndefined()
    expect(performance.now() - beganMs).toBeLessThan(4_500)
  })

  test('carries no token and is ended by its caller', async () => {
    const server = await serve(() => undefined)
    servers.push(server)
    const aborter = new AbortController()
    const probing = probe(server.origin, aborter.signal)
    aborter.abort()
    expect(await probing).toBeUndefined()
    for (const { headers } of server.heard) expect(headers.authorization).toBeUndefined()
  })
})
