// Which Beeper this is, before anybody signs in: what it is called, what it has, where it says its endpoints are.
import { describe, expect, test } from 'vitest'
import type { InfoResponse, OAuthServerMetadata } from '#contract/beeper/gen/types.gen'
import { bench, type Bench } from './testing.ts'

const infoOf = async (it: Bench): Promise<InfoResponse> => (await it.call('GET', '/v1/info')).body as InfoResponse
const metadataOf = async (it: Bench): Promise<OAuthServerMetadata> =>
  (await it.call('GET', '/.well-known/oauth-authorization-server')).body as OAuthServerMetadata

test('it can be the one without a screen, and of any version', async () => {
  const it = await bench()
  expect((await infoOf(it)).app).toMatchObject({ version: '4.3.73', bundle_id: 'com.automattic.beeper.desktop' })
  await it.control.server({ kind: 'server' })
  await it.control.server({ version: '4.2.700' })
  const reply = await it.call('GET', '/v1/info')
  expect((reply.body as InfoResponse).app).toMatchObject({
    version: '4.2.700',
    bundle_id: 'com.automattic.beeper.server',
  })
  expect(reply.headers.get('x-beeper-desktop-version')).toBe('4.2.700')
  await it.control.reset()
  expect((await infoOf(it)).app).toMatchObject({ version: '4.3.73', bundle_id: 'com.automattic.beeper.desktop' })
})

describe('foreign endpoints', () => {
  const foreign = 'https://elsewhere.example:8443'
  const endpointsOf = ({ endpoints, server }: InfoResponse): string[] => {
    const { oauth, ...others } = endpoints
    return [server.base_url, ...Object.values(oauth), ...Object.values(others)]
  }

  test('are told wherever endpoints are told, and taken back', async () => {
    const it = await bench({ scenario: 'signed-in-elsewhere' })
    const { origin } = it.simulator
    await it.control.endpoints(foreign)
    expect(endpointsOf(await infoOf(it)).every((url) => url.startsWith(foreign))).toBe(true)
    const { issuer, ...metadata } = await metadataOf(it)
    expect(issuer).toBe(origin)
    const urls = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint'))
    expect(urls).toHaveLength(6)
    for (const [name, url] of urls) expect(url, name).toMatch(/^https:\/\/elsewhere\.example:8443\/oauth\//)
    const body = { client_name: 'x', redirect_uris: ['http://127.0.0.1:9/'] }
    const registered = await it.call('POST', '/oauth/register', { body })
    expect(registered.body).toMatchObject({ token_endpoint: `${foreign}/oauth/token` })
    // It still is where it was.
    expect((await infoOf(it)).server.port).toBe(Number(new URL(origin).port))

    await it.control.endpoints()
    expect(endpointsOf(await infoOf(it)).every((url) => url.startsWith(origin))).toBe(true)
    expect((await metadataOf(it)).token_endpoint).toBe(`${origin}/oauth/token`)
  })

  test.each(['elsewhere.example', 'https://elsewhere.example/', 'https://elsewhere.example/v1'])(
    '%s is no origin',
    async (text) => {
      const { control } = await bench()
      await expect(control.endpoints(text)).rejects.toMatchObject({ status: 400 })
    },
  )
})

test('a Beeper that takes no sign-in has the paths, says where to sign in, and then lets in by consent', async () => {
  const it = await bench({ scenario: 'no-sign-in' })
  expect((await it.call('GET', '/v1/app/setup')).body).toMatchObject({ state: 'needs-login' })
  const { paths } = (await it.call('GET', '/v1/spec')).body as { paths: object }
  expect(Object.keys(paths)).toContain('/v1/app/setup/start')
  const start = await it.call('POST', '/v1/app/setup/start')
  expect([start.status, start.body]).toEqual([403, { code: 'forbidden', message: 'Sign in inside Beeper' }])
  await it.control.signIn('ada@example.com', 'ready')
  const body = { client_name: 'x', redirect_uris: ['http://127.0.0.1:9/'] }
  expect((await it.call('POST', '/oauth/register', { body })).status).toBe(201)
  expect((await it.call('GET', '/v1/app/setup', { token: await it.control.token() })).status).toBe(200)
})
