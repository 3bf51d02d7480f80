import { describe, expect, test } from 'vitest'
import { sendJSON, setupBody } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { started } from '../testing/short-lived.ts'
import { confirmKey, createKey, unlock } from './security.ts'

const key = 'EsTA bcde fghi jkmn'
const at = ({ origin }: { readonly origin: string }): { origin: string; token: string } => ({ origin, token: 't' })
const answering = (status: number, body: unknown = { code: 'x', message: 'Words.' }): Promise<TestServer> =>
  started((answer) => {
    sendJSON(answer, status, body, { 'retry-after': '0' })
  })

const calls = {
  createKey: (server: TestServer) => createKey(at(server)),
  'createKey with the old key': (server: TestServer) => createKey(at(server), key),
  confirmKey: (server: TestServer) => confirmKey(at(server), key),
  unlock: (server: TestServer) => unlock(at(server), key),
}
const statuses = [400, 401, 403, 404, 409, 410, 422, 429, 500, 502] as const
const rest = ['beeper.rate-limited', 'beeper.fault', 'beeper.upstream']

/** What each status means to each call, in the order of `statuses`. */
const about = (code: string): readonly string[] => [
  code, 'beeper.token-refused', 'beeper.missing-scope', code, code, 'beeper.not-found', code, ...rest,
] // prettier-ignore
const meanings: Readonly<Record<keyof typeof calls, readonly string[]>> = {
  createKey: [
    'beeper.rejected', 'beeper.token-refused', 'beeper.missing-scope', 'beeper.not-found', 'beeper.conflict',
    'beeper.not-found', 'beeper.rejected', ...rest,
  ], // prettier-ignore
  'createKey with the old key': about('security.old-key-refused'),
  confirmKey: about('security.new-key-refused'),
  unlock: about('security.key-refused'),
}
const names = Object.keys(calls) as (keyof typeof calls)[]
const cells = names.flatMap((name) => statuses.map((status, at) => [name, status, meanings[name][at]] as const))

describe('refusals', () => {
  test.each(cells)('%s answered with %d is %s, asked once', async (name, status, meant) => {
    const server = await answering(status)
    const result = await calls[name](server)
    expect(result.ok ? 'ok' : result.problem.code).toBe(meant)
    expect(result).toMatchObject({ problem: { says: 'Words.' } })
    expect(server.heard).toHaveLength(1)
  })

  test.each(names)('%s: a lost answer says nothing about the key', async (name) => {
    const server = await started((answer) => void answer.socket?.resetAndDestroy())
    expect(await calls[name](server)).toMatchObject({ problem: { code: 'beeper.unreachable' } })
    expect(server.heard).toHaveLength(1)
  })

  test.each(names.slice(1))('SEC-1: %s passes on no words that hold a part of the key', async (name) => {
    for (const status of [400, 403, 500])
      for (const message of [`Bad key ${key}`, `bad ${key.replaceAll(' ', '')}`, 'unknown group "jkmn"']) {
        const result = await calls[name](await answering(status, { code: key, message }))
        expect(JSON.stringify(result)).not.toMatch(/EsTA|bcde|fghi|jkmn/u)
      }
  })
})

describe('bodies', () => {
  const session = setupBody('needs-first-sync')

  test('createKey sends the old key only where there is one, and answers the new one as it came', async () => {
    const server = await answering(200, { recoveryKey: ' EsTA  bcde\n', session })
    expect(await createKey(at(server))).toEqual({ ok: true, value: ' EsTA  bcde\n' })
    await createKey(at(server), key)
    expect(server.heard.map(({ body }) => body)).toEqual(['{}', JSON.stringify({ existingRecoveryKey: key })])
  })

  test.each(['', ' \n', 'x'.repeat(201)])(
    'a new key that nobody could show or confirm is unreadable',
    async (recoveryKey) => {
      expect(await createKey(at(await answering(200, { recoveryKey, session })))).toEqual({
        ok: false,
        problem: { code: 'beeper.unreadable', retry: 'never', detail: 'recoveryKey' },
      })
    },
  )

  test('confirming and unlocking send the key, and answer the state after it', async () => {
    const server = await answering(200, { session })
    for (const call of [confirmKey, unlock])
      expect(await call(at(server), key)).toMatchObject({ ok: true, value: { state: 'needs-first-sync' } })
    expect(server.heard.map(({ body, url }) => [url, body])).toEqual([
      ['/v1/app/setup/verification/recovery-key/reset/confirm', JSON.stringify({ recoveryKey: key })],
      ['/v1/app/setup/verification/recovery-key', JSON.stringify({ recoveryKey: key })],
    ])
  })
})
