import { describe, expect, test } from 'vitest'
import type { Consent } from '../../beeper-port.ts'
import { atCode, bench, wayNames, ways } from '../../testing/account-bench.ts'
import { bad, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { remembered, secrets, server, setupOf } from '../../testing/samples.ts'

describe('ONE-2: answers that were lost', () => {
  const lost = [
    'beeper.unreachable',
    'beeper.timeout',
    'beeper.unreadable',
    'beeper.fault',
    'beeper.no-tls',
    'beeper.upstream',
    'beeper.not-beeper',
  ] as const
  const heard = [
    'account.code-refused',
    'account.username-taken',
    'account.username-refused',
    'beeper.rate-limited',
    'beeper.rejected',
    'beeper.conflict',
  ] as const
  const cells = wayNames.flatMap((name) => lost.map((code) => [name, code] as const))

  test.each(cells)(
    '%s, %s: the server says that somebody is signed in, so permission is asked there',
    async (name, code) => {
      const { begin, act, intent } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      one.beeper.readSetup = () => bad(problemOf('beeper.token-refused'))
      act(one)
      await settle()
      expect(one.phase()).toBe('authorise')
      expect(one.did.filter((what) => what === `beeper.${name}`)).toHaveLength(1)
      expect(one.did.slice(0, 4)).toEqual([
        `intent+ ${intent}`,
        `beeper.${name}`,
        'beeper.readSetup',
        `intent- ${intent}`,
      ])
    },
  )

  test.each(cells)(
    '%s, %s: the server says that nobody is, so the call had no effect and is said to have failed',
    async (name, code) => {
      const { begin, act } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      one.beeper.readSetup = () => good(setupOf('needs-login'))
      act(one)
      await settle()
      expect(one.account.state).toMatchObject({ phase: name === 'respond' ? 'code' : 'register', problem: { code } })
      expect(one.did.filter((what) => what === `beeper.${name}`)).toHaveLength(1)
      expect(one.progress().intents).toEqual([])
    },
  )

  test.each(cells)(
    '%s, %s: a server that cannot be asked leaves the intent open for the next launch',
    async (name, code) => {
      const { begin, act, intent } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      one.beeper.readSetup = () => bad(problemOf('beeper.unreachable'))
      act(one)
      await settle()
      expect(one.did.filter((what) => what === `beeper.${name}`)).toHaveLength(1)
      expect(one.progress().intents).toMatchObject([{ operation: intent }])
      expect(one.account.state).toMatchObject({ problem: { code } })
    },
  )

  test.each(wayNames.flatMap((name) => heard.map((code) => [name, code] as const)))(
    '%s, %s: an answer that was heard settles itself',
    async (name, code) => {
      const { begin, act } = ways[name]
      const one = await begin(() => bad(problemOf(code)))
      act(one)
      await settle()
      expect(one.did).not.toContain('beeper.readSetup')
      expect(one.account.state).toMatchObject({ problem: { code } })
      expect(one.progress().intents).toEqual([])
    },
  )

  test('a request that has gone asks for the address again and forgets the handle', async () => {
    const one = await atCode({ respond: () => bad(problemOf('account.request-gone')) })
    expect(one.progress().request).toMatchObject({ origin: server.origin })
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({
      phase: 'email',
      email: 'sam@example.com',
      problem: { code: 'account.request-gone' },
    })
    expect(one.progress().request).toBeUndefined()
  })

  test('a sign-in by consent after a lost answer stays: what was read before it is out of date', async () => {
    const one = await atCode({
      respond: () => bad(problemOf('beeper.timeout')),
      askConsent: () =>
        good<Consent>({
          url: 'u',
          grant: good({ token: secrets.token, expiresAtMs: undefined }),
          cancel: () => undefined,
        }),
    })
    one.beeper.readSetup = () => bad(problemOf('beeper.token-refused'))
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.phase()).toBe('signed-in')
  })

  test('an open intent of an earlier run is settled by reading the keychain and the server', async () => {
    const intents = [{ operation: 'appSetupResponse' as const, origin: server.origin, openedAt: '' }]
    const one = bench({
      progress: { origin: server.origin, servers: [remembered()], intents, email: 'sam@example.com' },
      beeper: {
        glanceAtSetup: () => good(setupOf('ready')),
        checkToken: ({ token }) => good({ token, expiresAtMs: undefined }),
      },
    })
    one.vault.tokens.set(server.origin, secrets.token)
    one.engine.launch()
    await settle()
    expect(one.phase()).toBe('signed-in')
    expect(one.progress().intents).toEqual([])
    expect(one.did.filter((what) => /beeper.(respond|register|start|sendEmail)/.test(what))).toEqual([])
  })
})
