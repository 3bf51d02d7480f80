import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent, Submitted } from '../beeper-port.ts'
import { never, opened } from '../testing/connect-bench.ts'
import { formStep, qrStep, sessionAt } from '../testing/connect-states.ts'
import { answered, last, qr, standing, standingAt, unheard } from '../testing/connecting-rig.ts'
import type { Rig } from '../testing/connecting-rig.ts'
import { good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'

const away = problemOf('beeper.unreachable')
const waitOf = ({ submits }: Rig) => last(submits)

describe('waiting steps', () => {
  test('one request is out at a time, and the next goes out with each new picture', async () => {
    const one = await standingAt(qr('1'))
    for (const data of ['2', '3', '4']) {
      const wait = waitOf(one)
      expect(wait).toMatchObject({ id: 'qr', submission: { type: 'display_and_wait' }, isOut: true })
      one.clock.pass(60_000)
      await wait.answer(answered(standing(qr(data), 's1')))
      // The same step with another picture (R4).
      expect(one.at().stage).toMatchObject({ serial: 1, step: qr(data), isStale: false })
    }
    expect(one.submits).toHaveLength(4)
  })

  test('a wait is dropped for nothing but its end', async () => {
    const one = await standingAt(qr('1'))
    const { connectionID, engine, handlers } = one
    const asGoodAsNew = (): Promise<void> => last(one.looks).answer(ok(standing(qr('1'), 's1')))
    const disturbances: Readonly<Record<string, () => unknown>> = {
      'waking up': () => {
        engine.woken()
        return settle().then(asGoodAsNew)
      },
      'reading the lists': () => handlers['networks.refresh'](undefined),
      'a permission that is renewed': async () => {
        one.beeper.askConsent = () =>
          good<Consent>({
            url: 'u',
            grant: good({ token: 'SECRET-renewed', expiresAtMs: undefined }),
            cancel: () => undefined,
          })
        await handlers['account.authorise'](undefined)
        await settle()
        expect(engine.target()?.token).toBe('SECRET-renewed')
      },
      'what is typed': () => handlers['connect.keep']({ connectionID, fields: { phone: '1' } }),
      'going elsewhere': () => {
        engine.go({ at: 'home' })
        engine.go({ at: 'connection', connectionID })
      },
      'the last minutes': () => one.pass(28 * 60_000),
      'a look that fails': async () => {
        engine.woken()
        await settle()
        await last(one.looks).answer({ ok: false, problem: away })
        await one.pass(1_000)
        await asGoodAsNew()
      },
    }
    const wait = waitOf(one)
    for (const [what, disturb] of Object.entries(disturbances)) {
      await disturb()
      await settle()
      expect(one.submits, what).toHaveLength(1)
      expect(wait.isOut, what).toBe(true)
      expect(one.at().stage, what).toMatchObject({ step: qr('1'), isStale: false, problem: undefined })
    }
    expect(one.at().minutesLeft).toBe(2)
    await wait.answer(answered(standing(qr('2'), 's1')))
    expect(waitOf(one).token).toBe('SECRET-renewed')
  })

  test('one that was not heard is followed by looks after 1, 2, 4 and 4 s, and by another wait', async () => {
    const one = await standingAt(qr('1'))
    await waitOf(one).answer(unheard(away))
    for (const [index, ms] of [1_000, 2_000, 4_000, 4_000].entries()) {
      expect(one.at().stage).toMatchObject({ isStale: true, problem: away })
      await one.pass(ms - 1)
      expect(one.looks).toHaveLength(index)
      await one.pass(1)
      expect(one.looks).toHaveLength(index + 1)
      if (index < 3) await last(one.looks).answer({ ok: false, problem: away })
    }
    expect(one.submits).toHaveLength(1)
    await last(one.looks).answer(ok(standing(qr('2'), 's1')))
    expect(one.at().stage).toMatchObject({ step: qr('2'), isStale: false, problem: undefined })
    expect(one.submits).toHaveLength(2)
    // All is well again: the next time begins with a second.
    await waitOf(one).answer(unheard(away))
    await one.pass(1_000)
    expect(one.looks).toHaveLength(5)
  })

  test.each([0, 10, 2_500, 3_999, 60_000, 600_000])(
    'RUN-3: a server that was away for %d ms is found within 5 s of its return',
    async (awayMs) => {
      const one = await standingAt(qr('1'))
      let isBack = false
      one.beeper.readSession = () =>
        isBack ? good(standing(qr('2'), 's1')) : Promise.resolve({ ok: false, problem: away })
      await waitOf(one).answer(unheard(away))
      await one.pass(awayMs)
      isBack = true
      await one.pass(4_500)
      expect(one.at().stage).toMatchObject({ step: qr('2'), isStale: false, problem: undefined })
    },
  )

  test('a look that was overtaken by the answer does not bring back the older picture', async () => {
    const one = await standingAt(qr('1'))
    one.engine.woken()
    await settle()
    await waitOf(one).answer(answered(standing(qr('2'), 's1')))
    await last(one.looks).answer(ok(standing(qr('1'), 's1')))
    expect(one.at().stage).toMatchObject({ step: qr('2'), isStale: false })
    expect(waitOf(one).isOut).toBe(true)
    expect(one.submits).toHaveLength(2)
  })

  test('a look that finds the next picture ends the wait for it', async () => {
    const one = await standingAt(qr('1'))
    const [first] = one.submits
    one.engine.woken()
    await settle()
    await last(one.looks).answer(ok(standing(qr('2'), 's1')))
    expect(first?.isOut).toBe(false)
    await first?.answer(answered(standing(qr('1'), 's1')))
    expect(one.at().stage).toMatchObject({ step: qr('2') })
    expect(one.submits).toHaveLength(2)
  })
})

describe('a server that does not wait', () => {
  /** Answers every wait at once with the same picture, time and again. */
  async function hasty(): Promise<Awaited<ReturnType<typeof opened>> & { readonly count: () => number }> {
    let count = 0
    const one = await opened({
      createSession: () => good(sessionAt(qrStep)),
      submitStep: () => {
        count += 1
        return Promise.resolve<Submitted>({ kind: 'answered', session: sessionAt(qrStep) })
      },
      readSession: never,
    })
    for (let n = 0; n < 10; n += 1) await settle()
    return { ...one, count: () => count }
  }

  test('is asked once a second, not as fast as it answers', async () => {
    const one = await hasty()
    const atOnce = one.count()
    expect(atOnce).toBeLessThan(10)
    for (let second = 1; second <= 5; second += 1) {
      one.clock.pass(1_000)
      await settle()
      expect(one.count()).toBe(atOnce + second)
    }
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    one.clock.pass(10_000)
    await settle()
    expect(one.count()).toBe(atOnce + 5)
  })

  test('is waited for without a pause once it waits', async () => {
    const one = await hasty()
    const waits: ((submitted: Submitted) => void)[] = []
    one.beeper.submitStep = () => new Promise((resolve) => waits.push(resolve))
    one.clock.pass(1_000)
    await settle()
    for (let round = 1; round <= 3; round += 1) {
      expect(waits).toHaveLength(round)
      one.clock.pass(20_000)
      waits.at(-1)?.({ kind: 'answered', session: sessionAt(qrStep) })
      await settle()
    }
  })

  test('and has moved on meanwhile is not asked for what is over', async () => {
    const one = await hasty()
    const before = one.count()
    one.beeper.readSession = () => good(sessionAt(formStep))
    one.engine.woken()
    await settle()
    expect(one.only().stage).toMatchObject({ step: formStep })
    one.clock.pass(10_000)
    await settle()
    expect(one.count()).toBe(before)
    expect(one.only().stage).toMatchObject({ step: formStep, serial: 2, isBusy: false })
  })
})
