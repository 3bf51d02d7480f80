import { describe, expect, test } from 'vitest'
import type { Submitted } from '../beeper-port.ts'
import { never, opened } from '../testing/connect-bench.ts'
import { qrStep, sessionAt } from '../testing/connect-states.ts'
import { deferred, good } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'

describe('waiting steps', () => {
  test('one request is out at a time, and the next goes out with each new picture', async () => {
    const answers = [deferred<Submitted>(), deferred<Submitted>()]
    let count = 0
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: (_, _path, _stepID, fields) => {
        expect(fields).toBeUndefined()
        count += 1
        return answers[count - 1]?.promise ?? never()
      },
    })
    expect(count).toBe(1)
    one.clock.pass(60_000)
    answers[0]?.resolve({ kind: 'answered', session: sessionAt(qrStep) })
    await settle()
    expect(count).toBe(2)
  })

  test('a server that does not wait is asked once a second, not as fast as it answers', async () => {
    let count = 0
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: () => {
        count += 1
        return Promise.resolve<Submitted>({ kind: 'answered', session: sessionAt(qrStep) })
      },
    })
    for (let n = 0; n < 10; n += 1) await settle()
    const atOnce = count
    expect(atOnce).toBeLessThan(10)
    for (let second = 1; second <= 5; second += 1) {
      one.clock.pass(1_000)
      await settle()
      expect(count).toBe(atOnce + second)
    }
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    one.clock.pass(10_000)
    await settle()
    expect(count).toBe(atOnce + 5)
  })
})
