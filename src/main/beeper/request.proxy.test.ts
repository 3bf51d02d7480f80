import type { Certificate } from '#simulator/certificates'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { infoBody, sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { listen } from './events.ts'
import { readPicture } from './pictures.ts'
import { call } from './request.ts'
import { trustedAuthority } from './testing/system-authority.ts'

const names = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NODE_USE_ENV_PROXY',
  'npm_config_proxy',
  'npm_config_https_proxy',
]
const closers: (() => unknown)[] = []
let proxy: TestServer
let certificate: Certificate

beforeAll(async () => {
  certificate = await (await trustedAuthority()).issue({ names: ['127.0.0.1'] })
})
beforeEach(async () => {
  proxy = await serve((answer) => {
    sendJSON(answer, 200, {})
  })
  closers.push(() => proxy.close())
  for (const name of names) vi.stubEnv(name, name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.origin)
  // Tokens that other tools take from the environment.
  for (const name of ['BEEPER_ACCESS_TOKEN', 'BEEPER_DESKTOP_TOKEN']) vi.stubEnv(name, 'FOREIGN')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of closers.splice(0).reverse()) await close()
})

describe.each(['http', 'https'])(
  `ORI-4: ${String(names.length)} variables of the environment that name a proxy, for %s`,
  (scheme) => {
    let server: TestServer
    beforeEach(async () => {
      server = await serve(
        (answer, { url }) => {
          sendJSON(answer, 200, url === '/v1/info' ? infoBody(server.origin) : setupBody('ready'))
        },
        scheme === 'https' ? { ...certificate } : undefined,
      )
      closers.push(() => server.close())
    })

    test('are not looked at by calls, nor is a token of the environment', async () => {
      expect(await call('appSetupRetrieve', { origin: server.origin, token: 'SECRET' }, {})).toMatchObject({ ok: true })
      expect(await call('appSetupRetrieve', { origin: server.origin }, {})).toMatchObject({ ok: true })
      expect(server.heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer SECRET', undefined])
      expect(proxy.connectionCount).toBe(0)
    })

    test('nor by the event channel', async () => {
      await new Promise<void>((resolve) => {
        server.onUpgrade((_, stream) => {
          stream.end()
          resolve()
        })
        const nothing = (): void => undefined
        const listener = { started: nothing, changed: nothing, ended: nothing }
        closers.push(listen({ origin: server.origin, token: 'SECRET' }, listener))
      })
      expect(proxy.connectionCount).toBe(0)
    })

    test('nor by pictures', async () => {
      await readPicture({ origin: server.origin, token: 'SECRET' }, '/cat.png')
      expect(server.heard.map(({ url }) => url)).toEqual(['/cat.png'])
      expect(proxy.connectionCount).toBe(0)
    })
  },
)
