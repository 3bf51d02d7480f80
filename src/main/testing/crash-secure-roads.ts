// The roads through Secure messages that main may die on, and the person who walks them: one act at a time, by what the
// screen asks, before a crash and after it alike.
import type { ScreenName, ScreenOf, View } from '#contract/view'
import { moves } from '#simulator/moves'
import type { MoveName } from '#simulator/moves'
import { beginningOf } from '#simulator/scenarios/register'
import type { ScenarioName } from '#simulator/scenarios/register'
import type { Simulator } from '#simulator/simulator'
import { viewOf } from '../domain/view.ts'
import { launch } from './crash-bench.ts'
import type { Machine, Run } from './crash-bench.ts'
import { Fuse } from './crash-fuse.ts'
import { signedIn } from './crash-roads.ts'
import { about } from './samples.ts'
import { proofOf } from './secure-server.ts'

/** The calls of which each may go out once for each act of the person, and never otherwise. */
export const counted = [
  'appSetupVerificationRecoveryKeyReset',
  'appSetupVerificationRecoveryKeyResetConfirm',
  'appSetupVerificationRecoveryKey',
  'appSetupVerificationsCreate',
  'appSetupVerificationsSASStart',
  'appSetupVerificationsSASConfirm',
] as const
type Counted = (typeof counted)[number]

export type SecureRoad = Readonly<Partial<Record<ScreenName, (story: SecureStory) => unknown>>> & {
  readonly title: string
  readonly scenario: ScenarioName
}

const actsAllowed = 25

/** One walk of a road, through all the runs that it takes. */
export class SecureStory {
  readonly road: SecureRoad
  readonly simulator: Simulator
  readonly machine: Machine
  /** The key that was in force before the road began. */
  readonly oldKey: string | undefined
  /** The keys that the person has seen, oldest first. */
  readonly papers: string[] = []
  readonly clicks = new Map<Counted, number>()
  /** What happened, for whoever has to find out why it went wrong. */
  readonly told: string[] = []
  run!: Run

  constructor(road: SecureRoad, simulator: Simulator, seed: number) {
    simulator.world.load(road.scenario, seed, beginningOf(road.scenario))
    this.road = road
    this.simulator = simulator
    this.machine = signedIn(simulator).machine
    this.oldKey = this.keyInForce
  }

  get keyInForce(): string | undefined {
    return this.simulator.world.setup.signedIn?.person.recoveryKey?.key
  }

  get view(): View {
    return viewOf(this.run.engine.state.getState(), about)
  }

  /** The screen, if it is this one. */
  on<Name extends ScreenName>(name: Name): ScreenOf<Name> {
    const { screen } = this.view
    if (screen.name !== name) throw new Error(`the screen is ${screen.name}, not ${name}`)
    // The name tells the members apart, which a type parameter does not show to the compiler.
    return screen as ScreenOf<Name>
  }

  get isDone(): boolean {
    return this.view.screen.name === 'first-sync'
  }

  /** How often each call reached the server, in the order of {@link counted}. */
  counts(): readonly number[] {
    const counts = this.simulator.world.traffic.counts()
    return counted.map((operation) => counts[operation] ?? 0)
  }

  /** How often each of them may have. */
  allowed(): readonly number[] {
    return counted.map((operation) => this.clicks.get(operation) ?? 0)
  }

  /** Launches the app and waits until it waits for the person. */
  async launch(fuse = new Fuse()): Promise<void> {
    this.run = launch(this.machine, fuse)
    this.run.engine.launch()
    await fuse.still()
    this.told.push(`launched: ${this.view.screen.name}`)
  }

  /** Goes on as the screens ask, to the end of the road or of the run. */
  async walk(): Promise<void> {
    const { fuse } = this.run
    const where = (): string => (fuse.isBlown ? 'crash' : this.view.screen.name)
    for (let n = 0; n < actsAllowed; n += 1) {
      await fuse.still()
      if (fuse.isBlown || this.isDone) return
      const { name } = this.view.screen
      const act = this.road[name]
      if (act === undefined) throw new Error(`nobody knows what to do on ${name}: ${this.told.join(', ')}`)
      void act(this)
      await fuse.still()
      this.told.push(`${name} -> ${where()}`)
    }
    throw new Error(`the road has no end: ${this.told.join(', ')}`)
  }

  /** An act that lets a counted call go out once. */
  click(operation: Counted): Run['handlers'] {
    this.clicks.set(operation, (this.clicks.get(operation) ?? 0) + 1)
    return this.run.handlers
  }

  /** The other device does something; then this one looks, because here no events arrive. */
  phone(move: MoveName): void {
    const { verifications, setup } = this.simulator.world
    const running = verifications.current()
    if (running !== undefined && moves[move].when(running))
      verifications.act(running, () => {
        moves[move].run(running, setup.signedIn?.person.devices[0])
      })
    void this.run.handlers['security.checkAgain'](undefined)
  }
}

/** Makes a new key, writes it down and proves that. */
const newKey: SecureRoad = {
  title: 'a new key in place of the lost one',
  scenario: 'needs-verification',
  verify: ({ run }) => run.handlers['security.openDoor']({ door: 'new-key' }),
  async 'recovery-key'(story) {
    const { phase } = story.on('recovery-key')
    const paper = story.papers.at(-1)
    if (phase === 'ask') {
      const answer = await story.click('appSetupVerificationRecoveryKeyReset')['security.createRecoveryKey']({
        acceptLoss: true,
      })
      if (answer.ok) story.papers.push(answer.value.recoveryKey)
    } else if (phase === 'showing' && paper !== undefined) {
      const { handlers } = story.run
      story.click('appSetupVerificationRecoveryKeyResetConfirm')
      void handlers['security.confirmRecoveryKey'](proofOf(paper))
    } else void story.run.handlers['security.checkAgain'](undefined)
  },
}

const firstKey: SecureRoad = {
  ...newKey,
  title: 'the first key of a new account',
  scenario: 'needs-cross-signing-setup',
}

/** Compares pictures with the phone, which does its part when it is asked. */
const emoji: SecureRoad = {
  title: 'pictures compared with the phone',
  scenario: 'needs-verification',
  verify: (story) => story.click('appSetupVerificationsCreate')['security.requestVerification'](undefined),
  verification(story) {
    const { stage, verificationID } = story.on('verification').verification
    switch (stage.at) {
      case 'outgoing':
        story.phone('accept')
        return
      case 'choosing':
        void story.click('appSetupVerificationsSASStart')['security.startEmoji']({ verificationID })
        return
      case 'comparing':
        if (stage.canAnswer) {
          const emojis = [...stage.emojis]
          void story.click('appSetupVerificationsSASConfirm')['security.confirmEmoji']({ verificationID, emojis })
        } else story.phone('confirm')
        return
      default:
        throw new Error(`nobody knows what to do at ${stage.at}`)
    }
  },
}

/** Asks the phone, which stays silent, and goes on with the key. */
const silentPhone: SecureRoad = {
  title: 'the phone is silent, and the old key is found',
  scenario: 'needs-verification',
  verify: emoji.verify ?? (() => undefined),
  verification: ({ run }) => run.handlers['security.openDoor']({ door: 'key' }),
  unlock: (story) =>
    story.click('appSetupVerificationRecoveryKey')['security.unlock']({
      recoveryKey: story.oldKey ?? '',
      isSure: true,
    }),
}

export const keyRoads = [newKey, firstKey]
export const deviceRoads = [emoji, silentPhone]
