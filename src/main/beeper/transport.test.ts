// A waiting step is silent for minutes: what keeps its connection, and what ends it.
import type { Authority } from '#simulator/certificates'
import { existsSync, readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MockInstance } from 'vitest'
import { sendJSON, serve } from '../testing/http-server.ts'
import type { TestServer } from '../testing/http-server.ts'
import { call } from './request.ts'
import type { CallResult } from './request.ts'
import { trustedAuthority } from './testing/system-authority.ts'

const session = { bridgeID: 'b', loginSessionID: 's', status: 'waiting_for_display' }
const args = { path: { bridgeID: 'b', loginSessionID: 's', stepID: 'q' }, body: { type: 'display_and_wait' } } as const

let authority: Authority
let server: TestServer
let keepAlive: MockInstance<Socket['setKeepAlive']>
/** The connection that was made last. */
const madeSocket = (): Socket => {
  const socket: unknown = keepAlive.mock.contexts.at(-1)
  if (!(socket instanceof Socket)) throw new Error('no connection is kept alive')
  return socket
}
beforeAll(async () => {
  authority = await trustedAuthority()
})
beforeEach(() => {
  keepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive')
})
afterEach(async () => {
  vi.restoreAllMocks()
  await server.close()
})

interface Silence {
  /** Ends it with an answer. */
  readonly speak: () => void
  readonly result: Promise<CallResult<unknown>>
  readonly abort: () => void
}

/** A long poll that has arrived and is not answered. */
async function silence(tls?: Parameters<typeof serve>[1]): Promise<Silence> {
  const aborter = new AbortController()
  let result: Promise<CallResult<unknown>> | undefined
  const speak = await new Promise<() => void>((arrived) => {
    void serve((answer) => {
      arrived(() => {
        sendJSON(answer, 200, session)
      })
    }, tls).then((started) => {
      server = started
      const target = { origin: started.origin, signal: aborter.signal }
      result = call('submitLoginStep', target, args, { isLongPoll: true })
    })
  })
  if (result === undefined) throw new Error('nothing was asked')
  return {
    speak,
    result,
    abort: () => {
      aborter.abort()
    },
  }
}

/** The timer that the system runs for a connection; 2 is that of keep-alive (`/proc/net/tcp`, proc(5)). */
function timerOf(port: number): string | undefined {
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/u))
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return rows.find(([, local, , state]) => local?.endsWith(hex) === true && state === '01')?.[5]?.split(':')[0]
}

describe.each(['http', 'https'])('RUN-2: a silent connection over %s', (scheme) => {
  const tls = async () => (scheme === 'http' ? undefined : { ...(await authority.issue({ names: ['127.0.0.1'] })) })

  test('RUN-2: is asked from time to time whether the other side is still there', async () => {
    const { speak, result } = await silence(await tls())
    expect(keepAlive.mock.calls).toEqual([[true, 30_000]])
    const port = madeSocket().localPort ?? 0
    // Only once everything that was sent is acknowledged.
    if (existsSync('/proc/net/tcp')) await vi.waitFor(() => expect(timerOf(port)).toBe('02'), { timeout: 10_000 })
    speak()
    expect(await result).toMatchObject({ ok: true })
  })

  test('RUN-2: has no time-out of its own: what counts is the limit of the operation', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout')
    const { speak, result } = await silence(await tls())
    expect(madeSocket().timeout ?? 0).toBe(0)
    expect(limit.mock.calls.map(([ms]) => ms >= 600_000)).toEqual([true])
    speak()
    expect(await result).toMatchObject({ ok: true, value: session })
  })

  test('RUN-2: ends at once when it is aborted', async () => {
    const { abort, result } = await silence(await tls())
    abort()
    expect(await result).toMatchObject({ ok: false, refusal: undefined })
    expect(madeSocket().destroyed).toBe(true)
  })

  test('RUN-2: that the system gives up is a way that broke', async () => {
    const { result } = await silence(await tls())
    madeSocket().destroy(Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT' }))
    expect(await result).toMatchObject({ ok: false, problem: { code: 'beeper.unreachable', retry: 'now' } })
  })
})
