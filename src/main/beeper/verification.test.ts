import type { Heard, TestServer } from '../testing/http-server.ts'
import { sendJSON, setupBody } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { describe, expect, test } from 'vitest'
import {
  actOnVerification,
  cancelVerification,
  readVerifications,
  requestVerification,
  scanCode,
} from './verification.ts'

const at = ({ origin }: { readonly origin: string }): { origin: string; token: string } => ({ origin, token: 't' })
const verification = (id: string, more: object = {}): object => ({
  id,
  purpose: 'login',
  direction: 'outgoing',
  state: 'requested',
  methods: ['sas'],
  availableActions: ['cancel'],
  ...more,
})
const session = (current?: object): object => ({ ...setupBody('needs-verification'), verification: current })

/** Answers the first request with the first of these, and so on; every further one with the last. */
async function answering(...answers: readonly (readonly [status: number, body?: unknown])[]): Promise<TestServer> {
  let count = 0
  return started((answer) => {
    const [status, body = { code: 'x', message: 'Words.' }] = answers[Math.min(count, answers.length - 1)] ?? [500]
    count += 1
    sendJSON(answer, status, body, { 'retry-after': '0' })
  })
}
const asked = ({ heard }: TestServer): string[] =>
  heard.map(({ method, url, body }: Heard) => `${method} ${url.replace('/v1/app/setup/verifications', '')} ${body}`)

const binary = 'MATRIX\u0002\u0000é\u00ff'
const calls = {
  read: (server: TestServer) => readVerifications(at(server)),
  request: (server: TestServer) => requestVerification(at(server)),
  accept: (server: TestServer) => actOnVerification(at(server), 'v', 'accept'),
  compare: (server: TestServer) => actOnVerification(at(server), 'v', 'sas.start'),
  match: (server: TestServer) => actOnVerification(at(server), 'v', 'sas.confirm'),
  scanned: (server: TestServer) => actOnVerification(at(server), 'v', 'qr.confirmScanned'),
  cancel: (server: TestServer) => cancelVerification(at(server), 'v', 'user'),
  scan: (server: TestServer) => scanCode(at(server), 'MATRIXtext'),
  'scan of bytes': (server: TestServer) => scanCode(at(server), binary),
}
const statuses = [400, 401, 403, 404, 409, 410, 422, 429, 500, 502] as const
const usual = [
  'beeper.rejected', 'beeper.token-refused', 'beeper.missing-scope', 'beeper.not-found', 'beeper.conflict',
  'beeper.not-found', 'beeper.rejected', 'beeper.rate-limited', 'beeper.fault', 'beeper.upstream',
] // prettier-ignore
/** The usual meanings, but for these. */
const but = (codes: Readonly<Partial<Record<(typeof statuses)[number], string>>>): readonly string[] =>
  usual.map((code, index) => codes[statuses[index] ?? 500] ?? code)
const gone = 'security.verification-gone'
const none = 'security.nothing-to-verify-with'
const unread = 'security.code-not-read'
const step = but({ 404: gone, 409: 'security.too-late', 410: gone })
const scanning = but({ 400: unread, 404: unread, 409: unread, 410: unread, 422: unread })

/** What each status means to each call, in the order of `statuses`. */
const meanings: Readonly<Record<keyof typeof calls, readonly string[]>> = {
  read: usual,
  request: but({ 400: none, 404: none, 409: none, 422: none }),
  accept: step,
  compare: step,
  match: step,
  scanned: step,
  cancel: but({ 404: 'ok', 409: 'ok', 410: 'ok' }),
  scan: scanning,
  'scan of bytes': scanning,
}
const names = Object.keys(calls) as (keyof typeof calls)[]
const cells = names.flatMap((name) => statuses.map((status, index) => [name, status, meanings[name][index]] as const))
/** These ask a second time after a refusal of what they sent. */
const asksTwice = (name: keyof typeof calls, status: number): boolean =>
  [400, 422].includes(status) && (name === 'request' || name === 'scan of bytes')

describe('refusals', () => {
  test.each(cells)('%s answered with %d is %s', async (name, status, meant) => {
    const server = await answering([status])
    const result = await calls[name](server)
    expect(result.ok ? 'ok' : result.problem.code).toBe(meant)
    if (!result.ok) expect(result.problem.says).toBe('Words.')
    expect(server.heard).toHaveLength(asksTwice(name, status) ? 2 : 1)
  })

  test.each(names)('RUN-1: %s is not repeated when its answer is lost or cannot be read', async (name) => {
    for (const lose of [
      (answer: { socket: { resetAndDestroy(): unknown } | null }) => void answer.socket?.resetAndDestroy(),
      (answer: { end(text: string): unknown }) => void answer.end('{"session":'),
    ]) {
      const server = await started(lose)
      expect((await calls[name](server)).ok).toBe(false)
      expect(server.heard).toHaveLength(1)
    }
  })

  test.each([
    [404, 'now'],
    [410, 'now'],
    [409, 'never'],
  ])('a step refused with %d can be tried again: %s', async (status, retry) => {
    expect(await calls.match(await answering([status]))).toMatchObject({ problem: { retry } })
  })
})

describe('readVerifications', () => {
  test('gives all of them as the server lists them, ended ones too', async () => {
    const server = await answering([
      200,
      { items: [verification('v1', { state: 'done' }), verification('v2'), verification('v1')] },
    ])
    const result = await readVerifications(at(server))
    expect(result.ok && result.value.map(({ verificationID, state }) => [verificationID, state])).toEqual([
      ['v1', 'done'],
      ['v2', 'requested'],
      ['v1', 'requested'],
    ])
    expect(asked(server)).toEqual(['GET  '])
  })
})

describe('requestVerification', () => {
  const opened = [200, { session: session(), verification: verification('v1') }] as const

  test('opens one for the login', async () => {
    const server = await answering(opened)
    expect(await calls.request(server)).toMatchObject({
      ok: true,
      value: { setup: { state: 'needs-verification' }, verification: { verificationID: 'v1' } },
    })
    expect(asked(server)).toEqual(['POST  {"purpose":"login"}'])
  })

  test.each([400, 422])('without a purpose once that is refused with %d', async (status) => {
    const server = await answering([status], opened)
    expect(await calls.request(server)).toMatchObject({ ok: true, value: { verification: { verificationID: 'v1' } } })
    expect(asked(server)).toEqual(['POST  {"purpose":"login"}', 'POST  {}'])
  })

  test('a second answer that is lost says nothing about devices', async () => {
    expect(await calls.request(await answering([400], [502]))).toMatchObject({ problem: { code: 'beeper.upstream' } })
  })

  test('does not take the one that is current for the one it opened', async () => {
    const server = await answering([200, { session: session(verification('older')) }])
    expect(await calls.request(server)).toMatchObject({
      ok: true,
      value: { setup: { verification: { verificationID: 'older' } }, verification: undefined },
    })
  })
})

describe('actOnVerification', () => {
  test.each([
    ['accept', '/accept'],
    ['sas.start', '/sas/start'],
    ['sas.confirm', '/sas/confirm'],
    ['qr.confirmScanned', '/qr/confirm-scanned'],
  ] as const)('%s is a POST without a body', async (action, path) => {
    const server = await answering([200, { session: session(), verification: verification('v') }])
    expect(await actOnVerification(at(server), 'v', action)).toMatchObject({
      ok: true,
      value: { verification: { verificationID: 'v' } },
    })
    expect(asked(server)).toEqual([`POST /v${path} `])
  })

  test.each([
    ['the one of the session, when it is the same', session(verification('v', { state: 'ready' })), undefined, 'ready'],
    ['none, when the session has another', session(verification('w')), undefined, undefined],
    ['none, when there is none at all', session(), undefined, undefined],
    ['none, when the answer is about another', session(), verification('w'), undefined],
    [
      'its own, rather than that of the session',
      session(verification('v')),
      verification('v', { state: 'done' }),
      'done',
    ],
  ])('tells %s', async (_, answered, own, state) => {
    const result = await calls.accept(await answering([200, { session: answered, verification: own }]))
    expect(result.ok ? result.value.verification?.state : 'failed').toBe(state)
  })

  test.each([
    ['../x', '..%2Fx'],
    ['a/b', 'a%2Fb'],
    ['active?', 'active%3F'],
    ['#', '%23'],
    ['a%2e', 'a%252e'],
    ['ä b', '%C3%A4%20b'],
  ])('an ID "%s" stays one part of the path', async (id, encoded) => {
    const server = await answering([404])
    await actOnVerification(at(server), id, 'accept')
    await cancelVerification(at(server), id, 'user')
    expect(server.heard.map(({ url }) => url)).toEqual([
      `/v1/app/setup/verifications/${encoded}/accept`,
      `/v1/app/setup/verifications/${encoded}/cancel`,
    ])
  })

  test.each(['', '.', '..'])('an ID "%s" would name another path, and nothing is sent', async (id) => {
    const server = await answering([200, { session: session() }])
    expect(await actOnVerification(at(server), id, 'sas.confirm')).toMatchObject({ ok: false })
    expect(await cancelVerification(at(server), id, 'mismatch')).toMatchObject({ ok: false })
    expect(server.heard).toEqual([])
  })
})

describe('cancelVerification', () => {
  test.each([
    ['user', { code: 'm.user', reason: 'Cancelled by the user' }],
    ['mismatch', { code: 'm.mismatched_sas', reason: 'The emojis did not match' }],
  ] as const)('says %s in the words of Matrix', async (reason, body) => {
    const cancelled = verification('v', { state: 'cancelled', availableActions: [] })
    const server = await answering([200, { session: session(), verification: cancelled }])
    expect(await cancelVerification(at(server), 'v', reason)).toMatchObject({
      value: { verification: { state: 'cancelled' } },
    })
    expect(asked(server)).toEqual([`POST /v/cancel ${JSON.stringify(body)}`])
  })

  test.each([404, 409, 410])('one that is over already (%d) is no problem', async (status) => {
    expect(await calls.cancel(await answering([status]))).toEqual({ ok: true, value: undefined })
  })
})

describe('scanCode', () => {
  const read = [200, { session: session(), verification: verification('v1') }] as const

  test.each([binary, 'MATRIXtext', ' Ада🔑\n'])('sends %j as it is', async (data) => {
    const server = await answering(read)
    expect(await scanCode(at(server), data)).toMatchObject({
      ok: true,
      value: { verification: { verificationID: 'v1' } },
    })
    expect(server.heard.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ data }])
  })

  test.each([400, 422])('sends bytes in base64 once that is refused with %d', async (status) => {
    const server = await answering([status], read)
    expect(await calls['scan of bytes'](server)).toMatchObject({ ok: true })
    const sent = server.heard.map(({ body }) => (JSON.parse(body) as { data: string }).data)
    expect(sent).toEqual([binary, Buffer.from(binary, 'latin1').toString('base64')])
    expect(Buffer.from(sent[1] ?? '', 'base64')).toEqual(Buffer.from([77, 65, 84, 82, 73, 88, 2, 0, 0xe9, 0xff]))
  })

  test('sends letters once, and a code that the server does not know is told as that', async () => {
    const server = await answering([400], read)
    expect(await calls.scan(server)).toMatchObject({ problem: { code: unread, retry: 'now' } })
    expect(server.heard).toHaveLength(1)
  })
})
