// What the simulator's own tests share: a client as plain as can be, so that nothing of ours explains a wrong answer away.
import { afterEach, expect } from 'vitest'
import { z } from 'zod'
import { zLoginSession, zLoginStepKnown } from '#contract/beeper/gen/zod.gen'
import type { LoginSession } from '#contract/beeper/gen/types.gen'
import { Control } from './control-client.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts'
import { trustingFetch, type Fetch } from './trusting-fetch.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; `undefined` when there is none. */
  readonly body: unknown
}

export interface CallOptions {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly form?: Record<string, string>
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

export interface Bench {
  readonly simulator: Simulator
  readonly control: Control
  call(method: string, path: string, options?: CallOptions): Promise<Reply>
}

const benches: Bench[] = []

afterEach(async () => {
  for (const { simulator } of benches.splice(0)) {
    const { bugs } = simulator.world.traffic
    await simulator.close()
    expect(bugs, 'the simulator broke its own contract').toEqual([])
  }
})

/**
 * A simulator for one test, closed after it and checked for bugs of its own. Time runs twentyfold by default. With `tls`,
 * `ca` (PEM) is whom the calls trust.
 */
export async function bench({ ca, ...options }: SimulatorOptions & { readonly ca?: string } = {}): Promise<Bench> {
  const simulator = await startSimulator({ timeScale: 20, ...options })
  const send = ca === undefined ? fetch : trustingFetch(ca)
  const made: Bench = {
    simulator,
    control: new Control(simulator.controlURL, ca === undefined ? {} : { ca }),
    call: (method, path, options) => request(`${simulator.origin}${path}`, method, options, send),
  }
  benches.push(made)
  return made
}

export async function request(
  url: string,
  method: string,
  options: CallOptions = {},
  send: Fetch = fetch,
): Promise<Reply> {
  const { body, form, headers = {}, signal, token } = options
  const response = await send(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form !== undefined && { body: new URLSearchParams(form) }),
    ...(signal !== undefined && { signal }),
  })
  const text = await response.text()
  const isJSON = response.headers.get('content-type')?.includes('json') === true
  const parsed: unknown = isJSON && text !== '' ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, body: parsed }
}

/** A ready server and a token for it. */
export async function readyBench(options: SimulatorOptions = {}): Promise<Bench & { readonly token: string }> {
  const made = await bench({ scenario: 'ready', ...options })
  return { ...made, token: await made.control.token() }
}

// The contract's step union ends in "anything else", which would also take a broken known step. Here it may not.
const knownTypes = ['user_input', 'cookies', 'display_and_wait', 'complete']
const zForeignStep = z.looseObject({ type: z.string().refine((type) => !knownTypes.includes(type)) })
const zKnownSession = zLoginSession.extend({ currentStep: z.union([zLoginStepKnown, zForeignStep]).optional() })

export const sessionOf = (reply: Reply): LoginSession => {
  expect(reply.status, reply.text).toBe(200)
  return zKnownSession.parse(reply.body) as LoginSession
}

/** One network sign-in driven by hand. */
export class Visit {
  session!: LoginSession

  constructor(
    private readonly bench: Bench & { readonly token: string },
    private readonly bridgeID: string,
  ) {}

  /** Starts it and leaves it to the caller whether there is a session. */
  open(body: object): Promise<Reply> {
    const { bench, bridgeID } = this
    return bench.call('POST', `/v1/bridges/${bridgeID}/login-sessions`, { token: bench.token, body })
  }

  async start(body: object): Promise<LoginSession> {
    this.session = sessionOf(await this.open(body))
    return this.session
  }

  get path(): string {
    return `/v1/bridges/${this.bridgeID}/login-sessions/${this.session.loginSessionID}`
  }

  look(): Promise<Reply> {
    return this.bench.call('GET', this.path, { token: this.bench.token })
  }

  cancel(): Promise<Reply> {
    return this.bench.call('DELETE', this.path, { token: this.bench.token })
  }

  submit(fields?: Record<string, string>, signal?: AbortSignal): Promise<Reply> {
    const { stepID, type } = this.step
    const path = `${this.path}/steps/${encodeURIComponent(stepID ?? '')}`
    const body = { type, ...(fields !== undefined && { fields }) }
    return this.bench.call('POST', path, { token: this.bench.token, body, ...(signal !== undefined && { signal }) })
  }

  /** Submits and takes the answer as the new state. */
  async go(fields?: Record<string, string>): Promise<LoginSession> {
    this.session = sessionOf(await this.submit(fields))
    return this.session
  }

  get step(): NonNullable<LoginSession['currentStep']> {
    const { currentStep } = this.session
    if (currentStep === undefined) throw new Error(`No step in ${JSON.stringify(this.session)}`)
    return currentStep
  }

  get code(): string {
    const { display } = this.step as { display?: { data?: string } }
    return display?.data ?? ''
  }
}

/** Waits until `check` is true; for effects that follow by themselves. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('It did not happen within five seconds')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
