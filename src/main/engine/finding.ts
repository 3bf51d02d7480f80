// What a person does on the list of servers: goes on with one, names another by its address, tidies up.
import type { InputOf } from '#contract/commands'
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'
import { nameOf, obstacleOf } from '../domain/servers.ts'
import type { Engine } from './app.ts'

type Taken = Result<undefined>

const taken: Taken = ok(undefined)
const notNow = failed({ code: 'command.not-now', retry: 'never' })

export interface Finding {
  use(input: InputOf<'find.use'>): Taken
  useAddress(input: InputOf<'find.useAddress'>): Promise<Taken>
  allow(input: InputOf<'find.allow'>): Promise<Taken>
  refuse(): Taken
  lookAgain(): Taken
  rename(input: InputOf<'find.rename'>): Promise<Taken>
  forget(input: InputOf<'find.forget'>): Promise<Taken>
  startDemo(): Promise<Taken>
}

/** Makes what the commands `find.*` do. */
export function findingOf(engine: Engine): Finding {
  const { world, servers, discovery } = engine

  const isAway = (): boolean => engine.account.state.phase === 'away'

  function choose(found: FoundBeeper): Taken {
    if (obstacleOf(found) !== undefined) return notNow
    const { origin, version } = found
    engine.choose({ origin, name: nameOf(found), version, isDemo: false }, found)
    return taken
  }

  /** Asks who is there and goes on, or says why not. */
  async function open(origin: string): Promise<Taken> {
    engine.setFinding({ opening: origin })
    const probed = await world.beeper.probe(origin)
    // Another one may have been picked meanwhile, or none.
    if (engine.state.getState().finding.opening !== origin) return taken
    engine.setFinding({})
    const problem = probed.ok ? obstacleOf(probed.value) : probed.problem
    if (!probed.ok || problem !== undefined) {
      engine.fail(problem ?? { code: 'unexpected', retry: 'now' })
      return taken
    }
    return choose(probed.value)
  }

  async function startDemo(): Promise<Taken> {
    if (engine.state.getState().finding.isDemoStarting) return notNow
    engine.setFinding({ isDemoStarting: true })
    const demo = await world.demo.start()
    // The person may have gone elsewhere meanwhile.
    if (!engine.state.getState().finding.isDemoStarting) {
      await world.demo.stop()
      return taken
    }
    engine.setFinding({})
    if (!demo.ok) {
      engine.fail(demo.problem)
      return taken
    }
    engine.phoneURL = demo.value.phoneURL
    engine.choose({ origin: demo.value.origin, name: world.words.demoName, version: '', isDemo: true })
    return taken
  }

  return {
    use: ({ origin }) => {
      const found = discovery.state.found.find((one) => one.origin === origin)
      return found === undefined ? notNow : choose(found)
    },
    async useAddress({ address }) {
      const read = world.beeper.readAddress(address)
      if (!read.ok) {
        engine.fail(read.problem)
        return taken
      }
      const { origin, isRemote } = read.value
      // Nothing is sent to another computer, not even a question, before the person said yes to it (ORI-1).
      if (!isRemote || servers.isAllowed(origin)) return open(origin)
      engine.setFinding({ asking: origin })
      return taken
    },
    async allow({ origin }) {
      if (engine.state.getState().finding.asking !== origin) return notNow
      servers.allow(origin)
      return open(origin)
    },
    refuse: () => {
      engine.setFinding({})
      return taken
    },
    lookAgain: () => {
      discovery.send({ type: 'lookDue' })
      return taken
    },
    async rename({ origin, name }) {
      if (servers.find(origin) === undefined) return notNow
      await servers.rename(origin, name.trim())
      return taken
    },
    async forget({ origin }) {
      const known = servers.find(origin)
      if (known === undefined || !isAway()) return notNow
      engine.setFinding({ forgetting: origin })
      const { name, version } = known
      const problem = await engine.keeper.forget({ origin, name, version, isDemo: false })
      engine.setFinding({ problem })
      // Where nothing is remembered any more, nothing is asked any more either (ORI-1).
      if (isAway()) engine.look()
      return taken
    },
    startDemo,
  }
}
