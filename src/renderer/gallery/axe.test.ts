import axe from 'axe-core'
import { afterEach, describe, expect, test } from 'vitest'
import { open } from './open.ts'
import { viewNames, views } from './views.ts'

afterEach(() => {
  document.documentElement.style.colorScheme = ''
})

describe.each(['light', 'dark'])('in %s', (scheme) => {
  test.each(viewNames)('%s has nothing that axe objects to', async (name) => {
    document.documentElement.style.colorScheme = scheme
    await open(views[name])
    const { violations } = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
  })
})
