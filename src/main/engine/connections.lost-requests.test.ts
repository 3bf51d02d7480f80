import { describe, expect, test } from 'vitest'
import type { Submitted } from '../beeper-port.ts'
import { opened } from '../testing/connect-bench.ts'
import { formStep, sessionAt } from '../testing/connect-states.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'

describe('requests that are lost', () => {
  test('are followed by a look a second later, for as long as it takes', async () => {
    let lookCount = 0
    const one = await opened({
      submitStep: () => Promise.resolve<Submitted>({ kind: 'unheard', problem: problemOf('beeper.unreachable') }),
      readSession: () => {
        lookCount += 1
        return lookCount < 3 ? bad(problemOf('beeper.unreachable')) : good(sessionAt(formStep))
      },
    })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: { phone: '1' } })
    await settle()
    for (let round = 1; round <= 3; round += 1) {
      expect(one.only().stage).toMatchObject({ isBusy: true, problem: { code: 'beeper.unreachable' } })
      one.clock.pass(1_000)
      await settle()
      expect(lookCount).toBe(round)
    }
    expect(one.only().stage).toMatchObject({ isBusy: false, isRejected: false })
    expect(one.did.filter((what) => what === 'beeper.submitStep')).toHaveLength(1)
  })

  test('RUN-5: a session that has gone meanwhile is said to be', async () => {
    const one = await opened({
      submitStep: () => Promise.resolve<Submitted>({ kind: 'unheard', problem: problemOf('beeper.unreachable') }),
      readSession: () => bad(problemOf('connect.gone')),
    })
    void one.handlers['connect.submit']({ connectionID: one.only().connectionID, fields: {} })
    await settle()
    one.clock.pass(1_000)
    await settle()
    expect(one.only().stage).toMatchObject({ phase: 'failed', problem: { code: 'connect.gone' } })
    void one.handlers['connect.again']({ connectionID: one.only().connectionID })
    await settle()
    expect(one.only()).toMatchObject({ flowID: 'qr', stage: { phase: 'step' } })
  })
})
