import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent, Grant } from '../../beeper-port.ts'
import { bench, signedIn } from '../../testing/engine-bench.ts'
import type { Bench } from '../../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { marker, otherServer, secrets, server, setupOf } from '../../testing/samples.ts'

const pasted = secrets.pastedToken
const granted = { token: pasted, expiresAtMs: undefined } as const

/** Where a token can be pasted: with nobody signed in here, and beside a sign-in that still counts. */
const places = {
  first: async (): Promise<Bench> => {
    const one = bench({
      beeper: {
        glanceAtSetup: ({ token }) =>
          token === undefined ? bad(problemOf('beeper.token-refused')) : good(setupOf('ready')),
        readNetworks: () => new Promise(() => undefined),
      },
    })
    one.engine.choose(server)
    await settle()
    return one
  },
  renewal: async (): Promise<Bench> => {
    const one = await signedIn()
    one.engine.account.send({ type: 'scopeMissing', isClicked: true })
    return one
  },
} as const
const names = Object.keys(places) as (keyof typeof places)[]
const before = { first: undefined, renewal: secrets.token } as const

async function paste(one: Bench, token: string = pasted): Promise<void> {
  expect(one.handlers['account.useToken']({ token })).toEqual(ok(undefined))
  await settle()
}
/** Everything that was ever written or logged, as text. */
const traces = (one: Bench): string => JSON.stringify([one.settings.read(), one.log.lines, one.view()])

describe.each(names)('a token that is pasted: %s', (name) => {
  const begin = places[name]

  test('is checked, kept like any other, and noted as one that was pasted', async () => {
    const one = await begin()
    const checked: unknown[] = []
    one.beeper.checkToken = ({ origin, token }) => {
      checked.push([origin, token])
      return good({ token, expiresAtMs: 1_800_000_000_000 })
    }
    await paste(one, `  ${pasted}\n`)
    expect(checked).toEqual([[server.origin, pasted]])
    expect(one.engine.target()).toEqual({ origin: server.origin, token: pasted })
    expect(one.vault.tokens.get(server.origin)).toBe(pasted)
    expect(one.engine.servers.markerOf(server.origin)).toMatchObject({
      source: 'manual',
      expiresAtMs: 1_800_000_000_000,
    })
    expect(one.screen()).toBe('connect')
    expect(traces(one)).not.toContain('SECRET')
  })

  test.each(['account.token-unusable', 'account.token-read-only', 'beeper.unreachable', 'beeper.timeout'] as const)(
    'that is not good enough (%s) is not kept, changes nothing, and says why',
    async (code) => {
      const one = await begin()
      const noted = one.progress()
      one.beeper.checkToken = () => bad(problemOf(code))
      await paste(one)
      expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'ask', problem: { code } })
      expect(one.engine.target()?.token).toBe(before[name])
      expect(one.vault.tokens.get(server.origin)).toBe(before[name])
      expect(one.progress()).toEqual(noted)
      expect(traces(one)).not.toContain('SECRET')
      // Another one may be pasted at once.
      one.beeper.checkToken = () => good(granted)
      await paste(one)
      expect(one.engine.target()?.token).toBe(pasted)
    },
  )

  test('is said to be checked meanwhile, one at a time', async () => {
    const one = await begin()
    const answer = deferred<Result<Grant>>()
    one.beeper.checkToken = () => answer.promise
    await paste(one)
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'checking' })
    await paste(one, 'SECRET-other')
    void one.handlers['account.authorise'](undefined)
    expect(one.count('checkToken')).toBe(1)
    expect(one.count('askConsent')).toBe(0)
    answer.resolve(ok(granted))
    await settle()
    expect(one.engine.target()?.token).toBe(pasted)
  })

  test('closes a page that is open in the browser: a permission that comes of it is not heard', async () => {
    const one = await begin()
    const grant = deferred<Result<Grant>>()
    let isCancelled = false
    one.beeper.askConsent = () => good<Consent>({ url: 'u', grant: grant.promise, cancel: () => (isCancelled = true) })
    one.beeper.checkToken = () => good(granted)
    void one.handlers['account.authorise'](undefined)
    await settle()
    await paste(one)
    expect(isCancelled).toBe(true)
    grant.resolve(ok({ token: 'SECRET-late', expiresAtMs: undefined }))
    await settle()
    expect(one.engine.target()?.token).toBe(pasted)
    expect(one.vault.tokens.get(server.origin)).toBe(pasted)
  })

  test('a bug in the check shows as unexpected', async () => {
    const one = await begin()
    one.beeper.checkToken = () => Promise.reject(new Error('a bug'))
    await paste(one)
    expect(one.view().screen).toMatchObject({ phase: 'ask', problem: { code: 'unexpected' } })
  })
})

describe('KEY-6: a pasted token that the keychain does not take', () => {
  test('for the first time leaves the choice to the person', async () => {
    const one = await places.first()
    one.beeper.checkToken = () => good(granted)
    one.vault.saveProblem = problemOf('keychain.denied')
    await paste(one)
    expect(one.view().screen).toMatchObject({ name: 'keychain', during: 'save', problem: { code: 'keychain.denied' } })
    void one.handlers['account.keepForThisRun'](undefined)
    expect(one.engine.target()?.token).toBe(pasted)
    expect(one.engine.servers.heldOrigins).toEqual([server.origin])
  })

  test('in place of another one leaves that one in the keychain', async () => {
    const one = await places.renewal()
    one.beeper.checkToken = () => good(granted)
    one.vault.saveProblem = problemOf('keychain.denied')
    await paste(one)
    expect(one.engine.target()?.token).toBe(pasted)
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    expect(one.engine.servers.markerOf(server.origin)).toEqual(marker)
  })
})

describe('ORI-2: a pasted token whose check ends after the server was left', () => {
  test('is no sign-in of the next one', async () => {
    const one = await places.first()
    const answer = deferred<Result<Grant>>()
    one.beeper.checkToken = () => answer.promise
    await paste(one)
    await one.engine.leave()
    one.engine.choose(otherServer)
    await settle()
    answer.resolve(ok(granted))
    await settle()
    expect(one.engine.account.state).toMatchObject({ phase: 'authorise', server: otherServer, step: 'ask' })
    expect(one.vault.tokens.get(otherServer.origin)).toBeUndefined()
    expect(one.progress().origin).toBe(otherServer.origin)
  })
})
