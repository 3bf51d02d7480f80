import { describe, expect, test } from 'vitest'
import { bench, signedIn } from '../testing/engine-bench.ts'
import { bad, good } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { found, otherServer, problem, remembered, server, setupOf, signedInBefore } from '../testing/samples.ts'

describe('launching', () => {
  test('a fresh profile looks for Beeper on the usual ports of both names of this computer', async () => {
    const asked: string[] = []
    const one = bench({
      beeper: {
        probe: (origin) => {
          asked.push(origin)
          return origin === server.origin ? good(found) : bad(problem)
        },
      },
    })
    one.engine.launch()
    await settle()
    expect(asked).toHaveLength(40)
    expect(asked.slice(0, 2)).toEqual(['http://127.0.0.1:23373', 'http://127.0.0.1:23374'])
    expect(asked.slice(20, 22)).toEqual(['http://[::1]:23373', 'http://[::1]:23374'])
    expect(one.screen()).toBe('find')
    expect(one.engine.discovery.state.found).toEqual([found])
    expect(one.did).not.toContain('vault.read')
  })

  test('KEY-7: a saved sign-in is read once and goes on where it was', async () => {
    const one = await signedIn()
    expect(one.screen()).toBe('connect')
    expect(one.did.filter((what) => what === 'vault.read')).toHaveLength(1)
  })

  test('an address without a sign-in goes back to its server without asking the keychain', async () => {
    const one = bench({
      progress: { origin: server.origin, servers: [remembered()], email: 'sam@example.com' },
      beeper: { glanceAtSetup: () => good(setupOf('needs-login')) },
    })
    one.engine.launch()
    await settle()
    expect(one.engine.account.state).toMatchObject({ phase: 'email', email: 'sam@example.com' })
    expect(one.did).not.toContain('vault.read')
  })

  test('after the first run it is Home', async () => {
    expect((await signedIn({}, { isFirstRunDone: true })).screen()).toBe('home')
  })

  test('a picked server with a saved sign-in asks the keychain, another one does not', async () => {
    const one = bench({ progress: signedInBefore })
    one.engine.choose(otherServer)
    await settle()
    expect(one.did).not.toContain('vault.read')
    one.engine.choose({ ...server })
    await settle()
    expect(one.did).toContain('vault.read')
  })
})
