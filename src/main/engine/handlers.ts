// What each command of the table does: mostly one event to one machine. The answer says "taken" or "refused"; outcomes
// arrive as state.
import type { CommandName } from '#contract/command-names'
import type { AnswerOf, InputOf } from '#contract/commands'
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { PublishedView } from '#contract/view'
import { linksOf } from '../domain/links.ts'
import { connectionOn } from '../domain/place.ts'
import { picturesOf } from '../domain/pictures.ts'
import type { Engine } from './app.ts'
import { findingOf } from './finding.ts'
import { securingOf } from './securing.ts'

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
  const { world, account, networks, connections } = engine
  const finding = findingOf(engine)
  const securing = securingOf(engine)

  /** Only what the View shows is read, whatever the window asks for (ORI-5). */
  async function readPicture(url: string): Promise<Result<{ readonly dataURL: string }>> {
    const target = engine.target()
    if (target === undefined || !picturesOf(engine.state.getState()).includes(url)) return notNow
    const picture = await world.beeper.readPicture(target, url)
    return picture.ok ? ok({ dataURL: picture.value }) : picture
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
    const isShown = connectionOn(engine.state.getState())?.connectionID === connectionID
    if (!connections.send(connectionID, { type: 'left' })) return notNow
    connections.drop(connectionID)
    // One that goes on beside the screen is put away without moving anybody.
    if (isShown) engine.go({ at: 'connect' })
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
    'app.picture': ({ url }) => readPicture(url),
    'app.quit': () => {
      world.quit()
      return taken
    },
    'app.protectContent': async ({ isOn }) => {
      const kept = await world.settings.update({ isContentProtected: isOn })
      engine.settingsChanged()
      return kept
    },
    'find.use': (input) => finding.use(input),
    'find.useAddress': (input) => finding.useAddress(input),
    'find.allow': (input) => finding.allow(input),
    'find.refuse': () => finding.refuse(),
    'find.lookAgain': () => finding.lookAgain(),
    'find.rename': (input) => finding.rename(input),
    'find.forget': (input) => finding.forget(input),
    'find.startDemo': () => finding.startDemo(),
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
    'account.useToken': ({ token }) => {
      account.send({ type: 'tokenSubmitted', token: token.trim() })
      return taken
    },
    'account.checkAgain': () => {
      account.send({ type: 'checkedAgain' })
      return taken
    },
    'account.keepInKeychain': () => {
      account.send({ type: 'keepRequested' })
      return taken
    },
    'account.signOut': async ({ revoke }) => {
      const { state } = account
      // The demo ends with its sign-in.
      if (state.phase === 'signed-in' && state.server.isDemo) await engine.leave()
      else account.send({ type: 'signOutRequested', isRevoked: revoke })
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
    ...securing,
    'networks.refresh': () => {
      // Nothing has been permitted meanwhile, so whoever tries again needs a better permission.
      if (networks.state.problem?.code === 'beeper.missing-scope')
        account.send({ type: 'scopeMissing', isClicked: true })
      networks.send({ type: 'refreshed' })
      return taken
    },
    'connect.open': ({ bridgeID }) => open(bridgeID),
    'connect.choose': ({ connectionID, flowID }) =>
      tell(connections.send(connectionID, { type: 'flowChosen', flowID })),
    'connect.submit': ({ connectionID, fields, isSure }) =>
      tell(connections.send(connectionID, { type: 'fieldsSubmitted', fields, isSure })),
    'connect.keep': ({ connectionID, fields }) => tell(connections.send(connectionID, { type: 'fieldsKept', fields })),
    'connect.openLink': ({ connectionID, url }) => {
      const connection = connections.states.find((one) => one.connectionID === connectionID)
      // Only what the View shows is opened, whatever the window asks for.
      return connection !== undefined && linksOf(connection).includes(url) ? world.opener.openLink(url) : notNow
    },
    'connect.leave': ({ connectionID }) => leave(connectionID),
    'connect.again': ({ connectionID }) => tell(connections.send(connectionID, { type: 'startedOver' })),
  }
}
