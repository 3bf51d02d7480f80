import { createAuthority } from '#simulator/certificates'
import tls from 'node:tls'
import { expect, test, vi } from 'vitest'
import { infoBody, sendJSON, serve } from '../testing/http-server.ts'
import { codeOf } from '../testing/short-lived.ts'
import { call } from './request.ts'

// A file of its own: what is trusted is read once in a process.
test('ORI-1: a store of the system that cannot be read vouches for nobody, and stops nothing', async () => {
  const getCACertificates = vi.fn(() => {
    throw new Error('no such store')
  })
  Object.assign(tls, { getCACertificates })
  const server = await serve(
    (answer, { headers }) => {
      sendJSON(answer, 200, infoBody(`https://${headers.host ?? ''}`))
    },
    await (await createAuthority()).issue({ names: ['127.0.0.1'] }),
  )
  expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.cert-untrusted')
  expect(getCACertificates).toHaveBeenCalled()
  await server.close()
})
