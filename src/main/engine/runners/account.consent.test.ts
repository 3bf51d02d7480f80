import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent, Grant } from '../../beeper-port.ts'
import { atAuthorise } from '../../testing/account-bench.ts'
import type { Bench } from '../../testing/account-bench.ts'
import { bad, deferred, good, problemOf } from '../../testing/fake-world.ts'
import type { Deferred } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { otherServer, secrets } from '../../testing/samples.ts'

describe('consent', () => {
  interface Asked {
    readonly grant: Deferred<Result<Grant>>
    isCancelled: boolean
  }
  /** Consents that are answered by hand; `prepare` holds them while the listener is being opened. */
  async function consenting(prepare?: Promise<unknown>): Promise<Bench & { readonly asked: Asked[] }> {
    const asked: Asked[] = []
    const one = await atAuthorise({
      askConsent: async () => {
        const mine: Asked = { grant: deferred(), isCancelled: false }
        asked.push(mine)
        const url = `https://consent/${String(asked.length)}`
        await prepare
        const cancel = (): void => {
          mine.isCancelled = true
          mine.grant.resolve(failed(problemOf('account.consent-failed')))
        }
        return ok({ url, grant: mine.grant.promise, cancel })
      },
    })
    return { ...one, asked }
  }

  test('opens the page, and the same page again on a second click', async () => {
    const one = await consenting()
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.opened).toEqual(['https://consent/1', 'https://consent/1'])
    expect(one.asked).toHaveLength(1)
  })

  test('two clicks while it is being prepared make one page', async () => {
    const gate = deferred<undefined>()
    const one = await consenting(gate.promise)
    one.account.send({ type: 'consentRequested' })
    one.account.send({ type: 'consentRequested' })
    gate.resolve(undefined)
    await settle()
    expect(one.asked).toHaveLength(1)
    expect(one.opened).toEqual(['https://consent/1'])
  })

  test('cancelled closes its listener; asked again is another one', async () => {
    const one = await consenting()
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.account.send({ type: 'consentFailed', problem: undefined })
    await settle()
    expect(one.asked[0]?.isCancelled).toBe(true)
    expect(one.account.state).toMatchObject({ phase: 'authorise', step: 'ask', problem: undefined })
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.asked[1]?.grant.resolve(ok({ token: 'fresh', expiresAtMs: undefined }))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', credentials: { token: 'fresh', source: 'oauth' } })
  })

  test('cancelled while it is being prepared opens no page afterwards', async () => {
    const gate = deferred<undefined>()
    const one = await consenting(gate.promise)
    one.account.send({ type: 'consentRequested' })
    one.account.send({ type: 'consentFailed', problem: undefined })
    gate.resolve(undefined)
    await settle()
    expect(one.opened).toEqual([])
    expect(one.asked[0]?.isCancelled).toBe(true)
    expect(one.account.state).toMatchObject({ phase: 'authorise', step: 'ask' })
  })

  test('a token that comes after it was cancelled signs nobody in and leaves no intent open', async () => {
    let before: () => Promise<unknown> = () => Promise.resolve()
    const grant = deferred<Result<Grant>>()
    const one = await atAuthorise({
      askConsent: (_, _words, beforeToken) => {
        before = beforeToken
        return good<Consent>({ url: 'u', grant: grant.promise, cancel: () => undefined })
      },
    })
    one.account.send({ type: 'consentRequested' })
    await settle()
    await before()
    one.account.send({ type: 'consentFailed', problem: undefined })
    grant.resolve(ok({ token: secrets.token, expiresAtMs: undefined }))
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'authorise', step: 'ask' })
    expect(one.vault.tokens.size).toBe(0)
    expect(one.progress().intents).toEqual([])
  })

  test('a browser that does not open is said', async () => {
    const one = await consenting()
    one.world.opener.openPage = () => bad(problemOf('account.browser-failed'))
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.account.state).toMatchObject({
      phase: 'authorise',
      step: 'ask',
      problem: { code: 'account.browser-failed' },
    })
    expect(one.asked[0]?.isCancelled).toBe(true)
  })

  test('leaving the server ends it, and another server has its own', async () => {
    const one = await consenting()
    one.account.send({ type: 'consentRequested' })
    await settle()
    one.engine.choose(otherServer)
    await settle()
    one.account.send({ type: 'consentRequested' })
    await settle()
    expect(one.asked).toHaveLength(2)
    expect(one.asked[0]?.isCancelled).toBe(true)
    expect(one.opened).toEqual(['https://consent/1', 'https://consent/2'])
  })
})
