import { commandNames } from '#contract/command-names'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { good, refused, rig } from '../testing/serve-rig.ts'
import { isPlain } from './plain.ts'

const seed = 20_240_611

describe('IPC-2: only decoded commands pass', () => {
  test('IPC-2: a good input reaches its handler, and its answer comes back', async () => {
    const { call, seen } = rig(() => ({ ok: true, value: { isSaved: true } }))
    expect(await call(good, 'security.saveRecoveryKey', { recoveryKey: 'EsT' })).toEqual({
      ok: true,
      value: { isSaved: true },
    })
    expect(await call(good, 'networks.refresh')).toMatchObject({ ok: true })
    expect(seen).toEqual([
      ['security.saveRecoveryKey', { recoveryKey: 'EsT' }],
      ['networks.refresh', undefined],
    ])
  })

  const cycle: Record<string, unknown> = { at: 'find' }
  cycle['self'] = cycle
  const holes: unknown[] = []
  holes.length = 4_000_000_000
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) })
  test.each<[string, unknown]>([
    ['own __proto__', JSON.parse('{"__proto__":{"at":"find"}}')],
    ['Map', new Map([['at', 'find']])],
    ['Set', new Set([1])],
    ['Date', new Date(0)],
    ['BigInt', { at: 1n }],
    ['typed array', new Uint8Array(4)],
    ['ArrayBuffer', new ArrayBuffer(4)],
    ['cycle', cycle],
    ['function', { at: () => 'find' }],
    ['symbol', { at: Symbol('find') }],
    ['symbol as key', { at: 'find', [Symbol('x')]: 1 }],
    [
      'getter',
      {
        get at() {
          return 'find'
        },
      },
    ],
    [
      'class',
      new (class {
        at = 'find'
      })(),
    ],
    ['Error', new Error('x')],
    ['RegExp', /x/],
    ['NaN', { at: Number.NaN }],
    ['infinity', Number.POSITIVE_INFINITY],
    ['depth 7', nested(7)],
    ['string of 4,097', { at: 'x'.repeat(4097) }],
    ['64 kB in many strings', Array.from({ length: 20 }, () => 'x'.repeat(4000))],
    ['50 MB', 'x'.repeat(50_000_000)],
    ['200,000 members', Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [n, n]))],
    ['holes', holes],
    ['array with a member', Object.assign([1], { at: 'find' })],
    [
      'throwing proxy',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('trap')
          },
        },
      ),
    ],
  ])('IPC-2: %s is not plain', async (_name, input) => {
    expect(isPlain(input)).toBe(false)
    const { call, seen } = rig()
    expect(await call(good, 'app.go', input)).toMatchObject(refused)
    expect(seen).toEqual([])
  })

  test('IPC-2: ordinary data is plain', () => {
    expect(isPlain(undefined)).toBe(true)
    expect(isPlain({ fields: { phone: '+49 170', constructor: 'x' }, list: [1, true, null, undefined] })).toBe(true)
    expect(isPlain(nested(6))).toBe(true)
    expect(isPlain({ at: 'x'.repeat(4096) })).toBe(true)
    expect(isPlain(Object.create(null))).toBe(true)
  })

  test('IPC-2: unknown names and further arguments are refused', async () => {
    const { call, clock } = rig()
    for (const name of [
      'app.nope',
      '__proto__',
      'constructor',
      'toString',
      '',
      'app',
      null,
      undefined,
      1,
      ['app.view'],
      {},
    ]) {
      clock.pass(1000)
      expect(await call(good, name, undefined)).toMatchObject(refused)
    }
    expect(await call(good, 'app.view', undefined, 'more')).toMatchObject(refused)
    expect(await call(good)).toMatchObject(refused)
  })

  test('IPC-2: 10,000 fuzzed inputs are all refused as a Problem', { timeout: 60_000 }, async () => {
    const { call, clock, log, seen } = rig()
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withSparseArray: true,
      withObjectString: true,
      withBoxedValues: true,
      maxDepth: 5,
    })
    // What each command does take is taken out: it names a member that no table has.
    const wrong = fc.oneof(
      { weight: 3, arbitrary: anything.filter((value) => value !== undefined) },
      {
        weight: 1,
        arbitrary: fc
          .dictionary(fc.constantFrom('at', 'origin', 'email', 'connectionID', 'nope'), anything)
          .map((value) => ({ ...value, '': 0 })),
      },
      { weight: 1, arbitrary: fc.jsonValue().map((value) => [value]) },
    )
    const runsEach = 400
    let count = 0
    let longest = 0
    for (const name of commandNames) {
      await fc.assert(
        fc.asyncProperty(wrong, async (input) => {
          clock.pass(50)
          // The one command that takes a bare word is not wrong to take it.
          if (name === 'app.openPage' && typeof input === 'string') return
          const from = performance.now()
          const result = await call(good, name, input)
          longest = Math.max(longest, performance.now() - from)
          count += 1
          expect(result).toMatchObject({
            ...refused,
            problem: { detail: expect.stringMatching(/^(?:not-plain|wrong-shape)$/) as unknown },
          })
        }),
        { seed, numRuns: runsEach },
      )
    }
    expect(seen).toEqual([])
    expect(count).toBeGreaterThanOrEqual(10_000)
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
    expect(longest).toBeLessThan(300)
  })

  test('IPC-2: a handler that throws or rejects is logged and answers unexpected', async () => {
    const { call, log } = rig((name) => {
      if (name === 'find.leave') throw new Error('boom')
      return Promise.reject(new Error('boom'))
    })
    for (const name of ['find.leave', 'app.view']) {
      expect(await call(good, name, undefined)).toEqual({ ok: false, problem: { code: 'unexpected', retry: 'later' } })
    }
    expect(log.lines.map(({ event }) => event)).toEqual(['command.threw', 'command.threw'])
  })
})
