// What a restart of Beeper leaves, what it forgets, and what it sounds like from outside.
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createAuthority } from './certificates.ts'
import type { SimulatorOptions } from './simulator.ts'
import { bench, until, Visit, type Bench } from './testing.ts'
import { connect, listener } from './testing-sockets.ts'

type Signed = Bench & { readonly token: string }

async function signedIn(options: SimulatorOptions & { ca?: string } = {}): Promise<Signed> {
  const it = await bench({ scenario: 'needs-verification', ...options })
  return { ...it, token: await it.control.token() }
}

const statusOf = async (it: Signed, path: string): Promise<number> =>
  (await it.call('GET', path, { token: it.token })).status

test('for as long as it takes nobody answers, and then all is as it was', async () => {
  const it = await signedIn({ timeScale: 0 })
  await it.control.restart({ downMs: 30_000 })
  expect((await it.control.snapshot()).isUp).toBe(false)
  for (const path of ['/v1/info', '/v1/app/setup', '/nowhere']) await expect(statusOf(it, path)).rejects.toThrow()
  await expect(connect(it, it.token)).rejects.toThrow()
  await it.control.step(29_000)
  await expect(statusOf(it, '/v1/info')).rejects.toThrow()
  await it.control.step(1_000)
  expect(await statusOf(it, '/v1/app/setup')).toBe(200)
  expect(await it.control.snapshot()).toMatchObject({ isUp: true, state: 'needs-verification' })
  await connect(it, it.token)
})

test('it may stay away until somebody starts it', async () => {
  const it = await signedIn({ timeScale: 0 })
  await it.control.restart({ downMs: null })
  await it.control.step(24 * 3_600_000)
  await expect(statusOf(it, '/v1/info')).rejects.toThrow()
  await it.control.start()
  expect(await statusOf(it, '/v1/info')).toBe(200)
})

test('an earlier restart does not end the time of a later one', async () => {
  const it = await signedIn({ timeScale: 0 })
  await it.control.restart({ downMs: 1_000 })
  await it.control.restart({ downMs: 5_000 })
  await it.control.step(1_000)
  expect((await it.control.snapshot()).isUp).toBe(false)
  await it.control.step(4_000)
  expect((await it.control.snapshot()).isUp).toBe(true)
})

test('verifications, sign-ins at networks and the unconfirmed key are gone; accounts and the old key stay', async () => {
  const it = await signedIn({ scenario: 'ready' })
  const before = await it.control.snapshot()
  const verificationID = await it.control.requestVerification()
  const visit = new Visit(it, 'local-signal')
  await visit.start({})
  const reset = await it.call('POST', '/v1/app/setup/verification/recovery-key/reset', { token: it.token })
  const { recoveryKey } = reset.body as { recoveryKey: string }
  await it.control.restart()
  expect(await statusOf(it, `/v1/app/setup/verifications/${verificationID}`)).toBe(404)
  expect((await visit.look()).status).toBe(404)
  const path = '/v1/app/setup/verification/recovery-key/reset/confirm'
  expect((await it.call('POST', path, { token: it.token, body: { recoveryKey } })).status).toBe(409)
  const after = await it.control.snapshot()
  expect(after.accounts).toEqual(before.accounts)
  expect(after.signedIn).toEqual(before.signedIn)
  expect(after.verifications).toEqual([])
})

test('it may take a while to be what it was, and what it waited for begins anew', async () => {
  const it = await signedIn({ scenario: 'needs-first-sync', timeScale: 0 })
  const state = async (): Promise<string> => (await it.control.snapshot()).state
  await it.control.restart({ downMs: 1_000, initializingMs: 5_000 })
  await it.control.step(1_000)
  expect(await state()).toBe('initializing')
  await it.control.step(5_000)
  expect(await state()).toBe('needs-first-sync')
  await it.control.step(60_000)
  expect(await state()).toBe('ready')
})

describe('whoever is on the line is cut off', () => {
  test('sockets', async () => {
    const it = await signedIn()
    const { socket } = await listener(it, it.token)
    await it.control.restart()
    await until(() => socket.readyState === WebSocket.CLOSED)
    expect((await it.control.snapshot()).sockets).toBe(0)
  })

  test('calls that wait, whose effect does not follow', async () => {
    const it = await signedIn()
    await it.control.fault({ operation: 'appSetupVerificationsCreate', hold: true, times: 1 })
    const waits = it.call('POST', '/v1/app/setup/verifications', { token: it.token })
    const ends = expect(waits).rejects.toThrow()
    await until(() => it.simulator.world.traffic.heldCount('appSetupVerificationsCreate') === 1)
    await it.control.restart()
    await ends
    await it.control.release()
    expect((await it.control.snapshot()).verifications).toEqual([])
    await until(async () => (await it.control.calls('appSetupVerificationsCreate')).every(({ status }) => status === 0))
  })

  test('a long wait for a phone', async () => {
    const it = await signedIn({ scenario: 'ready' })
    const visit = new Visit(it, 'local-signal')
    await visit.start({})
    const waits = visit.submit()
    const ends = expect(waits).rejects.toThrow()
    await until(async () => (await it.control.calls('submitLoginStep')).length === 1)
    await it.control.restart()
    await ends
    expect((await visit.look()).status).toBe(404)
  })
})

test('over TLS as well', async () => {
  const authority = await createAuthority()
  const tls = await authority.issue({ names: ['127.0.0.1'] })
  const it = await signedIn({ tls, ca: authority.cert, timeScale: 0 })
  expect(await statusOf(it, '/v1/info')).toBe(200)
  await it.control.restart({ downMs: 1_000 })
  await expect(statusOf(it, '/v1/info')).rejects.toThrow()
  await it.control.step(1_000)
  expect(await statusOf(it, '/v1/info')).toBe(200)
})

test('another story begins with a server that runs', async () => {
  const it = await signedIn()
  await it.control.restart({ downMs: null })
  await it.control.reset('ready')
  expect((await it.control.snapshot()).isUp).toBe(true)
  expect((await it.call('GET', '/v1/info')).status).toBe(200)
})
