// The control API for tests: the hands of the person on the other side.
import type { Account } from '#contract/beeper/gen/types.gen'
import type { CommandInput, CommandName } from './control/commands.ts'
import type { SessionSnapshot, Snapshot } from './control/snapshot.ts'
import type { Mail } from './mailbox.ts'
import type { OperationID } from './operation.ts'
import type { ScenarioName } from './scenarios/register.ts'
import type { Call } from './traffic.ts'
import { trustingFetch, type Fetch } from './trusting-fetch.ts'

/** A refusal of the control API, such as a code that has rotated away (410) or a move that is not due (409). */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(`${message} (${String(status)} ${code})`)
    this.name = 'ControlError'
  }
}

export class Control {
  readonly #url: string
  readonly #fetch: Fetch

  /** `ca` (PEM) is whom to trust when the simulator speaks TLS. */
  constructor(controlURL: string, { ca }: { readonly ca?: string } = {}) {
    this.#url = controlURL
    this.#fetch = ca === undefined ? (url, init) => fetch(url, init) : trustingFetch(ca)
  }

  snapshot(): Promise<Snapshot> {
    return this.#get('snapshot')
  }

  /** The code of the newest mail to an address; rejects with 404 when there is none. */
  async newestCode(email: string): Promise<string> {
    const mail: Mail = await this.#get(`mail?address=${encodeURIComponent(email)}`)
    return mail.code
  }

  async calls(operation?: OperationID): Promise<readonly Call[]> {
    const query = operation === undefined ? '' : `?operation=${operation}`
    const { calls }: { calls: Call[] } = await this.#get(`calls${query}`)
    return calls
  }

  async counts(): Promise<Partial<Record<OperationID, number>>> {
    const { counts }: { counts: Partial<Record<OperationID, number>> } = await this.#get('calls')
    return counts
  }

  async accounts(): Promise<readonly Account[]> {
    return (await this.snapshot()).accounts
  }

  /** The newest login session at a network that is still running; rejects when there is none. */
  async session(bridgeID: string): Promise<SessionSnapshot> {
    const { sessions } = await this.snapshot()
    const found = sessions.findLast((session) => session.bridgeID === bridgeID && session.phase === 'live')
    if (found === undefined) throw new Error(`No sign-in is running at ${bridgeID}`)
    return found
  }

  /** A phone reads `data` off a screen; `event` is what comes of it at a network (`scan` when absent). */
  async scan(data: string, event?: string): Promise<void> {
    await this.#post('scan', { data, event })
  }

  async event(loginSessionID: string, name: string): Promise<void> {
    await this.#post('event', { loginSessionID, name })
  }

  /** The other device's move. Without an ID: in the newest live verification. */
  async verification(
    action: CommandInput<'verification'>['action'],
    verificationID?: string,
    deviceID?: string,
  ): Promise<void> {
    await this.#post('verification', { verificationID: await this.#running(verificationID), action, deviceID })
  }

  /**
   * Another device asks to verify this one: one of the person's by `deviceID` (the first when absent), or with `userID` a
   * stranger's, of any name or none (`deviceName: null`). Several may ask at once. Answers the ID of the verification.
   */
  async requestVerification(from: CommandInput<'requestVerification'> = {}): Promise<string> {
    const { verificationID }: { verificationID: string } = await this.#post('requestVerification', from)
    return verificationID
  }

  /** Adds a device to the account of the signed-in person or changes one: `answersAfterMs` makes it act by itself. */
  async device(device: CommandInput<'device'>): Promise<void> {
    await this.#post('device', device)
  }

  /** A verification is no longer there: 404 by ID, not in the list. Without an ID: the newest live one. */
  async vanish(verificationID?: string): Promise<void> {
    await this.#post('vanish', { verificationID: await this.#running(verificationID) })
  }

  /** Ends a verification for a reason: `m.timeout`, `m.accepted`, `m.unknown_method`, or an `error` (`phase`) of any code. */
  async stop(end: Omit<CommandInput<'stop'>, 'verificationID'> & { readonly verificationID?: string }): Promise<void> {
    await this.#post('stop', { ...end, verificationID: await this.#running(end.verificationID) })
  }

  /**
   * Changes what a verification has to offer and what is told of it: methods, a state or actions nobody knows, other emoji on
   * the two sides. Without an ID: of the next one that is opened.
   */
  async shape(shape: CommandInput<'shape'>): Promise<void> {
    await this.#post('shape', shape)
  }

  /** The code that the other device shows, one character a byte; rejects when it shows none. */
  async peerCode(verificationID?: string): Promise<string> {
    const id = await this.#running(verificationID)
    const code = (await this.snapshot()).verifications.find((one) => one.verificationID === id)?.peerCode
    if (code === undefined) throw new Error('The other device shows no code')
    return code
  }

  /** Puts the setup into a state, also an unknown one, and to `next` after `afterMs`. Verifications are not touched. */
  async state(state: string, then: Omit<CommandInput<'state'>, 'state'> = {}): Promise<void> {
    await this.#post('state', { state, ...then })
  }

  /** `isHeld`: the state that is told no longer follows what happens. `e2ee`: flags told in place of the real ones. */
  async setup(change: CommandInput<'setup'>): Promise<void> {
    await this.#post('setup', change)
  }

  /** How events arrive from now on: doubled, late, or not at all. */
  async events(manner: CommandInput<'events'>): Promise<void> {
    await this.#post('events', manner)
  }

  /** Sends the newest event once more, or the newest of a type. Answers how many sockets got it. */
  repeatEvent(type?: string): Promise<number> {
    return this.#sent('repeatEvent', { type })
  }

  /** Sends an `app.state.updated` that says `state`, whatever is true. Answers how many sockets got it. */
  staleState(state: string): Promise<number> {
    return this.#sent('staleState', { state })
  }

  /** Sends a frame of any shape, or any text. Answers how many sockets got it. */
  frame(frame: Readonly<Record<string, unknown>> | string): Promise<number> {
    return this.#sent('frame', typeof frame === 'string' ? { text: frame } : { frame })
  }

  /** Cuts every event socket, or closes it with `code`. Answers how many there were. */
  dropSockets(code?: number): Promise<number> {
    return this.#sent('dropSockets', { code })
  }

  /**
   * Restarts Beeper: sockets and running calls are cut; verifications, sign-ins at networks and the unconfirmed recovery key
   * are gone. Nothing answers for `downMs` of simulated time, or with `null` until `start`; the control API goes on.
   */
  async restart(how: CommandInput<'restart'> = {}): Promise<void> {
    await this.#post('restart', how)
  }

  /** Ends the downtime of a restart. */
  async start(): Promise<void> {
    await this.#post('start', {})
  }

  async reset(scenario?: ScenarioName, seed?: number): Promise<void> {
    await this.#post('reset', { scenario, seed })
  }

  async step(ms: number): Promise<void> {
    await this.#post('step', { ms })
  }

  async scale(scale: number): Promise<void> {
    await this.#post('scale', { scale })
  }

  async signOut(): Promise<void> {
    await this.#post('signOut', {})
  }

  async signIn(email: string, state?: string): Promise<void> {
    await this.#post('signIn', { email, state })
  }

  /** A fresh bearer token of the signed-in account. */
  async token(options: CommandInput<'token'> = {}): Promise<string> {
    const { token }: { token: string } = await this.#post('token', options)
    return token
  }

  async revoke(which: CommandInput<'revoke'> = {}): Promise<void> {
    await this.#post('revoke', which)
  }

  async server(traits: CommandInput<'server'>): Promise<void> {
    await this.#post('server', traits)
  }

  /** From now on the server names `foreignOrigin` for its endpoints; its own again without one. */
  async endpoints(foreignOrigin?: string): Promise<void> {
    await this.#post('endpoints', { foreignOrigin })
  }

  async oauth(rules: CommandInput<'oauth'>): Promise<void> {
    await this.#post('oauth', rules)
  }

  async connect(bridgeID: string, person: string, status?: string): Promise<void> {
    await this.#post('connect', { bridgeID, person, status })
  }

  async account(change: CommandInput<'account'>): Promise<void> {
    await this.#post('account', change)
  }

  /** The next account that is connected at a network falls off again `afterMs` later: to a state by `code`, or to any. */
  async fall(plan: CommandInput<'fall'>): Promise<void> {
    await this.#post('fall', plan)
  }

  async bridge(change: CommandInput<'bridge'>): Promise<void> {
    await this.#post('bridge', change)
  }

  /**
   * How the server spells what it says from now on: the `profile` (`strict` or `rich`) and in what shape errors of networks
   * arrive (`errorSurface`: `session`, `http` or `bare`), of bridge-flows. What is absent stays as it is.
   */
  async wire(wire: CommandInput<'wire'>): Promise<void> {
    await this.#post('wire', wire)
  }

  /** Disturbs calls of an operation; members combine, see `Fault`. Of several faults for one operation the oldest counts. */
  async fault(fault: CommandInput<'fault'>): Promise<void> {
    await this.#post('fault', fault)
  }

  async release(operation?: OperationID): Promise<void> {
    await this.#post('release', { operation })
  }

  /**
   * Plays the browser on the consent page: opens `authorizeURL`, decides, and returns where the browser is sent. With
   * `follow`, also goes there, which is how the app's loopback listener gets its code.
   */
  async consent(authorizeURL: string, decision: 'allow' | 'deny' = 'allow', follow = true): Promise<string> {
    const page = await this.#fetch(authorizeURL)
    const action = /<form method="post" action="([^"]+)"/.exec(await page.text())?.[1]
    if (action === undefined) throw new Error(`The consent page answers ${String(page.status)} without a form`)
    const body = new URLSearchParams({ decision })
    const decided = await this.#fetch(new URL(action, authorizeURL), { method: 'POST', body, redirect: 'manual' })
    const target = decided.headers.get('location')
    if (target === null) throw new Error(`The decision was answered with ${String(decided.status)}`)
    if (follow) await this.#fetch(target)
    return target
  }

  async #running(verificationID?: string): Promise<string> {
    const id = verificationID ?? (await this.snapshot()).verifications.findLast(({ isLive }) => isLive)?.verificationID
    if (id === undefined) throw new Error('No verification is running')
    return id
  }

  async #sent(name: CommandName, body: object): Promise<number> {
    const { sent }: { sent: number } = await this.#post(name, body)
    return sent
  }

  async #get<T>(path: string): Promise<T> {
    return read<T>(await this.#fetch(`${this.#url}/${path}`))
  }

  async #post<T>(name: CommandName, body: object): Promise<T> {
    const headers = { 'Content-Type': 'application/json' }
    return read<T>(await this.#fetch(`${this.#url}/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }))
  }
}

// Both ends are built together and the server types what it sends: the cast is where they meet.
async function read<T>(response: Response): Promise<T> {
  const body: unknown = await response.json()
  if (response.ok) return body as T
  const { code, message } = body as { code: string; message: string }
  throw new ControlError(response.status, code, message)
}
