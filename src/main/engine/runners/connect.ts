// Does what a connection asks. One submit at a time for a session, and it is dropped only to cancel or when the session is
// known to have moved on (semantics 5).
import type { LoginSession } from '#contract/beeper/login'
import type { Problem } from '#contract/problem'
import type { SessionPath, Submission, Target } from '../../beeper-port.ts'
import type { Server } from '../../domain/account-state.ts'
import type { ConnectEffect, ConnectEvent } from '../../domain/connect-state.ts'
import { word } from '../../ports.ts'
import type { Journal } from '../journal.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'

type Send = (event: ConnectEvent) => void
type EffectOf<Type extends ConnectEffect['type']> = Extract<ConnectEffect, { readonly type: Type }>

/**
 * [Note: steps that do not wait] A submit of a waiting step blocks until something changes. A server that answers it at
 * once, time and again, does not block: from then on it is asked once a second.
 */
const hastyMs = 100
const hastyLimit = 5
const hastyPauseMs = 1_000

export interface ConnectTools {
  readonly world: World
  readonly journal: Journal
  readonly timers: Timers
  readonly connectionID: string
  readonly server: Server
  /** Server and token, as they are now. */
  readonly target: () => Target
  /** What is under way for the session is given up. */
  readonly abandoned: AbortSignal
  readonly connected: () => void
  /** The token may not do what was tried. */
  readonly scopeMissing: () => void
  /** The token is refused, by a plain read too (R26). */
  readonly tokenRefused: () => void
  /** What has to come to its end before a quit: a session that is being made or cancelled. */
  readonly settling: (work: Promise<void>) => void
}

/**
 * Names of a connection's timers.
 * @param connectionID whose
 */
export const timersOf = (connectionID: string): readonly string[] =>
  ['look', 'wait', 'life', 'watch'].map((name) => `${connectionID} ${name}`)

/** Only the path: what else an effect carries is not for the address. */
const pathOf = ({ bridgeID, loginSessionID }: SessionPath): SessionPath => ({ bridgeID, loginSessionID })

const isWaiting = ({ outcome }: LoginSession): boolean =>
  outcome.kind === 'going-on' && outcome.step.type === 'display_and_wait'

/**
 * Makes the runner of one connection.
 * @returns runs one effect; it never throws, failures become events
 */
export function connectRunner(tools: ConnectTools): (effect: ConnectEffect, send: Send) => void {
  const { world, journal, timers, connectionID, server, target, abandoned } = tools
  const { beeper, log } = world
  const [lookTimer = '', waitTimer = '', lifeTimer = '', watchTimer = ''] = timersOf(connectionID)
  let pending: AbortController | undefined
  let looking: AbortController | undefined
  let hastyCount = 0

  /** @param at what was asked with: a word about a token that was replaced meanwhile says nothing about the present one */
  function hear(problem: Problem, at: Target): Problem {
    const isPresent = at.token === target().token
    if (problem.code === 'beeper.token-refused' && isPresent) tools.tokenRefused()
    if (problem.code !== 'beeper.missing-scope') return problem
    if (isPresent) tools.scopeMissing()
    // Once the permission is there, the same thing is worth another try.
    return { ...problem, retry: 'now' }
  }

  async function readFlows(bridgeID: string, send: Send): Promise<void> {
    const at = target()
    const flows = await beeper.readFlows(at, bridgeID)
    if (flows.ok) send({ type: 'flowsRead', flows: flows.value })
    else send({ type: 'flowsNotRead', problem: hear(flows.problem, at) })
  }

  async function create({ bridgeID, flowID }: EffectOf<'create'>, send: Send): Promise<void> {
    // What an earlier session still answers is not said of this one.
    pending?.abort()
    looking?.abort()
    hastyCount = 0
    const close = await journal.open('createLoginSession', server, { bridgeID })
    const at = target()
    const session = await beeper.createSession(at, bridgeID, flowID)
    if (session.ok) send({ type: 'sessionRead', session: session.value, by: 'answer' })
    else send({ type: 'ended', problem: hear(session.problem, at) })
    await close()
  }

  async function submit(path: SessionPath, stepID: string, submission: Submission, send: Send): Promise<void> {
    pending?.abort()
    const mine = new AbortController()
    pending = mine
    const at = { ...target(), signal: AbortSignal.any([mine.signal, abandoned]) }
    const result = await beeper.submitStep(at, pathOf(path), stepID, submission)
    if (at.signal.aborted) return
    // A look that was overtaken would bring back what is over.
    if (result.kind !== 'unheard') looking?.abort()
    if (result.kind === 'answered') send({ type: 'sessionRead', ...result, by: 'answer' })
    else if (result.kind === 'ended') send({ type: 'ended', problem: hear(result.problem, at) })
    else send({ type: 'connectionLost', of: 'answer', problem: hear(result.problem, at) })
  }

  async function wait(effect: EffectOf<'wait'>, send: Send): Promise<void> {
    const begin = async (): Promise<void> => {
      // Counted before the answer is told, because what it leads to is the next wait.
      const speak: Send = (event) => {
        hastyCount = world.clock.nowMs() - beganMs < hastyMs ? hastyCount + 1 : 0
        send(event)
      }
      const beganMs = world.clock.nowMs()
      await submit(effect, effect.stepID, { type: 'display_and_wait' }, speak)
    }
    if (hastyCount < hastyLimit) return begin()
    timers.set(waitTimer, hastyPauseMs, () => {
      watch(begin(), effect, send)
    })
  }

  async function look(effect: EffectOf<'look'>, send: Send): Promise<void> {
    looking?.abort()
    const mine = new AbortController()
    looking = mine
    const at = { ...target(), signal: AbortSignal.any([mine.signal, abandoned]) }
    const result = await beeper.readSession(at, pathOf(effect))
    if (at.signal.aborted) return
    // Nor is a hasty step asked again once the session has moved on.
    if (result.ok && !isWaiting(result.value)) timers.stop(waitTimer)
    if (result.ok) send({ type: 'sessionRead', session: result.value, by: 'look' })
    else if (result.problem.code === 'connect.gone') send({ type: 'ended', problem: result.problem })
    else send({ type: 'connectionLost', of: 'look', problem: hear(result.problem, at) })
  }

  async function cancel(effect: EffectOf<'cancel'>): Promise<void> {
    pending?.abort()
    looking?.abort()
    for (const timer of timersOf(connectionID)) timers.stop(timer)
    const result = await beeper.cancelSession(target(), pathOf(effect))
    if (!result.ok) log.warn('session-not-cancelled', { code: word(result.problem.code) })
  }

  function settled(work: Promise<void>): Promise<void> {
    tools.settling(work)
    return work
  }

  function perform(effect: ConnectEffect, send: Send): Promise<unknown> | undefined {
    switch (effect.type) {
      case 'readFlows':
        return readFlows(effect.bridgeID, send)
      case 'create':
        return settled(create(effect, send))
      case 'submit': {
        const { kind, fields, stepID } = effect
        return submit(effect, stepID, { type: kind, fields }, send)
      }
      case 'wait':
        return wait(effect, send)
      case 'look':
        return look(effect, send)
      case 'cancel':
        return settled(cancel(effect))
      case 'lookIn':
        timers.set(lookTimer, effect.ms, () => {
          send({ type: 'lookDue' })
        })
        return undefined
      case 'remindIn':
        timers.set(lifeTimer, effect.ms, () => {
          send({ type: 'minutePassed' })
        })
        return undefined
      case 'watchFor':
        timers.set(watchTimer, effect.ms, () => {
          send({ type: 'watchEnded' })
        })
        return undefined
      case 'connected':
        tools.connected()
        return undefined
    }
  }

  function watch(work: Promise<unknown> | undefined, effect: ConnectEffect, send: Send): void {
    work?.catch((error: unknown) => {
      log.error('connect-effect-failed', error, { effect: word(effect.type) })
      send({ type: 'ended', problem: { code: 'unexpected', retry: 'now' } })
    })
  }

  return (effect, send) => {
    watch(perform(effect, send), effect, send)
  }
}
