import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sendJSON, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { call } from './request.ts'

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
