// How a sign-in at a network ends in the app, by what the simulator's walk says of its end.
import { signInFailure } from '#contract/beeper/login-errors'
import { prose } from '#contract/beeper/text'
import type { Problem } from '#contract/problem'
import { sharedError } from '#simulator/bridge-flows'
import type { BridgeEntry, EndNode, NetworkError } from '#simulator/bridge-flows'
import type { Walk, WalkEnd } from '#simulator/walks'
import type { Wire } from '#simulator/wire'
import { expect } from 'vitest'
import type { Drive } from './connecting-drive.ts'

type Manner = Pick<Wire, 'profile' | 'errorSurface'> & {
  /** Nothing was sent that the end could have answered: it was found by looking. */
  readonly isLooked: boolean
}

/** What the server says of every failure where it says nothing. */
const bare = { code: 'M_UNKNOWN', text: 'Internal error logging in' }

/** The end on the screen, and what it leaves in the list of accounts, are those of the walk. */
export async function expectEnd(drive: Drive, walk: Walk, entry: BridgeEntry, manner: Manner): Promise<void> {
  const { end } = walk
  if (end.kind === 'failed') expectFailure(drive, end.error, manner)
  if (end.kind === 'complete') await expectPerson(drive, walk, end, entry)
}

/** What the app is to make of a failure. */
function meaning({ code, text, http }: NetworkError, { errorSurface, isLooked }: Manner): Partial<Problem> {
  if (errorSurface === 'session') return signInFailure(code, prose(text))
  // Whoever only looks finds nothing any more (R1).
  if (isLooked) return { code: 'connect.gone', retry: 'now', says: sharedError('not_found').text }
  if (errorSurface === 'bare') return signInFailure(bare.code, bare.text)
  const told = signInFailure(code, prose(text))
  const isUnknown = told.code === 'connect.refused' && told.advice === undefined
  return http === 429 && isUnknown ? { ...told, retry: 'later', advice: 'wait' } : told
}

function expectFailure(drive: Drive, error: NetworkError, manner: Manner): void {
  const stage = drive.stage()
  if (stage.phase !== 'failed') throw new Error(`It has not failed: ${JSON.stringify(stage)}`)
  const { code, advice, says, retry } = stage.problem
  const told = meaning(error, manner)
  expect({ code, advice, says, retry }).toEqual({
    code: told.code,
    advice: told.advice,
    says: told.says,
    retry: told.retry,
  })
}

function endNode({ flows }: BridgeEntry, { flowID, moves }: Walk): EndNode {
  const flow = flows.find(({ id }) => id === flowID)
  const node = flow?.nodes[moves.at(-1)?.to ?? flow.start]
  if (node === undefined || 'step' in node) throw new Error('The walk has no end')
  return node
}

/** Somebody is connected: the right one, who is in the list of accounts too. */
async function expectPerson(
  drive: Drive,
  walk: Walk,
  { person: key, loginID }: Extract<WalkEnd, { readonly kind: 'complete' }>,
  entry: BridgeEntry,
): Promise<void> {
  const { world } = drive.simulator
  const person = entry.people[key]
  if (person === undefined) throw new Error(`Nobody is called ${key}`)
  const { fullName, username, phoneNumber, email, id } = person.user
  expect(drive.stage()).toMatchObject({ phase: 'done', wasKnown: false })
  // The account may follow its end by some seconds (R25).
  world.clock.step(3_000)
  await drive.tell('networks.refresh', undefined)
  await drive.until('the person is known', () => {
    const stage = drive.stage()
    return stage.phase === 'done' && stage.person !== undefined
  })
  expect(drive.stage()).toMatchObject({
    phase: 'done',
    person: { name: fullName ?? username ?? phoneNumber ?? email ?? id },
    watch: 'watching',
  })
  expect(world.networks.logins().map((login) => login.loginID)).toEqual([loginID])
  if (endNode(entry, walk).falls !== undefined) await expectFall(drive)
  await drive.tell('app.go', { at: 'home' })
  await drive.tell('networks.refresh', undefined)
  await drive.until('the account is in the list', () => {
    const { screen } = drive.view()
    return screen.name === 'home' && screen.accounts.length === person.accountIDs.length
  })
  expect(drive.view().screen).toMatchObject({
    accounts: person.accountIDs.map((accountID) => ({ accountID, networkName: entry.bridge.displayName })),
  })
}

/** An account that does not stay well is told of while it is watched. */
async function expectFall(drive: Drive): Promise<void> {
  drive.simulator.world.clock.step(30_000)
  await drive.tell('networks.refresh', undefined)
  await drive.until('it fell off again', () => {
    const stage = drive.stage()
    return stage.phase === 'done' && stage.watch === 'fell-off'
  })
}
