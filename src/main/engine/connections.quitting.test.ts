import { describe, expect, test } from 'vitest'
import type { OpenSession } from '../ports.ts'
import { bench, opened } from '../testing/connect-bench.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { demoServer, network, secrets, server, setupOf } from '../testing/samples.ts'

describe('RUN-9: quitting', () => {
  test('cancels what lives on the server, with a limit, and notes it', async () => {
    const one = await opened()
    await one.engine.quit()
    expect(one.cancelled).toMatchObject([{ loginSessionID: secrets.loginSessionID }])
    expect(one.cancelled[0]?.signal).toBeInstanceOf(AbortSignal)
    expect(one.progress().sessions).toEqual([])
    expect(one.did.at(-1)).toBe('demo.stop')
    expect(one.clock.waiting).toBe(0)
  })

  test('is not held up: after 2 s it goes on, and the session stays noted for the next launch', async () => {
    const one = await opened({
      cancelSession: ({ signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve({ ok: false, problem: problemOf('beeper.timeout') })
          })
        }),
    })
    const beganMs = performance.now()
    await one.engine.quit()
    expect(performance.now() - beganMs).toBeLessThan(3_000)
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: secrets.loginSessionID }])
  })

  test('without a connection asks nobody', async () => {
    const one = await bench()
    one.did.length = 0
    await one.engine.quit()
    expect(one.did).toEqual(['demo.stop'])
  })

  test('the demo leaves what was noted of real servers alone', async () => {
    const real: OpenSession = {
      origin: server.origin,
      bridgeID: 'b',
      loginSessionID: 'real',
      networkName: 'N',
      networkType: 'n',
      openedAt: '2023-11-14T22:10:00.000Z',
    }
    const one = await bench(
      {
        glanceAtSetup: ({ token }) =>
          token === undefined ? bad(problemOf('beeper.token-refused')) : good(setupOf('ready')),
      },
      { sessions: [real] },
      demoServer,
    )
    one.did.length = 0
    void one.handlers['connect.open']({ bridgeID: network.bridgeID })
    await settle()
    expect(one.only().loginSessionID).toBe(secrets.loginSessionID)
    await one.engine.quit()
    expect(one.cancelled).toHaveLength(1)
    expect(one.progress().sessions).toEqual([real])
    expect(one.did.filter((what) => !what.startsWith('beeper.'))).toEqual(['demo.stop'])
  })
})
