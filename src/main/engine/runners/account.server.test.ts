import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent } from '../../beeper-port.ts'
import { atCode, bench, guarded, signedIn } from '../../testing/account-bench.ts'
import { bad, deferred, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { otherServer, secrets, server, setupOf } from '../../testing/samples.ts'

describe('a bug in the way to the server', () => {
  test('shows as unexpected, and the server is asked again', async () => {
    const one = bench({ beeper: { glanceAtSetup: () => Promise.reject(new Error('a bug')) } })
    one.engine.choose(server)
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unreachable', problem: { code: 'unexpected' } })
    one.beeper.glanceAtSetup = () => good(setupOf('needs-login'))
    one.clock.pass(2_000)
    await settle()
    expect(one.phase()).toBe('email')
  })
})

describe('ORI-2: what comes back from a server that was left', () => {
  test('a setup state of the first server does not move the second', async () => {
    const first = deferred<Result<ReturnType<typeof setupOf>>>()
    const one = bench({
      beeper: {
        glanceAtSetup: ({ origin }) => (origin === server.origin ? first.promise : new Promise(() => undefined)),
      },
    })
    one.engine.choose(server)
    await one.engine.leave()
    one.engine.choose(otherServer)
    first.resolve(ok(setupOf('needs-login')))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'restoring', server: otherServer })
  })

  test('a sign-in at the first server never becomes the token of the second', async () => {
    const answer = deferred<Result<typeof signedIn>>()
    const one = await atCode({ respond: () => answer.promise })
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    await one.engine.leave()
    one.engine.choose(otherServer)
    await settle()
    one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'code', server: otherServer })
    answer.resolve(ok(signedIn))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'code', server: otherServer })
    expect(one.engine.target()).toBeUndefined()
    // It exists once, so it is kept where it belongs.
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    expect(one.vault.tokens.get(otherServer.origin)).toBeUndefined()
  })

  test('a state read at the first server is not taken for that of the second', async () => {
    const one = bench({
      beeper: {
        glanceAtSetup: guarded(({ origin }) =>
          origin === server.origin ? good(setupOf('needs-login')) : bad(problemOf('beeper.token-refused')),
        ),
        askConsent: () =>
          good<Consent>({
            url: 'u',
            grant: good({ token: secrets.token, expiresAtMs: undefined }),
            cancel: () => undefined,
          }),
      },
    })
    one.engine.choose(server)
    await settle()
    await one.engine.leave()
    one.engine.choose(otherServer)
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', server: otherServer })
  })
})
