// The computer slept (RUN-4): nobody knows what has become of what was shown or was on its way.
import { describe, expect, test } from 'vitest'
import {
  after,
  answered,
  begunAt,
  ends,
  looked,
  lost,
  path,
  play,
  stageSeen,
  stepIn,
  typed,
} from '../testing/connect-play.ts'
import {
  complete,
  connectStates,
  formStep,
  isWaiting,
  qrStep,
  rotatedStep,
  secretStep,
  standingAt,
  steps,
} from '../testing/connect-states.ts'
import { problem } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import type { ConnectEvent, ConnectState } from './connect-state.ts'
import { isLive } from './connect-state.ts'

const woken: ConnectEvent = { type: 'woken' }

test('RUN-4: in every stage the session is looked at, where there is one, and nothing else is done', () => {
  for (const state of allOf<ConnectState>(connectStates)) {
    const [then, effects] = play(state, woken)
    expect(effects).toEqual(state.loginSessionID === undefined ? [] : [{ type: 'look', ...path }])
    expect(then).toEqual(state.stage.phase === 'step' ? { ...state, stage: then.stage } : state)
    if (state.loginSessionID !== undefined) expect(isLive(state)).toBe(true)
  }
})

test('RUN-4: what is displayed counts as run out until the server has spoken, and a form does not', () => {
  for (const step of steps) {
    const asleep = after(standingAt(step), woken)
    expect(stageSeen(asleep)).toMatchObject({ isStale: isWaiting(step) })
    for (const news of [looked(step), answered(step)])
      expect(stageSeen(after(asleep, news))).toMatchObject({ isStale: false })
    // A look that is lost is no word of the server.
    expect(stageSeen(after(asleep, lost('look')))).toMatchObject({ isStale: isWaiting(step), problem })
  }
})

describe('RUN-4: the look after it', () => {
  const waiting = begunAt(qrStep)
  const sent = after(begunAt(formStep), typed({ phone: '+1' }))

  test('finds the same picture: the wait that is under way goes on', () => {
    expect(play(after(waiting, woken), looked(qrStep))).toEqual([waiting, []])
  })

  test('finds the same picture, and the wait was cut: it is repeated', () => {
    const [then, effects] = play(after(waiting, woken, lost('answer')), looked(qrStep))
    expect([then, effects]).toEqual([waiting, [{ type: 'wait', ...path, stepID: 'qr' }]])
  })

  test('finds the next picture: that one is shown and waited at', () => {
    const [then, effects] = play(after(waiting, woken), looked(rotatedStep))
    expect(then).toMatchObject({ inFlight: 'wait', stage: { step: rotatedStep, isStale: false, serial: 1 } })
    expect(effects).toEqual([{ type: 'wait', ...path, stepID: 'qr' }])
  })

  test('finds another step, the end, or nothing', () => {
    const asleep = after(waiting, woken)
    expect(after(asleep, looked(formStep))).toMatchObject({ inFlight: undefined, stage: { step: formStep, serial: 2 } })
    expect(after(asleep, ends(complete, 'look')).stage.phase).toBe('done')
    expect(after(asleep, { type: 'ended', problem: { code: 'connect.gone', retry: 'now' } }).stage).toMatchObject({
      phase: 'failed',
      problem: { code: 'connect.gone' },
    })
  })

  test('finds the form that is on its way: it stays busy, and its answer counts when it comes', () => {
    const found = after(sent, woken, looked(formStep))
    expect(found).toEqual(sent)
    expect(stepIn(after(found, answered(formStep)))).toMatchObject({ isBusy: false, isRejected: true })
    expect(stepIn(after(found, answered(secretStep))).step).toMatchObject({ stepID: 'credentials' })
  })

  test('finds what the form has led to: that is shown, and its late answer changes nothing there', () => {
    const found = after(sent, woken, looked(secretStep))
    expect(stepIn(found)).toMatchObject({ serial: 2, isBusy: false, problem: undefined })
    expect(play(found, answered(secretStep))).toEqual([found, []])
    expect(play(found, lost('answer'))).toEqual([found, []])
  })

  test('finds the form whose answer was cut by the sleep: the person reads so (R24)', () => {
    const found = after(sent, woken, lost('answer'), looked(formStep))
    expect(stepIn(found)).toMatchObject({ isBusy: false, isRejected: false, problem: { code: 'connect.unheard' } })
  })

  test('finds a form at rest as it was left: nothing is drawn anew', () => {
    const resting = after(begunAt(secretStep), { type: 'fieldsKept', fields: { username: 'sam' } })
    expect(play(after(resting, woken), looked(secretStep))).toEqual([resting, []])
  })
})
