// Does what the security machine asks: reads the server's state, listens for changes, carries keys without keeping them.
import type { Problem } from '#contract/problem'
import type { Target } from '../../beeper-port.ts'
import type { SecurityEffect, SecurityEvent } from '../../domain/security-state.ts'
import type { Server } from '../../domain/account-state.ts'
import { word } from '../../ports.ts'
import type { Journal } from '../journal.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'
import { isVerificationEffect, verificationRunner } from './verification.ts'

type Send = (event: SecurityEvent) => void
type At = Target & { readonly token: string }

export interface SecurityTools {
  readonly world: World
  readonly journal: Journal
  readonly timers: Timers
  /** Server and token of the sign-in, while there is one. */
  readonly target: () => At | undefined
  readonly server: () => Server | undefined
  /** The server no longer takes the token. */
  readonly tokenRefused: () => void
  /** The token may not do what was tried. */
  readonly scopeMissing: (isClicked: boolean) => void
}

/** After sleep many programs wake at once: each waits a little, another while each time (RUN-4). */
const wakingMs = 2_000

/**
 * Makes the runner of the security machine.
 * @returns runs one effect; it never throws, failures become events
 */
export function securityRunner(tools: SecurityTools): (effect: SecurityEffect, send: Send) => void {
  const { world, journal, timers, target, tokenRefused, scopeMissing } = tools
  const { beeper, log } = world
  let stopListening: (() => void) | undefined
  let reading: AbortController | undefined

  const dropReading = (): void => {
    reading?.abort()
    reading = undefined
  }

  const refused = (code: string): void => {
    if (code === 'beeper.token-refused') tokenRefused()
    if (code === 'beeper.missing-scope') scopeMissing(true)
  }

  const verify = verificationRunner({ world, target, answered: dropReading, refused })

  function failReading(problem: Problem, send: Send): void {
    if (problem.code === 'beeper.token-refused') {
      tokenRefused()
      return
    }
    if (problem.code === 'beeper.missing-scope') scopeMissing(false)
    send({ type: 'setupFailed', problem })
  }

  async function read(areVerificationsWanted: boolean, send: Send): Promise<void> {
    const at = target()
    if (at === undefined) return
    dropReading()
    const mine = new AbortController()
    reading = mine
    const { signal } = mine
    const isDropped = (): boolean => signal.aborted
    const result = await beeper.glanceAtSetup({ ...at, signal })
    if (isDropped()) return
    if (!result.ok) {
      failReading(result.problem, send)
      return
    }
    const setup = result.value
    const isNeeded =
      areVerificationsWanted ||
      setup.verification !== undefined ||
      setup.state === 'needs-verification' ||
      setup.state === 'needs-secrets'
    const list = isNeeded ? await beeper.readVerifications({ ...at, signal }) : undefined
    if (isDropped()) return
    // Without the list there is still the one that the setup names; and the next reading tries again.
    if (list?.ok === false) log.warn('verifications-not-read', { code: word(list.problem.code) })
    send({ type: 'setupRead', setup, verifications: list?.ok === true ? list.value : undefined, atMs: Date.now() })
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
        changed: () => {
          send({ type: 'changeHeard' })
        },
        ended: () => {
          send({ type: 'listeningEnded' })
        },
      })
  }

  async function confirmKey(at: At, recoveryKey: string, send: Send): Promise<void> {
    const result = await beeper.confirmKey(at, recoveryKey)
    if (target()?.token !== at.token) return
    dropReading()
    if (result.ok) send({ type: 'keyConfirmed', atMs: Date.now() })
    else {
      refused(result.problem.code)
      send({ type: 'keyFailed', problem: result.problem })
    }
  }

  async function unlock(at: At, recoveryKey: string, send: Send): Promise<void> {
    const result = await beeper.unlock(at, recoveryKey)
    if (target()?.token !== at.token) return
    dropReading()
    if (result.ok) send({ type: 'unlocked', atMs: Date.now() })
    else {
      refused(result.problem.code)
      send({ type: 'unlockFailed', problem: result.problem })
    }
  }

  async function noteNewKey({ note }: SecurityEffect & { type: 'noteNewKey' }): Promise<void> {
    const server = tools.server()
    if (server === undefined || server.isDemo) return
    await journal.note({ newKey: note === undefined ? undefined : { origin: server.origin, ...note } })
  }

  function perform(effect: SecurityEffect, send: Send): Promise<void> | undefined {
    if (isVerificationEffect(effect)) return verify(effect, send)
    const at = target()
    const readLater = (ms: number): void => {
      timers.set('security', ms, () => {
        send({ type: 'readDue' })
      })
    }
    switch (effect.type) {
      case 'read':
        return read(effect.areVerificationsWanted, send)
      case 'readIn':
        readLater(effect.ms)
        return undefined
      case 'readAfresh':
        dropReading()
        readLater(Math.random() * wakingMs)
        return undefined
      case 'listen':
        listen(send)
        return undefined
      case 'stopListening':
        stopListening?.()
        dropReading()
        return undefined
      case 'noteNewKey':
        return noteNewKey(effect)
      case 'confirmKey':
        return at && confirmKey(at, effect.recoveryKey, send)
      case 'unlock':
        return at && unlock(at, effect.recoveryKey, send)
    }
  }

  return (effect, send) => {
    perform(effect, send)?.catch((error: unknown) => {
      log.error('security-effect-failed', error, { effect: word(effect.type) })
      send({ type: 'setupFailed', problem: { code: 'unexpected', retry: 'later' } })
    })
  }
}
