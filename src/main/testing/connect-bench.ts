// An engine in a world of fakes, signed in, with a network to connect.
import { expect } from 'vitest'
import type { Beeper } from '../beeper-port.ts'
import type { ConnectState } from '../domain/connect-state.ts'
import { Engine } from '../engine/app.ts'
import { handlersOf } from '../engine/handlers.ts'
import { complete, formStep, sessionAt, sessionWith } from './connect-states.ts'
import { fakeWorld, good } from './fake-world.ts'
import type { FakeOptions, FakeWorld } from './fake-world.ts'
import { settle } from './fakes.ts'
import { network, secrets, server, setupOf, signedInBefore } from './samples.ts'

const flow = { id: 'qr', name: 'QR code', description: '' }
export const never = (): Promise<never> => new Promise(() => undefined)
export const done = sessionWith(complete)

export interface Bench extends FakeWorld {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly cancelled: { readonly loginSessionID: string; readonly signal: AbortSignal | undefined }[]
  readonly only: () => ConnectState
}

/** A bench that is signed in and has read its networks. */
export async function bench(
  beeper: Partial<Beeper> = {},
  progress: FakeOptions['progress'] = {},
  at = server,
): Promise<Bench> {
  const cancelled: Bench['cancelled'][number][] = []
  const fake = fakeWorld({
    progress: { ...signedInBefore, ...progress },
    beeper: {
      glanceAtSetup: () => good(setupOf('ready')),
      readNetworks: () => good({ networks: [network], accounts: [] }),
      readFlows: () => good([flow]),
      createSession: () => good(sessionAt(formStep)),
      cancelSession: ({ signal }, { loginSessionID }) => {
        cancelled.push({ loginSessionID, signal })
        return good(undefined)
      },
      ...beeper,
    },
  })
  fake.vault.tokens.set(server.origin, secrets.token)
  const engine = new Engine(fake.world)
  if (at.isDemo) {
    engine.choose(at)
    await settle()
    // The demo has no keychain: its sign-in is the token of its own account.
    engine.account.send({
      type: 'signedIn',
      credentials: { token: 't', userID: undefined, source: 'oauth' },
      keptIn: 'this-run',
    })
  } else engine.launch()
  await settle()
  const handlers = handlersOf(engine, () => {
    throw new Error('nobody asks for the View here')
  })
  const only = (): ConnectState => {
    const [one] = engine.connections.states
    if (one === undefined) throw new Error('no connection')
    return one
  }
  return { ...fake, engine, handlers, cancelled, only }
}

export async function opened(beeper: Partial<Beeper> = {}, progress: FakeOptions['progress'] = {}): Promise<Bench> {
  const one = await bench(beeper, progress)
  expect(one.handlers['connect.open']({ bridgeID: network.bridgeID })).toMatchObject({ ok: true })
  await settle()
  return one
}
