// Does what the account machine asks. A once-only call goes: intent on disk, call, token into the keychain, and only then
// the news; last the intent is closed (ONE-1). An answer that was lost is settled by reading the server, never by asking again (ONE-2).
import type { SetupState } from '#contract/beeper/setup'
import type { Problem, Result } from '#contract/problem'
import type { Consent, RegistrationAnswer, SignedIn } from '../../beeper-port.ts'
import type { AccountEffect, AccountEvent, Credentials, Server } from '../../domain/account-state.ts'
import type { OnceOnlyOperation } from '../../ports.ts'
import { word } from '../../ports.ts'
import type { Journal } from '../journal.ts'
import { PendingRequest } from '../pending-request.ts'
import type { Timers } from '../timers.ts'
import type { World } from '../world.ts'

type Send = (event: AccountEvent) => void

export interface AccountTools {
  readonly world: World
  readonly journal: Journal
  readonly timers: Timers
  /** Hears every setup state on the way, so that it need not be read twice; nothing when the last one is out of date. */
  readonly heard: (setup: SetupState | undefined) => void
  /** Whether this is still the server that the person chose; what comes back from another one is not heard. */
  readonly isInUse: (server: Server) => boolean
}

/** A consent under way; without its page while that is being prepared. */
interface Asking {
  readonly server: Server
  consent?: Consent
}

const isRefusal = ({ code }: Problem): boolean => code === 'beeper.token-refused' || code === 'beeper.missing-scope'

/** The call may have had its effect although nobody heard the answer. */
const isLost = ({ code }: Problem): boolean =>
  [
    'beeper.unreachable',
    'beeper.timeout',
    'beeper.unreadable',
    'beeper.fault',
    'beeper.upstream',
    'beeper.not-beeper',
  ].includes(code)

/**
 * Makes the runner of the account machine.
 * @param tools ports, journal and timers
 * @returns runs one effect; it never throws, failures become events
 */
export function accountRunner(tools: AccountTools): (effect: AccountEffect, send: Send) => void {
  const { world, journal, timers } = tools
  const { beeper, log } = world
  const pending = new PendingRequest(world, journal)
  let asking: Asking | undefined

  async function readToken(server: Server, send: Send): Promise<void> {
    const result = await world.vault.read(server.origin, () => {
      send({ type: 'grewSlow' })
    })
    if (result.ok) {
      const token = result.value ?? undefined
      send({ type: 'tokenRead', token, requestID: token === undefined ? await pending.read(server) : undefined })
    } else send({ type: 'keychainFailed', problem: result.problem })
  }

  async function readSetup(server: Server, token: string | undefined, send: Send): Promise<void> {
    const result = await beeper.glanceAtSetup({ origin: server.origin, token })
    if (result.ok) {
      if (tools.isInUse(server)) tools.heard(result.value)
      send({ type: 'setupRead', setup: result.value })
    } else send(isRefusal(result.problem) ? { type: 'setupRefused' } : { type: 'setupFailed', problem: result.problem })
    // The server has been read: an intent that an earlier run left open has found its answer.
    if (result.ok || isRefusal(result.problem)) await journal.settleAll(server)
  }

  async function sendCode(server: Server, email: string, known: string | undefined, send: Send): Promise<void> {
    if (!server.isDemo) await journal.note({ email, server: { origin: server.origin, name: server.name } })
    const target = { origin: server.origin }
    const request: Result<string> = known === undefined ? await beeper.start(target) : { ok: true, value: known }
    if (!request.ok) {
      send({ type: 'codeNotSent', problem: request.problem })
      return
    }
    const sent = await beeper.sendEmail(target, request.value, email)
    if (sent.ok) {
      send({ type: 'codeSent', requestID: request.value })
      await pending.keep(server, request.value)
    }
    // Whoever asked for another mail with a handle that has gone gets it with a new handle: it is the same click.
    else if (known !== undefined && sent.problem.code === 'account.request-gone')
      await sendCode(server, email, undefined, send)
    else send({ type: 'codeNotSent', problem: sent.problem })
  }

  async function keep(server: Server, credentials: Credentials, send: Send): Promise<void> {
    if (server.isDemo) {
      send({ type: 'signedIn', credentials, keptIn: 'this-run' })
      return
    }
    const saved = await world.vault.save(server.origin, credentials.token, () => {
      send({ type: 'keychainGrewSlow', credentials })
    })
    if (saved.ok) {
      await journal.noteSaved(server, credentials.userID)
      send({ type: 'signedIn', credentials, keptIn: 'keychain' })
    } else send({ type: 'signedInUnsaved', credentials, problem: saved.problem })
  }

  async function settle(server: Server, problem: Problem, send: Send): Promise<boolean> {
    if (!isLost(problem)) {
      send({ type: problem.code === 'account.request-gone' ? 'requestExpired' : 'refused', problem })
      return true
    }
    const setup = await beeper.readSetup({ origin: server.origin })
    if (setup.ok && setup.value.state === 'needs-login') send({ type: 'refused', problem })
    else if (setup.ok || isRefusal(setup.problem)) send({ type: 'signedInUnheard' })
    else {
      send({ type: 'refused', problem })
      return false
    }
    return true
  }

  async function once(
    operation: OnceOnlyOperation,
    server: Server,
    send: Send,
    call: () => Promise<Result<SignedIn | RegistrationAnswer>>,
  ): Promise<void> {
    const close = await journal.open(operation, server)
    const result = await call()
    if (!result.ok) {
      if (await settle(server, result.problem, send)) await close()
      if (result.problem.code === 'account.request-gone') await pending.forget(server)
      return
    }
    if (result.value.kind === 'registration') send({ type: 'registrationRequired', form: result.value })
    else {
      const { token, userID, setup } = result.value
      if (tools.isInUse(server)) tools.heard(setup)
      await keep(server, { token, userID, source: 'account' }, send)
    }
    await close()
    await pending.forget(server)
  }

  async function askConsent(server: Server, send: Send): Promise<void> {
    if (asking?.server === server) {
      if (asking.consent !== undefined) await openPage(asking.consent.url, send)
      return
    }
    stopConsent()
    const mine: Asking = { server }
    asking = mine
    // A cancelled consent may be replaced by another one during any of the pauses below.
    const isMine = (): boolean => asking === mine
    let close = (): Promise<void> => Promise.resolve()
    const asked = await beeper.askConsent(server.origin, { returned: world.words.consentReturned }, async () => {
      if (isMine()) send({ type: 'consentGiven' })
      close = await journal.open('oauth_token', server)
    })
    if (!isMine()) {
      if (asked.ok) asked.value.cancel()
      return
    }
    if (!asked.ok) {
      asking = undefined
      send({ type: 'consentFailed', problem: asked.problem })
      return
    }
    mine.consent = asked.value
    if (!server.isDemo) await journal.note({ server: { origin: server.origin, name: server.name } })
    if (isMine()) await openPage(asked.value.url, send)
    const token = await asked.value.token
    if (isMine()) {
      asking = undefined
      // What was read before somebody signed in there says that nobody is.
      tools.heard(undefined)
      if (token.ok) await keep(server, { token: token.value, userID: undefined, source: 'oauth' }, send)
      else send({ type: 'consentFailed', problem: token.problem })
    }
    await close()
  }

  async function openPage(url: string, send: Send): Promise<void> {
    const opened = await world.opener.openPage(url)
    if (!opened.ok) send({ type: 'consentFailed', problem: opened.problem })
  }

  function stopConsent(): void {
    const mine = asking
    asking = undefined
    mine?.consent?.cancel()
  }

  async function save(server: Server, credentials: Credentials, send: Send): Promise<void> {
    const saved = await world.vault.save(server.origin, credentials.token)
    if (!saved.ok) {
      send({ type: 'keychainFailed', problem: saved.problem })
      return
    }
    await journal.noteSaved(server, credentials.userID)
    send({ type: 'saved' })
  }

  function perform(effect: AccountEffect, send: Send): Promise<void> | undefined {
    switch (effect.type) {
      case 'readToken':
        return readToken(effect.server, send)
      case 'readSetup':
        return readSetup(effect.server, effect.token, send)
      case 'sendCode':
        return sendCode(effect.server, effect.email, effect.requestID, send)
      case 'respond':
        return once('appSetupResponse', effect.server, send, () =>
          beeper.respond({ origin: effect.server.origin }, effect.requestID, effect.code),
        )
      case 'register':
        return once('appSetupRegister', effect.server, send, () =>
          beeper.register(
            { origin: effect.server.origin },
            effect.form.requestID,
            effect.form.leadToken,
            effect.username,
          ),
        )
      case 'askConsent':
        return askConsent(effect.server, send)
      case 'stopConsent':
        stopConsent()
        return undefined
      case 'save':
        return save(effect.server, effect.credentials, send)
      case 'wait':
        timers.set(effect.then.type, effect.ms, () => {
          send(effect.then)
        })
        return undefined
    }
  }

  return (effect, send) => {
    const speak: Send = (event) => {
      if (!('server' in effect) || tools.isInUse(effect.server)) send(event)
    }
    perform(effect, speak)?.catch((error: unknown) => {
      log.error('account-effect-failed', error, { effect: word(effect.type) })
      speak(unexpectedly(effect))
    })
  }
}

/** What to say when a bug stopped an effect, so that whoever waits for it goes on. */
function unexpectedly(effect: AccountEffect): AccountEvent {
  const problem: Problem = { code: 'unexpected', retry: 'now' }
  switch (effect.type) {
    case 'readSetup':
      return { type: 'setupFailed', problem }
    case 'readToken':
    case 'save':
      return { type: 'keychainFailed', problem }
    default:
      return { type: 'refused', problem }
  }
}
