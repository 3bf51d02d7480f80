// Walks beside the machine of secure messages, knows what the server has told and what is on the wire, and says what is wrong.
import type { Verification, VerificationAction } from '#contract/beeper/verification'
import type { SetupStateName } from '#contract/beeper/setup'
import type { Place, View } from '#contract/view'
import { screenFor } from '../domain/place.ts'
import type { Doing, SecurityEffect, SecurityEvent, SecurityState } from '../domain/security-state.ts'
import { next } from '../domain/security.ts'
import { viewOf } from '../domain/view.ts'
import { about } from './samples.ts'
import { exitsOf } from './security-exits.ts'
import { appWith } from './security-play.ts'

/** What only a person sets off, and by what. Nothing of this comes from a reading, an answer, a timer or a wake (A6). */
const clicks: { readonly [Type in SecurityEffect['type']]?: SecurityEvent['type'] } = {
  requestVerification: 'verificationRequested',
  scan: 'codeScanned',
  unlock: 'unlockRequested',
  confirmKey: 'keyProved',
}
const clickOf = {
  accept: 'verificationAccepted',
  'sas.start': 'emojiStarted',
  'sas.confirm': 'emojiConfirmed',
  'qr.confirmScanned': 'scanConfirmed',
} as const satisfies Record<Exclude<VerificationAction, 'cancel'>, SecurityEvent['type']>

/** What may not be said while the server still wants something first. */
const unready: readonly SetupStateName[] = [
  'needs-login',
  'initializing',
  'needs-cross-signing-setup',
  'needs-verification',
  'needs-secrets',
  'unsupported',
]

/** The world as the server and the wire know it, beside the machine. */
export class Witness {
  /** What the last reading told of each, and every answer since: an answer may be late, and then it is not believed. */
  readonly told = new Map<string, readonly Verification[]>()
  /** What was sent and not answered yet. */
  readonly underway = new Map<string, { readonly verificationID: string; readonly doing: Doing }>()
  readonly announced = new Set<string>()
  lastSaid: SetupStateName | undefined
  /** What it said last that was not only passing. */
  lastSettled: SetupStateName | undefined
  isReadPlanned = false

  hear(event: SecurityEvent): void {
    switch (event.type) {
      case 'signedIn':
        this.#forget()
        this.announced.clear()
        if (event.setup !== undefined) this.#read(event.setup.state)
        break
      case 'signedOut':
        this.#forget()
        break
      case 'tokenReplaced':
        this.underway.clear()
        break
      case 'setupRead': {
        const { setup, verifications } = event
        this.#read(setup.state)
        this.isReadPlanned = false
        if (verifications !== undefined) {
          this.told.clear()
          // Of doubles the last one counts.
          for (const one of verifications) this.told.set(one.verificationID, [one])
        } else if (setup.verification !== undefined) {
          this.told.set(setup.verification.verificationID, [setup.verification])
        }
        break
      }
      case 'setupFailed':
        this.isReadPlanned = false
        break
      case 'verificationAnswered':
        this.underway.delete(`${event.verificationID} ${event.doing}`)
        if (event.verification !== undefined) this.#add(event.verification)
        break
      case 'verificationFailed':
        this.underway.delete(`${event.verificationID} ${event.doing}`)
        break
      default:
    }
  }

  of(verificationID: string): readonly Verification[] {
    return this.told.get(verificationID) ?? []
  }

  #add(one: Verification): void {
    this.told.set(one.verificationID, [...this.of(one.verificationID), one])
  }

  #read(state: SetupStateName): void {
    this.lastSaid = state
    if (state !== 'initializing' && state !== 'unsupported') this.lastSettled = state
  }

  #forget(): void {
    this.told.clear()
    this.underway.clear()
    this.lastSaid = undefined
    this.lastSettled = undefined
    this.isReadPlanned = false
  }
}

/** What is on its way is not sent a second time. */
function wrongIfTwice({ underway }: Witness, verificationID: string, doing: Doing): readonly string[] {
  const key = `${verificationID} ${doing}`
  const isTwice = underway.has(key)
  underway.set(key, { verificationID, doing })
  return isTwice ? [`twice: ${key}`] : []
}

function wrongInAction(witness: Witness, verificationID: string, action: VerificationAction): readonly string[] {
  const isListed = witness.of(verificationID).some(({ actions }) => actions.includes(action))
  const wrong = isListed ? [] : [`not available: ${verificationID} ${action}`]
  return [...wrong, ...wrongIfTwice(witness, verificationID, action)]
}

/** A6: the yes belongs to the person, and to what they saw. */
function wrongInYes(
  witness: Witness,
  event: SecurityEvent,
  effect: SecurityEffect & { type: 'act' },
): readonly string[] {
  const { action, verificationID } = effect
  if (event.type !== clickOf[action]) return [`${action} by ${event.type}`]
  if (event.verificationID !== verificationID) return [`${action} for another one`]
  if (event.type !== 'emojiConfirmed') return []
  const said = event.emojis.join()
  const isSeen = witness
    .of(verificationID)
    .some(({ decimals, emojis }) => said !== '' && said === (emojis.length > 0 ? emojis : decimals).join())
  return isSeen ? [] : ['confirmed something else']
}

function wrongInEffect(witness: Witness, event: SecurityEvent, effect: SecurityEffect): readonly string[] {
  const click = clicks[effect.type]
  if (click !== undefined && event.type !== click) return [`${effect.type} by ${event.type}`]
  switch (effect.type) {
    case 'act':
      return [...wrongInAction(witness, effect.verificationID, effect.action), ...wrongInYes(witness, event, effect)]
    case 'cancel':
      return wrongInAction(witness, effect.verificationID, 'cancel')
    case 'requestVerification':
      return wrongIfTwice(witness, '', 'request')
    case 'scan':
      return wrongIfTwice(witness, effect.verificationID, 'scan')
    case 'read':
    case 'readIn':
    case 'readAfresh':
      witness.isReadPlanned = true
      return []
    case 'announce': {
      const isTwice = witness.announced.has(effect.verificationID)
      witness.announced.add(effect.verificationID)
      return isTwice ? ['announced twice'] : []
    }
    case 'withdraw':
      return witness.announced.delete(effect.verificationID) ? [] : ['withdrew what was not announced']
    default:
      return []
  }
}

/** A success that the server's state does not bear out. */
function wrongInView(witness: Witness, { requests, screen }: View): readonly string[] {
  const wrong: string[] = []
  const said = witness.lastSaid
  if (['home', 'connect', 'connection'].includes(screen.name) && (said === undefined || unready.includes(said)))
    wrong.push(`${screen.name} while the server says ${String(said)}`)
  if (screen.name === 'verification') {
    const { peer, stage } = screen.verification
    const isOpen = witness.lastSettled === 'ready' || witness.lastSettled === 'needs-first-sync'
    if (stage.at === 'done' && peer.isOwn && !isOpen) wrong.push(`done while the server says ${String(said)}`)
  }
  if (new Set(requests.map(({ verificationID }) => verificationID)).size < requests.length)
    wrong.push('two cards of one')
  return wrong
}

/** What is wrong with a screen that nobody can leave. */
function wrongInExit(witness: Witness, state: SecurityState, wish: Place): readonly string[] {
  const app = appWith(state, { wish })
  const view = viewOf(app, about)
  const { buttons, leads, isPassing } = exitsOf(view.screen)
  const isTaken = (event: SecurityEvent): boolean => {
    const [then, effects] = next(state, event)
    return effects.length > 0 || JSON.stringify(then) !== JSON.stringify(state)
  }
  const settings = screenFor({ ...app, wish: { at: 'settings' } }).name
  const wrong: string[] = []
  if (settings !== 'settings') wrong.push('no settings')
  if (!witness.isReadPlanned) wrong.push(`nothing will be read on ${view.screen.name}`)
  if (!isPassing && !leads.some(isTaken)) wrong.push(`no way on from ${JSON.stringify(view.screen)}`)
  for (const { event, effect } of buttons)
    if (!next(state, event)[1].some(({ type }) => type === effect)) wrong.push(`a dead button: ${event.type}`)
  return wrong
}

/**
 * Takes one step, and answers what must never be: nothing, if all is well.
 * @param wish where the person wants to be meanwhile
 */
export function step(
  witness: Witness,
  before: SecurityState,
  event: SecurityEvent,
  wish: Place,
): readonly [SecurityState, readonly string[]] {
  const [state, effects] = next(before, event)
  if (before.isOn || event.type === 'signedIn') witness.hear(event)
  const wrong = effects.flatMap((effect) => wrongInEffect(witness, event, effect))
  if (!state.isOn) return [state, wrong]
  const view = viewOf(appWith(state, { wish }), about)
  const texts = JSON.stringify(state) + JSON.stringify(view)
  return [
    state,
    [
      ...wrong,
      ...wrongInView(witness, view),
      ...wrongInExit(witness, state, wish),
      ...(texts.includes('SECRET') ? ['a secret is kept'] : []),
      ...(JSON.stringify(structuredClone(view)) === JSON.stringify(view) ? [] : ['it cannot travel']),
    ],
  ]
}
