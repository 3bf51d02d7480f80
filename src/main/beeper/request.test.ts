import { operations } from '#contract/beeper/gen/operations.gen'
import http from 'node:http'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sendJSON, setupBody } from '../testing/http-server.ts'
import { codeOf, started } from '../testing/short-lived.ts'
import { call } from './request.ts'
import type { CallResult, OperationID } from './request.ts'

const ids = Object.keys(operations) as OperationID[]
const values = {
  bridgeID: 'local-whatsapp', loginSessionID: 's1', stepID: 'qr', loginID: 'l1', accountID: 'a1', verificationID: 'v1',
} // prettier-ignore
const body = {
  setupRequestID: 'SECRETrequest',
  email: 'sam@example.com',
  response: 'SECRETcode',
  type: 'user_input',
  fields: { f: 'SECRETfield' },
}

/** Calls any operation with more than it needs; what the call itself does is the same for all of them. */
function anyCall(id: OperationID, target: Parameters<typeof call>[1]): Promise<CallResult<unknown>> {
  return call(id, target, { path: values, body })
}

describe('every operation', () => {
  test.each(ids)('%s: goes out once as the contract says, with the token only where it is secured', async (id) => {
    const server = await started((answer) => {
      sendJSON(answer, 500, { code: 'x', message: 'y' })
    })
    const row = operations[id]
    expect(codeOf(await anyCall(id, { origin: server.origin, token: 'SECRETtoken' }))).toBe('beeper.fault')
    expect(server.heard).toHaveLength(1)
    const [heard] = server.heard
    const path = row.path.replace(/\{(\w+)\}/gu, (_, name: string) => String(Reflect.get(values, name)))
    expect(heard).toMatchObject({ method: row.method, url: path })
    expect(heard?.headers.authorization).toBe(row.secured === 'no' ? undefined : 'Bearer SECRETtoken')
    expect(heard?.headers['content-type']).toBe(row.bodyType)
    expect(heard?.body === '').toBe(row.bodyType === undefined)
    expect(heard?.url).not.toContain('SECRET')
  })

  test.each(ids)('%s: sends no authorization without a token', async (id) => {
    const server = await started((answer) => {
      sendJSON(answer, 500, {})
    })
    await anyCall(id, { origin: server.origin })
    expect(server.heard[0]?.headers).not.toHaveProperty('authorization')
  })

  test('ORI-4: keeps no cookie, says no more about itself than it must', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 500, {}, { 'set-cookie': ['a=SECRET; Path=/', 'b=2'] })
    })
    for (const id of ids) await anyCall(id, { origin: server.origin })
    const names = new Set(server.heard.flatMap(({ headers }) => Object.keys(headers)))
    expect([...names].sort()).toEqual(['accept', 'connection', 'content-length', 'content-type', 'host'])
  })

  test('RUN-2: no answer at all ends with the signal of the caller', async () => {
    const server = await started(() => undefined)
    const results = await Promise.all(
      ids.map((id) => anyCall(id, { origin: server.origin, signal: AbortSignal.timeout(200) })),
    )
    expect(new Set(results.map(codeOf))).toEqual(new Set(['beeper.timeout']))
  })

  test('RUN-2: an answer that trickles ends the same way', async () => {
    const server = await started((answer) => {
      answer.writeHead(200)
      const timer = setInterval(() => answer.write(' '), 20)
      answer.on('close', () => {
        clearInterval(timer)
      })
    })
    const trickled = ids.filter((id) => operations[id].answerSchema !== undefined)
    const results = await Promise.all(
      trickled.map((id) => anyCall(id, { origin: server.origin, signal: AbortSignal.timeout(200) })),
    )
    expect(new Set(results.map(codeOf))).toEqual(new Set(['beeper.timeout']))
  })
})

test('forms are form-encoded', async () => {
  const server = await started((answer) => {
    sendJSON(answer, 400, {})
  })
  await call('oauth_revoke_token', { origin: server.origin }, { body: { token: 'a&b=c' } })
  expect(server.heard[0]).toMatchObject({
    body: 'token=a%26b%3Dc',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
})

test('each call has a connection of its own, so that none fails for another one', async () => {
  const server = await started((answer) => {
    sendJSON(answer, 200, setupBody('ready'), { connection: 'keep-alive' })
  })
  for (let n = 0; n < 3; n += 1) await call('appSetupRetrieve', { origin: server.origin }, {})
  expect(server.connectionCount).toBe(3)
  expect(http.globalAgent.requests).toEqual({})
})

test('an answer may be decoded by a schema of the caller’s, and by the operation’s own otherwise', async () => {
  const server = await started((answer) => {
    sendJSON(answer, 200, { items: [7, { id: 'b' }] })
  })
  const schema = z.object({ items: z.array(z.unknown()) })
  const target = { origin: server.origin }
  expect(await call('listBridges', target, {}, { schema })).toEqual({ ok: true, value: { items: [7, { id: 'b' }] } })
  expect(await call('listBridges', target, {})).toMatchObject({ problem: { detail: 'listBridges items.0' } })
  expect(await call('listBridges', target, {}, { schema: z.object({ items: z.string() }) })).toMatchObject({
    problem: { code: 'beeper.unreadable', detail: 'listBridges items' },
  })
})
