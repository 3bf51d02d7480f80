import { addAda } from './cast.ts'
import type { Scenario } from './register.ts'

export const tooOld: Scenario = {
  summary: 'A server from before the setup and bridge paths: it answers 404 to them',
  begin: (world) => {
    world.server.version = '4.2.808'
    world.server.hasSetupPaths = false
    world.setup.place(addAda(world), 'ready')
  },
}

export const noSignIn: Scenario = {
  summary: 'Nobody is signed in and this Beeper takes no sign-in over the API: its start answers 403',
  begin: (world) => {
    world.server.offersSignIn = false
    addAda(world)
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
