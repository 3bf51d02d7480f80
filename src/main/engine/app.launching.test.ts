import { describe, expect, test } from 'vitest'
import { bench, marker, signedIn } from '../testing/engine-bench.ts'
import { good } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { found, otherServer, server, setupOf } from '../testing/samples.ts'

describe('launching', () => {
  test('a fresh profile looks for Beeper at the usual port', async () => {
    const asked: string[] = []
    const one = bench({
      beeper: {
        probe: (origin) => {
          asked.push(origin)
          return Promise.resolve(found)
        },
      },
    })
    one.engine.launch()
    await settle()
    expect(asked).toEqual(['http://127.0.0.1:23373'])
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
      progress: { server, email: 'sam@example.com' },
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
    const one = bench({ progress: { server, marker } })
    one.engine.choose(otherServer)
    await settle()
    expect(one.did).not.toContain('vault.read')
    one.engine.choose({ ...server })
    expect(one.did).toContain('vault.read')
  })
})
