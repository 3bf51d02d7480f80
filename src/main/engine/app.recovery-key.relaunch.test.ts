// What an earlier run noted of a new recovery key, and what is told of it now (ONE-2, ONE-3).
import type { SetupState } from '#contract/beeper/setup'
import { describe, expect, test, vi } from 'vitest'
import type { Progress } from '../ports.ts'
import { good } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { demoServer, otherServer, server, setupOf, signedInBefore } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import { bench as connectBench } from '../testing/connect-bench.ts'
import { newKeys, oldKeyMadeAtMs, proofOf } from '../testing/secure-server.ts'

const newKeyMadeAtMs = oldKeyMadeAtMs + 86_400_000
const before = { isKept: true, madeAtMs: oldKeyMadeAtMs }
const noted = (isSent: boolean): Partial<Progress> => ({
  newKeys: [{ origin: server.origin, userID: '@sam:beeper.com', before, isSent }],
})
const backedUp = (state: SetupState['state'], keyMadeAtMs: number | undefined): SetupState => ({
  ...setupOf(state),
  isKeyBackedUp: true,
  keyMadeAtMs,
})
const oldIn = (state: SetupState['state']): SetupState => backedUp(state, oldKeyMadeAtMs)
const newIn = (state: SetupState['state']): SetupState => backedUp(state, newKeyMadeAtMs)

describe('ONE-3: launched again after a new key was made', () => {
  test.each(['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'ready'] as const)(
    'and never confirmed, while the server is %s: the old one holds, and that is said',
    async (state) => {
      const setup = state === 'needs-cross-signing-setup' ? setupOf(state) : oldIn(state)
      const one = await secureBench(setup, { progress: noted(false) })
      expect(one.on('recovery-key')).toMatchObject({ phase: 'ask', unfinished: 'nothing-changed' })
      expect(one.server.sent).toEqual([])
      // It was read: from here on there is nothing to tell.
      if (state === 'needs-cross-signing-setup') return
      await one.handlers['security.leaveRecoveryKey'](undefined)
      await settle()
      expect(one.progress().newKeys?.at(0)).toBeUndefined()
    },
  )

  test.each(['needs-first-sync', 'ready'] as const)(
    'confirmed, and the server is %s with it: it counts, and nobody is troubled',
    async (state) => {
      const one = await secureBench(newIn(state), { progress: noted(true) })
      expect(one.screen()).not.toBe('recovery-key')
      expect(one.progress().newKeys?.at(0)).toBeUndefined()
    },
  )

  test.each(['needs-verification', 'needs-secrets', 'ready'] as const)(
    'the confirmation was sent, and the server is %s with the old one: it is not known, and that is said',
    async (state) => {
      const one = await secureBench(oldIn(state), { progress: noted(true) })
      expect(one.on('recovery-key')).toMatchObject({ phase: 'ask', unfinished: 'unsure' })
      expect(one.server.sent).toEqual([])
    },
  )

  test('the confirmation was sent, the server is only just starting and then shows that it counts', async () => {
    const one = await secureBench(setupOf('initializing'), { progress: noted(true) })
    one.server.setup = newIn('ready')
    await one.pass(2_000)
    expect(one.screen()).toBe('connect')
    expect(one.progress().newKeys?.at(0)).toBeUndefined()
  })

  test('never confirmed, and the server is only just starting: it is said when that is over', async () => {
    const one = await secureBench(setupOf('initializing'), { progress: noted(false) })
    one.server.setup = oldIn('ready')
    await one.pass(2_000)
    expect(one.on('recovery-key').unfinished).toBe('nothing-changed')
  })

  test.each([
    ['does not say when keys are made, and one was kept before', true, 'unsure'],
    ['does not say when keys are made, and none was kept before', false, undefined],
  ] as const)('the confirmation was sent, and the server %s', async (_, isKept, unfinished) => {
    const newKeys = [{ origin: server.origin, before: { isKept }, isSent: true }]
    const one = await secureBench(backedUp('needs-verification', undefined), { progress: { newKeys } })
    expect(one.screen()).toBe(unfinished === undefined ? 'verify' : 'recovery-key')
    expect(one.progress().newKeys).toHaveLength(unfinished === undefined ? 0 : 1)
  })

  test('by another account at the same server it is nobody’s business here', async () => {
    const newKeys = [{ origin: server.origin, userID: '@ada:beeper.com', before, isSent: true }]
    const one = await secureBench(oldIn('needs-verification'), { progress: { newKeys } })
    expect(one.screen()).toBe('verify')
    expect(one.progress().newKeys).toEqual([])
  })

  test('ONE-2: an intent that never closed says that a key was asked for; none is made again', async () => {
    const intents = [
      {
        operation: 'appSetupVerificationRecoveryKeyReset' as const,
        origin: server.origin,
        openedAt: '2023-11-01T00:00:00Z',
      },
    ]
    const one = await secureBench(oldIn('needs-verification'), { progress: { intents } })
    expect(one.on('recovery-key').unfinished).toBe('nothing-changed')
    expect(one.server.sent).toEqual([])
    expect(one.progress().intents).toEqual([])
  })

  test('at another server it says nothing here, and stays', async () => {
    const note = { origin: otherServer.origin, before, isSent: true }
    const one = await secureBench(oldIn('needs-verification'), { progress: { newKeys: [note] } })
    expect(one.screen()).toBe('verify')
    await one.handlers['security.openDoor']({ door: 'new-key' })
    await one.handlers['security.leaveRecoveryKey'](undefined)
    await settle()
    expect(one.progress().newKeys?.at(0)).toEqual(note)
  })

  test('is forgotten with its server', async () => {
    const one = await secureBench('ready', {
      progress: { ...noted(true), keyRemindersDismissed: [server.origin, otherServer.origin] },
      beeper: { revoke: () => good(undefined) },
    })
    await one.handlers['find.leave'](undefined)
    await one.handlers['find.forget']({ origin: server.origin })
    await settle()
    expect(one.progress().servers).toEqual([])
    expect(JSON.stringify(one.settings.read())).not.toContain(server.origin)
  })
})

describe('RUN-5: a server that restarts while the key is on the screen', () => {
  test.each(['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'ready'] as const)(
    'in %s: the key is gone from the screen, and it is said that nothing has changed',
    async (state) => {
      const setup = state === 'needs-cross-signing-setup' ? setupOf(state) : oldIn(state)
      const one = await secureBench(setup)
      await one.handlers['security.openDoor']({ door: 'new-key' })
      await one.handlers['security.createRecoveryKey']({ acceptLoss: true })
      one.server.setup = setupOf('initializing')
      await one.pass(10_000)
      one.server.setup = setup
      await one.pass(2_000)
      expect(one.on('recovery-key')).toMatchObject({ phase: 'ask', unfinished: 'nothing-changed' })
      expect(one.progress().newKeys?.at(0)).toBeUndefined()
    },
  )
})

test('ONE-2: of the demo nothing is written, whatever becomes of its key', async () => {
  const one = await connectBench(
    {
      glanceAtSetup: () => good(setupOf('needs-cross-signing-setup')),
      createKey: () => good(newKeys[0]),
      confirmKey: () => new Promise(() => undefined),
    },
    {},
    demoServer,
  )
  const update = vi.spyOn(one.settings, 'update')
  expect(await one.handlers['security.createRecoveryKey']({ acceptLoss: false })).toMatchObject({ ok: true })
  await one.handlers['security.confirmRecoveryKey'](proofOf(newKeys[0]))
  await one.handlers['security.dismissReminder'](undefined)
  await settle()
  expect(update).not.toHaveBeenCalled()
  expect(one.progress()).toMatchObject(signedInBefore)
})
