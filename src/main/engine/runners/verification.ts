// Carries what a person does at a verification to the server. Nothing is repeated by itself: after a lost answer the state is
// read, and the person's buttons are what it lists then (semantics 6, check-first).
import type { Verification, VerificationAnswer } from '#contract/beeper/verification'
import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { Target } from '../../beeper-port.ts'
import type { Doing, SecurityEffect, SecurityEvent } from '../../domain/security-state.ts'
import { reusable } from '../../domain/verification-known.ts'
import { wallMs } from '../timers.ts'
import type { World } from '../world.ts'

type Send = (event: SecurityEvent) => void
type At = Target & { readonly token: string }

export interface VerificationTools {
  readonly world: World
  readonly target: () => At | undefined
  /** An answer has come: what is being read may be older than it. */
  readonly answered: () => void
  /** Looks after a token that is refused or may not do this. */
  readonly refused: (code: string) => void
}

type VerificationEffect = Extract<
  SecurityEffect,
  { type: 'requestVerification' | 'act' | 'cancel' | 'scan' | 'announce' | 'withdraw' }
>

type Asked = Extract<SecurityEffect, { type: 'requestVerification' }>

export const isVerificationEffect = (effect: SecurityEffect): effect is VerificationEffect =>
  ['requestVerification', 'act', 'cancel', 'scan', 'announce', 'withdraw'].includes(effect.type)

/** Failures after which the server may have done what was asked. */
const mayHaveHappened: readonly string[] = [
  'beeper.timeout',
  'beeper.unreachable',
  'beeper.upstream',
  'beeper.fault',
  'beeper.unreadable',
]

/**
 * Makes the part of the runner that verifies.
 * @returns runs one effect; rejects only for a fault of this program
 */
export function verificationRunner({
  world,
  target,
  answered,
  refused,
}: VerificationTools): (effect: VerificationEffect, send: Send) => Promise<void> {
  const { beeper, appWindow, notifier } = world
  const notifications = new Map<string, () => void>()

  async function tell(
    asked: Promise<Result<VerificationAnswer | undefined>>,
    at: At,
    { verificationID, doing }: { readonly verificationID: string; readonly doing: Doing },
    send: Send,
  ): Promise<void> {
    const result = await asked
    if (target()?.token !== at.token) return
    answered()
    if (result.ok) {
      const verification = result.value?.verification
      send({ type: 'verificationAnswered', verificationID, doing, verification, atMs: wallMs(world.clock) })
    } else {
      refused(result.problem.code)
      send({ type: 'verificationFailed', verificationID, doing, problem: result.problem })
    }
  }

  /** One that is alive already, if the server tells of it. */
  async function alive(at: At, { except, userID }: Asked): Promise<Verification | undefined> {
    const list = await beeper.readVerifications(at)
    return list.ok ? reusable(list.value, { userID }, except) : undefined
  }

  const isStillAt = (at: At): boolean => target()?.token === at.token

  type Opened = Result<{ readonly verification: Verification | undefined; readonly isOpenedHere: boolean }>

  /** @returns nothing when the sign-in ended meanwhile */
  async function request(at: At, asked: Asked): Promise<Opened | undefined> {
    const present = await alive(at, asked)
    if (!isStillAt(at)) return undefined
    if (present !== undefined) return ok({ verification: present, isOpenedHere: false })
    const result = await beeper.requestVerification(at)
    if (result.ok && result.value.verification !== undefined)
      return ok({ verification: result.value.verification, isOpenedHere: true })
    if (!result.ok && !mayHaveHappened.includes(result.problem.code)) return result
    // The answer got lost, or does not tell which one it is about.
    const opened = await alive(at, asked)
    return opened === undefined && !result.ok
      ? result
      : ok({ verification: opened, isOpenedHere: opened !== undefined })
  }

  async function open(at: At, asked: Asked, send: Send): Promise<void> {
    const result = await request(at, asked)
    if (result === undefined || !isStillAt(at)) return
    answered()
    const about = { verificationID: '', doing: 'request' } as const
    if (result.ok) send({ type: 'verificationAnswered', ...about, ...result.value, atMs: wallMs(world.clock) })
    else {
      refused(result.problem.code)
      send({ type: 'verificationFailed', ...about, problem: result.problem })
    }
  }

  function announce({ peer, verificationID }: VerificationEffect & { type: 'announce' }, send: Send): void {
    // Whoever looks at the window sees the card.
    if (appWindow.isWatched()) return
    const close = notifier.verificationAsked(peer, () => {
      send({ type: 'verificationPicked', verificationID, atMs: wallMs(world.clock) })
    })
    notifications.set(verificationID, close)
  }

  function withdraw(verificationID: string): void {
    notifications.get(verificationID)?.()
    notifications.delete(verificationID)
  }

  return async (effect, send) => {
    if (effect.type === 'announce') {
      announce(effect, send)
      return
    }
    if (effect.type === 'withdraw') {
      withdraw(effect.verificationID)
      return
    }
    const at = target()
    if (at === undefined) return
    switch (effect.type) {
      case 'requestVerification':
        await open(at, effect, send)
        break
      case 'act': {
        const { action, verificationID } = effect
        await tell(beeper.actOnVerification(at, verificationID, action), at, { verificationID, doing: action }, send)
        break
      }
      case 'cancel': {
        const { reason, verificationID } = effect
        await tell(beeper.cancelVerification(at, verificationID, reason), at, { verificationID, doing: 'cancel' }, send)
        break
      }
      case 'scan': {
        const { data, verificationID } = effect
        await tell(beeper.scanCode(at, data), at, { verificationID, doing: 'scan' }, send)
      }
    }
  }
}
