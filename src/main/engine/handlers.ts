// What each command of the table does: mostly one event to one machine. The answer says "taken" or "refused"; outcomes
// arrive as state. The two commands about a recovery key answer it or carry it, because it must not become state.
import type { CommandName } from '#contract/command-names'
import type { AnswerOf, InputOf } from '#contract/commands'
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { provesCopy } from '#contract/recovery-key'
import type { FoundBeeper, PublishedView } from '#contract/view'
import type { Engine } from './app.ts'

type Answered<Name extends CommandName> = Promise<Result<AnswerOf<Name>>> | Result<AnswerOf<Name>>
type Handlers = { readonly [Name in CommandName]: (input: InputOf<Name>) => Answered<Name> }

const taken: Result<undefined> = ok(undefined)
const notNow = failed({ code: 'command.not-now', retry: 'never' })

/**
 * Makes the handlers of all commands.
 * @param engine what they talk to
 * @param current the newest published View
 */
export function handlersOf(engine: Engine, current: () => PublishedView): Handlers {
  const { world, account, security, networks, connections } = engine

  function use(found: FoundBeeper): Result<undefined> {
    if (found.state !== 'signed-out' && found.state !== 'signed-in') return notNow
    const { origin, name, version } = found
    engine.choose({ origin, name, version, isDemo: false })
    return taken
  }

  async function useAddress(address: string): Promise<Result<undefined>> {
    const origin = world.beeper.originFrom(address)
    if (!origin.ok) {
      engine.fail(origin.problem)
      return origin
    }
    engine.setFinding({ opening: origin.value })
    const found = await world.beeper.probe(origin.value)
    engine.setFinding({})
    if (found === undefined || found.state === 'not-beeper' || found.state === 'too-old') {
      const code =
        found === undefined ? 'beeper.unreachable' : found.state === 'too-old' ? 'beeper.too-old' : 'beeper.not-beeper'
      engine.fail({ code, retry: 'now' })
      return notNow
    }
    await engine.journal.notePort(Number(new URL(origin.value).port || '80'))
    return use(found)
  }

  async function startDemo(): Promise<Result<undefined>> {
    if (engine.state.getState().finding.isDemoStarting) return notNow
    engine.setFinding({ isDemoStarting: true })
    const demo = await world.demo.start()
    engine.setFinding({})
    if (!demo.ok) {
      engine.fail(demo.problem)
      return demo
    }
    engine.phoneURL = demo.value.phoneURL
    engine.choose({ origin: demo.value.origin, name: world.words.demoName, version: '', isDemo: true })
    return taken
  }

  async function createRecoveryKey(): Promise<Result<{ readonly recoveryKey: string }>> {
    const target = engine.target()
    const { state } = account
    const { key: present, setup } = security.state
    const isBusy = present.phase === 'creating' || present.phase === 'confirming'
    // Replacing a key that is in force takes more than a click: it can make old messages unreadable.
    const isDue = setup?.state === 'needs-cross-signing-setup'
    if (target === undefined || state.phase !== 'signed-in' || isBusy || !isDue) return notNow
    security.send({ type: 'keyRequested' })
    const close = await engine.journal.open('appSetupVerificationRecoveryKeyReset', state.server)
    const key = await world.beeper.createKey(target)
    security.send(key.ok ? { type: 'keyCreated' } : { type: 'keyFailed', problem: key.problem })
    await close()
    return key.ok ? ok({ recoveryKey: key.value }) : key
  }

  function confirmRecoveryKey({
    recoveryKey,
    group,
    typedGroup,
  }: InputOf<'security.confirmRecoveryKey'>): Result<undefined> {
    security.send(
      provesCopy(recoveryKey, group, typedGroup) ? { type: 'keyProved', recoveryKey } : { type: 'keyNotProved' },
    )
    return taken
  }

  function open(bridgeID: string): Result<undefined> {
    const target = engine.target()
    const network = networks.state.networks.find((one) => one.bridgeID === bridgeID)
    const { state } = account
    if (target === undefined || network === undefined || state.phase !== 'signed-in') return notNow
    const connectionID = connections.open(
      { bridgeID, networkName: network.name, networkType: network.type },
      state.server,
      target,
    )
    engine.go({ at: 'connection', connectionID })
    return taken
  }

  function leave(connectionID: string): Result<undefined> {
    if (!connections.send(connectionID, { type: 'left' })) return notNow
    connections.drop(connectionID)
    engine.go({ at: 'connect' })
    return taken
  }

  const tell = (isKnown: boolean): Result<undefined> => (isKnown ? taken : notNow)

  return {
    'app.view': () => ok(current()),
    'app.go': (place) => {
      engine.go(place)
      return taken
    },
    'app.openPhone': () => {
      if (engine.phoneURL === undefined) return notNow
      world.demo.openPhone(engine.phoneURL)
      return taken
    },
    'app.openPage': (page) => world.openPage(page),
    'find.use': ({ origin }) => {
      const found = engine.discovery.state.found.find((one) => one.origin === origin)
      return found === undefined ? notNow : use(found)
    },
    'find.useAddress': ({ address }) => useAddress(address),
    'find.startDemo': startDemo,
    'find.leave': async () => {
      await engine.leave()
      return taken
    },
    'account.sendCode': ({ email }) => {
      account.send({ type: 'codeRequested', email: email.trim() })
      return taken
    },
    'account.submitCode': ({ code }) => {
      account.send({ type: 'codeSubmitted', code })
      return taken
    },
    'account.changeAddress': () => {
      account.send({ type: 'addressChanged' })
      return taken
    },
    'account.register': ({ username }) => {
      account.send({ type: 'usernameSubmitted', username: username.trim() })
      return taken
    },
    'account.authorise': () => {
      account.send({ type: 'consentRequested' })
      return taken
    },
    'account.cancelAuthorise': () => {
      account.send({ type: 'consentFailed', problem: undefined })
      return taken
    },
    'account.retryKeychain': () => {
      account.send({ type: 'keychainRetried' })
      return taken
    },
    'account.keepForThisRun': () => {
      account.send({ type: 'keptForThisRun' })
      return taken
    },
    'account.signInAgain': () => {
      account.send({ type: 'signInAgainChosen' })
      return taken
    },
    'security.createRecoveryKey': createRecoveryKey,
    'security.copyRecoveryKey': ({ recoveryKey }) => world.keyCopies.copy(recoveryKey),
    'security.saveRecoveryKey': ({ recoveryKey }) => world.keyCopies.save(recoveryKey),
    'security.confirmRecoveryKey': confirmRecoveryKey,
    'security.unlock': ({ recoveryKey }) => {
      security.send({ type: 'unlockRequested', recoveryKey: recoveryKey.trim() })
      return taken
    },
    'networks.refresh': () => {
      networks.send({ type: 'refreshed' })
      return taken
    },
    'connect.open': ({ bridgeID }) => open(bridgeID),
    'connect.choose': ({ connectionID, flowID }) =>
      tell(connections.send(connectionID, { type: 'flowChosen', flowID })),
    'connect.submit': ({ connectionID, fields }) =>
      tell(connections.send(connectionID, { type: 'fieldsSubmitted', fields })),
    'connect.leave': ({ connectionID }) => leave(connectionID),
    'connect.again': ({ connectionID }) => tell(connections.send(connectionID, { type: 'startedOver' })),
  }
}
