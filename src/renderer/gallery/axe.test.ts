import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { objections } from './objections.ts'
import { open } from './open.ts'
import { viewNames, views } from './views.ts'

afterEach(() => {
  document.documentElement.style.colorScheme = ''
})

describe.each(['light', 'dark'])('in %s', (scheme) => {
  test.each(viewNames)('%s has nothing that axe objects to', async (name) => {
    document.documentElement.style.colorScheme = scheme
    await open(views[name])
    expect(await objections()).toEqual([])
  })

  test('nor has the question before signing out', async () => {
    document.documentElement.style.colorScheme = scheme
    await open(views.settings)
    await page.getByRole('button', { name: en.settings.signOut }).click()
    await expect.element(page.getByRole('dialog')).toBeVisible()
    expect(await objections()).toEqual([])
  })
})
