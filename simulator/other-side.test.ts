// The other device as it can be: one of several, a stranger's, slow, silent, wrong, gone, or with little to offer.
import { describe, expect, test } from 'vitest'
import type { Verification, VerificationResponse } from '#contract/beeper/gen/types.gen'
import type { CommandInput } from './control/commands.ts'
import type { ScenarioName } from './scenarios/register.ts'
import { bench, until, type Bench, type Reply } from './testing.ts'

type Signed = Bench & { readonly token: string }

async function waiting(scenario: ScenarioName = 'two-devices', timeScale = 0): Promise<Signed> {
  const it = await bench({ scenario, timeScale })
  return { ...it, token: await it.control.token() }
}

const at = (it: Signed, method: string, path = '', body?: object): Promise<Reply> =>
  it.call(method, `/v1/app/setup/verifications${path}`, { token: it.token, ...(body !== undefined && { body }) })

async function post(it: Signed, path = '', body?: object): Promise<Verification> {
  const reply = await at(it, 'POST', path, body)
  expect(reply.status, reply.text).toBe(200)
  return (reply.body as VerificationResponse).verification as Verification
}

const look = async (it: Signed, id: string): Promise<Verification> =>
  ((await at(it, 'GET', `/${id}`)).body as VerificationResponse).verification as Verification
const state = async (it: Signed): Promise<string> => (await it.control.snapshot()).state
const items = async (it: Signed): Promise<Verification[]> =>
  ((await at(it, 'GET')).body as { items: Verification[] }).items

/** A request of this side that the phone has accepted. */
async function ready(it: Signed): Promise<Verification> {
  const { id } = await post(it)
  await it.control.verification('accept', id)
  return look(it, id)
}

describe('requests of other devices', () => {
  test('come from several at once, each under its own ID', async () => {
    const it = await waiting()
    const ids = [
      await it.control.requestVerification(),
      await it.control.requestVerification({ deviceID: 'ADATABLET1' }),
      await it.control.requestVerification({ deviceID: 'ADATABLET1', deviceName: null }),
    ]
    const listed = await items(it)
    expect(listed.map(({ id }) => id)).toEqual(ids)
    expect(listed.map(({ otherDevice }) => otherDevice)).toEqual([
      { id: 'ADAPHONE01', name: 'Ada’s phone' },
      { id: 'ADATABLET1', name: 'Ada’s tablet' },
      { id: 'ADATABLET1' },
    ])
    await post(it, `/${ids[0] ?? ''}/accept`)
    expect((await items(it)).map((one) => one.state)).toEqual(['ready', 'requested', 'requested'])
    await expect(it.control.requestVerification({ deviceID: 'NOBODY' })).rejects.toMatchObject({ status: 409 })
  })

  test('a stranger’s looks like one and ends without making this device trusted', async () => {
    const it = await waiting()
    const id = await it.control.requestVerification({ userID: '@stranger:example.org', deviceName: 'Some laptop' })
    expect(await look(it, id)).toMatchObject({
      otherUserID: '@stranger:example.org',
      otherDevice: { id: 'STRANGER01', name: 'Some laptop' },
    })
    await post(it, `/${id}/accept`)
    await post(it, `/${id}/sas/start`)
    await post(it, `/${id}/sas/confirm`)
    await it.control.verification('confirm')
    expect((await look(it, id)).state).toBe('done')
    expect(await state(it)).toBe('needs-verification')
  })

  test('stay for ten minutes and no longer', async () => {
    const it = await waiting()
    const id = await it.control.requestVerification()
    await it.control.step(9 * 60_000)
    expect((await look(it, id)).state).toBe('requested')
    await it.control.step(61_000)
    expect(await look(it, id)).toMatchObject({ state: 'cancelled', error: { code: 'm.timeout' } })
  })

  test('the tablet takes a request that went to both, and only a device that is there can', async () => {
    const it = await waiting()
    const asked = await post(it)
    expect(asked.otherDevice).toBeUndefined()
    await expect(it.control.verification('accept', asked.id, 'NOBODY')).rejects.toMatchObject({ status: 404 })
    await it.control.verification('accept', asked.id, 'ADATABLET1')
    expect((await look(it, asked.id)).otherDevice?.name).toBe('Ada’s tablet')
  })
})

describe('a device that acts by itself', () => {
  test('takes its time, then accepts, compares and confirms', async () => {
    const it = await waiting()
    await it.control.device({ id: 'ADAPHONE01', answersAfterMs: 30_000 })
    const { id } = await post(it)
    await it.control.step(29_000)
    expect((await look(it, id)).state).toBe('requested')
    await it.control.step(2_000)
    expect(await look(it, id)).toMatchObject({ state: 'ready', otherDevice: { id: 'ADAPHONE01' } })
    await post(it, `/${id}/sas/start`)
    await post(it, `/${id}/sas/confirm`)
    expect((await look(it, id)).availableActions).toEqual(['cancel'])
    await it.control.step(30_000)
    expect((await look(it, id)).state).toBe('done')
  })

  test('begins with a request that is there already, sees a tick, and can be stopped again', async () => {
    const it = await waiting()
    const { id } = await post(it)
    await it.control.device({ id: 'ADAPHONE01', answersAfterMs: 1_000 })
    await it.control.step(1_000)
    await post(it, '/qr/scan', { data: await it.control.peerCode(id) })
    await it.control.step(1_000)
    expect((await look(it, id)).state).toBe('done')
    await it.control.device({ id: 'ADAPHONE01', answersAfterMs: null })
    const { id: next } = await post(it)
    await it.control.step(60_000)
    expect((await look(it, next)).state).toBe('requested')
  })

  test('says that the emoji differ when it is to, and when they do', async () => {
    const it = await waiting()
    const compare = async (): Promise<Verification> => {
      const { id } = await post(it)
      await it.control.step(1_000)
      await post(it, `/${id}/sas/start`)
      await it.control.step(1_000)
      return look(it, id)
    }
    await it.control.device({ id: 'ADAPHONE01', answersAfterMs: 1_000, compares: 'wrong' })
    expect((await compare()).error?.code).toBe('m.mismatched_sas')
    await it.control.device({ id: 'ADAPHONE01', compares: 'right' })
    await it.control.shape({ isIntercepted: true })
    expect((await compare()).error?.code).toBe('m.mismatched_sas')
    expect(await compare()).toMatchObject({ state: 'sas_ready' })
    expect((await it.control.snapshot()).verifications.at(-1)?.hasPeerConfirmed).toBe(true)
  })

  test('new ones are added, and old ones go', async () => {
    const it = await waiting('no-other-device')
    await it.control.device({ id: 'LATEPHONE1', name: 'Late phone', sharesSecrets: false })
    const id = await it.control.requestVerification()
    await post(it, `/${id}/accept`)
    await post(it, '/qr/scan', { data: await it.control.peerCode() })
    await it.control.verification('confirm')
    expect(await state(it)).toBe('needs-secrets')
    await it.control.device({ id: 'LATEPHONE1', isGone: true })
    await expect(it.control.requestVerification()).rejects.toMatchObject({ status: 409 })
    await expect(it.control.device({ id: 'LATEPHONE1', isGone: true })).rejects.toMatchObject({ status: 404 })
  })
})

describe('an end', () => {
  test.each<Omit<CommandInput<'stop'>, 'verificationID'>>([
    { code: 'm.timeout', reason: 'Too late' },
    { code: 'm.accepted', reason: 'Taken by another device' },
    { code: 'm.unknown_method', reason: 'No such method' },
    { code: 'm.key_mismatch', reason: 'Keys', phase: 'error' },
  ])('for a reason: $code', async (end) => {
    const it = await waiting()
    const { id } = await ready(it)
    await it.control.stop(end)
    const { code, phase = 'cancelled', reason } = end
    expect(await look(it, id)).toMatchObject({ state: phase, error: { code, reason }, availableActions: [] })
    await expect(it.control.stop({ ...end, verificationID: id })).rejects.toMatchObject({ status: 409 })
  })

  test('without a trace: it has never been there, and its time-out comes to nothing', async () => {
    const it = await waiting()
    const { id } = await ready(it)
    await it.control.vanish()
    expect((await at(it, 'GET', `/${id}`)).status).toBe(404)
    expect((await at(it, 'POST', `/${id}/sas/start`)).status).toBe(404)
    expect(await items(it)).toEqual([])
    expect((await it.call('GET', '/v1/app/setup', { token: it.token })).body).not.toHaveProperty('verification')
    await expect(it.control.vanish(id)).rejects.toMatchObject({ status: 404 })
    await it.control.step(11 * 60_000)
    expect(await items(it)).toEqual([])
  })
})

test('a device whose verification has vanished unlocks nothing any more', async () => {
  const it = await waiting()
  await it.control.device({ id: 'ADAPHONE01', answersAfterMs: 1_000 })
  const { id } = await post(it)
  await it.control.step(1_000)
  await post(it, `/${id}/sas/start`)
  await post(it, `/${id}/sas/confirm`)
  await it.control.vanish(id)
  await it.control.step(1_000)
  expect(await state(it)).toBe('needs-verification')
})

describe('what a verification has to offer', () => {
  test.each([
    { methods: ['sas'], actions: ['sas.start', 'cancel'], hasCode: false },
    { methods: ['qr'], actions: ['cancel'], hasCode: true },
    { methods: ['org.example.nfc'], actions: ['cancel'], hasCode: false },
    { methods: [], actions: ['cancel'], hasCode: false },
  ])('methods $methods', async ({ actions, hasCode, methods }) => {
    const it = await waiting()
    await it.control.shape({ methods })
    const { availableActions, id, qr, ...told } = await ready(it)
    expect({ methods: told.methods, availableActions, hasCode: qr !== undefined }).toEqual({
      methods,
      availableActions: actions,
      hasCode,
    })
    const code = it.control.peerCode(id)
    if (hasCode) expect(await code).toMatch(/^MATRIX/)
    else await expect(code).rejects.toThrow()
    const isStarted = await it.control.verification('startEmoji').then(
      () => true,
      () => false,
    )
    expect(isStarted).toBe(methods.includes('sas'))
  })

  test('is that of one verification only, of either side, and changes while it runs', async () => {
    const it = await waiting()
    const asked = await it.control.requestVerification({ methods: ['sas'] })
    expect((await look(it, asked)).methods).toEqual(['sas'])
    const { id } = await ready(it)
    expect((await look(it, id)).methods).toEqual(['qr', 'sas'])
    await it.control.shape({ verificationID: id, methods: ['sas'] })
    expect((await look(it, id)).qr).toBeUndefined()
  })

  test('a state and actions that nobody knows are told, and change nothing', async () => {
    const it = await waiting()
    const { id } = await ready(it)
    await it.control.shape({ verificationID: id, state: 'sas_waiting', availableActions: ['sas.dance', 'accept'] })
    expect(await look(it, id)).toMatchObject({ state: 'sas_waiting', availableActions: ['sas.dance', 'accept'] })
    expect((await at(it, 'POST', `/${id}/accept`)).status).toBe(409)
    await it.control.shape({ verificationID: id, state: null, availableActions: null })
    expect(await look(it, id)).toMatchObject({ state: 'ready', availableActions: ['sas.start', 'cancel'] })
  })

  test('with somebody in between, the two sides show other emoji in every place', async () => {
    const it = await waiting()
    await it.control.shape({ isIntercepted: true })
    const { id } = await ready(it)
    const { sas } = await post(it, `/${id}/sas/start`)
    const { emoji, ownEmoji } = (await it.control.snapshot()).verifications[0] ?? { emoji: [], ownEmoji: [] }
    expect(sas?.emojis).toBe(ownEmoji.map((one) => one.emoji).join(''))
    expect(emoji).toHaveLength(7)
    expect(emoji.every((one, index) => one.name !== ownEmoji[index]?.name)).toBe(true)
  })

  test('the string of emoji has gaps on a rich server, and any form when told so', async () => {
    const it = await waiting()
    await it.control.wire({ profile: 'rich' })
    const { id } = await ready(it)
    expect((await post(it, `/${id}/sas/start`)).sas?.emojis.split(' ')).toHaveLength(7)
    await it.control.shape({ verificationID: id, emojis: '🐶 | 🐱' })
    expect((await look(it, id)).sas?.emojis).toBe('🐶 | 🐱')
  })

  test('a server may tell of it only to who asks for it', async () => {
    const it = await waiting()
    await it.control.wire({ verifications: 'asked' })
    const reply = await at(it, 'POST')
    expect(reply.body).not.toHaveProperty('verification')
    expect(reply.body).not.toHaveProperty('session.verification')
    const [one] = await items(it)
    expect(await look(it, one?.id ?? '')).toMatchObject({ state: 'requested' })
  })
})

test('an answer may be lost after its effect: the emoji are confirmed all the same', async () => {
  const it = await waiting('needs-verification', 20)
  const { id } = await ready(it)
  await post(it, `/${id}/sas/start`)
  await it.control.fault({ operation: 'appSetupVerificationsSASConfirm', dropAfterEffect: true, times: 1 })
  await expect(at(it, 'POST', `/${id}/sas/confirm`)).rejects.toThrow()
  expect((await look(it, id)).availableActions).toEqual(['cancel'])
  await it.control.verification('confirm')
  await until(async () => (await state(it)) === 'ready')
})
