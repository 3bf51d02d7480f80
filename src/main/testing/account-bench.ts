// An engine in a world of fakes, walked to the screens of the account.
import type { Result } from '#contract/problem'
import { expect } from 'vitest'
import type { Beeper } from '../beeper-port.ts'
import type { AccountState } from '../domain/account-state.ts'
import { Engine } from '../engine/app.ts'
import { bad, fakeWorld, good, problemOf } from './fake-world.ts'
import type { FakeOptions, FakeWorld } from './fake-world.ts'
import { settle } from './fakes.ts'
import { form, secrets, server, setupOf } from './samples.ts'

export const signedIn = {
  kind: 'signed-in',
  token: secrets.token,
  userID: '@sam:beeper.com',
  setup: setupOf('initializing'),
} as const
export const registration = { kind: 'registration', ...form } as const

type Glance = Beeper['glanceAtSetup']
/** A server that lets in whoever has a token, and otherwise says what it is told. */
export const guarded =
  (without: Glance): Glance =>
  (target) =>
    target.token === undefined ? without(target) : good(setupOf('initializing'))

export interface Bench extends FakeWorld {
  readonly engine: Engine
  readonly phase: () => AccountState['phase']
  readonly account: Engine['account']
}

export function bench(options: FakeOptions = {}): Bench {
  const fake = fakeWorld(options)
  const engine = new Engine(fake.world)
  return { ...fake, engine, account: engine.account, phase: () => engine.account.state.phase }
}

/** A bench on the code screen of a fresh server. */
export async function atCode(more: FakeOptions['beeper'] = {}, at = server): Promise<Bench> {
  const one = bench({
    beeper: {
      glanceAtSetup: guarded(() => good(setupOf('needs-login'))),
      start: () => good('r1'),
      sendEmail: () => good(undefined),
      ...more,
    },
  })
  one.engine.choose(at)
  await settle()
  one.account.send({ type: 'codeRequested', email: 'sam@example.com' })
  await settle()
  expect(one.phase()).toBe('code')
  one.did.length = 0
  return one
}

async function atRegister(more: FakeOptions['beeper'] = {}): Promise<Bench> {
  const one = await atCode({ respond: () => good(registration), ...more })
  one.account.send({ type: 'codeSubmitted', code: '123456' })
  await settle()
  expect(one.phase()).toBe('register')
  one.did.length = 0
  return one
}

/** A bench on a server that asks for permission. */
export async function atAuthorise(more: FakeOptions['beeper'] = {}): Promise<Bench> {
  const one = bench({ beeper: { glanceAtSetup: guarded(() => bad(problemOf('beeper.token-refused'))), ...more } })
  one.engine.choose(server)
  await settle()
  expect(one.phase()).toBe('authorise')
  one.did.length = 0
  return one
}

/** How each way to a sign-in is walked, up to the call that happens once. */
export const ways = {
  respond: {
    intent: 'appSetupResponse',
    begin: (answer: () => Promise<Result<never>>) => atCode({ respond: answer }),
    act: (one: Bench) => {
      one.account.send({ type: 'codeSubmitted', code: secrets.code })
    },
  },
  register: {
    intent: 'appSetupRegister',
    begin: (answer: () => Promise<Result<never>>) => atRegister({ register: answer }),
    act: (one: Bench) => {
      one.account.send({ type: 'usernameSubmitted', username: 'sam' })
    },
  },
} as const
export const wayNames = Object.keys(ways) as (keyof typeof ways)[]
