// The walks through the networks: that together they take every edge, and that each value is what its rule asks for.
import { describe, expect, test } from 'vitest'
import { bridgeEntries, type BridgeEntry } from './bridge-flows.ts'
import { edgesOf, walksOf } from './walks.ts'

const entry = (bridgeID: string): BridgeEntry => {
  const found = bridgeEntries.find(({ bridge }) => bridge.id === bridgeID)
  if (found === undefined) throw new Error(`There is no ${bridgeID}`)
  return found
}
const walkFor = (aim: string) => {
  const found = walksOf().find((walk) => walk.edges.includes(aim))
  if (found === undefined) throw new Error(`No walk takes ${aim}`)
  return found
}

test.each(bridgeEntries.map((one) => [one.bridge.id, one] as const))('the walks of %s take every edge', (id, one) => {
  const walks = walksOf(one)
  const edges = edgesOf(one)
  process.stdout.write(
    `${id}: ${String(one.flows.length)} flows, ${String(edges.length)} edges, ${String(walks.length)} walks\n`,
  )
  expect(new Set(walks.flatMap((walk) => walk.edges))).toEqual(new Set(edges))
  expect(new Set(edges).size).toBe(edges.length)
  expect(walks.map((walk) => walk.end.kind)).not.toContain('cancel')
})

describe('a walk', () => {
  test('goes the shortest way to its edge and from there to an end, where it can to one with an account', () => {
    expect(walkFor('slackgo/email/workspace#submit:2')).toMatchObject({
      flowName: 'Email',
      moves: [
        { kind: 'submit', node: 'email', fields: { email: 'ada@example.com' } },
        { kind: 'submit', node: 'code', fields: { code: 'ABC123' } },
        { node: 'workspace', to: 'workspace', fields: { workspace: 'Initech (initech.slack.com)' } },
        { node: 'workspace', to: 'ok' },
      ],
      end: { kind: 'complete', person: 'ada', loginID: 'T0EXAMPLE1-U0EXAMPLE1' },
    })
  })

  test('waits for all displays together, or for the time of the step', () => {
    expect(walkFor('local-whatsapp/qr/qr#rotate').moves).toMatchObject([{ kind: 'expire', why: 'rotate', ms: 160_000 }])
    expect(walkFor('local-telegram/qr/qr#rotate').moves).toMatchObject([{ why: 'rotate', ms: 594_000 }])
    expect(walkFor('local-gmessages/google/emoji#ttl').moves.at(-1)).toMatchObject({ why: 'ttl', ms: 300_000 })
  })

  test('leaves out the first field that a rule wants missing, and says so', () => {
    const { end, moves } = walkFor('slackgo/app/tokens#submit:1')
    expect(moves).toMatchObject([{ fields: { app_token: 'xapp-0001' }, isMissing: true, missing: ['bot_token'] }])
    expect(end).toMatchObject({ kind: 'failed', error: { code: 'M_UNKNOWN' } })
  })

  test('says which values a client would not take: an unfit one, and one that is not offered', () => {
    expect(walkFor('slackgo/email/email#submit:1').moves[0]).toMatchObject({ unfit: ['email'], unoffered: [] })
    expect(walkFor('local-facebook/messenger-lite/choose#submit:6').moves.at(-1)).toMatchObject({
      unfit: [],
      unoffered: ['mfatype'],
    })
  })

  test('brings the cookies of somebody whom the website leads there, decoded (R15)', () => {
    const { moves } = walkFor('local-instagram/instagram/cookies#submit:4')
    expect(moves[0]).toMatchObject({
      isMissing: false,
      fields: { sessionid: '17841400000000002:zZ:1', csrftoken: 'csrf-after', ds_user_id: '17841400000000002' },
    })
    expect(Object.keys((moves[0] as { fields: object }).fields)).toHaveLength(5)
  })
})

describe('data that cannot be right are refused', () => {
  const telegram = entry('local-telegram')
  const withNodes = (nodes: BridgeEntry['flows'][number]['nodes']): BridgeEntry => ({
    ...telegram,
    flows: [{ id: 'odd', start: 'first', relogin: { start: 'first' }, nodes }],
  })
  const form = (submit: { field?: string; re?: string; else?: true; to: string }[]) => ({
    step: { type: 'user_input' as const, stepID: 'first', fields: [{ id: 'name' }] },
    submit,
  })
  const ok = { end: 'complete' as const, person: 'ada' }

  test('a rule that nothing meets, or that an earlier one always takes', () => {
    expect(() => walksOf(withNodes({ first: form([{ field: 'name', re: '^(?!)', to: 'ok' }]), ok }))).toThrow('rule 0')
    const shadowed = [
      { else: true as const, to: 'ok' },
      { field: 'name', re: 'a', to: 'ok' },
    ]
    expect(() => walksOf(withNodes({ first: form(shadowed), ok }))).toThrow('No value meets rule 1')
  })

  test('a node that no way leads to, and one that is not there', () => {
    const nodes = { first: form([{ else: true as const, to: 'ok' }]), lost: form([{ else: true, to: 'ok' }]), ok }
    expect(() => walksOf(withNodes(nodes))).toThrow('No way leads to local-telegram/odd/lost#submit:0')
    expect(() => walksOf(withNodes({ first: form([{ else: true, to: 'gone' }]) }))).toThrow('no node "gone"')
  })

  test('but where no end can be reached the walk is cancelled', () => {
    const nodes = { first: form([{ else: true as const, to: 'first' }]) }
    expect(walksOf(withNodes(nodes))).toMatchObject([{ moves: [{ to: 'first' }], end: { kind: 'cancel' } }])
  })
})
