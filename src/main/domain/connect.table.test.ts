import { describe, expect, test } from 'vitest'
import { connectEvents, connectStates, isAsking, subject } from '../testing/connect-states.ts'
import { after, path, stageSeen, viewConnecting } from '../testing/connect-play.ts'
import { secrets } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import { initial, isLive } from './connect-state.ts'
import type { ConnectEffect, ConnectEvent, ConnectState, Stage } from './connect-state.ts'
import { next } from './connect.ts'

type Phase = Stage['phase']
type First = 'opened' | 'resumed' | 'foundOver'
type Type = ConnectEvent['type']

const phases = Object.keys(connectStates) as Phase[]
const types = Object.keys(connectEvents) as Type[]
const firsts: readonly Type[] = ['opened', 'resumed', 'foundOver'] satisfies readonly First[]
/** What only the person does. */
const clicks: readonly Type[] = ['flowChosen', 'fieldsSubmitted', 'startedOver', 'left']

const all = allOf<ConnectState>(connectStates)
const pairs = all.flatMap((state) => allOf<ConnectEvent>(connectEvents).map((event) => [state, event] as const))
/** All pairs but those with an event that only ever comes first. */
const later = pairs.filter(([, { type }]) => !firsts.includes(type))

const inShort = (state: ConnectState, effects: readonly ConnectEffect[]): string =>
  [state.stage.phase, ...effects.map(({ type }) => type)].join(' ')
const isUnmoved = (state: ConnectState, [then, effects]: ReturnType<typeof next>): boolean =>
  effects.length === 0 && JSON.stringify(then) === JSON.stringify(state)
const only = <T extends ConnectEffect['type']>(
  effects: readonly ConnectEffect[],
  ...names: readonly T[]
): readonly Extract<ConnectEffect, { readonly type: T }>[] =>
  effects.filter((effect): effect is Extract<ConnectEffect, { readonly type: T }> =>
    (names as readonly string[]).includes(effect.type),
  )
const isOver = (event: ConnectEvent): boolean =>
  event.type === 'ended' || (event.type === 'sessionRead' && event.session.outcome.kind !== 'going-on')

/** Where each event leads in each stage, and what it sets off. What is not listed changes nothing. */
const table: Readonly<Record<Phase, { readonly [T in Exclude<Type, First>]?: readonly string[] }>> = {
  loading: {
    flowsRead: ['choosing', 'failed', 'starting create'],
    flowsNotRead: ['failed'],
    ended: ['failed'],
    // What was typed in the moment before its form went.
    fieldsKept: ['loading'],
    left: ['left'],
    accountsRead: ['loading'],
  },
  choosing: {
    flowChosen: ['starting create'],
    ended: ['failed'],
    left: ['left'],
    accountsRead: ['choosing'],
  },
  starting: {
    flowsRead: ['starting'],
    sessionRead: ['done connected watchFor', 'failed', 'step remindIn', 'step wait remindIn'],
    ended: ['failed'],
    fieldsKept: ['starting'],
    left: ['left'],
  },
  resuming: {
    flowsRead: ['resuming'],
    sessionRead: ['done connected watchFor', 'interrupted', 'step', 'step wait'],
    connectionLost: ['resuming lookIn'],
    lookDue: ['resuming look'],
    ended: ['interrupted'],
    left: ['left cancel'],
    woken: ['resuming look'],
    minutePassed: ['resuming remindIn'],
    // The first list of this run.
    accountsRead: ['resuming'],
  },
  step: {
    flowsRead: ['step'],
    flowChosen: ['starting cancel create'],
    sessionRead: ['done connected watchFor', 'failed', 'step', 'step wait'],
    connectionLost: ['step lookIn'],
    lookDue: ['step look'],
    ended: ['failed'],
    fieldsSubmitted: ['step submit'],
    fieldsKept: ['step'],
    startedOver: ['starting cancel create'],
    left: ['left cancel'],
    woken: ['step look'],
    minutePassed: ['step look', 'step remindIn'],
  },
  done: {
    // One that fell off again.
    startedOver: ['starting create'],
    left: ['left'],
    accountsRead: ['done'],
    watchEnded: ['done'],
  },
  failed: {
    flowsRead: ['failed'],
    flowChosen: ['starting create'],
    fieldsKept: ['failed'],
    startedOver: ['loading readFlows', 'starting create'],
    left: ['left'],
    accountsRead: ['failed'],
  },
  interrupted: {
    flowsRead: ['interrupted'],
    startedOver: ['loading readFlows', 'starting create'],
    left: ['left'],
    accountsRead: ['interrupted'],
  },
  left: {
    // One that was born late (RUN-9).
    sessionRead: ['left cancel'],
  },
}

test.each(phases)('%s: every event leads where the table says, and all others are not heard', (phase) => {
  const seen = types
    .filter((type) => !firsts.includes(type))
    .flatMap((type) => {
      const ways = connectStates[phase].flatMap((state) =>
        connectEvents[type].flatMap((event) => {
          const then = next(state, event)
          return isUnmoved(state, then) ? [] : [inShort(...then)]
        }),
      )
      return ways.length === 0 ? [] : [[type, [...new Set(ways)].sort()] as const]
    })
  expect(Object.fromEntries(seen)).toEqual(table[phase])
})

test('a connection begins in one of three ways', () => {
  const begin = (type: First): readonly string[] =>
    connectEvents[type].map((event) => inShort(...next(initial(subject), event)))
  expect(firsts.map((type) => [type, ...begin(type as First)])).toEqual([
    ['opened', 'loading readFlows'],
    ['resumed', 'resuming look readFlows remindIn'],
    ['foundOver', 'interrupted readFlows'],
  ])
})

describe('of every stage and every event', () => {
  test('none throws, and the connection stays about its own network', () => {
    for (const [state, event] of pairs) {
      const [then, effects] = next(state, event)
      expect(then).toMatchObject(subject)
      expect(phases).toContain(then.stage.phase)
      for (const effect of effects) if ('bridgeID' in effect) expect(effect.bridgeID).toBe(subject.bridgeID)
    }
  })

  test('every request for a session names the one that is live', () => {
    for (const [state, event] of later)
      for (const effect of only(next(state, event)[1], 'submit', 'wait', 'look'))
        expect(effect.loginSessionID).toBe(next(state, event)[0].loginSessionID)
  })

  test('a stage that is over asks the server nothing by itself', () => {
    const over = later.filter(([state, { type }]) => !isLive(state) && !clicks.includes(type))
    for (const [state, event] of over.filter(([{ stage }]) => stage.phase !== 'left'))
      expect(next(state, event)[1], `${state.stage.phase}, ${event.type}`).toEqual([])
  })

  test('RUN-9: after it was left there is nothing but the end of a session that was born late', () => {
    for (const [state, event] of pairs.filter(([{ stage }]) => stage.phase === 'left')) {
      const isBornLate = event.type === 'sessionRead' && !isOver(event)
      const cancel = isBornLate ? [{ type: 'cancel', ...path, loginSessionID: event.session.loginSessionID }] : []
      expect(next(state, event)).toEqual([state, cancel])
    }
  })

  test('R6: a session is begun by a click, or by the only way that there is', () => {
    for (const [state, event] of pairs) {
      const begun = only(next(state, event)[1], 'create')
      expect(begun.length).toBeLessThanOrEqual(1)
      if (begun.length === 0) continue
      const isOnly = event.type === 'flowsRead' && event.flows.length === 1
      expect(isOnly || event.type === 'startedOver' || event.type === 'flowChosen', event.type).toBe(true)
      expect(state.stage.phase === 'loading' || event.type !== 'flowsRead').toBe(true)
      // Never while another one is being made.
      expect(state.stage.phase).not.toBe('starting')
    }
  })

  test('R24: a form goes out by a click, and never while something is on its way or not known to be over', () => {
    for (const [state, event] of later) {
      const sent = only(next(state, event)[1], 'submit')
      if (sent.length === 0) continue
      expect(event.type).toBe('fieldsSubmitted')
      expect(state).toMatchObject({ inFlight: undefined, stage: { phase: 'step', isBusy: false } })
    }
  })

  test('one request is on its way at most, and a wait takes the place of none that goes on', () => {
    for (const [state, event] of later) {
      const [then, effects] = next(state, event)
      const sent = only(effects, 'submit', 'wait')
      expect(sent.length).toBeLessThanOrEqual(1)
      const [request] = sent
      if (request !== undefined) expect(then.inFlight).toBe(request.type)
      if (request?.type !== 'wait' || state.inFlight === undefined) continue
      // Its own answer came, or the session was found elsewhere.
      if (event.type !== 'sessionRead' || event.session.outcome.kind !== 'going-on') throw new Error(event.type)
      const found = event.session.outcome.step
      const isElsewhere = state.stage.phase === 'step' && JSON.stringify(state.stage.step) !== JSON.stringify(found)
      expect(event.by === 'answer' || isElsewhere).toBe(true)
    }
  })

  test('RUN-9: a live session goes away only by its end or by being cancelled, and only what lives is cancelled', () => {
    for (const [state, event] of later.filter(([{ stage }]) => stage.phase !== 'left')) {
      const [then, effects] = next(state, event)
      const cancelled = only(effects, 'cancel').map(({ loginSessionID }) => loginSessionID)
      const isGivenUp = state.loginSessionID !== undefined && then.loginSessionID === undefined && !isOver(event)
      expect(cancelled).toEqual(isGivenUp ? [state.loginSessionID] : [])
      if (isGivenUp) expect(['startedOver', 'flowChosen', 'left']).toContain(event.type)
    }
  })

  test('RUN-9: leaving ends every stage, and cancels what lives on the server', () => {
    for (const state of all.filter(({ stage }) => stage.phase !== 'left')) {
      const [then, effects] = next(state, { type: 'left' })
      expect(then).toMatchObject({ loginSessionID: undefined, inFlight: undefined, stage: { phase: 'left' } })
      expect(effects).toEqual(state.loginSessionID === undefined ? [] : [{ type: 'cancel', ...path }])
    }
  })

  test('a session is known exactly while it is at a step or being resumed, and something is on its way only then', () => {
    for (const [state, event] of later) {
      const then = after(state, event)
      const isGoingOn = then.stage.phase === 'step' || then.stage.phase === 'resuming'
      expect(then.loginSessionID !== undefined).toBe(isGoingOn)
      if (!isGoingOn) expect(then).toMatchObject({ inFlight: undefined, minutesLeft: undefined, lostCount: 0 })
    }
  })

  test('only a form or a website is busy, and only a display waits', () => {
    for (const [state, event] of later) {
      const { inFlight, stage } = after(state, event)
      if (stage.phase !== 'step') continue
      if (stage.isBusy) expect(isAsking(stage.step)).toBe(true)
      if (inFlight === 'submit') expect(stage.isBusy).toBe(true)
      if (inFlight === 'wait') expect(stage.step.type).toBe('display_and_wait')
    }
  })

  test('A4: what was typed into a masked field is in no state and in no View', () => {
    for (const [state, event] of pairs) {
      const then = after(state, event)
      expect(JSON.stringify(then)).not.toContain(secrets.field)
      expect(JSON.stringify([stageSeen(then), viewConnecting([then])])).not.toContain('SECRET')
    }
  })
})
