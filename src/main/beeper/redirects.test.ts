// Redirects are errors. 307 and 308 would replay the body, mail code and all, to whomever the server names.
import { operations } from '#contract/beeper/gen/operations.gen'
import type http from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { infoBody, sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { codeOf, started } from '../testing/short-lived.ts'
import { beeper } from './beeper.ts'
import { call } from './request.ts'
import type { OperationID } from './request.ts'

const ids = Object.keys(operations) as OperationID[]
const cells = `${String(ids.length)} operations`
const args = {
  path: { bridgeID: 'b', loginSessionID: 's', stepID: 'q', loginID: 'l', accountID: 'a', verificationID: 'v' },
  body: { setupRequestID: 'SECRETrequest', response: 'SECRETcode', token: 'SECRETtoken', fields: { f: 'SECRETfield' } },
} as never

let recorder: TestServer
beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  recorder = await started((answer) => {
    sendJSON(answer, 200, {})
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Redirects every request there, in each way that a header can say it. */
const redirecting =
  (status: number, location: string) =>
  (answer: http.ServerResponse): void => {
    sendJSON(answer, status, {}, { location, refresh: `0; url=${location}`, 'content-location': location })
  }

describe.each([301, 302, 303, 307, 308])('ORI-3: a redirect with %d', (status) => {
  test(`is an error for each of the ${cells}, and nobody else hears of it`, async () => {
    const server = await started(redirecting(status, `${recorder.origin}/v1/stolen`))
    for (const id of ids) {
      const result = await call(id, { origin: server.origin, token: 'SECRETtoken' }, args)
      expect(codeOf(result), id).toBe('beeper.not-beeper')
      expect(result.ok ? '' : result.problem.detail, id).toBe(`${id} ${String(status)}`)
    }
    expect(server.heard).toHaveLength(ids.length)
    expect(recorder.connectionCount).toBe(0)
  })

  test(`is not followed within the server either, by any of the ${cells}`, async () => {
    const server = await started(redirecting(status, '/v1/elsewhere'))
    for (const id of ids)
      expect(codeOf(await call(id, { origin: server.origin, token: 'SECRETtoken' }, args)), id).toBe(
        'beeper.not-beeper',
      )
    expect(server.heard.map(({ url }) => url)).not.toContain('/v1/elsewhere')
    expect(server.heard).toHaveLength(ids.length)
  })

  test('ends a consent at each of its requests', async () => {
    for (const [isRedirected, count] of [
      [(url: string) => url.startsWith('/.well-known/'), 1],
      [(url: string) => url === '/oauth/register', 2],
    ] as const) {
      const server = await started((answer, { url, headers }) => {
        const origin = `http://${headers.host ?? ''}`
        if (isRedirected(url)) redirecting(status, `${recorder.origin}${url}`)(answer)
        else
          sendJSON(answer, 200, {
            issuer: origin,
            authorization_endpoint: `${origin}/oauth/authorize`,
            token_endpoint: `${origin}/oauth/token`,
            registration_endpoint: `${origin}/oauth/register`,
          })
      })
      expect(await beeper.askConsent(server.origin, { returned: '' }, () => Promise.resolve())).toMatchObject({
        problem: { code: 'account.consent-failed' },
      })
      expect(server.heard).toHaveLength(count)
    }
    expect(recorder.connectionCount).toBe(0)
  })

  test('ends a consent whose code was on its way', async () => {
    const server = await started((answer, { url, headers }) => {
      const origin = `http://${headers.host ?? ''}`
      const endpoints = Object.fromEntries(
        ['authorization', 'token', 'registration'].map((name) => [`${name}_endpoint`, `${origin}/oauth/${name}`]),
      )
      if (url === '/oauth/token') redirecting(status, `${recorder.origin}${url}`)(answer)
      else if (url === '/oauth/registration') sendJSON(answer, 201, { client_id: 'c' })
      else sendJSON(answer, 200, { issuer: origin, code_challenge_methods_supported: ['S256'], ...endpoints })
    })
    const consent = await beeper.askConsent(server.origin, { returned: '' }, () => Promise.resolve())
    if (!consent.ok) throw new Error(consent.problem.detail)
    const query = new URL(consent.value.url).searchParams
    await fetch(`${query.get('redirect_uri') ?? ''}?code=SECRETcode&state=${query.get('state') ?? ''}`)
    expect(await consent.value.grant).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    expect(server.heard.at(-1)?.body).toContain('SECRETcode')
    expect(recorder.connectionCount).toBe(0)
  })

  test('is not followed by the event channel', async () => {
    const upgraded: string[] = []
    const server = await serve((answer, { headers }) => {
      sendJSON(answer, 200, infoBody(`http://${headers.host ?? ''}`))
    })
    server.onUpgrade((request, stream) => {
      upgraded.push(request.url ?? '')
      stream.end(
        `HTTP/1.1 ${String(status)} Elsewhere\r\nLocation: ${recorder.origin}/v1/ws\r\nContent-Length: 0\r\n\r\n`,
      )
    })
    const target = { origin: server.origin, token: 'SECRETtoken' }
    const stop = await new Promise<() => void>((resolve) => {
      const listener = { started: () => undefined, changed: () => undefined, ended: () => resolve(end) }
      const end = beeper.listen(target, listener)
    })
    stop()
    await server.close()
    expect(upgraded).toEqual(['/v1/ws'])
    expect(recorder.connectionCount).toBe(0)
  })
})
