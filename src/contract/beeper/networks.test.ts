import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken, wireAccount, wireBridge, wireFlow, wireSetup } from '../../main/testing/wire-samples.ts'
import { zAccountStatusKnown, zAppSetupState, zAppSetupStateNameKnown, zBridge, zBridgeProviderKnown, zBridgeStatusKnown, zLoginFlow } from './gen/zod.gen.ts' // prettier-ignore
import {
  accountFrom,
  accountsFrom,
  flowFrom,
  flowsFrom,
  isBeeperItself,
  networkFrom,
  networksFrom,
} from './networks.ts'
import type { ChatAccount, LoginFlow, Network } from './networks.ts'
import { setupFrom } from './setup.ts'

const account = {
  accountID: 'a',
  bridge: { id: 'b', type: 'whatsapp', provider: 'local' },
  user: { id: 'u', fullName: 'Ada' },
  status: 'connected',
}
const bridge = {
  id: 'b',
  type: 'whatsapp',
  provider: 'local',
  displayName: 'WhatsApp',
  activeAccountCount: 1,
  supportsMultipleAccounts: true,
  status: 'available',
  accounts: [account],
}

const network = (more: object = {}): Network | undefined => networkFrom({ ...bridge, ...more })
const read = (more: object = {}): ChatAccount | undefined => accountFrom({ ...account, ...more })
/** The same without one of its members. */
const without = (wire: object, gone: string): object =>
  Object.fromEntries(Object.entries(wire).filter(([name]) => name !== gone))

describe('networkFrom', () => {
  test('reads a network and names its accounts after it', () => {
    expect(network()).toEqual({
      bridgeID: 'b',
      type: 'whatsapp',
      name: 'WhatsApp',
      provider: 'local',
      status: 'available',
      statusText: '',
      allowsSeveral: true,
      accounts: [
        expect.objectContaining({ accountID: 'a', networkName: 'WhatsApp', name: 'Ada', status: 'connected' }),
      ],
    })
  })

  test.each(zBridgeStatusKnown.options)('keeps the status %s', (status) => {
    expect(network({ status })?.status).toBe(status)
  })

  test.each(['resting', '', 'constructor', '__proto__', 'AVAILABLE'])(
    'an unknown status or provider "%s" is unsupported',
    (word) => {
      expect(network({ status: word, provider: word, accounts: [{ ...account, status: word }] })).toMatchObject({
        status: 'unsupported',
        provider: 'unsupported',
        accounts: [{ status: 'unsupported' }],
      })
    },
  )

  test('what is broken about it is unknown, and the rest is what it is', () => {
    expect(network({ status: 7, provider: null })).toMatchObject({ status: 'unsupported', provider: 'unsupported' })
    expect(network({ activeAccountCount: 'many', capabilities: 7 })).toEqual(network())
    expect(network({ supportsMultipleAccounts: 'yes' })).toEqual({ ...network(), allowsSeveral: false })
    expect(network({ statusText: {} })).toEqual(network())
    for (const accounts of [null, 7, 'a', {}]) expect(network({ accounts })).toEqual({ ...network(), accounts: [] })
    expect(network({ type: 7 })).toMatchObject({ type: '', name: 'WhatsApp', status: 'available' })
  })

  test.each([
    [{ displayName: 'WhatsApp', network: 'wa' }, 'WhatsApp'],
    [{ displayName: ' ', network: 'wa' }, 'wa'],
    [{ displayName: 7 }, 'whatsapp'],
    [{ displayName: null, type: '' }, 'b'],
  ])('is called %j', (more, name) => {
    expect(network(more)?.name).toBe(name)
  })

  test.each([null, 7, '', 'x', [], {}, { displayName: 'X' }, { id: '' }, { id: 7 }])('%j is no network', (wire) => {
    expect(networkFrom(wire)).toBeUndefined()
  })

  test('a broken account does not lose its network, nor the account that has a name', () => {
    const accounts = [null, { ...account, accountID: 'ok' }, {}, { accountID: 'half' }, { ...account, user: 'Ada' }, 7]
    expect(network({ accounts })).toMatchObject({
      bridgeID: 'b',
      accounts: [
        { accountID: 'ok', name: 'Ada', status: 'connected' },
        { accountID: 'half', name: 'half', status: 'unsupported', bridgeID: 'b', bridgeType: 'whatsapp' },
        { accountID: 'a', name: 'a', status: 'connected' },
      ],
    })
  })

  test('a broken network never throws: it is nothing, or read with known words only', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireBridge), (wire) => {
        const found = networkFrom(wire)
        if (found === undefined) return
        readCount += 1
        expect([...zBridgeStatusKnown.options, 'unsupported']).toContain(found.status)
        expect([...zBridgeProviderKnown.options, 'unsupported']).toContain(found.provider)
        for (const one of found.accounts) expect([...zAccountStatusKnown.options, 'unsupported']).toContain(one.status)
        expect(structuredClone(found)).toEqual(found)
      }),
      { numRuns: 400 },
    )
    expect(readCount).toBeGreaterThan(100)
  })

  test('whatever the contract takes is read', () => {
    fc.assert(
      fc.property(wireBridge, (wire) => {
        const { id, accounts } = zBridge.parse(wire)
        const named = new Set(accounts.flatMap(({ accountID }) => (accountID === '' ? [] : [accountID])))
        const found = networkFrom(wire)
        expect(found?.bridgeID ?? '').toBe(id)
        if (found !== undefined) expect(found.accounts.map(({ accountID }) => accountID)).toEqual([...named])
      }),
      { numRuns: 100 },
    )
  })
})

describe('accountFrom', () => {
  test('calls the network by the one it stands in, else as the account does, else by its type', () => {
    const within = { bridgeID: 'b2', type: 't', name: 'My WhatsApp' }
    const named = (more: object, at?: typeof within): string | undefined =>
      accountFrom({ ...account, ...more }, at)?.networkName
    expect(named({ network: 'WhatsApp' }, within)).toBe('My WhatsApp')
    expect(named({ network: 'WhatsApp' })).toBe('WhatsApp')
    expect(named({})).toBe('whatsapp')
    // Its own word about where it belongs counts.
    expect(accountFrom(account, within)?.bridgeID).toBe('b')
    expect(accountFrom(without(account, 'bridge'), within)).toMatchObject({ bridgeID: 'b2', bridgeType: 't' })
  })

  test('what is broken about it is unknown, and the rest is what it is', () => {
    expect(read({ status: 7, statusText: 7, network: {}, loginID: '', capabilities: 'x' })).toEqual({
      ...read(),
      status: 'unsupported',
    })
    expect(read({ user: { fullName: 'Ada' } })).toMatchObject({ name: 'a', person: { name: 'a', detail: '' } })
  })

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'a'],
    ['one without an ID', without(account, 'accountID')],
    ['one whose ID is empty', { ...account, accountID: '' }],
    // It could be the Beeper account itself, which is no network.
    ['one that belongs nowhere', without(account, 'bridge')],
    ['one whose network has no type', { ...account, bridge: { id: 'b' } }],
  ])('%s is no account', (_, wire) => {
    expect(accountFrom(wire)).toBeUndefined()
  })

  test('the Beeper account itself is no network', () => {
    const itself = read({ bridge: { ...account.bridge, type: 'matrix' } })
    const another = read()
    if (itself === undefined || another === undefined) throw new Error('no account')
    expect(isBeeperItself(itself)).toBe(true)
    expect(isBeeperItself(another)).toBe(false)
  })

  test('a broken account never throws', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireAccount), (wire) => {
        const found = accountFrom(wire)
        if (found === undefined) return
        readCount += 1
        expect([...zAccountStatusKnown.options, 'unsupported']).toContain(found.status)
        expect([typeof found.name, typeof found.networkName, typeof found.statusText]).toEqual([
          'string',
          'string',
          'string',
        ])
      }),
      { numRuns: 400 },
    )
    expect(readCount).toBeGreaterThan(100)
  })
})

describe('flowFrom', () => {
  test('falls back to the ID for a name', () => {
    expect(flowFrom({ id: 'qr' })).toEqual({ id: 'qr', name: 'qr', description: '' })
    expect(flowFrom({ id: 'qr', name: ' ', description: null })).toEqual({ id: 'qr', name: 'qr', description: '' })
    expect(flowFrom({ id: 'qr', name: 'QR code', description: 'Scan' })).toEqual({
      id: 'qr',
      name: 'QR code',
      description: 'Scan',
    })
  })

  test.each([null, 7, 'qr', {}, { id: '' }, { name: 'QR code' }])('%j is no way to sign in', (wire) => {
    expect(flowFrom(wire)).toBeUndefined()
  })

  test('a broken flow never throws, and one that the contract takes is read', () => {
    fc.assert(
      fc.property(broken(wireFlow), (wire) => {
        const found: LoginFlow | undefined = flowFrom(wire)
        const decoded = zLoginFlow.safeParse(wire)
        if (decoded.success) expect(found?.id ?? '').toBe(decoded.data.id)
        if (found !== undefined) expect([typeof found.name, typeof found.description]).toEqual(['string', 'string'])
      }),
      { numRuns: 100 },
    )
  })
})

describe('a list', () => {
  test('is what can be read of it, in its order', () => {
    const items = [null, { ...bridge, id: 'x' }, 7, { displayName: 'Nameless' }, bridge, 'y', { id: 'z' }]
    expect(networksFrom(items).map(({ bridgeID, name, status }) => [bridgeID, name, status])).toEqual([
      ['x', 'WhatsApp', 'available'],
      ['b', 'WhatsApp', 'available'],
      ['z', 'z', 'unsupported'],
    ])
    expect(accountsFrom([7, account, {}]).map(({ accountID }) => accountID)).toEqual(['a'])
    expect(flowsFrom([{}, { id: 'qr' }, null]).map(({ id }) => id)).toEqual(['qr'])
    for (const listFrom of [networksFrom, accountsFrom, flowsFrom]) expect(listFrom([])).toEqual([])
  })

  test('has nothing twice: the first of an ID counts', () => {
    expect(networksFrom([bridge, { ...bridge, displayName: 'Another' }])).toEqual([network()])
    expect(accountsFrom([account, { ...account, status: 'disabled' }])).toEqual([read()])
    expect(flowsFrom([{ id: 'a', name: 'A' }, { id: 'a', name: 'B' }, { id: '__proto__' }])).toMatchObject([
      { id: 'a', name: 'A' },
      { id: '__proto__' },
    ])
    const both = networkFrom({ ...bridge, accounts: [account, account] })
    expect(both?.accounts).toHaveLength(1)
  })
})

describe('setupFrom', () => {
  test('keeps what the server said beside what it means', () => {
    fc.assert(
      fc.property(wireSetup, (wire) => {
        const decoded = zAppSetupState.parse(wire)
        const setup = setupFrom(decoded)
        const isKnown = (zAppSetupStateNameKnown.options as readonly string[]).includes(decoded.state)
        expect(setup.state).toBe(isKnown ? decoded.state : 'unsupported')
        expect(setup.wireState).toBe(decoded.state)
        expect(setup.userID).toBe(decoded.matrix?.userID)
        expect(setup.isKeyBackedUp).toBe(decoded.e2ee.hasBackedUpRecoveryKey)
      }),
    )
  })

  test('a broken setup state never throws', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireSetup), (wire) => {
        const decoded = zAppSetupState.safeParse(wire)
        if (!decoded.success) return
        readCount += 1
        const setup = setupFrom(decoded.data)
        expect([...zAppSetupStateNameKnown.options, 'unsupported']).toContain(setup.state)
        expect(structuredClone(setup)).toEqual(setup)
      }),
      { numRuns: 600 },
    )
    expect(readCount).toBeGreaterThan(30)
  })
})
