// Two devices making sure of each other, from both sides.
import { describe, expect, test } from 'vitest'
import type { Verification, VerificationResponse } from '#contract/beeper/gen/types.gen'
import { sasEmoji } from './sas-emoji.ts'
import { bench, until, type Bench, type Reply } from './testing.ts'

type Signed = Bench & { readonly token: string }

async function waiting(scenario: 'needs-verification' | 'needs-secrets' = 'needs-verification'): Promise<Signed> {
  const it = await bench({ scenario })
  return { ...it, token: await it.control.token() }
}

const at = (it: Signed, method: string, path = '', body?: object): Promise<Reply> =>
  it.call(method, `/v1/app/setup/verifications${path}`, { token: it.token, ...(body !== undefined && { body }) })

const answer = (reply: Reply): VerificationResponse & { verification: Verification } => {
  expect(reply.status, reply.text).toBe(200)
  return reply.body as VerificationResponse & { verification: Verification }
}

const create = async (it: Signed): Promise<Verification> =>
  answer(await at(it, 'POST', '', { purpose: 'login' })).verification
const look = async (it: Signed, id: string): Promise<Verification> => answer(await at(it, 'GET', `/${id}`)).verification
const state = async (it: Signed): Promise<string> => (await it.control.snapshot()).state

describe('asked for by this side', () => {
  test('emoji are compared on both and the messages follow', async () => {
    const it = await waiting()
    const { availableActions, direction, id, otherDevice, purpose, state: phase } = await create(it)
    expect({ availableActions, direction, phase, purpose }).toEqual({
      availableActions: ['cancel'],
      direction: 'outgoing',
      phase: 'requested',
      purpose: 'login',
    })
    expect(otherDevice?.name).toBe('Ada’s phone')
    expect((await at(it, 'POST', `/${id}/sas/start`)).status).toBe(409)
    await it.control.verification('accept')
    expect(await look(it, id)).toMatchObject({ state: 'ready', availableActions: ['sas.start', 'cancel'] })
    const started = answer(await at(it, 'POST', `/${id}/sas/start`)).verification
    expect(started).toMatchObject({ state: 'sas_ready', availableActions: ['sas.confirm', 'cancel'] })
    const shown = (await it.control.snapshot()).verifications[0]?.emoji ?? []
    expect(started.sas?.emojis).toBe(shown.map(({ emoji }) => emoji).join(''))
    expect(shown).toHaveLength(7)
    expect(shown.every((one) => sasEmoji.includes(one) || sasEmoji.some(({ name }) => name === one.name))).toBe(true)
    const confirmed = answer(await at(it, 'POST', `/${id}/sas/confirm`)).verification
    expect(confirmed).toMatchObject({ state: 'sas_ready', availableActions: ['cancel'] })
    await it.control.verification('confirm')
    expect(await look(it, id)).toMatchObject({ state: 'done', availableActions: [] })
    expect(await state(it)).toBe('needs-first-sync')
    await until(async () => (await state(it)) === 'ready')
  })

  test('the phone scans the code of this side', async () => {
    const it = await waiting()
    const { id } = await create(it)
    await it.control.verification('accept')
    const { qr } = await look(it, id)
    await it.control.scan(qr?.data ?? '')
    expect(await look(it, id)).toMatchObject({ state: 'qr_scanned', availableActions: ['qr.confirmScanned', 'cancel'] })
    await expect(it.control.scan(qr?.data ?? '')).rejects.toMatchObject({ status: 410 })
    const done = answer(await at(it, 'POST', `/${id}/qr/confirm-scanned`))
    expect(done.verification.state).toBe('done')
    expect(done.session.state).toBe('needs-first-sync')
  })

  test('this side scans the code of the phone', async () => {
    const it = await waiting()
    const { id } = await create(it)
    await it.control.verification('accept')
    const peerCode = (await it.control.snapshot()).verifications[0]?.peerCode ?? ''
    expect((await at(it, 'POST', '/qr/scan', { data: 'nonsense' })).status).toBe(400)
    const scanned = answer(await at(it, 'POST', '/qr/scan', { data: peerCode })).verification
    expect(scanned).toMatchObject({ id, state: 'ready', availableActions: ['cancel'] })
    await it.control.verification('confirm')
    expect((await look(it, id)).state).toBe('done')
  })

  test('a mismatch on the phone cancels it, and nothing is unlocked', async () => {
    const it = await waiting()
    const { id } = await create(it)
    await it.control.verification('accept')
    await at(it, 'POST', `/${id}/sas/start`)
    await it.control.verification('mismatch')
    expect(await look(it, id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'm.mismatched_sas' },
      availableActions: [],
    })
    expect((await at(it, 'POST', `/${id}/sas/confirm`)).status).toBe(409)
    expect(await state(it)).toBe('needs-verification')
  })

  test('nobody answers for ten minutes', async () => {
    const it = await waiting()
    const { id } = await create(it)
    await it.control.step(10 * 60_000 + 1)
    expect(await look(it, id)).toMatchObject({ state: 'cancelled', error: { code: 'm.timeout' } })
  })

  test('cancelling twice is fine, acting afterwards is not', async () => {
    const it = await waiting()
    const { id } = await create(it)
    const first = answer(await at(it, 'POST', `/${id}/cancel`, { code: 'm.user', reason: 'No' })).verification
    expect(first).toMatchObject({ state: 'cancelled', error: { code: 'm.user', reason: 'No' } })
    expect(answer(await at(it, 'POST', `/${id}/cancel`)).verification).toEqual(first)
    await expect(it.control.verification('accept', id)).rejects.toMatchObject({ status: 409 })
  })
})

describe('asked for by the phone', () => {
  test('this side accepts, the phone starts the comparison', async () => {
    const it = await waiting()
    const id = await it.control.requestVerification()
    expect(await look(it, id)).toMatchObject({ direction: 'incoming', availableActions: ['accept', 'cancel'] })
    const setup = await it.call('GET', '/v1/app/setup', { token: it.token })
    expect(setup.body).toMatchObject({ verification: { id } })
    answer(await at(it, 'POST', `/${id}/accept`))
    expect((await at(it, 'POST', `/${id}/accept`)).status).toBe(409)
    await it.control.verification('startEmoji')
    await it.control.verification('confirm')
    expect((await look(it, id)).state).toBe('sas_ready')
    expect(answer(await at(it, 'POST', `/${id}/sas/confirm`)).verification.state).toBe('done')
  })

  test('a device that keeps its secrets leaves them missing', async () => {
    const it = await waiting()
    it.simulator.world.setup.signedIn?.person.devices.unshift({
      id: 'OLDLAPTOP1',
      name: 'Old laptop',
      sharesSecrets: false,
    })
    const id = await it.control.requestVerification({ deviceID: 'OLDLAPTOP1' })
    await at(it, 'POST', `/${id}/accept`)
    await at(it, 'POST', `/${id}/sas/start`)
    await at(it, 'POST', `/${id}/sas/confirm`)
    await it.control.verification('confirm', id)
    expect(await state(it)).toBe('needs-secrets')
  })
})

test('a finished one stays visible for a while and then goes', async () => {
  const it = await waiting('needs-secrets')
  const { id } = await create(it)
  await it.control.verification('accept')
  await it.control.scan((await look(it, id)).qr?.data ?? '')
  await at(it, 'POST', `/${id}/qr/confirm-scanned`)
  const listed = async (): Promise<string[]> =>
    ((await at(it, 'GET')).body as { items: Verification[] }).items.map((one) => `${one.id} ${one.state}`)
  expect(await listed()).toEqual([`${id} done`])
  expect((await it.call('GET', '/v1/app/setup', { token: it.token })).body).not.toHaveProperty('verification')
  await it.control.step(6 * 60_000)
  expect(await listed()).toEqual([])
  expect((await at(it, 'GET', `/${id}`)).status).toBe(404)
})

test('without anything to verify against there is no verification, and other people are not verified here', async () => {
  const it = await waiting()
  expect((await at(it, 'POST', '', { userID: '@grace:beeper.com' })).status).toBe(404)
  await it.control.reset('needs-cross-signing-setup')
  const fresh = { ...it, token: await it.control.token() }
  expect((await at(fresh, 'POST', '', {})).status).toBe(409)
})

test('a code is plain letters on a strict server and bytes on a rich one', async () => {
  const it = await waiting()
  const codeOf = async (): Promise<string> => {
    const { id } = await create(it)
    await it.control.verification('accept', id)
    return (await look(it, id)).qr?.data ?? ''
  }
  expect(await codeOf()).toMatch(/^MATRIX[\w-]+$/)
  await it.control.wire({ profile: 'rich' })
  const bytes = await codeOf()
  expect(bytes.startsWith('MATRIX\u0002')).toBe(true)
  expect(Buffer.from(bytes, 'latin1').toString('latin1')).toBe(bytes)
})
