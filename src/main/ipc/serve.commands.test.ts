import type { CommandName } from '#contract/command-names'
import type { InputOf } from '#contract/commands'
import { describe, expect, test } from 'vitest'
import { good, refused, rig } from '../testing/serve-rig.ts'

const text = (length: number): string => 'x'.repeat(length)
const origin = 'http://127.0.0.1:23373'

/** The largest that each command takes. A command without a row does not compile. */
const largest: { readonly [Name in CommandName]: InputOf<Name> } = {
  'app.view': undefined,
  'app.go': { at: 'connection', connectionID: text(512) },
  'app.openPhone': undefined,
  'app.openPage': 'privacy',
  'app.picture': { url: text(4000) },
  'app.quit': undefined,
  'app.protectContent': { isOn: true },
  'find.use': { origin: text(300) },
  'find.useAddress': { address: text(4000) },
  'find.allow': { origin: text(300) },
  'find.refuse': undefined,
  'find.lookAgain': undefined,
  'find.rename': { origin: text(300), name: text(60) },
  'find.forget': { origin: text(300) },
  'find.startDemo': undefined,
  'find.leave': undefined,
  'account.sendCode': { email: text(320) },
  'account.submitCode': { code: text(64) },
  'account.changeAddress': undefined,
  'account.register': { username: text(255), acceptTerms: true },
  'account.authorise': undefined,
  'account.cancelAuthorise': undefined,
  'account.useToken': { token: text(4000) },
  'account.checkAgain': undefined,
  'account.retryKeychain': undefined,
  'account.keepForThisRun': undefined,
  'account.keepInKeychain': undefined,
  'account.signOut': { revoke: true },
  'account.signInAgain': undefined,
  'security.checkAgain': undefined,
  'security.openDoor': { door: 'new-key' },
  'security.requestVerification': undefined,
  'security.showVerification': { verificationID: text(512) },
  'security.acceptVerification': { verificationID: text(512) },
  'security.startEmoji': { verificationID: text(512) },
  'security.confirmEmoji': { verificationID: text(512), emojis: Array.from({ length: 16 }, () => text(16)) },
  'security.confirmScanned': { verificationID: text(512) },
  'security.scanner': { isOpen: true },
  'security.scanCode': { data: text(4000) },
  'security.cancelVerification': { verificationID: text(512), why: 'mismatch' },
  'security.leaveVerification': undefined,
  'security.createRecoveryKey': { acceptLoss: true, existingRecoveryKey: text(400) },
  'security.copyRecoveryKey': { recoveryKey: text(200) },
  'security.saveRecoveryKey': { recoveryKey: text(200) },
  'security.confirmRecoveryKey': { recoveryKey: text(200), group: 31, typedGroup: text(16) },
  'security.printRecoveryKey': undefined,
  'security.leaveRecoveryKey': undefined,
  'security.unlock': { recoveryKey: text(400), isSure: true },
  'security.dismissReminder': undefined,
  'networks.refresh': undefined,
  'connect.open': { bridgeID: text(512) },
  'connect.choose': { connectionID: text(512), flowID: text(512) },
  'connect.submit': { connectionID: text(512), fields: { [text(256)]: text(4000) }, isSure: true },
  'connect.keep': { connectionID: text(512), fields: { [text(256)]: text(4000) } },
  'connect.openLink': { connectionID: text(512), url: text(4000) },
  'connect.leave': { connectionID: text(512) },
  'connect.again': { connectionID: text(512) },
}
const names = Object.keys(largest) as CommandName[]
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What need not be there. */
const optional = ['existingRecoveryKey']

/** Inputs that are just too much, too little, or of another kind. */
function spoiled(name: CommandName): readonly unknown[] {
  const input: unknown = largest[name]
  if (!isRecord(input)) return [null, '', 0, {}, [], 'x', true]
  const members = Object.entries(input).flatMap(([member, value]): unknown[] => [
    ...(typeof value === 'string' ? [`${value}x`, 5, null] : []),
    ...(typeof value === 'boolean' ? ['true', 1, null] : []),
    ...(typeof value === 'number' ? [value + 1, -1, 0.5, '1'] : []),
  ].map((other) => ({ ...input, [member]: other }))) // prettier-ignore
  const without = Object.keys(input)
    .filter((member) => !optional.includes(member))
    .map((gone) => Object.fromEntries(Object.entries(input).filter(([member]) => member !== gone)))
  return [undefined, null, [], 'x', { ...input, more: 1 }, ...members, ...without]
}

describe('IPC-2: every command', () => {
  test.each(names)('%s takes the largest of what it may get, and nothing beyond', async (name) => {
    const { call, clock, seen } = rig()
    expect(await call(good, name, largest[name])).toMatchObject({ ok: true })
    expect(seen).toEqual([[name, largest[name]]])
    for (const input of spoiled(name)) {
      clock.pass(1_000)
      expect(await call(good, name, input), JSON.stringify(input)).toMatchObject(refused)
    }
    expect(seen).toHaveLength(1)
  })

  test.each<[CommandName, unknown]>([
    ['find.use', { origin: '' }],
    ['find.allow', { origin: '' }],
    ['find.forget', { origin: '' }],
    ['find.rename', { origin: '', name: 'x' }],
    ['account.useToken', { token: '' }],
    ['account.sendCode', { email: '' }],
    ['account.submitCode', { code: '' }],
    ['account.register', { username: 'sam', acceptTerms: false }],
    ['account.signOut', {}],
    ['app.picture', { url: '' }],
    ['connect.openLink', { connectionID: 'c', url: '' }],
    ['connect.open', { bridgeID: '' }],
    ['connect.choose', { connectionID: 'c', flowID: '' }],
    ['connect.submit', { connectionID: 'c', fields: { a: 1 }, isSure: false }],
    ['connect.submit', { connectionID: 'c', fields: { a: text(4001) }, isSure: false }],
    ['connect.submit', { connectionID: 'c', fields: { [text(257)]: 'a' }, isSure: false }],
    ['connect.submit', { connectionID: 'c', fields: ['a'], isSure: false }],
    ['connect.keep', { connectionID: 'c', fields: { a: { b: 'c' } } }],
    ['connect.keep', { connectionID: 'c', fields: { a: text(4001) } }],
    ['app.openPage', 'https://evil.example'],
    ['app.go', { at: 'settings', connectionID: 'c' }],
    ['app.go', { at: 'account' }],
  ])('%s is refused with %j', async (name, input) => {
    const { call, seen } = rig()
    expect(await call(good, name, input)).toMatchObject(refused)
    expect(seen).toEqual([])
  })

  test.each<[CommandName, unknown]>([
    ['find.rename', { origin, name: '' }],
    ['find.useAddress', { address: '' }],
    ['account.signOut', { revoke: false }],
    ['app.go', { at: 'settings' }],
    ['connect.submit', { connectionID: 'c', fields: {}, isSure: false }],
    ['connect.submit', { connectionID: 'c', fields: { '': '', 'a.b/../c': 'x', constructor: 'y' }, isSure: true }],
    ['connect.keep', { connectionID: 'c', fields: {} }],
  ])('%s is taken with %j', async (name, input) => {
    const { call, seen } = rig()
    expect(await call(good, name, input)).toMatchObject({ ok: true })
    expect(seen).toEqual([[name, input]])
  })
})
