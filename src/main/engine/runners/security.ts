// Does what the security machine asks: reads the server's state, listens for changes, carries keys without keeping them.
import type { Problem, Result } from '#contract/problem'
import type { Target } from '../../beeper-port.ts'
import type { SecurityEffect, SecurityEvent } from '../../domain/security-state.ts'
import type { Server } from '../../domain/account-state.ts'
import { isAboutSetup } from '../../domain/verification-known.ts'
import { word } from '../../ports.ts'
import type { Journal } from '../journal.ts'
import { wallMs } from '../timers.ts'
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
  let readingWith: string | undefined
  /** Asked for while one was under way: that one is finished first, so that many events cannot keep the screen still. */
  let further: { areVerificationsWanted: boolean } | undefined
  let noted = Promise.resolve()
  let listProblem: string | undefined

  const dropReading = (): void => {
    reading?.abort()
    reading = undefined
    further = undefined
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
    if (reading !== undefined && readingWith === at.token) {
      further = { areVerificationsWanted: areVerificationsWanted || further?.areVerificationsWanted === true }
      return
    }
    // What an older token is told says nothing of this one.
    dropReading()
    const mine = new AbortController()
    reading = mine
    readingWith = at.token
    const event = await readOnce({ ...at, signal: mine.signal }, areVerificationsWanted).finally(() => {
      if (reading === mine) reading = undefined
    })
    if (mine.signal.aborted || target()?.token !== at.token) return
    const next = further
    further = undefined
    if (event.type === 'setupFailed') failReading(event.problem, send)
    else send(event)
    if (next !== undefined) await read(next.areVerificationsWanted, send)
  }

  async function readOnce(
    at: At,
    areVerificationsWanted: boolean,
  ): Promise<Extract<SecurityEvent, { type: 'setupRead' | 'setupFailed' }>> {
    const result = await beeper.glanceAtSetup(at)
    if (!result.ok) return { type: 'setupFailed', problem: result.problem }
    const setup = result.value
    const isNeeded = areVerificationsWanted || setup.verification !== undefined || isAboutSetup(setup.state)
    const list = isNeeded && at.signal?.aborted !== true ? await beeper.readVerifications(at) : undefined
    // Without the list there is still the one that the setup names; and the next reading tries again.
    if (list !== undefined) noteList(list)
    const verifications = list?.ok === true ? list.value : undefined
    return { type: 'setupRead', setup, verifications, atMs: wallMs(world.clock) }
  }

  /** Says once that the list cannot be read, and why. */
  function noteList(list: Result<unknown>): void {
    const code = list.ok ? undefined : list.problem.code
    if (code !== undefined && code !== listProblem) log.warn('verifications-not-read', { code: word(code) })
    listProblem = code
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
    // A crash between the two must find the note (ONE-3).
    await noted
    if (target()?.token !== at.token) return
    const result = await beeper.confirmKey(at, recoveryKey)
    if (target()?.token !== at.token) return
    dropReading()
    if (result.ok) send({ type: 'keyConfirmed', atMs: wallMs(world.clock) })
    else {
      refused(result.problem.code)
      send({ type: 'keyFailed', problem: result.problem })
    }
  }

  async function unlock(at: At, recoveryKey: string, send: Send): Promise<void> {
    const result = await beeper.unlock(at, recoveryKey)
    if (target()?.token !== at.token) return
    dropReading()
    if (result.ok) send({ type: 'unlocked', atMs: wallMs(world.clock) })
    else {
      refused(result.problem.code)
      send({ type: 'unlockFailed', problem: result.problem })
    }
  }

  function noteNewKey({ note }: SecurityEffect & { type: 'noteNewKey' }): Promise<void> {
    const server = tools.server()
    if (server === undefined) return noted
    // Begun at once, so that it is before whatever is noted after it.
    const noting = journal.noteNewKey(server, note)
    noted = noted.then(() => noting)
    return noted
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
