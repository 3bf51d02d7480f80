// The lists of networks, accounts and ways to sign in, when something in them is broken.
import { describe, expect, test } from 'vitest'
import { sendJSON } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { readFlows, readNetworks } from './networks.ts'
import { ready } from './testing/session-visit.ts'

const account = (accountID: string) => ({
  accountID,
  bridge: { id: 'b', type: 't', provider: 'local' },
  user: { id: 'u', fullName: 'Ada' },
  status: 'connected',
})
const bridge = (id: string) => ({
  id,
  type: 't',
  provider: 'local',
  displayName: `Network ${id}`,
  activeAccountCount: 1,
  supportsMultipleAccounts: true,
  status: 'available',
  accounts: [account('a')],
})

/** A server that answers each list as told. */
async function listing(lists: { bridges?: unknown; accounts?: unknown; flows?: unknown }): Promise<{ origin: string }> {
  const { origin } = await started((answer, { url }) => {
    const { bridges = { items: [] }, accounts = [], flows = { items: [] } } = lists
    sendJSON(answer, 200, url === '/v1/bridges' ? bridges : url === '/v1/accounts' ? accounts : flows)
  })
  return { origin }
}

describe('readNetworks', () => {
  test('one broken network is nobody’s reason to show nothing', async () => {
    const broken = { ...bridge('half'), supportsMultipleAccounts: 'perhaps', status: 7, accounts: 'none' }
    const items = [bridge('a'), null, broken, { displayName: 'Nameless' }, [], bridge('z')]
    const result = await readNetworks(await listing({ bridges: { items } }))
    if (!result.ok) throw new Error(result.problem.code)
    expect(result.value.networks.map(({ bridgeID, name, status }) => [bridgeID, name, status])).toEqual([
      ['a', 'Network a', 'available'],
      ['half', 'Network half', 'unsupported'],
      ['z', 'Network z', 'available'],
    ])
  })

  test('one broken account takes neither the list nor its network with it', async () => {
    const accounts = [account('a'), { accountID: 7 }, null, { ...account('b'), user: null }, account('c')]
    const result = await readNetworks(await listing({ accounts, bridges: { items: [{ ...bridge('b'), accounts }] } }))
    const read = [
      ['a', 'Ada'],
      ['b', 'b'],
      ['c', 'Ada'],
    ]
    if (!result.ok) throw new Error(result.problem.code)
    expect(result.value.accounts.map(({ accountID, name }) => [accountID, name])).toEqual(read)
    expect(result.value.networks[0]?.accounts.map(({ accountID, name }) => [accountID, name])).toEqual(read)
  })

  test.each<[string, object]>([
    ['no list of networks', { bridges: [] }],
    ['no list of networks', { bridges: { networks: [] } }],
    ['networks by name', { bridges: { items: { a: bridge('a') } } }],
    ['no list of accounts', { accounts: { items: [] } }],
    ['no list of accounts', { accounts: null }],
  ])('%s is unreadable', async (_, lists) => {
    expect(await readNetworks(await listing(lists))).toMatchObject({ problem: { code: 'beeper.unreadable' } })
  })

  test('a list of 200 networks and 1,000 accounts is read whole', async () => {
    const items = Array.from({ length: 200 }, (_, n) => ({ ...bridge(String(n)), accounts: [] }))
    const accounts = Array.from({ length: 1_000 }, (_, n) => account(String(n)))
    const result = await readNetworks(await listing({ bridges: { items }, accounts }))
    expect(result.ok && [result.value.networks.length, result.value.accounts.length]).toEqual([200, 1_000])
  })

  test('reads what the simulator lists, in every status and with a broken one at the end', async () => {
    const { target, simulator } = await ready('catalogue')
    const result = await readNetworks(target)
    if (!result.ok) throw new Error(result.problem.code)
    const { networks, accounts } = result.value
    expect(networks).toHaveLength(simulator.world.networks.bridges.size)
    expect(new Set(networks.map(({ status }) => status)).size).toBeGreaterThanOrEqual(5)
    expect(networks.at(-1)).toMatchObject({ bridgeID: 'lab-broken', allowsSeveral: false, accounts: [] })
    expect(accounts.length).toBeGreaterThan(5)
    expect(new Set(accounts.map(({ status }) => status))).toContain('unsupported')
  })
})

describe('readFlows', () => {
  test('one broken way to sign in takes no other with it', async () => {
    const items = [
      { id: 'qr', name: 'QR' },
      {},
      null,
      { id: 'code', name: 7, description: {} },
      { id: '' },
      { id: 'qr' },
    ]
    expect(await readFlows(await listing({ flows: { items } }), 'b')).toEqual({
      ok: true,
      value: [
        { id: 'qr', name: 'QR', description: '' },
        { id: 'code', name: 'code', description: '' },
      ],
    })
  })

  test('no list of ways is unreadable', async () => {
    for (const flows of [[], { items: {} }, null])
      expect(await readFlows(await listing({ flows }), 'b')).toMatchObject({ problem: { code: 'beeper.unreadable' } })
  })
})
