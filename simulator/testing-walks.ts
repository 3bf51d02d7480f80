// Plays a walk against a simulator whose clock stands still, over HTTP, and checks each step on the way and the end.
import { expect } from 'vitest'
import type { BridgeEntry, NetworkError } from './bridge-flows.ts'
import { sessionOf, Visit, type Bench, type Reply } from './testing.ts'
import { walksOf, type Move, type Walk } from './walks.ts'
import type { Wire } from './wire.ts'

type Ready = Bench & { readonly token: string }
type Manner = Pick<Wire, 'profile' | 'errorSurface'>

export const manners: readonly Manner[] = (['strict', 'rich'] as const).flatMap((profile) =>
  (['session', 'http', 'bare'] as const).map((errorSurface) => ({ profile, errorSurface })),
)

/** Replays every walk through a network, each with nobody signed in to it. */
export async function replayAll(it: Ready, entry: BridgeEntry, manner: Manner): Promise<void> {
  await it.control.wire(manner)
  for (const walk of walksOf(entry)) {
    it.simulator.world.networks.clearLogins()
    await replay(it, walk, entry, manner)
  }
}

/** Lets as much time pass as the network takes for an answer, and no more. */
async function answered<T>({ simulator: { world } }: Bench, answer: Promise<T>): Promise<T> {
  const done = new AbortController()
  const settled = answer.finally(() => {
    done.abort()
  })
  while (!done.signal.aborted) {
    if (world.clock.isAwaited || world.sessions.all().some(({ isBusy }) => isBusy)) world.clock.step(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return settled
}

function make(it: Ready, visit: Visit, move: Move): Promise<Reply> {
  switch (move.kind) {
    case 'submit':
      return visit.submit(move.fields)
    case 'event': {
      const wait = move.type === 'display_and_wait' ? visit.submit() : undefined
      // Of a step that cannot be submitted an end is only found by looking.
      return it.control.event(visit.session.loginSessionID, move.name).then(() => wait ?? visit.look())
    }
    case 'expire':
      it.simulator.world.clock.step(move.ms + 1)
      return visit.submit()
  }
}

/** Walks from the start to the end. Fails where anything else comes than the walk foresees. */
async function replay(it: Ready, walk: Walk, entry: BridgeEntry, manner: Manner): Promise<void> {
  const visit = new Visit(it, walk.bridgeID)
  let reply = await answered(it, visit.open({ flowID: walk.flowID }))
  if (walk.moves.length > 0 || walk.end.kind === 'cancel') visit.session = sessionOf(reply)
  for (const [index, move] of walk.moves.entries()) {
    expect(visit.step.stepID, `${String(walk.aim)} before move ${String(index)}`).toBe(move.stepID)
    reply = await answered(it, make(it, visit, move))
    if (index === walk.moves.length - 1 && walk.end.kind !== 'cancel') break
    visit.session = sessionOf(reply)
    expect(visit.step.instructions, `${String(walk.aim)} after move ${String(index)}`).toBe(move.instructions)
  }
  await checkEnd(it, visit, walk, entry, reply, manner)
}

async function checkEnd(
  it: Ready,
  visit: Visit,
  walk: Walk,
  entry: BridgeEntry,
  reply: Reply,
  manner: Manner,
): Promise<void> {
  const { end, moves } = walk
  if (end.kind === 'cancel') {
    expect((await visit.cancel()).body).toMatchObject({ status: 'cancelled' })
    return
  }
  if (end.kind === 'failed') {
    // Of a step that cannot be submitted nobody hears how it failed, unless sessions carry their errors.
    const isUnheard = moves.at(-1)?.kind === 'event' && moves.at(-1)?.type !== 'display_and_wait'
    if (isUnheard && manner.errorSurface !== 'session') expect(reply.status).toBe(404)
    else expect([reply.status, reply.body]).toEqual(failures(manner.errorSurface, end.error))
    if (moves.length > 0) expect((await visit.look()).status).toBe(404)
    return
  }
  visit.session = sessionOf(reply)
  const person = entry.people[end.person]
  expect(visit.session).toMatchObject(
    manner.profile === 'strict' && !isBare(entry, walk)
      ? { status: 'complete', login: { loginID: end.loginID } }
      : { status: 'complete', currentStep: { type: 'complete', instructions: person?.text } },
  )
  it.simulator.world.clock.step(5_000)
  expect(it.simulator.world.networks.accounts().map(({ accountID }) => accountID)).toEqual(person?.accountIDs)
}

function failures(surface: Wire['errorSurface'], { code, details, http, text: message }: NetworkError): unknown[] {
  const error = { code, message, ...(details !== undefined && { details }) }
  switch (surface) {
    case 'session':
      return [200, expect.objectContaining({ status: 'failed', error })]
    case 'http':
      return [http, error]
    case 'bare':
      return [500, expect.objectContaining({ code: 'M_UNKNOWN' })]
  }
}

/** Whether the node where a walk ends tells nothing but a text. */
function isBare({ flows }: BridgeEntry, { flowID, moves }: Walk): boolean {
  const node = flows.find(({ id }) => id === flowID)?.nodes[moves.at(-1)?.to ?? '']
  return node !== undefined && 'end' in node && node.isBare === true
}
