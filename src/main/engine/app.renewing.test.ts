import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper, Consent, Grant, Submitted, Target } from '../beeper-port.ts'
import { done, opened } from '../testing/connect-bench.ts'
import type { Bench as ConnectBench } from '../testing/connect-bench.ts'
import { formStep, qrStep, sessionAt } from '../testing/connect-states.ts'
import { lists, signedIn } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, deferred, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { marker, secrets, server, setupOf } from '../testing/samples.ts'

const fresh = 'SECRET-new'
const denied = problemOf('keychain.denied')
const granting = (grant: Promise<Result<Grant>> = good({ token: fresh, expiresAtMs: undefined })) => ({
  askConsent: () => good<Consent>({ url: 'u', grant, cancel: () => undefined }),
})

async function renewed(one: Bench | ConnectBench): Promise<void> {
  void one.handlers['account.authorise'](undefined)
  await settle()
}

describe('a permission that is renewed', () => {
  test('KEY-6: takes the place of the old one in the keychain and in the note; the person stays where they are', async () => {
    const one = await signedIn(granting(good({ token: fresh, expiresAtMs: 1_800_000_000_000 })))
    one.engine.go({ at: 'home' })
    await renewed(one)
    expect(one.screen()).toBe('home')
    expect(one.engine.target()).toEqual({ origin: server.origin, token: fresh })
    expect(one.vault.tokens.get(server.origin)).toBe(fresh)
    expect(one.engine.servers.markerOf(server.origin)).toMatchObject({
      source: 'oauth',
      expiresAtMs: 1_800_000_000_000,
    })
    // Who is signed in is known, although a permission does not say.
    expect(one.engine.account.state).toMatchObject({ credentials: { userID: '@sam:beeper.com', source: 'oauth' } })
  })

  test('the old one counts until the new one is there', async () => {
    const grant = deferred<Result<Grant>>()
    const one = await signedIn(granting(grant.promise))
    await renewed(one)
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'waiting', reason: 'expiring' })
    expect(one.engine.target()).toMatchObject({ token: secrets.token })
    grant.resolve({ ok: false, problem: problemOf('account.consent-refused') })
    await settle()
    expect(one.view().screen).toMatchObject({ phase: 'ask', problem: { code: 'account.consent-refused' } })
    expect(one.engine.target()).toMatchObject({ token: secrets.token })
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    expect(one.engine.servers.markerOf(server.origin)).toEqual(marker)
  })

  test('KEY-6: one that cannot be saved keeps the old one in the keychain, counts for this run, and says so', async () => {
    const one = await signedIn(granting())
    one.vault.saveProblem = denied
    await renewed(one)
    expect(one.engine.target()).toMatchObject({ token: fresh })
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
    expect(one.engine.servers.markerOf(server.origin)).toEqual(marker)
    one.engine.go({ at: 'settings' })
    expect(one.view().screen).toMatchObject({ keptIn: 'this-run', keeping: { isBusy: false, problem: denied } })
    // It is not lost by a look at another server, nor behind the old one.
    await one.handlers['find.leave'](undefined)
    one.engine.choose({ ...server })
    await settle()
    expect(one.engine.target()).toMatchObject({ token: fresh })
    // The keychain works again: from then on it holds the new one.
    one.vault.saveProblem = undefined
    void one.handlers['account.keepInKeychain'](undefined)
    await settle()
    expect(one.vault.tokens.get(server.origin)).toBe(fresh)
    expect(one.engine.account.state).toMatchObject({ keptIn: 'keychain' })
  })

  test('the channel of events is opened with the new one, and the old channel closed', async () => {
    const channels: { readonly token: string; isClosed: boolean }[] = []
    const one = await signedIn({
      ...granting(),
      listen: ({ token }) => {
        const mine = { token, isClosed: false }
        channels.push(mine)
        return () => (mine.isClosed = true)
      },
    })
    expect(channels).toEqual([{ token: secrets.token, isClosed: false }])
    await renewed(one)
    expect(channels).toEqual([
      { token: secrets.token, isClosed: true },
      { token: fresh, isClosed: false },
    ])
  })

  test('everything after it is asked with the new one', async () => {
    const sent: Target[] = []
    const one = await signedIn(granting())
    one.beeper.glanceAtSetup = (target) => {
      sent.push(target)
      return good(setupOf('ready'))
    }
    one.beeper.readNetworks = (target) => {
      sent.push(target)
      return good(lists)
    }
    await renewed(one)
    for (let n = 0; n < 10; n += 1) {
      one.clock.pass(10_000)
      await settle()
    }
    expect(new Set(sent.map(({ token }) => token))).toEqual(new Set([fresh]))
    expect(sent.length).toBeGreaterThan(10)
  })

  test('lists that were asked for with the old one are asked for again, and go on being read', async () => {
    const answer = deferred<Result<typeof lists>>()
    const one = await signedIn({ ...granting(), readNetworks: () => answer.promise })
    expect(one.view().screen).toMatchObject({ name: 'connect', status: 'loading' })
    one.beeper.readNetworks = () => good(lists)
    await renewed(one)
    answer.resolve({ ok: false, problem: problemOf('beeper.token-refused') })
    await settle()
    expect(one.view().screen).toMatchObject({ name: 'connect', status: 'loaded' })
    const before = one.count('readNetworks')
    one.clock.pass(60_000)
    await settle()
    expect(one.count('readNetworks')).toBe(before + 1)
  })
})

describe('connections that live while a permission is renewed', () => {
  test('go on: the request that is out stays out, and the next one carries the new token', async () => {
    const answers = [deferred<Submitted>(), deferred<Submitted>()]
    const sent: Target[] = []
    const one = await opened({
      ...granting(),
      createSession: () => good(sessionAt(qrStep)),
      submitStep: (target) => {
        sent.push(target)
        return answers[sent.length - 1]?.promise ?? new Promise(() => undefined)
      },
    })
    expect(sent).toMatchObject([{ token: secrets.token }])
    await renewed(one)
    expect(one.engine.target()).toMatchObject({ token: fresh })
    expect(sent).toHaveLength(1)
    expect(sent[0]?.signal?.aborted).toBe(false)
    expect(one.only().stage).toMatchObject({ phase: 'step', step: qrStep })
    answers[0]?.resolve({ kind: 'answered', session: sessionAt(qrStep) })
    await settle()
    expect(sent.map(({ token }) => token)).toEqual([secrets.token, fresh])
    answers[1]?.resolve({ kind: 'answered', session: done })
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'done' })
    expect(one.cancelled).toEqual([])
  })

  test.each(['connect.leave', 'find.leave'] as const)('are cancelled with the new token: %s', async (name) => {
    const cancelled: Target[] = []
    const cancelSession: Beeper['cancelSession'] = (target) => {
      cancelled.push(target)
      return good(undefined)
    }
    const one = await opened({ ...granting(), cancelSession, createSession: () => good(sessionAt(formStep)) })
    const { connectionID } = one.only()
    await renewed(one)
    if (name === 'connect.leave') void one.handlers[name]({ connectionID })
    else await one.handlers[name](undefined)
    await settle()
    expect(cancelled.map(({ origin, token }) => ({ origin, token }))).toEqual([{ origin: server.origin, token: fresh }])
  })

  test('stay noted for a later run', async () => {
    const one = await opened(granting())
    const { sessions } = one.progress()
    expect(sessions).toHaveLength(1)
    await renewed(one)
    expect(one.progress().sessions).toEqual(sessions)
  })
})

describe('a sign-in that ends while a better permission is on its way', () => {
  test.each(['tokenRefused', 'expired'] as const)('%s: the new one is taken when it comes', async (type) => {
    const grant = deferred<Result<Grant>>()
    const setup = deferred<Result<ReturnType<typeof setupOf>>>()
    const one = await signedIn(granting(grant.promise))
    await renewed(one)
    one.beeper.glanceAtSetup = ({ token }) => (token === fresh ? good(setupOf('ready')) : setup.promise)
    one.engine.account.send({ type })
    await settle()
    expect(one.engine.account.state.phase).toBe('restoring')
    grant.resolve(ok({ token: fresh, expiresAtMs: undefined }))
    await settle()
    expect(one.engine.target()).toEqual({ origin: server.origin, token: fresh })
    // What the server says of the time before counts no more.
    setup.resolve({ ok: false, problem: problemOf('beeper.token-refused') })
    await settle()
    expect(one.screen()).toBe('connect')
    expect(one.vault.tokens.get(server.origin)).toBe(fresh)
  })

  test('a page that cannot be opened may be put off, and the old one goes on', async () => {
    const one = await signedIn({ askConsent: () => bad(problemOf('account.browser-failed')) })
    await renewed(one)
    expect(one.view().screen).toMatchObject({
      name: 'authorise',
      phase: 'ask',
      problem: { code: 'account.browser-failed' },
    })
    void one.handlers['account.cancelAuthorise'](undefined)
    expect(one.screen()).toBe('connect')
    expect(one.engine.target()).toMatchObject({ token: secrets.token })
  })
})
