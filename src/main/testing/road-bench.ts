// One run of the whole app over real HTTP: the engine and its client, with a simulator on the other side and no window.
import { ok } from '#contract/problem'
import type { PublishedView, ScreenName, ScreenOf } from '#contract/view'
import { Control } from '#simulator/control-client'
import type { ScenarioName } from '#simulator/scenarios/register'
import { startSimulator } from '#simulator/simulator'
import type { Simulator, SimulatorOptions } from '#simulator/simulator'
import { afterEach } from 'vitest'
import { beeper } from '../beeper/beeper.ts'
import { viewOf } from '../domain/view.ts'
import { Engine } from '../engine/app.ts'
import { handlersOf } from '../engine/handlers.ts'
import type { World } from '../engine/world.ts'
import { systemClock } from '../shell/clock.ts'
import { createMemoryVault } from '../vault/memory.ts'
import { deferred, fakeWorld } from './fake-world.ts'
import type { FakeWorld } from './fake-world.ts'
import { about, signedInAt } from './samples.ts'

export interface Traveller {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly view: () => PublishedView['view']
  /** Waits for a screen that looks like this; answers it. */
  readonly at: <Name extends ScreenName>(
    name: Name,
    looks?: (screen: ScreenOf<Name>) => boolean,
  ) => Promise<ScreenOf<Name>>
  /** The first page that was opened in the browser. */
  readonly page: Promise<string>
  /** Every View that was shown, as text. */
  readonly shown: string[]
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A simulator that ends with the test that started it. */
export async function simulatorOf(options: SimulatorOptions): Promise<Simulator & { readonly control: Control }> {
  const simulator = await startSimulator(options)
  closers.push(() => simulator.close())
  return { ...simulator, control: new Control(simulator.controlURL) }
}

/** One run of the app, with what earlier runs left in `kept` and `vault`. */
export function run(kept: FakeWorld, vault: World['vault']): Traveller {
  const page = deferred<string>()
  const opener: World['opener'] = {
    openPage: (url) => {
      page.resolve(url)
      return Promise.resolve(ok(undefined))
    },
    openLink: () => Promise.resolve(ok(undefined)),
  }
  const engine = new Engine({ ...kept.world, beeper, vault, opener, clock: systemClock })
  closers.push(() => {
    // Quitting ends the process, and with it the event channel; here that has to be said.
    engine.security.send({ type: 'signedOut' })
    return engine.quit()
  })
  const view = (): PublishedView['view'] => viewOf(engine.state.getState(), about)
  const shown: string[] = []
  engine.state.subscribe(() => shown.push(JSON.stringify(view())))
  return {
    engine,
    handlers: handlersOf(engine, () => ({ rev: 1, view: view() })),
    view,
    shown,
    page: page.promise,
    at: (name, looks) =>
      new Promise((resolve) => {
        const look = (): void => {
          const { screen } = view()
          if (screen.name !== name) return
          const found = screen as ScreenOf<typeof name>
          if (looks !== undefined && !looks(found)) return
          stop()
          resolve(found)
        }
        const stop = engine.state.subscribe(look)
        look()
      }),
  }
}

/** A run that is signed in to a simulator in the middle of a story. */
export async function signedInRun(
  scenario: ScenarioName,
): Promise<Traveller & { readonly simulator: Awaited<ReturnType<typeof simulatorOf>>; readonly kept: FakeWorld }> {
  const simulator = await simulatorOf({ scenario })
  const kept = fakeWorld({ progress: signedInAt(simulator.origin) })
  const vault = createMemoryVault()
  await vault.save(simulator.origin, await simulator.control.token())
  const traveller = run(kept, vault)
  traveller.engine.launch()
  return { ...traveller, simulator, kept }
}

/** The code that is on the screen to be scanned. */
export const qrOf = (screen: ScreenOf<'connection'>): string | undefined => {
  const { stage } = screen.connection
  return stage.phase === 'step' && stage.step.type === 'display_and_wait' && stage.step.display.type === 'qr'
    ? stage.step.display.data
    : undefined
}
