import { createAuthority, selfSigned } from '#simulator/certificates'
import type { Authority, Certificate } from '#simulator/certificates'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { infoBody, sendJSON, serve } from '../testing/http-server.ts'
import { listen } from './events.ts'
import { trustedAuthority } from './testing/system-authority.ts'

const names = ['127.0.0.1']
const closers: (() => unknown)[] = []
let authority: Authority

beforeAll(async () => {
  authority = await trustedAuthority()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of closers.splice(0).reverse()) await close()
})

/** Listens to a Beeper with this certificate until the channel begins or ends. */
async function firstWord(certificate: Certificate): Promise<{ word: string; upgrades: string[]; heardCount: number }> {
  const server = await serve(
    (answer) => {
      sendJSON(answer, 200, infoBody(server.origin))
    },
    { ...certificate },
  )
  closers.push(() => server.close())
  const upgrades: string[] = []
  const sockets = new WebSocketServer({ noServer: true })
  server.onUpgrade((request, stream, head) => {
    upgrades.push(request.headers.authorization ?? '')
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('message', () => {
        socket.send('{"type":"subscriptions.updated","chatIDs":[]}')
      })
      socket.send('{"type":"ready"}')
    })
  })
  const word = await new Promise<string>((resolve) => {
    const say = (said: string) => (): void => {
      resolve(said)
    }
    const listener = { started: say('started'), changed: say('changed'), ended: say('ended') }
    closers.push(listen({ origin: server.origin, token: 'SECRET' }, listener))
  })
  return { word, upgrades, heardCount: server.heard.length }
}

describe('the event channel over TLS', () => {
  test('is opened to a server that the system vouches for', async () => {
    const { word, upgrades } = await firstWord(await authority.issue({ names }))
    expect([word, upgrades]).toEqual(['started', ['Bearer SECRET']])
  })

  test.each([
    ['vouches for itself', () => selfSigned(names)],
    ['is from a stranger', async () => (await createAuthority()).issue({ names })],
    ['has expired', () => authority.issue({ names, notBefore: new Date('2020-01-01') })],
    ['is for another host', () => authority.issue({ names: ['beeper.test'] })],
  ])('sends no token to one whose certificate %s, whatever the environment says', async (_, make) => {
    const certificate = await make()
    for (const value of ['1', '0']) {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', value)
      expect(await firstWord(certificate)).toEqual({ word: 'ended', upgrades: [], heardCount: 0 })
    }
  })
})
