// A server in the hands of the test: everything that is asked about a session waits until the test answers it.
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type { LoginFlow, Network } from '#contract/beeper/networks'
import { ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import type { CommandName } from '#contract/command-names'
import type { InputOf } from '#contract/commands'
import type { View } from '#contract/view'
import { afterEach, expect } from 'vitest'
import type { Beeper, Submission, Submitted, Target } from '../beeper-port.ts'
import type { ConnectState } from '../domain/connect-state.ts'
import { viewOf } from '../domain/view.ts'
import { bench } from './connect-bench.ts'
import type { Bench } from './connect-bench.ts'
import { deferred, good } from './fake-world.ts'
import type { FakeOptions } from './fake-world.ts'
import { settle } from './fakes.ts'
import { about, network, server } from './samples.ts'

export const flows: readonly LoginFlow[] = ['qr', 'code'].map((id) => ({ id, name: id, description: '' }))

export interface Asked<Answer> {
  readonly bridgeID: string
  /** Of the flow at a create, of the step at a submit, else of the session. */
  readonly id: string
  readonly loginSessionID: string
  readonly token: string | undefined
  readonly submission: Submission | undefined
  readonly signal: AbortSignal | undefined
  /** Neither answered nor dropped. */
  readonly isOut: boolean
  /** Answers, and lets happen what follows. */
  readonly answer: (answer: Answer) => Promise<void>
}

type Command = Extract<CommandName, `connect.${string}`>

export interface Rig extends Omit<Bench, 'only'> {
  readonly creates: readonly Asked<Result<LoginSession>>[]
  readonly looks: readonly Asked<Result<LoginSession>>[]
  readonly submits: readonly Asked<Submitted>[]
  readonly cancels: readonly Asked<Result<undefined>>[]
  /** Gives a command of a connection, and lets happen what follows. */
  readonly tell: <Name extends Command>(name: Name, input: InputOf<Name>) => Promise<void>
  readonly open: (bridgeID?: string) => Promise<string>
  /** The connection of a network. */
  readonly at: (bridgeID?: string) => ConnectState
  readonly view: () => View
  /** Lets time pass, step by step, and whatever it brings happen. */
  readonly pass: (ms: number) => Promise<void>
}

const overlaps: string[] = []
afterEach(() => {
  expect(overlaps.splice(0), 'a session had two submits in flight').toEqual([])
})

export const networkCalled = (bridgeID: string): Network => ({ ...network, bridgeID, name: bridgeID, accounts: [] })

/** A session that stands at a step. */
export const standing = (step: LoginStep, loginSessionID: string, bridgeID = network.bridgeID): LoginSession => ({
  bridgeID,
  loginSessionID,
  outcome: { kind: 'going-on', step },
})

/** A session that has ended. */
export const over = (
  outcome: LoginSession['outcome'],
  loginSessionID: string,
  bridgeID = network.bridgeID,
): LoginSession => ({ bridgeID, loginSessionID, outcome })

/** What a submit is answered. */
export const answered = (session: LoginSession, problem?: Problem): Submitted => ({
  kind: 'answered',
  session,
  ...(problem && { problem }),
})
export const unheard = (problem: Problem): Submitted => ({ kind: 'unheard', problem })

export const qr = (data: string, stepID = 'qr'): LoginStep => ({
  type: 'display_and_wait',
  stepID,
  instructions: '',
  display: { type: 'qr', data },
})

interface RigOptions {
  readonly networks?: readonly Network[]
  readonly flows?: readonly LoginFlow[]
  readonly progress?: FakeOptions['progress']
  readonly at?: typeof server
  readonly beeper?: Partial<Beeper>
}

/** A person who is signed in, and nobody who answers before the test does. */
export async function rig(options: RigOptions = {}): Promise<Rig> {
  const creates: Asked<Result<LoginSession>>[] = []
  const looks: Asked<Result<LoginSession>>[] = []
  const submits: Asked<Submitted>[] = []
  const cancels: Asked<Result<undefined>>[] = []

  function ask<Answer>(
    list: Asked<Answer>[],
    { signal, token }: Target,
    what: Pick<Asked<Answer>, 'bridgeID' | 'id'> & Partial<Asked<Answer>>,
  ): Promise<Answer> {
    const { promise, resolve } = deferred<Answer>()
    let isAnswered = false
    list.push({
      loginSessionID: '',
      submission: undefined,
      ...what,
      signal,
      token,
      get isOut() {
        return !isAnswered && signal?.aborted !== true
      },
      answer: async (answer) => {
        isAnswered = true
        resolve(answer)
        await settle()
      },
    })
    return promise
  }

  const one = await bench(
    {
      readNetworks: () => good({ networks: options.networks ?? [networkCalled(network.bridgeID)], accounts: [] }),
      readFlows: () => good(options.flows ?? flows),
      createSession: (target, bridgeID, flowID) => ask(creates, target, { bridgeID, id: flowID ?? '' }),
      readSession: (target, path) => ask(looks, target, { ...path, id: path.loginSessionID }),
      submitStep: (target, path, stepID, submission) => {
        const { loginSessionID } = path
        if (submits.some((other) => other.isOut && other.loginSessionID === loginSessionID))
          overlaps.push(loginSessionID)
        return ask(submits, target, { ...path, id: stepID, submission })
      },
      cancelSession: (target, path) => ask(cancels, target, { ...path, id: path.loginSessionID }),
      ...options.beeper,
    },
    options.progress,
    options.at ?? server,
  )
  const { engine, handlers, clock } = one
  const at = (bridgeID = network.bridgeID): ConnectState => {
    const found = engine.connections.states.find((state) => state.bridgeID === bridgeID)
    if (found === undefined) throw new Error(`no connection to ${bridgeID}`)
    return found
  }
  const tell: Rig['tell'] = async (name, input) => {
    // The handlers are as they are listed: each takes the input of its own name.
    expect(await (handlers[name] as (given: unknown) => unknown)(input)).toEqual(ok(undefined))
    await settle()
  }
  return {
    ...one,
    creates,
    looks,
    submits,
    cancels,
    at,
    tell,
    open: async (bridgeID = network.bridgeID) => {
      await tell('connect.open', { bridgeID })
      return at(bridgeID).connectionID
    },
    view: () => viewOf(engine.state.getState(), about),
    pass: async (ms) => {
      for (let leftMs = ms; leftMs > 0; leftMs -= 500) {
        clock.pass(Math.min(leftMs, 500))
        await settle()
      }
    },
  }
}

/** The newest of what was asked. */
export function last<Answer>(list: readonly Asked<Answer>[]): Asked<Answer> {
  const found = list.at(-1)
  if (found === undefined) throw new Error('nothing was asked')
  return found
}

/** A session of the first flow that stands at a step. */
export async function standingAt(step: LoginStep, options: RigOptions = {}): Promise<Rig & { connectionID: string }> {
  const one = await rig(options)
  const connectionID = await one.open()
  await one.tell('connect.choose', { connectionID, flowID: 'qr' })
  await last(one.creates).answer(ok(standing(step, 's1')))
  return { ...one, connectionID }
}
