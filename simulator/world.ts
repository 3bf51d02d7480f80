// Everything there is on the simulated server and around it. A world is loaded from a scenario and a seed; loading again
// starts another story at the same address, so that a test bed or a demo need not restart.
import type { AppSetupState } from '#contract/beeper/gen/types.gen'
import { bridgeEntries } from './bridge-flows.ts'
import { Clock } from './clock.ts'
import { planMove } from './eager-devices.ts'
import { EventChannel } from './event-channel.ts'
import { LoginSessions } from './login-sessions.ts'
import { Mailbox } from './mailbox.ts'
import { Networks } from './networks.ts'
import { OAuth } from './oauth.ts'
import { People, type Person } from './people.ts'
import { Power } from './power.ts'
import { Random } from './random.ts'
import { Secrets, type Secret } from './secrets.ts'
import { Setup } from './setup.ts'
import { SignIn } from './sign-in.ts'
import { Submits } from './submits.ts'
import { Tokens, type Scope, type Token, type TokenSource } from './tokens.ts'
import { plainServer, type ServerTraits } from './server-traits.ts'
import { Traffic } from './traffic.ts'
import type { Verification } from './verification.ts'
import { Verifications } from './verifications.ts'
import { plainWire, type Wire } from './wire.ts'

/** What happens in the world that somebody outside may want to hear at once. */
export type WorldEvent =
  | { readonly type: 'state' }
  | { readonly type: 'verification'; readonly verification: Verification }
  | { readonly type: 'verification-removed' }
  | { readonly type: 'token-revoked'; readonly token: Token }
  | { readonly type: 'reloaded' }
  | { readonly type: 'down' }

/** A start of the story: called once on a fresh world in which nobody is signed in. */
export type Beginning = (world: World) => void

export class World {
  readonly clock: Clock
  readonly traffic = new Traffic()
  readonly power = new Power()
  readonly channel: EventChannel
  /** Where it listens. */
  origin = ''
  scenario = ''
  seed = 1
  server: ServerTraits = { ...plainServer }
  wire: Wire = { ...plainWire }
  /** Where handlers note secrets; whoever looks for them asks `secrets`. */
  seen!: Secrets
  people!: People
  mailbox!: Mailbox
  tokens!: Tokens
  setup!: Setup
  signIn!: SignIn
  verifications!: Verifications
  networks!: Networks
  sessions!: LoginSessions
  submits!: Submits
  oauth!: OAuth
  #initializingMs: number | undefined
  readonly #listeners = new Set<(event: WorldEvent) => void>()

  constructor(timeScale: number) {
    this.clock = new Clock(Date.now(), timeScale)
    this.channel = new EventChannel(this.clock, () => {
      const now = this.clock.now()
      return this.wire.profile === 'strict' ? new Date(now).toISOString() : Math.round(now)
    })
  }

  load(scenario: string, seed: number, begin: Beginning): void {
    // Whoever waits in the old world is let go before it disappears.
    if (this.scenario !== '') this.sessions.clear()
    this.clock.clear()
    this.traffic.clear()
    this.channel.clear()
    this.power.start()
    this.scenario = scenario
    this.seed = seed
    this.server = { ...plainServer }
    this.wire = { ...plainWire }
    this.#build((stream) => new Random(seed, stream))
    begin(this)
    this.#tell({ type: 'reloaded' })
  }

  listen(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  state(): AppSetupState {
    const verification = this.wire.verifications === 'everywhere' ? this.verifications.current() : undefined
    return { ...this.setup.snapshot(), ...(verification !== undefined && { verification: verification.toWire() }) }
  }

  /**
   * Every secret that this server has given out or been given since it was loaded, also those that are over. Short ones are
   * among them: who looks for them should pass over what may occur by chance.
   */
  secrets(): readonly Secret[] {
    return this.seen.all()
  }

  /** Where the server says that its endpoints are. */
  get announcedOrigin(): string {
    return this.server.foreignOrigin ?? this.origin
  }

  issueToken(source: TokenSource, scopes: readonly Scope[] = ['read', 'write'], expiresInMs?: number): Token {
    const issuedAtMs = this.clock.now()
    const end = expiresInMs === undefined ? {} : { expiresAtMs: issuedAtMs + expiresInMs }
    return this.tokens.issue({ source, scopes, issuedAtMs, ...end })
  }

  signOut(): void {
    this.sessions.clear()
    this.verifications.clear()
    this.networks.clearLogins()
    this.setup.signOut()
    this.tokens.revoke(() => true)
  }

  /**
   * Cuts everything off and forgets what a restart of Beeper forgets. Nothing answers for `downMs`, with `null` until `start`;
   * then the setup is `initializing` for a time, if one is given.
   */
  restart(downMs: number | null, initializingMs: number | undefined): void {
    this.power.cut()
    this.#tell({ type: 'down' })
    this.sessions.clear()
    this.verifications.clear()
    this.setup.forgetPendingKey()
    this.#initializingMs = initializingMs
    if (downMs === 0) this.start()
    else if (downMs !== null) {
      const { runs } = this.power
      this.clock.after(downMs, () => {
        if (this.power.runs === runs) this.start()
      })
    }
  }

  /** Comes back after a restart. */
  start(): void {
    if (this.power.isUp) return
    this.power.start()
    if (this.#initializingMs !== undefined) this.setup.startUp(this.#initializingMs)
    this.#initializingMs = undefined
  }

  /** The device at the other end of a verification makes its move, if it is one that acts by itself. */
  letDevicesAct(verification: Verification): void {
    planMove(verification, this.setup, this.verifications, this.clock)
  }

  addPerson(details: Partial<Person> & Pick<Person, 'email' | 'username'>): Person {
    return this.people.add({ devices: [], hasCrossSigning: true, recoveryKey: undefined, ...details })
  }

  #build(random: (stream: string) => Random): void {
    const { clock } = this
    this.seen = new Secrets()
    this.people = new People()
    this.mailbox = new Mailbox(random('mail'), this.seen)
    this.tokens = new Tokens(random('tokens'), this.seen, (token) => {
      this.#tell({ type: 'token-revoked', token })
    })
    this.setup = new Setup(clock, random('setup'), () => {
      this.#tell({ type: 'state' })
    })
    // The status of a refused code is not published: the plain wire says 400, the rude one 401.
    const wrongCodeStatus = (): number => (this.wire.profile === 'strict' ? 400 : 401)
    this.signIn = new SignIn(clock, random('sign-in'), this.people, this.mailbox, wrongCodeStatus)
    const listener = {
      updated: (verification: Verification) => {
        this.#tell({ type: 'verification', verification })
        this.#tell({ type: 'state' })
        this.letDevicesAct(verification)
      },
      removed: () => {
        this.#tell({ type: 'verification-removed' })
        this.#tell({ type: 'state' })
      },
    }
    const isRich = (): boolean => this.wire.profile === 'rich'
    this.verifications = new Verifications(clock, random('verifications'), this.setup, listener, this.wire)
    this.networks = new Networks(clock, bridgeEntries)
    this.sessions = new LoginSessions(clock, random('sessions'), this.networks, this.wire, () => this.origin)
    this.submits = new Submits()
    this.oauth = new OAuth(clock, random('oauth'), this.tokens, this.seen, () => !isRich())
  }

  #tell(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
