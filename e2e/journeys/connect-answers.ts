// What is filled into the forms of networks on a walk, and what becomes of it: sent at once, sent after a second yes, or kept
// back, because a person cannot send it.
import { expect } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { en } from '#messages/en'
import type { BridgeEntry, Flow, FlowField, StepNode } from '#simulator/bridge-flows'
import { walksOf } from '#simulator/walks'
import type { ExpireMove, Move, SubmitMove } from '#simulator/walks'
import type { Wire } from '#simulator/wire'
import { cookies, form } from '../pages/connect.ts'
import type { Beeper } from '../rig/test.ts'
import { submits } from './connect-start.ts'

/** Somebody at the catalogue, and the way through a network that they take. */
export interface Visit {
  readonly app: ElectronApplication
  readonly window: Page
  readonly beeper: Beeper
  readonly entry: BridgeEntry
  readonly flow: Flow
  readonly profile: Wire['profile']
}

type Step = StepNode['step']

/** The step of a flow by the key of its node; throws for an end. */
export function stepAt(flow: Flow, key: string): Step {
  const node = flow.nodes[key]
  if (node === undefined || 'end' in node) throw new Error(`${flow.id} has no step "${key}"`)
  return node.step
}

/** What a field of a form is called, and what a value of a website is (bridge-flows, `wire.profiles`). */
export function labelOf({ type }: Step, field: FlowField, profile: Wire['profile']): string {
  if (type === 'user_input') return field.label ?? field.id
  const source = field.rich?.sources?.[0]
  if (profile === 'strict') return source?.name ?? field.name ?? field.id
  return field.name ?? (source?.type === 'special' ? undefined : source?.name) ?? field.id
}

/** Whether the field is shown as a choice: only a rich wire tells what there is to choose. */
const isChoice = ({ profile }: Visit, { type, rich }: FlowField): boolean =>
  profile === 'rich' && type === 'select' && rich?.options !== undefined

/**
 * Whether a person cannot make this move, having tried: a form is not sent without what it needs, and what is not offered
 * cannot be chosen.
 */
export async function isKeptBack(visit: Visit, move: Move): Promise<boolean> {
  if (move.kind !== 'submit') return false
  const step = stepAt(visit.flow, move.node)
  if (visit.profile === 'rich' && move.unoffered.length > 0) {
    await seeNotOffered(visit, step, move)
    return true
  }
  // Of a website's values some may be missing, but not all.
  const isHopeless = step.type === 'user_input' || move.missing.length === step.fields?.length
  if (!move.isMissing || !isHopeless) return false
  const before = await submits(visit.beeper)
  await fill(visit, step, move.fields)
  await form.submit(visit.window)
  for (const field of (step.fields ?? []).filter(({ id }) => move.missing.includes(id)))
    await form.saysWrong(visit.window, labelOf(step, field, visit.profile), en.form.needed)
  await expect(form.sendAnyway(visit.window).or(cookies.sendWithout(visit.window))).toHaveCount(0)
  expect(await submits(visit.beeper), 'nothing is sent').toBe(before)
  return true
}

async function seeNotOffered({ window, profile }: Visit, step: Step, move: SubmitMove): Promise<void> {
  for (const field of (step.fields ?? []).filter(({ id }) => move.unoffered.includes(id))) {
    const offered = await form.options(window, labelOf(step, field, profile))
    expect(offered, 'all that is offered, and no more').toEqual(field.rich?.options)
    expect(offered).not.toContain(move.fields[field.id])
  }
}

/** Fills in what the move sends, and sends it: where the app objects, with the second yes that it asks for. */
export async function answer(visit: Visit, move: SubmitMove): Promise<void> {
  const { window, profile, flow } = visit
  const step = stepAt(flow, move.node)
  const fields = step.fields ?? []
  const [only] = fields
  const before = await submits(visit.beeper)
  if (step.type === 'user_input' && fields.length === 1 && only !== undefined && isChoice(visit, only)) {
    await form.option(window, labelOf(step, only, profile), move.fields[only.id] ?? '').click()
  } else {
    await fill(visit, step, move.fields)
    await form.submit(window)
    await insist(visit, move, step, before)
  }
  const next = flow.nodes[move.to]
  // Whatever waits for the phone is asked for by a submit of its own.
  const isWait = next !== undefined && 'step' in next && next.step.type === 'display_and_wait'
  await expect.poll(() => submits(visit.beeper), { message: 'sent once' }).toBe(before + (isWait ? 2 : 1))
}

/** Says yes once more, if the app asks; nothing was sent before. */
async function insist(visit: Visit, move: SubmitMove, step: Step, before: number): Promise<void> {
  const { window, profile } = visit
  const objection = objectionTo(visit, move, step)
  if (objection === undefined) return
  for (const field of objection.fields) await form.saysWrong(window, labelOf(step, field, profile), objection.says)
  const way = { missing: cookies.sendWithout, unfit: form.sendAnyway, odd: form.sendAsItIs }[objection.why](window)
  await expect(way).toBeVisible()
  expect(await submits(visit.beeper), 'nothing is sent without a second yes').toBe(before)
  if (objection.why === 'missing') await cookies.withoutThem(window, move.missing.length)
  else await way.click()
}

interface Objection {
  readonly why: 'missing' | 'unfit' | 'odd'
  readonly fields: readonly FlowField[]
  readonly says?: string
}

/** What the app asks about before it sends this. Patterns are told on a rich wire only. */
function objectionTo({ entry, profile }: Visit, move: SubmitMove, step: Step): Objection | undefined {
  const fields = step.fields ?? []
  const among = (ids: readonly string[]): readonly FlowField[] => fields.filter(({ id }) => ids.includes(id))
  if (move.missing.length > 0) return { why: 'missing', fields: among(move.missing), says: en.form.needed }
  if (profile === 'rich' && move.unfit.length > 0)
    return { why: 'unfit', fields: among(move.unfit), says: en.form.unfit(entry.bridge.displayName) }
  const odd = fields.filter(({ id, type }) => type === 'phone_number' && !isWholeNumber(move.fields[id] ?? ''))
  return odd.length > 0 ? { why: 'odd', fields: odd } : undefined
}

/** As far as the numbers of bridge-flows go. */
const isWholeNumber = (typed: string): boolean => /^\+1\d{10}$/u.test(typed)

async function fill(visit: Visit, step: Step, values: SubmitMove['fields']): Promise<void> {
  const { window, profile } = visit
  for (const field of step.fields ?? []) {
    const label = labelOf(step, field, profile)
    const value = values[field.id] ?? ''
    // The tables of the world's numbers come a moment later than the field.
    if (field.type === 'phone_number') await expect(form.country(window)).toBeVisible()
    if (isChoice(visit, field)) await form.choose(window, label, value)
    else await form.fill(window, label, value)
  }
}

/** Sends any answer to a form whose time is over. */
export async function answerLate(visit: Visit, { node, to }: ExpireMove): Promise<void> {
  const moves = walksOf(visit.entry).flatMap((walk) => (walk.flowID === visit.flow.id ? walk.moves : []))
  const move = moves.find((one): one is SubmitMove => one.kind === 'submit' && one.node === node && !one.isMissing)
  if (move === undefined) throw new Error(`Nothing can be answered to ${node}`)
  await answer(visit, { ...move, to })
}

/** A step that came back. */
export interface Refused {
  /** The network's words, where it has any but those that it said before. */
  readonly why: string | undefined
  readonly typed: SubmitMove['fields']
}

/** No password, token or code, which may go when they were refused. */
const stays = ({ type = '' }: FlowField): boolean => ['username', 'email', 'phone_number', 'select'].includes(type)

/** Sees that the step says why it came back, and still holds what was typed. */
export async function seeRefusal(visit: Visit, step: Step, { why, typed }: Refused): Promise<void> {
  const { window, profile } = visit
  const fields = step.fields ?? []
  const [only] = fields
  const isAlone = step.type === 'user_input' && fields.length === 1 && only !== undefined && !isChoice(visit, only)
  if (isAlone) await form.saysWrong(window, labelOf(step, only, profile), why ?? en.form.rejectedHere)
  else await expect(form.refused(window)).toContainText(why ?? en.form.rejectedTitle)
  for (const field of fields.filter((one) => stays(one) && !isChoice(visit, one)))
    await expect(form.field(window, labelOf(step, field, profile))).toHaveValue(typed[field.id] ?? '')
}
