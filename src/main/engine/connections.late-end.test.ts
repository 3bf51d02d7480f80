import { expect, test } from 'vitest'
import type { LoginSession } from '#contract/beeper/login'
import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { Submitted } from '../beeper-port.ts'
import { opened } from '../testing/connect-bench.ts'
import { qrStep, sessionAt } from '../testing/connect-states.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'

test('R1: what the wait of an earlier session still answers does not end the one that is being made', async () => {
  let endWait: (value: Submitted) => void = () => undefined
  let born: (value: Result<LoginSession>) => void = () => undefined
  let count = 0
  const one = await opened({
    createSession: () => {
      count += 1
      return count === 1
        ? good(sessionAt(qrStep))
        : new Promise((resolve) => {
            born = resolve
          })
    },
    submitStep: () =>
      new Promise((resolve) => {
        endWait = resolve
      }),
    readSession: () => bad(problemOf('connect.gone')),
  })
  one.engine.woken()
  await settle()
  one.clock.pass(2_000)
  await settle()
  expect(one.only().stage).toMatchObject({ phase: 'failed', problem: { code: 'connect.gone' } })
  void one.handlers['connect.again']({ connectionID: one.only().connectionID })
  await settle()
  expect(one.only().stage.phase).toBe('starting')
  endWait({ kind: 'ended', problem: { code: 'connect.gone', retry: 'now' } })
  await settle()
  expect(one.only().stage.phase).toBe('starting')
  born(ok({ ...sessionAt(qrStep), loginSessionID: 'second' }))
  await settle()
  expect(one.only()).toMatchObject({ loginSessionID: 'second', stage: { phase: 'step' } })
})
