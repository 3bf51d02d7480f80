import { describe, expect, test } from 'vitest'
import { buildBridge } from './bridge-api.ts'
import type { Transport } from './bridge-api.ts'
import { commandNames } from './command-names.ts'
import { commands } from './commands.ts'
import type { PublishedView } from './view.ts'

interface Heard {
  readonly calls: (readonly [name: string, input: unknown])[]
  readonly listeners: ((published: PublishedView) => void)[]
  readonly transport: Transport
}

function fakeTransport(): Heard {
  const calls: Heard['calls'] = []
  const listeners: Heard['listeners'] = []
  const transport: Transport = {
    call: (name, input) => {
      calls.push([name, input])
      return Promise.resolve(`answer to ${name}`)
    },
    listen: (listener) => {
      listeners.push(listener)
      return () => void listeners.splice(listeners.indexOf(listener), 1)
    },
  }
  return { calls, listeners, transport }
}

/** Every function under an object, by its dotted way. */
function functionsOf(value: object, way = ''): [string, (input?: unknown) => unknown][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const name = way === '' ? key : `${way}.${key}`
    if (typeof inner === 'function') return [[name, inner as (input?: unknown) => unknown]]
    expect(typeof inner, `${name} is neither a function nor a group of them`).toBe('object')
    return functionsOf(inner as object, name)
  })
}

describe('the bridge', () => {
  test('IPC-4: holds exactly one function for each command, and onView', () => {
    const names = functionsOf(buildBridge(fakeTransport().transport)).map(([name]) => name)
    expect(names.sort()).toEqual([...commandNames, 'onView'].sort())
  })

  test('sends each call under its own name, with its input and nothing else', async () => {
    const { transport, calls } = fakeTransport()
    for (const [name, call] of functionsOf(buildBridge(transport)).filter(([way]) => way !== 'onView'))
      expect(await call({ mark: name })).toBe(`answer to ${name}`)
    expect(calls.map(([name]) => name).sort()).toEqual([...commandNames].sort())
    for (const [name, input] of calls) expect(input).toEqual({ mark: name })
  })

  test('listens to Views until told to stop', () => {
    const { transport, listeners } = fakeTransport()
    const stop = buildBridge(transport).onView(() => undefined)
    expect(listeners).toHaveLength(1)
    stop()
    expect(listeners).toHaveLength(0)
  })
})

describe('the table of commands', () => {
  test('has a row for each name, once, and no others', () => {
    expect(Object.keys(commands).sort()).toEqual([...commandNames].sort())
    expect(new Set(commandNames).size).toBe(commandNames.length)
  })

  test.each(commandNames)('%s is a group and a verb', (name) => {
    expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
  })

  test.each(commandNames)('%s refuses junk', (name) => {
    const inputs: readonly unknown[] = [
      null,
      7,
      true,
      'text',
      [],
      { ['unheard-of']: 1 },
      { toString: 1 },
      () => 1,
      Symbol('s'),
      1n,
      new Map(),
      new Date(),
    ]
    for (const input of inputs) {
      // A page is the one command that takes a bare word, from a fixed list.
      expect(commands[name].safeParse(input).success, name).toBe(false)
    }
  })

  test.each([
    ['account.submitCode', { code: 'x'.repeat(65) }],
    ['account.sendCode', { email: '' }],
    ['account.sendCode', { email: 'x'.repeat(321) }],
    ['account.register', { username: 'sam', acceptTerms: false }],
    ['account.register', { username: 'sam' }],
    ['app.go', { at: 'elsewhere' }],
    ['app.go', { at: 'home', connectionID: 'x' }],
    ['app.go', { at: 'connection' }],
    ['app.openPage', 'https://evil.test'],
    ['security.confirmRecoveryKey', { recoveryKey: 'k', group: -1, typedGroup: 'a' }],
    ['security.confirmRecoveryKey', { recoveryKey: 'k', group: 0.5, typedGroup: 'a' }],
    ['connect.submit', { connectionID: 'c', fields: { a: 7 }, isSure: false }],
    ['connect.submit', { connectionID: 'c', fields: { a: 'x'.repeat(4001) }, isSure: false }],
    ['connect.submit', { connectionID: 'c', fields: { a: 'x' } }],
    ['connect.open', { bridgeID: 'b', extra: 1 }],
    ['app.view', {}],
  ] as const)('%s refuses %j', (name, input) => {
    expect(commands[name].safeParse(input).success).toBe(false)
  })

  test.each([
    ['account.register', { username: 'sam', acceptTerms: true }],
    ['app.go', { at: 'connection', connectionID: 'c' }],
    ['app.openPage', 'terms'],
    ['security.confirmRecoveryKey', { recoveryKey: 'EsTc 1234', group: 1, typedGroup: '1234' }],
    ['connect.submit', { connectionID: 'c', fields: { phone: '+1' }, isSure: false }],
    ['app.view', undefined],
  ] as const)('%s takes %j', (name, input) => {
    expect(commands[name].safeParse(input).success).toBe(true)
  })
})
