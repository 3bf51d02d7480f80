// The setup when it does not fit to what has happened, and the keys.
import { describe, expect, test } from 'vitest'
import type { AppSetupState } from '#contract/beeper/gen/types.gen'
import { bench, until, type Bench, type Reply } from './testing.ts'
import type { ScenarioName } from './scenarios/register.ts'

type Signed = Bench & { readonly token: string }

async function signedIn(scenario: ScenarioName = 'needs-verification'): Promise<Signed> {
  const it = await bench({ scenario, timeScale: 0 })
  return { ...it, token: await it.control.token() }
}

const setup = async (it: Signed): Promise<AppSetupState> =>
  (await it.call('GET', '/v1/app/setup', { token: it.token })).body as AppSetupState
const post = (it: Signed, path: string, body?: object): Promise<Reply> =>
  it.call('POST', `/v1/app/setup${path}`, { token: it.token, ...(body !== undefined && { body }) })
const keyOf = async (it: Signed): Promise<string> => (await it.control.snapshot()).signedIn?.recoveryKey ?? ''

async function verify(it: Signed): Promise<string> {
  const id = await it.control.requestVerification()
  for (const step of ['accept', 'sas/start', 'sas/confirm']) await post(it, `/verifications/${id}/${step}`)
  await it.control.verification('confirm')
  return id
}

describe('any state at any moment', () => {
  test('one after the other, also backwards and unknown ones', async () => {
    const it = await signedIn()
    for (const state of [
      'ready',
      'needs-secrets',
      'moving-house',
      'initializing',
      'needs-cross-signing-setup',
      'ready',
    ]) {
      await it.control.state(state)
      expect((await setup(it)).state).toBe(state)
    }
  })

  test('a running verification is not touched by it', async () => {
    const it = await signedIn()
    const id = await it.control.requestVerification()
    await it.control.state('ready')
    expect(await setup(it)).toMatchObject({ state: 'ready', verification: { id, state: 'requested' } })
  })

  test('it goes on by itself when it is told what to', async () => {
    const it = await signedIn()
    await it.control.state('initializing', { afterMs: 5_000, next: 'needs-secrets' })
    await it.control.step(4_999)
    expect((await setup(it)).state).toBe('initializing')
    await it.control.step(1)
    expect((await setup(it)).state).toBe('needs-secrets')
  })
})

describe('a state that is held', () => {
  test('stands still while a verification is done, and tells the rest when it is let go', async () => {
    const it = await signedIn()
    await it.control.setup({ isHeld: true })
    const id = await verify(it)
    const done = await it.call('GET', `/v1/app/setup/verifications/${id}`, { token: it.token })
    expect(done.body).toMatchObject({ session: { state: 'needs-verification' }, verification: { state: 'done' } })
    await it.control.step(60_000)
    expect(await setup(it)).toMatchObject({ state: 'needs-verification', e2ee: { verified: false } })
    expect(await it.control.snapshot()).toMatchObject({ state: 'needs-verification', stateBehind: 'ready' })
    await it.control.setup({ isHeld: false })
    expect(await setup(it)).toMatchObject({ state: 'ready', e2ee: { verified: true } })
  })

  test('stands still while a key is taken', async () => {
    const it = await signedIn('needs-secrets')
    await it.control.setup({ isHeld: true })
    const reply = await post(it, '/verification/recovery-key', { recoveryKey: await keyOf(it) })
    expect([reply.status, reply.body]).toMatchObject([200, { session: { state: 'needs-secrets' } }])
    await it.control.setup({ isHeld: false })
    expect((await setup(it)).state).toBe('needs-first-sync')
  })

  test('can be another, and ends with the account', async () => {
    const it = await signedIn()
    await it.control.setup({ isHeld: true })
    await it.control.state('needs-secrets')
    await verify(it)
    expect((await setup(it)).state).toBe('needs-secrets')
    await it.control.signOut()
    expect((await it.control.snapshot()).state).toBe('needs-login')
  })
})

test('flags say what they are told to, until they are given back', async () => {
  const it = await signedIn('ready')
  const before = await setup(it)
  await it.control.setup({ e2ee: { hasBackedUpRecoveryKey: false, secrets: { masterKey: false } } })
  await it.control.setup({ e2ee: { recoveryKeyGeneratedAt: 1_700_000_000, secrets: { userSigningKey: false } } })
  const { e2ee } = await setup(it)
  expect(e2ee).toMatchObject({ hasBackedUpRecoveryKey: false, recoveryKeyGeneratedAt: 1_700_000_000, keyBackup: true })
  expect(e2ee.secrets).toMatchObject({ masterKey: false, userSigningKey: false, selfSigningKey: true })
  await it.control.setup({ e2ee: null })
  expect(await setup(it)).toEqual(before)
})

describe('recovery keys', () => {
  const reset = async (it: Signed, body: object = {}): Promise<string> =>
    ((await post(it, '/verification/recovery-key/reset', body)).body as { recoveryKey: string }).recoveryKey
  const confirm = async (it: Signed, recoveryKey: string): Promise<number> =>
    (await post(it, '/verification/recovery-key/reset/confirm', { recoveryKey })).status
  const use = async (it: Signed, recoveryKey: string): Promise<number> =>
    (await post(it, '/verification/recovery-key', { recoveryKey })).status

  test('one of before a reset is as wrong as somebody else’s', async () => {
    const it = await signedIn()
    const old = await keyOf(it)
    const made = await reset(it)
    expect((await it.control.snapshot()).signedIn?.pendingRecoveryKey).toBe(made)
    expect(await use(it, made)).toBe(400)
    expect(await confirm(it, made)).toBe(200)
    await it.control.state('needs-secrets')
    expect(await use(it, old)).toBe(400)
    expect((await setup(it)).state).toBe('needs-secrets')
    expect(await use(it, made.replaceAll(' ', '\u00a0\n'))).toBe(200)
    expect((await setup(it)).state).toBe('needs-first-sync')
  })

  test('a new one while ready leaves it ready and has a date of its own', async () => {
    const it = await signedIn('ready')
    const old = await keyOf(it)
    const before = (await setup(it)).e2ee.recoveryKeyGeneratedAt ?? 0
    expect((await post(it, '/verification/recovery-key/reset', { existingRecoveryKey: 'Es no' })).status).toBe(400)
    expect((await it.control.snapshot()).signedIn).not.toHaveProperty('pendingRecoveryKey')
    const made = await reset(it, { existingRecoveryKey: old })
    expect((await setup(it)).e2ee.recoveryKeyGeneratedAt).toBe(before)
    expect(await confirm(it, made)).toBe(200)
    const { e2ee, state } = await setup(it)
    expect(state).toBe('ready')
    expect(e2ee.recoveryKeyGeneratedAt).toBeGreaterThan(before)
    expect(it.simulator.world.secrets().map(({ value }) => value)).toEqual(
      expect.arrayContaining([old, made, made.replaceAll(' ', '')]),
    )
  })

  test('without one, ready is not backed up; with one it is', async () => {
    const it = await signedIn('ready-not-backed-up')
    expect(await setup(it)).toMatchObject({ state: 'ready', e2ee: { hasBackedUpRecoveryKey: false, keyBackup: true } })
    expect(await use(it, 'Es no')).toBe(409)
    expect(await confirm(it, await reset(it))).toBe(200)
    expect(await setup(it)).toMatchObject({ state: 'ready', e2ee: { hasBackedUpRecoveryKey: true } })
  })

  test('a lost answer to the confirmation does not lose the key', async () => {
    const it = await signedIn('needs-cross-signing-setup')
    const made = await reset(it)
    await it.control.fault({
      operation: 'appSetupVerificationRecoveryKeyResetConfirm',
      dropAfterEffect: true,
      times: 1,
    })
    await expect(confirm(it, made)).rejects.toThrow()
    await until(async () => (await setup(it)).state === 'needs-first-sync')
    expect(await keyOf(it)).toBe(made)
  })
})
