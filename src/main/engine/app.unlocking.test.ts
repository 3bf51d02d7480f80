// The recovery key that a person has: sent once for a click, and believed only when the server's state says so.
import type { ProblemCode } from '#contract/problem'
import type { Place } from '#contract/view'
import { describe, expect, test } from 'vitest'
import { settle } from '../testing/fakes.ts'
import { setupOf } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import type { SecureBench } from '../testing/secure-bench.ts'

/** A key by its form. */
const key = 'EsTc LVUb hKhY CFpk hcDe Nu4f WL4k XGhD 9dQv 4eWf EZmL XVrj'
const typed = (one: SecureBench, recoveryKey = 'SECRET', isSure = true) =>
  one.handlers['security.unlock']({ recoveryKey, isSure })

async function atUnlock(state: 'needs-verification' | 'needs-secrets' = 'needs-verification'): Promise<SecureBench> {
  const one = await secureBench(state)
  await one.handlers['security.openDoor']({ door: 'key' })
  return one
}
/** Where the key stands, on whichever of its two screens. */
const unlock = (one: SecureBench) => (one.screen() === 'secrets' ? one.on('secrets') : one.on('unlock')).unlock

describe.each(['needs-verification', 'needs-secrets'] as const)('while the server is %s', (state) => {
  test('the key goes out once, and opens when the state says so', async () => {
    const one = await atUnlock(state)
    const answer = one.server.hold('unlock')
    await typed(one)
    await typed(one)
    expect(unlock(one)).toMatchObject({ phase: 'checking', problem: undefined })
    answer()
    await settle()
    expect(one.screen()).toBe('first-sync')
    await one.pass(30_000)
    expect(one.server.sent).toEqual(['unlock'])
  })

  test('accepted, and the state does not move: that is said, and the key may be sent again', async () => {
    const one = await atUnlock(state)
    one.beeper.unlock = () => {
      one.server.sent.push('unlock')
      return Promise.resolve({ ok: true, value: one.server.setup })
    }
    await typed(one)
    await one.pass(60_000)
    expect(unlock(one)).toMatchObject({ phase: 'accepted', problem: undefined })
    await typed(one)
    expect(one.server.sent).toEqual(['unlock', 'unlock'])
  })

  test('RUN-1: refused, or nobody could be asked: says which, and is not repeated', async () => {
    const codes: readonly ProblemCode[] = [
      'security.key-refused',
      'beeper.unreachable',
      'beeper.timeout',
      'beeper.fault',
    ]
    for (const code of codes) {
      const one = await atUnlock(state)
      one.server.fail('unlock', code)
      await typed(one)
      await one.pass(30_000)
      expect(unlock(one)).toMatchObject({ phase: 'ask', problem: { code } })
      expect(one.server.sent).toEqual(['unlock'])
    }
  })

  test('RUN-1: an answer that is lost after its effect is settled by reading', async () => {
    const one = await atUnlock(state)
    one.server.lose('unlock')
    await typed(one)
    await settle()
    expect(one.screen()).toBe('first-sync')
    expect(one.server.sent).toEqual(['unlock'])
  })

  test('what is no key by its form is pointed at before it is sent, and sent when the person is sure', async () => {
    const one = await atUnlock(state)
    const keys: string[] = []
    one.beeper.unlock = (_, recoveryKey) => {
      keys.push(recoveryKey)
      return Promise.resolve({ ok: false, problem: { code: 'security.key-refused', retry: 'now' } })
    }
    await typed(one, key, false)
    expect(unlock(one)).toMatchObject({ phase: 'ask', problem: { code: 'security.not-a-key' } })
    expect(keys).toEqual([])
    await typed(one, ` ${key.replaceAll(' ', '-')}\n`)
    await settle()
    expect(keys).toEqual([key])
  })

  test('a permission that is too small asks for a better one; a token that is refused ends the sign-in', async () => {
    const small = await atUnlock(state)
    small.server.fail('unlock', 'beeper.missing-scope')
    await typed(small)
    await settle()
    expect(small.on('authorise').reason).toBe('scope')
    const refused = await atUnlock(state)
    refused.server.fail('unlock', 'beeper.token-refused')
    await typed(refused)
    await settle()
    expect(refused.engine.target()).toBeUndefined()
  })

  test('with a better token the person may ask once more; the old answer is not heard', async () => {
    const one = await atUnlock(state)
    const { setup } = one.server
    const answer = one.server.hold('unlock')
    await typed(one)
    one.server.setup = setup
    await one.renew()
    expect(unlock(one)).toMatchObject({ phase: 'ask' })
    answer()
    await settle()
    expect(unlock(one)).toMatchObject({ phase: 'ask', problem: undefined })
  })
})

test('the key is in no state, no setting and no log, whatever came of it', async () => {
  for (const code of [undefined, 'security.key-refused', 'beeper.timeout'] as const) {
    const one = await atUnlock()
    if (code !== undefined) one.server.fail('unlock', code)
    await typed(one, 'SECRET-typed')
    await settle()
    // The token's own place is the account's state, which the window does not get.
    for (const text of [one.engine.security.state, one.settings.read(), one.log.lines, one.view()])
      expect(JSON.stringify(text)).not.toContain('SECRET')
  }
})

const screens: readonly (readonly [Parameters<typeof setupOf>[0], Place['at']])[] = [
  ['initializing', 'go-on'],
  ['needs-cross-signing-setup', 'go-on'],
  ['needs-first-sync', 'go-on'],
  ['unsupported', 'go-on'],
  ['ready', 'go-on'],
]
test.each(screens)('no key is sent where nothing asks for one: %s', async (state) => {
  const one = await secureBench(state)
  await typed(one)
  await settle()
  expect(one.server.sent).toEqual([])
})

test('with every change of the state the person is where it leads, at once', async () => {
  const one = await atUnlock()
  for (const [state, screen] of [
    ['needs-secrets', 'secrets'],
    ['initializing', 'preparing'],
    ['needs-verification', 'verify'],
    ['needs-first-sync', 'first-sync'],
    ['ready', 'connect'],
    ['needs-verification', 'verify'],
  ] as const) {
    one.server.setup = setupOf(state)
    await one.read()
    expect(one.screen()).toBe(screen)
  }
})
