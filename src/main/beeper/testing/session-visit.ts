// A sign-in at a network as the simulator plays it, in the hands of a test.
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type { Result } from '#contract/problem'
import { Control } from '#simulator/control-client'
import type { ScenarioName } from '#simulator/scenarios/register'
import { startSimulator } from '#simulator/simulator'
import type { Simulator } from '#simulator/simulator'
import { afterEach } from 'vitest'
import type { SessionPath, Submission, Submitted } from '../../beeper-port.ts'
import { createSession, readSession, submitStep } from '../sessions.ts'

const simulators: Simulator[] = []
afterEach(async () => {
  for (const one of simulators.splice(0)) await one.close()
})

export interface Visit {
  readonly control: Control
  readonly target: { readonly origin: string; readonly token: string }
  readonly path: SessionPath
  readonly step: LoginStep
  readonly look: () => Promise<Result<LoginSession>>
  readonly submit: (fields: Readonly<Record<string, string>>) => Promise<Submitted>
  readonly wait: (signal?: AbortSignal) => Promise<Submitted>
}
export type Manner = Parameters<Control['wire']>[0]

interface Ready extends Pick<Visit, 'control' | 'target'> {
  readonly simulator: Simulator
}

/** A server that is ready, and its clock stands still. */
export async function ready(scenario: ScenarioName, wire: Manner = {}): Promise<Ready> {
  const simulator = await startSimulator({ scenario, timeScale: 0 })
  simulators.push(simulator)
  const control = new Control(simulator.controlURL)
  await control.wire(wire)
  return { simulator, control, target: { origin: simulator.origin, token: await control.token() } }
}

/** Lets as much time pass as the network takes to begin, and no more. */
async function begun<T>({ simulator }: Ready, beginning: Promise<T>): Promise<T> {
  const over = new AbortController()
  const settled = beginning.finally(() => {
    over.abort()
  })
  while (!over.signal.aborted) {
    if (simulator.world.clock.isAwaited) simulator.world.clock.step(1_000)
    await new Promise((done) => setImmediate(done))
  }
  return settled
}

/** The step that a session stands at. */
export const stepOf = ({ outcome }: LoginSession): LoginStep => {
  if (outcome.kind !== 'going-on') throw new Error(`the session is ${outcome.kind}`)
  return outcome.step
}

/** A session that has begun. */
export async function visit(bridgeID: string, flowID: string, wire?: Manner): Promise<Visit> {
  const it = await ready(bridgeID.startsWith('lab-') ? 'laboratory' : 'ready', wire)
  const { control, target } = it
  const session = await begun(it, createSession(target, bridgeID, flowID))
  if (!session.ok) throw new Error(session.problem.code)
  const { loginSessionID } = session.value
  const path = { bridgeID, loginSessionID }
  const step = stepOf(session.value)
  const stepID = 'stepID' in step ? step.stepID : ''
  const send = (submission: Submission, signal?: AbortSignal): Promise<Submitted> =>
    submitStep({ ...target, signal }, path, stepID, submission)
  return {
    control,
    target,
    path,
    step,
    look: () => readSession(target, path),
    submit: (fields) => send({ type: step.type === 'cookies' ? 'cookies' : 'user_input', fields }),
    wait: (signal) => send({ type: 'display_and_wait' }, signal),
  }
}

/** Resolves once so many submits have arrived. */
export async function arrived({ control }: Visit, count = 1): Promise<void> {
  while (((await control.counts()).submitLoginStep ?? 0) < count) await new Promise((done) => setTimeout(done, 5))
}
