import { expect, test } from 'vitest'
import { Visibility } from './visibility.ts'

test('what is only for eyes happens at once while somebody can see it', () => {
  const did: string[] = []
  const visibility = new Visibility()
  visibility.whenVisible(() => did.push('a'))
  expect(did).toEqual(['a'])
})

test('what is due while nobody can see it happens once, in order, when somebody can', () => {
  const did: string[] = []
  const visibility = new Visibility()
  visibility.set(false)
  for (const name of ['a', 'b']) visibility.whenVisible(() => did.push(name))
  visibility.set(false)
  expect(did).toEqual([])
  visibility.set(true)
  visibility.set(true)
  expect(did).toEqual(['a', 'b'])
})

test('what comes of it may wait again', () => {
  const did: string[] = []
  const visibility = new Visibility()
  visibility.set(false)
  visibility.whenVisible(() => {
    visibility.set(false)
    visibility.whenVisible(() => did.push('later'))
  })
  visibility.set(true)
  expect(did).toEqual([])
  visibility.set(true)
  expect(did).toEqual(['later'])
})
