// What a finished sign-in leaves behind: accounts and logins, broken, renewed and removed.
import { describe, expect, test } from 'vitest'
import type { Account, Bridge, BridgeLogin } from '#contract/beeper/gen/types.gen'
import { readyBench, until, Visit, type Bench } from './testing.ts'

type Ready = Bench & { readonly token: string }

async function whatsapp(options: { readonly timeScale?: number } = {}): Promise<{ it: Ready; visit: Visit }> {
  const it = await readyBench({ timeScale: 20, ...options })
  const visit = new Visit(it, 'local-whatsapp')
  await visit.start({ flowID: 'qr' })
  return { it, visit }
}

const accounts = async (it: Ready): Promise<Account[]> =>
  (await it.call('GET', '/v1/accounts', { token: it.token })).body as Account[]

describe('accounts', () => {
  test('appear with their bridge, and the Beeper account is always among them', async () => {
    const { it, visit } = await whatsapp()
    await it.control.scan(visit.code, 'scan_other')
    expect(await visit.go()).toMatchObject({
      login: { loginID: '14155550199', removeScopes: ['current-device', 'all-devices'] },
    })
    const list = await accounts(it)
    expect(list.filter(({ bridge }) => bridge.type === 'matrix')).toHaveLength(1)
    expect(list.filter(({ bridge }) => bridge.id === 'local-whatsapp')).toHaveLength(2)
    const reply = await it.call('GET', '/v1/bridges/local-whatsapp', { token: it.token })
    expect(reply.body).toMatchObject({ activeAccountCount: 2, status: 'available' } satisfies Partial<Bridge>)
    await until(async () => (await accounts(it)).every(({ status }) => status === 'connected'))
  })

  test('connected twice are there once (R10)', async () => {
    const { it, visit } = await whatsapp()
    await it.control.scan(visit.code)
    expect((await visit.go()).status).toBe('complete')
    expect((await accounts(it)).filter(({ bridge }) => bridge.id === 'local-whatsapp')).toHaveLength(1)
    const path = `${visit.path}/steps/fi.mau.whatsapp.login.complete`
    const late = await it.call('POST', path, { token: it.token, body: { type: 'display_and_wait' } })
    expect(late.status).toBe(410)
  })

  test('follow a bare complete step seconds later where the wire is rich (R25)', async () => {
    const it = await readyBench({ timeScale: 1 })
    await it.control.wire({ profile: 'rich' })
    const visit = new Visit(it, 'local-signal')
    await visit.start({})
    await it.control.scan(visit.code)
    const session = await visit.go()
    expect(session).toMatchObject({ status: 'complete', currentStep: { type: 'complete' } })
    expect(session.account).toBeUndefined()
    expect(await accounts(it)).toHaveLength(3)
    await it.control.step(4_000)
    expect(await accounts(it)).toHaveLength(4)
  })

  test('renewed as somebody else replace the old login (R9)', async () => {
    const it = await readyBench()
    const visit = new Visit(it, 'local-whatsapp')
    const started = await visit.start({ flowID: 'qr', loginID: '14155550123' })
    expect(started).toMatchObject({ loginID: '14155550123', accountID: 'local-whatsapp_ba_ada' })
    await it.control.scan(visit.code, 'scan_other')
    await visit.go()
    const logins = await it.call('GET', '/v1/bridges/local-whatsapp/logins', { token: it.token })
    expect((logins.body as { items: BridgeLogin[] }).items.map(({ loginID }) => loginID)).toEqual(['14155550199'])
  })

  test('broken and renewed as themselves are connected again', async () => {
    const it = await readyBench()
    await it.control.account({ accountID: 'local-whatsapp_ba_ada', code: 'wa-logged-out' })
    const login = await it.call('GET', '/v1/bridges/local-whatsapp/logins/14155550123', { token: it.token })
    expect(login.body).toMatchObject({ status: 'needs_login', statusText: 'Another device signed this one out' })
    const visit = new Visit(it, 'local-whatsapp')
    await visit.start({ accountID: 'local-whatsapp_ba_ada', flowID: 'phone' })
    expect(visit.step.stepID).toBe('fi.mau.whatsapp.login.code')
    await it.control.event(visit.session.loginSessionID, 'code_entered')
    expect((await visit.go()).status).toBe('complete')
    await until(async () => (await accounts(it)).every(({ status }) => status === 'connected'))
  })

  test('are removed in the scopes a login offers', async () => {
    const it = await readyBench()
    await it.control.connect('slackgo', 'ada')
    const remove = (path: string, scope: string) =>
      it.call('POST', `/v1/bridges/${path}/remove`, { token: it.token, body: { scope } })
    expect((await remove('slackgo/logins/T0EXAMPLE1-U0EXAMPLE1', 'current-device')).status).toBe(400)
    const done = await remove('slackgo/logins/T0EXAMPLE1-U0EXAMPLE1', 'all-devices')
    expect(done.body).toMatchObject({ status: 'removed', affectedAccountIDs: ['slackgo.T0EXAMPLE1-U0EXAMPLE1'] })
    expect((await remove('slackgo/logins/T0EXAMPLE1-U0EXAMPLE1', 'all-devices')).status).toBe(404)
  })

  test('with any character in their ID are found when it is percent-encoded (R29)', async () => {
    const it = await readyBench()
    const { networks } = it.simulator.world
    const { entry } = networks.find('local-signal')
    const loginID = 'a/b?c%2F#d é'
    const people = { odd: { loginID, accountIDs: ['odd/1'], user: { id: 'odd', isSelf: true }, text: '' } }
    networks.add({ ...entry, people })
    await it.control.connect('local-signal', 'odd')
    const path = `/v1/bridges/local-signal/logins/${encodeURIComponent(loginID)}`
    expect((await it.call('GET', path, { token: it.token })).body).toMatchObject({ loginID })
    const account = await it.call('GET', `/v1/accounts/${encodeURIComponent('odd/1')}`, { token: it.token })
    expect(account.body).toMatchObject({ accountID: 'odd/1' })
  })
})

test('there are two hundred networks with a thousand accounts, and listing them is quick', async () => {
  const it = await readyBench({ scenario: 'hundreds' })
  const began = performance.now()
  const { items } = (await it.call('GET', '/v1/bridges', { token: it.token })).body as { items: Bridge[] }
  expect(performance.now() - began).toBeLessThan(1_000)
  expect(items).toHaveLength(200)
  expect(new Set(items.map(({ id }) => id)).size).toBe(200)
  const accountIDs = items.flatMap((bridge) => bridge.accounts.map(({ accountID }) => accountID))
  expect(accountIDs).toHaveLength(1_000)
  expect(new Set(accountIDs).size).toBe(1_000)
  const visit = new Visit(it, 'local-telegram-100')
  await visit.start({ flowID: 'qr' })
  await it.control.scan(visit.code)
  expect((await visit.go()).status).toBe('complete')
})
