import { describe, expect, test } from 'vitest'
import { settle } from '../testing/fakes.ts'
import { hanging, origin, rig, workingBinding } from '../testing/keychain-bench.ts'
import { slowAfterMs } from './keychain.ts'
import type { KeychainBinding } from './protocol.ts'

const token = 'SECRET-token'
const entry = `Drawbridge|${origin}`

/** A keyring as libsecret 0.20 shows it while it is locked: it deletes nothing, finds nothing, and refuses to write. */
function lockedBinding(): ReturnType<typeof workingBinding> & { open(): void } {
  const inside = workingBinding()
  let isOpen = false
  inside.entries.set(entry, token)
  return {
    ...inside,
    open: () => void (isOpen = true),
    getPassword: async (...place) => (isOpen ? inside.getPassword(...place) : null),
    deletePassword: async (...place) => (isOpen ? inside.deletePassword(...place) : false),
    setPassword: async (...what) => {
      if (!isOpen) throw new Error('Cannot create an item in a locked collection')
      await inside.setPassword(...what)
    },
  }
}

describe('KEY-4: the probe', () => {
  test('KEY-4: it writes, reads back and removes something of its own, and leaves nothing', async () => {
    const binding = workingBinding()
    binding.entries.set(entry, token)
    const { vault, processes } = rig({ load: async () => binding })
    expect(await vault.probe()).toEqual({ ok: true, value: undefined })
    expect(binding.calls).toEqual(['set', 'get', 'delete'])
    expect([...binding.entries]).toEqual([[entry, token]])
    expect(processes[0]?.requests).toEqual([{ id: 1, verb: 'probe' }])
  })

  test('KEY-4: the value is another one each time', async () => {
    const values: string[] = []
    const binding = workingBinding()
    const noting: KeychainBinding = {
      ...binding,
      setPassword: async (service, account, value) => {
        values.push(value)
        await binding.setPassword(service, account, value)
      },
    }
    const { vault } = rig({ load: async () => noting })
    await vault.probe()
    await vault.probe()
    expect(new Set(values).size).toBe(2)
  })

  test.each([
    ['keeps something else', (value: string) => value.slice(1)],
    ['keeps nothing', () => null],
  ])('KEY-4: a keychain that %s is a mismatch, and nothing stays there', async (_name, cut) => {
    const binding = workingBinding()
    const cutting: KeychainBinding = {
      ...binding,
      getPassword: async (...place) => cut((await binding.getPassword(...place)) ?? ''),
    }
    const { vault, processes } = rig({ load: async () => cutting })
    expect(await vault.probe()).toMatchObject({ ok: false, problem: { code: 'keychain.mismatch' } })
    expect([...binding.entries]).toEqual([])
    expect(processes[0]?.isKilled, 'the next one meets the keychain anew').toBe(true)
  })

  test('KEY-4 KEY-5: a probe that dies half-way leaves a value of no meaning, which the next one clears away', async () => {
    const binding = workingBinding()
    const dying: KeychainBinding = { ...binding, getPassword: hanging.getPassword }
    const { vault, clock } = rig({ load: async () => dying }, { load: async () => binding })
    binding.entries.set(entry, token)
    const first = vault.probe()
    await settle()
    expect(binding.entries.get('Drawbridge|probe')).toMatch(/^[\da-f-]{36}$/)
    clock.pass(slowAfterMs)
    expect(await vault.probe()).toEqual({ ok: true, value: undefined })
    expect(await first).toEqual({ ok: true, value: undefined })
    expect([...binding.entries]).toEqual([[entry, token]])
  })
})

describe('KEY-6: a removal', () => {
  test('KEY-6: "nothing there" from a locked keyring is not taken for an answer', async () => {
    const binding = lockedBinding()
    const { vault } = rig({ load: async () => binding })
    expect(await vault.remove(origin)).toMatchObject({ ok: false, problem: { code: 'keychain.denied' } })
    expect([...binding.entries]).toEqual([[entry, token]])
    binding.open()
    expect(await vault.remove(origin)).toEqual({ ok: true, value: undefined })
    expect([...binding.entries]).toEqual([])
  })

  test('KEY-6: a keyring that is opened for it loses the entry', async () => {
    const binding = lockedBinding()
    const opening: KeychainBinding = {
      ...binding,
      setPassword: async (...what) => {
        binding.open()
        await binding.setPassword(...what)
      },
    }
    const { vault } = rig({ load: async () => opening })
    expect(await vault.remove(origin)).toEqual({ ok: true, value: undefined })
    expect([...binding.entries]).toEqual([])
  })

  test('KEY-6: an entry that is there is removed without anything being written', async () => {
    const binding = workingBinding()
    binding.entries.set(entry, token)
    await rig({ load: async () => binding }).vault.remove(origin)
    expect(binding.calls).toEqual(['delete'])
  })

  test('KEY-6: it is no problem if there was none', async () => {
    const binding = workingBinding()
    expect(await rig({ load: async () => binding }).vault.remove(origin)).toEqual({ ok: true, value: undefined })
    expect([...binding.entries]).toEqual([])
  })
})
