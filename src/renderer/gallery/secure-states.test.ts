// What of the secure screens is reached by clicking only: looked at as the fixed Views are.
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { objections } from './objections.ts'
import { fake, open, settle } from './open.ts'
import { sampleKey } from './samples.ts'
import { resetView } from './secure-views.ts'
import { views } from './views.ts'
import { wideOnes } from './wide-ones.ts'

const text = en.recoveryKey
const click = (name: string) => page.getByRole('button', { name, exact: true }).click()
const unfold = (name: string) => page.getByText(name, { exact: true }).click()

async function makeKey(): Promise<void> {
  fake.answer('security.createRecoveryKey', () => {
    fake.show(resetView({ phase: 'showing' }))
    return { ok: true, value: { recoveryKey: sampleKey } }
  })
  for (const box of page.getByRole('checkbox').all()) await box.click()
  await click(text.createNew)
  await click(text.show)
}

const states = {
  'a fault in the key': [
    'unlock',
    async () => {
      await page.getByLabelText(en.keyEntry.label).fill('EsU4 9p0f')
      await click(en.keyEntry.submit)
    },
  ],
  'a complete key': ['unlock', () => page.getByLabelText(en.keyEntry.label).fill(sampleKey)],
  'typing the key again': ['unlock-accepted-long', () => click(en.keyEntry.typeAgain)],
  'the details': ['unlock', () => unfold(en.encryption.fold)],
  'the details on home': ['home', () => unfold(en.encryption.fold)],
  'details of a hostile server': ['hostile', () => unfold(en.encryption.fold)],
  'ticks that are missing': ['reset', () => click(text.createNew)],
  'the old key': ['reset', () => unfold(text.oldKey.fold)],
  'the new key': ['reset', makeKey],
  'the check': [
    'reset',
    async () => {
      await makeKey()
      await click(text.haveSaved)
    },
  ],
  'the question before leaving': [
    'reset',
    async () => {
      await makeKey()
      await click(text.costs.reset.leave)
    },
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
