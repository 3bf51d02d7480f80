import { afterEach, describe, expect, test } from 'vitest'
import { fake, open } from './open.ts'
import { viewNames, viewWith, views } from './views.ts'
import { wideOnes } from './wide-ones.ts'

afterEach(() => {
  document.documentElement.style.fontSize = ''
  document.documentElement.dir = ''
})

describe.each([
  ['the size it opens with', { width: 960, height: 680 }, '', 'ltr'],
  ['the size it opens with, right to left', { width: 960, height: 680 }, '', 'rtl'],
  ['the smallest size', { width: 480, height: 560 }, '', 'ltr'],
  ['the smallest size and text twice as large', { width: 480, height: 560 }, '200%', 'ltr'],
])('at %s', (_, size, fontSize, dir) => {
  test.each(viewNames)('%s does not scroll sideways', async (name) => {
    document.documentElement.style.fontSize = fontSize
    document.documentElement.dir = dir
    await open(views[name], size)
    expect(wideOnes()).toEqual([])
  })
})

test('at the smallest size the whole code to scan is in view', async () => {
  await open(views['connection-qr'], { width: 480, height: 560 })
  const box = document.querySelector('[role=img]')?.getBoundingClientRect()
  expect(box?.width).toBeGreaterThanOrEqual(240)
  expect(box?.bottom).toBeLessThanOrEqual(560)
})

test('a new screen begins at its top', async () => {
  await open(views['connect-many'], { width: 480, height: 560 })
  const box = document.querySelector('.layout')
  if (box) box.scrollTop = 400
  fake.show(views['connection-form'])
  await expect.poll(() => document.querySelector('h1')?.textContent).toContain('Telegram')
  expect(box?.scrollTop).toBe(0)
})

test('a problem that arrives brings its field into view', async () => {
  const screen = { name: 'email', email: 'ada@example.com', isBusy: false } as const
  await open(viewWith({ ...screen, problem: undefined }), { width: 480, height: 360 })
  fake.show(
    viewWith({
      ...screen,
      problem: { code: 'account.address-refused', retry: 'now', says: 'No such address. '.repeat(12) },
    }),
  )
  await expect.poll(() => document.querySelector('[role=alert]')).not.toBeNull()
  await expect.poll(() => document.querySelector('input')?.getBoundingClientRect().bottom).toBeLessThanOrEqual(360)
})
