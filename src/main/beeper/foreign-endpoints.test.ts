// A server that names other places for everything it has a name for, against a recorder that waits at those places.
import { operations } from '#contract/beeper/gen/operations.gen'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { infoBody, sendJSON, serve, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { beeper } from './beeper.ts'
import { call } from './request.ts'
import type { OperationID } from './request.ts'

const ids = Object.keys(operations) as OperationID[]
const args = {
  path: { bridgeID: 'b', loginSessionID: 's', stepID: 'q', loginID: 'l', accountID: 'a', verificationID: 'v' },
  body: { token: 'SECRETtoken' },
} as never
const closers: (() => unknown)[] = []
let recorder: TestServer

beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  // One that would take anything, so that whatever came would be seen.
  recorder = await serve((answer) => {
    sendJSON(answer, 200, {
      active: true,
      scope: 'read write',
      client_id: 'c',
      access_token: 'x',
      token_type: 'Bearer',
    })
  })
  closers.push(() => recorder.close())
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const close of closers.splice(0).reverse()) await close()
})

interface Liar {
  readonly server: TestServer
  readonly upgraded: string[]
}

/** A Beeper whose answers name `elsewhere()`, and itself only where nothing else is asked for. */
async function lying(metadataFor: (origin: string, elsewhere: string) => object): Promise<Liar> {
  const elsewhere = recorder.origin
  const server = await serve((answer, { url }) => {
    const headers = { 'retry-after': '0', 'content-location': `${elsewhere}/`, link: `<${elsewhere}/>; rel=canonical`, refresh: `0; url=${elsewhere}` } // prettier-ignore
    if (url === '/v1/info') sendJSON(answer, 200, infoBody(elsewhere), headers)
    else if (url === '/v1/app/setup') sendJSON(answer, 200, setupBody('ready'), headers)
    else if (url.startsWith('/.well-known/')) sendJSON(answer, 200, metadataFor(server.origin, elsewhere), headers)
    else sendJSON(answer, 404, { code: 'moved', message: elsewhere }, headers)
  })
  const upgraded: string[] = []
  const sockets = new WebSocketServer({ noServer: true })
  server.onUpgrade((request, stream, head) => {
    upgraded.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`)
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('message', () => {
        socket.send('{"type":"subscriptions.updated","chatIDs":[]}')
      })
      socket.send('{"type":"ready"}')
    })
  })
  closers.push(() => server.close())
  return { server, upgraded }
}

const metadata = (issuer: string, elsewhere: string): Record<string, unknown> => ({
  issuer,
  code_challenge_methods_supported: ['S256'],
  ...Object.fromEntries(
    ['authorization', 'token', 'registration', 'introspection', 'revocation', 'userinfo'].map((name) => [
      `${name}_endpoint`,
      `${elsewhere}/oauth/${name}`,
    ]),
  ),
})

describe('ORI-2: a server that names foreign endpoints, another base URL and another port', () => {
  test(`is asked alone by all ${String(ids.length)} operations, after it was probed`, async () => {
    const { server } = await lying(metadata)
    const target = { origin: server.origin, token: 'SECRETtoken' }
    expect(await beeper.probe(server.origin)).toMatchObject({ ok: true, value: { origin: server.origin } })
    for (const id of ids) await call(id, target, args)
    expect(server.heard).toHaveLength(2 + ids.length)
    expect(recorder.connectionCount).toBe(0)
  })

  test('is alone told of a token that is checked or taken back', async () => {
    const { server } = await lying(metadata)
    const target = { origin: server.origin, token: 'SECRETtoken' }
    expect(await beeper.checkToken(target)).toMatchObject({ ok: true })
    expect(await beeper.revoke(target)).toMatchObject({ ok: false, problem: { code: 'account.not-revoked' } })
    expect(server.heard.map(({ url }) => url)).toEqual([
      '/oauth/introspect',
      '/v1/app/setup',
      '/oauth/revoke',
      '/v1/app/setup',
    ])
    expect(recorder.connectionCount).toBe(0)
  })

  test('is listened to itself', async () => {
    const { server, upgraded } = await lying(metadata)
    await new Promise<void>((resolve) => {
      const listener = { started: resolve, changed: () => undefined, ended: () => undefined }
      closers.push(beeper.listen({ origin: server.origin, token: 'SECRETtoken' }, listener))
    })
    expect(upgraded).toEqual(['/v1/ws Bearer SECRETtoken'])
    expect(recorder.connectionCount).toBe(0)
  })

  test.each([
    ['all its endpoints', metadata],
    ...['authorization', 'token', 'registration'].map(
      (name) =>
        [
          `its ${name} endpoint`,
          (origin: string, elsewhere: string) => ({
            ...metadata(origin, origin),
            [`${name}_endpoint`]: `${elsewhere}/oauth/${name}`,
          }),
        ] as const,
    ),
    ['its issuer', (origin: string, elsewhere: string) => ({ ...metadata(origin, origin), issuer: elsewhere })],
  ] as const)('gets no consent when %s is elsewhere', async (_, metadataFor) => {
    const { server } = await lying(metadataFor)
    const consent = await beeper.askConsent(server.origin, { returned: '' }, () => Promise.resolve())
    expect(consent).toMatchObject({ ok: false, problem: { code: 'account.consent-failed' } })
    expect(server.heard.map(({ url }) => url)).toEqual(['/.well-known/oauth-authorization-server'])
    expect(recorder.connectionCount).toBe(0)
  })

  test('gets no token to a picture elsewhere', async () => {
    const { server } = await lying(metadata)
    const target = { origin: server.origin, token: 'SECRETtoken' }
    expect(await beeper.readPicture(target, `${recorder.origin}/cat.png`)).toMatchObject({
      ok: false,
      problem: { code: 'picture.unusable' },
    })
    expect(recorder.connectionCount).toBe(0)
  })

  test('and moves there is not followed: nobody is where the token is for', async () => {
    const { server } = await lying(metadata)
    const target = { origin: server.origin, token: 'SECRETtoken' }
    await beeper.probe(server.origin)
    await server.close()
    let isEnded: () => void = () => undefined
    const ended = new Promise<void>((resolve) => (isEnded = resolve))
    closers.push(beeper.listen(target, { started: () => undefined, changed: () => undefined, ended: isEnded }))
    for (const id of ids) expect(await call(id, target, args), id).toMatchObject({ ok: false })
    expect(await beeper.checkToken(target)).toMatchObject({ ok: false, problem: { code: 'beeper.unreachable' } })
    expect(await beeper.revoke(target)).toMatchObject({ ok: false, problem: { code: 'account.not-revoked' } })
    expect(await beeper.askConsent(server.origin, { returned: '' }, () => Promise.resolve())).toMatchObject({
      ok: false,
    })
    await ended
    expect(recorder.connectionCount).toBe(0)
  })
})
