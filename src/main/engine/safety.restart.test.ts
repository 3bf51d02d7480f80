// RUN-5: the server restarts. It does not answer for a while, then starts up, and is where it was without what it forgot:
// verifications, and a key that nobody has confirmed.
import type { ScreenName } from '#contract/view'
import { describe, expect, test } from 'vitest'
import { problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { setupOf, verificationOf } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import type { SecureBench } from '../testing/secure-bench.ts'
import { keyIsShown, waits } from '../testing/secure-waits.ts'

interface After {
  readonly screen: ScreenName
  readonly looks?: object
}

const gone: After = {
  screen: 'verification',
  looks: { verification: { stage: { at: 'ended', why: 'gone' }, canCancel: false } },
}
const changedNothing: After = { screen: 'recovery-key', looks: { phase: 'ask', unfinished: 'nothing-changed' } }

/** Where the person is afterwards, where it is not where they were. */
const elsewhere: Readonly<Record<string, After>> = {
  'one is being opened': { screen: 'verify', looks: { problem: { code: 'beeper.unreachable' } } },
  'the other devices are asked': gone,
  'another device asks': gone,
  'how is it to be done': gone,
  'pictures are compared': gone,
  'the other side has to answer': gone,
  'our code was scanned': gone,
  'we have scanned': gone,
  'a state nobody knows': gone,
  'the recovery key was taken': { screen: 'unlock', looks: { unlock: { phase: 'ask' } } },
  'secrets are missing, and the key was taken': { screen: 'secrets', looks: { unlock: { phase: 'ask' } } },
  ...Object.fromEntries(keyIsShown.map((name) => [name, changedNothing])),
  'a new key is confirmed, and not shown yet': {
    screen: 'recovery-key',
    looks: { phase: 'ask', unfinished: 'unsure' },
  },
}

/** The server goes away, and comes back by and by. */
async function restart(one: SecureBench, whileStarting: () => void = () => undefined): Promise<void> {
  const { server } = one
  const { setup } = server
  server.readProblem = problemOf('beeper.unreachable')
  server.cut()
  await one.pass(12_000)
  expect(one.view().isOffline).toBe(true)
  server.readProblem = undefined
  server.list = []
  server.setup = setupOf('initializing')
  await one.pass(4_000)
  expect(one.view().isOffline).toBe(false)
  whileStarting()
  server.setup = setup
  await one.pass(4_000)
}

describe.each(Object.entries(waits))('RUN-5: a restart while %s', (name, { screen, looks = {}, begin }) => {
  const after = elsewhere[name] ?? { screen, looks }

  test('says that the server is away, shows that it starts, and leads to where the person can go on', async () => {
    const one = await begin()
    const { server } = one
    const sent = [...server.sent]
    const { wish } = one.engine.state.getState()
    await restart(one, () => {
      expect(['preparing', 'verification'], 'while it starts').toContain(one.screen())
    })
    expect(one.on(after.screen)).toMatchObject(after.looks ?? {})
    expect(server.sent).toEqual(sent)
    expect(one.engine.state.getState().wish).toEqual(wish)
    expect(one.engine.target()).toBeDefined()
    expect(one.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('a moment without an answer moves nobody', async () => {
    const one = await begin()
    one.server.readProblem = problemOf('beeper.timeout')
    await one.pass(20_000)
    expect(one.on(screen)).toMatchObject(looks)
    one.server.readProblem = undefined
    await one.pass(2_000)
    expect(one.on(screen)).toMatchObject(looks)
    expect(one.view().isOffline).toBe(false)
  })

  test('the ways on are open afterwards', async () => {
    const one = await begin()
    await restart(one)
    if (one.screen() === 'verification') await one.handlers['security.leaveVerification'](undefined)
    const { state } = one.server.setup
    if (state === 'needs-verification' || state === 'needs-secrets') {
      await one.handlers['security.leaveRecoveryKey'](undefined)
      const sent = one.server.sent.length
      await one.handlers['security.requestVerification'](undefined)
      await settle()
      expect(one.verification().stage).toEqual({ at: 'outgoing' })
      expect(one.server.sent.slice(sent)).toEqual(['request'])
      await one.handlers['security.openDoor']({ door: 'new-key' })
      expect(await one.handlers['security.createRecoveryKey']({ acceptLoss: true })).toMatchObject({ ok: true })
    } else if (state === 'needs-cross-signing-setup') {
      expect(await one.handlers['security.createRecoveryKey']({ acceptLoss: false })).toMatchObject({ ok: true })
    } else {
      await one.handlers['app.go']({ at: 'settings' })
      expect(one.screen()).toBe('settings')
    }
  })
})

test('RUN-5: one request of many is forgotten with the restart, and its notification with it', async () => {
  const asking = verificationOf('requested', { verificationID: 'in-1', isIncoming: true })
  const one = await secureBench('needs-verification')
  one.eyes.areOnWindow = false
  one.server.list = [asking]
  await one.read()
  expect(one.notifications.map(({ isOpen }) => isOpen)).toEqual([true])
  await restart(one)
  expect(one.view().requests).toEqual([])
  expect(one.notifications.map(({ isOpen }) => isOpen)).toEqual([false])
})

test('RUN-5: an answer that comes after the restart to what was asked before it moves nothing', async () => {
  const one = await secureBench('needs-verification', { list: [verificationOf('ready')] })
  await one.handlers['security.showVerification']({ verificationID: 'verification-1' })
  one.server.fail('sas.start', 'security.verification-gone')
  const answer = one.server.hold('sas.start')
  await one.handlers['security.startEmoji']({ verificationID: 'verification-1' })
  await restart(one)
  answer()
  await settle()
  expect(one.verification()).toMatchObject({ isBusy: false, stage: { at: 'ended', why: 'gone' } })
  expect(one.server.sent).toEqual(['sas.start verification-1'])
})
