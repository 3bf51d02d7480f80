// The machine of one connection at play: what happens to it in short words, and what the window then sees.
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type { Problem } from '#contract/problem'
import type { View } from '#contract/view'
import type { ConnectionStage } from '#contract/view-connect'
import type { AppState } from '../domain/app-state.ts'
import { initial } from '../domain/connect-state.ts'
import type { ConnectEffect, ConnectEvent, ConnectState, StepState } from '../domain/connect-state.ts'
import { next } from '../domain/connect.ts'
import { connectionView } from '../domain/view-connect.ts'
import { viewOf } from '../domain/view.ts'
import { flow, sessionAt, sessionWith, subject } from './connect-states.ts'
import { about, network, problem, secrets, setupOf } from './samples.ts'
import { signedInState } from './states.ts'

const { bridgeID } = subject
/** How effects name the session. */
export const path = { bridgeID, loginSessionID: secrets.loginSessionID } as const

/** One event after the other: the state at the end, and the effects of all of them. */
export function play(
  from: ConnectState,
  ...events: readonly ConnectEvent[]
): readonly [ConnectState, readonly ConnectEffect[]] {
  let state = from
  const effects: ConnectEffect[] = []
  for (const event of events) {
    const [then, more] = next(state, event)
    state = then
    effects.push(...more)
  }
  return [state, effects]
}

/** The state after some events. */
export const after = (from: ConnectState, ...events: readonly ConnectEvent[]): ConnectState => play(from, ...events)[0]

/** What some events set off. */
export const effectsOf = (from: ConnectState, ...events: readonly ConnectEvent[]): readonly ConnectEffect[] =>
  play(from, ...events)[1]

/** The step of a state; fails where another stage is. */
export function stepIn({ stage }: ConnectState): StepState {
  if (stage.phase !== 'step') throw new Error(`the stage is ${stage.phase}, not a step`)
  return stage
}

/** The answer to what was sent. */
export const answered = (step: LoginStep, refusal?: Problem): ConnectEvent => ({
  type: 'sessionRead',
  session: sessionAt(step),
  by: 'answer',
  ...(refusal && { problem: refusal }),
})
/** The session was read, and stands there. */
export const looked = (step: LoginStep): ConnectEvent => ({
  type: 'sessionRead',
  session: sessionAt(step),
  by: 'look',
})
/** The session came to its end. */
export const ends = (outcome: LoginSession['outcome'], by: 'answer' | 'look' = 'answer'): ConnectEvent => ({
  type: 'sessionRead',
  session: sessionWith(outcome),
  by,
})
export const lost = (of: 'answer' | 'look'): ConnectEvent => ({ type: 'connectionLost', of, problem })
export const typed = (fields: Readonly<Record<string, string>>, isSure = false): ConnectEvent => ({
  type: 'fieldsSubmitted',
  fields,
  isSure,
})

/** A connection whose first step this is. */
export const begunAt = (step: LoginStep): ConnectState =>
  after(initial(subject), { type: 'opened' }, { type: 'flowsRead', flows: [flow] }, answered(step))

/** What the window is told of a connection. */
export const stageSeen = (state: ConnectState): ConnectionStage => connectionView(state).stage

/** The whole app, signed in and ready, with these connections. */
export const appConnecting = (connections: readonly ConnectState[], more: Partial<AppState> = {}): AppState => {
  const ready = signedInState(setupOf('ready'))
  return {
    ...ready,
    networks: { ...ready.networks, isOn: true, status: 'loaded', networks: [network] },
    connections,
    ...more,
  }
}
export const viewConnecting = (connections: readonly ConnectState[], more: Partial<AppState> = {}): View =>
  viewOf(appConnecting(connections, more), about)
