import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { atCode, bench, guarded, registration, signedIn } from '../../testing/account-bench.ts'
import { bad, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { demoServer, secrets } from '../../testing/samples.ts'

describe('the demo', () => {
  test('touches neither the keychain nor the settings, from the first screen to the last', async () => {
    const one = await atCode({ respond: () => good(registration), register: () => good(signedIn) }, demoServer)
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    one.account.send({ type: 'usernameSubmitted', username: 'sam' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    one.engine.go({ at: 'home' })
    await one.engine.leave()
    await settle()
    expect(one.did.filter((what) => !what.startsWith('beeper.'))).toEqual(['demo.stop'])
    expect(one.vault.tokens.size).toBe(0)
    expect(one.progress()).toEqual({ servers: [], isFirstRunDone: false, intents: [], sessions: [] })
    expect(one.engine.state.getState().isFirstRunDone).toBe(false)
  })

  test('by consent does not either', async () => {
    const one = bench({
      beeper: {
        glanceAtSetup: guarded(() => bad(problemOf('beeper.token-refused'))),
        askConsent: async (_, _words, before) => {
          await before()
          return ok({
            url: 'u',
            grant: good({ token: secrets.token, expiresAtMs: undefined }),
            cancel: () => undefined,
          })
        },
      },
    })
    one.engine.choose(demoServer)
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    expect(one.did.filter((what) => !what.startsWith('beeper.'))).toEqual([])
  })
})
