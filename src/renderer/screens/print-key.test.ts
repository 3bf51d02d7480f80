// What goes to the printer (A2): the sheet with the key, while it prints, and nothing else ever.
import { fake, open } from '../gallery/open.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cdp, page } from 'vitest/browser'
import type {} from '@vitest/browser-playwright'
import type { Result } from '#contract/problem'
import { groupsOf } from '#contract/recovery-key'
import { en } from '#messages/en'
import { sampleKey } from '../gallery/samples.ts'
import { keyView } from '../gallery/secure-views.ts'
import { problemOf } from '../gallery/view-with.ts'
import { views } from '../gallery/views.ts'

const text = en.recoveryKey
const button = (name: string) => page.getByRole('button', { name, exact: true })
const groups = groupsOf(sampleKey)
let finish: (result: Result<unknown>) => void

const media = (media: '' | 'print') => cdp().send('Emulation.setEmulatedMedia', { media })

/** What would be on paper, as text. */
async function onPaper(): Promise<string> {
  await media('print')
  const shown = document.body.innerText
  await media('')
  return shown
}

/** Clicks, and waits until the sheet hangs. */
async function print(): Promise<void> {
  await button(text.print).click()
  await expect.poll(() => document.querySelector('.print-sheet')).not.toBeNull()
}

const sheets = (): number => document.querySelectorAll('.print-sheet').length

beforeEach(async () => {
  await open(views['recovery-key'])
  fake.answer('security.createRecoveryKey', () => {
    fake.show(keyView({ phase: 'showing' }))
    return { ok: true, value: { recoveryKey: sampleKey } }
  })
  fake.answer('security.printRecoveryKey', () => new Promise((resolve) => (finish = resolve)))
  await button(text.create).click()
  await expect.element(page.getByRole('heading', { name: text.showTitle })).toBeVisible()
})

afterEach(() => media(''))

test('A2: the sheet holds the key in numbered groups, what it is for, whose and when', async () => {
  const before = en.keySheet.date(Date.now())
  await print()
  const paper = await onPaper()
  const { title, purpose, use, newest } = en.keySheet
  for (const says of [title, purpose, use, newest, '@ada:beeper.com']) {
    expect(paper).toContain(says)
  }
  for (const [index, group] of groups.entries()) {
    expect(paper.replace(/\s+/gu, ' ')).toContain(`${String(index + 1)} ${group}`)
  }
  expect([before, en.keySheet.date(Date.now())].some((day) => paper.includes(day))).toBe(true)
  expect(paper).not.toContain(text.showTitle)
  expect(fake.calls().at(-1)).toEqual({ name: 'security.printRecoveryKey', input: undefined })
})

test('A2: it is black on white, and nowhere to be seen on the screen', async () => {
  document.documentElement.style.colorScheme = 'dark'
  await print()
  expect(document.body.innerText).not.toContain(groups[3])
  await media('print')
  const sheet = document.querySelector('.print-sheet')
  expect(sheet && getComputedStyle(sheet).color).toBe('rgb(0, 0, 0)')
  expect(getComputedStyle(document.body).backgroundColor).toBe('rgb(255, 255, 255)')
  document.documentElement.style.colorScheme = ''
})

describe('A2: it is gone from the page', () => {
  test.each([
    ['printed', { ok: true, value: { isPrinted: true } }, 1],
    ['the dialog was closed', { ok: true, value: { isPrinted: false } }, 0],
    ['it failed', { ok: false, problem: problemOf('security.print-failed') }, 0],
  ] as const)('%s', async (_, result, news) => {
    await print()
    finish(result)
    await expect.poll(sheets).toBe(0)
    expect(document.documentElement.outerHTML).not.toContain(groups[3])
    await expect.poll(() => page.getByText(text.printed).elements()).toHaveLength(news)
    expect(page.getByText(en.problems['security.print-failed'].title).elements()).toHaveLength(result.ok ? 0 : 1)
  })

  test('the screen was left while it printed', async () => {
    await print()
    fake.show(views.connect)
    await expect.poll(sheets).toBe(0)
    expect(document.documentElement.outerHTML).not.toContain(groups[3])
  })

  test('main is gone', async () => {
    fake.answer('security.printRecoveryKey', () => Promise.reject(new Error('gone')))
    await button(text.print).click()
    await expect.element(page.getByText(en.problems.unexpected.title)).toBeVisible()
    expect(sheets()).toBe(0)
  })
})

test('one sheet at a time', async () => {
  await print()
  await button(text.print).click({ force: true })
  expect(sheets()).toBe(1)
  expect(fake.calls().filter(({ name }) => name === 'security.printRecoveryKey')).toHaveLength(1)
})

test.each(['recovery-key', 'home', 'unlock'] as const)('A2: without a sheet %s prints an empty page', async (name) => {
  await open(views[name])
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect((await onPaper()).trim()).toBe('')
})

test('A2: a key that is shown and not being printed prints an empty page', async () => {
  await button(text.show).click()
  expect((await onPaper()).trim()).toBe('')
})
