import { commandNames } from '#contract/command-names'
import type { CommandName } from '#contract/command-names'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fakeClock, fakeLog } from '../testing/fakes.ts'
import { channels } from './channels.ts'
import { isPlain } from './plain.ts'
import { serveCommands } from './serve.ts'
import type { Asked, Handlers } from './serve.ts'

const seed = 20_240_611
const good: Asked = { sender: { id: 7 }, senderFrame: { origin: 'app://ui', parent: null } }

function rig(answer: (name: CommandName, input: unknown) => unknown = () => ({ ok: true, value: undefined })) {
  const clock = fakeClock()
  const log = fakeLog()
  const seen: [CommandName, unknown][] = []
  let listener: ((event: Asked, ...args: readonly unknown[]) => Promise<unknown>) | undefined
  let contentsID: number | undefined = 7
  const handlers = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (input: unknown) => {
        seen.push([name, input])
        return answer(name, input)
      },
    ]),
  ) as unknown as Handlers
  serveCommands({
    ipcMain: {
      handle: (channel, handler) => {
        expect(channel).toBe(channels.command)
        listener = handler
      },
    },
    handlers,
    appContentsID: () => contentsID,
    nowMs: clock.nowMs,
    log,
  })
  const call = (event: Asked, ...args: readonly unknown[]): Promise<unknown> => {
    if (listener === undefined) throw new Error('nothing is served')
    return listener(event, ...args)
  }
  return { clock, log, seen, call, closeWindow: () => (contentsID = undefined) }
}

const refused = { ok: false, problem: { code: 'command.refused' } }

describe('IPC-1: only the page of the app window is heard', () => {
  const gone = {
    get origin(): string {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
    parent: null,
  }
  test.each<[string, Asked]>([
    ['no frame', { sender: { id: 7 }, senderFrame: null }],
    ['a frame that is gone', { sender: { id: 7 }, senderFrame: gone }],
    ['another window', { sender: { id: 8 }, senderFrame: { origin: 'app://ui', parent: null } }],
    ['a frame within the page', { sender: { id: 7 }, senderFrame: { origin: 'app://ui', parent: {} } }],
    ...[
      'https://evil.example',
      'app://other',
      'app://ui.evil',
      'app://ui:80',
      'APP://UI',
      'null',
      '',
      'file://',
      'http://localhost:5173',
      'app://ui/',
    ].map((origin): [string, Asked] => [
      `origin "${origin}"`,
      { sender: { id: 7 }, senderFrame: { origin, parent: null } },
    ]),
  ])('IPC-1: %s is refused', async (_name, event) => {
    const { call, seen } = rig()
    expect(await call(event, 'app.view', undefined)).toMatchObject(refused)
    expect(seen).toEqual([])
  })

  test('IPC-1: without an app window everybody is refused', async () => {
    const { call, closeWindow } = rig()
    expect(await call(good, 'app.view', undefined)).toMatchObject({ ok: true })
    closeWindow()
    expect(await call(good, 'app.view', undefined)).toMatchObject(refused)
  })
})

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

describe('IPC-3: commands are counted', () => {
  test('IPC-3: of 5,000 at once 40 pass, and 20 a second from then on', async () => {
    const { call, clock, seen, log } = rig()
    const results = await Promise.all(Array.from({ length: 5000 }, () => call(good, 'app.view', undefined)))
    expect(seen).toHaveLength(40)
    expect(results.filter((result) => JSON.stringify(result).includes('command.refused'))).toHaveLength(4960)
    // A flood leaves one line, not 4,960.
    expect(log.lines).toHaveLength(1)
    for (let n = 0; n < 1000; n += 1) {
      clock.pass(10)
      await call(good, 'app.view', undefined)
    }
    expect(seen.length - 40).toBeGreaterThanOrEqual(199)
    expect(seen.length - 40).toBeLessThanOrEqual(201)
  })

  test('IPC-3: with 100 unanswered the next one is refused, until one is answered', async () => {
    const answers: (() => void)[] = []
    const { call, clock } = rig(
      () => new Promise((resolve) => answers.push(() => resolve({ ok: true, value: undefined }))),
    )
    const pending = Array.from({ length: 100 }, () => {
      clock.pass(100)
      return call(good, 'app.view', undefined)
    })
    clock.pass(10_000)
    expect(await call(good, 'app.view', undefined)).toMatchObject({
      ok: false,
      problem: { code: 'command.refused', retry: 'later' },
    })
    answers[0]?.()
    await pending[0]
    const next = call(good, 'app.view', undefined)
    answers.at(-1)?.()
    expect(await next).toMatchObject({ ok: true })
  })

  test("IPC-3: strangers do not use up the page's commands", async () => {
    const { call } = rig()
    await Promise.all(
      Array.from({ length: 500 }, () => call({ sender: { id: 9 }, senderFrame: null }, 'app.view', undefined)),
    )
    expect(await call(good, 'app.view', undefined)).toMatchObject({ ok: true })
  })
})
