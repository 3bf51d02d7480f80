import { describe, expect, test } from 'vitest'
import { sendJSON } from '../testing/http-server.ts'
import { codeOf, started } from '../testing/short-lived.ts'
import { call } from './request.ts'

describe('paths', () => {
  const session = (loginSessionID: string): { path: { bridgeID: string; loginSessionID: string } } => ({
    path: { bridgeID: 'b', loginSessionID },
  })

  test.each([
    ['a/b:c.d%', 'a%2Fb%3Ac.d%25'],
    ['?x=1#y', '%3Fx%3D1%23y'],
    ['ä b', '%C3%A4%20b'],
    ['@sam:beeper.com', '%40sam%3Abeeper.com'],
    ['...', '...'],
    ['a/../../b', 'a%2F..%2F..%2Fb'],
  ])('an ID "%s" stays one part of the path', async (id, encoded) => {
    const server = await started((answer) => {
      sendJSON(answer, 404, {})
    })
    await call('getLoginSession', { origin: server.origin }, session(id))
    expect(server.heard[0]?.url).toBe(`/v1/bridges/b/login-sessions/${encoded}`)
  })

  test.each(['.', '..', ''])('an ID "%s" would name another path and is refused', async (id) => {
    const server = await started((answer) => {
      sendJSON(answer, 200, {})
    })
    expect(codeOf(await call('getLoginSession', { origin: server.origin }, session(id)))).toBe('beeper.unreadable')
    expect(server.heard).toEqual([])
  })
})
