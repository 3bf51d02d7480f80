import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { lists, signedIn } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { marker, secrets, server, setupOf } from '../testing/samples.ts'

describe('KEY-6: a token that is refused while somebody is signed in', () => {
  test.each(['glanceAtSetup', 'readNetworks'] as const)(
    'by %s: the server is asked again without it, and the keychain keeps it',
    async (name) => {
      const one = await signedIn()
      const tokens: (string | undefined)[] = []
      one.beeper.readNetworks = () => (name === 'readNetworks' ? bad(problemOf('beeper.token-refused')) : good(lists))
      one.beeper.glanceAtSetup = ({ token }) => {
        tokens.push(token)
        return token === undefined || name === 'glanceAtSetup'
          ? bad(problemOf('beeper.token-refused'))
          : good(setupOf('ready'))
      }
      void one.handlers['networks.refresh'](undefined)
      one.clock.pass(10_000)
      await settle()
      expect(one.screen()).toBe('authorise')
      expect(tokens.at(-1)).toBeUndefined()
      expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
      expect(one.engine.servers.markerOf(server.origin)).toEqual(marker)
      expect(one.engine.security.state.isOn).toBe(false)
      expect(one.engine.networks.state).toMatchObject({ isOn: false, networks: [], accounts: [] })
    },
  )

  test('a refusal of the old token that arrives late does not end the new sign-in', async () => {
    const late = deferred<Result<typeof lists>>()
    const one = await signedIn({ readNetworks: () => late.promise })
    one.beeper.glanceAtSetup = ({ token }) =>
      token === 'new' ? good(setupOf('ready')) : bad(problemOf('beeper.token-refused'))
    one.beeper.readNetworks = () => good(lists)
    one.beeper.askConsent = () =>
      good({ url: 'u', grant: good({ token: 'new', expiresAtMs: undefined }), cancel: () => undefined })
    one.clock.pass(10_000)
    await settle()
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.screen()).toBe('connect')
    late.resolve({ ok: false, problem: problemOf('beeper.token-refused') })
    await settle()
    expect(one.screen()).toBe('connect')
    expect(one.engine.target()).toEqual({ origin: server.origin, token: 'new' })
  })

  test('a server that was signed out elsewhere asks for the address', async () => {
    const one = await signedIn()
    one.beeper.glanceAtSetup = () => good(setupOf('needs-login'))
    for (let reads = 0; reads < 4; reads++) {
      one.clock.pass(10_000)
      await settle()
    }
    expect(one.screen()).toBe('email')
  })

  test('a server whose state lags behind the sign-in for a moment keeps the person signed in', async () => {
    const one = await signedIn()
    one.beeper.glanceAtSetup = () => good(setupOf('needs-login'))
    one.clock.pass(10_000)
    await settle()
    expect(one.screen()).toBe('preparing')
    one.beeper.glanceAtSetup = () => good(setupOf('ready'))
    one.clock.pass(2_000)
    await settle()
    expect(one.screen()).toBe('connect')
  })
})
