// Walks through the networks of bridge-flows, as a person takes them who has the data in front of them: fields are filled by
// their labels, the phone is played by the simulator's hand, and both sides are looked at after every move.
import { expect } from '@playwright/test'
import type { StepNode } from '#simulator/bridge-flows'
import type { Move, Walk } from '#simulator/walks'
import type { Wire } from '#simulator/wire'
import { catalogue, cookies, display, done, failed, form, leaving, said } from '../pages/connect.ts'
import { wake } from '../rig/desktop.ts'
import { readQr } from '../rig/qr.ts'
import type { Beeper } from '../rig/test.ts'
import { answer, answerLate, isKeptBack, labelOf, seeRefusal, stepAt } from './connect-answers.ts'
import type { Refused, Visit } from './connect-answers.ts'
import { cancels, connect } from './connect-start.ts'

export const connecting = { tag: '@connect' }

/** IDs of the edges of a walk: those that were taken, and those that the app keeps a person from. */
export interface Trace {
  readonly walked: readonly string[]
  readonly kept: readonly string[]
}

/** What a step says when it is arrived at: what to do, or why it came back. */
interface Told {
  readonly instructions: string | undefined
  readonly refused?: Refused | undefined
}

/** Does something while the networks answer as soon as they can: as much time passes as they take for it, and no more. */
export async function whileNetworksAnswer(beeper: Beeper, act: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    const { clock, sessions } = beeper.world
    if (clock.isAwaited || sessions.all().some(({ isBusy }) => isBusy)) clock.step(1_000)
  }, 20)
  await act().finally(() => {
    clearInterval(timer)
  })
}

/** Somebody removes every account in Beeper itself, and the catalogue in the window says so. */
export async function removeAccounts({ app, window, beeper, entry }: Visit): Promise<void> {
  const { networks } = beeper.world
  for (const login of networks.logins()) networks.remove(login)
  // The lists are read anew on waking, which saves waiting for the next time that they are.
  await wake(app)
  await expect(catalogue.add(window, entry.bridge.displayName)).toBeVisible()
}

/** The catalogue, once the page was made anew where it held a secret (SEC-6): it is loading from before the screen changes. */
export async function atCatalogue({ app, window }: Pick<Visit, 'app' | 'window'>): Promise<void> {
  await catalogue.shown(window)
  const isLoading = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isLoadingMainFrame() ?? true)
  await expect.poll(isLoading).toBe(false)
}

/**
 * Takes a walk, from the catalogue to the catalogue, and leaves no account behind.
 * @returns which of its edges were taken, and which a person is kept from
 */
export async function takeWalk(visit: Visit, walk: Walk, errorSurface: Wire['errorSurface']): Promise<Trace> {
  const { beeper, entry, flow, profile } = visit
  await beeper.control.wire({ profile, errorSurface })
  await connect(visit.window, entry.bridge.displayName, entry.flows.length > 1 ? (flow.name ?? flow.id) : undefined)
  const walked: string[] = []
  const kept: string[] = []
  let told: Told = { instructions: stepAt(flow, flow.start).instructions }
  for (const move of walk.moves) {
    const loginSessionID = await arrive(visit, move, told)
    if (await isKeptBack(visit, move)) {
      kept.push(edgeOf(walk, move))
      // Where the refusal would have led back here, the walk goes on from here.
      if (move.to === move.node) continue
      await giveUp(visit)
      return { walked, kept }
    }
    await make(visit, move, loginSessionID)
    walked.push(edgeOf(walk, move))
    told = toldAfter(move, told)
  }
  await end(visit, walk, errorSurface)
  return { walked, kept }
}

function edgeOf({ bridgeID, flowID }: Walk, move: Move): string {
  const name = (): string => {
    switch (move.kind) {
      case 'submit':
        return `submit:${String(move.ruleIndex)}`
      case 'event':
        return `event:${move.name}`
      case 'expire':
        return move.why
    }
  }
  return `${bridgeID}/${flowID}/${move.node}#${name()}`
}

function toldAfter(move: Move, { instructions }: Told): Told {
  if (move.kind !== 'submit' || move.to !== move.node) return { instructions: move.instructions }
  // Why it came back stands at the field, and what was said before stays; the same words once more say nothing new.
  const why = move.instructions === instructions ? undefined : move.instructions
  return { instructions, refused: { why, typed: move.fields } }
}

/** Sees that both sides are at the step of a move. @returns the ID of the session */
async function arrive(visit: Visit, move: Move, told: Told): Promise<string> {
  const { window, beeper, entry, flow } = visit
  const step = stepAt(flow, move.node)
  await seeStep(visit, step)
  if (told.refused) await seeRefusal(visit, step, told.refused)
  if (told.instructions) await expect(said(window, told.instructions).first()).toBeVisible()
  const session = await beeper.control.session(entry.bridge.id)
  expect(session).toMatchObject({ stepID: move.stepID, stepType: step.type })
  expect(session.maxInFlight, 'one submit at a time').toBeLessThanOrEqual(1)
  return session.loginSessionID
}

async function seeStep(visit: Visit, step: StepNode['step']): Promise<void> {
  const { window, entry, profile } = visit
  if (step.type === 'display_and_wait') return seeDisplay(visit, step.display?.type)
  if (step.type === 'cookies') await cookies.shown(window, entry.bridge.displayName)
  else await form.shown(window, entry.bridge.displayName)
  // The heading is that of the time before the first step, too. The others are met when they are filled in.
  const [first] = step.fields ?? []
  if (first !== undefined) await expect(form.asked(window, labelOf(step, first, profile))).toBeVisible()
}

/** Whose codes were read off the screen, which once on each journey is enough. */
const haveRead = new WeakSet<Visit>()

async function seeDisplay(visit: Visit, type: string | undefined): Promise<void> {
  const { window, beeper, entry } = visit
  const { displayName, id } = entry.bridge
  const live = async (): Promise<string> => (await beeper.control.session(id)).display?.data ?? ''
  switch (type) {
    case 'qr':
      await display.qrShown(window, displayName)
      await expect(display.qr(window)).toBeVisible()
      if (!haveRead.has(visit)) expect(await readQr(display.qr(window))).toBe(await live())
      haveRead.add(visit)
      return
    case 'code':
      await display.codeShown(window, displayName)
      await expect(display.code(window, await live())).toBeVisible()
      return
    case 'emoji':
      await display.emojiShown(window, displayName)
      await expect(display.emoji(window)).toBeVisible()
      return
    case 'nothing':
      await display.waitShown(window, displayName)
      await expect(display.waits(window, 'nothing')).toBeVisible()
      return
    default:
      throw new Error(`No journey knows the display "${String(type)}"`)
  }
}

async function make(visit: Visit, move: Move, loginSessionID: string): Promise<void> {
  const { beeper, flow } = visit
  switch (move.kind) {
    case 'submit':
      return answer(visit, move)
    case 'event':
      return beeper.control.event(loginSessionID, move.name)
    case 'expire':
      await beeper.control.step(move.ms + 1)
      // Of a form nobody hears that its time is over, until it is sent.
      if (stepAt(flow, move.node).type !== 'display_and_wait') await answerLate(visit, move)
  }
}

async function end(visit: Visit, walk: Walk, errorSurface: Wire['errorSurface']): Promise<void> {
  const { window, beeper, entry } = visit
  if (walk.end.kind === 'cancel') return giveUp(visit)
  if (walk.end.kind === 'complete') return seeConnected(visit, walk.end.person)
  await failed.shown(window, entry.bridge.displayName)
  // Of a bare refusal nobody says why.
  if (errorSurface !== 'bare') await expect(said(window, walk.end.error.text).first()).toBeVisible()
  expect(await beeper.control.accounts(), 'nobody was connected').toEqual([])
  await seeNoneLeft(visit)
  await failed.chooseOther(window)
  await atCatalogue(visit)
}

async function seeConnected(visit: Visit, personKey: string): Promise<void> {
  const { app, window, beeper, entry, profile } = visit
  const { bridge, people } = entry
  const person = people[personKey]
  if (person === undefined) throw new Error(`${bridge.id} knows no person "${personKey}"`)
  const { fullName, username, phoneNumber, email, id } = person.user
  await done.shown(window, bridge.displayName)
  if (profile === 'rich') {
    // The end carries a text and nothing else; the account is listed some seconds later (R25).
    await expect(said(window, person.text).first()).toBeVisible()
    await beeper.control.step(3_000)
    await wake(app)
  }
  const name = fullName ?? username ?? phoneNumber ?? email ?? id
  await expect(done.owner(window).getByText(name, { exact: true })).toBeVisible()
  const accounts = await beeper.control.accounts()
  expect(accounts.map(({ accountID, loginID }) => ({ accountID, loginID }))).toEqual(
    person.accountIDs.map((accountID) => ({ accountID, loginID: person.loginID })),
  )
  await seeNoneLeft(visit)
  await done.another(window)
  await atCatalogue(visit)
  await removeAccounts(visit)
}

/** Leaves what is under way, which is asked once, and sees that the server was told. */
async function giveUp(visit: Visit): Promise<void> {
  const { window, beeper, entry } = visit
  const before = await cancels(beeper)
  await leaving.forGood(window, entry.bridge.displayName)
  await expect.poll(() => cancels(beeper), { message: 'the sign-in is cancelled on the server' }).toBe(before + 1)
  await seeNoneLeft(visit)
  await atCatalogue(visit)
}

/** Sees that no sign-in is left on the server, and that none ever had two submits at a time. */
async function seeNoneLeft({ beeper }: Visit): Promise<void> {
  const { sessions } = await beeper.control.snapshot()
  expect(sessions.filter(({ phase }) => phase === 'live')).toEqual([])
  expect(sessions.filter(({ maxInFlight }) => maxInFlight > 1)).toEqual([])
}
