import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import type { ScreenOf } from '#contract/view'
import { problemOf } from '../gallery/view-with.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.authorise
const button = (name: string | RegExp) => page.getByRole('button', { name })
const tokenField = () => page.getByLabelText(en.token.label, { exact: true })
const view = (more: Partial<ScreenOf<'authorise'>> = {}) =>
  viewWith({
    name: 'authorise',
    phase: 'ask',
    reason: 'first',
    beeperName: 'Beeper Desktop',
    problem: undefined,
    ...more,
  })
const calls = () => fake.calls().map(({ name }) => name)

test('opens the browser, opens it again, gives up', async () => {
  await open(view())
  await button(text.open).click()
  fake.show(view({ phase: 'waiting' }))
  await expect.element(page.getByRole('heading', { name: text.waitingTitle })).toHaveFocus()
  await button(text.openAgain).click()
  await button(text.cancel).click()
  expect(calls()).toEqual(['account.authorise', 'account.authorise', 'account.cancelAuthorise'])
})

test('what is finishing can still be called off', async () => {
  await open(views['authorise-finishing'])
  await expect.element(page.getByText(text.finishing)).toBeVisible()
  expect(button(text.openAgain).elements()).toHaveLength(0)
  await button(text.cancel).click()
  expect(calls()).toEqual(['account.cancelAuthorise'])
})

test.each(['first', 'expired'] as const)('%s: without permission, the other way is another Beeper', async (reason) => {
  await open(view({ reason }))
  const ask = reason === 'first' ? text : text.again[reason]
  await expect.element(page.getByRole('heading', { name: ask.title })).toBeVisible()
  expect(button(text.notNow).elements()).toHaveLength(0)
  await button(text.chooseOther).click()
  expect(calls()).toEqual(['find.leave'])
})

test.each(['scope', 'expiring'] as const)(
  '%s: with a permission that still counts, it can be put off',
  async (reason) => {
    await open(view({ reason }))
    await expect.element(page.getByRole('heading', { name: text.again[reason].title })).toBeVisible()
    await expect.element(page.getByText(text.again[reason].lead('Beeper Desktop'))).toBeVisible()
    expect(button(text.chooseOther).elements()).toHaveLength(0)
    await button(text.notNow).click()
    expect(calls()).toEqual(['account.cancelAuthorise'])
  },
)

test('that the permission has run out is said once', async () => {
  await open(views['authorise-expired'])
  await expect.element(page.getByRole('heading', { name: text.again.expired.title })).toBeVisible()
  expect(page.getByRole('alert').elements()).toHaveLength(0)
})

test('a token is pasted, sent without what is round it, and does not stay in the page', async () => {
  await open(view())
  await page.getByText(en.token.fold).click()
  for (const step of en.token.steps) await expect.element(page.getByText(step)).toBeVisible()
  await expect.element(tokenField()).toHaveAttribute('type', 'password')
  await expect.element(tokenField()).toHaveAttribute('autocomplete', 'off')
  await expect.element(tokenField()).toHaveAttribute('spellcheck', 'false')
  await tokenField().fill('  bpr_secret-token \t')
  await button(en.token.submit).click()
  expect(fake.calls()).toEqual([{ name: 'account.useToken', input: { token: 'bpr_secret-token' } }])
  await expect.element(tokenField()).toHaveValue('')
  expect(document.documentElement.outerHTML).not.toContain('bpr_secret')
})

test('no token is asked for, not sent', async () => {
  await open(view())
  await page.getByText(en.token.fold).click()
  await tokenField().fill('   ')
  await userEvent.keyboard('{Enter}')
  await expect.element(tokenField()).toHaveAccessibleDescription(en.token.needed)
  await expect.element(tokenField()).toHaveFocus()
  expect(fake.calls()).toEqual([])
})

test('a token that is being checked: busy, unfolded, once, and it can be called off', async () => {
  await open(view())
  await page.getByText(en.token.fold).click()
  await tokenField().fill('one')
  await userEvent.keyboard('{Enter}')
  fake.show(view({ phase: 'checking' }))
  await expect.element(button(en.token.checking)).toBeVisible()
  await expect.element(button(text.open)).toBeDisabled()
  await expect.element(tokenField()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await button(text.cancel).click()
  expect(calls()).toEqual(['account.useToken', 'account.cancelAuthorise'])
})

test('checking is seen after a reload, too', async () => {
  await open(views['authorise-checking'])
  await expect.element(button(en.token.checking)).toBeVisible()
})

test.each(['account.token-unusable', 'account.token-read-only'] as const)('%s stands at the field', async (code) => {
  await open(view({ phase: 'checking' }))
  fake.show(view({ problem: problemOf(code, { says: 'inactive' }) }))
  const { title, explanation } = en.problems[code]
  await expect.element(tokenField()).toHaveFocus()
  await expect
    .element(tokenField())
    .toHaveAccessibleDescription(`${title} ${explanation} ${en.common.saysInLine('Beeper', 'inactive')}`)
  expect(page.getByRole('alert').elements()).toHaveLength(0)
  await userEvent.keyboard('x')
  await expect.element(tokenField()).toHaveAccessibleDescription(en.token.hint)
})

test('a server that cannot be reached is said above, and leaves the fold shut', async () => {
  await open(views['authorise-unreachable'])
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.unreachable'].title)
  await expect.element(tokenField()).not.toBeVisible()
})
