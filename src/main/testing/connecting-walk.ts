// Plays a walk of the simulator through the app: what it shows on the way, what it refuses to send, and how it ends.
import { prose } from '#contract/beeper/text'
import type { ConnectionStage } from '#contract/view-connect'
import type { BridgeEntry } from '#simulator/bridge-flows'
import type { LoginSession } from '#simulator/login-session'
import { walksOf } from '#simulator/walks'
import type { EventMove, ExpireMove, Move, SubmitMove, Walk } from '#simulator/walks'
import type { Wire } from '#simulator/wire'
import { expect } from 'vitest'
import type { Drive } from './connecting-drive.ts'
import { expectEnd } from './connecting-ends.ts'

export type Manner = Pick<Wire, 'profile' | 'errorSurface'>
type Step = Extract<ConnectionStage, { readonly phase: 'step' }>['step']

export interface Played {
  /** Edges that were taken. */
  readonly taken: readonly string[]
  /** Edges that the app does not take: it never sends a form without what that has to hold. */
  readonly refused: readonly string[]
}

interface Play {
  readonly drive: Drive
  readonly walk: Walk
  readonly entry: BridgeEntry
  readonly session: LoginSession
  /** The move that led here. */
  readonly last: Move | undefined
}

/** What the simulator's walks call the edge that a move takes. */
function edgeOf({ bridgeID, flowID }: Walk, move: Move): string {
  const prefix = `${bridgeID}/${flowID}/${move.node}#`
  switch (move.kind) {
    case 'submit':
      return `${prefix}submit:${String(move.ruleIndex)}`
    case 'event':
      return `${prefix}event:${move.name}`
    case 'expire':
      return `${prefix}${move.why}`
  }
}

/** Lets everybody go who is signed in to a network, and the app see it. */
async function forget(drive: Drive): Promise<void> {
  const { clock, networks } = drive.simulator.world
  // Whoever still comes late is there by then.
  clock.step(5_000)
  networks.clearLogins()
  // Only where an earlier walk failed on its way.
  for (const { connectionID } of drive.view().running) await drive.tell('connect.leave', { connectionID })
  await drive.tell('app.go', { at: 'home' })
  await drive.tell('networks.refresh', undefined)
  await drive.until('nobody is connected', () => {
    const { screen } = drive.view()
    return screen.name === 'home' && screen.accounts.length === 0
  })
}

/** Grows with each step that is shown, and with the end. */
function progress({ stage }: Drive): number {
  const now = stage()
  return now.phase === 'step' ? now.serial : Number.POSITIVE_INFINITY
}

/** Waits for what comes of a move. Nothing can have been heard of it before: the server is in the same process. */
async function answered(drive: Drive): Promise<void> {
  const { serial } = drive.atStep()
  await drive.until('what comes next', () => progress(drive) > serial)
}

/**
 * Walks from the catalogue to the end.
 * @param manner how the server spells what it says
 * @returns which edges were taken
 */
export async function playWalk(drive: Drive, walk: Walk, entry: BridgeEntry, manner: Manner): Promise<Played> {
  const { submits, sessions } = drive.simulator.world
  await forget(drive)
  const counts = submits.all().length
  await drive.begin(walk.bridgeID, walk.flowID)
  const taken: string[] = []
  const refused: string[] = []
  let isThrough = true
  let isLooked = false
  let last: Move | undefined
  for (const move of walk.moves) {
    const session = sessions.all().at(-1)
    if (session === undefined) throw new Error('No session was made')
    const { step } = drive.atStep()
    // What cannot be read is said to be so, and can only be left.
    const outcome = step.type === 'unreadable' ? 'refused' : await make({ drive, walk, entry, session, last }, move)
    ;(outcome === 'taken' ? taken : refused).push(edgeOf(walk, move))
    // Another try at the same step is what the app asks for as well.
    isThrough = outcome === 'taken' || (move.to === move.node && step.type !== 'unreadable')
    if (outcome !== 'refused') await answered(drive)
    expectHidden(drive, entry, walk, move)
    if (!isThrough) break
    last = outcome === 'taken' ? move : undefined
    isLooked = !isAwaited(step) && step.type !== 'user_input' && step.type !== 'cookies'
  }
  if (isThrough) await expectEnd(drive, walk, entry, { ...manner, isLooked })
  for (const { most } of submits.all().slice(counts)) expect(most, 'submits at the same time').toBeLessThanOrEqual(1)
  await putAway(drive)
  return { taken, refused }
}

/**
 * Goes the way of a walk as far as a node, and stays there.
 * @returns the session that stands there
 */
export async function playUpTo(drive: Drive, walk: Walk, entry: BridgeEntry, node: string): Promise<LoginSession> {
  await forget(drive)
  await drive.begin(walk.bridgeID, walk.flowID)
  const session = drive.simulator.world.sessions.all().at(-1)
  if (session === undefined) throw new Error('No session was made')
  for (const [index, move] of walk.moves.entries()) {
    if (move.node === node) break
    await make({ drive, walk, entry, session, last: walk.moves[index - 1] }, move)
    await answered(drive)
  }
  expect(session.nodeKey).toBe(node)
  return session
}

/** The step on the screen is the one that the walk stands at, with what the last move made of it. */
function expectStep({ drive, walk, last }: Play, move: Move): void {
  const { step, isBusy, isStale, isRejected, problem } = drive.atStep()
  expect({ isBusy, isStale, problem }, String(walk.aim)).toEqual({ isBusy: false, isStale: false, problem: undefined })
  if (step.type === 'unsupported') expect(step.wireType).toBe(move.type)
  else expect(step).toMatchObject({ type: move.type, stepID: move.stepID })
  if (last === undefined) return
  // The same step after a submit is a value that was not taken (R2).
  expect(isRejected).toBe(last.kind === 'submit' && last.node === last.to)
  expect('instructions' in step && step.instructions).toBe(prose(last.instructions))
}

/** Whether the server is asked to answer once the phone has acted. */
const isAwaited = (step: Step): boolean => step.type === 'display_and_wait' && step.display.type !== 'unsupported'

/**
 * `refused`: the app would not send what the walk wants to. `another-way`: nor did that, and what it accepts leads elsewhere.
 */
type Outcome = 'taken' | 'refused' | 'another-way'

async function make(play: Play, move: Move): Promise<Outcome> {
  expectStep(play, move)
  switch (move.kind) {
    case 'submit':
      return submit(play, move)
    case 'event':
      await happen(play, move)
      return 'taken'
    case 'expire':
      await expire(play, move)
      return 'taken'
  }
}

const secretTypes = new Set(['password', 'token', '2fa_code'])

/** A4: a secret that was sent is not in a form that asks again; also not where a server calls its field plain text. */
function expectHidden({ stage }: Drive, { flows }: BridgeEntry, { flowID }: Walk, move: Move): void {
  const now = stage()
  if (move.kind !== 'submit' || now.phase !== 'step' || now.step.type !== 'user_input') return
  const node = flows.find(({ id }) => id === flowID)?.nodes[move.node]
  const fields = node !== undefined && 'step' in node ? (node.step.fields ?? []) : []
  const secrets = fields.filter(({ type = '' }) => secretTypes.has(type)).map(({ id }) => move.fields[id])
  for (const { id, initialValue } of now.step.fields)
    if (initialValue !== '') expect(secrets, id).not.toContain(initialValue)
}

/** Sends something that the app objects to: nothing goes out, and it says what is wrong. */
async function expectObjection(
  { drive, session }: Play,
  fields: SubmitMove['fields'],
  isSure: boolean,
  ids: readonly string[],
): Promise<void> {
  const { submits } = drive.simulator.world
  const before = submits.of(session.parts.id).total
  await drive.tell('connect.submit', { connectionID: drive.shown().connectionID, fields, isSure })
  expect(drive.atStep()).toMatchObject({ isBusy: false, isRejected: false, unfit: ids })
  expect(submits.of(session.parts.id).total).toBe(before)
}

async function submit(play: Play, move: SubmitMove): Promise<Outcome> {
  const { drive, walk, entry } = play
  const { connectionID } = drive.shown()
  const { step } = drive.atStep()
  const asked = step.type === 'user_input' || step.type === 'cookies' ? step.fields : []
  const idsWhere = (isMeant: (field: (typeof asked)[number]) => boolean): readonly string[] =>
    [...asked].filter(isMeant).map(({ id }) => id)
  const missing = idsWhere(({ id, isRequired }) => isRequired && (move.fields[id] ?? '') === '')
  const unfit = idsWhere(({ id, pattern }) => pattern !== undefined && move.unfit.includes(id))
  const objections = [...missing, ...unfit]
  if (objections.length > 0) await expectObjection(play, move.fields, false, objections)
  if (move.type === 'cookies' || missing.length === 0) {
    await drive.tell('connect.submit', { connectionID, fields: move.fields, isSure: objections.length > 0 })
    return 'taken'
  }
  // Not even somebody who is sure sends a form without what it has to hold; with it, the sign-in goes on.
  await expectObjection(play, move.fields, true, missing)
  if (move.to === move.node) return 'refused'
  await drive.tell('connect.submit', { connectionID, fields: filled(walk, entry, move.node), isSure: true })
  return 'another-way'
}

/** Whole values for a form, as another walk fills it. */
export function filled({ flowID }: Walk, entry: BridgeEntry, node: string): SubmitMove['fields'] {
  const moves = walksOf(entry).flatMap((walk) => (walk.flowID === flowID ? walk.moves : []))
  const other = moves.find(
    (move): move is SubmitMove => move.kind === 'submit' && move.node === node && move.missing.length === 0,
  )
  if (other === undefined) throw new Error(`Nothing fills ${node}`)
  return other.fields
}

/** Waits until the server was asked; nobody asks it at a step that cannot be shown. */
async function asked({ drive, session }: Play): Promise<void> {
  const { submits } = drive.simulator.world
  if (isAwaited(drive.atStep().step))
    await drive.until('the phone is waited for', () => submits.of(session.parts.id).now === 1)
}

/** The person does something on the phone: with the code that the app shows, where there is one. */
async function happen(play: Play, { name }: EventMove): Promise<void> {
  const { drive, session } = play
  await asked(play)
  const { step } = drive.atStep()
  const code = step.type === 'display_and_wait' && 'data' in step.display ? step.display.data : undefined
  // What is on the screen is what counts: a phone that reads it finds this sign-in.
  if (code !== undefined) expect(drive.simulator.world.sessions.findByCode(code)).toBe(session)
  session.event(name)
  if (!isAwaited(step)) drive.engine.woken()
}

async function expire(play: Play, { ms }: ExpireMove): Promise<void> {
  const { drive, session, walk, entry } = play
  await asked(play)
  const { step } = drive.atStep()
  const node = session.nodeKey
  drive.simulator.world.clock.step(ms + 1)
  if (step.type === 'display_and_wait') {
    if (!isAwaited(step)) drive.engine.woken()
    return
  }
  // A form that ran out tells so when it is sent.
  const fields = filled(walk, entry, node)
  await drive.tell('connect.submit', { connectionID: drive.shown().connectionID, fields, isSure: true })
}

/** Back to the catalogue; what is still under way is cancelled. */
async function putAway(drive: Drive): Promise<void> {
  const { screen } = drive.view()
  if (screen.name === 'connection') await drive.tell('connect.leave', { connectionID: screen.connection.connectionID })
  expect(drive.view().running).toEqual([])
}
