// Whatever anybody sends in whatever order, the simulator never breaks down and never answers out of shape.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zError, zOAuthError } from '#contract/beeper/gen/zod.gen'
import { operationIDs, rowOf, type OperationID } from './operation.ts'
import { scenarioNames } from './scenarios/register.ts'
import { bench, type Bench } from './testing.ts'

// Values that mean something here and there, so that random calls get past the first check.
const words = [
  'local-whatsapp', 'local-telegram', 'slackgo', 'qr', 'phone', 'ada@example.com', 'login', 'display_and_wait', 'user_input',
  'all-devices', '14155550123', 'fi.mau.whatsapp.login.qr', '', '%', '../..', 'é/ß', '0',
] // prettier-ignore
const bodyKeys = [
  'setupRequestID', 'email', 'response', 'leadToken', 'username', 'recoveryKey', 'purpose', 'data', 'flowID', 'loginID', 'type',
  'scope', 'token', 'code', 'code_verifier', 'grant_type', 'client_name',
] // prettier-ignore

const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.string() })
const body = fc.oneof(
  fc.constant(undefined),
  fc.dictionary(fc.constantFrom(...bodyKeys), fc.oneof(word, fc.boolean(), fc.constant(null)), { maxKeys: 4 }),
  fc.jsonValue({ maxDepth: 2 }),
)
const call = fc.record({
  operation: fc.constantFrom(...operationIDs.filter((id) => id !== 'connectEvents')),
  values: fc.array(word, { minLength: 3, maxLength: 3 }),
  body,
  hasToken: fc.boolean(),
  learns: fc.boolean(),
})

type Made = typeof call extends fc.Arbitrary<infer T> ? T : never

interface Known {
  readonly ids: string[]
}

function pathFor(operation: OperationID, values: readonly string[]): string {
  const rest = [...values]
  return rowOf(operation).path.replace(/\{\w+\}/g, () => encodeURIComponent(rest.shift() ?? 'x') || 'x')
}

async function send(it: Bench, made: Made, token: string, known: Known): Promise<void> {
  const { method } = rowOf(made.operation)
  const values = made.learns ? [...known.ids.slice(-1), ...made.values] : made.values
  const isForm = rowOf(made.operation).bodyType === 'application/x-www-form-urlencoded'
  const entries: [string, unknown][] =
    typeof made.body === 'object' && made.body !== null ? Object.entries(made.body) : []
  // A submit may well wait for a phone that nobody holds.
  const signal = AbortSignal.timeout(made.operation === 'submitLoginStep' ? 100 : 5_000)
  const sent = it.call(method, pathFor(made.operation, values), {
    signal,
    ...(made.hasToken && { token }),
    ...(method !== 'GET' && made.body !== undefined && !isForm && { body: made.body }),
    ...(isForm && { form: Object.fromEntries(entries.map(([key, value]) => [key, JSON.stringify(value)])) }),
  })
  const reply = await sent.catch(() => undefined)
  expect(reply !== undefined || made.operation === 'submitLoginStep', made.operation).toBe(true)
  if (reply === undefined) return
  // Bridges answer misuse with 500 of their own where the wire is rich.
  const isBridge = reply.text.includes('M_BAD_STATE')
  if (!isBridge) expect(reply.status, `${made.operation}: ${reply.text}`).toBeLessThan(500)
  if (reply.status >= 400 && made.operation !== 'oauth_authorize') {
    const isOAuth = rowOf(made.operation).path.startsWith('/oauth/') && reply.status === 400
    expect((isOAuth ? zOAuthError : zError).safeParse(reply.body).success, reply.text).toBe(true)
  }
  if (typeof reply.body === 'object' && reply.body !== null) {
    known.ids.push(...Object.values(reply.body).filter((value) => typeof value === 'string'))
  }
}

test('random calls in random worlds', async () => {
  const it = await bench()
  const story = fc.record({
    scenario: fc.constantFrom(...scenarioNames.filter((name) => name !== 'hundreds')),
    calls: fc.array(call, { minLength: 1, maxLength: 20 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ calls, scenario }) => {
      await it.control.reset(scenario)
      const token = await it.control.token()
      const known: Known = { ids: [] }
      for (const made of calls) await send(it, made, token, known)
      expect(it.simulator.world.traffic.bugs).toEqual([])
    }),
    { numRuns: 60 },
  )
}, 60_000)
