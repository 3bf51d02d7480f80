import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import type { ProblemCode } from '#contract/problem'
import type { ScreenOf, View } from '#contract/view'
import { problemOf } from '../gallery/view-with.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.keychain
const button = (name: string) => page.getByRole('button', { name, exact: true })
const view = (
  during: ScreenOf<'keychain'>['during'],
  system: View['system'] = 'linux',
  code: ProblemCode = 'keychain.locked',
  isBusy = false,
) => viewWith({ name: 'keychain', during, isBusy, problem: problemOf(code) }, { system })
const calls = () => fake.calls().map(({ name }) => name)

/** What is to be read, without the code of the problem. */
function prose(): string {
  const main = document.querySelector('main')?.cloneNode(true)
  if (!(main instanceof HTMLElement)) throw new Error('no page')
  main.querySelector('pre')?.remove()
  return main.textContent
}

const systems = ['mac', 'windows', 'linux'] as const
const codes = ['missing', 'locked', 'denied', 'mismatch', 'empty'] as const
const called = { mac: /\bkeychain\b/u, windows: /Credential Manager|Windows/u, linux: /\bkeyring\b/u }

describe.each(systems)('on %s', (system) => {
  test.each(codes)('%s is said and mended in its own words', async (name) => {
    const code = `keychain.${name}` as const
    await open(view('save', system, code))
    const { title, explanation } = text.problems[system][code]
    await expect.element(page.getByRole('alert')).toHaveTextContent(title)
    await expect.element(page.getByRole('alert')).toHaveTextContent(explanation)
    expect(`${title} ${explanation}`).toMatch(called[system])
    for (const other of systems.filter((one) => one !== system)) {
      expect(prose()).not.toMatch(called[other])
    }
  })
})

test('KEY-5: before anything is asked: three ways, and none of them is taken by itself', async () => {
  await open(view('probe'))
  await expect.element(page.getByRole('heading', { name: text.probeTitle })).toHaveFocus()
  await button(text.retry).click()
  await button(text.thisRun).click()
  await button(text.quit).click()
  expect(calls()).toEqual(['account.retryKeychain', 'account.keepForThisRun', 'app.quit'])
  expect(button(text.signInAgain).elements()).toHaveLength(0)
})

test('KEY-5: after the sign-in the same three', async () => {
  await open(view('save'))
  await expect.element(page.getByText(text.saveLead('linux'))).toBeVisible()
  await button(text.retry).click()
  await button(text.thisRun).click()
  await button(text.quit).click()
  expect(calls()).toEqual(['account.retryKeychain', 'account.keepForThisRun', 'app.quit'])
})

test('KEY-3: what does not come out can be fetched again, or replaced by signing in', async () => {
  await open(view('read', 'mac', 'keychain.empty'))
  await expect.element(page.getByText(text.readLead('mac'))).toBeVisible()
  expect(button(text.thisRun).elements()).toHaveLength(0)
  await button(text.retry).click()
  await button(text.signInAgain).click()
  await button(text.quit).click()
  expect(calls()).toEqual(['account.retryKeychain', 'account.signInAgain', 'app.quit'])
})

test('while it is being asked the other ways stay open, and it is not asked twice', async () => {
  await open(view('save'))
  fake.show(view('save', 'linux', 'keychain.missing', true))
  await expect.element(page.getByText(text.retrying('linux')).last()).toBeVisible()
  // Pressed all the same: it takes the key and does nothing.
  await button(text.retry).click({ force: true })
  await button(text.thisRun).click()
  expect(calls()).toEqual(['account.keepForThisRun'])
})

test('one that waits behind a window can be asked again: the window may never come', async () => {
  await open(view('save', 'linux', 'keychain.locked', true))
  await button(text.retry).click()
  expect(calls()).toEqual(['account.retryKeychain'])
})

test('a slow keychain is explained', async () => {
  await open(views['keychain-read'])
  await expect.element(page.getByText(text.retrySlow('linux')), { timeout: 6000 }).toBeVisible()
})

test('what can never be stored is not tried again', async () => {
  await open(
    viewWith({
      name: 'keychain',
      during: 'save',
      isBusy: false,
      problem: problemOf('keychain.mismatch', { retry: 'never' }),
    }),
  )
  await expect.element(button(text.thisRun)).toBeVisible()
  expect(button(text.retry).elements()).toHaveLength(0)
})
