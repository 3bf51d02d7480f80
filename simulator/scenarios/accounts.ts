import { addAda, addGrace } from './cast.ts'
import type { Scenario } from './register.ts'

export const newAccount: Scenario = {
  summary: 'Nobody is signed in and every address is new (grace@example.com and the name "taken" are not)',
  begin: (world) => {
    addGrace(world)
  },
}

export const existingAccount: Scenario = {
  summary: 'Nobody is signed in; ada@example.com has an account with a phone and a recovery key',
  begin: (world) => {
    addAda(world)
    addGrace(world)
  },
}

export const signedInElsewhere: Scenario = {
  summary: 'Ada is signed in and ready, but this app has no token: it has to ask on the consent page',
  begin: (world) => {
    world.setup.place(addAda(world), 'ready')
  },
}
