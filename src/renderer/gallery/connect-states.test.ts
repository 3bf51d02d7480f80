// What of connecting chats is reached by clicking only: looked at as the fixed Views are.
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { objections } from './objections.ts'
import { open, settle } from './open.ts'
import { views } from './views.ts'
import { wideOnes } from './wide-ones.ts'

const search = (text: string) => page.getByRole('searchbox').fill(text)
const unfold = async (): Promise<void> => {
  const folded = page.getByRole('region', { name: en.running.label }).getByRole('button', { expanded: false })
  if (folded.elements().length > 0) await folded.click()
}

const states = {
  'something found': ['connect', () => search('go')],
  'found by an account': ['connect', () => search('old account')],
  'nothing found': ['connect', () => search('x'.repeat(120))],
  'ten connections unfolded': ['running-ten-connect', unfold],
  'strange names unfolded': ['running-hostile', unfold],
  'one beside the code, unfolded': ['running-one', unfold],
  'the question before leaving': [
    'connection-qr',
    () => page.getByRole('button', { name: en.connection.leave, exact: true }).click(),
  ],
} as const satisfies Record<string, readonly [keyof typeof views, () => Promise<void>]>

afterEach(() => {
  document.documentElement.style.colorScheme = ''
  document.documentElement.style.fontSize = ''
  document.documentElement.dir = ''
})

describe.each(Object.entries(states))('%s', (_, [name, reach]) => {
  test.each(['light', 'dark'])('has nothing that axe objects to in %s', async (scheme) => {
    document.documentElement.style.colorScheme = scheme
    await open(views[name])
    await reach()
    settle()
    expect(await objections()).toEqual([])
  })

  test.each([
    ['text as it is', '', 'ltr'],
    ['text twice as large', '200%', 'ltr'],
    ['right to left', '', 'rtl'],
  ])('does not scroll sideways in the smallest size with %s', async (_size, fontSize, dir) => {
    document.documentElement.style.fontSize = fontSize
    document.documentElement.dir = dir
    await open(views[name], { width: 480, height: 560 })
    await reach()
    expect(wideOnes()).toEqual([])
  })
})
