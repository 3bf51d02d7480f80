// Every edge of every flow is walked over HTTP: each submit rule, each event, each clock that runs out. What is expected is
// read from the document with an evaluator of its own, so the simulator is not checked against itself.
import { describe, expect, test } from 'vitest'
import {
  bridgeEntries,
  sharedError,
  type BridgeEntry,
  type Flow,
  type StepNode,
  type SubmitRule,
} from './bridge-flows.ts'
import { readyBench, sessionOf, Visit, type Bench } from './testing.ts'

interface Edge {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly text: string | undefined
  readonly take: (visit: Visit, it: Bench) => Promise<void>
}

// Values that meet the patterns of the document between them; the first that lets exactly the wanted rule win is used.
const candidates = [
  'someone@example.com', '0123456', '12', '+14155550123', 'no-at-sign', 'x:y', '5551234567', 'ABC123', 'ONE111', 'TFA222',
  'OLD999', 'NON000', 'LIM429', 'zzz999', 'toolong-to-be-a-code', '%', '12345678', `6000000001:${'a'.repeat(35)}`,
] // prettier-ignore

function firstMatch(rules: readonly SubmitRule[], fields: Record<string, string>): number {
  return rules.findIndex(({ field = '', is, missing, re, ...rule }) => {
    if (missing !== undefined) return missing.some((id) => (fields[id] ?? '') === '')
    if (is !== undefined) return fields[field] === is
    if (re !== undefined) return new RegExp(re, 'u').test(fields[field] ?? '')
    return rule.else === true
  })
}

function inputFor(node: StepNode, wanted: number): Record<string, string> {
  const rules = node.submit ?? []
  const rule = rules[wanted]
  const ids = (node.step.fields ?? []).map(({ id }) => id)
  const filled = (value: string): Record<string, string> => Object.fromEntries(ids.map((id) => [id, value]))
  const exact = rule?.field !== undefined && rule.is !== undefined ? { [rule.field]: rule.is } : {}
  const tries = rule?.missing === undefined ? candidates.map((value) => ({ ...filled(value), ...exact })) : [{}]
  const one =
    rule?.field === undefined
      ? []
      : candidates.map((value) => ({ ...filled('someone@example.com'), [rule.field ?? '']: value }))
  const found = [...tries, ...one].find((fields) => firstMatch(rules, fields) === wanted)
  if (found === undefined) throw new Error(`No input meets rule ${String(wanted)} of ${node.step.stepID}`)
  return found
}

function edgesOf(key: string, node: StepNode): Edge[] {
  const submit = (fields?: Record<string, string>) => async (visit: Visit) => {
    visit.session = sessionOf(await visit.submit(fields))
  }
  const rules = (node.submit ?? []).map((rule, index) => ({
    from: key,
    to: rule.to,
    label: `submit ${String(index)}`,
    text: rule.retryText ?? rule.text,
    take: submit(inputFor(node, index)),
  }))
  const events = Object.entries(node.events ?? {}).map(([name, to]) => ({
    from: key,
    to,
    label: `event ${name}`,
    text: undefined,
    take: async (visit: Visit, it: Bench) => {
      const wait = visit.submit()
      await it.control.event(visit.session.loginSessionID, name)
      visit.session = sessionOf(await wait)
    },
  }))
  const { rotate, ttl } = node
  const every = Array.isArray(rotate?.every) ? Math.max(...rotate.every) : (rotate?.every ?? 0)
  const clocks = [
    ...(rotate === undefined ? [] : [{ to: rotate.then, seconds: every * rotate.max }]),
    ...(ttl === undefined ? [] : [{ to: ttl.then, seconds: ttl.seconds }]),
  ].map(({ seconds, to }) => ({
    from: key,
    to,
    label: `after ${String(seconds)} s`,
    text: undefined,
    take: async (visit: Visit, it: Bench) => {
      await it.control.step(seconds * 1000 + 1)
      visit.session = sessionOf(await visit.submit())
    },
  }))
  return [...rules, ...events, ...clocks]
}

/** Every edge that can be reached, each with the way to its beginning. */
function walks(flow: Flow): Edge[][] {
  const ways = new Map<string, Edge[]>([[flow.start, []]])
  const all: Edge[][] = []
  for (const [key, way] of ways) {
    const node = flow.nodes[key]
    if (node === undefined || 'end' in node) continue
    for (const edge of edgesOf(key, node)) {
      all.push([...way, edge])
      if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge])
    }
  }
  return all
}

async function checkArrival(it: Bench & { token: string }, visit: Visit, entry: BridgeEntry, flow: Flow, edge: Edge) {
  const target = flow.nodes[edge.to]
  if (target === undefined) throw new Error(`There is no node ${edge.to}`)
  if (!('end' in target)) {
    expect(visit.step.stepID).toBe(target.step.stepID)
    expect(visit.step.instructions).toBe(edge.text ?? target.step.instructions)
    expect((await visit.cancel()).status).toBe(200)
    return
  }
  if (target.end === 'failed') {
    const error = entry.errors[target.error ?? ''] ?? sharedError(target.error ?? '')
    expect(visit.session).toMatchObject({ status: 'failed', error: { code: error.code, message: error.text } })
    expect((await visit.look()).status).toBe(404)
    return
  }
  const person = entry.people[target.person ?? '']
  expect(visit.session).toMatchObject({ status: 'complete', login: { loginID: person?.loginID } })
  const accounts = (await it.control.accounts()).map(({ accountID }) => accountID)
  expect(accounts).toEqual(expect.arrayContaining(person?.accountIDs ?? []))
}

const flows = bridgeEntries.flatMap((entry) =>
  entry.flows.map((flow) => ({ name: `${entry.bridge.id} ${flow.id}`, entry, flow })),
)

describe.each(flows)('$name', ({ entry, flow }) => {
  test('every edge leads where the document says', async () => {
    const it = await readyBench({ scenario: 'signed-in-elsewhere', timeScale: 20 })
    for (const walk of walks(flow)) {
      for (const login of it.simulator.world.networks.logins()) it.simulator.world.networks.remove(login)
      const visit = new Visit(it, entry.bridge.id)
      await visit.start({ flowID: flow.id })
      for (const edge of walk) await edge.take(visit, it)
      const last = walk.at(-1)
      if (last !== undefined) await checkArrival(it, visit, entry, flow, last)
    }
  })

  test('no node is out of reach, and a reconnect starts on one that exists', () => {
    const reached = new Set([flow.start, flow.relogin.start, ...walks(flow).map((walk) => walk.at(-1)?.to ?? '')])
    expect(Object.keys(flow.nodes).filter((key) => !reached.has(key))).toEqual([])
  })

  test.each(['strict', 'rich'] as const)('its first step is told in the profile %s', async (profile) => {
    const it = await readyBench({ scenario: 'signed-in-elsewhere' })
    await it.control.wire({ profile })
    const visit = new Visit(it, entry.bridge.id)
    const path = `/v1/bridges/${entry.bridge.id}/login-sessions`
    const reply = await it.call('POST', path, { token: it.token, body: { flowID: flow.id } })
    visit.session = sessionOf(reply)
    expect(visit.step.type).not.toBe('complete')
    // A strict server never sends what only rich ones do.
    if (profile === 'strict') expect(reply.text).not.toMatch(/"(?:options|pattern|sources|description|required)":/)
    expect(reply.text).not.toContain('https://accounts.google.com')
    const again = sessionOf(await visit.look())
    expect(again.currentStep).toEqual(visit.step)
  })
})
