import { addAda } from './cast.ts'
import type { Scenario } from './register.ts'

/** Long enough to look at, short enough not to get stuck in; simulated milliseconds. */
const lingerMs = 20_000

export const initializing: Scenario = {
  summary: 'Ada is signed in; the server is still starting up and then wants a verification',
  begin: (world) => {
    world.setup.place(addAda(world), 'initializing', { afterMs: lingerMs, next: 'needs-verification' })
  },
}

export const needsSetup: Scenario = {
  summary: 'A new account is signed in and has no recovery key yet',
  begin: (world) => {
    const person = { email: 'sam@example.com', username: 'sam', hasCrossSigning: false }
    world.setup.place(world.addPerson(person), 'needs-cross-signing-setup')
  },
}

export const needsVerification: Scenario = {
  summary: 'Ada is signed in and has to verify with the phone or the recovery key',
  begin: (world) => {
    world.setup.place(addAda(world), 'needs-verification')
  },
}

export const twoDevices: Scenario = {
  summary: 'Ada is signed in and has to verify; she has a phone and a tablet, and both may ask',
  begin: (world) => {
    world.setup.place(addAda(world, { devices: 'both' }), 'needs-verification')
  },
}

export const noOtherDevice: Scenario = {
  summary: 'Ada is signed in and has to verify, but has no other device: only the recovery key is left',
  begin: (world) => {
    world.setup.place(addAda(world, { devices: 'none' }), 'needs-verification')
  },
}

export const notBackedUp: Scenario = {
  summary: 'Ada is signed in and ready, but there is no recovery key: her messages are not backed up',
  begin: (world) => {
    world.setup.place(addAda(world, { hasRecoveryKey: false }), 'ready')
  },
}

export const needsSecrets: Scenario = {
  summary: 'Ada is signed in and verified; the secrets have not arrived',
  begin: (world) => {
    world.setup.place(addAda(world), 'needs-secrets')
  },
}

export const needsFirstSync: Scenario = {
  summary: 'Ada is signed in and verified; the first sync takes a while',
  begin: (world) => {
    world.setup.place(addAda(world), 'needs-first-sync', { afterMs: lingerMs, next: 'ready' })
  },
}

export const unknownState: Scenario = {
  summary: 'The server reports a state no client has heard of, and becomes ready later',
  begin: (world) => {
    world.setup.place(addAda(world), 'needs-account-migration', { afterMs: lingerMs, next: 'ready' })
  },
}
