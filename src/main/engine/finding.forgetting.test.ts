import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper } from '../beeper-port.ts'
import type { Progress } from '../ports.ts'
import { bench } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import {
  credentials,
  found,
  marker,
  otherServer,
  problem,
  remembered,
  secrets,
  server,
  signedInBefore,
} from '../testing/samples.ts'

const remote = 'https://beeper.example.com'
const denied = problemOf('keychain.denied')

interface Forgetting extends Bench {
  /** The tokens that were taken back, and where. */
  readonly revoked: string[]
  readonly forget: (origin?: string) => Promise<void>
}

/** An app on the list of servers, with a saved sign-in for the first of two. */
async function atList(beeper: Partial<Beeper> = {}, progress: Partial<Progress> = {}): Promise<Forgetting> {
  const revoked: string[] = []
  const one = bench({
    progress: {
      ...signedInBefore,
      servers: [...signedInBefore.servers, remembered({ origin: otherServer.origin })],
      ...progress,
    },
    beeper: {
      probe: (origin) => (origin === server.origin ? good({ ...found, state: 'signed-in' }) : bad(problem)),
      revoke: ({ origin, token }) => {
        revoked.push(`${token} at ${origin}`)
        return good(undefined)
      },
      ...beeper,
    },
  })
  one.vault.tokens.set(server.origin, secrets.token)
  one.engine.look()
  await settle()
  one.vault.asked.length = 0
  const forget = async (origin = server.origin): Promise<void> => {
    expect(await one.handlers['find.forget']({ origin })).toEqual(ok(undefined))
  }
  return { ...one, revoked, forget }
}
const states = (one: Bench): readonly string[] => {
  const { screen } = one.view()
  return screen.name === 'find' ? screen.beepers.map(({ origin, state }) => `${origin} ${state}`) : [screen.name]
}

describe('forgetting a server', () => {
  test('takes the token out of the keychain, takes it back there, and takes the server off the list', async () => {
    const one = await atList()
    await one.forget(otherServer.origin)
    expect(one.vault.asked).toEqual([])
    expect(one.revoked).toEqual([])
    await one.forget()
    expect(one.vault.asked).toEqual([`read ${server.origin}`, `remove ${server.origin}`])
    expect(one.vault.tokens.size).toBe(0)
    expect(one.revoked).toEqual([`${secrets.token} at ${server.origin}`])
    expect(one.progress().servers).toEqual([])
    expect(one.progress().origin).toBeUndefined()
    expect(one.view().screen).toMatchObject({ name: 'find', forgetting: undefined, problem: undefined })
    // It still answers, as a stranger.
    await settle()
    expect(states(one)).toEqual([`${server.origin} signed-in`])
  })

  test('says which one, for as long as it takes', async () => {
    const one = await atList()
    const release = one.vault.hold()
    const forgetting = one.forget()
    expect(one.view().screen).toMatchObject({ forgetting: server.origin })
    expect(one.progress().servers).toHaveLength(2)
    release()
    await forgetting
    expect(one.view().screen).toMatchObject({ forgetting: undefined })
  })

  test.each(['read', 'remove'] as const)(
    'a keychain that does not let go (%s): nothing is forgotten, and it is said',
    async (verb) => {
      const one = await atList()
      one.vault[`${verb}Problem`] = denied
      const before = one.progress()
      await one.forget()
      expect(one.view().screen).toMatchObject({
        forgetting: undefined,
        problem: { code: 'account.not-forgotten', retry: 'now', detail: 'keychain.denied' },
      })
      expect(one.progress()).toEqual(before)
      expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
      expect(one.revoked).toEqual([])
      expect(states(one)[0]).toBe(`${server.origin} ready`)
      // Tried again it works, and the word goes.
      one.vault[`${verb}Problem`] = undefined
      await one.forget()
      expect(one.progress().servers).toHaveLength(1)
      expect(one.view().screen).toMatchObject({ problem: undefined })
    },
  )

  test.each(['beeper.unreachable', 'account.not-revoked'] as const)(
    'a server that does not take the token back (%s) is forgotten all the same, and it is said',
    async (code) => {
      const one = await atList({ revoke: () => bad(problemOf(code)) })
      await one.forget()
      expect(one.view().screen).toMatchObject({ problem: { code } })
      expect(one.vault.tokens.size).toBe(0)
      expect(one.progress().servers).toHaveLength(1)
    },
  )

  test('asks the server to take it back for a limited time only', async () => {
    let signal: AbortSignal | undefined
    const one = await atList({
      revoke: (target) => {
        ;({ signal } = target)
        return good(undefined)
      },
    })
    await one.forget()
    expect(signal).toBeInstanceOf(AbortSignal)
  })

  test('a token that is no longer in the keychain is forgotten without one', async () => {
    const one = await atList()
    one.vault.tokens.clear()
    await one.forget()
    expect(one.revoked).toEqual([])
    expect(one.progress().servers).toHaveLength(1)
  })

  test('KEY-5: a sign-in that is kept for this run is taken back without asking the keychain', async () => {
    const one = await atList({}, { servers: [remembered()] })
    one.engine.servers.hold(server, { ...credentials, token: 'held' })
    await one.forget()
    expect(one.revoked).toEqual([`held at ${server.origin}`])
    expect(one.vault.asked).toEqual([])
    expect(one.engine.servers.heldOrigins).toEqual([])
  })

  test('a handle that waits there for its code goes with it', async () => {
    const one = await atList({}, { request: { origin: server.origin, sentAt: '' } })
    one.vault.tokens.set(`${server.origin}#request`, secrets.requestID)
    await one.forget()
    expect([...one.vault.tokens.keys()]).toEqual([])
    expect(one.progress().request).toBeUndefined()
  })

  test('is not done for a stranger, nor while a server is in use', async () => {
    const one = await atList({ glanceAtSetup: () => new Promise(() => undefined) })
    expect(await one.handlers['find.forget']({ origin: 'http://127.0.0.1:1' })).toMatchObject({ ok: false })
    one.engine.choose(otherServer)
    expect(await one.handlers['find.forget']({ origin: server.origin })).toMatchObject({ ok: false })
    expect(one.progress().servers).toHaveLength(2)
    expect(one.vault.asked).toEqual([])
  })

  test('ORI-1: one on another computer is not asked any more, and its row goes', async () => {
    const asked: string[] = []
    const probe: Beeper['probe'] = (origin) => {
      asked.push(origin)
      return origin === remote ? good({ ...found, origin }) : bad(problem)
    }
    const one = await atList(
      { probe },
      { origin: undefined, servers: [remembered({ origin: remote, marker, allowedAt: '' })] },
    )
    one.vault.tokens.set(remote, secrets.token)
    expect(states(one)).toEqual([`${remote} signed-out`])
    asked.length = 0
    await one.forget(remote)
    await settle()
    for (let look = 0; look < 3; look += 1) {
      one.clock.pass(2_000)
      await settle()
    }
    expect(asked).not.toContain(remote)
    expect(asked.length).toBeGreaterThan(0)
    expect(states(one)).toEqual([])
    expect(one.handlers['find.use']({ origin: remote })).toMatchObject({ ok: false })
  })

  test('ORI-1: an answer that is still on its way from there changes nothing', async () => {
    const answer = deferred<Result<typeof found>>()
    const one = await atList(
      { probe: (origin) => (origin === remote ? answer.promise : bad(problem)) },
      { origin: undefined, servers: [remembered({ origin: remote, allowedAt: '' })] },
    )
    await one.forget(remote)
    answer.resolve(ok({ ...found, origin: remote }))
    await settle()
    expect(states(one)).toEqual([])
  })
})
