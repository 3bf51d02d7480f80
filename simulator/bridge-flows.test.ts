// Every walk through every network is walked over HTTP, on both wires and all three error surfaces: each submit rule, each
// event, each clock that runs out. What is expected comes from the data, not from the simulator.
import { describe, expect, test } from 'vitest'
import { bridgeEntries, decodeDocument } from './bridge-flows.ts'
import document from './gen/bridge-flows.gen.json' with { type: 'json' }
import { readyBench, sessionOf, Visit } from './testing.ts'
import { manners, replayAll } from './testing-walks.ts'
import { walksOf } from './walks.ts'

describe.each(bridgeEntries.map((entry) => ({ id: entry.bridge.id, entry })))('$id', ({ entry }) => {
  test.each(manners)(
    'every edge leads where the document says ($profile, $errorSurface)',
    async (manner) => {
      const it = await readyBench({ scenario: 'signed-in-elsewhere', timeScale: 0 })
      await replayAll(it, entry, manner)
    },
    60_000,
  )
})

const flows = bridgeEntries.flatMap((entry) =>
  entry.flows.map((flow) => ({ name: `${entry.bridge.id} ${flow.id}`, entry, flow })),
)

describe.each(flows)('$name', ({ entry, flow }) => {
  test('no node is out of reach, and a reconnect starts on one that exists', () => {
    const walks = walksOf(entry).filter(({ flowID }) => flowID === flow.id)
    const reached = new Set(walks.flatMap(({ moves }) => moves.flatMap(({ node, to }) => [node, to])))
    expect(Object.keys(flow.nodes).filter((key) => !reached.has(key))).toEqual([])
    expect(Object.keys(flow.nodes)).toContain(flow.relogin.start)
  })

  test.each(['strict', 'rich'] as const)('its first step is told in the profile %s', async (profile) => {
    const it = await readyBench({ scenario: 'signed-in-elsewhere' })
    await it.control.wire({ profile })
    const visit = new Visit(it, entry.bridge.id)
    const reply = await visit.open({ flowID: flow.id })
    visit.session = sessionOf(reply)
    expect(visit.step.type).not.toBe('complete')
    // A strict server never sends what only rich ones do.
    if (profile === 'strict') expect(reply.text).not.toMatch(/"(?:options|pattern|sources|description|required)":/)
    expect(reply.text).not.toContain('https://accounts.google.com')
    const again = sessionOf(await visit.look())
    expect(again.currentStep).toEqual(visit.step)
  })
})

describe('the document is read strictly:', () => {
  type Document = typeof document
  type Change = (document: Document) => void
  const nodeOf = ({ bridges }: Document): object =>
    (Object.values(bridges[0]?.flows[0]?.nodes ?? {}) as object[])[0] ?? {}

  test.each<readonly [string, Change, string]>([
    ['a member of a node', (it) => Object.assign(nodeOf(it), { explodes: true }), 'explodes'],
    ['a member of a step', (it) => Object.assign((nodeOf(it) as { step: object }).step, { smell: 'rose' }), 'smell'],
    ['a type of step', (it) => Object.assign((nodeOf(it) as { step: object }).step, { type: 'webauthn' }), 'webauthn'],
    ['a member of a bridge', (it) => Object.assign(it.bridges[0]?.bridge ?? {}, { colour: 'green' }), 'colour'],
  ])('%s that is not played is refused', (_, change, word) => {
    const copy = structuredClone(document)
    expect(() => decodeDocument(copy)).not.toThrow()
    change(copy)
    expect(() => decodeDocument(copy)).toThrow(word)
  })
})
