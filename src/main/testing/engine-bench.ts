// An engine in a world of fakes, with its commands and what the window would show.
import type { PublishedView, View } from '#contract/view'
import type { Beeper } from '../beeper-port.ts'
import { viewOf } from '../domain/view.ts'
import { Engine } from '../engine/app.ts'
import { handlersOf } from '../engine/handlers.ts'
import { fakeWorld, good } from './fake-world.ts'
import type { FakeOptions, FakeWorld } from './fake-world.ts'
import { settle } from './fakes.ts'
import { about, chatAccount, network, secrets, server, setupOf, signedInBefore } from './samples.ts'

export const lists = { networks: [network], accounts: [chatAccount] }

export interface Bench extends FakeWorld {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly view: () => View
  readonly screen: () => string
  /** How often the Beeper was asked this. */
  readonly count: (name: keyof Beeper) => number
}

export function bench(options: FakeOptions = {}): Bench {
  const fake = fakeWorld(options)
  const engine = new Engine(fake.world)
  const published = (): PublishedView => ({ rev: 1, view: viewOf(engine.state.getState(), about) })
  return {
    ...fake,
    engine,
    handlers: handlersOf(engine, published),
    view: () => published().view,
    screen: () => published().view.screen.name,
    count: (name) => fake.did.filter((what) => what === `beeper.${name}`).length,
  }
}

export async function signedIn(beeper: Partial<Beeper> = {}, progress: FakeOptions['progress'] = {}): Promise<Bench> {
  const one = bench({
    progress: { ...signedInBefore, ...progress },
    beeper: {
      glanceAtSetup: () => good(setupOf('ready')),
      readVerifications: () => good([]),
      readNetworks: () => good(lists),
      ...beeper,
    },
  })
  one.vault.tokens.set(server.origin, secrets.token)
  one.engine.launch()
  await settle()
  return one
}
