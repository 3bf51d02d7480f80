import { describe, expect, test } from 'vitest'
import { settle } from '../testing/fakes.ts'
import { hanging, origin, rig, workingBinding } from '../testing/keychain-bench.ts'
import { slowAfterMs } from './keychain.ts'

const done = { ok: true, value: undefined }
const locked = { ok: false, problem: { code: 'keychain.locked' } }
const hangs = { load: async () => hanging }
const works = (binding = workingBinding()) => ({ load: async () => binding })

describe('asking again', () => {
  test('KEY-1 KEY-7: the same call within 3 s shares the answer of the first and starts nothing', async () => {
    const { vault, processes, clock } = rig(hangs)
    void vault.save(origin, 'token')
    clock.pass(slowAfterMs - 1)
    void vault.save(origin, 'token')
    await settle()
    expect(processes).toHaveLength(1)
    expect(processes[0]?.requests).toHaveLength(1)
    expect(processes[0]?.isKilled).toBe(false)
  })

  test.each(['read', 'save', 'remove', 'probe'] as const)(
    'KEY-1 KEY-5: %s: whoever asks again after 3 s gets a new process at once, and the first call its answer',
    async (verb) => {
      const { vault, processes, clock } = rig(hangs, works())
      const acts = { read: () => vault.read(origin), save: () => vault.save(origin, 'token') }
      const ask = { ...acts, remove: () => vault.remove(origin), probe: () => vault.probe() }[verb]
      const first = ask()
      await settle()
      clock.pass(slowAfterMs)
      const second = ask()
      expect(await second).toMatchObject({ ok: true })
      expect(await first).toEqual(await second)
      expect(processes[0]?.isKilled).toBe(true)
      expect(processes).toHaveLength(2)
      expect(clock.waiting).toBe(0)
    },
  )

  test('KEY-1: asking again begins to count anew: slow is said 3 s later, and another call begins nothing before that', async () => {
    const { vault, processes, clock } = rig(hangs)
    clock.pass(1)
    const slow: string[] = []
    void vault.read(origin, () => slow.push('first'))
    clock.pass(slowAfterMs)
    void vault.read(origin, () => slow.push('second'))
    expect(processes).toHaveLength(2)
    clock.pass(slowAfterMs - 1)
    void vault.read(origin)
    expect(slow).toEqual(['first'])
    clock.pass(1)
    expect(slow).toEqual(['first', 'second'])
    expect(processes).toHaveLength(2)
  })

  test('KEY-5: asking again for what waits behind another call gives up the one in the way', async () => {
    const { vault, processes, clock } = rig(hangs, works())
    const inTheWay = vault.read(origin)
    const behind = vault.save('http://127.0.0.1:23374', 'token')
    clock.pass(slowAfterMs)
    const again = vault.save('http://127.0.0.1:23374', 'token')
    expect(await inTheWay).toMatchObject(locked)
    expect(await Promise.all([behind, again])).toEqual([done, done])
    expect(processes.map(({ requests }) => requests.length)).toEqual([1, 1])
  })

  test('KEY-7: another call waits for its turn, since somebody may be typing the password', async () => {
    const { vault, processes, clock } = rig(hangs)
    void vault.read(origin)
    clock.pass(slowAfterMs)
    void vault.save(origin, 'token')
    void vault.read('http://127.0.0.1:23374')
    await settle()
    expect(processes.map(({ isKilled }) => isKilled)).toEqual([false])
  })

  test('KEY-6: a newer token is not taken for the one that is being saved', async () => {
    const binding = workingBinding()
    const { vault } = rig(works(binding))
    expect(await Promise.all([vault.save(origin, 'old'), vault.save(origin, 'new')])).toEqual([done, done])
    expect([...binding.entries.values()]).toEqual(['new'])
  })

  test('KEY-6: a call does not share with one that another has overtaken', async () => {
    const binding = workingBinding()
    const { vault } = rig(works(binding))
    await Promise.all([vault.save(origin, 'token'), vault.remove(origin), vault.save(origin, 'token')])
    expect([...binding.entries.values()]).toEqual(['token'])
  })

  test('KEY-1: what a process answers that was given up is not heard', async () => {
    let answerLate: (value: string) => void = () => undefined
    const late = { ...hanging, getPassword: () => new Promise<string>((resolve) => (answerLate = resolve)) }
    const { vault, clock } = rig({ load: async () => late }, hangs)
    const read = vault.read(origin)
    await settle()
    clock.pass(slowAfterMs)
    void vault.read(origin)
    answerLate('token')
    expect(await Promise.race([read, settle().then(() => 'still waiting')])).toBe('still waiting')
  })

  test('KEY-1: quitting ends what hangs and what waits, and starts nothing any more', async () => {
    const { vault, processes, clock } = rig(hangs)
    const calls = [vault.read(origin), vault.save(origin, 'token'), vault.probe()]
    vault.dispose()
    calls.push(vault.remove(origin))
    for (const result of await Promise.all(calls))
      expect(result).toMatchObject({ ok: false, problem: { code: 'keychain.missing' } })
    expect(processes.map(({ isKilled }) => isKilled)).toEqual([true])
    expect(clock.waiting).toBe(0)
  })
})
