import { afterEach, expect, test } from 'vitest'
import type { KeychainState } from '../../../e2e/rig/keyring.ts'
import { fakeClock, fakeLog } from '../testing/fakes.ts'
import { describeReal, openSession, origin, tokens } from '../testing/keychain-rigs.ts'
import { createKeychain, killAfterMs, slowAfterMs } from './keychain.ts'

const saved = { ok: true, value: undefined }
const found = { ok: true, value: tokens.old }
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function bench(state: KeychainState, held?: string) {
  const session = await openSession(state, held)
  const clock = fakeClock()
  const processes = session.processes()
  const vault = createKeychain({ fork: processes.fork, clock, log: fakeLog() })
  closing.push(async () => {
    vault.dispose()
    await processes.close()
    session.close()
  })
  return { clock, processes, vault, keyring: session.keyring }
}

describeReal('a real keyring that changes while it is asked', () => {
  test('KEY-1 KEY-5: when the keyring has gone while its window was open, asking again meets the new one at once', async () => {
    const { vault, keyring, clock, processes } = await bench('locked', tokens.old)
    void vault.read(origin)
    await keyring.prompted()
    await keyring.kill()
    await keyring.unlock()
    clock.pass(slowAfterMs)
    expect(await vault.read(origin)).toEqual(found)
    expect(processes.startCount()).toBe(2)
  })

  test('KEY-3: after a closed window asking again meets the keyring that was opened since', async () => {
    const { vault, keyring } = await bench('locked', tokens.old)
    const first = vault.read(origin)
    await keyring.prompted()
    keyring.dismiss()
    expect(await first).toEqual({ ok: true, value: null })
    await keyring.unlock()
    expect(await vault.read(origin)).toEqual(found)
  })

  test('KEY-5: where there was no keyring, asking again finds the one that has appeared', async () => {
    const { vault, keyring } = await bench('no-provider')
    expect(await vault.probe()).toMatchObject({ ok: false, problem: { code: 'keychain.missing' } })
    await keyring.appear()
    expect(await vault.probe()).toEqual(saved)
    expect(await vault.save(origin, tokens.new)).toEqual(saved)
    expect(await keyring.readToken(origin)).toBe(tokens.new)
  })

  test('KEY-4 KEY-6: a save that was given up while the window was open is not done later', async () => {
    const { vault, keyring, clock } = await bench('locked', tokens.old)
    const save = vault.save(origin, tokens.new)
    await keyring.prompted()
    clock.pass(killAfterMs)
    expect(await save).toMatchObject({ ok: false, problem: { code: 'keychain.locked' } })
    keyring.dismiss()
    await keyring.unlock()
    expect(await keyring.readToken(origin)).toBe(tokens.old)
  })

  test('KEY-4: a probe leaves nothing in the keyring', async () => {
    const { vault, keyring } = await bench('unlocked')
    expect(await vault.probe()).toEqual(saved)
    expect(await keyring.readToken('probe')).toBeUndefined()
    expect(keyring.promptCount()).toBe(0)
  })
})
