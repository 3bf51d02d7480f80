// What each control command does to the world. Refusals are ordinary answers, as a phone would give them.
import { ApiFailure } from '../failure.ts'
import { stateByCode } from '../networks.ts'
import { beginningOf, isScenarioName } from '../scenarios/register.ts'
import type { World } from '../world.ts'
import type { CommandName, CommandOutput } from './commands.ts'
import { securityPerformers } from './perform-security.ts'

type Performers = { readonly [K in CommandName]: (world: World, input: CommandOutput<K>) => unknown }

/** One function for each command; what it returns is the answer. Throws `ApiFailure` when the world does not allow it. */
export const performers: Performers = {
  reset: (world, { scenario, seed }) => {
    const name = scenario ?? world.scenario
    if (!isScenarioName(name)) throw new ApiFailure(404, 'not_found', 'No such scenario')
    world.load(name, seed ?? world.seed, beginningOf(name))
  },
  step: (world, { ms }) => {
    world.clock.step(ms)
  },
  scale: (world, { scale }) => {
    world.clock.setScale(scale)
  },
  event: (world, { loginSessionID, name }) => {
    const session = world.sessions.all().find(({ parts }) => parts.id === loginSessionID)
    if (session === undefined) throw new ApiFailure(404, 'not_found', 'No such login session')
    session.event(name)
  },
  scan: (world, { data, event }) => {
    const session = world.sessions.findByCode(data)
    if (session !== undefined) {
      session.event(event ?? 'scan')
      return { kind: 'network', loginSessionID: session.parts.id }
    }
    const verification = world.verifications.all().find(({ ownCode }) => ownCode === data)
    if (verification === undefined) throw new ApiFailure(410, 'stale', 'This code is no longer valid')
    world.verifications.act(verification, () => {
      verification.scannedByPeer()
    })
    return { kind: 'verification', verificationID: verification.id }
  },
  ...securityPerformers,
  signOut: (world) => {
    world.signOut()
  },
  signIn: (world, { email, state }) => {
    const person = world.people.byEmail(email)
    if (person === undefined) throw new ApiFailure(404, 'not_found', 'Nobody has this address')
    if (state === undefined) world.setup.signIn(person)
    else world.setup.place(person, state)
  },
  token: (world, { expiresInMs, scopes, source }) => ({
    token: world.issueToken(source ?? 'manual', scopes, expiresInMs).value,
  }),
  revoke: (world, { source, token }) => ({
    revoked: world.tokens.revoke(
      (one) =>
        (token === undefined || one.value === token || one.id === token) &&
        (source === undefined || one.source === source),
    ),
  }),
  server: (world, { kind, version }) => {
    if (kind !== undefined) world.server.kind = kind
    if (version !== undefined) world.server.version = version
  },
  endpoints: (world, { foreignOrigin }) => {
    world.server.foreignOrigin = foreignOrigin
  },
  oauth: (world, rules) => {
    world.oauth.rules = { ...world.oauth.rules, ...rules }
  },
  connect: (world, { bridgeID, person, status }) => {
    const { entry } = world.networks.find(bridgeID)
    if (!Object.hasOwn(entry.people, person)) throw new ApiFailure(404, 'not_found', 'No such person on this network')
    const login = world.networks.connect(entry, person, status ?? 'connected')
    return { loginID: login.loginID, accountIDs: login.accountIDs }
  },
  account: (world, { accountID, code, status, text }) => {
    const login = world.networks.loginOfAccount(accountID)
    if (login === undefined) throw new ApiFailure(404, 'not_found', 'No such account')
    const known = code === undefined ? undefined : stateByCode(login.entry, code)
    world.networks.setStatus(login, status ?? known?.status ?? 'connected', text ?? known?.text)
  },
  fall: (world, { afterMs, bridgeID, code, status, text }) => {
    const { entry } = world.networks.find(bridgeID)
    const known = code === undefined ? undefined : stateByCode(entry, code)
    const fall = { afterMs, status: status ?? known?.status ?? 'reconnect_required', text: text ?? known?.text }
    world.networks.planFall(bridgeID, fall)
  },
  bridge: (world, { bridgeID, status, text }) => {
    const state = world.networks.find(bridgeID)
    if (status === undefined) delete state.status
    else state.status = status
    if (text === undefined) delete state.statusText
    else state.statusText = text
  },
  wire: (world, { codes, errorSurface, profile, verifications }) => {
    if (errorSurface !== undefined) world.wire.errorSurface = errorSurface
    if (profile !== undefined) world.wire.profile = profile
    if (codes !== undefined) world.wire.codes = codes
    if (verifications !== undefined) world.wire.verifications = verifications
  },
  fault: (world, fault) => {
    world.traffic.addFault(fault)
  },
  release: (world, { operation }) => {
    world.traffic.release(operation)
  },
}
