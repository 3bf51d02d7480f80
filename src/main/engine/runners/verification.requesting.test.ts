// Opening a verification: once for each click, and not at all where one is alive (RUN-1, semantics 4).
import { describe, expect, test } from 'vitest'
import type { ProblemCode } from '#contract/problem'
import { good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { verificationOf } from '../../testing/samples.ts'
import { secureBench } from '../../testing/secure-bench.ts'
import type { SecureBench } from '../../testing/secure-bench.ts'

const live = verificationOf('ready', { verificationID: 'live-1' })
const asking = verificationOf('requested', { verificationID: 'in-1', isIncoming: true })

async function click(one: SecureBench): Promise<void> {
  await one.handlers['security.requestVerification'](undefined)
  await settle()
}

/** What can become of any call, and whether it may have had its effect. */
const lost: readonly ProblemCode[] = [
  'beeper.timeout',
  'beeper.unreachable',
  'beeper.upstream',
  'beeper.fault',
  'beeper.unreadable',
]
const refusals: readonly ProblemCode[] = [
  'beeper.rejected',
  'beeper.conflict',
  'beeper.not-found',
  'beeper.rate-limited',
  'security.nothing-to-verify-with',
  'unexpected',
]

describe('RUN-1: asking the other devices', () => {
  test('goes out once, and shows that they are asked', async () => {
    const one = await secureBench('needs-verification')
    await click(one)
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification()).toMatchObject({ verificationID: 'asked-1', stage: { at: 'outgoing' }, canCancel: true })
    await click(one)
    await one.pass(10_000)
    expect(one.server.sent).toEqual(['request'])
  })

  test('says that it is under way, and a second click while it is changes nothing', async () => {
    const one = await secureBench('needs-verification')
    const answer = one.server.hold('request')
    await click(one)
    expect(one.verification()).toMatchObject({ verificationID: '', stage: { at: 'requesting' }, isBusy: true })
    await click(one)
    answer()
    await settle()
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification().stage).toEqual({ at: 'outgoing' })
  })

  test('one that is known to be alive is gone on with', async () => {
    const one = await secureBench('needs-verification', { list: [live] })
    await click(one)
    expect(one.server.sent).toEqual([])
    expect(one.verification()).toMatchObject({ verificationID: 'live-1', stage: { at: 'choosing' } })
  })

  test('one that began since the last reading is found before a second is opened', async () => {
    const one = await secureBench('needs-verification')
    one.server.list = [asking]
    await click(one)
    expect(one.server.sent).toEqual([])
    expect(one.verification()).toMatchObject({ verificationID: 'in-1', stage: { at: 'incoming', canAccept: true } })
  })

  test.each([
    ['has ended', verificationOf('cancelled', { verificationID: 'old-1' })],
    ['is about a stranger', { ...asking, otherUserID: '@stranger:example.org' }],
    ['does not say whom it is about', { ...asking, otherUserID: undefined }],
  ])('one that %s is not taken for it', async (_, other) => {
    const one = await secureBench('needs-verification', { list: [other] })
    await click(one)
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification()).toMatchObject({ verificationID: 'asked-2', stage: { at: 'outgoing' } })
  })

  test.each(lost)('%s, but it was opened: that one is gone on with, and none is opened again', async (code) => {
    const one = await secureBench('needs-verification')
    one.server.fail('request', code, true)
    await click(one)
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification()).toMatchObject({
      verificationID: 'asked-1',
      stage: { at: 'outgoing' },
      problem: undefined,
    })
    await one.pass(10_000)
    expect(one.server.sent).toEqual(['request'])
  })

  test.each([...lost, ...refusals])('%s, and it was not opened: says so at the doors and waits', async (code) => {
    const one = await secureBench('needs-verification')
    one.server.fail('request', code)
    await click(one)
    expect(one.on('verify').problem).toMatchObject({ code })
    await one.pass(30_000)
    expect(one.server.sent).toEqual(['request'])
    expect(one.screen()).toBe('verify')
    await click(one)
    expect(one.server.sent).toEqual(['request', 'request'])
    expect(one.verification().stage).toEqual({ at: 'outgoing' })
  })

  test('lost on the way back, and the list with it: the next click finds it', async () => {
    const one = await secureBench('needs-verification')
    one.server.lose('request')
    const answer = one.server.hold('request')
    await click(one)
    one.server.listProblem = problemOf('beeper.timeout')
    answer()
    await settle()
    expect(one.on('verify').problem).toMatchObject({ code: 'beeper.timeout' })
    one.server.listProblem = undefined
    await click(one)
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification().verificationID).toBe('asked-1')
  })

  test('an answer that does not tell the verification: it is in the list', async () => {
    const one = await secureBench('needs-verification')
    const { requestVerification } = one.beeper
    one.beeper.requestVerification = async (target) => {
      await requestVerification?.(target)
      return good({ setup: one.server.setup, verification: undefined })
    }
    await click(one)
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification()).toMatchObject({ verificationID: 'asked-1', stage: { at: 'outgoing' } })
  })

  test('left while it is on its way and asked for again: there is one', async () => {
    const one = await secureBench('needs-verification')
    const answer = one.server.hold('request')
    // The server shows it only once it has answered.
    const { list } = one.server
    await click(one)
    const opened = one.server.list
    one.server.list = list
    await one.handlers['security.leaveVerification'](undefined)
    expect(one.screen()).toBe('verify')
    await click(one)
    one.server.list = opened
    answer()
    await settle()
    expect(one.server.sent).toEqual(['request'])
    expect(one.verification().verificationID).toBe('asked-1')
    expect(one.view().requests).toEqual([])
  })

  test('left while it is on its way: it does not come back to the screen, and stays in sight beside it', async () => {
    const one = await secureBench('needs-verification')
    const answer = one.server.hold('request')
    await click(one)
    await one.handlers['security.openDoor']({ door: 'key' })
    answer()
    await settle()
    expect(one.screen()).toBe('unlock')
    expect(one.view().requests).toMatchObject([{ verificationID: 'asked-1', kind: 'running' }])
  })
})

describe('a sign-in that ends or changes meanwhile', () => {
  const ways: readonly (readonly [string, (one: SecureBench) => void])[] = [
    ['left', (one) => void one.handlers['find.leave'](undefined)],
    ['signed out', (one) => void one.handlers['account.signOut']({ revoke: false })],
    ['replaced', (one) => void one.renew()],
  ]

  test.each(ways)('%s while the list is read first: nothing is opened', async (_, end) => {
    const one = await secureBench('needs-verification')
    let answer: () => void = () => undefined
    const { readVerifications } = one.beeper
    one.beeper.readVerifications = async (target) => {
      await new Promise<void>((resolve) => (answer = resolve))
      return readVerifications?.(target) ?? good([])
    }
    void one.handlers['security.requestVerification'](undefined)
    const release = answer
    end(one)
    await settle()
    release()
    await settle()
    expect(one.server.sent).toEqual([])
  })

  test.each(ways)('%s while it is opened: what comes back is not heard', async (_, end) => {
    const one = await secureBench('needs-verification')
    const answer = one.server.hold('request')
    await click(one)
    end(one)
    await settle()
    const before = one.engine.state.getState().security
    one.server.list = []
    answer()
    await settle()
    const { verifications } = one.engine.state.getState().security
    expect(verifications.shown).toBeUndefined()
    expect(verifications.doing).toEqual({})
    expect(before.verifications.shown).toBeUndefined()
  })

  test('a permission that is too small asks for a better one', async () => {
    const one = await secureBench('needs-verification')
    one.server.fail('request', 'beeper.missing-scope')
    await click(one)
    expect(one.on('authorise')).toMatchObject({ reason: 'scope', phase: 'ask' })
    expect(one.server.sent).toEqual(['request'])
  })

  test('a token that is refused ends the sign-in', async () => {
    const one = await secureBench('needs-verification')
    one.server.fail('request', 'beeper.token-refused')
    await click(one)
    expect(one.engine.target()).toBeUndefined()
    expect(one.server.sent).toEqual(['request'])
  })
})
