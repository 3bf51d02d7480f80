import { expect, test } from 'vitest'
import { reuse } from './reuse.ts'

test('what is the same keeps its identity', () => {
  const prev = { a: [1, { b: 2 }], c: { d: 'x' } }
  expect(reuse(prev, structuredClone(prev))).toBe(prev)
})

test('what changed is new, its unchanged neighbours are not', () => {
  const prev = { list: [{ id: 1 }, { id: 2 }], other: { deep: { x: 1 } } }
  const next = reuse(prev, { list: [{ id: 1 }, { id: 3 }], other: { deep: { x: 1 } } })
  expect(next).not.toBe(prev)
  expect(next).toEqual({ list: [{ id: 1 }, { id: 3 }], other: { deep: { x: 1 } } })
  expect(next.list[0]).toBe(prev.list[0])
  expect(next.list[1]).not.toBe(prev.list[1])
  expect(next.other).toBe(prev.other)
})

test.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: 1, b: 2 }, { a: 1 }],
  [
    [1, 2, 3],
    [1, 2],
  ],
  [[], {}],
  [{ a: null }, { a: {} }],
  [undefined, { a: 1 }],
])('%j becomes %j', (prev, next) => {
  const wanted = structuredClone(next)
  const got = reuse<unknown>(prev, next)
  expect(got).toEqual(wanted)
  expect(got).not.toBe(prev)
})
