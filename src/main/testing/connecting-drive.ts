// One run of the app over real HTTP, driven by commands and seen by its View alone, with a simulator on the other side. The clocks
// of both stand still until the test moves them.
import type { CommandName } from '#contract/command-names'
import type { InputOf } from '#contract/commands'
import { ok } from '#contract/problem'
import type { View } from '#contract/view'
import type { ConnectionStage, ConnectionView } from '#contract/view-connect'
import { Control } from '#simulator/control-client'
import type { ScenarioName } from '#simulator/scenarios/register'
import { startSimulator } from '#simulator/simulator'
import type { Simulator } from '#simulator/simulator'
import { setImmediate as immediate } from 'node:timers/promises'
import { afterEach, expect } from 'vitest'
import { beeper } from '../beeper/beeper.ts'
import { viewOf } from '../domain/view.ts'
import { Engine } from '../engine/app.ts'
import { handlersOf } from '../engine/handlers.ts'
import { createMemoryVault } from '../vault/memory.ts'
import { fakeWorld } from './fake-world.ts'
import type { FakeWorld } from './fake-world.ts'
import { settle } from './fakes.ts'
import { about, signedInAt } from './samples.ts'

type Command = Extract<CommandName, `connect.${string}` | 'networks.refresh' | 'app.go'>
type StepShown = Extract<ConnectionStage, { readonly phase: 'step' }>

/** Nothing here takes so long: what does not happen by then does not happen. */
const patienceMs = 15_000

export interface Drive {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly simulator: Simulator
  readonly control: Control
  readonly kept: FakeWorld
  readonly view: () => View
  /** The connection on the screen. */
  readonly shown: () => ConnectionView
  readonly stage: () => ConnectionStage
  /** The step on the screen; fails where there is none. */
  readonly atStep: () => StepShown
  /**
   * Waits for a state, and lets as much simulated time pass meanwhile as networks take for their answers. With `appMs` time
   * passes in the app too, so much with each turn.
   */
  readonly until: (what: string, check: () => boolean, appMs?: number) => Promise<void>
  /** Lets time pass in the app alone, and whatever it does by itself happen. */
  readonly pass: (ms: number) => Promise<void>
  /** Lets time pass on both sides, and the app hear of it. */
  readonly step: (ms: number) => Promise<void>
  readonly tell: <Name extends Command>(name: Name, input: InputOf<Name>) => Promise<void>
  /** Opens a network and takes a way to sign in. */
  readonly begin: (bridgeID: string, flowID: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** What an earlier run left, or nothing: then somebody is signed in for the first time. */
export interface Before {
  readonly simulator: Simulator
  readonly kept: FakeWorld
  readonly vault: ReturnType<typeof createMemoryVault>
}

/** A simulator, and what a run that signed in to it left behind. */
export async function signedInAtOnce(scenario: ScenarioName): Promise<Before> {
  const simulator = await startSimulator({ scenario, timeScale: 0 })
  const kept = fakeWorld({ progress: { ...signedInAt(simulator.origin), isFirstRunDone: true } })
  const vault = createMemoryVault()
  await vault.save(simulator.origin, await new Control(simulator.controlURL).token())
  return { simulator, kept, vault }
}

/** Launches the app and waits until it has read its networks. */
export async function drive({ simulator, kept, vault }: Before): Promise<Drive> {
  const { world } = simulator
  const engine = new Engine({ ...kept.world, beeper, vault })
  const view = (): View => viewOf(engine.state.getState(), about)
  const handlers = handlersOf(engine, () => ({ rev: 1, view: view() }))

  const until: Drive['until'] = async (what, check, appMs = 0) => {
    const endMs = performance.now() + patienceMs
    while (!check()) {
      if (performance.now() > endMs) throw new Error(`It never came to this: ${what}\n${JSON.stringify(view().screen)}`)
      if (world.clock.isAwaited || world.sessions.all().some(({ isBusy }) => isBusy)) world.clock.step(1_000)
      kept.clock.pass(appMs)
      await immediate()
    }
  }
  const shown = (): ConnectionView => {
    const { screen } = view()
    if (screen.name !== 'connection') throw new Error(`The screen is ${screen.name}`)
    return screen.connection
  }
  const stage = (): ConnectionStage => shown().stage
  const atStep = (): StepShown => {
    const now = stage()
    if (now.phase !== 'step') throw new Error(`No step is shown: ${JSON.stringify(now)}`)
    return now
  }
  const tell: Drive['tell'] = async (name, input) => {
    // The handlers are as they are listed: each takes the input of its own name.
    expect(await (handlers[name] as (given: unknown) => unknown)(input), name).toEqual(ok(undefined))
  }
  const pass: Drive['pass'] = async (ms) => {
    for (let leftMs = ms; leftMs > 0; leftMs -= 500) {
      kept.clock.pass(Math.min(leftMs, 500))
      await settle()
    }
  }
  const begin: Drive['begin'] = async (bridgeID, flowID) => {
    await tell('connect.open', { bridgeID })
    await until('a way is chosen', () => stage().phase !== 'loading')
    const { connectionID, stage: first } = shown()
    if (first.phase === 'choosing') await tell('connect.choose', { connectionID, flowID })
    await until('the session has begun', () => !['choosing', 'starting'].includes(stage().phase))
  }
  engine.launch()
  await until('the networks are read', () => {
    const { screen } = view()
    return (screen.name === 'home' || screen.name === 'connect') && screen.status === 'loaded'
  })
  return {
    engine,
    handlers,
    simulator,
    control: new Control(simulator.controlURL),
    kept,
    view,
    shown,
    stage,
    atStep,
    until,
    pass,
    step: async (ms) => {
      // The app first: what it measures is over when the answer comes.
      kept.clock.pass(ms)
      world.clock.step(ms)
      await settle()
    },
    tell,
    begin,
    close: async () => {
      // Quitting ends the process, and with it the event channel; here that has to be said.
      engine.security.send({ type: 'signedOut' })
      await engine.quit()
    },
  }
}

const runs: Drive[] = []
afterEach(async () => {
  for (const run of runs.splice(0)) {
    await run.close()
    const { bugs } = run.simulator.world.traffic
    await run.simulator.close()
    expect(bugs, 'the simulator broke its own contract').toEqual([])
  }
})

/** A run with a simulator of its own, for one test. */
export async function launched(scenario: ScenarioName = 'ready'): Promise<Drive> {
  const run = await drive(await signedInAtOnce(scenario))
  runs.push(run)
  return run
}
