// Where a simulator can be, and whether it knows where it is.
import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { InfoResponse, OAuthServerMetadata } from '#contract/beeper/gen/types.gen'
import { createAuthority, type Certificate } from './certificates.ts'
import { startSimulator } from './simulator.ts'
import { otherLoopback } from './ipv6.ts'
import { bench, request, type Bench } from './testing.ts'

const otherInURL = otherLoopback.includes(':') ? `[${otherLoopback}]` : otherLoopback

let ca: string
let tls: Certificate
beforeAll(async () => {
  const authority = await createAuthority()
  ca = authority.cert
  tls = await authority.issue({ names: ['localhost', '127.0.0.1', otherLoopback] })
})

const infoOf = async (it: Bench): Promise<InfoResponse> => (await it.call('GET', '/v1/info')).body as InfoResponse

/** The status of a request that bears another Host header than its address. */
function statusFor(it: Bench, host: string): Promise<number | undefined> {
  const { port } = new URL(it.simulator.origin)
  const headers = { Host: host }
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path: '/v1/info', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('an address', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    ['127.0.0.2', '127.0.0.2', '127.0.0.2'],
    [otherLoopback, otherInURL, otherLoopback],
    ['localhost', 'localhost', 'localhost'],
  ])('%s is served and told as %s', async (host, spelled, hostname) => {
    const it = await bench({ host })
    const { origin } = it.simulator
    expect(origin).toMatch(new RegExp(`^http://${spelled.replace(/[[\]]/g, String.raw`\$&`)}:\\d+$`))
    const { endpoints, server } = await infoOf(it)
    expect(server).toMatchObject({ base_url: origin, hostname, port: Number(new URL(origin).port) })
    expect(endpoints.ws_events).toBe(`${origin}/v1/ws`)
    const metadata = (await it.call('GET', '/.well-known/oauth-authorization-server')).body as OAuthServerMetadata
    expect(metadata).toMatchObject({ issuer: origin, token_endpoint: `${origin}/oauth/token` })
    expect((await it.control.snapshot()).state).toBe('needs-login')
  })

  test.each(['0.0.0.0', '::', '192.168.1.1', 'beeper.example', '127.1'])(
    '%s is refused: others reach it too',
    async (host) => {
      await expect(startSimulator({ host })).rejects.toThrow(RangeError)
    },
  )

  test.each(['a b', 'evil/path', '[::1]', 'x:1', ''])('the name "%s" is refused', async (name) => {
    await expect(startSimulator({ name })).rejects.toThrow(RangeError)
  })
})

describe('a Host header', () => {
  test.each(['127.0.0.1', '127.255.0.9:80', 'localhost:1', 'LOCALHOST', '[::1]:1234', 'beeper.test:9'])(
    '%s is this computer',
    async (host) => {
      expect(await statusFor(await bench({ name: 'beeper.test' }), host)).toBe(200)
    },
  )

  test.each(['rebound.example', '127.0.0.1.example', '128.0.0.1', 'localhost.example', '0.0.0.0', 'beeper.test'])(
    '%s is not',
    async (host) => {
      expect(await statusFor(await bench(), host)).toBe(403)
    },
  )
})

describe('over TLS', () => {
  test.each([
    [{}, 'https://127.0.0.1:'],
    [{ name: 'localhost' }, 'https://localhost:'],
    [{ host: otherLoopback }, `https://${otherInURL}:`],
  ])('%j is at %s', async (where, start) => {
    const it = await bench({ ...where, tls, ca })
    const { origin } = it.simulator
    expect(origin.startsWith(start)).toBe(true)
    expect((await infoOf(it)).server.base_url).toBe(origin)
    expect(it.simulator.phoneURL.startsWith(`${origin}/_sim/`)).toBe(true)
  })

  test('the control API, the phone and the events are there, and plain http is not', async () => {
    const it = await bench({ tls, ca, scenario: 'needs-verification', name: 'localhost' })
    const { origin, phoneURL } = it.simulator
    const headers = { Authorization: `Bearer ${await it.control.token()}` }
    const socket = new WebSocket(`${origin.replace('https', 'wss')}/v1/ws`, { headers, ca })
    const first = await new Promise<string>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        resolve(data.toString('utf8'))
      })
      socket.on('error', reject)
    })
    expect(JSON.parse(first)).toMatchObject({ type: 'ready' })
    socket.terminate()
    expect((await it.call('GET', new URL(phoneURL).pathname)).text).toContain('Demo phone')
    // What the phone's page sends, and what a page of elsewhere would.
    const path = new URL(`${it.simulator.controlURL}/snapshot`).pathname
    expect((await it.call('GET', path, { headers: { Origin: origin } })).status).toBe(200)
    expect((await it.call('GET', path, { headers: { Origin: origin.replace('https', 'http') } })).status).toBe(403)
    await expect(request(origin.replace('https', 'http'), 'GET')).rejects.toThrow()
  })

  test('consent is asked and given', async () => {
    const it = await bench({ tls, ca, scenario: 'signed-in-elsewhere' })
    const redirectURI = 'http://127.0.0.1:9/callback'
    const body = { client_name: 'Drawbridge', redirect_uris: [redirectURI] }
    const { client_id } = (await it.call('POST', '/oauth/register', { body })).body as { client_id: string }
    const query = new URLSearchParams({
      client_id,
      redirect_uri: redirectURI,
      response_type: 'code',
      code_challenge: createHash('sha256').update('verifier').digest('base64url'),
    })
    const target = await it.control.consent(
      `${it.simulator.origin}/oauth/authorize?${query.toString()}`,
      'allow',
      false,
    )
    const code = new URL(target).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, code_verifier: 'verifier' }
    expect((await it.call('POST', '/oauth/token', { form })).body).toMatchObject({ token_type: 'Bearer' })
  })

  test('who connects and never says a word does not keep it from closing', async () => {
    const simulator = await startSimulator({ tls })
    const { hostname, port } = new URL(simulator.origin)
    const socket = connect({ host: hostname, port: Number(port) })
    await new Promise((resolve) => socket.once('connect', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await simulator.close()
    await closed
  })
})
