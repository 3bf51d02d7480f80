import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent, Grant } from '../../beeper-port.ts'
import { atAuthorise, atCode, signedIn, wayNames, ways } from '../../testing/account-bench.ts'
import { deferred, good } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { secrets, server } from '../../testing/samples.ts'

/** The types of the two answers differ; what matters here is when they come. */
const answering = (value: unknown) => (): Promise<Result<never>> => good(value as never)

describe('ONE-1: the order of a call that happens once', () => {
  test.each(wayNames)(
    '%s: intent on the disk, call, token in the keychain and its note, news, intent closed',
    async (name) => {
      const { begin, act, intent } = ways[name]
      const one = await begin(answering(signedIn))
      one.account.store.subscribe(({ phase }) => {
        if (phase === 'signed-in') one.did.push('news')
      })
      act(one)
      await settle()
      expect(one.phase()).toBe('signed-in')
      const order = one.did.filter(
        (what) =>
          ['intent', 'vault.save', 'news', 'note m'].some((begins) => what.startsWith(begins)) ||
          what === `beeper.${name}`,
      )
      expect(order).toEqual([
        `intent+ ${intent}`,
        `beeper.${name}`,
        'intent+ keepToken',
        'vault.save',
        'note marker',
        'intent- keepToken',
        'news',
        `intent- ${intent}`,
      ])
      expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
      expect(one.progress()).toMatchObject({
        intents: [],
        origin: server.origin,
        servers: [
          { origin: server.origin, lastState: 'signed-in', marker: { userID: '@sam:beeper.com', source: 'account' } },
        ],
      })
    },
  )

  test('the notes on the disk hold no secret', async () => {
    const one = await atCode({ respond: () => good(signedIn) })
    const written: string[] = []
    const { update } = one.settings
    one.settings.update = (change) => {
      written.push(JSON.stringify(change))
      return update(change)
    }
    one.account.send({ type: 'codeSubmitted', code: secrets.code })
    await settle()
    expect(written.length).toBeGreaterThan(2)
    expect(written.join()).not.toContain('SECRET')
    expect(JSON.stringify(one.log.lines)).not.toContain('SECRET')
  })

  test('consent: the intent is on the disk before the code is exchanged', async () => {
    const grant = deferred<Result<Grant>>()
    let beforeToken: () => Promise<unknown> = () => Promise.resolve()
    const one = await atAuthorise({
      askConsent: (_, _words, before) => {
        beforeToken = before
        return good<Consent>({ url: 'u', grant: grant.promise, cancel: () => undefined })
      },
    })
    one.account.send({ type: 'consentRequested' })
    await settle()
    await beforeToken()
    expect(one.account.state).toMatchObject({ step: 'finishing' })
    expect(one.progress().intents).toMatchObject([{ operation: 'oauth_token' }])
    grant.resolve(ok({ token: secrets.token, expiresAtMs: undefined }))
    await settle()
    expect(one.did.filter((what) => /intent|vault.save$|note marker/.test(what))).toEqual([
      'intent+ oauth_token',
      'intent+ keepToken',
      'vault.save',
      'note marker',
      'intent- keepToken',
      'intent- oauth_token',
    ])
    expect(one.phase()).toBe('signed-in')
  })
})
