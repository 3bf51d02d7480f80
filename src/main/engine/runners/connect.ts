// Does what a connection asks. One request at a time for a session; it is dropped only to cancel (semantics 5).
import type { Result } from '#contract/problem'
import type { LoginSession } from '#contract/beeper/login'
import type { Submitted, Target } from '../../beeper-port.ts'
import type { ConnectEffect, ConnectEvent } from '../../domain/connect.ts'
import { word } from '../../ports.ts'
import type { Journal } from '../journal.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'
import type { Server } from '../../domain/account-state.ts'

type Send = (event: ConnectEvent) => void

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
  readonly connected: () => void
  /** The token may not do what was tried. */
  readonly scopeMissing: () => void
}

/**
 * Makes the runner of one connection.
 * @returns runs one effect; it never throws, failures become events
 */
export function connectRunner({
  world,
  journal,
  timers,
  connectionID,
  server,
  target,
  connected,
  scopeMissing,
}: ConnectTools): (effect: ConnectEffect, send: Send) => void {
  const { beeper, log } = world
  let inFlight: AbortController | undefined
  let hastyCount = 0

  const begin = (): Target => {
    inFlight = new AbortController()
    return { ...target(), signal: inFlight.signal }
  }

  function tell(result: Submitted, send: Send): void {
    if (result.kind === 'answered') send({ type: 'sessionRead', session: result.session })
    else if (result.kind === 'ended') send({ type: 'failed', problem: result.problem })
    else send({ type: 'connectionLost', problem: result.problem })
  }

  function tellRead(result: Result<LoginSession>, send: Send): void {
    if (result.ok) send({ type: 'sessionRead', session: result.value })
    else send({ type: result.problem.code === 'connect.gone' ? 'failed' : 'connectionLost', problem: result.problem })
  }

  async function readFlows(bridgeID: string, send: Send): Promise<void> {
    const flows = await beeper.readFlows(target(), bridgeID)
    send(flows.ok ? { type: 'flowsRead', flows: flows.value } : { type: 'failed', problem: flows.problem })
  }

  async function create(bridgeID: string, flowID: string | undefined, send: Send): Promise<void> {
    const close = await journal.open('createLoginSession', server, { bridgeID })
    const session = await beeper.createSession(target(), bridgeID, flowID)
    send(session.ok ? { type: 'sessionRead', session: session.value } : { type: 'failed', problem: session.problem })
    await close()
  }

  async function submit(effect: ConnectEffect & { type: 'submit' | 'await' }, send: Send): Promise<void> {
    const fields = effect.type === 'submit' ? effect.fields : undefined
    const at = begin()
    const beganMs = world.clock.nowMs()
    const result = await beeper.submitStep(at, effect, effect.stepID, fields)
    const isHasty = effect.type === 'await' && world.clock.nowMs() - beganMs < hastyMs
    hastyCount = isHasty ? hastyCount + 1 : 0
    if (at.signal?.aborted !== true) tell(result, send)
  }

  async function look(effect: ConnectEffect & { type: 'look' }, send: Send): Promise<void> {
    const at = begin()
    const result = await beeper.readSession(at, effect)
    if (at.signal?.aborted !== true) tellRead(result, send)
  }

  async function cancel(effect: ConnectEffect & { type: 'cancel' }): Promise<void> {
    inFlight?.abort()
    timers.stop(connectionID)
    const result = await beeper.cancelSession(target(), effect)
    if (!result.ok) log.warn('session-not-cancelled', { code: word(result.problem.code) })
  }

  function perform(effect: ConnectEffect, send: Send): Promise<void> | undefined {
    switch (effect.type) {
      case 'readFlows':
        return readFlows(effect.bridgeID, send)
      case 'create':
        return create(effect.subject.bridgeID, effect.flowID, send)
      case 'submit':
        return submit(effect, send)
      case 'await':
        if (hastyCount < hastyLimit) return submit(effect, send)
        timers.set(connectionID, hastyPauseMs, () => {
          watch(submit(effect, send), effect, send)
        })
        return undefined
      case 'look':
        return look(effect, send)
      case 'lookIn':
        timers.set(connectionID, effect.ms, () => {
          send({ type: 'lookDue' })
        })
        return undefined
      case 'cancel':
        return cancel(effect)
      case 'connected':
        connected()
        return undefined
    }
  }

  function watch(work: Promise<void> | undefined, effect: ConnectEffect, send: Send): void {
    work?.catch((error: unknown) => {
      log.error('connect-effect-failed', error, { effect: word(effect.type) })
      send({ type: 'failed', problem: { code: 'unexpected', retry: 'now' } })
    })
  }

  return (effect, send) => {
    const speak: Send = (event) => {
      if ('problem' in event && event.problem.code === 'beeper.missing-scope') {
        scopeMissing()
        // Once the permission is there, the same thing is worth another try.
        send({ ...event, problem: { ...event.problem, retry: 'now' } })
      } else send(event)
    }
    watch(perform(effect, speak), effect, speak)
  }
}
