// From nobody to ready, and the ways it can go wrong.
import { describe, expect, test } from 'vitest'
import type { AppSetupState, SetupCompleteResponse } from '#contract/beeper/gen/types.gen'
import { zSetupRegistrationRequiredResponse } from '#contract/beeper/gen/zod.gen'
import { bench, until, type Bench, type Reply } from './testing.ts'

const post = (it: Bench, path: string, body?: object, token?: string): Promise<Reply> =>
  it.call('POST', `/v1/app/setup${path}`, { token, ...(body !== undefined && { body }) })

async function askForCode(it: Bench, email: string): Promise<string> {
  const { setupRequestID } = (await post(it, '/start')).body as { setupRequestID: string }
  expect((await post(it, '/email', { setupRequestID, email })).status).toBe(204)
  return setupRequestID
}

async function signIn(it: Bench, email: string): Promise<string> {
  const setupRequestID = await askForCode(it, email)
  const reply = await post(it, '/response', { setupRequestID, response: await it.control.newestCode(email) })
  return (reply.body as SetupCompleteResponse).matrix.accessToken
}

const stateOf = async (it: Bench, token?: string): Promise<AppSetupState> =>
  (await it.call('GET', '/v1/app/setup', { token })).body as AppSetupState

const reaches = (it: Bench, token: string, state: string): Promise<void> =>
  until(async () => (await stateOf(it, token)).state === state)

test('a new address registers, keeps a recovery key and becomes ready', async () => {
  const it = await bench()
  expect((await stateOf(it)).state).toBe('needs-login')
  const first = await askForCode(it, 'new@example.com')
  const code = await it.control.newestCode('new@example.com')
  const answer = await post(it, '/response', { setupRequestID: first, response: code })
  const registration = zSetupRegistrationRequiredResponse.parse(answer.body)
  expect(registration.setupRequestID).not.toBe(first)
  expect(registration.usernameSuggestions).toContain('new.chats')
  const { leadToken, setupRequestID } = registration
  const register = (username: string): Promise<Reply> =>
    post(it, '/register', { setupRequestID, leadToken, username, acceptTerms: true })
  expect((await register('taken')).status).toBe(409)
  expect((await register('grace')).status).toBe(409)
  expect((await register('No Good')).status).toBe(422)
  const done = (await register('newcomer')).body as SetupCompleteResponse
  expect(done.session.state).toBe('initializing')
  expect(done.matrix.userID).toBe('@newcomer:beeper.com')
  const token = done.matrix.accessToken
  await reaches(it, token, 'needs-cross-signing-setup')
  const { recoveryKey } = (await post(it, '/verification/recovery-key/reset', undefined, token)).body as {
    recoveryKey: string
  }
  expect((await stateOf(it, token)).e2ee.hasBackedUpRecoveryKey).toBe(false)
  await post(it, '/verification/recovery-key/reset/confirm', { recoveryKey }, token)
  await reaches(it, token, 'needs-first-sync')
  await reaches(it, token, 'ready')
  const { e2ee } = await stateOf(it, token)
  expect(e2ee).toMatchObject({ verified: true, firstSyncDone: true, hasBackedUpRecoveryKey: true })
})

describe('the code', () => {
  test('only the newest mail counts', async () => {
    const it = await bench({ scenario: 'existing-account' })
    const email = 'ada@example.com'
    const setupRequestID = await askForCode(it, email)
    const old = await it.control.newestCode(email)
    await post(it, '/email', { setupRequestID, email })
    const refused = await post(it, '/response', { setupRequestID, response: old })
    expect([refused.status, refused.body]).toEqual([400, expect.objectContaining({ code: 'invalid_code' })])
    const response = await it.control.newestCode(email)
    expect((await post(it, '/response', { setupRequestID, response })).status).toBe(200)
  })

  test('works once, and the account token is in that one answer only', async () => {
    const it = await bench({ scenario: 'existing-account' })
    const setupRequestID = await askForCode(it, 'ada@example.com')
    const response = await it.control.newestCode('ada@example.com')
    expect((await post(it, '/response', { setupRequestID, response })).text).toContain('accessToken')
    const again = await post(it, '/response', { setupRequestID, response })
    expect(again.status).toBe(409)
    expect(again.text).not.toContain('accessToken')
  })

  test('dies after ten minutes, its handle after thirty', async () => {
    const it = await bench({ scenario: 'existing-account' })
    const setupRequestID = await askForCode(it, 'ada@example.com')
    const response = await it.control.newestCode('ada@example.com')
    await it.control.step(11 * 60_000)
    expect((await post(it, '/response', { setupRequestID, response })).status).toBe(400)
    await it.control.step(20 * 60_000)
    expect((await post(it, '/response', { setupRequestID, response })).status).toBe(410)
  })

  test('cannot be guessed for ever, nor mailed for ever', async () => {
    const it = await bench({ scenario: 'existing-account' })
    const setupRequestID = await askForCode(it, 'ada@example.com')
    const statuses: number[] = []
    for (let n = 0; n < 11; n += 1)
      statuses.push((await post(it, '/response', { setupRequestID, response: 'no' })).status)
    expect(statuses.at(0)).toBe(400)
    expect(statuses.at(-1)).toBe(429)
    const mails: number[] = []
    for (let n = 0; n < 9; n += 1)
      mails.push((await post(it, '/email', { setupRequestID, email: 'ada@example.com' })).status)
    expect(mails.at(-1)).toBe(429)
  })

  test('an unknown handle is 404, an answer before the mail 409', async () => {
    const it = await bench()
    expect((await post(it, '/response', { setupRequestID: 'nobody', response: '1' })).status).toBe(404)
    const { setupRequestID } = (await post(it, '/start')).body as { setupRequestID: string }
    expect((await post(it, '/response', { setupRequestID, response: '1' })).status).toBe(409)
  })

  test('a rude server refuses it with 401', async () => {
    const it = await bench({ scenario: 'rude' })
    const setupRequestID = await askForCode(it, 'ada@example.com')
    expect((await post(it, '/response', { setupRequestID, response: 'no' })).status).toBe(401)
  })
})

describe('the recovery key', () => {
  test('unlocks an existing account, however it is spaced', async () => {
    const it = await bench({ scenario: 'existing-account' })
    const token = await signIn(it, 'ada@example.com')
    await reaches(it, token, 'needs-verification')
    const key = (await it.control.snapshot()).signedIn?.recoveryKey ?? ''
    const wrong = await post(it, '/verification/recovery-key', { recoveryKey: 'EsTc 1234' }, token)
    expect(wrong.status).toBe(400)
    expect(wrong.text).not.toContain('1234')
    expect((await stateOf(it, token)).state).toBe('needs-verification')
    const right = await post(it, '/verification/recovery-key', { recoveryKey: key.replaceAll(' ', '') }, token)
    expect(right.status).toBe(200)
    await reaches(it, token, 'ready')
  })

  test('can be replaced: only the newest new key counts, the old one stays until then', async () => {
    const it = await bench({ scenario: 'needs-verification' })
    const token = await it.control.token()
    const old = (await it.control.snapshot()).signedIn?.recoveryKey
    const reset = async (): Promise<string> =>
      ((await post(it, '/verification/recovery-key/reset', {}, token)).body as { recoveryKey: string }).recoveryKey
    const [first, second] = [await reset(), await reset()]
    const confirm = async (recoveryKey: string): Promise<number> =>
      (await post(it, '/verification/recovery-key/reset/confirm', { recoveryKey }, token)).status
    expect((await it.control.snapshot()).signedIn?.recoveryKey).toBe(old)
    expect(await confirm(first)).toBe(400)
    expect(await confirm(second)).toBe(200)
    // The answer may have been lost: asking again changes nothing and does not fail.
    expect(await confirm(second)).toBe(200)
    expect((await it.control.snapshot()).signedIn?.recoveryKey).toBe(second)
  })

  test('a wrong old key does not make a new one', async () => {
    const it = await bench({ scenario: 'needs-verification' })
    const token = await it.control.token()
    const reply = await post(it, '/verification/recovery-key/reset', { existingRecoveryKey: 'Es no' }, token)
    expect(reply.status).toBe(400)
  })
})

test.each([
  ['initializing', 'initializing'],
  ['needs-cross-signing-setup', 'needs-cross-signing-setup'],
  ['needs-verification', 'needs-verification'],
  ['needs-secrets', 'needs-secrets'],
  ['needs-first-sync', 'needs-first-sync'],
  ['unknown-state', 'needs-account-migration'],
  ['ready', 'ready'],
] as const)('the scenario %s starts in %s', async (scenario, state) => {
  const it = await bench({ scenario, timeScale: 0 })
  expect((await stateOf(it, await it.control.token())).state).toBe(state)
})

test('signing out elsewhere ends every token and starts over', async () => {
  const it = await bench({ scenario: 'ready' })
  const token = await it.control.token()
  await it.control.signOut()
  expect((await it.call('GET', '/v1/accounts', { token })).status).toBe(401)
  expect((await stateOf(it)).state).toBe('needs-login')
  expect((await stateOf(it)).matrix).toBeUndefined()
})

test('the same seed tells the same story', async () => {
  const tell = async (seed: number): Promise<string> => {
    const it = await bench({ scenario: 'existing-account', seed })
    const token = await signIn(it, 'ada@example.com')
    return `${token} ${await it.control.newestCode('ada@example.com')}`
  }
  expect(await tell(7)).toBe(await tell(7))
  expect(await tell(7)).not.toBe(await tell(8))
})
