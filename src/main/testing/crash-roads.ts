// The roads of an account that main may die on.
import type { Simulator } from '#simulator/simulator'
import type { Marker } from '../domain/servers.ts'
import type { Progress } from '../ports.ts'
import { machineOf } from './crash-bench.ts'
import type { Machine } from './crash-bench.ts'
import type { Beginning, Person, Road, Story } from './crash-story.ts'
import { remembered } from './samples.ts'

/** Signs in, whatever the screen asks for. */
async function signIn(story: Story): Promise<void> {
  const { run, person, origin, simulator } = story
  const { handlers } = run
  const state = run.account()
  switch (state.phase) {
    case 'away':
      void handlers['find.use']({ origin })
      return
    case 'email':
      story.click('appSetupEmail', () => handlers['account.sendCode']({ email: person.email }))
      return
    case 'code': {
      const code = simulator.world.mailbox.newest(person.email)?.code ?? ''
      story.click('appSetupResponse', () => handlers['account.submitCode']({ code }))
      return
    }
    case 'register':
      story.click('appSetupRegister', () => handlers['account.register']({ username: 'sam', acceptTerms: true }))
      return
    case 'authorise':
      if (state.step === 'waiting') await story.sayYes()
      else if (person.pasted === undefined) void handlers['account.authorise'](undefined)
      else void handlers['account.useToken']({ token: person.pasted })
      return
    default:
      throw new Error(`nobody knows what to do in ${state.phase}`)
  }
}

const isSignedIn = ({ phase }: Story): boolean => phase === 'signed-in'

async function renew(story: Story): Promise<void> {
  const state = story.run.account()
  if (state.phase !== 'signed-in') await signIn(story)
  else if (state.renewal?.step === 'waiting') await story.sayYes()
  else void story.run.handlers['account.authorise'](undefined)
}

async function signOut({ run, origin }: Story): Promise<void> {
  const { handlers } = run
  if (run.account().phase === 'signed-in') void handlers['account.signOut']({ revoke: true })
  else if (run.account().phase === 'away') void handlers['find.forget']({ origin })
  else void handlers['find.leave'](undefined)
}

async function forget({ run, origin }: Story): Promise<void> {
  if (run.account().phase === 'away') void run.handlers['find.forget']({ origin })
  else void run.handlers['find.leave'](undefined)
}

const isSignedOut = ({ phase, machine, saved }: Story): boolean =>
  phase !== 'signed-in' &&
  saved === undefined &&
  machine.disk.progress.servers.every(({ marker }) => marker === undefined)
const isForgotten = ({ machine }: Story): boolean => machine.disk.progress.servers.length === 0

const ada: Person = { email: 'ada@example.com' }
const portOf = ({ origin }: Simulator): readonly number[] => [Number(new URL(origin).port)]

/** What is left of a run that chose the server; with a sign-in, if there is a marker. */
function chosen(simulator: Simulator, { email }: Person, marker?: Marker, more: Partial<Progress> = {}): Machine {
  const { origin } = simulator
  return machineOf({ origin, email, servers: [remembered({ origin, marker })], ...more }, portOf(simulator))
}

/** What is left of a run that signed in by consent. */
export function signedIn(simulator: Simulator, lifeMs?: number): Beginning {
  const now = Date.now()
  const expiresAtMs = lifeMs === undefined ? undefined : now + lifeMs
  const marker: Marker = { source: 'oauth', savedAt: new Date(now).toISOString(), expiresAtMs }
  const machine = chosen(simulator, ada, marker)
  machine.tokens.set(simulator.origin, simulator.world.issueToken('oauth', undefined, lifeMs).value)
  return { machine, person: ada }
}

const hourMs = 3_600_000

const existingAccount: Road = {
  name: 'existing account',
  scenario: 'existing-account',
  prepare: (simulator) => ({ machine: machineOf({}, portOf(simulator)), person: ada }),
  act: signIn,
  isDone: isSignedIn,
  phases: [
    'away',
    ['settings.update (address noted)', 'email'],
    ['vault.save of the request', 'code'],
    ['response', 'authorise'],
    ['vault.save', 'signed-in'],
  ],
}

const newAccount: Road = {
  name: 'new account',
  scenario: 'new-account',
  prepare(simulator) {
    const person = { email: 'new@example.com' }
    return { machine: chosen(simulator, person), person }
  },
  act: signIn,
  isDone: isSignedIn,
  phases: [
    'email',
    ['vault.save of the request', 'code'],
    ['settings.update (request spent)', 'email'],
    ['register', 'authorise'],
    ['vault.save', 'signed-in'],
  ],
}

const consent: Road = {
  name: 'consent',
  scenario: 'signed-in-elsewhere',
  prepare: (simulator) => ({ machine: chosen(simulator, ada), person: ada }),
  act: signIn,
  isDone: isSignedIn,
  phases: ['authorise', ['vault.save', 'signed-in']],
}

const pastedToken: Road = {
  ...consent,
  name: 'pasted token',
  prepare(simulator) {
    const pasted = simulator.world.issueToken('manual').value
    return { machine: chosen(simulator, ada), person: { ...ada, pasted } }
  },
}

const renewal: Road = {
  name: 'renewal',
  scenario: 'signed-in-elsewhere',
  prepare: (simulator) => signedIn(simulator),
  isLaunchedBefore: true,
  act: renew,
  isDone: (story) => isSignedIn(story) && story.saved !== story.savedBefore,
  phases: ['signed-in'],
}

/** The permission runs out between the crash and the launch after it. */
const lateRenewal: Road = {
  ...renewal,
  name: 'renewal, launched again when the old permission has run out',
  prepare: (simulator) => signedIn(simulator, hourMs),
  laterMs: 2 * hourMs,
  phases: ['authorise', ['vault.save', 'signed-in']],
}

const signingOut: Road = {
  name: 'sign-out',
  scenario: 'signed-in-elsewhere',
  prepare: (simulator) => signedIn(simulator),
  isLaunchedBefore: true,
  act: signOut,
  isWayOut: true,
  isDone: isSignedOut,
  phases: ['signed-in', ['vault.remove', 'keychain-shut'], ['settings.update (sign-in forgotten)', 'authorise']],
}

const forgetting: Road = {
  name: 'forgetting a server',
  scenario: 'signed-in-elsewhere',
  prepare: (simulator) => signedIn(simulator),
  isLaunchedBefore: true,
  act: forget,
  isWayOut: true,
  isDone: isForgotten,
  phases: [
    'signed-in',
    ['vault.remove', 'keychain-shut'],
    ['settings.update (server forgotten, sign-in forgotten)', 'away'],
  ],
}

/** A run before died between the keychain's write and the note of it, and this one settles that. */
const settling: Road = {
  name: 'launch after a crash',
  scenario: 'signed-in-elsewhere',
  prepare(simulator) {
    const { origin } = simulator
    const intents = [{ operation: 'appSetupResponse' as const, origin, openedAt: new Date().toISOString() }]
    const machine = chosen(simulator, ada, undefined, { intents })
    machine.tokens.set(origin, simulator.world.issueToken('account').value)
    return { machine, person: ada }
  },
  act: signIn,
  isDone: isSignedIn,
  phases: ['signed-in'],
}

/** The roads that end with a sign-in where there was none. */
export const roadsIn = [existingAccount, newAccount, consent, pastedToken]
/** The roads that begin with a sign-in. */
export const roadsOn = [renewal, lateRenewal, signingOut, forgetting, settling]
