// A permission: asked for on a page in the browser, or a token that the person made and pasted.
import type { Consent, Grant } from '../../beeper-port.ts'
import type { AccountEvent, Credentials, KeptIn, Server, Source } from '../../domain/account-state.ts'
import type { Journal } from '../journal.ts'
import type { World } from '../world.ts'

type Send = (event: AccountEvent) => void

export interface ConsentTools {
  readonly world: World
  readonly journal: Journal
  readonly keep: (server: Server, keeps: KeptIn, credentials: Credentials, send: Send) => Promise<void>
  /** What was read of the server before is out of date. */
  readonly outdated: () => void
}

/** A consent under way; without its page while that is being prepared. */
interface Asking {
  readonly server: Server
  consent?: Consent
}

const credentialsOf = ({ token, expiresAtMs }: Grant, source: Source): Credentials => ({
  token,
  userID: undefined,
  source,
  expiresAtMs,
})

export class Consents {
  readonly #tools: ConsentTools
  #asking: Asking | undefined
  /** The pasted token that is being checked; none once that was given up. */
  #checking: object | undefined

  constructor(tools: ConsentTools) {
    this.#tools = tools
  }

  /** Opens the page in the browser, also a second time, and waits for what comes back. */
  async ask(server: Server, keeps: KeptIn, send: Send): Promise<void> {
    if (this.#asking?.server === server) {
      if (this.#asking.consent !== undefined) await this.#open(this.#asking.consent.url, send)
      return
    }
    this.stop()
    const { world, journal, keep, outdated } = this.#tools
    const mine: Asking = { server }
    this.#asking = mine
    // A cancelled consent may be replaced by another one during any of the pauses below.
    const isMine = (): boolean => this.#asking === mine
    let close = (): Promise<void> => Promise.resolve()
    const asked = await world.beeper.askConsent(server.origin, { returned: world.words.consentReturned }, async () => {
      if (isMine()) send({ type: 'consentGiven' })
      close = await journal.open('oauth_token', server)
    })
    if (!isMine()) {
      if (asked.ok) asked.value.cancel()
      return
    }
    if (!asked.ok) {
      this.#asking = undefined
      send({ type: 'consentFailed', problem: asked.problem })
      return
    }
    mine.consent = asked.value
    await this.#open(asked.value.url, send)
    const grant = await asked.value.grant
    if (isMine()) {
      this.#asking = undefined
      outdated()
      if (grant.ok) await keep(server, keeps, credentialsOf(grant.value, 'oauth'), send)
      else send({ type: 'consentFailed', problem: grant.problem })
    }
    await close()
  }

  /** Gives up: what still comes back is not heard. */
  stop(): void {
    const mine = this.#asking
    this.#asking = undefined
    this.#checking = undefined
    mine?.consent?.cancel()
  }

  /** Checks a token that was pasted, and only then keeps it. */
  async check(server: Server, keeps: KeptIn, token: string, send: Send): Promise<void> {
    const { world, keep, outdated } = this.#tools
    const mine = {}
    this.#checking = mine
    const grant = await world.beeper.checkToken({ origin: server.origin, token })
    // Given up meanwhile: nobody is signed in behind the person's back.
    if (this.#checking !== mine) return
    this.#checking = undefined
    if (!grant.ok) {
      send({ type: 'refused', problem: grant.problem })
      return
    }
    outdated()
    await keep(server, keeps, credentialsOf(grant.value, 'manual'), send)
  }

  async #open(url: string, send: Send): Promise<void> {
    const opened = await this.#tools.world.opener.openPage(url)
    if (!opened.ok) send({ type: 'consentFailed', problem: opened.problem })
  }
}
