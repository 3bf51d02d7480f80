import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken, wireAccount, wireBridge, wireFlow, wireSetup } from '../../main/testing/wire-samples.ts'
import { zAccount, zAccountStatusKnown, zAppSetupState, zAppSetupStateNameKnown, zBridge, zBridgeProviderKnown, zBridgeStatusKnown, zLoginFlow } from './gen/zod.gen.ts' // prettier-ignore
import { accountFrom, flowFrom, isBeeperItself, networkFrom } from './networks.ts'
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

describe('networkFrom', () => {
  test('reads a network and names its accounts after it', () => {
    expect(networkFrom(zBridge.parse(bridge))).toEqual({
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
    expect(networkFrom(zBridge.parse({ ...bridge, status })).status).toBe(status)
  })

  test.each(['resting', '', 'constructor', '__proto__', 'AVAILABLE'])(
    'an unknown status or provider "%s" is unsupported',
    (word) => {
      const network = networkFrom(
        zBridge.parse({ ...bridge, status: word, provider: word, accounts: [{ ...account, status: word }] }),
      )
      expect(network).toMatchObject({
        status: 'unsupported',
        provider: 'unsupported',
        accounts: [{ status: 'unsupported' }],
      })
    },
  )

  test('a broken network never throws: refused by its decoder or read with known words only', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireBridge), (wire) => {
        const decoded = zBridge.safeParse(wire)
        if (!decoded.success) return
        readCount += 1
        const network = networkFrom(decoded.data)
        expect([...zBridgeStatusKnown.options, 'unsupported']).toContain(network.status)
        expect([...zBridgeProviderKnown.options, 'unsupported']).toContain(network.provider)
        for (const one of network.accounts)
          expect([...zAccountStatusKnown.options, 'unsupported']).toContain(one.status)
        expect(structuredClone(network)).toEqual(network)
      }),
      { numRuns: 600 },
    )
    expect(readCount).toBeGreaterThan(60)
  })
})

describe('accountFrom', () => {
  test('calls the network by the name given, else as the account does, else by its type', () => {
    const named = (more: object, name?: string): string =>
      accountFrom(zAccount.parse({ ...account, ...more }), name).networkName
    expect(named({ network: 'WhatsApp' }, 'My WhatsApp')).toBe('My WhatsApp')
    expect(named({ network: 'WhatsApp' })).toBe('WhatsApp')
    expect(named({})).toBe('whatsapp')
  })

  test('the Beeper account itself is no network', () => {
    const itself = accountFrom(zAccount.parse({ ...account, bridge: { ...account.bridge, type: 'matrix' } }))
    expect(isBeeperItself(itself)).toBe(true)
    expect(isBeeperItself(accountFrom(zAccount.parse(account)))).toBe(false)
  })

  test('a broken account never throws', () => {
    let readCount = 0
    fc.assert(
      fc.property(broken(wireAccount), (wire) => {
        const decoded = zAccount.safeParse(wire)
        if (!decoded.success) return
        readCount += 1
        const read = accountFrom(decoded.data)
        expect([...zAccountStatusKnown.options, 'unsupported']).toContain(read.status)
        expect([typeof read.name, typeof read.networkName, typeof read.statusText]).toEqual([
          'string',
          'string',
          'string',
        ])
      }),
      { numRuns: 500 },
    )
    expect(readCount).toBeGreaterThan(40)
  })
})

describe('flowFrom', () => {
  test('falls back to the ID for a name', () => {
    expect(flowFrom({ id: 'qr' })).toEqual({ id: 'qr', name: 'qr', description: '' })
    expect(flowFrom({ id: 'qr', name: 'QR code', description: 'Scan' })).toEqual({
      id: 'qr',
      name: 'QR code',
      description: 'Scan',
    })
  })

  test('a broken flow never throws', () => {
    fc.assert(
      fc.property(broken(wireFlow), (wire) => {
        const decoded = zLoginFlow.safeParse(wire)
        if (decoded.success) expect(typeof flowFrom(decoded.data).name).toBe('string')
      }),
    )
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
