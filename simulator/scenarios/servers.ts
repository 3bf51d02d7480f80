import { addAda } from './cast.ts'
import type { Scenario } from './register.ts'

export const tooOld: Scenario = {
  summary: 'A server from before the setup and bridge paths: it answers 404 to them',
  begin: (world) => {
    world.version = '4.2.808'
    world.hasSetupPaths = false
    world.setup.place(addAda(world), 'ready')
  },
}

export const rude: Scenario = {
  summary: 'Like existing-account, but with everything undocumented that was seen in the wild and useless error texts',
  begin: (world) => {
    world.wire.profile = 'rich'
    world.wire.errorSurface = 'bare'
    addAda(world)
  },
}
