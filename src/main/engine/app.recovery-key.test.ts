import { failed, ok } from '#contract/problem'
import type { SetupState } from '#contract/beeper/setup'
import type { ProblemCode } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { settle } from '../testing/fakes.ts'
import { otherServer, secrets, server, setupOf } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import type { SecureBench } from '../testing/secure-bench.ts'
import { newKeys, oldKeyMadeAtMs, proofOf } from '../testing/secure-server.ts'

const [newKey, newerKey] = newKeys
const operation = 'appSetupVerificationRecoveryKeyReset'
const notNow = failed({ code: 'command.not-now', retry: 'never' })
const lost: readonly ProblemCode[] = ['beeper.timeout', 'beeper.unreachable', 'beeper.upstream', 'beeper.unreadable']
/** Has a key that is kept, made long ago. */
const hasKey = { ...setupOf('needs-verification'), isKeyBackedUp: true, keyMadeAtMs: oldKeyMadeAtMs }

const create = (one: SecureBench) => one.handlers['security.createRecoveryKey']({ acceptLoss: true })
async function confirm(one: SecureBench, key: string = newKey): Promise<void> {
  await one.handlers['security.confirmRecoveryKey'](proofOf(key))
  await settle()
}
/** A bench on the new key's screen, with the key on it. */
async function showing(setup: SetupState = hasKey): Promise<SecureBench> {
  const one = await secureBench(setup)
  await one.handlers['security.openDoor']({ door: 'new-key' })
  await create(one)
  one.did.length = 0
  return one
}

describe('ONE-3: making a new key', () => {
  test('ONE-1: after its intent is on the disk; noted before the intent closes; answered once, and nowhere else', async () => {
    const one = await secureBench('needs-cross-signing-setup')
    one.did.length = 0
    expect(await create(one)).toEqual(ok({ recoveryKey: newKey }))
    expect(one.did).toEqual([`intent+ ${operation}`, 'beeper.createKey', 'note new key', `intent- ${operation}`])
    expect(one.on('recovery-key')).toMatchObject({ phase: 'showing', problem: undefined })
    for (const text of [one.engine.state.getState().security, one.settings.read(), one.log.lines, one.view()])
      expect(JSON.stringify(text)).not.toContain(newKey)
  })

  test('is done once at a time, and not while one is being adopted', async () => {
    const one = await secureBench('needs-cross-signing-setup')
    const made = one.server.hold('createKey')
    const first = create(one)
    await settle()
    expect(one.on('recovery-key').phase).toBe('creating')
    expect(await create(one)).toEqual(notNow)
    made()
    await first
    const adopted = one.server.hold('confirmKey')
    await confirm(one)
    expect(one.on('recovery-key').phase).toBe('confirming')
    expect(await create(one)).toEqual(notNow)
    adopted()
    await settle()
    expect(one.server.sent).toEqual(['createKey', 'confirmKey'])
  })

  test('is not done while the newest is on its way into force', async () => {
    const one = await showing()
    one.beeper.confirmKey = () => Promise.resolve(ok(one.server.setup))
    await confirm(one)
    expect(one.on('recovery-key').phase).toBe('confirmed')
    expect(await create(one)).toEqual(notNow)
    expect(one.server.sent).toEqual(['createKey'])
  })

  test('takes the ticks where a key may be in force, and the screen that tells what is lost', async () => {
    const one = await secureBench(hasKey)
    expect(await create(one)).toEqual(notNow)
    await one.handlers['security.openDoor']({ door: 'new-key' })
    expect(await one.handlers['security.createRecoveryKey']({ acceptLoss: false })).toEqual(notNow)
    expect(one.server.sent).toEqual([])
    expect(one.did).not.toContain(`intent+ ${operation}`)
    expect(await create(one)).toMatchObject({ ok: true })
  })

  test('sends the old key along, as it is written, where the person has it', async () => {
    const one = await secureBench(hasKey)
    const existing: (string | undefined)[] = []
    one.beeper.createKey = (_, key) => {
      existing.push(key)
      return Promise.resolve(ok(newKey))
    }
    await one.handlers['security.openDoor']({ door: 'new-key' })
    await one.handlers['security.createRecoveryKey']({ acceptLoss: true, existingRecoveryKey: ' abcd-efgh\n1234 ' })
    await create(one)
    expect(existing).toEqual(['abcd efgh 1234', undefined])
  })

  test.each([...lost, 'security.old-key-refused', 'beeper.rate-limited'] as const)(
    '%s: says so, nothing is shown, and it is not repeated',
    async (code) => {
      const one = await secureBench('needs-cross-signing-setup')
      one.server.fail('createKey', code, code.startsWith('beeper.t'))
      expect(await create(one)).toMatchObject({ ok: false, problem: { code } })
      await one.pass(30_000)
      expect(one.on('recovery-key')).toMatchObject({ phase: 'ask', problem: { code } })
      expect(one.server.sent).toEqual(['createKey'])
      expect(one.progress().intents).toEqual([])
    },
  )

  test('a token that is refused ends the sign-in', async () => {
    const one = await secureBench('needs-cross-signing-setup')
    one.server.fail('createKey', 'beeper.token-refused')
    await create(one)
    await settle()
    expect(one.engine.target()).toBeUndefined()
  })

  test('an answer for a sign-in that was left is not taken for the next one', async () => {
    const one = await secureBench('needs-cross-signing-setup')
    const made = one.server.hold('createKey')
    const first = create(one)
    await settle()
    await one.handlers['find.leave'](undefined)
    one.server.setup = setupOf('needs-verification')
    one.vault.tokens.set(otherServer.origin, secrets.token)
    one.engine.choose(otherServer)
    await settle()
    const credentials = { token: 'SECRET-other', userID: '@ada:beeper.com', source: 'account' } as const
    one.engine.account.send({ type: 'signedIn', credentials, keptIn: 'keychain' })
    await settle()
    expect(one.screen()).toBe('verify')
    made()
    await first
    await settle()
    expect(one.screen()).toBe('verify')
    expect(one.progress().newKeys?.at(0)?.origin).not.toBe(otherServer.origin)
  })
})

describe('ONE-3: adopting it', () => {
  test('only after one of its groups was typed from the copy; noted before the call goes out, forgotten when it counts', async () => {
    const one = await showing()
    await one.handlers['security.confirmRecoveryKey']({ ...proofOf(newKey), typedGroup: '9999' })
    expect(one.on('recovery-key')).toMatchObject({ phase: 'showing', problem: { code: 'security.copy-not-proved' } })
    expect(one.did).toEqual([])
    await confirm(one)
    expect(one.did.filter((what) => !/^beeper\.(?:glance|read)/u.test(what))).toEqual([
      'note new key, sent',
      'beeper.confirmKey',
      'forget new key',
    ])
    expect(one.screen()).toBe('first-sync')
  })

  test('counts when the server says so, not when it answers', async () => {
    const one = await showing()
    one.beeper.confirmKey = () => Promise.resolve(ok(one.server.setup))
    await confirm(one)
    await one.pass(30_000)
    expect(one.on('recovery-key')).toMatchObject({ phase: 'confirmed', canLeave: true })
    expect(one.progress().newKeys?.at(0)).toMatchObject({ isSent: true })
    one.server.setup = { ...setupOf('needs-first-sync'), isKeyBackedUp: true, keyMadeAtMs: oldKeyMadeAtMs + 1 }
    await one.pass(2_000)
    expect(one.screen()).toBe('first-sync')
    expect(one.progress().newKeys?.at(0)).toBeUndefined()
  })

  test('a reading before the answer, of a server that does not say when keys are made, proves nothing', async () => {
    const one = await showing({ ...hasKey, keyMadeAtMs: undefined })
    // It has not arrived yet: what is told is the old key.
    one.beeper.confirmKey = async () => {
      await one.read()
      return failed({ code: 'beeper.timeout', retry: 'now' })
    }
    await confirm(one)
    await settle()
    expect(one.on('recovery-key')).toMatchObject({ phase: 'showing', problem: { code: 'beeper.timeout' } })
    expect(one.progress().newKeys?.at(0)).toMatchObject({ isSent: true })
  })

  test.each(lost)('%s after its effect: settled by reading, once sent', async (code) => {
    const one = await showing()
    one.server.fail('confirmKey', code, true)
    await confirm(one)
    expect(one.screen()).toBe('first-sync')
    expect(one.server.sent).toEqual(['createKey', 'confirmKey'])
    expect(one.progress().newKeys?.at(0)).toBeUndefined()
  })

  test.each(lost)(
    '%s without effect: the key stays on the screen, and the next click sends it once more',
    async (code) => {
      const one = await showing()
      one.server.fail('confirmKey', code)
      await confirm(one)
      await one.pass(30_000)
      expect(one.on('recovery-key')).toMatchObject({ phase: 'showing', problem: { code } })
      expect(one.server.sent).toEqual(['createKey', 'confirmKey'])
      await confirm(one)
      expect(one.server.sent).toEqual(['createKey', 'confirmKey', 'confirmKey'])
      expect(one.screen()).toBe('first-sync')
    },
  )

  test('refused: the old key still holds, and that is said', async () => {
    const one = await showing()
    one.server.fail('confirmKey', 'security.new-key-refused')
    await confirm(one)
    expect(one.on('recovery-key')).toMatchObject({ phase: 'ask', unfinished: 'nothing-changed' })
    expect(one.progress().newKeys?.at(0)).toBeUndefined()
  })

  test('made twice, as after a reload of the window: the newest is the one that is adopted', async () => {
    const one = await showing()
    expect(await create(one)).toEqual(ok({ recoveryKey: newerKey }))
    await confirm(one, newerKey)
    expect(one.server.sent).toEqual(['createKey', 'createKey', 'confirmKey'])
    expect(one.screen()).toBe('first-sync')
  })

  test('left before anything was sent: nothing has changed, and nothing of it is left', async () => {
    const one = await showing()
    await one.handlers['security.leaveRecoveryKey'](undefined)
    await settle()
    expect(one.screen()).toBe('verify')
    expect(one.did).toEqual(['forget new key'])
  })

  test('left after a confirmation that was never answered: whether it counts is found out later', async () => {
    const one = await showing()
    one.server.fail('confirmKey', 'beeper.timeout')
    await confirm(one)
    await one.handlers['security.leaveRecoveryKey'](undefined)
    await settle()
    expect(one.progress().newKeys?.at(0)).toMatchObject({ origin: server.origin, isSent: true })
    await one.handlers['security.openDoor']({ door: 'new-key' })
    expect(one.on('recovery-key').unfinished).toBe('unsure')
  })
})
