// One walk of a road of an account, through all the runs that it takes, and the person who walks it: one act at a time, by
// what the screen asks, before a crash and after it alike.
import { Control } from '#simulator/control-client'
import { beginningOf } from '#simulator/scenarios/register'
import type { ScenarioName } from '#simulator/scenarios/register'
import type { Simulator } from '#simulator/simulator'
import type { AccountState } from '../domain/account-state.ts'
import { launch } from './crash-bench.ts'
import type { Machine, Run } from './crash-bench.ts'
import { Fuse } from './crash-fuse.ts'

type PhaseName = AccountState['phase']

/** The calls of which each may go out once for each act of the person, and never otherwise. */
export const counted = ['appSetupEmail', 'appSetupResponse', 'appSetupRegister', 'oauth_token'] as const
export type Counted = (typeof counted)[number]

/** What the person has at hand. */
export interface Person {
  readonly email: string
  /** Pasted where permission is asked for; without one they say yes in the browser. */
  readonly pasted?: string
}

export interface Beginning {
  readonly machine: Machine
  readonly person: Person
}

export interface Road {
  readonly name: string
  readonly scenario: ScenarioName
  /** Puts the world in place: what earlier runs left, and who the person is. */
  readonly prepare: (simulator: Simulator) => Beginning
  /** The road begins when the launch is over. */
  readonly isLaunchedBefore?: true
  /** How much later the app is launched again. */
  readonly laterMs?: number
  /** The end of the road is that there is no sign-in any more. */
  readonly isWayOut?: true
  readonly act: (story: Story) => Promise<void>
  readonly isDone: (story: Story) => boolean
  /** Where a launch leads: the phase beside the last of these effects that the run before it had, else the first phase. */
  readonly phases: readonly [PhaseName, ...(readonly [effect: string, PhaseName])[]]
}

const actsAllowed = 15

/** One walk of a road, through all the runs that it takes. */
export class Story {
  readonly road: Road
  readonly simulator: Simulator
  readonly machine: Machine
  readonly person: Person
  /** The token that was in the keychain before the road began. */
  readonly savedBefore: string | undefined
  readonly acts: Record<Counted, number> = {
    appSetupEmail: 0,
    appSetupResponse: 0,
    appSetupRegister: 0,
    oauth_token: 0,
  }
  /** What happened, for whoever has to find out why it went wrong. */
  readonly told: string[] = []
  readonly #control: Control
  run!: Run

  constructor(road: Road, simulator: Simulator, seed: number) {
    simulator.world.load(road.scenario, seed, beginningOf(road.scenario))
    this.road = road
    this.simulator = simulator
    this.#control = new Control(simulator.controlURL)
    const { machine, person } = road.prepare(simulator)
    this.machine = machine
    this.person = person
    this.savedBefore = this.saved
  }

  get origin(): string {
    return this.simulator.origin
  }

  get phase(): PhaseName {
    return this.run.account().phase
  }

  /** The token in the keychain. */
  get saved(): string | undefined {
    return this.machine.tokens.get(this.origin)
  }

  counts(): readonly number[] {
    const counts = this.simulator.world.traffic.counts()
    return counted.map((operation) => counts[operation] ?? 0)
  }

  /** Time goes by, here and on the server. */
  pass(ms: number): void {
    this.machine.laterMs += ms
    this.simulator.world.clock.step(ms)
  }

  /** Launches the app and waits until it waits for the person. */
  async launch(fuse = new Fuse()): Promise<void> {
    this.run = launch(this.machine, fuse)
    this.run.engine.launch()
    await fuse.still()
    this.told.push(`launched: ${this.phase}`)
  }

  /** Goes on as the screens ask, to the end of the road or of the run. */
  async walk(): Promise<void> {
    const { run, road } = this
    const where = (): string => (run.fuse.isBlown ? 'crash' : this.phase)
    for (let n = 0; n < actsAllowed; n += 1) {
      await run.fuse.still()
      if (run.fuse.isBlown || road.isDone(this)) return
      const before = this.phase
      await road.act(this)
      await run.fuse.still()
      this.told.push(`${before} -> ${where()}`)
    }
    throw new Error(`the road has no end: ${this.told.join(', ')}`)
  }

  /** An act that lets a counted call go out once. */
  click(operation: Counted, act: () => unknown): void {
    this.acts[operation] += 1
    act()
  }

  async sayYes(): Promise<void> {
    this.acts.oauth_token += 1
    await this.run.sayYes((url) => this.#control.consent(url))
  }

  /** Says yes on pages that a run has left open in the browser. Nobody should hear of it. */
  async sayYesTo(pages: Run['pages']): Promise<void> {
    // Where the browser is sent to nobody listens any more, and it says so.
    for (const { url } of pages) await this.#control.consent(url).catch(() => undefined)
  }
}
