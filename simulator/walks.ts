// Ways through the networks, from the data alone: for each flow the walks that together take every edge once, with what to
// submit, what the phone does, how long to wait, and how it ends. For tests of the simulator and of whoever talks to it.
import {
  bridgeEntries,
  sharedError,
  type BridgeEntry,
  type Flow,
  type NetworkError,
  type StepNode,
} from './bridge-flows.ts'
import { fits, isOffered, valuesFor, type Values } from './walk-values.ts'

interface MoveParts {
  /** Key of the node on which it is made, and the step that is told there. */
  readonly node: string
  readonly stepID: string
  /** Type of that step; of one that this API does not publish nothing can be submitted. */
  readonly type: string
  /** Key of the node it leads to, and what that says, if it is a step. */
  readonly to: string
  readonly instructions?: string
}

export interface SubmitMove extends MoveParts {
  readonly kind: 'submit'
  /** What is submitted; of `missing` fields nothing is. */
  readonly fields: Values
  readonly ruleIndex: number
  /** Something that the step asks for is left out, because the rule is about that. */
  readonly isMissing: boolean
  readonly missing: readonly string[]
  /** Fields whose value does not fit their pattern, which only a `rich` wire tells. */
  readonly unfit: readonly string[]
  /** Fields whose value is none of their options, which only a `rich` wire tells. */
  readonly unoffered: readonly string[]
}

/** Something happens on the person's phone, or in Beeper itself. */
export interface EventMove extends MoveParts {
  readonly kind: 'event'
  readonly name: string
}

/** Nothing happens, until the last display or the time of the step runs out. */
export interface ExpireMove extends MoveParts {
  readonly kind: 'expire'
  readonly why: 'rotate' | 'ttl'
  /** From the arrival at the node, in simulated time. */
  readonly ms: number
}

export type Move = SubmitMove | EventMove | ExpireMove

export type WalkEnd =
  | { readonly kind: 'complete'; readonly person: string; readonly loginID: string }
  | { readonly kind: 'failed'; readonly error: NetworkError }
  /** No end can be reached from where the moves lead: all that is left is to cancel. */
  | { readonly kind: 'cancel' }

export interface Walk {
  readonly bridgeID: string
  readonly flowID: string
  readonly flowName: string
  readonly moves: readonly Move[]
  readonly end: WalkEnd
  /** The edge it was made for; a flow without any edge has one walk for none. */
  readonly aim: string | undefined
  /** IDs of all that it covers, such as `local-whatsapp/qr/qr#event:scan`. */
  readonly edges: readonly string[]
}

interface Edge {
  readonly id: string
  readonly move: Move
  readonly cost: number
}

interface Way {
  readonly edges: readonly Edge[]
  readonly cost: number
}

/** What a client may refuse to send and what takes minutes is gone through only where there is no other way. */
const cost = { plain: 1, awkward: 100 }

/**
 * Walks that take every edge of a network, or of the seven of bridge-flows. Each goes the shortest way to the edge it is for
 * and from there the shortest way to an end. Throws when an edge cannot be taken: then the data are wrong.
 */
export function walksOf(entry?: BridgeEntry): Walk[] {
  if (entry === undefined) return bridgeEntries.flatMap(walksOf)
  return entry.flows.flatMap((flow) => walksOfFlow(entry, flow))
}

/** IDs of all edges of a network, or of the seven of bridge-flows. */
export function edgesOf(entry?: BridgeEntry): string[] {
  if (entry === undefined) return bridgeEntries.flatMap(edgesOf)
  return entry.flows.flatMap((flow) => edgesOfFlow(entry, flow).map(({ id }) => id))
}

function walksOfFlow(entry: BridgeEntry, flow: Flow): Walk[] {
  const edges = edgesOfFlow(entry, flow)
  const ways = waysFrom(flow.start, edges)
  const whole = edges.map((aim): Walk => {
    const before = ways.get(aim.move.node)
    if (before === undefined) throw new Error(`No way leads to ${aim.id}`)
    return walk(entry, flow, aim.id, [...before.edges, aim, ...wayToEnd(flow, aim.move.to, edges)])
  })
  if (whole.length === 0) return [walk(entry, flow, undefined, [])]
  // The long ones take most of what the short ones are for.
  const covered = new Set<string>()
  const needed = whole
    .toSorted((one, other) => other.moves.length - one.moves.length)
    .filter(({ aim, edges: taken }) => {
      if (aim === undefined || covered.has(aim)) return false
      for (const id of taken) covered.add(id)
      return true
    })
  return whole.filter((one) => needed.includes(one))
}

function walk(entry: BridgeEntry, flow: Flow, aim: string | undefined, taken: readonly Edge[]): Walk {
  return {
    bridgeID: entry.bridge.id,
    flowID: flow.id,
    flowName: flow.name ?? flow.id,
    moves: taken.map(({ move }) => move),
    end: endOf(entry, flow, taken.at(-1)?.move.to ?? flow.start),
    aim,
    edges: [...new Set(taken.map(({ id }) => id))],
  }
}

function endOf(entry: BridgeEntry, flow: Flow, key: string): WalkEnd {
  const node = flow.nodes[key]
  if (node === undefined) throw new Error(`${flow.id} has no node "${key}"`)
  if ('step' in node) return { kind: 'cancel' }
  if (node.end === 'failed') {
    const name = node.error ?? 'unexpected'
    return { kind: 'failed', error: entry.errors[name] ?? sharedError(name) }
  }
  const person = node.person ?? 'ada'
  const known = entry.people[person]
  if (known === undefined) throw new Error(`${entry.bridge.id} knows no person "${person}"`)
  return { kind: 'complete', person, loginID: known.loginID }
}

/** The cheapest way from one node to each that can be reached; of equals the one that the document names first. */
function waysFrom(start: string, edges: readonly Edge[]): Map<string, Way> {
  const ways = new Map<string, Way>([[start, { edges: [], cost: 0 }]])
  for (let isSettled = false; !isSettled;) {
    isSettled = true
    for (const edge of edges) {
      const way = ways.get(edge.move.node)
      const known = ways.get(edge.move.to)
      if (way === undefined || (known !== undefined && known.cost <= way.cost + edge.cost)) continue
      ways.set(edge.move.to, { edges: [...way.edges, edge], cost: way.cost + edge.cost })
      isSettled = false
    }
  }
  return ways
}

/** Nothing when no end can be reached. Of equals one where somebody is connected. */
function wayToEnd(flow: Flow, start: string, edges: readonly Edge[]): readonly Edge[] {
  const rank = (key: string): number => {
    const node = flow.nodes[key]
    return node !== undefined && 'end' in node && node.end === 'complete' ? 0 : 1
  }
  const ends = [...waysFrom(start, edges)].filter(([key]) => 'end' in (flow.nodes[key] ?? {}))
  const [best] = ends.toSorted(([one, a], [other, b]) => a.cost - b.cost || rank(one) - rank(other))
  return best?.[1].edges ?? []
}

function edgesOfFlow(entry: BridgeEntry, flow: Flow): Edge[] {
  return Object.entries(flow.nodes).flatMap(([key, node]) => {
    if ('end' in node) return []
    const prefix = `${entry.bridge.id}/${flow.id}/${key}`
    return [...submits(flow, key, node), ...events(flow, key, node), ...clocks(flow, key, node)].map((edge) => ({
      ...edge,
      id: `${prefix}#${edge.id}`,
    }))
  })
}

function parts(flow: Flow, key: string, node: StepNode, to: string, text?: string): MoveParts {
  const target = flow.nodes[to]
  const own = target !== undefined && 'step' in target ? target.step.instructions : undefined
  const instructions = text ?? own
  const { stepID, type } = node.step
  return { node: key, stepID, type, to, ...(instructions !== undefined && { instructions }) }
}

function submits(flow: Flow, key: string, node: StepNode): Edge[] {
  const { fields = [] } = node.step
  return (node.submit ?? []).map((rule, ruleIndex) => {
    const values = valuesFor(node, ruleIndex)
    const idsWhere = (isMeant: (value: string, index: number) => boolean): string[] =>
      fields.filter(({ id }, index) => isMeant(values[id] ?? '', index)).map(({ id }) => id)
    const missing = rule.missing === undefined ? [] : idsWhere((value) => value === '')
    const unfit = idsWhere((value, index) => value !== '' && !fits(fields[index] ?? { id: '' }, value))
    const unoffered = idsWhere((value, index) => value !== '' && !isOffered(fields[index] ?? { id: '' }, value))
    const move: SubmitMove = {
      kind: 'submit',
      ...parts(flow, key, node, rule.to, rule.retryText ?? rule.text),
      fields: values,
      ruleIndex,
      isMissing: missing.length > 0,
      missing,
      unfit,
      unoffered,
    }
    const isPlain = missing.length + unfit.length + unoffered.length === 0
    return { id: `submit:${String(ruleIndex)}`, move, cost: isPlain ? cost.plain : cost.awkward }
  })
}

function events(flow: Flow, key: string, node: StepNode): Edge[] {
  return Object.entries(node.events ?? {}).map(([name, to]) => ({
    id: `event:${name}`,
    move: { kind: 'event', ...parts(flow, key, node, to), name },
    cost: cost.plain,
  }))
}

function clocks(flow: Flow, key: string, node: StepNode): Edge[] {
  const { rotate, ttl } = node
  const expire = (why: ExpireMove['why'], to: string, seconds: number): Edge => ({
    id: why,
    move: { kind: 'expire', ...parts(flow, key, node, to), why, ms: seconds * 1000 },
    cost: cost.awkward,
  })
  return [
    ...(rotate === undefined ? [] : [expire('rotate', rotate.then, lifeSeconds(rotate))]),
    ...(ttl === undefined ? [] : [expire('ttl', ttl.then, ttl.seconds)]),
  ]
}

/** How long all displays of a step last together. */
function lifeSeconds({ every, max }: NonNullable<StepNode['rotate']>): number {
  if (typeof every === 'number') return every * max
  return every.slice(0, max).reduce((sum, seconds) => sum + seconds, 0)
}
