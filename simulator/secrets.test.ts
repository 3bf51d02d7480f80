// SEC-1 rests on this list: what is not in it is not looked for.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SetupCompleteResponse, SetupRegistrationRequiredResponse } from '#contract/beeper/gen/types.gen'
import { Secrets, type SecretName } from './secrets.ts'
import { bench, readyBench, Visit, type Bench, type Reply } from './testing.ts'

const valuesOf = (it: Bench, name: SecretName): string[] =>
  it.simulator.world.secrets().flatMap((secret) => (secret.name === name ? [secret.value] : []))

const post = (it: Bench, path: string, body?: object, token?: string): Promise<Reply> =>
  it.call('POST', `/v1/app/setup${path}`, { token, ...(body !== undefined && { body }) })

test('SEC-1: a sign-in, from the request to the recovery key', async () => {
  const it = await bench()
  const { setupRequestID: first } = (await post(it, '/start')).body as { setupRequestID: string }
  const email = 'new@example.com'
  await post(it, '/email', { setupRequestID: first, email })
  const old = await it.control.newestCode(email)
  await post(it, '/email', { setupRequestID: first, email })
  const code = await it.control.newestCode(email)
  await post(it, '/response', { setupRequestID: first, response: 'typed wrong' })
  const answer = (await post(it, '/response', { setupRequestID: first, response: code })).body
  const { leadToken, setupRequestID } = answer as SetupRegistrationRequiredResponse
  const registration = { setupRequestID, leadToken, username: 'newcomer', acceptTerms: true }
  const { accessToken } = ((await post(it, '/register', registration)).body as SetupCompleteResponse).matrix
  // Out of `initializing`, in which there are no keys.
  await it.control.step(2_000)
  const reset = (await post(it, '/verification/recovery-key/reset', undefined, accessToken)).body
  const { recoveryKey: unconfirmed } = reset as { recoveryKey: string }
  const again = { existingRecoveryKey: 'Es typed old' }
  await post(it, '/verification/recovery-key/reset', again, accessToken)
  await post(it, '/verification/recovery-key', { recoveryKey: 'Es typed' }, 'a dead token')
  await it.control.signOut()

  expect(valuesOf(it, 'setup-request')).toEqual([first])
  expect(valuesOf(it, 'registration-request')).toEqual([setupRequestID])
  expect(valuesOf(it, 'mail-code')).toEqual([old, code, 'typed wrong'])
  expect(valuesOf(it, 'lead-token')).toEqual([leadToken])
  expect(valuesOf(it, 'account-token')).toEqual([accessToken])
  const keys = valuesOf(it, 'recovery-key')
  expect(keys).toEqual(
    expect.arrayContaining([unconfirmed, unconfirmed.replaceAll(' ', ''), 'Es typed old', 'Es typed']),
  )
  expect(valuesOf(it, 'unknown-token')).toEqual([])
})

test('SEC-1: consent, tokens of every source, and those that are over', async () => {
  const it = await bench({ scenario: 'signed-in-elsewhere' })
  const verifier = 'a-verifier-that-is-long-enough-for-the-rules-0123456789'
  const redirectURI = 'http://127.0.0.1:9/callback'
  const body = { client_name: 'Drawbridge', redirect_uris: [redirectURI] }
  const { client_id } = (await it.call('POST', '/oauth/register', { body })).body as { client_id: string }
  const query = new URLSearchParams({
    client_id,
    redirect_uri: redirectURI,
    response_type: 'code',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    state: 'a state of mine',
  })
  const url = `${it.simulator.origin}/oauth/authorize?${query.toString()}`
  const code = new URL(await it.control.consent(url, 'allow', false)).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
  // The answer is lost, and the secret with it: it was made all the same.
  await it.control.fault({ operation: 'oauth_token', dropAfterEffect: true, times: 1 })
  await expect(it.call('POST', '/oauth/token', { form })).rejects.toThrow()
  const manual = await it.control.token()
  const account = await it.control.token({ source: 'account', expiresInMs: 1_000 })
  await it.control.step(2_000)
  await it.call('POST', '/oauth/revoke', { form: { token: manual } })
  await it.call('POST', '/oauth/revoke', { form: { token: 'revoked elsewhere' } })
  await it.call('POST', '/oauth/introspect', { form: { token: 'asked about' } })
  await it.call('GET', '/v1/accounts', { token: 'pasted' })

  expect(valuesOf(it, 'oauth-state')).toEqual(['a state of mine'])
  expect(valuesOf(it, 'authorization-code')).toEqual([code])
  expect(valuesOf(it, 'pkce-verifier')).toEqual([verifier])
  expect(valuesOf(it, 'oauth-token')).toEqual([expect.stringMatching(/^bpr_\w{40}$/)])
  expect(valuesOf(it, 'manual-token')).toEqual([manual])
  expect(valuesOf(it, 'account-token')).toEqual([account])
  expect(valuesOf(it, 'unknown-token')).toEqual(['revoked elsewhere', 'asked about', 'pasted'])
})

test('SEC-1: what is typed and collected at networks, also too late, and nothing that anybody may know', async () => {
  const it = await readyBench({ scenario: 'signed-in-elsewhere' })
  const telegram = new Visit(it, 'local-telegram')
  await telegram.start({ flowID: 'phone' })
  await telegram.go({ 'fi.mau.telegram.login.phone_number': '+14155550123' })
  await telegram.submit({ 'fi.mau.telegram.login.code': '10101' })
  const facebook = new Visit(it, 'local-facebook')
  await facebook.start({ flowID: 'facebook' })
  await facebook.submit({ c_user: '100012', xs: 'xs value', surprise: 'more' })
  const gone = `/v1/bridges/local-facebook/login-sessions/over/steps/sample`
  const fields = { username: 'ada', password: 'hunter2hunter2' }
  const late = await it.call('POST', gone, { token: it.token, body: { type: 'user_input', fields } })
  expect(late.status).toBe(404)
  const slack = { type: 'user_input', fields: { bot_token: 'xoxb-1', app_token: 'xapp-1', email: 'ada@example.com' } }
  await it.call('POST', '/v1/bridges/slackgo/login-sessions/over/steps/sample', { token: it.token, body: slack })

  expect(valuesOf(it, 'network-code')).toEqual(['10101'])
  expect(valuesOf(it, 'network-cookie')).toEqual(['100012', 'xs value', 'more'])
  expect(valuesOf(it, 'network-password')).toEqual(['hunter2hunter2'])
  expect(valuesOf(it, 'network-token')).toEqual(['xoxb-1', 'xapp-1'])
  const all = it.simulator.world.secrets().map(({ value }) => value)
  for (const known of ['+14155550123', 'ada', 'ada@example.com']) expect(all).not.toContain(known)
})

test('the list starts anew with the world, and is not for the control API', async () => {
  const it = await readyBench()
  const { world } = it.simulator
  expect(world.secrets()).toEqual([{ name: 'manual-token', value: it.token }])
  expect((await fetch(`${it.simulator.controlURL}/secrets`)).status).toBe(404)
  expect(JSON.stringify(await it.control.snapshot())).not.toContain(it.token)
  await it.control.reset('new-account')
  expect(world.secrets()).toEqual([])
})

test('bodies that are nonsense are no reason to fail', async () => {
  const it = await readyBench()
  const path = '/v1/bridges/local-facebook/login-sessions/over/steps/sample'
  for (const body of [null, 1, [], 'text', { fields: null }, { fields: [1] }, { fields: { password: 1 } }]) {
    expect((await it.call('POST', path, { token: it.token, body })).status).toBe(400)
  }
  expect(it.simulator.world.secrets()).toHaveLength(1)
})

test('a value is kept once, under the name it was first met by, and a key without its blanks as well', () => {
  const secrets = new Secrets()
  secrets.note('mail-code', '123456')
  secrets.note('network-code', '123456')
  secrets.note('recovery-key', 'EsTc abcd')
  secrets.note('lead-token', '')
  expect(secrets.all()).toEqual([
    { name: 'mail-code', value: '123456' },
    { name: 'recovery-key', value: 'EsTc abcd' },
    { name: 'recovery-key', value: 'EsTcabcd' },
  ])
})
