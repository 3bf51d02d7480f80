import { describe, expect, test } from 'vitest'
import { fakeClock, fakeLog, settle } from '../testing/fakes.ts'
import { hanging, origin, rejecting, rig, workingBinding } from '../testing/keychain-bench.ts'
import { createKeychain, killAfterMs, slowAfterMs } from './keychain.ts'
import { createMemoryVault } from './memory.ts'
import type { KeychainBinding } from './protocol.ts'

describe('KEY-1: the keychain in a process of its own', () => {
  test('KEY-1: nothing is started before the first call, and one process serves many', async () => {
    const binding = workingBinding()
    const { vault, processes } = rig({ load: async () => binding })
    expect(processes).toHaveLength(0)
    expect(await vault.probe()).toEqual({ ok: true, value: undefined })
    expect(await vault.save(origin, 'token')).toEqual({ ok: true, value: undefined })
    expect(await vault.read(origin)).toEqual({ ok: true, value: 'token' })
    expect(await vault.remove(origin)).toEqual({ ok: true, value: undefined })
    expect(await vault.read(origin)).toEqual({ ok: true, value: null })
    expect(processes).toHaveLength(1)
    expect([...binding.entries]).toEqual([])
  })

  test('KEY-1: a call that hangs is said after 3 s and ended after 120 s; the next one starts anew', async () => {
    const binding = workingBinding()
    const { vault, processes, clock } = rig({ load: async () => hanging }, { load: async () => binding })
    let slow = 0
    const read = vault.read(origin, () => (slow += 1))
    await settle()
    clock.pass(slowAfterMs - 1)
    expect(slow).toBe(0)
    clock.pass(1)
    expect(slow).toBe(1)
    clock.pass(killAfterMs)
    expect(await read).toMatchObject({ ok: false, problem: { code: 'keychain.locked' } })
    expect(processes[0]?.isKilled).toBe(true)
    expect(await vault.read(origin)).toEqual({ ok: true, value: null })
    expect(processes).toHaveLength(2)
    expect(slow).toBe(1)
    expect(clock.waiting).toBe(0)
  })

  test('KEY-1: calls wait for each other, and one that waits says so too', async () => {
    const { vault, processes, clock } = rig({ load: async () => hanging }, { load: async () => workingBinding() })
    const slow: string[] = []
    const first = vault.read(origin, () => slow.push('first'))
    const second = vault.save(origin, 'token', () => slow.push('second'))
    await settle()
    expect(processes[0]?.requests).toHaveLength(1)
    clock.pass(slowAfterMs)
    expect(slow).toEqual(['first', 'second'])
    clock.pass(killAfterMs)
    expect(await first).toMatchObject({ ok: false, problem: { code: 'keychain.locked' } })
    expect(await second).toEqual({ ok: true, value: undefined })
  })

  test('KEY-1: a process whose keyring has gone since is replaced, and the call done once more', async () => {
    const gone = workingBinding()
    const back = workingBinding()
    const { vault, processes } = rig({ load: async () => gone }, { load: async () => back })
    expect(await vault.probe()).toEqual({ ok: true, value: undefined })
    gone.setPassword = rejecting('The connection is closed').setPassword
    expect(await vault.save(origin, 'token')).toEqual({ ok: true, value: undefined })
    expect(await back.getPassword('Drawbridge', origin)).toBe('token')
    expect(processes).toHaveLength(2)
  })

  test('KEY-1: one that fails with a new process too has failed', async () => {
    const gone = workingBinding()
    const { vault, processes } = rig({ load: async () => gone }, { load: async () => rejecting('no such service') })
    expect(await vault.probe()).toEqual({ ok: true, value: undefined })
    gone.setPassword = rejecting('The connection is closed').setPassword
    expect(await vault.save(origin, 'token')).toMatchObject({ ok: false, problem: { code: 'keychain.missing' } })
    expect(processes).toHaveLength(2)
  })

  test.each(['read', 'save', 'remove', 'probe'] as const)(
    'KEY-1: %s: a binding that throws is a missing keychain',
    async (verb) => {
      const { vault } = rig({
        load: async () => rejecting('The name org.freedesktop.secrets was not provided by any .service files'),
      })
      const acts = { read: () => vault.read(origin), save: () => vault.save(origin, 'token') }
      const result = await { ...acts, remove: () => vault.remove(origin), probe: () => vault.probe() }[verb]()
      expect(result).toMatchObject({ ok: false, problem: { code: 'keychain.missing', retry: 'later' } })
    },
  )

  test('KEY-1: after a failure the next call gets a new process, which meets the keychain as it is by then', async () => {
    const failing = rejecting('The name :1.5 was not provided by any .service files')
    const { vault, processes } = rig({ load: async () => failing }, { load: async () => workingBinding() })
    const [first, second] = await Promise.all([vault.read(origin), vault.save(origin, 'token')])
    expect(first).toMatchObject({ ok: false, problem: { code: 'keychain.missing' } })
    expect(second).toEqual({ ok: true, value: undefined })
    expect(await vault.read(origin)).toEqual({ ok: true, value: 'token' })
    expect(processes.map(({ isKilled }) => isKilled)).toEqual([true, false])
  })

  test('KEY-1 KEY-3: after a read that found nothing the next call gets a new process too', async () => {
    const { vault, processes } = rig({ load: async () => workingBinding() }, { load: async () => workingBinding() })
    expect(await vault.read(origin)).toEqual({ ok: true, value: null })
    expect(processes.map(({ isKilled }) => isKilled)).toEqual([true])
    await vault.save(origin, 'token')
    expect(processes.map(({ isKilled }) => isKilled)).toEqual([true, false])
  })

  test.each([
    'Cannot create an item in a locked collection',
    'User canceled the operation.',
    'Prompt dismissed',
    'Access denied',
    'User interaction is not allowed.',
  ])('KEY-1: "%s" is a denied keychain, and the sentence stays in the process', async (message) => {
    const { vault, log } = rig({ load: async () => rejecting(message) })
    const result = await vault.read(origin)
    expect(result).toEqual({ ok: false, problem: { code: 'keychain.denied', retry: 'now' } })
    expect(JSON.stringify(log.lines)).not.toContain(message)
  })

  test('KEY-1: a process that exits is a missing keychain, and the next call starts another', async () => {
    const { vault, processes } = rig({ load: async () => hanging, exits: true }, { load: async () => workingBinding() })
    expect(await vault.read(origin)).toMatchObject({ ok: false, problem: { code: 'keychain.missing', retry: 'later' } })
    expect(await vault.read(origin)).toEqual({ ok: true, value: null })
    expect(processes).toHaveLength(2)
  })

  test('KEY-1: a process that exits between two calls is started again', async () => {
    const { vault, processes } = rig({ load: async () => workingBinding() })
    await vault.remove(origin)
    processes[0]?.exit()
    expect(await vault.read(origin)).toEqual({ ok: true, value: null })
    expect(processes).toHaveLength(2)
  })

  test('KEY-1: a library that does not load is a missing keychain, and is tried again', async () => {
    let loads = 0
    const { vault } = rig({
      load: async () => {
        loads += 1
        if (loads === 1) throw new Error('libsecret-1.so.0: cannot open shared object file')
        return workingBinding()
      },
    })
    expect(await vault.read(origin)).toMatchObject({
      ok: false,
      problem: { code: 'keychain.missing', detail: 'no-binding' },
    })
    expect(await vault.read(origin)).toEqual({ ok: true, value: null })
  })

  test('KEY-1: a process that cannot be started is a missing keychain', async () => {
    const clock = fakeClock()
    const vault = createKeychain({
      fork: () => {
        throw new Error('not ready')
      },
      clock,
      log: fakeLog(),
    })
    expect(await vault.read(origin)).toMatchObject({ ok: false, problem: { code: 'keychain.missing' } })
    expect(clock.waiting).toBe(0)
  })
})

test('KEY-2: the binding as we know it has no call that lists entries', async () => {
  const binding = workingBinding()
  const { vault } = rig({
    load: async () =>
      new Proxy(binding, {
        get: (target, name) => {
          if (String(name).startsWith('find')) throw new Error('called')
          return Reflect.get(target, name) as unknown
        },
      }),
  })
  await vault.save(origin, 'token')
  await vault.read(origin)
  await vault.remove(origin)
  expect(binding.calls).toEqual(['set', 'get', 'get', 'delete'])
})

describe('KEY-4: saved means read back', () => {
  test('KEY-4: a keychain that keeps something else is a mismatch', async () => {
    const binding = workingBinding()
    const cutting: KeychainBinding = {
      ...binding,
      setPassword: (service, account, password) => binding.setPassword(service, account, password.slice(0, 3)),
    }
    const { vault } = rig({ load: async () => cutting })
    expect(await vault.save(origin, 'token')).toMatchObject({ ok: false, problem: { code: 'keychain.mismatch' } })
  })

  test.each([
    ['nothing', ''],
    ['a NUL', 'tok\0en'],
    ['2,001 bytes', 'x'.repeat(2001)],
    ['2,001 bytes in 667 letters', '€'.repeat(667)],
    ['half a surrogate pair', 'tok\ud800en'],
  ])('KEY-4: %s is refused before the keychain is asked', async (_name, token) => {
    const { vault, processes } = rig({ load: async () => workingBinding() })
    expect(await vault.save(origin, token)).toMatchObject({
      ok: false,
      problem: { code: 'keychain.mismatch', retry: 'never' },
    })
    expect(processes).toHaveLength(0)
  })

  test.each([
    ['nothing', ''],
    ['a NUL', 'tok\0en'],
    ['2,001 bytes', 'x'.repeat(2001)],
  ])('KEY-4: %s that stands in the keychain is none of ours', async (_name, token) => {
    const binding = workingBinding()
    binding.entries.set(`Drawbridge|${origin}`, token)
    const { vault } = rig({ load: async () => binding })
    expect(await vault.read(origin)).toMatchObject({ ok: false, problem: { code: 'keychain.mismatch' } })
  })

  test.each([
    ['one byte', 'x'],
    ['2,000 bytes', 'x'.repeat(2000)],
    ['other scripts', 'ключ-鍵-🔑'],
  ])('KEY-4: %s is saved', async (_name, token) => {
    const { vault } = rig({ load: async () => workingBinding() })
    expect(await vault.save(origin, token)).toEqual({ ok: true, value: undefined })
    expect(await vault.read(origin)).toEqual({ ok: true, value: token })
  })
})

test('SEC-2: neither token nor origin is in the log of a failing vault', async () => {
  const { vault, log } = rig({ load: async () => rejecting('no service for secret-token') })
  await vault.save(origin, 'secret-token')
  expect(log.lines).not.toHaveLength(0)
  expect(JSON.stringify(log.lines)).not.toMatch(/secret-token|23373/)
})

test('KEY-5: the memory vault keeps tokens apart by origin and forgets on demand', async () => {
  const vault = createMemoryVault()
  await vault.save(origin, 'one')
  await vault.save('https://beeper.example', 'two')
  expect(await vault.read(origin)).toEqual({ ok: true, value: 'one' })
  await vault.remove(origin)
  expect(await vault.read(origin)).toEqual({ ok: true, value: null })
  expect(await vault.read('https://beeper.example')).toEqual({ ok: true, value: 'two' })
  expect(await vault.probe()).toEqual({ ok: true, value: undefined })
})
