import { selfSigned } from '#simulator/certificates'
import { expect, test } from 'vitest'
import { serve } from '../testing/http-server.ts'
import { askConsent } from './consent.ts'

test('ORI-1: a certificate that nobody vouches for is named, and nobody is asked for a permission', async () => {
  const server = await serve((answer) => answer.end(), await selfSigned(['127.0.0.1']))
  const asked = await askConsent(server.origin, { returned: 'Go back.' }, () => Promise.resolve())
  expect(asked).toMatchObject({ ok: false, problem: { code: 'beeper.cert-untrusted' } })
  expect(server.heard).toEqual([])
  await server.close()
})
