import { afterEach, describe, expect, test } from 'vitest'
import { sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { register, respond, sendEmail, start } from './setup.ts'

const servers: TestServer[] = []
async function answering(
  status: number,
  body: unknown = { code: 'x', message: 'Words.' },
  retryAfter = '0',
): Promise<{ origin: string }> {
  const server = await serve((answer) => {
    sendJSON(answer, status, body, { 'retry-after': retryAfter })
  })
  servers.push(server)
  return { origin: server.origin }
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const code = (result: { ok: true } | { ok: false; problem: { code: string } }): string =>
  result.ok ? 'ok' : result.problem.code
const statuses = [400, 401, 403, 404, 409, 410, 418, 422, 426, 429, 500, 502] as const

/** What each status means to each call, in the order of `statuses`. */
const meanings = {
  start: 'beeper.rejected beeper.token-refused account.sign-in-unavailable account.sign-in-unavailable account.sign-in-unavailable beeper.not-found beeper.rejected beeper.rejected account.client-outdated beeper.rate-limited beeper.fault beeper.upstream',
  sendEmail: 'account.address-refused account.address-refused account.address-refused account.request-gone account.request-gone account.request-gone account.address-refused account.address-refused account.client-outdated beeper.rate-limited beeper.fault beeper.upstream',
  respond: 'account.code-refused account.code-refused account.code-refused account.request-gone account.request-gone account.request-gone account.code-refused account.code-refused account.client-outdated beeper.rate-limited beeper.fault beeper.upstream',
  register: 'account.username-refused account.request-gone account.request-gone account.request-gone account.username-taken account.request-gone beeper.rejected account.username-refused account.client-outdated beeper.rate-limited beeper.fault beeper.upstream',
} // prettier-ignore

const calls = {
  start: (target) => start(target),
  sendEmail: (target) => sendEmail(target, 'r', 'e'),
  respond: (target) => respond(target, 'r', 'c'),
  register: (target) => register(target, 'r', 'l', 'u'),
} satisfies Record<
  keyof typeof meanings,
  (target: { origin: string }) => Promise<{ ok: true } | { ok: false; problem: { code: string } }>
>

const cells = (Object.keys(calls) as (keyof typeof calls)[]).flatMap((name) =>
  meanings[name].split(' ').map((meant, index) => [name, statuses[index] ?? 0, meant] as const),
)

test('every status has a meaning for every call', () => {
  expect(cells).toHaveLength(Object.keys(calls).length * statuses.length)
})

test.each(cells)('%s answered with %d is %s', async (name, status, meant) => {
  const result = await calls[name](await answering(status))
  expect(code(result)).toBe(meant)
  expect(result).toMatchObject({ problem: { says: 'Words.' } })
})

const signInCalls = ['start', 'sendEmail', 'respond', 'register'] as const

test.each(signInCalls)(
  '%s answered with 426 is not to be tried again, and keeps the words of the server',
  async (name) => {
    const target = await answering(426, { code: 'upgrade_required', message: 'Please update to the newest version.' })
    expect(await calls[name](target)).toMatchObject({
      problem: {
        code: 'account.client-outdated',
        retry: 'never',
        says: 'Please update to the newest version.',
        detail: expect.stringContaining('426') as unknown,
      },
    })
    expect(servers.flatMap((server) => server.heard)).toHaveLength(1)
  },
)

test.each([403, 404, 409])('start refused with %d is not to be tried again', async (status) => {
  expect(await start(await answering(status))).toMatchObject({
    problem: { code: 'account.sign-in-unavailable', retry: 'never', says: 'Words.' },
  })
})

test.each(signInCalls)('%s answered with 429 keeps the words and the wait of the server', async (name) => {
  // As Beeper's cloud has said it of a client that is too old (semantics 10). `start` waits as it is told, so it is told none.
  const [header, waitMs] = name === 'start' ? ['0', 0] : ['30', 30_000]
  const target = await answering(429, { code: 'rate_limited', message: 'Client out of date.' }, header)
  expect(await calls[name](target)).toMatchObject({
    problem: { code: 'beeper.rate-limited', retry: 'later', says: 'Client out of date.', waitMs },
  })
})

const matrix = {
  userID: '@sam:beeper.com',
  deviceID: 'D',
  homeserver: 'https://matrix.beeper.com',
  accessToken: 'SECRET',
}

describe('good answers', () => {
  test('start gives the handle', async () => {
    expect(await start(await answering(200, { setupRequestID: 'r1', signInMethods: [] }))).toEqual({
      ok: true,
      value: 'r1',
    })
  })

  test('respond gives the sign-in', async () => {
    const target = await answering(200, { matrix, session: setupBody('initializing') })
    expect(await respond(target, 'r', 'c')).toMatchObject({
      ok: true,
      value: { kind: 'signed-in', token: 'SECRET', userID: '@sam:beeper.com', setup: { state: 'initializing' } },
    })
  })

  test('or what a new account needs, with the handle of that answer', async () => {
    const copy = { title: 'T', usernamePlaceholder: 'U', submit: 'S', terms: 'A' }
    const target = await answering(200, { registrationRequired: true, setupRequestID: 'r2', leadToken: 'lead', copy })
    expect(await respond(target, 'r', 'c')).toEqual({
      ok: true,
      value: {
        kind: 'registration',
        requestID: 'r2',
        leadToken: 'lead',
        title: 'T',
        usernamePlaceholder: 'U',
        submitLabel: 'S',
        terms: 'A',
        suggestions: [],
      },
    })
  })

  test('a token that is missing from a good answer makes it unreadable, so that it is looked for on the server', async () => {
    const target = await answering(200, { matrix: { ...matrix, accessToken: undefined }, session: setupBody('ready') })
    expect(code(await respond(target, 'r', 'c'))).toBe('beeper.unreadable')
  })
})
