// One sign-in at a chat network: a walk through the nodes of its flow in bridge-flows. The network moves by itself (codes
// rotate, time runs out) and by events on the person's phone; the client moves it by submitting steps.
import {
  sharedError,
  type BridgeEntry,
  type EndNode,
  type Flow,
  type NetworkError,
  type SiteUser,
  type StepNode,
  type SubmitRule,
} from './bridge-flows.ts'
import type { Clock, Timer } from './clock.ts'
import { decodedCookie } from './cookie-value.ts'
import { ApiFailure } from './failure.ts'
import type { NetworkLogin } from './networks.ts'

/** R5: no sign-in lives longer than half an hour. */
const processLifeMs = 30 * 60_000

export interface LoginSessionParts {
  readonly id: string
  /** Grows by one with each session of a world; makes the codes of two sessions differ. */
  readonly serial: number
  readonly entry: BridgeEntry
  readonly flow: Flow
  /** The login to renew, when this is a reconnect. */
  readonly renews: NetworkLogin | undefined
  /** Why it does not begin at all. */
  readonly refusal?: NetworkError | undefined
  readonly clock: Clock
  readonly complete: (session: LoginSession, node: EndNode) => void
}

/** Where a sign-in stands that ends before its first step. */
const nowhere: StepNode = { step: { type: '', stepID: '' } }

type Phase = 'live' | 'complete' | 'failed' | 'cancelled'

export class LoginSession {
  phase: Phase = 'live'
  failure: NetworkError | undefined
  /** Who came out of it; the account list may show the account a little later (R25). */
  result: { readonly login: NetworkLogin | undefined; readonly node: EndNode } | undefined
  node: StepNode = nowhere
  instructions: string | undefined
  /** Which display of the current node this is, from 1 (R4: the step ID stays, the data changes). */
  display = 1
  #previousStepID: string | undefined
  #isBusy = false
  // The engine of the long poll: `#version` counts what happened, `#seen` what the client was told.
  #version = 1
  #seen = 0
  #waiting: (() => void)[] = []
  #timers: Timer[] = []
  readonly #lifeTimer: Timer

  constructor(readonly parts: LoginSessionParts) {
    const lifeMs = (parts.entry.limits?.processTtl ?? processLifeMs / 1000) * 1000
    const tooLate = parts.entry.limits === undefined ? sharedError('timed_out') : sharedError('unexpected')
    this.#lifeTimer = parts.clock.after(lifeMs, () => {
      this.#fail(tooLate)
    })
    if (parts.refusal === undefined) this.#arrive(this.#startKey)
    else this.#fail(parts.refusal)
  }

  get #startKey(): string {
    const { flow, renews } = this.parts
    return renews === undefined ? flow.start : flow.relogin.start
  }

  /** Where it is in its flow, by the key of the node; of one that has ended: where it was. */
  get nodeKey(): string {
    return Object.entries(this.parts.flow.nodes).find(([, node]) => node === this.node)?.[0] ?? this.#startKey
  }

  /** The text of the code now on show, if there is one: what a phone would scan. */
  get liveCode(): string | undefined {
    const data = this.node.step.display?.data
    return this.phase !== 'live' || data === undefined ? undefined : this.fill(data)
  }

  /** What the phone can do right now, by the names bridge-flows gives. */
  get events(): string[] {
    return this.phase === 'live' && !this.#isBusy ? Object.keys(this.node.events ?? {}) : []
  }

  /** The network is slow: something was done, and what comes of it is not known yet. */
  get isBusy(): boolean {
    return this.#isBusy
  }

  fill(text: string): string {
    return text.replaceAll('{n}', String(this.parts.serial * 100 + this.display))
  }

  /** The client now knows the present state; a wait from here on lasts until something changes. */
  markSeen(): void {
    this.#seen = this.#version
  }

  /** Something happens on the person's phone. Fails with 409 when the phone cannot do that now. */
  event(name: string): void {
    const to = this.node.events?.[name]
    if (to === undefined || !this.events.includes(name)) {
      throw new ApiFailure(409, 'conflict', `The phone cannot do "${name}" now; it can do: ${this.events.join(', ')}`)
    }
    this.#go(to)
  }

  /**
   * Plays one submit and returns once there is something to tell: at once, when a slow network has answered, or for a
   * waiting step when the phone acts or the code changes (R3). A repeated submit joins the one that is running.
   */
  async submit(stepID: string, type: string, fields: Readonly<Record<string, string>>, misuse: number): Promise<void> {
    // The step that led to the end may be sent again by somebody who has not heard of it; the end itself may not.
    if (this.phase === 'complete' && stepID !== this.node.step.stepID) throw failureOf(sharedError('finished'))
    if (this.phase === 'live') {
      const { step } = this.node
      if (stepID !== step.stepID) {
        // The answer to the submit that led here may have been lost: tell it again, do nothing twice.
        if (stepID === this.#previousStepID) return
        throw new ApiFailure(misuse, sharedError('wrong_step').code, sharedError('wrong_step').text)
      }
      if (type !== step.type)
        throw new ApiFailure(misuse, sharedError('wrong_type').code, sharedError('wrong_type').text)
      if (type !== 'display_and_wait' && !this.#isBusy) this.#apply(fields)
      const isSettled = this.#version > this.#seen && !this.#isBusy
      if (!isSettled) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (this.#isCancelled()) throw failureOf(sharedError('cancelled'))
  }

  cancel(): void {
    this.#end('cancelled')
  }

  #isCancelled(): boolean {
    return this.phase === 'cancelled'
  }

  #apply(fields: Readonly<Record<string, string>>): void {
    const rule = (this.node.submit ?? []).find((candidate) => matches(candidate, fields))
    // Whatever the document does not foresee is what a bridge does not foresee either.
    if (rule === undefined) {
      this.#fail(sharedError('unexpected'))
      return
    }
    const delayMs = takesMs(visitorOf(this.node, fields)?.takes)
    this.#go(rule.to, { delayMs, instructions: rule.retryText ?? rule.text })
  }

  #go(key: string, how: { readonly delayMs?: number; readonly instructions?: string | undefined } = {}): void {
    this.#stopTimers()
    const target = this.parts.flow.nodes[key]
    const delayMs = (how.delayMs ?? 0) + (target !== undefined && 'end' in target ? takesMs(target.takes) : 0)
    if (delayMs === 0) {
      this.#arrive(key, how.instructions)
      return
    }
    this.#isBusy = true
    this.#plan(delayMs, () => {
      this.#arrive(key, how.instructions)
    })
  }

  #arrive(key: string, instructions?: string): void {
    this.#isBusy = false
    const target = this.parts.flow.nodes[key]
    if (target !== undefined && 'end' in target) {
      if (target.end === 'failed') this.#fail(this.#error(target.error ?? 'unexpected'))
      else {
        this.parts.complete(this, target)
        this.#end('complete')
      }
      return
    }
    this.#previousStepID = this.node.step.stepID
    this.node = this.#stepNode(key)
    this.instructions = instructions ?? this.node.step.instructions
    this.display = 1
    this.#planRotation()
    const { ttl } = this.node
    if (ttl !== undefined) {
      this.#plan(ttl.seconds * 1000, () => {
        this.#go(ttl.then)
      })
    }
    this.#changed()
  }

  #planRotation(): void {
    const { rotate } = this.node
    if (rotate === undefined) return
    const every = Array.isArray(rotate.every) ? rotate.every[this.display - 1] : rotate.every
    this.#plan((every ?? 20) * 1000, () => {
      if (this.display >= rotate.max) {
        this.#go(rotate.then)
        return
      }
      this.display += 1
      this.#planRotation()
      this.#changed()
    })
  }

  #fail(error: NetworkError): void {
    this.failure = error
    this.#end('failed')
  }

  #end(phase: Phase): void {
    this.#stopTimers()
    this.#lifeTimer.cancel()
    this.#isBusy = false
    this.phase = phase
    this.#changed()
  }

  #changed(): void {
    this.#version += 1
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }

  #plan(delayMs: number, fire: () => void): void {
    this.#timers.push(this.parts.clock.after(delayMs, fire))
  }

  #stopTimers(): void {
    for (const timer of this.#timers) timer.cancel()
    this.#timers = []
  }

  #error(key: string): NetworkError {
    return this.parts.entry.errors[key] ?? sharedError(key)
  }

  #stepNode(key: string): StepNode {
    const node = this.parts.flow.nodes[key]
    if (node === undefined || 'end' in node) throw new Error(`${this.parts.flow.id} has no step node "${key}"`)
    return node
  }
}

function matches(rule: SubmitRule, fields: Readonly<Record<string, string>>): boolean {
  if (rule.missing !== undefined) return rule.missing.some((id) => (fields[id] ?? '') === '')
  if (rule.field === undefined) return rule.else === true
  const value = fields[rule.field] ?? ''
  return rule.re === undefined ? value === rule.is : new RegExp(rule.re, 'u').test(value)
}

/** Who of the people that the website knows brought these values: the cookies that are asked for, decoded (R15). */
function visitorOf({ site, step }: StepNode, fields: Readonly<Record<string, string>>): SiteUser | undefined {
  return Object.values(site?.users ?? {}).find(({ cookies }) => {
    const asked = (step.fields ?? []).filter(({ id, name = id }) => Object.hasOwn(cookies, name))
    return asked.length > 0 && asked.every(({ id, name = id }) => fields[id] === decodedCookie(cookies[name] ?? ''))
  })
}

/** Reads `20 s` or `up to 10 s after the scan`, in milliseconds. "Up to" is a worst case: a tenth of it is the usual. */
export function takesMs(text: string | undefined): number {
  const found = /^(up to )?(\d+) s\b/.exec(text ?? '')
  return found === null ? 0 : Number(found[2]) * (found[1] === undefined ? 1000 : 100)
}

export const failureOf = (error: NetworkError): ApiFailure =>
  new ApiFailure(error.http, error.code, error.text, error.details)
