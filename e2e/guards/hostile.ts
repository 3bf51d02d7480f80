// Inputs that no command takes: too deep, too large, of kinds that only look plain.
import type { Page } from '@playwright/test'
import type { Result } from '#contract/problem'

type Call = (input?: unknown) => Promise<Result<unknown>>
/** The API as the page has it, by group and verb. */
export type Api = Readonly<Record<string, Readonly<Record<string, Call>>>>

/**
 * Sends hostile inputs to commands of every group. One that comes faster than the limit allows is sent again: what is
 * wanted is the answer to its shape.
 */
export function sendHostile(page: Page): Promise<{
  readonly counts: { readonly sent: number; readonly unsendable: number }
  readonly wrong: readonly string[]
}> {
  return page.evaluate(async () => {
    const { drawbridge } = globalThis as unknown as { drawbridge: Api }
    const nested = (depth: number): unknown => (depth === 0 ? 'end' : { next: nested(depth - 1) })
    const deepArray = (depth: number): unknown => (depth === 0 ? 1 : [deepArray(depth - 1)])
    const cyclic: Record<string, unknown> = { origin: 'http://127.0.0.1' }
    cyclic['self'] = cyclic
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`key${n}`, n]))
    const polluted = JSON.parse(
      '{"__proto__":{"isAdmin":true},"email":"a@b.c","code":"1","origin":"x","at":"home"}',
    ) as object
    const bases: unknown[] = [
      null,
      0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      true,
      '',
      'x'.repeat(5_000),
      [],
      ['a'],
      {},
      { unheardOf: 1 },
      new Map([['email', 'a@b.c']]),
      new Set(['a']),
      new Date(0),
      /x/u,
      new Error('x'),
      10n,
      new Uint8Array(16),
      new ArrayBuffer(16),
      new Blob(['x']),
      nested(7),
      nested(500),
      deepArray(100),
      cyclic,
      polluted,
      many,
      'y'.repeat(5_000_000),
      Array.from({ length: 50_000 }, () => 'x'),
      { email: 'z'.repeat(100_000), code: 'z'.repeat(100_000), origin: 'z'.repeat(100_000) },
      Object.assign([], { extra: 1 }),
      () => 'a function',
      Symbol('a symbol'),
      { email: () => 'a@b.c' },
      document.body,
      globalThis,
      new WeakMap(),
      Promise.resolve({ email: 'a@b.c' }),
    ]
    const targets: readonly (readonly [string, string])[] = [
      ['app', 'go'],
      ['app', 'openPage'],
      ['find', 'use'],
      ['account', 'sendCode'],
      ['account', 'submitCode'],
      ['security', 'unlock'],
      ['connect', 'submit'],
    ]
    const counts = { sent: 0, unsendable: 0 }
    const wrong: string[] = []
    for (const [group, verb] of targets)
      for (const [index, input] of bases.entries())
        for (;;) {
          let answer: Result<unknown>
          try {
            answer = (await drawbridge[group]?.[verb]?.(input)) as Result<unknown>
          } catch {
            counts.unsendable += 1
            break
          }
          if (!answer.ok && answer.problem.detail === 'too-many') {
            await new Promise((resolve) => requestAnimationFrame(resolve))
            continue
          }
          counts.sent += 1
          const isRefused = !answer.ok && answer.problem.code === 'command.refused'
          if (!isRefused) wrong.push(`${group}.${verb} with input ${index}: ${JSON.stringify(answer)}`)
          break
        }
    if ('isAdmin' in {}) wrong.push('a prototype was changed')
    return { counts, wrong }
  })
}
