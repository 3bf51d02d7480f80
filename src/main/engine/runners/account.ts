// Does what the account machine asks. A once-only call goes: intent on disk, call, token into the keychain, and only then
// the news; last the intent is closed (ONE-1). An answer that was lost is settled by reading the server, never by asking again (ONE-2).
import type { SetupState } from '#contract/beeper/setup'
import type { Problem, Result } from '#contract/problem'
import type { RegistrationAnswer, SignedIn } from '../../beeper-port.ts'
import type { AccountEffect, AccountEvent, KeptIn, Server } from '../../domain/account-state.ts'
import type { OnceOnlyOperation } from '../../ports.ts'
import { word } from '../../ports.ts'
import type { Journal } from '../journal.ts'
import { Consents } from './account-consent.ts'
import type { KeepTools, Keeper } from './account-keep.ts'

type Send = (event: AccountEvent) => void
type SendCode = AccountEffect & { readonly type: 'sendCode' }
type AtOnce = AccountEffect & { readonly type: 'stopConsent' | 'rememberForThisRun' | 'watchExpiry' | 'wait' }

export interface AccountTools extends Pick<KeepTools, 'world' | 'servers' | 'timers' | 'pending'> {
  readonly journal: Journal
  /** Hears every setup state on the way, so that it need not be read twice; nothing when the last one is out of date. */
  readonly heard: (setup: SetupState | undefined) => void
  /** Whether this is still the server that the person chose; what comes back from another one is not heard. */
  readonly isInUse: (server: Server) => boolean
  /** Calls once somebody can see the window: at once if they can. */
  readonly whenVisible: (callback: () => void) => void
  /** The one that keeps sign-ins. */
  readonly keeper: Keeper
}

const isRefusal = ({ code }: Problem): boolean => code === 'beeper.token-refused' || code === 'beeper.missing-scope'

/** The call may have had its effect although nobody heard the answer. */
const isLost = ({ code }: Problem): boolean =>
  [
    'beeper.unreachable',
    'beeper.timeout',
    'beeper.unreadable',
    'beeper.fault',
    // A secure connection can break off after the request went out.
    'beeper.no-tls',
    'beeper.upstream',
    'beeper.not-beeper',
  ].includes(code)

/**
 * Makes the runner of the account machine.
 * @param tools ports, journal and timers
 * @returns runs one effect; it never throws, failures become events
 */
export function accountRunner(tools: AccountTools): (effect: AccountEffect, send: Send) => void {
  const { world, journal, timers, servers, keeper, pending } = tools
  const { beeper, log } = world
  const consents = new Consents({
    world,
    journal,
    keep: (...args) => keeper.keep(...args),
    outdated: () => {
      tools.heard(undefined)
    },
  })

  async function readToken(server: Server, send: Send): Promise<void> {
    const held = servers.held(server.origin)
    if (held !== undefined) {
      send({ type: 'tokenRead', token: held.token, keptIn: 'this-run' })
      return
    }
    const marker = servers.markerOf(server.origin)
    const { expiresAtMs } = marker ?? {}
    // The end of a permission is known without asking anybody, and an open keychain is not asked in vain.
    if (expiresAtMs !== undefined && expiresAtMs <= Date.parse(world.clock.wallTime())) {
      send({ type: 'expired' })
      return
    }
    const requestID = await pending.read(server)
    // A keychain that did not give this will not give more, and asking twice would prompt twice (KEY-7).
    if (marker === undefined && requestID === undefined && pending.isKept(server)) {
      send({ type: 'tokenRead', token: undefined, keptIn: 'keychain' })
      return
    }
    const result = await world.vault.read(server.origin, () => {
      send({ type: 'grewSlow' })
    })
    if (result.ok) send({ type: 'tokenRead', token: result.value ?? undefined, keptIn: 'keychain', requestID })
    else send({ type: 'keychainFailed', problem: result.problem })
  }

  async function readSetup(server: Server, token: string | undefined, send: Send): Promise<void> {
    const result = await beeper.glanceAtSetup({ origin: server.origin, token })
    if (result.ok) {
      if (tools.isInUse(server)) tools.heard(result.value)
      send({ type: 'setupRead', setup: result.value })
    } else send(isRefusal(result.problem) ? { type: 'setupRefused' } : { type: 'setupFailed', problem: result.problem })
    if (result.ok && token !== undefined)
      await servers.noteFound(server, token, async () => {
        const grant = await beeper.checkToken({ origin: server.origin, token })
        return { userID: result.value.userID, expiresAtMs: grant.ok ? grant.value.expiresAtMs : undefined }
      })
    // The server has been read: an intent that an earlier run left open has found its answer.
    if (result.ok || isRefusal(result.problem)) await journal.settleAll(server)
  }

  async function sendCode(effect: SendCode, send: Send): Promise<void> {
    const { server, email, requestID: known, keeps } = effect
    if (!server.isDemo) await journal.note({ email })
    const target = { origin: server.origin }
    const request: Result<string> = known === undefined ? await beeper.start(target) : { ok: true, value: known }
    if (!request.ok) {
      send({ type: 'codeNotSent', problem: request.problem })
      return
    }
    const sent = await beeper.sendEmail(target, request.value, email)
    if (sent.ok) {
      send({ type: 'codeSent', requestID: request.value })
      if (keeps === 'keychain') await pending.keep(server, request.value)
    }
    // Whoever asked for another mail with a handle that has gone gets it with a new handle: it is the same click.
    else if (known !== undefined && sent.problem.code === 'account.request-gone')
      await sendCode({ ...effect, requestID: undefined }, send)
    else send({ type: 'codeNotSent', problem: sent.problem })
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
    { server, keeps }: { readonly server: Server; readonly keeps: KeptIn },
    send: Send,
    call: () => Promise<Result<SignedIn | RegistrationAnswer>>,
  ): Promise<void> {
    // Who does without the keychain is not led to it once more by a handle of an earlier run (KEY-5).
    const letGo = (): Promise<void> => (keeps === 'keychain' ? pending.forget(server) : pending.spend(server))
    const close = await journal.open(operation, server)
    const result = await call()
    if (!result.ok) {
      if (await settle(server, result.problem, send)) await close()
      if (result.problem.code === 'account.request-gone') await letGo()
      return
    }
    if (result.value.kind === 'registration') {
      await pending.spend(server)
      send({ type: 'registrationRequired', form: result.value })
    } else {
      const { token, userID, setup } = result.value
      if (tools.isInUse(server)) tools.heard(setup)
      await keeper.keep(server, keeps, { token, userID, source: 'account' }, send)
    }
    await close()
    await letGo()
  }

  function perform(effect: AccountEffect, send: Send): Promise<void> | undefined {
    switch (effect.type) {
      case 'readToken':
        return readToken(effect.server, send)
      case 'readSetup':
        return readSetup(effect.server, effect.token, send)
      case 'sendCode':
        return sendCode(effect, send)
      case 'respond':
        return once('appSetupResponse', effect, send, () =>
          beeper.respond({ origin: effect.server.origin }, effect.requestID, effect.code),
        )
      case 'register':
        return once('appSetupRegister', effect, send, () =>
          beeper.register(
            { origin: effect.server.origin },
            effect.form.requestID,
            effect.form.leadToken,
            effect.username,
          ),
        )
      case 'askConsent':
        return consents.ask(effect.server, effect.keeps, send)
      case 'checkToken':
        return consents.check(effect.server, effect.keeps, effect.token, send)
      case 'probeKeychain':
        return keeper.probe(send)
      case 'save':
        return keeper.save(effect.server, effect.credentials, send)
      case 'signOut':
        return keeper.signOut(effect, send)
      default:
        atOnce(effect, send)
        return undefined
    }
  }

  function atOnce(effect: AtOnce, send: Send): void {
    switch (effect.type) {
      case 'stopConsent':
        consents.stop()
        return
      case 'rememberForThisRun':
        servers.hold(effect.server, effect.credentials)
        return
      case 'watchExpiry':
        keeper.watchExpiry(effect.server, effect.expiresAtMs, send)
        return
      case 'wait':
        timers.set(effect.then.type, effect.ms, () => {
          if (effect.isForEyes === true) tools.whenVisible(() => send(effect.then))
          else send(effect.then)
        })
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
    case 'probeKeychain':
    case 'save':
      return { type: 'keychainFailed', problem }
    case 'signOut':
      return { type: 'signOutFailed', problem }
    default:
      return { type: 'refused', problem }
  }
}
