// Does what the security machine asks: reads the server's state, listens for changes, carries keys without keeping them.
import type { Problem } from '#contract/problem'
import type { Target } from '../../beeper-port.ts'
import type { SecurityEffect, SecurityEvent } from '../../domain/security.ts'
import { word } from '../../ports.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'

type Send = (event: SecurityEvent) => void

export interface SecurityTools {
  readonly world: World
  readonly timers: Timers
  /** Server and token of the sign-in, while there is one. */
  readonly target: () => (Target & { readonly token: string }) | undefined
  /** The server no longer takes the token. */
  readonly tokenRefused: () => void
  /** The token may not do what was tried. */
  readonly scopeMissing: (isClicked: boolean) => void
}

/**
 * Makes the runner of the security machine.
 * @returns runs one effect; it never throws, failures become events
 */
export function securityRunner({
  world,
  timers,
  target,
  tokenRefused,
  scopeMissing,
}: SecurityTools): (effect: SecurityEffect, send: Send) => void {
  const { beeper, log } = world
  let stopListening: (() => void) | undefined
  let reading: AbortController | undefined

  function fail(problem: Problem, send: Send): void {
    if (problem.code === 'beeper.token-refused') {
      tokenRefused()
      return
    }
    if (problem.code === 'beeper.missing-scope') scopeMissing(false)
    send({ type: 'setupFailed', problem })
  }

  function failClick(event: SecurityEvent & { readonly problem: Problem }, send: Send): void {
    if (event.problem.code === 'beeper.missing-scope') scopeMissing(true)
    send(event)
  }

  async function read(send: Send): Promise<void> {
    const at = target()
    if (at === undefined) return
    reading?.abort()
    const mine = new AbortController()
    reading = mine
    const result = await beeper.glanceAtSetup({ ...at, signal: mine.signal })
    if (mine.signal.aborted) return
    if (result.ok) send({ type: 'setupRead', setup: result.value, atMs: Date.now() })
    else fail(result.problem, send)
  }

  function listen(send: Send): void {
    const at = target()
    stopListening?.()
    stopListening =
      at &&
      beeper.listen(at, {
        started: () => {
          send({ type: 'listeningStarted' })
        },
        setupUpdated: (setup) => {
          send({ type: 'setupRead', setup, atMs: Date.now() })
        },
        ended: () => {
          send({ type: 'listeningEnded' })
        },
      })
  }

  async function confirmKey(recoveryKey: string, send: Send): Promise<void> {
    const at = target()
    if (at === undefined) return
    const result = await beeper.confirmKey(at, recoveryKey)
    if (target()?.token !== at.token) return
    if (result.ok) send({ type: 'unlocked', setup: result.value, atMs: Date.now() })
    else failClick({ type: 'keyFailed', problem: result.problem }, send)
  }

  async function unlock(recoveryKey: string, send: Send): Promise<void> {
    const at = target()
    if (at === undefined) return
    const result = await beeper.unlock(at, recoveryKey)
    if (target()?.token !== at.token) return
    if (result.ok) send({ type: 'unlocked', setup: result.value, atMs: Date.now() })
    else failClick({ type: 'unlockFailed', problem: result.problem }, send)
  }

  function perform(effect: SecurityEffect, send: Send): Promise<void> | undefined {
    switch (effect.type) {
      case 'read':
        return read(send)
      case 'readIn':
        timers.set('security', effect.ms, () => {
          send({ type: 'readDue' })
        })
        return undefined
      case 'listen':
        listen(send)
        return undefined
      case 'stopListening':
        stopListening?.()
        reading?.abort()
        return undefined
      case 'confirmKey':
        return confirmKey(effect.recoveryKey, send)
      case 'unlock':
        return unlock(effect.recoveryKey, send)
    }
  }

  return (effect, send) => {
    perform(effect, send)?.catch((error: unknown) => {
      log.error('security-effect-failed', error, { effect: word(effect.type) })
      send({ type: 'setupFailed', problem: { code: 'unexpected', retry: 'later' } })
    })
  }
}
