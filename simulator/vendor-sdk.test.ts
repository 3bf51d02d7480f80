// A client that is not ours: the vendor's own SDK, for the part of the API it covers.
import { BeeperDesktop } from '@beeper/desktop-api'
import { expect, test } from 'vitest'
import { bench, readyBench } from './testing.ts'

const sdk = (baseURL: string, accessToken: string): BeeperDesktop =>
  new BeeperDesktop({ accessToken, baseURL, maxRetries: 0 })

test('reads who is there', async () => {
  const { simulator } = await bench()
  const info = await sdk(simulator.origin, 'none').info.retrieve()
  expect(info.app.bundle_id).toContain('.desktop')
  expect(info.server.base_url).toBe(simulator.origin)
  expect(info.endpoints.oauth.token_endpoint).toBe(`${simulator.origin}/oauth/token`)
})

test('lists the accounts', async () => {
  const { simulator, token } = await readyBench()
  const accounts = await sdk(simulator.origin, token).accounts.list()
  expect(accounts.map(({ accountID }) => accountID)).toEqual([
    'hungryserv',
    'local-whatsapp_ba_ada',
    'local-telegram_ba_ada',
  ])
  expect(accounts[1]?.user).toMatchObject({ isSelf: true, phoneNumber: '+14155550123' })
})

test('understands a refusal', async () => {
  const { simulator } = await bench({ scenario: 'ready' })
  const refused = sdk(simulator.origin, 'dead').accounts.list()
  await expect(refused).rejects.toBeInstanceOf(BeeperDesktop.AuthenticationError)
})
