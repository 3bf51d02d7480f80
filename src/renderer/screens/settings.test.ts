import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import type { ScreenOf, Task, View } from '#contract/view'
import { problemOf } from '../gallery/view-with.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.settings
const button = (name: string) => page.getByRole('button', { name, exact: true })
const idle: Task = { isBusy: false, problem: undefined }
const view = (more: Partial<ScreenOf<'settings'>> = {}, rest: Partial<View> = {}) =>
  viewWith(
    {
      name: 'settings',
      userID: '@ada:beeper.com',
      keptIn: 'keychain',
      source: 'account',
      isRemote: false,
      expiresAtMs: undefined,
      keeping: idle,
      signingOut: idle,
      isContentProtected: true,
      ...more,
    },
    rest,
  )
const dialog = () => page.getByRole('dialog', { name: en.signOut.title })

test('from home there and back, by button and by Escape', async () => {
  await open(views.home)
  await button(en.home.settings).click()
  fake.show(view())
  await expect.element(page.getByRole('heading', { level: 1, name: text.title })).toHaveFocus()
  await button(text.back).click()
  await userEvent.keyboard('{Escape}')
  expect(fake.calls()).toEqual([
    { name: 'app.go', input: { at: 'settings' } },
    { name: 'app.go', input: { at: 'home' } },
    { name: 'app.go', input: { at: 'home' } },
  ])
})

describe('your sign-in', () => {
  test('says who, where, how and how it is kept', async () => {
    await open(view())
    const section = page.getByRole('region', { name: text.signIn })
    for (const said of ['@ada:beeper.com', 'Beeper Desktop', '127.0.0.1:23373', text.sources.account]) {
      await expect.element(section).toHaveTextContent(said)
    }
    await expect.element(section).toHaveTextContent(text.keptInStore('linux'))
    await expect.element(page.getByText(/on this computer/u)).toBeVisible()
  })

  test('on another computer, by permission, until a day', async () => {
    await open(views['settings-there'])
    await expect.element(page.getByText(text.where('beeper.example.org', true))).toBeVisible()
    await expect.element(page.getByText(text.sources.oauth)).toBeVisible()
    await expect.element(page.getByText('Runs out in 12 days')).toBeVisible()
    await button(text.renew).click()
    expect(fake.calls()).toEqual([{ name: 'account.authorise', input: undefined }])
  })

  test.each([
    ['account', undefined, 0, 0],
    ['oauth', undefined, 1, 0],
    ['manual', 3_600_000, 0, 1],
    ['oauth', -1, 0, 1],
    ['account', 3_600_000, 0, 0],
  ] as const)('%s that ends in %s ms: endless %i, renewed %i', async (source, inMs, endless, renew) => {
    await open(view({ source, expiresAtMs: inMs === undefined ? undefined : Date.now() + inMs }))
    await expect.element(page.getByText(text.sources[source])).toBeVisible()
    expect(page.getByText(text.endless).elements()).toHaveLength(endless)
    expect(button(text.renew).elements()).toHaveLength(renew)
  })

  test('kept for this run: it can be put into the keychain; what comes of it is said there', async () => {
    await open(view({ keptIn: 'this-run' }))
    await button(text.keep('linux')).click()
    fake.show(view({ keptIn: 'this-run', keeping: { isBusy: true, problem: undefined } }))
    await button(text.keeping).click({ force: true })
    expect(fake.calls()).toEqual([{ name: 'account.keepInKeychain', input: undefined }])
    fake.show(view({ keptIn: 'this-run', keeping: { isBusy: false, problem: problemOf('keychain.denied') } }))
    const { title } = en.keychain.problems.linux['keychain.denied']
    await expect.element(page.getByRole('alert')).toHaveTextContent(title)
    fake.show(view())
    await expect.element(page.getByText(text.keptInStore('linux'))).toBeVisible()
    expect(page.getByRole('alert').elements()).toHaveLength(0)
  })

  test('the demo keeps nothing, and offers no keychain', async () => {
    await open(view({ keptIn: 'this-run' }, { isDemo: true }))
    await expect.element(page.getByText(text.keptInDemo)).toBeVisible()
    expect(button(text.keep('linux')).elements()).toHaveLength(0)
  })

  test('another Beeper leaves one signed in', async () => {
    await open(view())
    await expect.element(page.getByText(text.switchHint)).toBeVisible()
    await button(text.switch).click()
    expect(fake.calls()).toEqual([{ name: 'find.leave', input: undefined }])
  })
})

describe('ONE-4: screenshots and shared screens', () => {
  const protect = () => page.getByRole('switch', { name: text.protect })

  test.each([
    ['mac', true],
    ['windows', false],
  ] as const)('on %s, %s: a switch that turns when main says so', async (system, isContentProtected) => {
    await open(view({ isContentProtected }, { system }))
    await expect.element(protect()).toHaveAttribute('aria-checked', String(isContentProtected))
    await expect.element(page.getByText(text.protectHint(system))).toBeVisible()
    await protect().click()
    expect(fake.calls()).toEqual([{ name: 'app.protectContent', input: { isOn: !isContentProtected } }])
    await expect.element(protect()).toHaveAttribute('aria-checked', String(isContentProtected))
    fake.show(view({ isContentProtected: !isContentProtected }, { system }))
    await expect.element(protect()).toHaveAttribute('aria-checked', String(!isContentProtected))
  })

  test('on Linux nothing is claimed: a sentence, and no switch', async () => {
    await open(view({}, { system: 'linux' }))
    await expect.element(page.getByText(text.unprotected)).toBeVisible()
    await expect.element(page.getByText(text.unprotectedHint)).toBeVisible()
    expect(page.getByRole('switch').elements()).toHaveLength(0)
  })
})

describe('signing out', () => {
  test('first says what goes and what stays; the harmless way has the focus', async () => {
    await open(view())
    await button(text.signOut).click()
    for (const said of [...en.signOut.goes, ...en.signOut.stays, en.signOut.hereHint, en.signOut.everywhereHint]) {
      await expect.element(dialog().getByText(said)).toBeVisible()
    }
    await expect.element(button(en.signOut.cancel)).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog()).not.toBeInTheDocument()
    await expect.element(button(text.signOut)).toHaveFocus()
    expect(fake.calls()).toEqual([])
  })

  test('Escape shuts the question, not the settings', async () => {
    await open(view())
    await button(text.signOut).click()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog()).not.toBeInTheDocument()
    expect(fake.calls()).toEqual([])
  })

  test.each([
    [en.signOut.here, false],
    [en.signOut.everywhere, true],
  ])('%s', async (choice, revoke) => {
    await open(view())
    await button(text.signOut).click()
    await button(choice).click()
    await expect.element(dialog()).not.toBeInTheDocument()
    expect(fake.calls()).toEqual([{ name: 'account.signOut', input: { revoke } }])
  })

  test('is under way, and what goes wrong is said there', async () => {
    await open(view({ signingOut: { isBusy: true, problem: undefined } }))
    await button(text.signingOut).click({ force: true })
    await expect.element(dialog()).not.toBeInTheDocument()
    fake.show(view({ signingOut: { isBusy: false, problem: problemOf('account.not-forgotten') } }))
    const { title } = en.keychain.problems.linux['account.not-forgotten']
    await expect.element(page.getByRole('alert')).toHaveTextContent(title)
    await expect.element(button(text.signOut)).toBeVisible()
  })
})
